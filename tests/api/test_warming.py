"""After warming, a question sends only statements that the server has planned already."""

import asyncio
import logging

import pytest

from api.warming import warm, warming
from graph.errors import StoreUnavailable
from graph.inputs import EntityInput, FactInput, MessageInput
from graph.memory import Memory
from graph.stores.neo4j import Address, Neo4jStore
from graph.views import Page
from tests.schema.memories import memory_on
from tests.stores.waves import statements


async def test_a_question_meets_no_statement_that_warming_did_not(neo4j: Address) -> None:
    store = Neo4jStore(neo4j)
    await store.open()
    memory = memory_on(store)
    await memory.add_facts("g", [FactInput(EntityInput(name="Ada"), "knows", EntityInput(name="Bo"))])
    await memory.add_messages("g", "s", [MessageInput("user", "Ada lives here, and knows Bo", name="Ada")])
    with statements() as waves:
        await warm(store, memory.parts.embedder)
        warmed = {text for wave in waves.calls for text in wave}
        waves.reset()
        found = await (await memory.graph("g")).context("Where does Ada live, and whom does she know?")
        assert found.facts and found.episodes
        assert {text for wave in waves.calls for text in wave} <= warmed
    assert [group.name for group in (await store.groups(Page(9))).items] == ["g"]
    await store.close()


async def test_a_store_that_is_away_is_told_of_once(neo4j: Address, caplog: pytest.LogCaptureFixture) -> None:
    memory = memory_on(Neo4jStore(neo4j))  # not open
    with caplog.at_level(logging.WARNING, "palimpsest"):
        async with warming(memory) as task:
            while "the first questions may take longer" not in caplog.text:
                await asyncio.sleep(0.01)
            assert not task.done()
    with pytest.raises(StoreUnavailable):
        await warm(memory.parts.store, memory.parts.embedder)


async def test_the_end_of_the_block_ends_it(memory: Memory) -> None:
    async with warming(memory) as task:
        pass
    assert task.cancelled()
