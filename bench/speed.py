"""How fast `context` answers, by store, size and leg: python -m bench.speed [--sizes FACTS/GROUPS ...]

Made-up groups, each size in a file of its own, and questions to them in no order. `first`: every question once, many of them the first to
their group. `again`: every question a second time. `opened`: the first question to a file just opened, in a process that has asked others
before: its models are loaded, it knows texts that it has read, and the system may still hold the file in memory. A million facts take
long to fill: --sizes 1000000/1000. What is not measured stays in the results as it was.

Where NEO4J_URI names an empty Neo4j of your own, sizes up to 100,000 facts are measured there too; the bench leaves its data there.
"""

import argparse
import asyncio
import json
import random
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.progress import Progress

from api.settings import read_settings
from api.wiring import parts_of
from bench.options import require_empty, server_named
from bench.pages import QUALITY, Made, write_part
from bench.report import CONSOLE, RESULTS, peak_megabytes, save, show
from bench.score import percentile
from bench.stores.fill import Filler
from bench.stores.world import Size
from graph.memory import Memory
from graph.parts import Parts
from graph.recall.answer import Took
from graph.stores.base import Store
from graph.stores.embedded import EmbeddedStore
from graph.stores.neo4j import Address, Neo4jStore

SIZES = (Size(1_000, 1), Size(10_000, 1), Size(10_000, 10), Size(100_000, 100))
QUESTIONS = 200
OPENINGS = 50
"""Questions that are asked of a file just opened."""
MOST_ON_A_SERVER = 100_000
"""Facts of a size that is measured on a server too."""
NO_SERVER = "Neo4j is not measured: NEO4J_URI is not set. Name an empty server of your own to measure it too; its rows stay."
ASKED = ("opened", "first", "again")
LEGS = ("question", "search", "spread", "rank", "fetch", "read", "render")
COLUMNS = ("size", "store", "asked", "p50 ms", "p95 ms", *LEGS)


@dataclass(frozen=True, slots=True)
class Question:
    group: str
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where groups of one size stand, and what runs on it."""

    store: Callable[[], Store]
    parts: Parts

    @classmethod
    def of(cls, store: Callable[[], Store]) -> "Place":
        return cls(store, parts_of(read_settings({}), store()))

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Memory]:
        store = self.store()
        await store.open()
        try:
            yield Memory(replace(self.parts, store=store))
        finally:
            await store.close()


@contextmanager
def file() -> Iterator[Place]:
    with TemporaryDirectory(prefix="palimpsest-bench-") as folder:
        yield Place.of(partial(EmbeddedStore, Path(folder) / "bench.db"))


async def fill(place: Place, size: Size, questions: int, progress: Progress) -> list[Question]:
    """Returns so many questions, of groups in no order."""
    chance = random.Random(7)  # noqa: S311 - data, no secret
    task = progress.add_task(str(size), total=size.groups)
    asked: list[Question] = []
    async with place.opened() as memory:
        filler = Filler(memory.parts.store, place.parts.embedder, place.parts.ontology, datetime.now(UTC))
        for group in size.names():
            texts = sorted((await filler.fill(group, size.facts // size.groups)).gold)
            asked += [Question(group, text) for text in chance.choices(texts, k=-(-questions // size.groups))]
            progress.advance(task)
    progress.remove_task(task)
    return chance.sample(asked, questions)


async def ask(memory: Memory, question: Question) -> Took:
    return (await (await memory.graph(question.group)).context(question.text)).took


async def ask_one(place: Place, question: Question) -> Took:
    """To a file just opened; the first of a process loads the models."""
    async with place.opened() as memory:
        return await ask(memory, question)


async def just_opened(place: Place, questions: Sequence[Question]) -> list[Took]:
    return [await ask_one(place, question) for question in questions]


async def first_and_again(place: Place, questions: Sequence[Question]) -> tuple[list[Took], list[Took]]:
    async with place.opened() as memory:
        first, again = [[await ask(memory, question) for question in questions] for _ in range(2)]
        return first, again


async def measure(place: Place, size: Size, progress: Progress, questions: int, openings: int) -> list[dict[str, Any]]:
    asked = await fill(place, size, questions, progress)
    await ask_one(place, asked[0])
    first, again = await first_and_again(place, asked)
    opened = await just_opened(place, asked[:openings])
    store = place.parts.store.name
    return [row(size, store, *part) for part in zip(ASKED, (opened, first, again), strict=True)]


def row(size: Size, store: str, asked: str, took: Sequence[Took]) -> dict[str, Any]:
    """Of a leg the median and, apart, the 95th percentile."""
    total = [one.total_ms for one in took]
    legs = {leg: [one.legs[leg] for one in took] for leg in LEGS}
    return {
        "facts": size.facts,
        "groups": size.groups,
        "store": store,
        "asked": asked,
        "questions": len(took),
        "p50 ms": _shown(total, 0.5),
        "p95 ms": _shown(total, 0.95),
        "legs p50 ms": {leg: _shown(times, 0.5) for leg, times in legs.items()},
        "legs p95 ms": {leg: _shown(times, 0.95) for leg, times in legs.items()},
    }


def _shown(times: Sequence[float], share: float) -> float:
    return round(percentile(times, share), 2)


async def run(
    sizes: Sequence[Size], address: Address | None = None, questions: int = QUESTIONS, openings: int = OPENINGS
) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    with Progress(console=CONSOLE, transient=True) as progress:
        server = await _empty_server(address) if address is not None else None
        for size in sizes:
            with file() as place:
                rows += await measure(place, size, progress, questions, openings)
            if server is not None and size.facts <= MOST_ON_A_SERVER:
                rows += await measure(server, size, progress, questions, openings)
    return {"context": rows, "peak MB": peak_megabytes()}


async def _empty_server(address: Address) -> Place:
    server = Place.of(partial(Neo4jStore, address))
    async with server.opened() as memory:
        await require_empty(memory.parts.store)
    return server


def table(results: Mapping[str, Any]) -> Made:
    return "Context, in milliseconds", COLUMNS, [_cells(one) for one in results["context"]]


def _cells(one: Mapping[str, Any]) -> list[str]:
    times = (one["p50 ms"], one["p95 ms"], *one["legs p50 ms"].values())
    return [str(Size(one["facts"], one["groups"])), one["store"], one["asked"], *(f"{milliseconds:.1f}" for milliseconds in times)]


def keep(results: Mapping[str, Any], folder: Path = RESULTS, page: Path = QUALITY) -> None:
    """Writes what was measured, and leaves what was not as it is."""
    kept = folder / "speed.json"
    before = json.loads(kept.read_text(encoding="utf-8"))["context"] if kept.exists() else []
    before = [one for one in before if one.keys() >= {"store", "asked"}]  # those of before there were stores go
    rows = {_place(one): one for one in (*before, *results["context"])}
    together = {**results, "context": [rows[place] for place in sorted(rows)]}
    save("speed", together, folder)
    write_part("speed", [table(together)], page)


def _place(one: Mapping[str, Any]) -> tuple[str, int, int, int]:
    """In the table: by store, size, and which questions."""
    return one["store"], one["facts"], one["groups"], ASKED.index(one["asked"])


def main(arguments: Sequence[str] | None = None) -> None:
    made = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--sizes", nargs="+", type=Size.of, default=SIZES, metavar="FACTS/GROUPS", help="such as 1000/1 100000/100")
    given = made.parse_args(arguments)
    address = server_named()
    if address is None:
        CONSOLE.print(NO_SERVER)
    results = asyncio.run(run(given.sizes, address))
    show(*table(results))
    keep(results)


if __name__ == "__main__":
    main()
