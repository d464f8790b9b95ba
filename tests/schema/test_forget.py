"""Forgetting, over GraphQL: who may, what is named, and what is answered."""

from typing import Any

import pytest

from graph.access import Principal, Scope
from tests.schema.conftest import Ask
from tests.schema.stories import GROUP, seen, tell_story

FORGET = """mutation($i: Forget!) { forget(input: $i) {
  episodes facts entities tombstone { id seq kind reason rule facts { id } entities { id } episode { id } } } }"""
IDS = 'episodes(session: "spring") { nodes { id content } } entity(name: "Ana") { id } facts { nodes { id text } }'


async def forget(data: Ask, **target: Any) -> dict[str, Any]:
    found = await data(FORGET, i={"group": GROUP, **target})
    forgotten: dict[str, Any] = found["forget"]
    return forgotten


async def test_it_answers_what_is_gone_and_a_tombstone(data: Ask) -> None:
    await tell_story(data)
    said = (await seen(data, IDS))["episodes"]["nodes"][1]
    done = await forget(data, episode=said["id"])
    assert (done["episodes"], done["facts"], done["entities"]) == (1, 1, 1)
    tombstone = done["tombstone"]
    assert (tombstone["kind"], tombstone["facts"], tombstone["entities"], tombstone["episode"]) == ("FORGOTTEN", [], [], None)
    assert "Acme" not in str(await seen(data, "facts { nodes { text } } entities { nodes { name } } changes { nodes { reason } }"))
    assert (await data("query($id: ID!) { node(id: $id) { id } }", id=said["id"]))["node"] is None
    assert (await data("query($id: ID!) { node(id: $id) { id } }", id=tombstone["id"]))["node"] == {"id": tombstone["id"]}


@pytest.mark.parametrize(
    ("kind", "counts"), [("session", (3, 3, 3)), ("entity", (0, 4, 1)), ("fact", (0, 1, 0)), ("everything", (4, 4, 5))]
)
async def test_each_kind_of_target(data: Ask, kind: str, counts: tuple[int, int, int]) -> None:
    await tell_story(data)
    ids = await seen(data, IDS)
    target = {"session": "spring", "entity": ids["entity"]["id"], "fact": ids["facts"]["nodes"][0]["id"], "everything": True}[kind]
    done = await forget(data, **{kind: target})
    assert (done["episodes"], done["facts"], done["entities"]) == counts


async def test_an_id_of_another_group_is_not_found_and_one_of_another_kind_is_refused(ask: Ask, data: Ask) -> None:
    await tell_story(data)
    ids = await seen(data, IDS)
    other = await ask(FORGET, i={"group": "another", "entity": ids["entity"]["id"]})
    assert other["errors"][0]["extensions"]["code"] == "NOT_FOUND"
    wrong = await ask(FORGET, i={"group": GROUP, "fact": ids["entity"]["id"]})
    assert wrong["errors"][0]["extensions"] == wrong["errors"][0]["extensions"] | {"code": "BAD_INPUT", "field": "fact"}


@pytest.mark.parametrize("scope", [Scope.READ, Scope.WRITE])
async def test_it_needs_a_key_of_scope_admin(ask: Ask, data: Ask, scope: Scope) -> None:
    await tell_story(data)
    answer = await ask(FORGET, Principal("k", (GROUP,), scope), i={"group": GROUP, "everything": True})
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert (await seen(data, "counts { episodes }"))["counts"] == {"episodes": 4}
