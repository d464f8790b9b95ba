"""An entity and what touches it."""

import pytest

from tests.schema.conftest import Ask
from tests.schema.stories import seen, tell_story


@pytest.fixture(autouse=True)
async def story(data: Ask) -> None:
    await tell_story(data)


async def test_an_entity_leads_to_facts_neighbours_and_mentions(data: Ask) -> None:
    fields = 'entity(name: "Ana") { facts { nodes { text } } neighbors { nodes { name } } mentions { nodes { content } } }'
    ana = (await seen(data, fields))["entity"]
    assert {fact["text"] for fact in ana["facts"]["nodes"]} == {"Ana works at Acme.", "Ana is aged 40.", "Ana lives in Oslo."}
    assert {near["name"] for near in ana["neighbors"]["nodes"]} == {"Acme", "40", "Oslo"}
    assert len(ana["mentions"]["nodes"]) == 4


async def test_its_facts_can_be_filtered(data: Ask) -> None:
    oslo = (await seen(data, 'entity(name: "Oslo") { id }'))["entity"]["id"]
    fields = (
        'entity(name: "Ana") { facts(filter: { object: $oslo }) { nodes { text } } neighbors(relations: ["works_at"]) { nodes { name } } }'
    )
    ana = (await seen(data, fields, oslo=("ID", oslo)))["entity"]
    assert ana["facts"]["nodes"] == [{"text": "Ana lives in Oslo."}]
    assert ana["neighbors"]["nodes"] == [{"name": "Acme"}]


async def test_its_facts_are_its_own(ask: Ask, data: Ask) -> None:
    oslo = (await seen(data, 'entity(name: "Oslo") { id }'))["entity"]["id"]
    document = 'query($e: ID) { graph(group: "user:ana") { entity(name: "Ana") { facts(filter: { entity: $e }) { nodes { id } } } } }'
    error = (await ask(document, e=oslo))["errors"][0]
    assert error["extensions"]["field"] == "filter.entity"


async def test_attributes_of_many_entities_come_in_one_wave(data: Ask) -> None:
    found = await seen(data, "entities { nodes { name attributes } }")
    assert {e["name"]: e["attributes"] for e in found["entities"]["nodes"]}["Ana"] == {"age": "40"}
