"""Reads of entities, each as it reads at the known time."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from graph.errors import BadInput
from graph.model import Entity
from graph.resolve import normal
from graph.stores.cursors import HIGHEST, LOWEST, Keyset
from graph.stores.embedded import rows
from graph.stores.embedded.queries import entities as sql
from graph.stores.embedded.view import View, listed, optional
from graph.stores.reach import COUNTED, MEETINGS, NAMESAKES, NEAREST
from graph.views import Candidate, EntityFilter, Page, Slice

ORDERS = {
    "MOST_CONNECTED": (sql.LIST_MOST_CONNECTED, Keyset("entities.MOST_CONNECTED", LOWEST)),
    "RECENT": (sql.LIST_RECENT, Keyset("entities.RECENT", HIGHEST)),
    "NAME": (sql.LIST_NAME, Keyset("entities.NAME", "")),
}
NEIGHBORS = Keyset("neighbors", LOWEST)
MATCHES = ("KEY", "ALIAS", "FIRST_NAME")


def ids_of(db: sqlite3.Connection, view: View, uuids: Sequence[str]) -> dict[str, int]:
    """Row ids; an unknown uuid is absent."""
    return view.pairs(db, sql.IDS, uuids=listed(uuids))


def entities(db: sqlite3.Connection, view: View, uuids: Sequence[str]) -> Mapping[str, Entity]:
    return {row[0]: rows.entity(view.group, row) for row in view.rows(db, sql.ENTITIES, uuids=listed(uuids))}


def families(db: sqlite3.Connection, view: View, uuids: Sequence[str]) -> Mapping[str, Entity]:
    """These, the ones that they are merged into, and those merged into them."""
    return {row[0]: rows.entity(view.group, row) for row in view.rows(db, sql.FAMILIES, uuids=listed(uuids))}


def candidates(db: sqlite3.Connection, view: View, names: Sequence[str], session: str | None) -> Sequence[Candidate]:
    """Each entity once a name, by its best match."""
    best: dict[tuple[str, str], Candidate] = {}
    given = (row for name in names for row in view.rows(db, sql.GIVEN, name=name, session=session, namesakes=NAMESAKES))
    for name, kind, seen_at, *row in (*_named(db, view, names, session), *given):
        entity = rows.entity(view.group, row)
        before = best.get((name, entity.uuid))
        if before is None or MATCHES.index(kind) < MATCHES.index(before.matched):
            best[name, entity.uuid] = Candidate(name, entity, kind, rows.instant(seen_at))
    return list(best.values())


def near(db: sqlite3.Connection, view: View, keys: Sequence[str]) -> Sequence[Entity]:
    found = (rows.entity(view.group, row) for key in dict.fromkeys(keys) for row in view.rows(db, sql.NEAR, key=key, nearest=NEAREST))
    return list({entity.uuid: entity for entity in found}.values())


def met(db: sqlite3.Connection, view: View, one: str, other: str) -> bool:
    ways = ((one, other), (other, one))
    return any(row[0] for ours, theirs in ways for row in view.rows(db, sql.MET, one=ours, other=theirs, most=MEETINGS))


def find_entities(db: sqlite3.Connection, view: View, name: str) -> Sequence[Entity]:
    return named(db, view, [name])[name]


def named(db: sqlite3.Connection, view: View, names: Sequence[str]) -> dict[str, list[Entity]]:
    """For each name the living entities of exactly that name or alias, best connected first."""
    wanted = {name: normal(name) for name in names}
    found: defaultdict[str, dict[str, Entity]] = defaultdict(dict)
    for name, _, _, *row in _named(db, view, list(set(wanted.values())), None) if wanted else ():
        entity = rows.entity(view.group, row)
        if entity.merged_into is None:
            found[name][entity.uuid] = entity
    several = {uuid for of_name in found.values() if len(of_name) > 1 for uuid in of_name}
    linked = degrees(db, view, list(several)) if several else {}

    def order(entity: Entity) -> tuple[int, datetime, str]:
        return -linked.get(entity.uuid, 0), entity.created_at, entity.uuid

    return {name: sorted(found[normalised].values(), key=order) for name, normalised in wanted.items()}


def _named(db: sqlite3.Connection, view: View, names: Sequence[str], session: str | None) -> Sequence[rows.Row]:
    return view.rows(db, sql.NAMED, names=listed(names), session=session)


def list_entities(db: sqlite3.Connection, view: View, filter: EntityFilter, order: str, page: Page) -> Slice[Entity]:
    if order not in ORDERS:
        raise BadInput(f"{order!r} is not an order of entities", hint=f"Use one of {', '.join(ORDERS)}.", field="orderBy")
    statement, keyset = ORDERS[order]
    name = filter.name.casefold() if filter.name else None
    return _page(db, view, statement, keyset, page, types=optional(filter.types), name=name)


def neighbors(db: sqlite3.Connection, view: View, entity: str, relations: Sequence[str], page: Page) -> Slice[Entity]:
    """In the order they were first named."""
    id_ = ids_of(db, view, [entity]).get(entity)
    return _page(db, view, sql.NEIGHBORS, NEIGHBORS, page, entity=id_, relations=optional(relations), counted=COUNTED)


def degrees(db: sqlite3.Connection, view: View, uuids: Sequence[str]) -> Mapping[str, int]:
    return view.pairs(db, sql.DEGREES, uuids=listed(uuids), counted=COUNTED)


def _page(db: sqlite3.Connection, view: View, statement: str, keyset: Keyset, page: Page, **more: Any) -> Slice[Entity]:
    found = view.rows(db, statement, **keyset.params(page), **more)
    return keyset.slice(found, page, lambda row: rows.entity(view.group, row))
