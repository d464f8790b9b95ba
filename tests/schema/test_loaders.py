"""However many fields want a kind of record, the store is asked for it once, and fields that do not wait for each other ask at once."""

from dataclasses import replace
from typing import Any

import pytest

from graph.memory import Memory
from schema.request import Request
from schema.schema import PalimpsestSchema
from tests.schema.conftest import Ask
from tests.schema.stories import ADD_FACTS, GROUP, message, seen, tell_story
from tests.stores.waves import counted

DOCUMENT = """{ graph(group: "user:ana") { facts { nodes { subject { name degree attributes } object { name }
    sources { episode { session { name } facts { text } } } supersededBy { text } supersedes { text } changes { kind } } } } }"""
ENDS = "text validAt invalidAt status relation subject { id name type } object { id name type }"
ENTITY = f"""query($name: String!) {{ graph(group: "{GROUP}") {{ entity(name: $name) {{ id name aliases type summary degree
    facts(first: 50) {{ nodes {{ {ENDS} }} pageInfo {{ hasNextPage }} }} neighbors {{ nodes {{ id name type }} }}
    mentions {{ nodes {{ id content saidAt }} }} }} }} }}"""
TIMELINE = f"""query($id: ID!) {{ graph(group: "{GROUP}") {{ asOf {{ known }} group {{ version }}
    entity(id: $id) {{ name }} timeline(entity: $id) {{ nodes {{ {ENDS} }} }} }} }}"""
NEIGHBORHOOD = f"""query($ids: [ID!]!) {{ graph(group: "{GROUP}") {{
    neighborhood(around: $ids, limit: 500) {{ entities {{ id name type }} facts {{ {ENDS} }} total }} }} }}"""
SEARCH = f"""{{ graph(group: "{GROUP}") {{ search(text: "Lisbon", first: 50) {{ node {{ ... on Entity {{ name }}
    ... on Fact {{ text subject {{ name }} }} ... on Episode {{ content }} }} }} }} }}"""
TELL = "mutation($input: AddMessages!) { addMessages(input: $input) { work { state finishedAt } episodes { id content } } }"
NODES = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Entity { name } } }"


class Watched:
    """Documents run over a Memory whose store calls are counted in waves."""

    def __init__(self, schema: PalimpsestSchema, memory: Memory) -> None:
        store, self.waves = counted(memory.parts.store)
        self._memory = Memory(replace(memory.parts, store=store))
        self._schema = schema

    async def __call__(self, document: str, **variables: Any) -> dict[str, Any]:
        self.waves.reset()
        result = await self._schema.execute(document, variable_values=variables, context_value=Request(self._memory))
        assert not result.errors, result.errors
        assert result.data is not None
        return result.data


@pytest.fixture
def watched(schema: PalimpsestSchema, memory: Memory) -> Watched:
    return Watched(schema, memory)


@pytest.fixture(params=[1, 200])
async def ana(request: pytest.FixtureRequest, data: Ask) -> str:
    """The id of Ana, of whom more or less is known."""
    await tell_story(data)
    visited = [{"subject": {"name": "Ana"}, "relation": "visited", "object": {"name": f"Town {n}"}} for n in range(request.param)]
    await data(ADD_FACTS, input={"group": GROUP, "facts": visited})
    found: str = (await seen(data, 'entity(name: "Ana") { id }'))["entity"]["id"]
    return found


async def test_reads_do_not_grow_with_the_list(watched: Watched, data: Ask) -> None:
    await tell_story(data)
    found = await watched(DOCUMENT)
    assert len(found["graph"]["facts"]["nodes"]) == 3
    called = [name for wave in watched.waves.calls for name in wave]
    assert max(called.count(name) for name in called) <= 2, called


async def test_the_page_of_an_entity_takes_two_waves(watched: Watched, ana: str) -> None:
    entity = (await watched(ENTITY, name="Ana"))["graph"]["entity"]
    assert (entity["id"], entity["degree"] >= 4, len(entity["mentions"]["nodes"])) == (ana, True, 4)
    assert all("Ana" in (fact["subject"]["name"], fact["object"]["name"]) for fact in entity["facts"]["nodes"])
    assert watched.waves.calls == [["find_entities", "group"], ["degrees", "list_facts", "mentions_of", "neighbors"]]


async def test_a_timeline_takes_two_waves_with_the_ends_of_its_facts(watched: Watched, ana: str) -> None:
    graph = (await watched(TIMELINE, id=ana))["graph"]
    assert {"Lisbon", "Oslo"} <= {fact["object"]["name"] for fact in graph["timeline"]["nodes"]}
    assert watched.waves.calls == [["entities", "group"], ["timeline"]]


async def test_a_neighbourhood_takes_two_waves_with_the_ends_of_its_facts(watched: Watched, ana: str) -> None:
    oslo = (await watched(ENTITY, name="Oslo"))["graph"]["entity"]["id"]
    found = (await watched(NEIGHBORHOOD, ids=[ana, oslo]))["graph"]["neighborhood"]
    assert {"Ana", "Oslo", "Acme"} <= {entity["name"] for entity in found["entities"]}
    assert watched.waves.calls == [["entities", "group"], ["neighborhood"]]


async def test_what_a_search_finds_is_read_at_once(watched: Watched, ana: str) -> None:
    hits = (await watched(SEARCH))["graph"]["search"]
    assert {"Lisbon"} <= {hit["node"].get("name") for hit in hits}
    assert watched.waves.calls[:2] == [["group", "search"], ["entities", "episodes", "facts"]]
    assert watched.waves.calls[2:] in ([], [["entities"]])  # the ends of facts that are no hits themselves


async def test_nodes_of_one_group_are_read_at_once(watched: Watched, ana: str, data: Ask) -> None:
    entities = (await seen(data, "entities { nodes { id } }"))["entities"]["nodes"]
    fact = (await seen(data, "facts(first: 1) { nodes { id } }"))["facts"]["nodes"][0]["id"]
    found = await watched(NODES, ids=[*(entity["id"] for entity in entities), fact, "nonsense"])
    assert [node and node["__typename"] for node in found["nodes"]] == [*["Entity"] * len(entities), "Fact", None]
    assert watched.waves.calls == [["entities", "facts", "group"]]


async def test_a_page_in_another_zone_is_read_again_once_that_is_known(watched: Watched, ana: str, data: Ask) -> None:
    await data(f'mutation {{ configureGroup(input: {{ group: "{GROUP}", timezone: "Asia/Tokyo" }}) {{ name }} }}')
    fields = 'facts(filter: { relations: ["lives_in"] }) { nodes { text } }'
    found = await watched(f'{{ graph(group: "{GROUP}", asOf: {{ valid: "2024-09-01" }}) {{ {fields} }} }}')
    assert [fact["text"] for fact in found["graph"]["facts"]["nodes"]] == ["Ana lives in Lisbon."]
    assert watched.waves.calls == [["group", "list_facts"], ["list_facts"]]


async def test_what_is_told_and_waited_for_is_answered_without_asking_again(watched: Watched, ana: str) -> None:
    added = {"group": GROUP, "session": "s", "messages": [message(f"Ana lives in Town{n}") for n in range(10)], "wait": True}
    kept = (await watched(TELL, input=added))["addMessages"]
    assert (kept["work"]["state"], len(kept["episodes"])) == ("DONE", 10)
    assert watched.waves.calls == [["keep"], ["lease"], ["footing", "near"], ["beliefs"], ["apply"]]
    again = {"subject": {"name": "Ana"}, "relation": "visited", "object": {"name": "Oslo"}}
    changed = (await watched(ADD_FACTS, input={"group": GROUP, "facts": [again]}))["addFacts"]
    assert [fact["status"] for fact in changed["facts"]] == ["HOLDS"]
    assert watched.waves.calls == [["footing"], ["beliefs"], ["apply"]]


async def test_more_starting_points_than_the_limit_are_refused(ask: Ask, ana: str) -> None:
    for fields in ("neighborhood(around: $ids) { total }", 'context(question: "x", around: $ids) { text }'):
        answer = await ask(f'query($ids: [ID!]!) {{ graph(group: "{GROUP}") {{ {fields} }} }}', ids=[ana] * 101)
        assert answer["errors"][0]["extensions"] == {"code": "BAD_INPUT", "hint": "Use 0 to 100.", "field": "around"}
