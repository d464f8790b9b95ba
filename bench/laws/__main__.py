"""The law of time at length: random histories on both stores against the model of tests/laws, the example in other orders, and
keys of many assertions: python -m bench.laws [--embedded 10000] [--neo4j 1000] [--shuffles 2000] [--orders 20] [--seed N]

Neo4j is the server that NEO4J_URI names (its groups stay there), else one of our own where this machine can run one.
"""

import argparse
import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.progress import Progress

from bench.laws import keys, order
from bench.laws.histories import Played, play
from bench.report import CONSOLE, save, show
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


def histories(plan: Plan, progress: Progress) -> list[Played]:
    played = []
    for opened, count in ((embedded, plan.embedded), (neo4j, plan.neo4j)):
        if not count:
            continue
        task = progress.add_task(f"histories, {opened.__name__}", total=count)
        with opened() as store, asyncio.Runner() as runner:
            runner.run(store.open())
            played.append(play(store, runner, count, plan.seed, lambda done, task=task: progress.advance(task, done)))  # type: ignore[misc]
            runner.run(store.close())
    return played


def run(plan: Plan) -> dict[str, Any]:
    with Progress(console=CONSOLE, transient=True) as progress:
        played = histories(plan, progress)
        task = progress.add_task("orders", total=plan.shuffles + plan.orders)
        shuffled = asyncio.run(order.measure(plan.shuffles, plan.orders, plan.seed, lambda done: progress.advance(task, done)))
    return {
        "seed": plan.seed,
        "histories": [one.row() for one in played],
        "stories that differ": [story for one in played for story in one.differences],
        "arrivals": {
            "assertions": shuffled.assertions,
            "shuffles": shuffled.arrivals,
            "that differ": shuffled.arrivals_that_differ,
        },
        "orders of sessions": {
            "orders": shuffled.orders,
            "that differ": shuffled.orders_that_differ,
            "keys that differ though the same was heard": shuffled.unexplained,
            "differences": shuffled.rows(),
        },
        "keys": keys.measure(),
    }


def report(results: dict[str, Any]) -> None:
    for title, rows in (("Histories", results["histories"]), ("Milliseconds to draw one key", results["keys"])):
        if rows:
            show(title, list(rows[0]), [list(row.values()) for row in rows])
    for story in results["stories that differ"]:
        print(story, end="\n\n")
    for title in ("arrivals", "orders of sessions"):
        figures = {name: value for name, value in results[title].items() if name != "differences"}
        show(title.capitalize(), list(figures), [list(figures.values())])
    for row in results["orders of sessions"]["differences"]:
        print(f"{row['orders']} of the orders, message {row['message']}, {row['cause']}: {row['difference']}")


def main() -> None:
    made = argparse.ArgumentParser(prog="python -m bench.laws", description=__doc__)
    made.add_argument("--embedded", type=int, default=10_000, help="histories on the embedded store")
    made.add_argument("--neo4j", type=int, default=1_000, help="histories on Neo4j")
    made.add_argument("--shuffles", type=int, default=2_000, help="of the example's assertions")
    made.add_argument("--orders", type=int, default=20, help="of the example's sessions")
    made.add_argument("--seed", type=int, default=1)
    results = run(Plan(**vars(made.parse_args())))
    report(results)
    save("laws", results)
    differ = len(results["stories that differ"]) + results["arrivals"]["that differ"]
    raise SystemExit(1 if differ else 0)


if __name__ == "__main__":
    main()
