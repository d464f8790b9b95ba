"""Latencies of what a user asks, on one store that is filled."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from time import perf_counter
from typing import Any

from bench.score import percentile
from bench.stores.fill import Filled
from bench.stores.remember import new_names
from bench.stores.traffic import Traffic
from graph.inputs import EntityInput, FactInput
from graph.memory import Memory
from graph.views import FactFilter, Page

WARM_UP = 20
TOP = 20


@dataclass(slots=True)
class Figures:
    """Milliseconds of each call; `found` how much of the answer the first 20 facts held, where that is asked; and what all of them
    together sent to a server.
    """

    took: list[float] = field(default_factory=list)
    found: list[float] = field(default_factory=list)
    statements: int = 0

    def row(self) -> dict[str, Any]:
        shown: dict[str, Any] = {"p50 ms": round(percentile(self.took, 0.5), 2), "p95 ms": round(percentile(self.took, 0.95), 2)}
        if self.found:
            shown["recall@20"] = round(fmean(self.found), 3)
        if self.statements:
            shown["statements"] = round(self.statements / len(self.took), 1)
        return shown


Call = Callable[[Filled, str], Awaitable[float | None]]


async def timed(groups: Sequence[Filled], calls: int, call: Call, traffic: Traffic | None = None) -> Figures:
    """Calls with a question of a group each, always in the same order; the first ones warm the caches and are not counted."""
    chance = random.Random(7)  # noqa: S311 - data, no secret
    figures = Figures()
    for number in range(WARM_UP + calls):
        group = chance.choice(groups)
        question = chance.choice(sorted(group.gold))
        if number == WARM_UP and traffic is not None:
            traffic.reset()
        start = perf_counter()
        found = await call(group, question)
        if number >= WARM_UP:
            figures.took.append((perf_counter() - start) * 1000)
            if found is not None:
                figures.found.append(found)
    if traffic is not None:
        figures.statements = traffic.statements
    return figures


def share(found: Sequence[str], gold: frozenset[str]) -> float:
    return len(gold.intersection(found[:TOP])) / min(TOP, len(gold))


def asked_of(memory: Memory) -> dict[str, Call]:
    """What is measured, by name."""

    async def context(group: Filled, question: str) -> float:
        answer = await (await memory.graph(group.group)).context(question)
        return share([shown.fact.uuid for shown in answer.facts], group.gold[question])

    async def search(group: Filled, question: str) -> float:
        hits = await (await memory.graph(group.group)).search(question, ("FACT",), TOP)
        return share([hit.uuid for hit in hits], group.gold[question])

    async def neighbourhood(group: Filled, question: str) -> None:
        await (await memory.graph(group.group)).neighborhood([entity_of(group, question)], 2, FactFilter(), 200)

    async def timeline(group: Filled, question: str) -> None:
        await (await memory.graph(group.group)).timeline(entity_of(group, question), None, Page(50))

    async def apply(group: Filled, _: str) -> None:
        pairs = [(EntityInput(name=one, type="Person"), EntityInput(name=other, type="Person")) for one, other, _ in new_trios()]
        await memory.add_facts(group.group, [FactInput(one, "met", other) for one, other in pairs])

    return {"context": context, "search": search, "neighbourhood": neighbourhood, "timeline": timeline, "apply (10 facts)": apply}


def new_trios() -> list[list[str]]:
    """Ten times three people nobody has heard of."""
    return [new_names() for _ in range(10)]


def entity_of(group: Filled, question: str) -> str:
    """Who a question asks about."""
    return next(uuid for name, uuid in group.entities.items() if name in question)


async def at_once(calls: Sequence[Awaitable[Any]]) -> float:
    """Seconds that all of them together take."""
    start = perf_counter()
    await asyncio.gather(*calls)
    return perf_counter() - start
