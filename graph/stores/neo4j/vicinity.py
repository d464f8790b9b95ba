"""What lies around entities and episodes, for recall: a statement for the facts and one for the conversation, sent together."""

import asyncio
from collections.abc import Mapping, Sequence
from itertools import pairwise

from graph.model import Fact
from graph.stores.base import Spot, Vicinity
from graph.stores.neo4j import rows
from graph.stores.neo4j.database import Database, Rows
from graph.stores.neo4j.queries import vicinity as cypher
from graph.stores.neo4j.view import FAR_MICROS, View
from graph.views import EpisodeNode

Facts = Mapping[str, Fact]
_ByKey = Mapping[str, tuple[Fact, ...]]


async def vicinity(db: Database, view: View, spot: Spot) -> Vicinity:
    facts, talk = await asyncio.gather(_facts(db, view, spot), _conversation(db, view, spot))
    return Vicinity(*facts, *talk)


async def _facts(db: Database, view: View, spot: Spot) -> tuple[_ByKey, Facts, tuple[Fact, ...], _ByKey]:
    """What is around, named, related and drawn."""
    asked = spot.entities or spot.facts or spot.relations or spot.drawn_from
    found = await db.read(cypher.FACTS, **view.params(**_params(spot))) if asked else ()
    if not found:
        return {}, {}, (), {}
    facts, around, named, related, drawn = found[0]
    made = _made(view, facts)
    return _by_key(around, made), {uuid: made[uuid] for uuid in named}, tuple(made[uuid] for uuid in related), _by_key(drawn, made)


async def _conversation(db: Database, view: View, spot: Spot) -> tuple[dict[str, EpisodeNode], dict[str, tuple[str, ...]]]:
    episodes = list(dict.fromkeys(spot.episodes))
    found = await db.read(cypher.CONVERSATION, **view.params(episodes=episodes, reach=spot.radius + 1)) if episodes else ()
    for lines, nodes, mentioned in found:
        return _nodes(lines, nodes, spot.radius), {episode: tuple(entities) for episode, entities in mentioned}
    return {}, {}


async def facts_around(db: Database, view: View, entities: Sequence[str], limit: int, current: bool) -> Mapping[str, tuple[Fact, ...]]:
    params = {
        "entities": list(dict.fromkeys(entities)),
        "limit": max(limit, 0),
        "current": current,
        "latest": view.valid if current else FAR_MICROS,
    }
    found = await db.read(cypher.FACTS_AROUND, **view.params(**params))
    if not found:
        return {}
    facts, around = found[0]
    return _by_key(around, _made(view, facts))


async def around(db: Database, view: View, uuids: Sequence[str], radius: int) -> Mapping[str, EpisodeNode]:
    for lines, nodes in await db.read(cypher.TALK, **view.params(episodes=list(dict.fromkeys(uuids)), reach=radius + 1)):
        return _nodes(lines, nodes, radius)
    return {}


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


def _made(view: View, facts: Rows) -> Facts:
    return {row[0]: rows.fact(view.group, row) for row in facts}


def _by_key(found: Rows, made: Facts) -> dict[str, tuple[Fact, ...]]:
    return {key: tuple(made[uuid] for uuid in uuids) for key, uuids in found if uuids}


def _nodes(lines: Rows, nodes: Rows, radius: int) -> dict[str, EpisodeNode]:
    """One step more than the radius was read on either side, so that the outermost know their neighbours too."""
    near: dict[str, None] = {}
    following: dict[str, str] = {}
    for uuid, before, after in lines:
        line = [*reversed(before), uuid, *after]
        following.update(pairwise(line))
        near.update(dict.fromkeys(line[max(len(before) - radius, 0) : len(before) + radius + 1]))
    previous = {after: before for before, after in following.items()}
    met = {row[0]: row for row in nodes}
    return {uuid: _node(met[uuid], previous.get(uuid), following.get(uuid)) for uuid in near}


def _node(row: rows.Row, previous: str | None, following: str | None) -> EpisodeNode:
    uuid, session, speaker, instant, length, asks = row
    return EpisodeNode(uuid, session, speaker, rows.moment(instant), previous, following, length, bool(asks))
