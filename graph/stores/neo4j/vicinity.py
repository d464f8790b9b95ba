"""What lies around entities and episodes, for recall: a statement for the facts and one for the conversation, sent together."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graph.model import Fact
from graph.stores.base import Records, Spot, Vicinity
from graph.stores.neo4j import rows
from graph.stores.neo4j.database import Database, Rows
from graph.stores.neo4j.queries import vicinity as cypher
from graph.stores.neo4j.view import FAR_MICROS, View
from graph.views import EpisodeNode

Facts = Mapping[int, Fact]
_ByKey = Mapping[str, tuple[Fact, ...]]


async def vicinity(db: Database, view: View, spot: Spot) -> Vicinity:
    facts, talk = await asyncio.gather(_facts(db, view, spot), around(db, view, spot.episodes, spot.radius))
    return Vicinity(*facts, talk)


async def _facts(db: Database, view: View, spot: Spot) -> tuple[_ByKey, Mapping[str, Fact], tuple[Fact, ...], _ByKey]:
    """What is around, named, related and drawn."""
    asked = spot.entities or spot.facts or spot.relations or spot.drawn_from
    found = await db.read(cypher.FACTS, **view.params(**_params(spot))) if asked else ()
    if not found:
        return {}, {}, (), {}
    facts, numbers, around, named, related, drawn = found[0]
    made = _made(view, facts, numbers)
    by_uuid = {made[no].uuid: made[no] for no in named}
    return _by_key(around, made), by_uuid, tuple(made[no] for no in related), _by_key(drawn, made)


async def facts_around(db: Database, view: View, entities: Sequence[str], limit: int, current: bool) -> Mapping[str, tuple[Fact, ...]]:
    params = {
        "entities": list(dict.fromkeys(entities)),
        "limit": max(limit, 0),
        "current": current,
        "latest": view.valid if current else FAR_MICROS,
    }
    for facts, numbers, around in await db.read(cypher.FACTS_AROUND, **view.params(**params)):
        return _by_key(around, _made(view, facts, numbers))
    return {}


async def records(db: Database, view: View, episodes: Sequence[str], assertions: Sequence[str], entities: Sequence[str]) -> Records:
    asked = {"episodes": list(episodes), "assertions": list(assertions), "entities": list(entities)}
    said_in, sayings, about = await db.read(cypher.RECORDS, **view.params(**asked))
    return Records(
        episodes={row[0]: rows.episode(view.group, row) for row in said_in},
        assertions={row[0]: rows.assertion(view.group, row) for row in sayings},
        entities={row[0]: rows.entity(view.group, row) for row in about},
    )


async def around(db: Database, view: View, uuids: Sequence[str], radius: int) -> Mapping[str, EpisodeNode]:
    if not (episodes := dict.fromkeys(uuids)):
        return {}
    return _nodes(await db.read(cypher.TALK, **view.params(episodes=list(episodes), reach=radius + 1)), episodes, radius)


def _params(spot: Spot) -> dict[str, object]:
    return {
        "entities": list(dict.fromkeys(spot.entities)),
        "limit": max(spot.limit, 0),
        "current": False,
        "latest": FAR_MICROS,
        "facts": list(dict.fromkeys(spot.facts)),
        "relations": list(dict.fromkeys(spot.relations)),
        "most_related": max(spot.most_related, 0),
        "ended": spot.past,
        "drawn_from": list(dict.fromkeys(spot.drawn_from)),
    }


def _made(view: View, facts: Rows, numbers: Sequence[int]) -> Facts:
    return {no: rows.fact(view.group, row) for no, row in zip(numbers, facts, strict=True)}


def _by_key(found: Rows, made: Facts) -> dict[str, tuple[Fact, ...]]:
    return {key: tuple(made[no] for no in numbers) for key, numbers in found if numbers}


def _nodes(found: Rows, asked: Mapping[str, Any], radius: int) -> dict[str, EpisodeNode]:
    return {node.uuid: node for line in _lines(found) for node in _walked(line, asked, radius)}


def _lines(found: Rows) -> Iterator[Rows]:
    """The episodes by session, in order; one of no session is by itself."""
    lines: defaultdict[str, list[rows.Row]] = defaultdict(list)
    for row in found:
        if row[1] is None:
            yield [row]
        else:
            lines[row[1]].append(row)
    for line in lines.values():
        yield sorted(line, key=lambda row: (row[3], row[6]))


def _walked(line: Rows, asked: Mapping[str, Any], radius: int) -> Iterator[EpisodeNode]:
    """Those up to `radius` around each that was asked for. One more was read on either side, so that the outermost know their
    neighbours too; further on, episodes that stand beside each other here may have others between them.
    """
    near: dict[int, None] = {}
    joined: set[int] = set()
    for at, row in enumerate(line):
        if row[0] in asked:
            near.update(dict.fromkeys(range(max(at - radius, 0), min(at + radius + 1, len(line)))))
            joined.update(range(max(at - radius - 1, 0), min(at + radius + 1, len(line) - 1)))
    for at in near:
        yield _node(line[at], line[at - 1][0] if at - 1 in joined else None, line[at + 1][0] if at in joined else None)


def _node(row: rows.Row, previous: str | None, following: str | None) -> EpisodeNode:
    uuid, session, speaker, instant, length, asks, _ = row
    return EpisodeNode(uuid, session, speaker, rows.moment(instant), previous, following, length, bool(asks))
