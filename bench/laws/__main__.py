"""The law of time at length: random histories on both stores against the model of tests/laws, the example in other orders, and
keys of many assertions: python -m bench.laws [--embedded 10000] [--neo4j 1000] [--shuffles 2000] [--orders 20] [--seed N]

What is not asked for (0) stays as it was measured before. Neo4j is the server that NEO4J_URI names (its groups stay there), else one of
our own where this machine can run one.
"""

import argparse
import asyncio
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.progress import Progress

from bench.laws import keys, order
from bench.laws.histories import play
from bench.report import CONSOLE, RESULTS, save, show
from graph.stores.base import Store
from graph.stores.embedded import EmbeddedStore
from graph.stores.neo4j import Address, Neo4jStore
from tests.servers.neo4j import started


@dataclass(frozen=True, slots=True)
class Plan:
    embedded: int
    neo4j: int
    shuffles: int
    orders: int
    seed: int


@contextmanager
def embedded() -> Iterator[Store]:
    with TemporaryDirectory(prefix="palimpsest-laws-") as folder:
        yield EmbeddedStore(Path(folder) / "laws.db")


@contextmanager
def neo4j() -> Iterator[Store]:
    if uri := os.environ.get("NEO4J_URI"):
        yield Neo4jStore(Address(uri, os.environ.get("NEO4J_USER", "neo4j"), os.environ.get("NEO4J_PASSWORD", "palimpsest")))
    else:
        with started() as server:
            yield Neo4jStore(server.address)


def histories(plan: Plan, progress: Progress) -> dict[str, Any]:
    """By store."""
    played: dict[str, Any] = {}
    for opened, count in ((embedded, plan.embedded), (neo4j, plan.neo4j)):
        if count:
            task = progress.add_task(f"histories, {opened.__name__}", total=count)
            with opened() as store, asyncio.Runner() as runner:
                runner.run(store.open())
                one = play(store, runner, count, plan.seed, lambda done, task=task: progress.advance(task, done))  # type: ignore[misc]
                played[store.name] = {"seed": plan.seed, **one.row(), "stories that differ": one.differences}
                runner.run(store.close())
    return played


def arrivals(plan: Plan, progress: Progress) -> dict[str, Any]:
    task = progress.add_task("shuffles", total=plan.shuffles)
    found = asyncio.run(order.arrivals(plan.shuffles, plan.seed, lambda done: progress.advance(task, done)))
    return {"seed": plan.seed, "assertions": found.assertions, "shuffles": found.shuffles, "that differ": found.differing}


def orders(plan: Plan, progress: Progress) -> dict[str, Any]:
    task = progress.add_task("orders", total=plan.orders)
    found = asyncio.run(order.orders(plan.orders, plan.seed, lambda done: progress.advance(task, done)))
    return {
        "seed": plan.seed,
        "orders": len(found.listed),
        "that differ": found.differing,
        "keys that differ though the same was heard": found.unexplained,
        "differences": found.rows(),
        "listed": [{"order": number, "sessions": told} for number, (told, _) in enumerate(found.listed, start=1)],
    }


def run(plan: Plan) -> dict[str, Any]:
    """What was asked for; what was not (0) is left out."""
    with Progress(console=CONSOLE, transient=True) as progress:
        parts = {
            "histories": histories(plan, progress),
            "arrivals": arrivals(plan, progress) if plan.shuffles else None,
            "orders of sessions": orders(plan, progress) if plan.orders else None,
        }
    told = {"permutations": order.permutations(), "keys": keys.measure()}
    return {**{name: part for name, part in parts.items() if part}, **told}


def report(results: dict[str, Any]) -> None:
    played = list(results.get("histories", {}).values())
    for title, rows in (("Histories", played), ("Milliseconds to draw one key", results["keys"])):
        if rows:
            figures = [_figures(row) for row in rows]
            show(title, list(figures[0]), [list(row.values()) for row in figures])
    for story in (story for one in played for story in one["stories that differ"]):
        print(story, end="\n\n")
    for title in ("permutations", "arrivals", "orders of sessions"):
        if title in results:
            figures = [_figures(results[title])]
            show(title.capitalize(), list(figures[0]), [list(figures[0].values())])
    for row in results.get("orders of sessions", {}).get("differences", ()):
        print(" · ".join(f"{name}: {value}" for name, value in row.items()))


def _figures(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if not isinstance(value, list)}


def kept(results: dict[str, Any], folder: Path = RESULTS) -> dict[str, Any]:
    """The results with those measured before of what was not asked for this time."""
    file = folder / "laws.json"
    before = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    played = {**before.get("histories", {}), **results.get("histories", {})}
    parts = {name: part for name, part in before.items() if name not in ("at", "machine")}
    return {**parts, **results, "histories": played}


def differing(results: dict[str, Any]) -> int:
    stories = sum(one["differences"] for one in results.get("histories", {}).values())
    return int(stories + results["permutations"]["that differ"] + results.get("arrivals", {}).get("that differ", 0))


def main() -> None:
    made = argparse.ArgumentParser(prog="python -m bench.laws", description=__doc__)
    made.add_argument("--embedded", type=int, default=10_000, help="histories on the embedded store")
    made.add_argument("--neo4j", type=int, default=1_000, help="histories on Neo4j")
    made.add_argument("--shuffles", type=int, default=2_000, help="of the example's assertions")
    made.add_argument("--orders", type=int, default=20, help="of the example's sessions")
    made.add_argument("--seed", type=int, default=1)
    results = run(Plan(**vars(made.parse_args())))
    report(results)
    save("laws", kept(results))
    raise SystemExit(1 if differing(results) else 0)


if __name__ == "__main__":
    main()
