"""What lies around entities and episodes: one step for recall, several for a neighbourhood."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from graph.model import Entity, Fact
from graph.stores.base import Records, Spot, Vicinity
from graph.stores.embedded import entities, episodes, facts, lines, rows
from graph.stores.embedded.entities import ids_of
from graph.stores.embedded.facts import ENDS, dead_or_alive, facts_by_id, filter_params, of_episodes
from graph.stores.embedded.memo import ASSERTIONS, DRAWN, ENTITIES, EPISODES, FACTS, TOUCHING, Memo
from graph.stores.embedded.queries import entities as entity_sql
from graph.stores.embedded.queries import facts as sql
from graph.stores.embedded.view import View, listed
from graph.stores.reach import EXPLORED, require_hops
from graph.views import FactFilter, Subgraph


def vicinity(db: sqlite3.Connection, view: View, spot: Spot, memo: Memo) -> Vicinity:
    """Facts are found as row ids first, and then read once each."""
    around = _touching_each(db, view, spot.entities, spot.limit, memo)
    standing = [id_ for (id_,) in view.rows(db, sql.STANDING, uuids=listed(spot.facts))] if spot.facts else []
    related = _related(db, view, spot) if spot.relations else []
    drawn = _drawn(db, view, spot.drawn_from, memo) if spot.drawn_from else {}
    ids = chain(standing, related, *around.values(), *drawn.values())
    made = memo.of(view, FACTS, ids, lambda missing: facts_by_id(db, view, missing))
    return Vicinity(
        around={entity: tuple(made[id_] for id_ in ids) for entity, ids in around.items()},
        facts={made[id_].uuid: made[id_] for id_ in standing},
        related=tuple(made[id_] for id_ in related),
        drawn={episode: tuple(made[id_] for id_ in ids) for episode, ids in drawn.items()},
        nodes=lines.around(db, view, spot.episodes, spot.radius, memo) if spot.episodes else {},
    )


def records(
    db: sqlite3.Connection, view: View, memo: Memo, said_in: Sequence[str], sayings: Sequence[str], about: Sequence[str]
) -> Records:
    def versions(uuids: Sequence[str]) -> Mapping[str, Entity]:
        return entities.entities(db, view, uuids)

    return Records(
        episodes=memo.of(view, EPISODES, said_in, lambda uuids: episodes.episodes(db, view, uuids)),
        assertions=memo.of(view, ASSERTIONS, sayings, lambda uuids: facts.assertions(db, view, uuids)),
        entities=versions(about) if view.past else memo.of(view, ENTITIES, about, versions),
    )


def facts_around(db: sqlite3.Connection, view: View, entities: Sequence[str], limit: int, current: bool) -> Mapping[str, tuple[Fact, ...]]:
    ids = _around(db, view, entities, limit, current)
    made = facts_by_id(db, view, set(chain(*ids.values())))
    return {entity: tuple(made[id_] for id_ in touching) for entity, touching in ids.items()}


def _touching_each(db: sqlite3.Connection, view: View, entities: Sequence[str], limit: int, memo: Memo) -> Mapping[str, Sequence[int]]:
    """Row ids of the facts that touch each entity, whatever their status, newest first. Those of the present are kept."""
    if view.past:
        return _around(db, view, entities, limit, current=False)

    def read(keys: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Sequence[int]]:
        found = _around(db, view, [entity for entity, _ in keys], limit, current=False)
        return {(entity, limit): found.get(entity, ()) for entity, _ in keys}

    kept = memo.of(view, TOUCHING, [(entity, limit) for entity in entities], read)
    return {entity: ids for (entity, _), ids in kept.items() if ids}


def _drawn(db: sqlite3.Connection, view: View, episodes: Sequence[str], memo: Memo) -> Mapping[str, Sequence[int]]:
    """Row ids of the facts drawn from each. Those of the present are kept."""
    if view.past:
        return of_episodes(db, view, episodes)

    def read(uuids: Sequence[str]) -> dict[str, Sequence[int]]:
        found = of_episodes(db, view, uuids)
        return {uuid: found.get(uuid, ()) for uuid in uuids}

    return {episode: ids for episode, ids in memo.of(view, DRAWN, episodes, read).items() if ids}


def _around(db: sqlite3.Connection, view: View, entities: Sequence[str], limit: int, current: bool) -> dict[str, list[int]]:
    """Row ids of the facts that touch each entity, newest first."""
    uuid_of = {id_: uuid for uuid, id_ in ids_of(db, view, entities).items()} if entities else {}
    params = {"around": listed(uuid_of), "n": max(limit, 0), "current": current}
    touching: defaultdict[int, dict[int, int]] = defaultdict(dict)
    if uuid_of:
        for end in ENDS:
            for dead in dead_or_alive(view):
                for entity, id_, valid_at in view.rows(db, sql.AROUND[end], dead=dead, **params):
                    touching[entity][id_] = valid_at
    return {uuid_of[entity]: _newest(found, limit) for entity, found in touching.items()}


def _related(db: sqlite3.Connection, view: View, spot: Spot) -> list[int]:
    """Row ids of the newest facts of its relations."""
    params = {"relations": listed(set(spot.relations)), "n": max(spot.most_related, 0), "ended": spot.past}
    found: dict[int, int] = {}
    for dead in dead_or_alive(view):
        found |= view.pairs(db, sql.RELATED, dead=dead, **params)
    return _newest(found, spot.most_related)


def neighborhood(db: sqlite3.Connection, view: View, around: Sequence[str], hops: int, filter: FactFilter, limit: int) -> Subgraph:
    """The nearest facts, of a hop the newest, at most `limit`."""
    require_hops(hops)
    wanted = filter_params(db, view, filter)
    start = {id_ for (id_,) in view.rows(db, entity_sql.ONE_WITH, uuids=listed(around))}
    met, frontier = set(start), start
    facts: dict[int, tuple[int, int]] = {}
    cut = False
    for _ in range(hops):
        if not frontier:
            break
        found = _touching(db, view, frontier, wanted, dead_or_alive(view, filter.status))
        cut = cut or len(found) >= EXPLORED
        fresh = [row for row in found if row[0] not in facts]
        facts |= {id_: (subject, object_) for id_, subject, object_, _ in fresh}
        frontier = {end for _, *ends, _ in fresh for end in ends} - met
        met |= frontier
    shown = dict(list(facts.items())[: max(limit, 0)])
    ends = start | {end for pair in shown.values() for end in pair}
    return Subgraph(
        entities=tuple(rows.entity(view.group, row) for row in view.rows(db, entity_sql.ENTITIES_BY_ID, ids=listed(ends))),
        facts=_facts(db, view, list(shown)),
        total=len(facts),
        truncated=cut or len(shown) < len(facts),
    )


def _touching(db: sqlite3.Connection, view: View, frontier: set[int], wanted: dict[str, Any], deads: Sequence[int]) -> list[rows.Row]:
    params = {**wanted, "around": listed(sorted(frontier)), "n": EXPLORED, "most": EXPLORED}
    found = [row for end in ENDS for dead in deads for row in view.rows(db, sql.TOUCHING[end], dead=dead, **params)]
    once = {row[0]: row for row in found}
    return sorted(once.values(), key=lambda row: (row[3], row[0]), reverse=True)


def _facts(db: sqlite3.Connection, view: View, ids: Sequence[int]) -> tuple[Fact, ...]:
    found = facts_by_id(db, view, ids)
    return tuple(found[id_] for id_ in ids)


def _newest(found: Mapping[int, int], limit: int) -> list[int]:
    """Row ids by the instants that they have, at most `limit`."""
    return sorted(found, key=lambda id_: (found[id_], id_), reverse=True)[: max(limit, 0)]
