"""One group at one instant: every way into it, now and earlier."""

import pytest

from tests.schema.conftest import Ask
from tests.schema.stories import GROUP, seen, tell_story


@pytest.fixture(autouse=True)
async def story(data: Ask) -> None:
    await tell_story(data)


async def texts(data: Ask, filter: str, as_of: dict[str, str] | None = None) -> list[str]:
    found = await seen(data, f"facts({filter} orderBy: OLDEST) {{ nodes {{ text }} }}", as_of)
    return [fact["text"] for fact in found["facts"]["nodes"]]


async def test_facts_that_hold_are_the_default(data: Ask) -> None:
    assert await texts(data, "") == ["Ana works at Acme.", "Ana is aged 40.", "Ana lives in Oslo."]


async def test_what_held_earlier_is_seen_as_of_then(data: Ask) -> None:
    assert await texts(data, 'filter: { relations: ["lives_in"] }', {"valid": "2024-05"}) == ["Ana lives in Lisbon."]


async def test_other_states_are_shown_when_asked_for(data: Ask) -> None:
    assert await texts(data, "filter: { status: [ENDED] }") == ["Ana lives in Lisbon."]
    everything = 'filter: { status: [HOLDS, ENDED], relations: ["lives_in"] }'
    assert await texts(data, everything) == ["Ana lives in Lisbon.", "Ana lives in Oslo."]


async def test_nothing_was_known_before_it_was_told(data: Ask) -> None:
    found = await seen(data, "facts { nodes { id } } entities { nodes { id } } episodes { nodes { id } }", {"known": "2020"})
    assert found == {"facts": {"nodes": []}, "entities": {"nodes": []}, "episodes": {"nodes": []}}


async def test_the_instant_is_answered_in_full(data: Ask) -> None:
    found = await seen(data, "asOf { valid known }", {"valid": "2024", "known": "2024-03-10T09:00:00+01:00"})
    assert found["asOf"] == {"valid": "2024-12-31T23:59:59.999999Z", "known": "2024-03-10T08:00:00Z"}


async def test_periods_are_read_in_the_groups_zone(data: Ask) -> None:
    await data('mutation { configureGroup(input: { group: "user:ana", timezone: "Asia/Tokyo" }) { settings { timezone updates } } }')
    found = await seen(data, "asOf { valid }", {"valid": "2024-03-10"})
    assert found["asOf"]["valid"] == "2024-03-10T14:59:59.999999Z"


async def test_a_group_without_memories_is_an_empty_graph(data: Ask) -> None:
    found = await seen(
        data,
        "group { name version settings { timezone } } counts { entities facts } entities { nodes { id } pageInfo { hasNextPage } }"
        ' context(question: "Where does Ana live?") { facts { score } }',
        group="user:new",
    )
    assert found["group"] == {"name": "user:new", "version": 0, "settings": {"timezone": "UTC"}}
    assert found["counts"] == {"entities": 0, "facts": 0}
    assert found["entities"] == {"nodes": [], "pageInfo": {"hasNextPage": False}}
    assert found["context"] == {"facts": []}


async def test_an_entity_is_found_by_name_in_any_case_and_by_id(data: Ask) -> None:
    found = await seen(data, 'entity(name: "ana") { id name type }')
    assert found["entity"]["name"] == "Ana" and found["entity"]["type"] == "Person"
    again = await seen(data, "entity(id: $id) { name }", id=("ID", found["entity"]["id"]))
    assert again["entity"] == {"name": "Ana"}
    assert await seen(data, 'none: entity(name: "Zoe") { id } neither: entity { id }') == {"none": None, "neither": None}


async def test_entities_are_filtered_ordered_and_paged(data: Ask) -> None:
    found = await seen(data, 'entities(filter: { types: ["City"] }, orderBy: NAME) { nodes { name } totalCount }')
    assert [city["name"] for city in found["entities"]["nodes"]] == ["Lisbon", "Oslo"]
    first = (await seen(data, "entities(orderBy: NAME, first: 2) { nodes { name } pageInfo { hasNextPage endCursor } }"))["entities"]
    assert first["pageInfo"]["hasNextPage"] and len(first["nodes"]) == 2
    rest = await seen(
        data,
        "entities(orderBy: NAME, after: $after) { nodes { name } pageInfo { hasPreviousPage } }",
        after=("String", first["pageInfo"]["endCursor"]),
    )
    assert {e["name"] for e in first["nodes"]}.isdisjoint(e["name"] for e in rest["entities"]["nodes"])
    assert rest["entities"]["pageInfo"]["hasPreviousPage"]


async def test_the_timeline_tells_what_replaced_what(data: Ask) -> None:
    ana = (await seen(data, 'entity(name: "Ana") { id }'))["entity"]["id"]
    fields = 'timeline(entity: $id, relation: "lives_in") { nodes { text validAt invalidAt supersededBy { text } supersedes { text } } }'
    lisbon, oslo = (await seen(data, fields, id=("ID!", ana)))["timeline"]["nodes"]
    assert lisbon["text"] == "Ana lives in Lisbon." and lisbon["supersededBy"] == {"text": "Ana lives in Oslo."}
    assert oslo["invalidAt"] is None and oslo["supersedes"] == [{"text": "Ana lives in Lisbon."}]
    assert lisbon["invalidAt"] == oslo["validAt"] == "2024-09-01T16:30:00.123456Z"


async def test_the_neighbourhood_connects_entities(data: Ask) -> None:
    ana = (await seen(data, 'entity(name: "Ana") { id }'))["entity"]["id"]
    found = await seen(data, "neighborhood(around: [$id]) { entities { name } facts { text } total truncated }", id=("ID!", ana))
    assert {entity["name"] for entity in found["neighborhood"]["entities"]} >= {"Ana", "Oslo", "Acme"}
    assert not found["neighborhood"]["truncated"]


async def test_search_finds_all_three_kinds(data: Ask) -> None:
    hits = (await seen(data, 'search(text: "Oslo") { node { __typename id } score highlight }'))["search"]
    assert {hit["node"]["__typename"] for hit in hits} == {"Entity", "Fact", "Episode"}
    only = (await seen(data, 'search(text: "Oslo", kinds: [ENTITY], first: 1) { node { ... on Entity { name } } }'))["search"]
    assert only == [{"node": {"name": "Oslo"}}]


async def test_context_shows_what_its_text_shows(data: Ask) -> None:
    fields = (
        'context(question: "Where does Ana live?") { text tokens truncated took { totalMs legs } subgraph { facts { text } }'
        " entities { name } facts { score why fact { text status } } episodes { score why episode { content } } }"
    )
    context = (await seen(data, fields))["context"]
    shown = [ranked["fact"]["text"] for ranked in context["facts"]]
    assert "Ana lives in Oslo." in shown
    assert all(text.rstrip(".") in context["text"] for text in shown)
    assert context["tokens"] <= 1500 and context["took"]["totalMs"] > 0


async def test_lists_of_the_conversation(data: Ask) -> None:
    found = await seen(
        data,
        'sessions { nodes { name episodes { nodes { content } } } } episodes(session: "autumn") { nodes { content } }'
        " counts { sessions episodes entityTypes { name count } relations { name count } } reviews { nodes { id } }"
        " changes(first: 500) { nodes { seq kind } }",
    )
    assert {session["name"]: len(session["episodes"]["nodes"]) for session in found["sessions"]["nodes"]} == {"spring": 3, "autumn": 1}
    assert found["episodes"]["nodes"] == [{"content": "Ana lives in Oslo"}]
    assert found["counts"]["sessions"] == 2 and found["counts"]["episodes"] == 4
    assert {"name": "City", "count": 2} in found["counts"]["entityTypes"]
    assert [change["seq"] for change in found["changes"]["nodes"]] == list(range(1, len(found["changes"]["nodes"]) + 1))
    assert found["reviews"]["nodes"] == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ('timeline(entity: "nonsense") { nodes { id } }', "BAD_INPUT"),
        ('neighborhood(around: ["nonsense"]) { total }', "BAD_INPUT"),
        ("neighborhood(around: [], hops: 9) { total }", "BAD_INPUT"),
        ('facts(filter: { entity: "nonsense" }) { nodes { id } }', "BAD_INPUT"),
        ('context(question: "") { text }', "BAD_INPUT"),
        ('context(question: "x", budget: 0) { text }', "BAD_INPUT"),
        ('context(question: "x", hops: 99) { text }', "BAD_INPUT"),
        ('context(question: "x", template: "none") { text }', "BAD_INPUT"),
        ('entities(after: "nonsense") { nodes { id } }', "BAD_INPUT"),
        ("entities(first: -3) { nodes { id } }", "BAD_INPUT"),
        ('search(text: "x", first: 0) { score }', "BAD_INPUT"),
    ],
)
async def test_what_cannot_be_asked_is_refused(ask: Ask, fields: str, code: str) -> None:
    answer = await ask(f'{{ graph(group: "{GROUP}") {{ {fields} }} }}')
    assert [error["extensions"]["code"] for error in answer["errors"]] == [code]
    assert answer["errors"][0]["path"][0] == "graph"


@pytest.mark.parametrize("as_of", ['{ valid: "soon" }', '{ known: "2024-13" }', "{ valid: 2024 }"])
async def test_a_bad_instant_is_named(ask: Ask, as_of: str) -> None:
    answer = await ask(f'{{ graph(group: "{GROUP}", asOf: {as_of}) {{ id }} }}')
    assert answer["data"] is None
    assert answer["errors"][0]["extensions"]["code"] == "BAD_INPUT"
    assert as_of.split(":")[1].strip('" }') in answer["errors"][0]["message"]
    assert "2024-03-10" in answer["errors"][0]["extensions"]["hint"]


async def test_the_log_is_filtered_by_kind_entity_fact_and_time(ask: Ask, data: Ask) -> None:
    await tell_story(data)
    found = await seen(data, 'changes { nodes { id kind at facts { id } } } entity(name: "Ana") { id }')
    nodes, ana = found["changes"]["nodes"], found["entity"]["id"]
    fact = next(node["facts"][0]["id"] for node in nodes if node["facts"])

    async def filtered(given: str) -> list[str]:
        return [node["id"] for node in (await seen(data, f"changes(filter: {{ {given} }}) {{ nodes {{ id }} }}"))["changes"]["nodes"]]

    assert await filtered("kinds: [FACT_ADDED]") == [node["id"] for node in nodes if node["kind"] == "FACT_ADDED"]
    assert await filtered(f'fact: "{fact}"') == [node["id"] for node in nodes if fact in {f["id"] for f in node["facts"]}]
    assert 0 < len(await filtered(f'entity: "{ana}"')) <= len(nodes)
    assert await filtered('since: "2999"') == []
    assert await filtered(f'since: "{nodes[0]["at"]}"') == [node["id"] for node in nodes]
    answer = await ask(f'{{ graph(group: "{GROUP}") {{ changes(filter: {{ fact: "{ana}" }}) {{ nodes {{ id }} }} }} }}')
    assert answer["errors"][0]["extensions"]["field"] == "filter.fact"


async def test_an_entity_by_id_and_name_is_one_of_both(data: Ask, ask: Ask) -> None:
    found = (await seen(data, 'entity(name: "Ana") { id }'))["entity"]["id"]
    both = 'query($id: ID, $name: String) { graph(group: "user:ana") { entity(id: $id, name: $name) { name } } }'
    assert (await data(both, id=found, name="ana"))["graph"]["entity"]["name"] == "Ana"
    (error,) = (await ask(both, id=found, name="Oslo"))["errors"]
    assert error["message"] == "the id is that of 'Ana', which is not called 'Oslo'"
    assert (error["extensions"]["code"], error["extensions"]["field"]) == ("BAD_INPUT", "name")


async def test_a_slip_in_a_filter_is_told(data: Ask, ask: Ask) -> None:
    for document, hint in (
        ('facts(filter: { relations: ["livs_in"] }) { nodes { id } }', "Did you mean 'lives_in', 'located_in'?"),
        ('entities(filter: { types: ["person"] }) { nodes { id } }', "Did you mean 'Person'?"),
    ):
        (error,) = (await ask(f'{{ graph(group: "user:ana") {{ {document} }} }}'))["errors"]
        assert (error["extensions"]["code"], error["extensions"]["hint"]) == ("BAD_INPUT", hint)
