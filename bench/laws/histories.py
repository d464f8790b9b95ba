"""Random histories of every mutation, compared for every pair of instants with the model of `tests.laws`."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import seed as seeded

from graph.stores.base import Store
from tests.laws.histories import histories
from tests.laws.stage import Differs, History, Stage, Theatre

PIECE = 100
"""Histories that hypothesis draws from one seed."""


@dataclass
class Played:
    """What was asked, and the stories of what differed."""

    store: str
    histories: int = 0
    commands: int = 0
    refused: int = 0
    asked: int = 0
    seconds: float = 0.0
    differences: list[str] = field(default_factory=list)

    def add(self, stage: Stage) -> None:
        self.histories += 1
        self.commands += stage.step
        self.refused += stage.refused
        self.asked += stage.asked

    def row(self) -> dict[str, Any]:
        return {
            "store": self.store,
            "histories": self.histories,
            "commands": self.commands,
            "refused": self.refused,
            "instants asked": self.asked,
            "differences": len(self.differences),
            "seconds": round(self.seconds, 1),
        }


def play(store: Store, runner: asyncio.Runner, count: int, seed: int, advance: Callable[[int], None]) -> Played:
    """As many histories, each in a group of its own; a piece that differs is left at its first difference."""
    played = Played(store.name)
    theatre = Theatre(store)
    start = perf_counter()
    seeds = random.Random(seed)  # noqa: S311 - it repeats a run, and hides nothing
    for done in range(0, count, PIECE):
        try:
            _piece(lambda history: played.add(runner.run(theatre.show(history))), min(PIECE, count - done), seeds.randrange(2**32))
        except Differs as differs:
            played.differences.append("\n".join((str(differs), *differs.__notes__)))
        advance(PIECE)
    played.seconds = perf_counter() - start
    return played


def _piece(show: Callable[[History], None], count: int, seed: int) -> None:
    @seeded(seed)
    @settings(max_examples=count, deadline=None, database=None, report_multiple_bugs=False, suppress_health_check=list(HealthCheck))
    @given(histories)
    def every(history: History) -> None:
        show(history)

    every()
