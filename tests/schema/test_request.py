"""One tenant never reaches another's group, whatever field it tries: every root field is walked."""

from typing import Any

import pytest
from graphql import build_schema

from graph.access import Principal, Scope
from schema.schema import printed
from tests.schema.conftest import Ask
from tests.schema.stories import GROUP, seen, tell_story

STRANGER = Principal("stranger", ("user:ben",), Scope.ADMIN)
READER = Principal("reader", ("user:*",), Scope.READ)
WRITER = Principal("writer", ("user:*",), Scope.WRITE)

IDS = """{ facts(first: 1) { nodes { id } } entity(name: "Ana") { id } episodes(first: 1) { nodes { id work { id } } } id group { id }
    changes(first: 1) { nodes { id } } }"""

BY_GROUP = {
    "graph": 'query { graph(group: "user:ana") { id } }',
    "addMessages": """mutation { addMessages(input: { group: "user:ana", session: "s", messages: [{ role: "user", content: "x" }] }) {
        repeated } }""",
    "addDocument": 'mutation { addDocument(input: { group: "user:ana", content: "x" }) { repeated } }',
    "addFacts": 'mutation { addFacts(input: { group: "user:ana", facts: [] }) { facts { id } } }',
    "configureGroup": 'mutation { configureGroup(input: { group: "user:ana" }) { name } }',
    "forget": 'mutation { forget(input: { group: "user:ana", everything: true }) { episodes } }',
}
BY_ID = {
    "correctFact": 'mutation($fact: ID!) { correctFact(input: { fact: $fact, reason: "r" }) { facts { id } } }',
    "endFact": 'mutation($fact: ID!) { endFact(input: { fact: $fact, at: "2030", reason: "r" }) { facts { id } } }',
    "undo": "mutation($change: ID!) { undo(change: $change) { facts { id } } }",
    "mergeEntities": """mutation($entity: ID!) { mergeEntities(input: { keep: $entity, merge: [$entity], reason: "r" }) {
        facts { id } } }""",
    "resolveReview": """mutation($entity: ID!) { resolveReview(input: { review: $entity, keep: [$entity], reason: "r" }) {
        facts { id } } }""",
    "updateEntity": 'mutation($entity: ID!) { updateEntity(input: { entity: $entity, name: "x" }) { facts { id } } }',
    "retryWork": "mutation($work: ID!) { retryWork(id: $work) { state } }",
}
NULL = {
    "node": "query($fact: ID!) { node(id: $fact) { id } }",
    "nodes": "query($fact: ID!, $work: ID!, $entity: ID!, $graph: ID!) { nodes(ids: [$fact, $work, $entity, $graph]) { id } }",
    "work": "query($work: ID!) { work(id: $work) { id } }",
}
OPEN = {"groups": "{ groups { nodes { name } totalCount } }", "service": "{ service { version } }"}
WRITES = BY_ID | {name: document for name, document in BY_GROUP.items() if name != "graph"}


@pytest.fixture
async def ids(data: Ask) -> dict[str, str]:
    await tell_story(data)
    found = await seen(data, IDS[1:-1])
    episode = found["episodes"]["nodes"][0]
    return {
        "fact": found["facts"]["nodes"][0]["id"],
        "entity": found["entity"]["id"],
        "episode": episode["id"],
        "work": episode["work"]["id"],
        "graph": found["id"],
        "change": found["changes"]["nodes"][0]["id"],
    }


def used(document: str, ids: dict[str, str]) -> dict[str, str]:
    return {name: id for name, id in ids.items() if f"${name}:" in document}


def codes(answer: dict[str, Any]) -> list[str]:
    return [error["extensions"]["code"] for error in answer["errors"]]


def test_the_walk_below_knows_every_root_field() -> None:
    schema = build_schema(printed())
    assert schema.query_type and schema.mutation_type
    roots = schema.query_type.fields.keys() | schema.mutation_type.fields.keys()
    assert roots == BY_GROUP.keys() | BY_ID.keys() | NULL.keys() | OPEN.keys()


@pytest.mark.parametrize("name", BY_GROUP)
async def test_another_tenants_group_is_forbidden(ask: Ask, name: str) -> None:
    answer = await ask(BY_GROUP[name], STRANGER)
    assert answer["data"] is None and codes(answer) == ["FORBIDDEN"]
    assert "'user:ana'" in answer["errors"][0]["message"]


@pytest.mark.parametrize("name", BY_ID)
async def test_another_tenants_id_is_not_found_in_mutations(ask: Ask, ids: dict[str, str], name: str) -> None:
    answer = await ask(BY_ID[name], STRANGER, **used(BY_ID[name], ids))
    assert answer["data"] is None and codes(answer) == ["NOT_FOUND"]


@pytest.mark.parametrize("name", NULL)
async def test_another_tenants_id_is_null_in_reads(data: Ask, ids: dict[str, str], name: str) -> None:
    found = (await data(NULL[name], STRANGER, **used(NULL[name], ids)))[name]
    assert found in (None, [None] * 4)


async def test_another_tenants_id_is_null_within_ones_own_graph(ask: Ask, ids: dict[str, str]) -> None:
    document = """query($fact: ID!, $entity: ID!, $episode: ID!) { graph(group: "user:ben") {
        fact(id: $fact) { id } entity(id: $entity) { id } episode(id: $episode) { id } } }"""
    answer = await ask(document, STRANGER, **used(document, ids))
    assert answer == {"data": {"graph": {"fact": None, "entity": None, "episode": None}}, "errors": []}


@pytest.mark.parametrize(
    "fields",
    [
        "timeline(entity: $entity) { nodes { id } }",
        "neighborhood(around: [$entity]) { total }",
        "facts(filter: { subject: $entity }) { nodes { id } }",
        'context(question: "x", around: [$entity]) { text }',
    ],
)
async def test_another_tenants_id_is_not_found_by_fields_that_list_around_it(ask: Ask, ids: dict[str, str], fields: str) -> None:
    answer = await ask(f'query($entity: ID!) {{ graph(group: "user:ben") {{ {fields} }} }}', STRANGER, entity=ids["entity"])
    assert codes(answer) == ["NOT_FOUND"]


async def test_another_tenants_entity_cannot_be_told_about(ask: Ask, ids: dict[str, str]) -> None:
    document = """mutation($entity: ID!) { addFacts(input: { group: "user:ben",
        facts: [{ subject: { id: $entity }, relation: "owns", object: { name: "a boat" } }] }) { facts { id } } }"""
    assert codes(await ask(document, STRANGER, entity=ids["entity"])) == ["NOT_FOUND"]


async def test_only_groups_one_sees_are_listed_and_none_is_counted(data: Ask, ids: dict[str, str]) -> None:
    for n in range(7):
        await data("mutation($g: String!) { configureGroup(input: { group: $g }) { name } }", g=f"team:{n}")
    team = Principal("team", ("team:1", "team:5", "team:6"), Scope.READ)
    document = "query($after: String) { groups(first: 2, after: $after) { nodes { name } totalCount pageInfo { hasNextPage endCursor } } }"
    first = (await data(document, team))["groups"]
    rest = (await data(document, team, after=first["pageInfo"]["endCursor"]))["groups"]
    names = [group["name"] for group in (*first["nodes"], *rest["nodes"])]
    assert sorted(names) == ["team:1", "team:5", "team:6"] and len(first["nodes"]) == 2
    assert first["totalCount"] is None and first["pageInfo"]["hasNextPage"] and not rest["pageInfo"]["hasNextPage"]


@pytest.mark.parametrize("name", WRITES)
async def test_a_reading_key_writes_nothing(ask: Ask, ids: dict[str, str], name: str) -> None:
    assert codes(await ask(WRITES[name], READER, **used(WRITES[name], ids))) == ["FORBIDDEN"]


async def test_only_an_admin_configures(ask: Ask) -> None:
    assert codes(await ask(BY_GROUP["configureGroup"], WRITER)) == ["FORBIDDEN"]
    assert codes(await ask(BY_GROUP["addMessages"], WRITER)) == []


@pytest.mark.parametrize("name", BY_GROUP | BY_ID | NULL | OPEN)
async def test_without_a_key_only_the_schema_can_be_read(ask: Ask, ids: dict[str, str], name: str) -> None:
    document = (BY_GROUP | BY_ID | NULL | OPEN)[name]
    answer = await ask(document, None, **used(document, ids))
    assert codes(answer) == ["UNAUTHENTICATED"]


async def test_the_change_log_names_the_key(data: Ask) -> None:
    facts = [{"subject": {"name": "Ana"}, "relation": "owns", "object": {"name": "a boat"}}]
    document = "mutation($i: AddFacts!) { addFacts(input: $i) { changes { actor } } }"
    found = await data(document, WRITER, i={"group": GROUP, "facts": facts})
    assert {change["actor"] for change in found["addFacts"]["changes"]} == {"writer"}
