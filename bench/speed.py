"""How fast `context` answers on the embedded store, by size and leg: python -m bench.speed [--sizes FACTS/GROUPS ...]

Made-up groups, each size in a file of its own, and questions to them in no order. `first`: every question once, many of them the first to
their group. `again`: every question a second time. `opened`: the first question to a file just opened, in a process that has asked others
before: its models are loaded, it knows texts that it has read, and the system may still hold the file in memory. A million facts take some
ten minutes to fill: --sizes 1000000/1000.
"""

import argparse
import asyncio
import random
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.progress import Progress

from api.settings import read_settings
from api.wiring import parts_of
from bench.pages import QUALITY, Made, write_part
from bench.report import CONSOLE, RESULTS, peak_megabytes, save, show
from bench.score import percentile
from bench.stores.fill import Filler
from bench.stores.world import Size
from graph.memory import Memory
from graph.parts import Parts
from graph.recall.answer import Took
from graph.stores.embedded import EmbeddedStore

SIZES = (Size(1_000, 1), Size(10_000, 1), Size(10_000, 10), Size(100_000, 100))
QUESTIONS = 200
OPENINGS = 50
"""Questions that are asked of a file just opened."""
LEGS = ("question", "search", "spread", "rank", "fetch", "read", "render")
COLUMNS = ("size", "file", "p50 ms", "p95 ms", *LEGS)


@dataclass(frozen=True, slots=True)
class Question:
    group: str
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """A file of one size, and what runs on it."""

    file: Path
    parts: Parts

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Memory]:
        store = EmbeddedStore(self.file)
        await store.open()
        try:
            yield Memory(replace(self.parts, store=store))
        finally:
            await store.close()


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


async def measure(size: Size, questions: int, openings: int, progress: Progress) -> list[dict[str, Any]]:
    with TemporaryDirectory(prefix="palimpsest-bench-") as folder:
        file = Path(folder) / "bench.db"
        place = Place(file, parts_of(read_settings({}), EmbeddedStore(file)))
        asked = await fill(place, size, questions, progress)
        await ask_one(place, asked[0])
        first, again = await first_and_again(place, asked)
        opened = await just_opened(place, asked[:openings])
    return [row(size, "opened", opened), row(size, "first", first), row(size, "again", again)]


def row(size: Size, file: str, took: Sequence[Took]) -> dict[str, Any]:
    """Of a leg the median and, apart, the 95th percentile."""
    total = [one.total_ms for one in took]
    legs = {leg: [one.legs[leg] for one in took] for leg in LEGS}
    return {
        "facts": size.facts,
        "groups": size.groups,
        "file": file,
        "questions": len(took),
        "p50 ms": _shown(total, 0.5),
        "p95 ms": _shown(total, 0.95),
        "legs p50 ms": {leg: _shown(times, 0.5) for leg, times in legs.items()},
        "legs p95 ms": {leg: _shown(times, 0.95) for leg, times in legs.items()},
    }


def _shown(times: Sequence[float], share: float) -> float:
    return round(percentile(times, share), 2)


async def run(sizes: Sequence[Size], questions: int = QUESTIONS, openings: int = OPENINGS) -> dict[str, Any]:
    with Progress(console=CONSOLE, transient=True) as progress:
        rows = [one for size in sizes for one in await measure(size, questions, openings, progress)]
    return {"context": rows, "peak MB": peak_megabytes()}


def table(results: Mapping[str, Any]) -> Made:
    return "Context on the embedded store, in milliseconds", COLUMNS, [_cells(one) for one in results["context"]]


def _cells(one: Mapping[str, Any]) -> list[str]:
    times = (one["p50 ms"], one["p95 ms"], *one["legs p50 ms"].values())
    return [str(Size(one["facts"], one["groups"])), one["file"], *(f"{milliseconds:.1f}" for milliseconds in times)]


def keep(results: Mapping[str, Any], folder: Path = RESULTS, page: Path = QUALITY) -> None:
    save("speed", results, folder)
    write_part("speed", [table(results)], page)


def main(arguments: Sequence[str] | None = None) -> None:
    made = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--sizes", nargs="+", type=Size.of, default=SIZES, metavar="FACTS/GROUPS", help="such as 1000/1 100000/100")
    results = asyncio.run(run(made.parse_args(arguments).sizes))
    show(*table(results))
    keep(results)


if __name__ == "__main__":
    main()
