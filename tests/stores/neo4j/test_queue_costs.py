"""Keeping and leasing read no more the more there is: also in parts of statements that EXPLAIN does not show."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from neo4j import AsyncDriver, AsyncGraphDatabase

from graph.stores.neo4j import Address, Neo4jStore
from graph.stores.neo4j.database import planned_once
from graph.stores.neo4j.queries import queue
from graph.stores.neo4j.queries.clocks import PLANNED_ONCE
from tests.stores.builders import Writer, day, keeping, message

FEW, MANY = 40, 1_200


@pytest.fixture
async def driver(neo4j: Address) -> AsyncIterator[AsyncDriver]:
    auth = (neo4j.user, neo4j.password)
    async with AsyncGraphDatabase.driver(neo4j.uri, auth=auth, notifications_min_severity="OFF") as opened:
        yield opened


@pytest.fixture
async def store(neo4j: Address) -> AsyncIterator[Neo4jStore]:
    store = Neo4jStore(neo4j)
    await store.open()
    yield store
    await store.close()


def hits(node: dict[str, Any]) -> int:
    return int(node["dbHits"]) + sum(map(hits, node.get("children", ())))


async def lease_costs(driver: AsyncDriver) -> int:
    """What the next lease reads; nothing is leased."""
    profiled = planned_once(queue.LEASE).replace(PLANNED_ONCE, f"{PLANNED_ONCE} PROFILE", 1)
    params = {"worker": "w", "token": "t", "at": 2 * 10**15, "until": 3 * 10**15, "most": 10}
    async with driver.session() as session, await session.begin_transaction() as transaction:
        result = await transaction.run(profiled, {"p": params})
        record = await result.single(strict=True)
        assert len(record[0][0][4]) == 10
        summary = await result.consume()
        await transaction.rollback()
    assert summary.profile is not None
    return hits(summary.profile)


async def learn_all(writer: Writer, at: float) -> None:
    while lease := await writer.store.lease("w", day(at), day(at + 1), MANY):
        await writer.apply(at, lease=lease.token)
        at += 0.01


async def test_a_lease_costs_the_same_however_long_the_session_is(store: Neo4jStore, driver: AsyncDriver) -> None:
    writer = Writer(store, "g")
    async with driver.session() as session:
        await session.run("CALL db.clearQueryCaches()")
    costs = []
    for at, count in ((1, FEW), (3, MANY)):
        await store.keep(keeping(*(message(f"m{n}", said=day(at + n / 10_000)) for n in range(count)), at=day(at)))
        costs.append(await lease_costs(driver))  # the plan is that of the first time, when little was there
        await learn_all(writer, at + 0.1)
        await store.keep(keeping(*(message(f"n{n}", said=day(at + 1 + n / 10_000)) for n in range(10)), at=day(at + 1)))
        costs.append(await lease_costs(driver))
        await learn_all(writer, at + 1.1)
    assert max(costs[1:]) <= costs[1] * 1.1, costs
