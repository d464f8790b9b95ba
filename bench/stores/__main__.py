"""The stores at several sizes, beside graphiti-core on the same server and data: NEO4J_URI=bolt://... python -m bench.stores

The server must be one of your own that is empty: the bench fills it and leaves the data there.
"""

import argparse
import asyncio
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from rich.progress import Progress

from api.settings import read_settings
from api.wiring import parts_of
from bench.options import require_empty, server_named
from bench.report import CONSOLE, peak_megabytes, save, show
from bench.stores.fill import Filled, Filler
from bench.stores.measure import TOP, Figures, asked_of, share, timed
from bench.stores.peer import ScriptedModel, add_message, graphiti_on
from bench.stores.remember import ScriptedExtractor, new_names, rate, together
from bench.stores.traffic import Traffic, counted
from bench.stores.vectors import nearness
from bench.stores.world import Size
from graph.memory import Memory
from graph.stores.base import Store
from graph.stores.embedded import EmbeddedStore
from graph.stores.neo4j import Address, Neo4jStore
from graph.time import AsOf

SIZES = (Size(1_000, 1), Size(10_000, 100), Size(100_000, 100), Size(100_000, 1_000), Size(50_000, 1))
NEAR = (10, 100, 1_000, 10_000)
"""Sizes of groups whose vector search is compared with the exact one."""
CALLS, PEER_CALLS = 200, 40
MESSAGES, PEER_MESSAGES = 300, 10
WARMING = 100
"""Messages remembered before those that count, so that a server has seen the statements."""
WRITERS = 8


@dataclass(frozen=True, slots=True)
class Plan:
    address: Address
    sizes: tuple[Size, ...]
    near: tuple[int, ...]


class Subject:
    """One store that is filled size by size and measured after each."""

    def __init__(self, store: Store, traffic: Traffic | None) -> None:
        parts = parts_of(read_settings({}), store)
        self.memory = Memory(replace(parts, extractor=ScriptedExtractor()))
        self.store = store
        self.traffic = traffic
        self.filled: dict[Size, list[Filled]] = {}
        self._filler = Filler(store, parts.embedder, parts.ontology, datetime.now(UTC))

    async def fill(self, size: Size, progress: Progress) -> None:
        task = progress.add_task(f"{self.store.name}: {size}", total=size.groups)
        self.filled[size] = []
        for group in size.names():
            self.filled[size].append(await self._filler.fill(group, size.facts // size.groups))
            progress.advance(task)
        progress.remove_task(task)

    async def asked(self, size: Size) -> dict[str, Figures]:
        groups = self.filled[size]
        return {name: await timed(groups, CALLS, call, self.traffic) for name, call in asked_of(self.memory).items()}

    async def near(self, sizes: tuple[int, ...]) -> list[dict[str, Any]]:
        rows = []
        now = datetime.now(UTC)
        for facts in sizes:
            group = await self._filler.fill(f"near-{facts}", facts)
            found = await nearness(self.store, self.memory.parts.embedder, group, AsOf(now, datetime.now(UTC)))
            rows.append({"facts in the group": facts, "recall@20": found.mean, "worst": found.worst, "p50 ms": found.p50})
        return rows


@asynccontextmanager
async def subjects(plan: Plan, traffic: Traffic) -> AsyncIterator[list[Subject]]:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="palimpsest-bench-")))
        stores: tuple[tuple[Store, Traffic | None], ...] = (
            (EmbeddedStore(folder / "bench.db"), None),
            (Neo4jStore(plan.address), traffic),
        )
        for store, _ in stores:
            await store.open()
            stack.push_async_callback(store.close)
        await require_empty(stores[1][0])
        yield [Subject(store, counting) for store, counting in stores]


async def run(plan: Plan) -> dict[str, Any]:
    asked: list[dict[str, Any]] = []
    near: list[dict[str, Any]] = []
    remembered: list[dict[str, Any]] = []
    with counted() as traffic, Progress(console=CONSOLE, transient=True) as progress:
        async with subjects(plan, traffic) as measured:
            for size in plan.sizes:
                for subject in measured:
                    await subject.fill(size, progress)
                    asked += [_row(subject, size, name, figures) for name, figures in (await subject.asked(size)).items()]
                    if size.groups == 1:
                        remembered.append(await _remembered(subject, size, traffic))
                asked += await _peer_asked(plan, measured[1], size, traffic)
                remembered += await _peer_remembered(plan, measured[1], size, traffic)
            for subject in measured:
                near += [{"store": subject.store.name, **row} for row in await subject.near(plan.near)]
            writers = await _writers(plan, measured[1])
    return {"asked": asked, "vectors": near, "remembered": remembered, "writers": writers, "peak MB": peak_megabytes()}


def _row(subject: Subject, size: Size, name: str, figures: Figures) -> dict[str, Any]:
    return {"what": name, "store": subject.store.name, "facts": size.facts, "groups": size.groups, **figures.row()}


async def _remembered(subject: Subject, size: Size, traffic: Traffic) -> dict[str, Any]:
    group = subject.filled[size][0].group
    await rate(subject.memory, group, WARMING)
    traffic.reset()
    per_second = await rate(subject.memory, group, MESSAGES)
    sent = {"statements a message": round(traffic.statements / MESSAGES, 1)} if subject.traffic else {}
    return {"store": subject.store.name, "into a group of": size.facts, "messages/s": round(per_second, 1), **sent}


async def _peer_asked(plan: Plan, subject: Subject, size: Size, traffic: Traffic) -> list[dict[str, Any]]:

    async with graphiti_on(plan.address, subject.memory.parts.embedder, ScriptedModel()) as (peer, _):

        async def search(group: Filled, question: str) -> float:
            edges = await peer.search(question, group_ids=[group.group], num_results=TOP)
            return share([edge.uuid for edge in edges], group.gold[question])

        figures = await timed(subject.filled[size], PEER_CALLS, search, traffic)
    return [{"what": "search", "store": "graphiti-core", "facts": size.facts, "groups": size.groups, **figures.row()}]


async def _peer_remembered(plan: Plan, subject: Subject, size: Size, traffic: Traffic) -> list[dict[str, Any]]:
    if size.groups != 1:
        return []
    async with graphiti_on(plan.address, subject.memory.parts.embedder, ScriptedModel()) as (peer, model):
        await add_message(peer, subject.filled[size][0].group, new_names())
        traffic.reset()
        model.calls = 0
        start = perf_counter()
        for _ in range(PEER_MESSAGES):
            await add_message(peer, subject.filled[size][0].group, new_names())
        took = perf_counter() - start
    return [
        {
            "store": "graphiti-core",
            "into a group of": size.facts,
            "messages/s": round(PEER_MESSAGES / took, 2),
            "statements a message": round(traffic.statements / PEER_MESSAGES, 1),
            "model calls a message": round(model.calls / PEER_MESSAGES, 1),
        }
    ]


async def _writers(plan: Plan, subject: Subject) -> dict[str, Any]:
    """Eight services, each with a store of its own, tell of the same three new entities at the same time."""
    async with AsyncExitStack() as stack:
        memories = []
        for _ in range(WRITERS):
            store = Neo4jStore(plan.address)
            await store.open()
            stack.push_async_callback(store.close)
            memories.append(Memory(replace(subject.memory.parts, store=store)))
        ours = await together(memories, "writers")
        peers = [
            (await stack.enter_async_context(graphiti_on(plan.address, subject.memory.parts.embedder, ScriptedModel())))[0]
            for _ in range(WRITERS)
        ]
        names = new_names()
        await asyncio.gather(*(add_message(peer, "writers-peer", names) for peer in peers))
        result = await peers[0].driver.execute_query("MATCH (n:Entity {group_id: 'writers-peer'}) RETURN count(n) AS n")
    return {"writers": WRITERS, "new entities": 3, "entities left by palimpsest": ours, "by graphiti-core": result[0][0]["n"]}


def report(results: dict[str, Any]) -> None:
    for title, name in (("asked", "asked"), ("filtered vector search", "vectors"), ("remembered", "remembered")):
        columns = list(dict.fromkeys(column for row in results[name] for column in row))
        show(title, columns, [[row.get(column, "") for column in columns] for row in results[name]])
    CONSOLE.print(results["writers"])


def main() -> None:
    made = argparse.ArgumentParser(prog="python -m bench.stores", description=__doc__)
    made.add_argument("--sizes", nargs="*", type=Size.of, default=SIZES, metavar="FACTS/GROUPS", help="such as 1000/1 100000/100")
    made.add_argument("--near", nargs="*", type=int, default=NEAR, metavar="FACTS", help="sizes of groups for the vector search")
    given = made.parse_args()
    address = server_named()
    if address is None:
        print("error: NEO4J_URI is not set; hint: start an empty server of your own and name it.", file=sys.stderr)
        raise SystemExit(2)
    logging.getLogger("graphiti_core").setLevel(logging.CRITICAL)  # it tells of each index that is there already
    results = asyncio.run(run(Plan(address, tuple(given.sizes), tuple(given.near))))
    report(results)
    save("stores", results)


if __name__ == "__main__":
    main()
