"""Races told without clocks: what is locked here holds up the stores until all of them wait for it."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, LiteralString

from neo4j import AsyncDriver, AsyncGraphDatabase

from graph.stores.neo4j import Neo4jStore
from graph.stores.neo4j.address import Address

BLOCKED = "SHOW TRANSACTIONS YIELD status WHERE status STARTS WITH 'Blocked' RETURN count(*)"


@asynccontextmanager
async def stores(address: Address, count: int) -> AsyncIterator[list[Neo4jStore]]:
    """Open stores of one database, each with connections of its own."""
    async with AsyncExitStack() as stack:
        opened = []
        for _ in range(count):
            store = Neo4jStore(address)
            await store.open()
            stack.push_async_callback(store.close)
            opened.append(store)
        yield opened


@asynccontextmanager
async def driver_of(address: Address) -> AsyncIterator[AsyncDriver]:
    async with AsyncGraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver:
        yield driver


async def at_once(address: Address, locking: LiteralString, *calls: Coroutine[Any, Any, Any]) -> list[Any]:
    """What the calls answer, or raise, each begun while those before it waited for the nodes that `locking` writes to."""
    async with driver_of(address) as driver, driver.session() as session:
        transaction = await session.begin_transaction()
        await (await transaction.run(locking)).consume()
        tasks: list[asyncio.Task[Any]] = []
        try:
            for call in calls:
                tasks.append(asyncio.create_task(call))
                await _waiting(driver, tasks)
        finally:
            await transaction.rollback()
            answers = await asyncio.gather(*tasks, return_exceptions=True)
    return answers


async def _waiting(driver: AsyncDriver, tasks: Sequence[asyncio.Task[Any]]) -> None:
    """Until all tasks that are not done wait for a lock."""
    async with asyncio.timeout(60):
        while True:
            records, _, _ = await driver.execute_query(BLOCKED)
            if records[0][0] >= sum(not task.done() for task in tasks):
                return
            await asyncio.sleep(0.01)


async def rows(address: Address, statement: LiteralString, **params: Any) -> list[list[Any]]:
    async with driver_of(address) as driver:
        records, _, _ = await driver.execute_query(statement, params)
    return [list(record.values()) for record in records]
