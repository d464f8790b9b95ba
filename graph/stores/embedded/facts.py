"""Reads of facts, and of the assertions behind them."""

import heapq
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph.belief import key_parts
from graph.errors import BadInput
from graph.model import Assertion, Fact, FactStatus
from graph.stores.cursors import HIGHEST, LOWEST, Keyset
from graph.stores.embedded import rows
from graph.stores.embedded.entities import entities, ids_of
from graph.stores.embedded.queries import facts as sql
from graph.stores.embedded.queries import keeping
from graph.stores.embedded.view import View, listed, optional
from graph.views import Beliefs, FactFilter, FactSlice, Page

ORDERS = {
    "NEWEST": Keyset("facts.NEWEST", HIGHEST),
    "OLDEST": Keyset("facts.OLDEST", LOWEST),
    "RECORDED": Keyset("facts.RECORDED", HIGHEST),
}
TIMELINE = Keyset("timeline", LOWEST)
ENDS = ("subject", "object")
NOBODY = 0
"""The row id of an entity or a session that is not there."""


def facts(db: sqlite3.Connection, view: View, uuids: Sequence[str]) -> Mapping[str, Fact]:
    return {row[0]: rows.fact(view.group, row) for row in view.rows(db, sql.FACTS, uuids=listed(uuids))}


def assertions(db: sqlite3.Connection, view: View, uuids: Sequence[str]) -> Mapping[str, Assertion]:
    return {row[0]: rows.assertion(view.group, row) for row in view.rows(db, sql.ASSERTIONS, uuids=listed(uuids))}


def external_assertions(db: sqlite3.Connection, view: View, ids: Sequence[str]) -> Mapping[str, Assertion]:
    """The first one of each id."""
    found = (rows.assertion(view.group, row) for row in view.rows(db, sql.EXTERNAL, ids=listed(ids)))
    return {a.external_id: a for a in found if a.external_id is not None}


def said_in(db: sqlite3.Connection, view: View, session: str, relation: str | None, most: int) -> Sequence[Assertion]:
    return [rows.assertion(view.group, row) for row in view.rows(db, sql.SAID_IN, session=session, relation=relation, n=most)]


def said_of(db: sqlite3.Connection, view: View, entities: Sequence[str]) -> Sequence[Assertion]:
    return [rows.assertion(view.group, row) for row in view.rows(db, sql.SAID_OF, uuids=listed(entities))]


def beliefs(db: sqlite3.Connection, view: View, keys: Sequence[str]) -> Beliefs:
    by_side: defaultdict[str, list[list[str]]] = defaultdict(list)
    for key in dict.fromkeys(keys):
        side, parts = key_parts(key)
        by_side[side].append(parts)
    living = [row for side, parts in by_side.items() for row in view.rows(db, sql.UNDER[side], keys=listed(parts))]
    assertions = {row[0]: rows.assertion(view.group, row) for row in living}
    believed = [rows.fact(view.group, row) for row in view.rows(db, sql.FACTS_UNDER, keys=listed(keys))]
    return Beliefs(tuple(assertions.values()), tuple(believed))


def list_facts(db: sqlite3.Connection, view: View, filter: FactFilter, order: str, page: Page) -> FactSlice:
    if order not in ORDERS:
        raise BadInput(f"{order!r} is not an order of facts", hint=f"Use one of {', '.join(ORDERS)}.", field="orderBy")
    keyset = ORDERS[order]
    wanted = filter_params(db, view, filter)
    params = {**wanted, **keyset.params(page)}
    found = [
        view.rows(db, sql.LISTS[source, order], source=value, dead=dead, **params)
        for source, value in _sources(view, wanted)
        for dead in dead_or_alive(view, filter.status)
    ]
    return _merged(db, view, keyset, page, found)


def timeline(db: sqlite3.Connection, view: View, entity: str, relation: str | None, page: Page) -> FactSlice:
    source = ids_of(db, view, [entity]).get(entity, NOBODY)
    params = {"source": source, "relation": relation, **TIMELINE.params(page)}
    found = [view.rows(db, sql.TIMELINES[end], dead=dead, **params) for end in ENDS for dead in (0, 1)]
    return _merged(db, view, TIMELINE, page, found)


def filter_params(db: sqlite3.Connection, view: View, filter: FactFilter) -> dict[str, Any]:
    """A filter as statements take it: names as row ids, None where nothing is filtered."""
    ends = {"entity": filter.entity, "subject": filter.subject, "object": filter.object}
    ids = ids_of(db, view, [uuid for uuid in ends.values() if uuid is not None])
    return {
        **{end: None if uuid is None else ids.get(uuid, NOBODY) for end, uuid in ends.items()},
        "relations": optional(filter.relations),
        "types": optional(filter.types),
        "text": filter.text.casefold() if filter.text else None,
        "session": None if filter.session is None else _session(db, view, filter.session),
        **{status.value.lower(): status in filter.status for status in FactStatus},
    }


def dead_or_alive(view: View, statuses: Sequence[FactStatus] = ()) -> tuple[int, ...]:
    """Whether retracted records have to be read beside those that are not."""
    return (0, 1) if view.past or FactStatus.RETRACTED in statuses else (0,)


def _session(db: sqlite3.Connection, view: View, name: str) -> int:
    row = db.execute(keeping.SESSION, view.params(session=name)).fetchone()
    return int(row[0]) if row else NOBODY


def _sources(view: View, wanted: Mapping[str, Any]) -> list[tuple[str, int]]:
    """The ends whose index leads to what a filter keeps."""
    for end in ENDS:
        if wanted[end] is not None:
            return [(end, wanted[end])]
    if wanted["entity"] is not None:
        return [(end, wanted["entity"]) for end in ENDS]
    return [("grp", view.number)]


def _merged(db: sqlite3.Connection, view: View, keyset: Keyset, page: Page, found: Sequence[Sequence[rows.Row]]) -> FactSlice:
    """One page of several lists of the same order; a fact that stands in two of them comes once."""
    down = keyset.first == HIGHEST
    once = {row[1]: row for row in heapq.merge(*found, key=lambda row: (row[0], row[1]), reverse=down)}
    part = keyset.slice(list(once.values())[: page.first + 1], page, lambda row: rows.fact(view.group, row))
    ends = dict.fromkeys(end for fact in part.items for end in (fact.subject, fact.object))
    return FactSlice(part.items, part.cursors, part.more, ends=entities(db, view, list(ends)))


def successors(db: sqlite3.Connection, view: View, facts: Sequence[Fact]) -> Mapping[str, Fact]:
    ended = [fact for fact in facts if fact.invalid_at is not None and _end_is_known(fact, view)]
    asked = listed([fact.uuid, fact.key, rows.micros(fact.invalid_at), fact.subject, fact.object] for fact in ended)
    found: dict[str, Fact] = {}
    for uuid, *row in view.rows(db, sql.SUCCESSORS, facts=asked):
        found.setdefault(uuid, rows.fact(view.group, row))
    return found


def predecessors(db: sqlite3.Connection, view: View, facts: Sequence[Fact]) -> Mapping[str, tuple[Fact, ...]]:
    asked = listed([fact.uuid, fact.key, rows.micros(fact.valid_at), fact.subject, fact.object] for fact in facts)
    found = defaultdict(list)
    for uuid, *row in view.rows(db, sql.PREDECESSORS, facts=asked):
        found[uuid].append(rows.fact(view.group, row))
    return {uuid: tuple(before) for uuid, before in found.items()}


def _end_is_known(fact: Fact, view: View) -> bool:
    expired = rows.micros(fact.expired_at)
    return expired is None or expired <= view.known


def facts_of_episodes(db: sqlite3.Connection, view: View, episodes: Sequence[str]) -> Mapping[str, tuple[Fact, ...]]:
    ids = of_episodes(db, view, episodes)
    found = facts_by_id(db, view, {id_ for drawn in ids.values() for id_ in drawn})
    return {episode: tuple(found[id_] for id_ in drawn) for episode, drawn in ids.items()}


def of_episodes(db: sqlite3.Connection, view: View, episodes: Sequence[str]) -> Mapping[str, Sequence[int]]:
    """Row ids of the facts drawn from each, in order of validity."""
    found = defaultdict(list)
    for episode, id_ in view.rows(db, sql.OF_EPISODES, uuids=listed(episodes)):
        found[episode].append(id_)
    return found


def facts_by_id(db: sqlite3.Connection, view: View, ids: Iterable[int]) -> dict[int, Fact]:
    return {row[0]: rows.fact(view.group, row[1:]) for row in view.rows(db, sql.FACTS_BY_ID, ids=listed(ids))}
