"""Reads of entities, each as it reads at the known time."""

from collections.abc import Mapping, Sequence
from typing import Any

from graph.errors import BadInput
from graph.model import Entity
from graph.resolve import normal
from graph.stores.cursors import HIGHEST, LOWEST, Keyset
from graph.stores.neo4j import rows
from graph.stores.neo4j.database import Database
from graph.stores.neo4j.queries import entities as cypher
from graph.stores.neo4j.view import View
from graph.stores.reach import COUNTED
from graph.views import EntityFilter, Page, Slice

ORDERS = {
    "MOST_CONNECTED": (cypher.LIST_MOST_CONNECTED, Keyset("entities.MOST_CONNECTED", LOWEST)),
    "RECENT": (cypher.LIST_RECENT, Keyset("entities.RECENT", HIGHEST)),
    "NAME": (cypher.LIST_NAME, Keyset("entities.NAME", "")),
}
NEIGHBORS = Keyset("neighbors", LOWEST)


async def entities(db: Database, view: View, uuids: Sequence[str]) -> Mapping[str, Entity]:
    found = await db.read(cypher.ENTITIES, **view.params(uuids=list(uuids)))
    return {row[0]: rows.entity(view.group, row) for row in found}


async def find_entities(db: Database, view: View, name: str, counted: int = COUNTED) -> Sequence[Entity]:
    found = await db.read(cypher.FIND, **view.params(name=normal(name), counted=counted))
    return [rows.entity(view.group, row) for row in found]


async def list_entities(db: Database, view: View, filter: EntityFilter, order: str, page: Page) -> Slice[Entity]:
    if order not in ORDERS:
        raise BadInput(f"{order!r} is not an order of entities", hint=f"Use one of {', '.join(ORDERS)}.", field="orderBy")
    statement, keyset = ORDERS[order]
    return await _page(db, view, statement, keyset, page, types=list(filter.types) or None, name=filter.name or None)


async def neighbors(db: Database, view: View, entity: str, relations: Sequence[str], page: Page, counted: int = COUNTED) -> Slice[Entity]:
    """In the order they were first named."""
    asked = {"entity": entity, "relations": list(relations) or None, "counted": counted}
    return await _page(db, view, cypher.NEIGHBORS, NEIGHBORS, page, **asked)


async def degrees(db: Database, view: View, uuids: Sequence[str], counted: int = COUNTED) -> Mapping[str, int]:
    found = await db.read(cypher.DEGREES, **view.params(uuids=list(dict.fromkeys(uuids)), counted=counted))
    return {row[0]: row[1] for row in found}


async def _page(db: Database, view: View, statement: str, keyset: Keyset, page: Page, **more: Any) -> Slice[Entity]:
    found = await db.read(statement, **view.params(**keyset.params(page), **more))
    return keyset.slice(found, page, lambda row: rows.entity(view.group, row))
