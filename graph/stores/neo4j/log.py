"""Reads of the log of Changes, of Reviews, and counts."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from graph.model import Change, Operation, Review, ReviewKind
from graph.stores.cursors import LOWEST, Keyset, unbroken
from graph.stores.neo4j import rows
from graph.stores.neo4j.database import Database
from graph.stores.neo4j.queries import log as cypher
from graph.stores.neo4j.view import View
from graph.views import ChangeFilter, Counts, Page, Slice

CHANGES = Keyset("changes", LOWEST)
REVIEWS = Keyset("reviews", LOWEST)


async def list_changes(db: Database, view: View, page: Page, filter: ChangeFilter) -> Slice[Change]:
    """As they were logged."""
    wanted = {"kinds": list(filter.kinds) or None, "entity": filter.entity, "fact": filter.fact, "since": rows.micros(filter.since)}
    found = await db.read(cypher.LIST_CHANGES, **view.params(**wanted, **CHANGES.params(page)))
    return CHANGES.slice(found, page, lambda row: rows.change(view.group, row))


async def changes_after(db: Database, view: View, seq: int, most: int) -> Sequence[Change]:
    return unbroken(seq, [rows.change(view.group, row) for row in await db.read(cypher.CHANGES_AFTER, **view.params(seq=seq, n=most))])


async def changes(db: Database, view: View, uuids: Sequence[str]) -> Mapping[str, Change]:
    found = await db.read(cypher.CHANGES, **view.params(uuids=list(uuids)))
    return {row[0]: rows.change(view.group, row) for row in found}


async def reviews(db: Database, view: View, uuids: Sequence[str]) -> Mapping[str, Review]:
    found = await db.read(cypher.REVIEWS, **view.params(uuids=list(uuids)))
    return {row[0]: rows.review(view.group, row) for row in found}


async def changes_of_facts(db: Database, view: View, uuids: Sequence[str]) -> Mapping[str, tuple[Change, ...]]:
    found = defaultdict(list)
    for fact, *row in await db.read(cypher.CHANGES_OF_FACTS, **view.params(uuids=list(dict.fromkeys(uuids)))):
        found[fact].append(rows.change(view.group, row))
    return {fact: tuple(changes) for fact, changes in found.items()}


async def operations(db: Database, group: str, uuids: Sequence[str]) -> Sequence[Operation]:
    return [rows.operation(row) for row in await db.read(cypher.OPERATIONS, group=group, uuids=list(uuids))]


async def changes_of_work(db: Database, view: View, work: str) -> Sequence[Change]:
    return [rows.change(view.group, row) for row in await db.read(cypher.CHANGES_OF_WORK, **view.params(work=work))]


async def list_reviews(db: Database, view: View, kind: ReviewKind | None, page: Page) -> Slice[Review]:
    """Those open at the known time, in the order they were opened."""
    found = await db.read(cypher.LIST_REVIEWS, **view.params(kind=kind, **REVIEWS.params(page)))
    return REVIEWS.slice(found, page, lambda row: rows.review(view.group, row))


async def counts(db: Database, view: View) -> Counts:
    """Facts are those that hold."""
    found = await db.read(cypher.COUNTS, **view.params())
    for types, relations, episodes, sessions in found:
        return Counts(
            entities=sum(count for _, count in types),
            facts=sum(count for _, count in relations),
            episodes=episodes,
            sessions=sessions,
            entity_types=dict(types),
            relations=dict(relations),
        )
    return Counts(0, 0, 0, 0, {}, {})
