"""What a question gets: python -m bench.recall [WHAT...] --data PATH

`evidence`: how much of what answers questions about conversations the context holds. `streams`: whether it holds what is asked of
changing facts. Each stands beside its baselines, the streams also beside graphiti-core's search where NEO4J_URI names an empty server of
your own. What is not measured stays in the results as it was.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.progress import Progress

from bench.data import DataMissing, data_path
from bench.options import parser, read_options, server_named
from bench.pages import QUALITY, Made, write_part
from bench.recall import evidence, streams
from bench.recall.peer import peer_on
from bench.report import CONSOLE, RESULTS, save, show
from bench.subject import Phases, new_memory
from bench.truth.streams import stream

WHAT = ("evidence", "streams")
SIZES = (450, 6000)
LEFT_OUT = (
    "graphiti-core's search is not measured: NEO4J_URI is not set. Name an empty server of your own to measure it too; its rows stay."
)


async def ask_streams(folder: Path, sizes: Sequence[int], seeds: Sequence[int]) -> list[dict[str, Any]]:
    """Of every size and seed, each told to a memory of its own; beside graphiti-core where a server is named, else it says so."""
    address = server_named()
    if address is None:
        CONSOLE.print(LEFT_OUT)
    rows: list[dict[str, Any]] = []
    with Progress(console=CONSOLE, transient=True) as progress:
        for size in sizes:
            for seed in seeds:
                made = stream(folder, size, seed)
                task = progress.add_task(f"{size} statements, seed {seed}", total=len(made.told))
                async with new_memory(Phases()) as memory:
                    peer = None if address is None else peer_on(address, memory.parts.embedder)
                    told = await streams.run(memory, made, lambda more, at=task: progress.advance(at, more), peer)  # type: ignore[misc]
                rows += [{"seed": seed, **row} for row in told]
                progress.remove_task(task)
    return rows


def tables(results: Mapping[str, Any]) -> list[Made]:
    return [*(evidence.tables(results) if "parts" in results else ()), *streams.tables(results.get("streams", ()))]


def keep(measured: Mapping[str, Any], folder: Path = RESULTS, page: Path = QUALITY) -> None:
    """Writes what was measured, and leaves what was not as it is."""
    file = folder / "recall.json"
    before = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    results = {name: value for name, value in before.items() if name not in ("at", "machine")} | dict(measured)
    results["streams"] = streams.joined(before.get("streams", ()), measured.get("streams", ()))
    save("recall", results, folder)
    write_part("recall", tables(results), page)


def options() -> argparse.ArgumentParser:
    made = parser(__doc__)
    made.formatter_class = argparse.RawDescriptionHelpFormatter
    made.add_argument("what", nargs="*", metavar="WHAT", help=f"of {', '.join(WHAT)}; all where none is named")
    made.add_argument("--sizes", nargs="*", type=int, default=SIZES, metavar="N", help="statements of a stream")
    made.add_argument("--seeds", nargs="*", type=int, default=[1], metavar="N", help="of the streams; 1 was tuned on")
    return made


def main(arguments: Sequence[str] | None = None) -> None:
    made = options()
    given = made.parse_args(arguments)
    what = tuple(given.what) or WHAT
    if unknown := set(what) - set(WHAT):
        made.error(f"there is no {sorted(unknown)[0]!r}; choose of {', '.join(WHAT)}")
    measured: dict[str, Any] = {}
    if "evidence" in what:
        measured |= asyncio.run(evidence.run(read_options(made, arguments)))
    if "streams" in what:
        measured["streams"] = asyncio.run(ask_streams(_folder(given.data), given.sizes, given.seeds))
    for table in tables(measured):
        show(*table)
    keep(measured)


def _folder(given: str | None) -> Path:
    """Where data is missing, says so and ends the process with status 2."""
    try:
        return data_path(given)
    except DataMissing as missing:
        print(f"error: {missing}", file=sys.stderr)
        raise SystemExit(2) from missing


if __name__ == "__main__":
    main()
