"""Reads of the log of Changes, of Reviews, and counts."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from graph.model import Change, Operation, Review, ReviewKind
from graph.stores.cursors import LOWEST, Keyset, unbroken
from graph.stores.embedded import rows
from graph.stores.embedded.queries import entities, facts
from graph.stores.embedded.queries import log as sql
from graph.stores.embedded.view import View, listed, optional
from graph.views import ChangeFilter, Counts, Page, Slice

CHANGES = Keyset("changes", LOWEST)
REVIEWS = Keyset("reviews", LOWEST)


def list_changes(db: sqlite3.Connection, view: View, page: Page, filter: ChangeFilter) -> Slice[Change]:
    """As they were logged."""
    wanted = {"kinds": optional(filter.kinds), "entity": filter.entity, "fact": filter.fact, "since": rows.micros(filter.since)}
    found = view.rows(db, sql.LIST_CHANGES, **wanted, **CHANGES.params(page))
    return CHANGES.slice(found, page, lambda row: rows.change(view.group, row))


def changes_after(db: sqlite3.Connection, view: View, seq: int, most: int) -> Sequence[Change]:
    return unbroken(seq, [rows.change(view.group, row) for row in view.rows(db, sql.CHANGES_AFTER, seq=seq, n=most)])


def changes(db: sqlite3.Connection, view: View, uuids: Sequence[str]) -> Mapping[str, Change]:
    return {uuid: rows.change(view.group, row) for uuid, *row in view.rows(db, sql.CHANGES, uuids=listed(uuids))}


def reviews(db: sqlite3.Connection, view: View, uuids: Sequence[str]) -> Mapping[str, Review]:
    return {uuid: rows.review(view.group, row) for uuid, *row in view.rows(db, sql.REVIEWS, uuids=listed(uuids))}


def open_reviews(db: sqlite3.Connection, view: View, entities: Collection[str]) -> Sequence[Review]:
    return [rows.review(view.group, row) for row in view.rows(db, sql.OPEN_REVIEWS, entities=listed(entities))]


def changes_of_facts(db: sqlite3.Connection, view: View, uuids: Sequence[str]) -> Mapping[str, tuple[Change, ...]]:
    found = defaultdict(list)
    for fact, *row in view.rows(db, sql.CHANGES_OF_FACTS, uuids=listed(uuids)):
        found[fact].append(rows.change(view.group, row))
    return {fact: tuple(changes) for fact, changes in found.items()}


def operations(db: sqlite3.Connection, view: View, uuids: Sequence[str]) -> Sequence[Operation]:
    return [rows.operation(row) for row in view.rows(db, sql.OPERATIONS, uuids=listed(uuids))]


def changes_of_work(db: sqlite3.Connection, view: View, work: str) -> Sequence[Change]:
    return [rows.change(view.group, row) for row in view.rows(db, sql.CHANGES_OF_WORK, work=work)]


def list_reviews(db: sqlite3.Connection, view: View, kind: ReviewKind | None, page: Page) -> Slice[Review]:
    """Those open at the known time, in the order they were opened."""
    found = view.rows(db, sql.LIST_REVIEWS, kind=kind, **REVIEWS.params(page))
    return REVIEWS.slice(found, page, lambda row: rows.review(view.group, row))


def counts(db: sqlite3.Connection, view: View) -> Counts:
    """Facts are those that hold."""
    types = view.pairs(db, entities.COUNT_TYPES)
    relations = view.pairs(db, facts.COUNT_RELATIONS)
    return Counts(
        entities=sum(types.values()),
        facts=sum(relations.values()),
        episodes=view.rows(db, sql.COUNT_EPISODES)[0][0],
        sessions=view.rows(db, sql.COUNT_SESSIONS)[0][0],
        entity_types=types,
        relations=relations,
    )
