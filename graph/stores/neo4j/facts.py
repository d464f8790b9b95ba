"""Reads of facts, and of the assertions behind them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from graph.errors import BadInput
from graph.model import Assertion, Fact, FactStatus
from graph.stores.cursors import HIGHEST, LOWEST, Keyset
from graph.stores.neo4j import rows
from graph.stores.neo4j.database import Database, Rows
from graph.stores.neo4j.queries import facts as cypher
from graph.stores.neo4j.view import FAR_MICROS, View
from graph.views import FactFilter, FactSlice, Page

ORDERS = {
    "NEWEST": Keyset("facts.NEWEST", HIGHEST),
    "OLDEST": Keyset("facts.OLDEST", LOWEST),
    "RECORDED": Keyset("facts.RECORDED", HIGHEST),
}
TIMELINE = Keyset("timeline", LOWEST)


READ_AGAIN = 5
"""How often a page is read again that met an operation half written."""


async def facts(db: Database, view: View, uuids: Sequence[str]) -> Mapping[str, Fact]:
    found = await db.read(cypher.FACTS, **view.params(uuids=list(uuids)))
    return {row[0]: rows.fact(view.group, row) for row in found}


async def assertions(db: Database, view: View, uuids: Sequence[str]) -> Mapping[str, Assertion]:
    found = await db.read(cypher.ASSERTIONS, **view.params(uuids=list(uuids)))
    return {row[0]: rows.assertion(view.group, row) for row in found}


async def list_facts(db: Database, view: View, filter: FactFilter, order: str, page: Page) -> FactSlice:
    if order not in ORDERS:
        raise BadInput(f"{order!r} is not an order of facts", hint=f"Use one of {', '.join(ORDERS)}.", field="orderBy")
    keyset = ORDERS[order]
    params = view.params(**filter_params(view, filter), **keyset.params(page))
    return _slice(view, keyset, page, await _settled(db, cypher.LISTS[_source(filter), order, is_narrow(filter)], params))


async def timeline(db: Database, view: View, entity: str, relation: str | None, page: Page) -> FactSlice:
    params = view.params(entity=entity, relation=relation, **TIMELINE.params(page))
    return _slice(view, TIMELINE, page, await _settled(db, cypher.TIMELINE, params))


async def _settled(db: Database, statement: str, params: dict[str, Any]) -> Rows:
    """A page of facts. One that is being retracted just then is found without its properties: the page is read again."""
    found = await db.read(statement, **params)
    for _ in range(READ_AGAIN):
        if not any(row[2] is None for row in (found[0] if found else ())):
            break
        found = await db.read(statement, **params)
    return found


def filter_params(view: View, filter: FactFilter) -> dict[str, Any]:
    """A filter as statements take it: None where nothing is filtered. Facts that hold or have ended begin by the valid time."""
    later = {FactStatus.FUTURE, FactStatus.RETRACTED} & set(filter.status)
    return {
        "entity": filter.entity,
        "subject": filter.subject,
        "object": filter.object,
        "relations": list(filter.relations) or None,
        "types": list(filter.types) or None,
        "text": filter.text or None,
        "session": filter.session,
        "latest": FAR_MICROS if later else view.valid,
        **{status.value.lower(): status in filter.status for status in FactStatus},
    }


def is_narrow(filter: FactFilter) -> bool:
    """Whether it asks for more than a fact tells by itself."""
    return bool(filter.types) or filter.session is not None


def _source(filter: FactFilter) -> str:
    """Whose index leads to what a filter keeps."""
    return next((end for end in ("subject", "object", "entity") if getattr(filter, end) is not None), "group")


def _slice(view: View, keyset: Keyset, page: Page, found: Rows) -> FactSlice:
    listed, ends = found
    part = keyset.slice(listed, page, lambda row: rows.fact(view.group, row))
    return FactSlice(part.items, part.cursors, part.more, ends={row[0]: rows.entity(view.group, row) for row in ends})


async def successors(db: Database, view: View, facts: Sequence[Fact]) -> Mapping[str, Fact]:
    ended = [fact for fact in facts if fact.invalid_at is not None and fact.end_as_known(rows.moment(view.known)) is not None]
    asked = [[fact.uuid, fact.key, rows.micros(fact.invalid_at), fact.subject, fact.object] for fact in ended]
    found: dict[str, Fact] = {}
    for uuid, *row in await db.read(cypher.SUCCESSORS, **view.params(facts=asked)):
        found.setdefault(uuid, rows.fact(view.group, row))
    return found


async def predecessors(db: Database, view: View, facts: Sequence[Fact]) -> Mapping[str, tuple[Fact, ...]]:
    asked = [[fact.uuid, fact.key, rows.micros(fact.valid_at), fact.subject, fact.object] for fact in facts]
    return _by_first(view, await db.read(cypher.PREDECESSORS, **view.params(facts=asked)))


async def facts_of_episodes(db: Database, view: View, episodes: Sequence[str]) -> Mapping[str, tuple[Fact, ...]]:
    return _by_first(view, await db.read(cypher.OF_EPISODES, **view.params(uuids=list(episodes))))


def _by_first(view: View, found: Rows) -> Mapping[str, tuple[Fact, ...]]:
    """Facts by what the first column says, in the order they came."""
    by_first: defaultdict[str, list[Fact]] = defaultdict(list)
    for first, *row in found:
        by_first[first].append(rows.fact(view.group, row))
    return {first: tuple(drawn) for first, drawn in by_first.items()}
