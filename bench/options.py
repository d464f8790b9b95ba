"""The command line that the benches share."""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from bench.data import VARIABLE, Conversation, DataMissing, data_path, load
from graph.stores.base import Store
from graph.stores.neo4j import Address
from graph.views import Page


@dataclass(frozen=True, slots=True)
class Options:
    conversations: list[Conversation]
    source: str
    sample: int = 0
    seed: int = 1


def parser(description: str | None) -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(description=description)
    made.add_argument("--data", metavar="PATH", help=f"a folder or file of conversations (default: the variable {VARIABLE})")
    made.add_argument("--only", nargs="*", default=[], metavar="NAME", help="only conversations with one of these in their name")
    return made


def read_options(made: argparse.ArgumentParser, arguments: Sequence[str] | None = None) -> Options:
    """Parses and loads; where data is missing, says so and ends the process with status 2."""
    given = made.parse_args(arguments)
    try:
        path = data_path(given.data)
        conversations = load(path, given.only)
    except DataMissing as missing:
        print(f"error: {missing}", file=sys.stderr)
        raise SystemExit(2) from missing
    return Options(conversations, path.name, getattr(given, "sample", 0), getattr(given, "seed", 1))


def server_named() -> Address | None:
    """The Neo4j that NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD name."""
    uri = os.environ.get("NEO4J_URI")
    return Address(uri, os.environ.get("NEO4J_USER", "neo4j"), os.environ.get("NEO4J_PASSWORD", "palimpsest")) if uri else None


async def require_empty(store: Store) -> None:
    """Says so and ends the process with status 2 where something is in it."""
    if (await store.groups(Page(1))).items:
        print("error: the database is not empty; hint: use a server of your own for the bench.", file=sys.stderr)
        raise SystemExit(2)
