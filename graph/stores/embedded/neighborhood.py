"""Facts around entities: one step for recall, several for a neighbourhood."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from graph.model import Fact
from graph.stores.embedded import rows
from graph.stores.embedded.entities import ids_of
from graph.stores.embedded.facts import ENDS, dead_or_alive, filter_params
from graph.stores.embedded.queries import entities as entity_sql
from graph.stores.embedded.queries import facts as sql
from graph.stores.embedded.view import View, listed
from graph.views import FactFilter, Subgraph

EXPLORED = 2_000
"""How many facts of a hop are looked at; a total counts no further."""


def facts_around(db: sqlite3.Connection, view: View, entities: Sequence[str], limit: int, current: bool) -> Mapping[str, tuple[Fact, ...]]:
    uuid_of = {id_: uuid for uuid, id_ in ids_of(db, view, entities).items()}
    params = {"around": listed(uuid_of), "n": max(limit, 0), "current": current}
    made: dict[int, Fact] = {}
    touching: defaultdict[int, dict[int, Fact]] = defaultdict(dict)
    for end in ENDS:
        for dead in dead_or_alive(view):
            for entity, id_, *row in view.rows(db, sql.AROUND[end], dead=dead, **params):
                fact = made.get(id_) or made.setdefault(id_, rows.fact(view.group, row))
                touching[entity][id_] = fact
    return {uuid_of[entity]: _newest(found, limit) for entity, found in touching.items()}


def neighborhood(db: sqlite3.Connection, view: View, around: Sequence[str], hops: int, filter: FactFilter, limit: int) -> Subgraph:
    """The nearest facts, of a hop the newest, at most `limit`. `total` counts at most 2,000 a hop."""
    wanted = filter_params(db, view, filter)
    start = set(ids_of(db, view, around).values())
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
    found = {row[0]: rows.fact(view.group, row[1:]) for row in view.rows(db, sql.FACTS_BY_ID, ids=listed(ids))}
    return tuple(found[id_] for id_ in ids)


def _newest(found: Mapping[int, Fact], limit: int) -> tuple[Fact, ...]:
    newest = sorted(found.items(), key=lambda item: (item[1].valid_at, item[0]), reverse=True)
    return tuple(fact for _, fact in newest[:limit])
