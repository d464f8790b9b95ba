"""What lies around entities and episodes, for recall: one statement, whatever is asked for."""

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


async def vicinity(db: Database, view: View, spot: Spot) -> Vicinity:
    found = await db.read(cypher.VICINITY, **view.params(**_params(spot)))
    if not found:
        return Vicinity()
    facts, around, named, related, drawn, lines, nodes, mentioned = found[0]
    made = _made(view, facts)
    return Vicinity(
        around=_by_key(around, made),
        facts={uuid: made[uuid] for uuid in named},
        related=tuple(made[uuid] for uuid in related),
        drawn=_by_key(drawn, made),
        nodes=_nodes(lines, nodes, spot.radius),
        mentioned={episode: tuple(entities) for episode, entities in mentioned},
    )


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
        "episodes": list(dict.fromkeys(spot.episodes)),
        "reach": spot.radius + 1,
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
