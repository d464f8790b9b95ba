"""Databases that cannot be used as they are: too old, too new, without the schema; and those of another embedder."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from graph.errors import StoreUnavailable
from graph.model import Space
from graph.stores.neo4j import Address, Neo4jStore
from graph.stores.neo4j.database import Database
from graph.stores.neo4j.migrations import FIRST, is_too_old
from graph.stores.neo4j.queries.schema import MIGRATIONS
from graph.stores.neo4j.vectors import place_of
from tests.stores.neo4j.opening import connected, opened, refusal

SCHEMA = "MATCH (s:Schema {name: 'palimpsest'}) SET s.version = $version, s.dimension = $dimension RETURN [[s.version]]"
GONE = "MATCH (s:Schema {name: 'palimpsest'}) DELETE s RETURN []"
INDEXES = "SHOW INDEXES YIELD name, state RETURN collect([name, state])"
DROPPED = "DROP INDEX palimpsest_fact_words"


@pytest.fixture
async def database(neo4j: Address) -> AsyncIterator[Database]:
    """Of a store that was opened before."""
    async with opened(neo4j), connected(neo4j) as database:
        yield database


@asynccontextmanager
async def schema(database: Database, version: int, dimension: int = FIRST.dimension) -> AsyncIterator[None]:
    """The database says that it has this schema until the block ends."""
    await database.change(SCHEMA, version=version, dimension=dimension)
    try:
        yield
    finally:
        await database.change(SCHEMA, version=len(MIGRATIONS), dimension=FIRST.dimension)


@pytest.mark.parametrize("version", ["3.5.35", "4.4.40", "5.26.12", "2025.01.0", "2025.12.1", "2025.12.0-SNAPSHOT"])
def test_a_server_too_old(version: str) -> None:
    assert is_too_old(version)


@pytest.mark.parametrize("version", ["2026.01.0", "2026.01.0-rc1", "2026.09.0", "2027.1", "3000.01.0+build.7"])
def test_a_server_new_enough(version: str) -> None:
    assert not is_too_old(version)


async def test_the_schema_of_a_newer_palimpsest(database: Database) -> None:
    async with schema(database, 999):
        found = await refusal(Neo4jStore(database.address))
        assert "newer Palimpsest" in found.message
        assert "999" in found.message


async def test_another_embedder_has_indexes_of_its_own(database: Database) -> None:
    async with opened(database.address, Space("longer", 300)):
        names = [str(index[0]) for index in await database.read(INDEXES)]
    key = place_of(Space("longer", 300), FIRST).key
    assert {f"palimpsest_{kind}_vectors_{key}" for kind in ("fact", "retracted", "entity", "message")} <= set(names)


async def test_a_database_without_the_schema_is_not_ready_until_it_is_migrated(database: Database) -> None:
    async with opened(database.address) as store:
        await store.check()
        await database.change(GONE)
        with pytest.raises(StoreUnavailable, match="has schema 0") as caught:
            await store.check()
        assert "palimpsest migrate" in caught.value.hint
        async with opened(database.address):
            await store.check()


async def test_migrations_may_run_again_and_mend_what_is_missing(database: Database) -> None:
    before = sorted(map(str, await database.read(INDEXES)))
    await database.define(DROPPED)
    await database.change(GONE)
    async with opened(database.address):
        assert sorted(map(str, await database.read(INDEXES))) == before
    assert all("ONLINE" in index for index in before)


async def test_a_user_whose_password_is_the_first_one(database: Database) -> None:
    async with connected(replace(database.address, database="system")) as system:
        await system.define("CREATE USER visitor IF NOT EXISTS SET PASSWORD 'a password' CHANGE REQUIRED")
        try:
            found = await refusal(Neo4jStore(replace(database.address, user="visitor", password="a password")))
        finally:
            await system.define("DROP USER visitor")
    assert "first password" in found.message
