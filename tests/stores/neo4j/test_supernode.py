"""An entity of many facts costs what is shown of it: hits of the database are counted while it grows tenfold."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from neo4j import AsyncDriver, AsyncGraphDatabase

from graph.model import ChangeKind, Fact, FactStatus, Review, ReviewKind
from graph.stores.base import Spot
from graph.stores.neo4j import Address, Neo4jStore, entities, episodes, facts, log, neighborhood, vicinity
from graph.stores.neo4j.database import Database, Rows, planned_once
from graph.stores.neo4j.queries.clocks import PLANNED_ONCE
from graph.stores.neo4j.view import View, view_of
from graph.stores.reach import EXPLORED
from graph.time import AsOf
from graph.views import EVERY_CHANGE, EntityFilter, FactFilter, Page
from tests.stores.builders import LATE, NOW, Writer, change, day, entity, fact, keeping, message, retraction, uuids

FEW, MANY = 200, 2_200
OTHERS = 10
COUNTED = 50
"""Fewer than are counted else, so that it shows."""
PAGE = Page(20)
EVER = tuple(FactStatus)
LEEWAY = 1.1
"""A page of others' facts names a few entities more or less."""

Read = Callable[[Database, View], Awaitable[Any]]


class Profiled(Database):
    """Reads with the profiler, and adds up the hits."""

    def __init__(self, address: Address, driver: AsyncDriver) -> None:
        super().__init__(address)
        self._profiling = driver
        self.hits = 0

    async def read(self, statement: str, **params: Any) -> Rows:
        assert statement.startswith(PLANNED_ONCE)
        profiled = planned_once(statement).replace(PLANNED_ONCE, f"{PLANNED_ONCE} PROFILE", 1)
        async with self._profiling.session(database=self.address.database) as session:
            result = await session.run(profiled, {"p": params})
            record = await result.single(strict=True)
            summary = await result.consume()
        assert summary.profile is not None
        self.hits += hits(summary.profile)
        found: Rows = record[0]
        return found

    async def forget_plans(self) -> None:
        async with self._profiling.session(database=self.address.database) as session:
            await session.run("CALL db.clearQueryCaches()")


def hits(node: dict[str, Any]) -> int:
    return int(node["dbHits"]) + sum(map(hits, node.get("children", ())))


@pytest.fixture
async def database(neo4j: Address) -> AsyncIterator[Profiled]:
    auth = (neo4j.user, neo4j.password)
    async with AsyncGraphDatabase.driver(neo4j.uri, auth=auth, notifications_min_severity="OFF") as driver:
        yield Profiled(neo4j, driver)


@pytest.fixture
async def writer(neo4j: Address) -> AsyncIterator[Writer]:
    """Anna is the hub, and has a namesake."""
    store = Neo4jStore(neo4j)
    await store.open()
    writer = Writer(store, "g")
    await writer.people(1, "anna", *(f"e{n}" for n in range(OTHERS)))
    await writer.apply(1.5, entities=[entity("other", day(1.5), name="Anna")])
    yield writer
    await store.close()


async def grow(writer: Writer, first: int, last: int) -> None:
    """Facts that Anna is in, one an hour; every tenth comes with one that was wrong. As many changes, reviews, entities and mentions."""
    numbers = range(first, last)
    made = [knows(f"f{n:05}", n, first) for n in numbers]
    wrong = [knows(f"w{n:05}", n, first) for n in numbers[::10]]
    kept = await writer.store.keep(keeping(*(message(f"Anna {n}", said=day(n / 24)) for n in numbers), at=day(first)))
    await writer.apply(
        first + 0.1,
        facts=[*made, *wrong],
        mentions=[(e.uuid, "anna") for e in kept.episodes],
        changes=[change(ChangeKind.FACT_ADDED, day(first), facts=(f.uuid,)) for f in made],
        reviews=[Review(f"r{n:05}", "g", ReviewKind.DUPLICATE, "why", day(first)) for n in numbers],
        entities=[entity(f"x{n:05}", day(first)) for n in numbers],
    )
    await writer.apply(first + 0.2, retractions=[retraction(f.uuid) for f in wrong])


def knows(uuid: str, number: int, at: int) -> Fact:
    other, when = f"e{number % OTHERS}", day(at + number / 86_400)
    subject, object = ("anna", other) if number % 2 else (other, "anna")
    return fact(uuid, subject, "knows", object, when, key=uuid, valid_at=day(number / 24))


def listed(order: str, **filter: Any) -> Read:
    return lambda db, view: facts.list_facts(db, view, FactFilter(**filter), order, PAGE)


ORDERS = ("NEWEST", "OLDEST", "RECORDED")
SOME = [f"f{n:05}" for n in range(20)]

# What is read of the hub or of its group: each has to cost the same however much there is.
READS: dict[str, Read] = {
    **{f"the group's facts, {order}": listed(order) for order in ORDERS},
    **{f"facts of a subject, {order}": listed(order, subject="anna") for order in ORDERS},
    **{f"facts of an object, {order}": listed(order, object="anna") for order in ORDERS},
    **{f"facts of an entity, {order}": listed(order, entity="anna") for order in ORDERS},
    **{f"facts of an entity of any status, {order}": listed(order, entity="anna", status=EVER) for order in ORDERS},
    "facts with a text": listed("NEWEST", entity="anna", text="KNOWS"),
    "facts of a type": listed("NEWEST", entity="anna", types=("Person",)),
    "timeline": lambda db, view: facts.timeline(db, view, "anna", None, PAGE),
    "facts by uuid": lambda db, view: facts.facts(db, view, SOME),
    "entities by uuid": lambda db, view: entities.entities(db, view, ["anna", "e1"]),
    "an entity of a name": lambda db, view: entities.find_entities(db, view, "E1"),
    "entities of one name": lambda db, view: entities.find_entities(db, view, "Anna", COUNTED),
    "degrees": lambda db, view: entities.degrees(db, view, ["anna", "other"], COUNTED),
    "neighbors": lambda db, view: entities.neighbors(db, view, "anna", (), PAGE, COUNTED),
    "neighbors by a relation": lambda db, view: entities.neighbors(db, view, "anna", ("likes",), PAGE, COUNTED),
    "entities by name": lambda db, view: entities.list_entities(db, view, EntityFilter(), "NAME", PAGE),
    "the last entities": lambda db, view: entities.list_entities(db, view, EntityFilter(), "RECENT", PAGE),
    "what is around": lambda db, view: vicinity.vicinity(db, view, Spot(entities=["anna"], limit=20, relations=["knows"], most_related=20)),
    "facts around that hold": lambda db, view: vicinity.facts_around(db, view, ["anna"], 20, current=True),
    "mentions": lambda db, view: episodes.mentions_of(db, view, "anna", PAGE),
    "episodes of the group": lambda db, view: episodes.list_episodes(db, view, None, PAGE),
    "episodes of a session": lambda db, view: episodes.list_episodes(db, view, "s", PAGE),
    "sessions": lambda db, view: episodes.list_sessions(db, view, PAGE),
    "a session": lambda db, view: episodes.sessions(db, view, ["s"]),
    "changes": lambda db, view: log.list_changes(db, view, PAGE, EVERY_CHANGE),
    "changes of facts": lambda db, view: log.changes_of_facts(db, view, SOME),
    "reviews": lambda db, view: log.list_reviews(db, view, None, PAGE),
}

COUNTING = ("entities of one name", "degrees", "neighbors", "neighbors by a relation")


async def costs(database: Profiled, view: View) -> dict[str, int]:
    found = {}
    for name, read in READS.items():
        database.hits = 0
        await read(database, view)
        found[name] = database.hits
    return found


async def test_a_page_costs_the_same_whatever_is_behind_it(database: Profiled, writer: Writer) -> None:
    """With plans made when nothing was there. In the past what was retracted since is looked through besides."""
    await database.forget_plans()
    await costs(database, view_of("g", NOW))
    now, then = view_of("g", NOW), view_of("g", AsOf(LATE, day(FEW - 1)))
    await grow(writer, 2, FEW)
    before, before_then = await costs(database, now), await costs(database, then)
    await grow(writer, FEW, MANY)
    after, after_then = await costs(database, now), await costs(database, then)
    assert all(before.values())
    assert {name: (before[name], cost) for name, cost in after.items() if cost > before[name] * LEEWAY} == {}
    read = [name for name in READS if name.endswith(("OLDEST", "RECORDED")) or name in COUNTING]
    assert {name: (before_then[name], after_then[name]) for name in read if after_then[name] > before_then[name] * 3} == {}


async def test_a_page_costs_the_same_whatever_is_before_it(database: Profiled, writer: Writer) -> None:
    await grow(writer, 2, MANY)
    view, filter = view_of("g", NOW), FactFilter(entity="anna")
    for order in ORDERS:
        whole = await writer.store.list_facts("g", filter, order, Page(MANY), NOW)
        counted = []
        for after in (None, whole.cursors[-2 * PAGE.first]):
            database.hits = 0
            page = await facts.list_facts(database, view, filter, order, Page(PAGE.first, after))
            counted.append(database.hits)
            assert len(page.items) == PAGE.first
        assert counted[1] <= counted[0] * LEEWAY


async def test_what_is_counted_is_the_last_begun(database: Profiled, writer: Writer) -> None:
    await grow(writer, 2, FEW)
    await writer.apply(FEW, entities=[entity("late", day(FEW))])
    await writer.apply(FEW + 1, facts=[fact("self", "anna", "knows", "anna", day(FEW)), fact("last", "anna", "likes", "late", day(FEW))])
    view = view_of("g", NOW)
    assert await entities.degrees(database, view, ["anna", "other"], COUNTED) == {"anna": 2 * COUNTED - 1, "other": 0}
    assert await entities.degrees(database, view, ["anna"]) == {"anna": FEW}
    near = await entities.neighbors(database, view, "anna", (), PAGE, 3)
    assert uuids(near.items) == ["e6", "e8", "e9", "late"]
    assert uuids((await entities.neighbors(database, view, "anna", (), PAGE)).items) == [*(f"e{n}" for n in range(OTHERS)), "late"]


async def test_a_neighborhood_costs_what_is_explored(database: Profiled, writer: Writer) -> None:
    await grow(writer, 2, FEW)
    near = await neighborhood.neighborhood(database, view_of("g", NOW), ["anna"], 2, FactFilter(), 50)
    each, database.hits = database.hits / near.total, 0
    await grow(writer, FEW, MANY * 2)
    near = await neighborhood.neighborhood(database, view_of("g", NOW), ["anna"], 2, FactFilter(), 50)
    assert near.truncated
    assert database.hits <= each * 4 * EXPLORED
