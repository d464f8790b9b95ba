"""A fact as it was known at the instant, down to the words it rests on."""

import pytest

from tests.schema.conftest import Ask
from tests.schema.stories import GROUP, message, seen, tell, tell_story

FACTS = 'facts(filter: { relations: ["lives_in"], status: [HOLDS, ENDED] }, orderBy: OLDEST)'


@pytest.fixture(autouse=True)
async def story(data: Ask) -> None:
    await tell_story(data)


async def test_a_fact_leads_to_its_ends_its_words_and_its_changes(data: Ask) -> None:
    fields = """nodes { relation validAtPrecision confidence attributes createdAt expiredAt retractedAt
        subject { name } object { name }
        sources { quote holds validAt invalidAt saidAt seenAt recordedAt withdrawnAt actor confidence episode { content externalId } }
        changes { kind actor rule reason operation episode { externalId } facts { text } entities { name } } }"""
    lisbon, oslo = (await seen(data, f"{FACTS} {{ {fields} }}"))["facts"]["nodes"]
    assert (lisbon["subject"]["name"], lisbon["relation"], lisbon["object"]["name"]) == ("Ana", "lives_in", "Lisbon")
    assert lisbon["validAtPrecision"] == "SAID" and lisbon["retractedAt"] is None and lisbon["expiredAt"] is not None
    source = oslo["sources"][0]
    assert source["quote"] == "Ana lives in Oslo" and source["holds"] and source["withdrawnAt"] is None
    assert source["saidAt"] == "2024-09-01T18:30:00.123456+02:00"
    assert source["validAt"] is None and source["invalidAt"] is None
    assert source["episode"] == {"content": "Ana lives in Oslo", "externalId": "m4"}
    assert "FACT_ADDED" in [change["kind"] for change in oslo["changes"]]
    assert "FACT_ENDED" in [change["kind"] for change in lisbon["changes"]]


async def test_an_end_that_was_not_known_yet_is_not_shown(data: Ask) -> None:
    fields = "nodes { text status invalidAt invalidAtPrecision expiredAt createdAt }"
    lisbon = (await seen(data, f"{FACTS} {{ {fields} }}"))["facts"]["nodes"][0]
    before = await seen(data, f"{FACTS} {{ {fields} }}", {"known": lisbon["createdAt"]})
    (then,) = before["facts"]["nodes"]
    assert then == {**lisbon, "status": "HOLDS", "invalidAt": None, "invalidAtPrecision": None, "expiredAt": None}


async def test_a_rewritten_fact_leads_to_the_record_in_its_place(data: Ask) -> None:
    oslo = (await seen(data, f"{FACTS} {{ nodes {{ id text }} }}"))["facts"]["nodes"][1]
    end = 'mutation($f: ID!) { correctFact(input: { fact: $f, reason: "misheard", with: '
    end += '{ subject: { name: "Ana" }, relation: "lives in", object: { name: "Bergen", type: "City" } } }) { facts { text validAt } } }'
    corrected = await data(end, f=oslo["id"])
    assert "Ana lives in Bergen" in [fact["text"] for fact in corrected["correctFact"]["facts"]]
    old = await seen(data, "fact(id: $id) { status retractedAt sources { withdrawnAt } }", id=("ID!", oslo["id"]))
    assert old["fact"]["status"] == "RETRACTED" and old["fact"]["retractedAt"]
    assert all(source["withdrawnAt"] for source in old["fact"]["sources"])


async def test_a_value_is_an_attribute_of_its_subject(data: Ask) -> None:
    found = await seen(data, 'entity(name: "Ana") { attributes degree aliases summary createdAt }')
    assert found["entity"]["attributes"] == {"age": "40"}
    assert found["entity"]["degree"] == 3
    earlier = await seen(data, 'entity(name: "Ana") { attributes }', {"valid": "2023"})
    assert earlier["entity"]["attributes"] == {}


async def test_a_source_that_a_caller_asserted_has_no_episode(data: Ask) -> None:
    given = {
        "subject": {"name": "Ana"},
        "relation": "owns",
        "object": {"name": "a boat"},
        "validAt": "2021",
        "saidAt": "2022-05-01T00:00:00Z",
    }
    await data("mutation($i: AddFacts!) { addFacts(input: $i) { facts { id } } }", i={"group": GROUP, "facts": [given]})
    sources = "sources { actor saidAt validAt episode { id } quote }"
    fields = f'facts(filter: {{ relations: ["owns"] }}) {{ nodes {{ validAt validAtPrecision {sources} }} }}'
    (fact,) = (await seen(data, fields))["facts"]["nodes"]
    assert fact["validAt"] == "2021-01-01T00:00:00Z" and fact["validAtPrecision"] == "YEAR"
    expected = {"actor": "local", "saidAt": "2022-05-01T00:00:00Z", "validAt": "2021-01-01T00:00:00Z", "episode": None, "quote": None}
    assert fact["sources"] == [expected]


async def test_said_again_it_has_two_sources(data: Ask) -> None:
    await tell(data, "winter", message("Ana lives in Oslo", "2024-12-01T08:00:00Z", id="m5"))
    fields = 'facts(filter: { relations: ["lives_in"] }) { nodes { sources { episode { externalId } } } }'
    (oslo,) = (await seen(data, fields))["facts"]["nodes"]
    assert [source["episode"]["externalId"] for source in oslo["sources"]] == ["m4", "m5"]
