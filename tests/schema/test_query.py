"""The root of reading: nodes by id, groups, work, the service."""

import pytest

from tests.schema.conftest import Ask
from tests.schema.stories import GROUP, seen, tell_story

IDS = """id group { id } entities(first: 1) { nodes { id } } facts(first: 1) { nodes { id } }
    episodes(first: 1) { nodes { id work { id } } } sessions(first: 1) { nodes { id } }"""


@pytest.fixture
async def ids(data: Ask) -> dict[str, str]:
    """An id of each kind of thing in the story."""
    await tell_story(data)
    found = await seen(data, IDS)
    lists = {"Entity": "entities", "Fact": "facts", "Episode": "episodes", "Session": "sessions"}
    ids = {kind: found[name]["nodes"][0]["id"] for kind, name in lists.items()}
    return {**ids, "Graph": found["id"], "Group": found["group"]["id"], "Work": found["episodes"]["nodes"][0]["work"]["id"]}


async def test_every_id_is_found_again(data: Ask, ids: dict[str, str]) -> None:
    found = await data("query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }", ids=list(ids.values()))
    assert found["nodes"] == [{"__typename": kind, "id": id} for kind, id in ids.items()]
    for kind, id in ids.items():
        one = await data("query($id: ID!) { node(id: $id) { __typename id } }", id=id)
        assert one["node"] == {"__typename": kind, "id": id}


async def test_a_graph_is_found_at_its_instant(data: Ask, ids: dict[str, str]) -> None:
    earlier = await seen(data, "id asOf { valid }", {"valid": "2024-05"})
    assert earlier["id"] != ids["Graph"]
    again = await data("query($id: ID!) { node(id: $id) { ... on Graph { id asOf { valid } } } }", id=earlier["id"])
    assert again["node"] == earlier


async def test_a_node_can_be_seen_at_another_instant(data: Ask, ids: dict[str, str]) -> None:
    document = 'query($id: ID!) { node(id: $id, asOf: { valid: "2020" }) { ... on Fact { status } } }'
    assert (await data(document, id=ids["Fact"]))["node"] == {"status": "FUTURE"}
    unknown = 'query($id: ID!) { node(id: $id, asOf: { known: "2020" }) { id } }'
    assert (await data(unknown, id=ids["Fact"]))["node"] is None


@pytest.mark.parametrize("id", ["", "nonsense", "WyJGYWN0Iiwibm93aGVyZSIsIngiXQ"])
async def test_what_names_nothing_is_null(data: Ask, id: str) -> None:
    document = "query($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } work(id: $id) { id } }"
    assert await data(document, id=id) == {"node": None, "nodes": [None], "work": None}
    inside = "entity(id: $id) { id } fact(id: $id) { id } episode(id: $id) { id }"
    assert await seen(data, inside, id=("ID!", id)) == {"entity": None, "fact": None, "episode": None}


async def test_an_id_of_another_kind_names_nothing(data: Ask, ids: dict[str, str]) -> None:
    found = await seen(data, "entity(id: $id) { id } episode(id: $id) { id }", id=("ID!", ids["Fact"]))
    assert found == {"entity": None, "episode": None}
    assert (await data("query($id: ID!) { work(id: $id) { id } }", id=ids["Fact"]))["work"] is None


async def test_groups_are_listed(data: Ask, ids: dict[str, str]) -> None:
    await tell_story_in(data, "user:ben")
    found = await data("{ groups { nodes { name version } totalCount } }")
    assert {group["name"] for group in found["groups"]["nodes"]} == {GROUP, "user:ben"}
    first = await data("{ groups(first: 1) { nodes { name } pageInfo { hasNextPage endCursor } } }")
    rest = await data("query($c: String) { groups(after: $c) { nodes { name } } }", c=first["groups"]["pageInfo"]["endCursor"])
    assert len(rest["groups"]["nodes"]) == 1 and rest["groups"]["nodes"] != first["groups"]["nodes"]


async def tell_story_in(data: Ask, group: str) -> None:
    await data("mutation($g: String!) { configureGroup(input: { group: $g }) { name } }", g=group)


async def test_the_service_names_its_parts(data: Ask) -> None:
    found = await data("{ service { version store extractor embedder ready } }")
    assert found["service"].pop("version")
    assert found["service"] == {"store": "embedded", "extractor": "pattern", "embedder": "hash", "ready": True}
