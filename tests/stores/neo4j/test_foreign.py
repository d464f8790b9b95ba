"""A database that Graphiti used first."""

from collections.abc import AsyncIterator

import pytest

from graph.errors import StoreUnavailable
from graph.ontology import load_ontology
from graph.parts import wall_clock
from graph.stores.neo4j import Address, Neo4jStore
from graph.stores.neo4j import foreign as foreigner
from graph.stores.neo4j.database import Database
from tests.stores.neo4j.opening import connected, opened, refusal

CONSTRAINTS = {"Entity": "palimpsest_entity_uuid", "Saga": "palimpsest_saga_uuid"}
FACTS = "palimpsest_fact_uuid"
GRAPHITI = (
    "CREATE INDEX entity_uuid IF NOT EXISTS FOR (n:Entity) ON (n.uuid)",
    "CREATE INDEX saga_uuid IF NOT EXISTS FOR (n:Saga) ON (n.uuid)",
    "CREATE INDEX relation_uuid IF NOT EXISTS FOR ()-[e:RELATES_TO]-() ON (e.uuid)",
    "CREATE INDEX name_entity_index IF NOT EXISTS FOR (n:Entity) ON (n.name)",
)
NAMES = "SHOW INDEXES YIELD name RETURN collect(name)"
GONE = "MATCH (s:Schema {name: 'palimpsest'}) DELETE s RETURN []"
TWINS = "UNWIND [1, 2] AS i CREATE (n:Entity {uuid: 'twin', group_id: 'g'}) RETURN collect(i)"
TENANT = "CREATE (:Entity:Group {uuid: 'u', name: 'n', group_id: 'g'}) RETURN []"


@pytest.fixture
async def used(neo4j: Address) -> AsyncIterator[Database]:
    """A database with Graphiti's indexes where our constraints belong; whole again after the test."""
    async with opened(neo4j), connected(neo4j) as database:
        for name in (*CONSTRAINTS.values(), FACTS):
            await database.define(f"DROP CONSTRAINT {name}")
        for statement in GRAPHITI:
            await database.define(statement)
        await database.change(GONE)
        yield database
        await database.change("MATCH (n) WHERE NOT n:Schema DETACH DELETE n RETURN collect(1)")
        async with opened(neo4j):
            await database.define("DROP INDEX name_entity_index IF EXISTS")


async def test_its_indexes_give_way_to_constraints(used: Database) -> None:
    assert await foreigner.indexes(used) == ["entity_uuid", "relation_uuid", "saga_uuid"]
    async with opened(used.address):
        assert await foreigner.indexes(used) == []
        names = set(map(str, await used.read(NAMES)))
        assert names >= {*CONSTRAINTS.values(), FACTS, "name_entity_index"}
        assert names.isdisjoint({"entity_uuid", "relation_uuid", "saga_uuid"})


async def test_looking_at_it_needs_no_schema(used: Database) -> None:
    store = Neo4jStore(used.address)
    await store.connect()
    survey = await store.adopter("g", load_ontology(), wall_clock).survey()
    await store.close()
    assert survey.is_done
    assert survey.indexes == ("entity_uuid", "relation_uuid", "saga_uuid")


@pytest.mark.parametrize(("statement", "told"), [(TWINS, "share the uuid 'twin'"), (TENANT, "the label 'Group'")])
async def test_what_no_constraint_can_be_made_over_is_named_before_anything_is_dropped(used: Database, statement: str, told: str) -> None:
    await used.change(statement)
    (obstacle,) = await foreigner.obstacles(used)
    assert told in obstacle
    found = await refusal(Neo4jStore(used.address))
    assert told in found.message
    assert isinstance(found, StoreUnavailable)
    assert "entity_uuid" in await foreigner.indexes(used)
