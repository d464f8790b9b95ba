"""Keeping on Neo4j: what Graphiti sees of it, and calls that race."""

import asyncio
from datetime import datetime, timedelta, timezone
from typing import Any

from graph.errors import Conflict
from graph.model import EpisodeKind, GroupSettings
from graph.stores.base import Kept
from graph.stores.neo4j.address import Address
from graph.time import SPACING, in_utc
from graph.views import Page
from tests.stores.builders import LATE, START, day, keeping, message
from tests.stores.neo4j.races import at_once, rows, stores

LOCK_GROUP = "MATCH (g:Group) SET g.held = true"
EPISODIC = """MATCH (e:Episodic) RETURN e.uuid, e.name, e.group_id, e.created_at, e.source, e.source_description, e.content, e.valid_at,
    e.entity_edges, size(keys(e)) ORDER BY e.valid_at"""


async def links(neo4j: Address, kind: str) -> list[list[Any]]:
    """Each must be Graphiti's to the property."""
    found = await rows(
        neo4j,
        """MATCH (a)-[r]->(b) WHERE type(r) = $kind
        RETURN a.uuid, b.uuid, r.group_id, r.created_at, r.uuid, keys(r), labels(a) + labels(b) ORDER BY b.valid_at""",
        kind=kind,
    )
    assert len({row[4] for row in found}) == len(found)
    for _, _, group, created, _, keys, labels in found:
        assert (group, created.to_native(), sorted(keys)) == ("g", START, ["created_at", "group_id", "uuid"])
        assert labels == ["Saga" if kind == "HAS_EPISODE" else "Episodic", "Episodic"]
    return [row[:2] for row in found]


async def test_graphiti_sees_episodes_as_it_would_have_written_them(neo4j: Address) -> None:
    said = datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=timezone(timedelta(hours=-7)))
    async with stores(neo4j, 1) as (store,):
        given = [
            message("I moved to Málaga", said=said, name="Anna", metadata={"a": 1}),
            message("hello", said=said),
            message("hi", said=said, role="assistant"),
            message("a text", said=said, kind=EpisodeKind.TEXT, role=None, name="Title"),
            message('{"a": 1}', said=said, kind=EpisodeKind.JSON, role=None),
        ]
        kept = (await store.keep(keeping(*given))).episodes
    found = await rows(neo4j, EPISODIC)
    assert [(row[1], row[4], row[5]) for row in found] == [
        ("Anna", "message", "user: Anna"),
        ("User", "message", "user"),
        (kept[2].uuid, "message", "assistant"),
        ("Title", "text", "Title"),
        (kept[4].uuid, "json", ""),
    ]
    for (uuid, _, group, created, _, _, content, valid, edges, keys), episode in zip(found, kept, strict=True):
        assert (uuid, group, content, edges, keys) == (episode.uuid, "g", episode.content, [], 9)
        assert (created.to_native(), valid.to_native()) == (START, episode.instant)
    assert kept[0].instant == in_utc(said)


async def test_graphiti_sees_a_session_as_a_saga_in_order_of_arrival(neo4j: Address) -> None:
    async with stores(neo4j, 1) as (store,):
        first = (await store.keep(keeping(message("a"), message("b")))).episodes
        second = (await store.keep(keeping(message("c", said=day(-5)), at=START))).episodes
        await store.keep(keeping(message("alone", said=day(9)), session=None))
        session = (await store.sessions("g", ["s"]))["s"]
    uuids = [e.uuid for e in (*first, *second)]
    by_time = [uuids[2], uuids[0], uuids[1]]
    saga = await rows(neo4j, "MATCH (s:Saga) RETURN s.uuid, s.name, s.group_id, s.summary, s.first_episode_uuid, s.last_episode_uuid")
    assert saga == [[session.uuid, "s", "g", "", uuids[0], uuids[2]]]
    assert await links(neo4j, "HAS_EPISODE") == [[session.uuid, uuid] for uuid in by_time]
    assert await links(neo4j, "NEXT_EPISODE") == [[uuids[1], uuids[2]], [uuids[0], uuids[1]]]


async def test_an_episode_that_graphiti_deleted_is_not_linked_to(neo4j: Address) -> None:
    async with stores(neo4j, 1) as (store,):
        await store.keep(keeping(message("a")))
        await rows(neo4j, "MATCH (e:Episodic) DETACH DELETE e")
        kept = (await store.keep(keeping(message("b")))).episodes
        assert [after for _, after in await links(neo4j, "HAS_EPISODE")] == [kept[0].uuid]
        assert await links(neo4j, "NEXT_EPISODE") == []


async def test_calls_of_the_same_ids_keep_them_once(neo4j: Address) -> None:
    async with stores(neo4j, 4) as opened:
        await opened[0].keep(keeping(message("before")))
        said = [message("hello", "1"), message("there", "2")]
        answers: list[Kept] = await at_once(neo4j, LOCK_GROUP, *(store.keep(keeping(*said)) for store in opened))
        assert sorted(kept.repeated for kept in answers) == [0, 2, 2, 2]
        assert len({tuple(e.uuid for e in kept.episodes) for kept in answers}) == 1
        assert len({kept.work for kept in answers}) == 1
        assert await opened[0].waiting() == 2


async def test_of_calls_with_the_same_id_and_other_content_one_is_kept(neo4j: Address) -> None:
    async with stores(neo4j, 2) as (first, second):
        await first.keep(keeping(message("before")))
        calls = [first.keep(keeping(message("hello", "1"))), second.keep(keeping(message("bye", "1"), message("more")))]
        answers = await at_once(neo4j, LOCK_GROUP, *calls)
        kept, refused = sorted(answers, key=lambda a: isinstance(a, Conflict))
        assert isinstance(refused, Conflict)
        listed = (await first.list_episodes("g", "s", Page(10), LATE)).items
        assert [e.uuid for e in listed[1:]] == [e.uuid for e in kept.episodes]
        assert await first.waiting() == 2


async def test_calls_that_race_to_make_a_group_and_a_session_make_one(neo4j: Address) -> None:
    async with stores(neo4j, 8) as opened:
        for round_ in range(3):
            group = f"g{round_}"
            await asyncio.gather(*(store.keep(keeping(message(str(n)), group=group)) for n, store in enumerate(opened)))
            listed = (await opened[0].list_episodes(group, "s", Page(10), LATE)).items
            assert [e.instant for e in listed] == [START + n * SPACING for n in range(8)]
            assert len((await opened[0].list_sessions(group, Page(5), LATE)).items) == 1


async def test_settings_that_race_count_as_one_version(neo4j: Address) -> None:
    settings = GroupSettings(timezone="Asia/Tokyo")
    async with stores(neo4j, 4) as opened:
        await opened[0].keep(keeping(message("a")))
        answers = await at_once(neo4j, LOCK_GROUP, *(store.configure("g", settings, START) for store in opened))
        assert [group.version for group in answers] == [1] * 4
