"""An episode exactly as received, and its place in the conversation."""

import pytest

from tests.schema.conftest import Ask
from tests.schema.stories import seen, tell_story


@pytest.fixture(autouse=True)
async def story(data: Ask) -> None:
    await tell_story(data)


async def test_an_episode_leads_to_what_was_learnt_from_it(data: Ask) -> None:
    fields = """episodes(session: "spring") { nodes { id kind role name content saidAt externalId metadata
        session { name startedAt lastAt title } previous { externalId } next { externalId }
        facts { text } entities { name } work { state episodes { externalId } } } }"""
    first, second, third = (await seen(data, fields))["episodes"]["nodes"]
    assert (first["kind"], first["role"], first["name"], first["content"]) == ("MESSAGE", "user", "Ana", "Ana lives in Lisbon")
    assert first["saidAt"] == "2024-03-10T09:00:00+01:00" and first["metadata"] == {"from": "chat"}
    assert (first["previous"], first["next"]) == (None, {"externalId": "m2"})
    assert (third["previous"], third["next"]) == ({"externalId": "m2"}, None)
    assert first["facts"] == [{"text": "Ana lives in Lisbon."}]
    assert {entity["name"] for entity in second["entities"]} == {"Ana", "Acme"}
    assert first["work"] == {"state": "DONE", "episodes": [{"externalId": "m1"}, {"externalId": "m2"}, {"externalId": "m3"}]}
    assert first["session"] == {
        "name": "spring",
        "startedAt": "2024-03-10T08:00:00Z",
        "lastAt": "2024-03-10T08:02:00Z",
        "title": None,
    }


async def test_an_episode_is_found_by_id(data: Ask) -> None:
    (last,) = (await seen(data, 'episodes(session: "autumn") { nodes { id } }'))["episodes"]["nodes"]
    found = await seen(data, "episode(id: $id) { content }", id=("ID!", last["id"]))
    assert found["episode"] == {"content": "Ana lives in Oslo"}


async def test_a_document_is_kept_whole(data: Ask) -> None:
    document = """mutation { addDocument(input: { group: "user:ana", wait: true, content: "Ana works at Bolt.", title: "notes.md" }) {
        work { state } episodes { kind name session { name } } } }"""
    found = (await data(document))["addDocument"]
    assert found == {"work": {"state": "DONE"}, "episodes": [{"kind": "TEXT", "name": "notes.md", "session": None}]}
