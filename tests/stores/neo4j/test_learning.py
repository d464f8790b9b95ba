"""What an operation stands on is whole: Neo4j shows others a commit piece by piece."""

import asyncio
from uuid import uuid4

from graph.stores.base import Asking
from graph.stores.neo4j import Neo4jStore
from graph.stores.neo4j.address import Address
from tests.stores.builders import Writer, day, entity
from tests.stores.neo4j.races import stores

READERS = 6
OPERATIONS = 60


async def test_a_footing_has_all_of_the_version_that_it_names(neo4j: Address) -> None:
    written = asyncio.Event()

    async def write(store: Neo4jStore) -> None:
        for number in range(1, OPERATIONS + 1):
            await Writer(store, "g").apply(number, entities=[entity(str(uuid4()), day(number), name=f"name {number}")])
        written.set()

    async def read(store: Neo4jStore) -> list[set[int]]:
        """What was missing, a set for each reading."""
        missing, version = [], 0
        while not written.is_set():
            asked = range(version + 1, OPERATIONS + 1)
            footing = await store.footing("g", Asking(names=[f"name {number}" for number in asked]))
            version = footing.group.version if footing.group else 0
            found = {candidate.name for candidate in footing.candidates}
            missing.append({number for number in asked if number <= version and f"name {number}" not in found})
        return missing

    async with stores(neo4j, READERS + 1) as opened:
        reading = [asyncio.create_task(read(store)) for store in opened[1:]]
        await write(opened[0])
        seen = [await reader for reader in reading]
    assert all(seen)
    assert [missing for reader in seen for missing in reader if missing] == []
