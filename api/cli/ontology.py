"""`palimpsest ontology`: which relations there are, whether a file of one's own is in order, and belief drawn anew under it."""

import os
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter
from rapidfuzz import fuzz
from rich.progress import Progress
from rich.table import Table

from api.cli import options
from api.cli.groups import unknown_group
from api.cli.reach import claimed, existing
from api.cli.show import numbered, out, progress
from api.place import store_file
from api.settings import read_settings
from api.wiring import open_memory, open_store
from graph.memory import Memory
from graph.ontology import Ontology, Relation, load_ontology
from graph.stores.base import Store
from graph.time import FAR, TICK, AsOf
from graph.views import Page

NEAR = 85.0
"""How alike two names are, of 100, before a person is asked to look at them."""
ALL = "all"
_NOW = AsOf(FAR - TICK, FAR - TICK)

ontology = App(name="ontology", help_format="plaintext")


@ontology.command(name="list")
def list_all(
    file: Annotated[Path | None, Parameter(help="A file of your own that adds to it. Default: PALIMPSEST_ONTOLOGY.")] = None, /
) -> None:
    """List the relations: which side has one value at a time, what else they do, and examples."""
    table = Table(box=None, pad_edge=False)
    for column in ("relation", "one value of", "is", "example"):
        table.add_column(column)
    for relation in sorted(load_ontology(_own(file)).relations.values(), key=lambda r: r.name):
        side = f"a {relation.exclusive.value}" if relation.exclusive else ""
        table.add_row(relation.name, side, _nature(relation), next(iter(relation.examples), ""))
    out().print(table)


@ontology.command
async def check(
    file: Annotated[Path, Parameter(help="The TOML file to check.")],
    /,
    *,
    store: options.Store = None,
) -> None:
    """Say whether FILE can be used, and which relations that a store knows by their words alone are near one it names."""
    found = load_ontology(file)
    out().print(
        f"{str(file)!r} is in order: {len(found.relations)} relations, {len(found.types)} types with the packaged ones.", markup=False
    )
    settings = read_settings(os.environ, store=store)
    path = store_file(settings)
    if path is not None and not path.exists():
        return
    async with open_store(settings) as opened:
        lines = near_names(found, await _used(opened))
    for line in lines:
        out().print(line, markup=False, soft_wrap=True)


@ontology.command
async def apply(
    *,
    group: Annotated[str, Parameter(help="The group to draw anew, or all.")] = ALL,
    store: options.Store = None,
) -> None:
    """Draw what is believed anew under PALIMPSEST_ONTOLOGY, as one operation a group. Stop services that have another one first."""
    settings = read_settings(os.environ, store=store)
    existing(settings)
    with claimed(store_file(settings), "ontology apply"):
        async with open_memory(settings) as memory:
            names = [name async for name in every_group(memory.parts.store)]
            if group != ALL and group not in names:
                raise unknown_group(group, names)
            drawn = names if group == ALL else [group]
            await _apply(memory, drawn)
            parked = [work for work in await memory.parts.store.parked() if work.group in drawn]
    if parked:
        out().print(f"{numbered(len(parked), 'piece')} of Work could not be learnt from before: palimpsest retry does now.", markup=False)


async def _apply(memory: Memory, names: list[str]) -> None:
    told: list[str] = []
    with Progress(console=progress(), transient=True, disable=not progress().is_terminal) as bar:
        task = bar.add_task("drawing anew", total=len(names))
        for name in names:
            done = await memory.apply_ontology(name)
            kinds = Counter(change.kind.value for change in done.changes)
            counted = ", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items()))
            told.append(f"{name!r}: {counted}." if counted else f"{name!r}: nothing to do.")
            bar.advance(task)
    for line in told:
        out().print(line, markup=False, soft_wrap=True)


def near_names(known: Ontology, used: Mapping[str, int]) -> list[str]:
    """Relations in use that the ontology does not know, and what each is near to by spelling. A person decides: nothing is mapped."""
    phrases = {words.replace("_", " "): relation for words, relation in known.surfaces.items()}
    lines = []
    for name, count in sorted(used.items()):
        if name in known.relations or known.named(name) is not None:
            continue
        words = name.replace("_", " ")
        score, phrase = max(((fuzz.ratio(words, phrase), phrase) for phrase in phrases), default=(0.0, ""))
        if score >= NEAR:
            lines.append(
                f"{name!r}, used by {numbered(count, 'fact')}, is near {phrase!r}: if it is {phrases[phrase]}, add it to its `surface`."
            )
    return lines


async def _used(store: Store) -> Mapping[str, int]:
    """How many facts of each relation hold, in all groups."""
    used: Counter[str] = Counter()
    async for name in every_group(store):
        used.update((await store.counts(name, _NOW)).relations)
    return used


async def every_group(store: Store) -> AsyncIterator[str]:
    page = Page(500)
    while True:
        found = await store.groups(page)
        for group in found.items:
            yield group.name
        if not found.more:
            return
        page = Page(500, found.cursors[-1])


def _own(file: Path | None) -> Path | None:
    settings = read_settings(os.environ)
    return file or (Path(settings.ontology) if settings.ontology else None)


def _nature(relation: Relation) -> str:
    words = ["symmetric"] if relation.symmetric else []
    words += [f"the other way round of {relation.inverse}"] if relation.inverse else []
    words += [f"sets {relation.sets}"] if relation.sets else []
    words += [f"ends {', '.join(relation.ends)}"] if relation.ends else []
    words += [f"closes {', '.join(relation.closes)}"] if relation.closes else []
    words += [f"closes all {', '.join(relation.closes_all)}"] if relation.closes_all else []
    return "; ".join([*words, *(["an event"] if relation.event else [])])
