"""Truth over time, measured: python -m bench.truth [WHAT...] --data FOLDER

`streams`: what is held of changing facts. `states`: where people are by the end of a conversation. `entities`: who is who.
`closings`: everything that was closed in the example, with its reason. Each measure stands beside its baselines.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.progress import Progress

from bench.data import DataMissing, data_path
from bench.options import server_named
from bench.report import CONSOLE, save, show
from bench.subject import Phases, new_memory
from bench.truth.closings import run_closings
from bench.truth.entities import run_entities
from bench.truth.keys import Shown, Standing, latest_counts, ontology_counts
from bench.truth.peer import told_to_peer
from bench.truth.states import cases, run_states
from bench.truth.streams import Stream, rephrased, stream
from bench.truth.telling import last_writes, shown, tell_messages, tell_triples
from graph.memory import Memory
from graph.model import UpdatePolicy

WHAT = ("streams", "states", "entities", "closings")
SIZES = (450, 2000, 6000)
FORMS = ("messages", "phrasings", "triples")


@dataclass(frozen=True, slots=True)
class Plan:
    what: tuple[str, ...]
    folder: Path
    sizes: tuple[int, ...] = SIZES
    forms: tuple[str, ...] = FORMS
    seed: int = 1
    limit: int | None = None


async def run(plan: Plan) -> dict[str, Any]:
    results: dict[str, Any] = {"data": plan.folder.name, "seed": plan.seed}
    with Progress(console=CONSOLE, transient=True) as progress:
        if "streams" in plan.what:
            results["streams"] = await _streams(plan, progress)
            results["peer"] = await _peer(plan, results["streams"], progress)
        if "states" in plan.what:
            task = progress.add_task("states", total=len(UpdatePolicy) * len(cases(plan.folder)))
            async with new_memory(Phases()) as memory:
                results["states"] = await run_states(memory, plan.folder, lambda more: progress.advance(task, more))
        if "entities" in plan.what:
            async with new_memory(Phases()) as memory:
                results["entities"] = await run_entities(memory, plan.folder)
        if "closings" in plan.what:
            async with new_memory(Phases()) as memory:
                results["closings"] = await run_closings(memory)
    return results


async def _streams(plan: Plan, progress: Progress) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for size in plan.sizes:
        made = stream(plan.folder, size, plan.seed)
        made = replace(made, told=made.told[: plan.limit])
        for form in plan.forms:
            said = rephrased(made, plan.seed) if form == "phrasings" else made
            for policy in UpdatePolicy if form != "triples" else (UpdatePolicy.LATEST,):
                task = progress.add_task(f"{size} {form}, {policy.value}", total=len(said.told))
                async with new_memory(Phases()) as memory:
                    rows += await _told(memory, said, form, policy, lambda more, at=task: progress.advance(at, more))
                progress.remove_task(task)
    return rows


async def _told(memory: Memory, said: Stream, form: str, policy: UpdatePolicy, progress: Any) -> list[dict[str, Any]]:
    tell = tell_triples if form == "triples" else tell_messages
    graph = await tell(memory, policy.value, said, policy, progress)
    found, assertions = await shown(graph, memory)
    systems = {"palimpsest": found, "last write wins": await last_writes(graph, assertions)}
    return [
        {"statements": len(said.told), "form": form, "updates": policy.value, "system": system, **row}
        for system, facts in systems.items()
        for row in _rows(said, facts, policy)
    ]


async def _peer(plan: Plan, rows: list[dict[str, Any]], progress: Progress) -> str:
    """Adds the row of graphiti-core on the smallest stream, where a server is named; else says why it is left out."""
    address = server_named()
    if address is None:
        return "graphiti-core is left out: NEO4J_URI is not set. Name an empty server of your own to measure it too."
    made = stream(plan.folder, min(plan.sizes), plan.seed)
    made = replace(made, told=made.told[: plan.limit])
    task = progress.add_task(f"{len(made.told)} statements, graphiti-core", total=len(made.told))
    async with new_memory(Phases()) as memory:
        found = await told_to_peer(address, memory.parts.embedder, made, lambda more: progress.advance(task, more))
    rows.append(
        {
            "statements": len(made.told),
            "form": "triples",
            "updates": "-",
            "system": "graphiti-core",
            **_row("all", latest_counts(made, found)),
        }
    )
    return "graphiti-core: with a model that reads every statement rightly and names every contradiction it is shown."


def _rows(said: Stream, facts: Sequence[Shown], policy: UpdatePolicy) -> list[dict[str, Any]]:
    if policy is UpdatePolicy.LATEST:
        return [_row("all", latest_counts(said, facts))]
    single, several = ontology_counts(said, facts)
    return [_row("exclusive", single), _row("others", several)]


def _row(relations: str, standing: Standing) -> dict[str, Any]:
    causes = {"causes": dict(standing.causes.most_common()), "not read": dict(standing.unread.most_common())}
    return {"relations": relations, **standing.shares(), **causes}


def report(results: dict[str, Any]) -> None:
    shown_columns = ("statements", "form", "updates", "relations", "system", "keys", "latest held %", "stale held %", "wrongly closed %")
    if rows := results.get("streams"):
        columns = [*shown_columns, "unresolved %"]
        show("Keys of the streams", columns, [[row[column] for column in columns] for row in rows])
        CONSOLE.print(results.get("peer", ""))
        for row in rows:
            if row["causes"] and row["system"] == "palimpsest":
                CONSOLE.print(f"{row['statements']} {row['form']} {row['updates']}, wrongly closed: {row['causes']}")
    for row in results.get("states", ()):
        CONSOLE.print(f"States, updates {row['updates']}: {row['state held %']} % of {row['cases']} cases")
        for case, why in row["failed"].items():
            CONSOLE.print(f"  {case}: {why}")
    if rows := results.get("entities"):
        columns = list(rows[0])
        show("Who is who", columns, [[row[column] for column in columns] for row in rows])
    for row in results.get("closings", ()):
        CONSOLE.print(f"{row['at']} {row['kind']} {row['fact']!r}\n    {row['rule']}: {row['reason']}\n    words: {row['words']!r}")


def main(arguments: Sequence[str] | None = None) -> None:
    made = argparse.ArgumentParser(prog="python -m bench.truth", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("what", nargs="*", metavar="WHAT", help=f"of {', '.join(WHAT)}; all where none is named")
    made.add_argument("--data", metavar="FOLDER", help="the measuring data (default: the variable BENCH_DATA)")
    made.add_argument("--sizes", nargs="*", type=int, default=SIZES, metavar="N", help="statements of a stream")
    made.add_argument("--forms", nargs="*", choices=FORMS, default=FORMS, help="how a stream is told")
    made.add_argument("--seed", type=int, default=1)
    made.add_argument("--limit", type=int, metavar="N", help="tell only the first N statements of a stream")
    given = made.parse_args(arguments)
    what = tuple(given.what) or WHAT
    if unknown := set(what) - set(WHAT):
        made.error(f"there is no {sorted(unknown)[0]!r}; choose of {', '.join(WHAT)}")
    try:
        folder = data_path(given.data)
        results = asyncio.run(run(Plan(what, folder, tuple(given.sizes), tuple(given.forms), given.seed, given.limit)))
    except DataMissing as missing:
        print(f"error: {missing}", file=sys.stderr)
        raise SystemExit(2) from missing
    report(results)
    save("truth", results)


if __name__ == "__main__":
    main()
