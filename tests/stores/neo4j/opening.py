"""Stores and connections that are closed again, whatever a test does."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from graph.errors import StoreUnavailable
from graph.model import Space
from graph.stores.neo4j import Address, Neo4jStore
from graph.stores.neo4j.database import Database


@asynccontextmanager
async def connected(address: Address) -> AsyncIterator[Database]:
    database = Database(address)
    await database.connect()
    try:
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def opened(address: Address, space: Space | None = None) -> AsyncIterator[Neo4jStore]:
    store = Neo4jStore(address, space=space)
    await store.open()
    try:
        yield store
    finally:
        await store.close()


async def refusal(store: Neo4jStore) -> StoreUnavailable:
    """Why it cannot be opened, which says what to do."""
    with pytest.raises(StoreUnavailable) as caught:
        await store.open()
    await store.close()
    assert caught.value.hint
    assert repr(store.address.uri) in caught.value.message or "the database" in caught.value.message
    return caught.value
