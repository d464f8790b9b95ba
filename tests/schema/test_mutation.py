"""Writing: what is kept, what an operation changes, and what is refused whole."""

from typing import Any

import pytest

from graph.memory import Memory
from tests.schema.conftest import Ask
from tests.schema.memories import utc
from tests.schema.stories import ADD, ADD_FACTS, GROUP, message, seen, tell, tell_story

LIVES = {"subject": {"name": "Ana", "type": "Person"}, "relation": "lives in", "object": {"name": "Lisbon", "type": "City"}}


async def add_facts(data: Ask, *facts: dict[str, Any], **others: Any) -> dict[str, Any]:
    found = await data(ADD_FACTS, input={"group": GROUP, "facts": facts, **others})
    changed: dict[str, Any] = found["addFacts"]
    return changed


async def test_messages_are_answered_once_they_are_kept(data: Ask) -> None:
    kept = (await data(ADD, input={"group": GROUP, "session": "s", "messages": [message("Ana lives in Lisbon", id="1")]}))["addMessages"]
    assert kept["repeated"] == 0 and kept["work"]["state"] == "QUEUED" and kept["work"]["changes"] == []
    assert [(episode["content"], episode["externalId"]) for episode in kept["episodes"]] == [("Ana lives in Lisbon", "1")]


async def test_with_wait_their_facts_are_in(data: Ask) -> None:
    kept = await tell(data, "s", message("Ana lives in Lisbon", "2024-03-10T09:00:00Z"))
    assert kept["work"]["state"] == "DONE"
    assert "FACT_ADDED" in [change["kind"] for change in kept["work"]["changes"]]
    assert (await seen(data, "facts { nodes { text } }"))["facts"]["nodes"] == [{"text": "Ana lives in Lisbon."}]


async def test_the_same_id_again_changes_nothing(data: Ask) -> None:
    first = await tell(data, "s", message("Ana lives in Lisbon", "2024-03-10T09:00:00Z", id="1"))
    again = await tell(data, "s", message("Ana lives in Lisbon", "2024-03-10T09:00:00Z", id="1"))
    assert again["repeated"] == 1 and again["episodes"] == first["episodes"] and again["work"]["id"] == first["work"]["id"]


async def test_the_same_id_with_other_words_is_a_conflict(ask: Ask, data: Ask) -> None:
    await tell(data, "s", message("Ana lives in Lisbon", id="1"))
    answer = await ask(ADD, input={"group": GROUP, "session": "s", "messages": [message("Ana lives in Oslo", id="1")]})
    assert answer["errors"][0]["extensions"]["code"] == "CONFLICT"


async def test_facts_are_added_with_their_reason(data: Ask) -> None:
    changed = await add_facts(data, {**LIVES, "validAt": "2021-05"}, reason="from the old system")
    (fact,) = changed["facts"]
    assert fact["relation"] == "lives_in" and fact["validAt"] == "2021-05-01T00:00:00Z" and fact["status"] == "HOLDS"
    assert {(entity["name"], entity["type"]) for entity in changed["entities"]} == {("Ana", "Person"), ("Lisbon", "City")}
    added = next(change for change in changed["changes"] if change["kind"] == "FACT_ADDED")
    assert (added["actor"], added["reason"]) == ("local", "from the old system")


async def test_an_entity_can_be_named_by_its_id(data: Ask) -> None:
    changed = await add_facts(data, LIVES)
    ana = next(entity["id"] for entity in changed["entities"] if entity["name"] == "Ana")
    again = await add_facts(data, {**LIVES, "subject": {"id": ana}, "relation": "owns", "object": {"name": "a boat"}})
    assert [entity["name"] for entity in again["entities"]] == ["a boat"]


async def test_a_fact_ends(data: Ask) -> None:
    (fact,) = (await add_facts(data, {**LIVES, "validAt": "2021", "saidAt": "2021-06-01T00:00:00Z"}))["facts"]
    end = "mutation($i: EndFact!) { endFact(input: $i) { facts { status invalidAt } changes { kind reason } } }"
    ended = (await data(end, i={"fact": fact["id"], "at": "2023-04", "reason": "moved out"}))["endFact"]
    assert ended["facts"] == [{"status": "ENDED", "invalidAt": "2023-04-01T00:00:00Z"}]
    assert any("moved out" in change["reason"] for change in ended["changes"])


async def test_a_fact_that_was_never_so_is_retracted(data: Ask) -> None:
    (fact,) = (await add_facts(data, LIVES))["facts"]
    document = "mutation($i: CorrectFact!) { correctFact(input: $i) { facts { text } changes { kind } } }"
    gone = (await data(document, i={"fact": fact["id"], "reason": "misheard"}))["correctFact"]
    assert gone["facts"] == [] and "FACT_RETRACTED" in [change["kind"] for change in gone["changes"]]


async def test_a_group_is_configured_piece_by_piece(data: Ask) -> None:
    document = "mutation($i: ConfigureGroup!) { configureGroup(input: $i) { name settings { updates timezone } } }"
    await data(document, i={"group": GROUP, "updates": "LATEST"})
    found = (await data(document, i={"group": GROUP, "timezone": "Europe/Vienna"}))["configureGroup"]
    assert found == {"name": GROUP, "settings": {"updates": "LATEST", "timezone": "Europe/Vienna"}}


async def test_parked_work_says_why_and_is_tried_again(data: Ask, memory: Memory) -> None:
    kept = (await data(ADD, input={"group": GROUP, "session": "s", "messages": [message("Ana lives in Lisbon")]}))["addMessages"]
    await park(memory, "the model did not answer")
    document = "query($id: ID!) { work(id: $id) { state error attempts finishedAt } }"
    work = (await data(document, id=kept["work"]["id"]))["work"]
    assert (work["state"], work["error"], work["attempts"]) == ("PARKED", "the model did not answer", 1)
    again = await data("mutation($id: ID!) { retryWork(id: $id) { id state } }", id=kept["work"]["id"])
    assert again["retryWork"] == {"id": kept["work"]["id"], "state": "QUEUED"}


async def park(memory: Memory, error: str) -> None:
    """Gives the next piece of Work up, as a worker does after the last attempt."""
    now = utc(2100, 1, 1)
    lease = await memory.parts.store.lease("worker", now, now)
    assert lease is not None
    await memory.parts.store.fail(lease.token, error, now, None)


UNDO = """mutation($c: ID!) { undo(change: $c, reason: "a mistake") {
    facts { text status } changes { id kind rule reason undoes { id } undoneBy { id } } } }"""


async def test_an_operation_is_undone_and_so_is_an_undo(ask: Ask, data: Ask) -> None:
    added = next(c for c in (await add_facts(data, LIVES))["changes"] if c["kind"] == "FACT_ADDED")
    (undone,) = (await data(UNDO, c=added["id"]))["undo"]["changes"]
    assert (undone["kind"], undone["rule"], undone["undoes"], undone["undoneBy"]) == ("FACT_RETRACTED", "undone", {"id": added["id"]}, None)
    again = await ask(UNDO, c=added["id"])
    assert again["errors"][0]["extensions"]["code"] == "CONFLICT"
    log = "changes { nodes { id kind undoneBy { id } } }"
    nodes = {c["id"]: c["undoneBy"] for c in (await seen(data, log))["changes"]["nodes"]}
    assert nodes[added["id"]] == {"id": undone["id"]} and nodes[undone["id"]] is None
    redone = (await data(UNDO, c=undone["id"]))["undo"]
    assert [fact["status"] for fact in redone["facts"]] == ["HOLDS"]
    nodes = {c["id"]: c["undoneBy"] for c in (await seen(data, log))["changes"]["nodes"]}
    assert nodes[added["id"]] is None and nodes[undone["id"]] == {"id": redone["changes"][0]["id"]}


BAD = {
    "addMessages": {"group": GROUP, "session": "s", "messages": []},
    "addDocument": {"group": GROUP, "content": " "},
    "addFacts": {"group": GROUP, "facts": []},
    "correctFact": {"fact": "nonsense", "reason": "r"},
    "endFact": {"fact": "nonsense", "at": "2024", "reason": "r"},
    "configureGroup": {"group": GROUP, "timezone": "Mars/Olympus"},
    "forget": {"group": GROUP, "session": "s", "everything": True},
}


@pytest.mark.parametrize("name", BAD)
async def test_every_mutation_refuses_bad_input_naming_it(ask: Ask, name: str) -> None:
    kind = name[0].upper() + name[1:]
    answer = await ask(f"mutation($i: {kind}!) {{ {name}(input: $i) {{ __typename }} }}", i=BAD[name])
    (error,) = answer["errors"]
    assert answer["data"] is None and error["path"] == [name]
    assert error["extensions"]["code"] == "BAD_INPUT" and error["extensions"]["field"]


@pytest.mark.parametrize(
    ("messages", "field"),
    [
        ([message("fine"), message(" ")], "messages[1].content"),
        ([message("x" * 70_000)], "messages[0].content"),
        ([{"role": "boss", "content": "x"}], "messages[0].role"),
        ([message("x", metadata=[1])], "messages[0].metadata"),
    ],
)
async def test_one_bad_message_keeps_none(ask: Ask, data: Ask, messages: list[dict[str, Any]], field: str) -> None:
    answer = await ask(ADD, input={"group": GROUP, "session": "s", "messages": messages})
    assert answer["errors"][0]["extensions"]["field"] == field
    assert (await seen(data, "episodes { nodes { id } }"))["episodes"]["nodes"] == []


async def test_the_id_of_something_else_is_refused_by_name(ask: Ask, data: Ask) -> None:
    await tell_story(data)
    ana = (await seen(data, 'entity(name: "Ana") { id }'))["entity"]["id"]
    answer = await ask('mutation($f: ID!) { endFact(input: { fact: $f, at: "2030", reason: "r" }) { __typename } }', f=ana)
    assert answer["errors"][0]["message"] == f"{ana!r} is an id of kind Entity"


MERGE = """mutation($i: MergeEntities!) { mergeEntities(input: $i) {
    changes { kind rule reason entities { name } } facts { text subject { name } } entities { name aliases } } }"""
UPDATE = "mutation($i: UpdateEntity!) { updateEntity(input: $i) { changes { kind reason } entities { name type aliases summary } } }"


async def people(data: Ask) -> dict[str, str]:
    """Ids of Ana, who lives in Lisbon, and of Anna, who likes tea."""
    likes = {"subject": {"name": "Anna", "type": "Person"}, "relation": "likes", "object": {"name": "tea"}}
    changed = await add_facts(data, LIVES, likes)
    return {entity["name"]: entity["id"] for entity in changed["entities"]}


async def test_entities_are_merged_and_the_old_id_leads_to_the_kept_one(data: Ask) -> None:
    ids = await people(data)
    before = (await seen(data, "asOf { known }"))["asOf"]["known"]
    merged = (await data(MERGE, i={"keep": ids["Anna"], "merge": [ids["Ana"]], "reason": "a typing error"}))["mergeEntities"]
    assert merged["facts"] == [{"text": "Ana lives in Lisbon", "subject": {"name": "Anna"}}]
    assert {"name": "Anna", "aliases": ["Ana"]} in merged["entities"]
    told = next(change for change in merged["changes"] if change["kind"] == "ENTITIES_MERGED")
    assert {entity["name"] for entity in told["entities"]} == {"Anna", "Ana"} and "a typing error" in told["reason"]
    fields = f'entity(id: "{ids["Ana"]}") {{ name degree mergedInto {{ id name degree }} }}'
    assert (await seen(data, fields))["entity"] == {
        "name": "Ana",
        "degree": 0,
        "mergedInto": {"id": ids["Anna"], "name": "Anna", "degree": 2},
    }
    assert (await seen(data, fields, {"known": before}))["entity"] == {"name": "Ana", "degree": 1, "mergedInto": None}
    around = f'neighborhood(around: ["{ids["Ana"]}"]) {{ facts {{ text }} }} entity(name: "ana") {{ name }}'
    found = await seen(data, around)
    assert len(found["neighborhood"]["facts"]) == 2 and found["entity"]["name"] == "Anna"


async def test_what_cannot_be_merged_is_refused(ask: Ask, data: Ask) -> None:
    ids = await people(data)
    other = (await data(ADD_FACTS, input={"group": "other", "facts": [LIVES]}))["addFacts"]["entities"][0]["id"]
    fact = (await seen(data, "facts(first: 1) { nodes { id } }"))["facts"]["nodes"][0]["id"]
    for merge, code in (([ids["Ana"]], "BAD_INPUT"), ([], "BAD_INPUT"), ([other], "NOT_FOUND"), ([fact], "BAD_INPUT")):
        answer = await ask(MERGE, i={"keep": ids["Ana"], "merge": merge, "reason": "why"})
        assert answer["errors"][0]["extensions"]["code"] == code, merge
        assert answer["errors"][0]["extensions"]["field"] == "merge"


async def test_an_entity_reads_otherwise_from_now_on(ask: Ask, data: Ask) -> None:
    ids = await people(data)
    before = (await seen(data, "asOf { known }"))["asOf"]["known"]
    change = {"entity": ids["Anna"], "name": "Anna Berg", "addAliases": ["A. B."], "summary": "She likes tea."}
    (updated,) = (await data(UPDATE, i=change))["updateEntity"]["entities"]
    assert updated == {"name": "Anna Berg", "type": "Person", "aliases": ["Anna", "A. B."], "summary": "She likes tea."}
    fields = f'entity(id: "{ids["Anna"]}") {{ name aliases summary }}'
    assert (await seen(data, fields, {"known": before}))["entity"] == {"name": "Anna", "aliases": [], "summary": None}
    for wrong, field in (({}, None), ({"name": " "}, "name"), ({"removeAliases": ["Bea"]}, "removeAliases")):
        (error,) = (await ask(UPDATE, i={"entity": ids["Anna"], **wrong}))["errors"]
        assert (error["extensions"]["code"], error["extensions"].get("field")) == ("BAD_INPUT", field)
