"""What was forgotten is nowhere in the database: in no property, no index, and in nothing that graphiti-core reads."""

from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import count, pairwise
from typing import Any, TypeVar

import pytest
from graphiti_core.edges import EntityEdge, EpisodicEdge, NextEpisodeEdge
from graphiti_core.nodes import EntityNode, EpisodicNode, SagaNode

from graph.belief import believed
from graph.inputs import Target
from graph.model import ChangeKind
from graph.stores.neo4j import Address
from graph.stores.neo4j.database import Database, Transaction
from graph.stores.neo4j.wiping import wipe
from graph.views import Page
from tests.stores.builders import LATE, change, day
from tests.stores.neo4j.opening import connected, opened
from tests.stores.neo4j.peers import Says, peering
from tests.stores.neo4j.test_adopting import moving
from tests.stores.test_forget import EVERY_TIME, Story

T = TypeVar("T")

WORDS = ("zanzibar", "quixotic", "vermilion")
NODES = """CYPHER 25 MATCH (x) WITH x, [key IN keys(x) WHERE x[key] IS :: LIST<ANY>] AS lists
    WHERE any(key IN keys(x) WHERE NOT key IN lists AND any(w IN $words WHERE toLower(toString(x[key])) CONTAINS w))
        OR any(key IN lists WHERE any(item IN x[key] WHERE any(w IN $words WHERE toLower(toString(item)) CONTAINS w)))
    RETURN collect(labels(x))"""
RELATIONSHIPS = NODES.replace("MATCH (x)", "MATCH ()-[x]->()").replace("labels(x)", "type(x)")
FULL_TEXT = "SHOW INDEXES YIELD name, type, entityType WHERE type = 'FULLTEXT' RETURN collect([name, entityType])"
QUERIES = {
    "NODE": "CALL db.index.fulltext.queryNodes($index, $words) YIELD node RETURN collect(labels(node))",
    "RELATIONSHIP": "CALL db.index.fulltext.queryRelationships($index, $words) YIELD relationship RETURN collect(type(relationship))",
}


@pytest.fixture
async def story(neo4j: Address) -> AsyncIterator[Story]:
    async with opened(neo4j) as store:
        yield Story(store)


async def holders(address: Address, *words: str) -> list[Any]:
    """The labels and types of all that holds one of the words in a property or in a full-text index."""
    async with connected(address) as database:
        found = [*await database.read(NODES, words=list(words)), *await database.read(RELATIONSHIPS, words=list(words))]
        for index, kind in await database.read(FULL_TEXT):
            found += await database.read(QUERIES[str(kind)], index=index, words=" OR ".join(words))
    return list(found)


async def tell(story: Story) -> str:
    await story.tell(1, "Bob lives in Oslo")
    said = await story.tell(2, "Quixotic lives in Zanzibar", name="Vermilion")
    await story.tell(3, "Bob works at Acme", name="Zed")
    await story.memory.correct_fact("g", (await story.records())["Quixotic lives in Zanzibar."].uuid, "never in Zanzibar")
    return said


async def test_no_property_and_no_index_holds_a_forgotten_word(story: Story, neo4j: Address) -> None:
    said = await tell(story)
    assert {str(kind) for kind in await holders(neo4j, *WORDS)} > {"['Message']", "['Episodic']", "RETRACTED", "['Change']"}
    await story.forget(episode=said)
    assert await holders(neo4j, *WORDS) == []
    assert await holders(neo4j, "oslo") != []


@pytest.mark.parametrize("batch", [1, 2, 1000])
async def test_nothing_is_left_of_a_group_that_was_forgotten_whole(story: Story, neo4j: Address, batch: int) -> None:
    await tell(story)
    record = await story.store.group("g")
    log = (await story.store.list_changes("g", Page(500), LATE)).items
    assert record is not None
    async with connected(neo4j) as database:
        erased = await wipe(database, record.version, change(ChangeKind.FORGOTTEN, day(9)), batch)
        left = await database.read("MATCH (n) WHERE n.group_id = 'g' RETURN collect(DISTINCT labels(n)[0])")
    assert (erased.episodes, erased.facts, erased.entities, erased.tombstone.seq) == (3, 3, 5, len(log) + 1)
    assert sorted(map(str, left)) == ["Change", "Group"]
    assert await holders(neo4j, *WORDS, "bob", "oslo", "acme", "zed") == []


async def test_graphiti_reads_what_is_left_and_no_more(story: Story, neo4j: Address) -> None:
    said = await tell(story)
    await story.tell(4, "Bob lives in Rome")
    await story.forget(episode=said)
    async with peering(neo4j) as peer:
        driver = peer.core.driver
        edges = await EntityEdge.get_by_group_ids(driver, ["g"])
        nodes = await EntityNode.get_by_group_ids(driver, ["g"])
        episodes = await EpisodicNode.get_by_group_ids(driver, ["g"])
        mentions = await EpisodicEdge.get_by_group_ids(driver, ["g"])
        (saga,) = await SagaNode.get_by_group_ids(driver, ["g"])
        told = await peer.core.retrieve_episodes(day(99), last_n=9, group_ids=["g"], saga="s")
        follows = await NextEpisodeEdge.get_by_group_ids(driver, ["g"])
        found = await peer.core.search("Who lives in Zanzibar?", group_ids=["g"])
    assert {edge.fact for edge in edges} == {"Bob lives in Oslo.", "Bob works at Acme.", "Bob lives in Rome."}
    assert {node.name for node in nodes} == {"Bob", "Oslo", "Acme", "Rome"}
    assert {episode.uuid for episode in episodes} == {uuid for uuid in story.uuids.values() if uuid != said}
    assert said not in {edge.source_node_uuid for edge in mentions}
    uuids = [episode.uuid for episode in told]
    assert {(edge.source_node_uuid, edge.target_node_uuid) for edge in follows} == set(pairwise(uuids))
    assert (saga.first_episode_uuid, saga.last_episode_uuid) == (uuids[0], uuids[-1])
    assert "Zanzibar" not in str(found)


@pytest.mark.parametrize("gone", [[0], [3], [1, 2], [0, 1, 2], [0, 3]])
async def test_the_line_of_a_session_closes_over_what_is_gone(story: Story, neo4j: Address, gone: list[int]) -> None:
    uuids = [await story.tell(1 + n, f"Bob lives in Town{n}") for n in range(4)]
    for n in gone:
        await story.forget(8 + n, episode=uuids[n])
    left = [uuid for n, uuid in enumerate(uuids) if n not in gone]
    async with peering(neo4j) as peer:
        (saga,) = await SagaNode.get_by_group_ids(peer.core.driver, ["g"])
        told = await peer.core.retrieve_episodes(day(99), last_n=9, group_ids=["g"], saga="s")
    assert [episode.uuid for episode in told] == left
    assert (saga.first_episode_uuid, saga.last_episode_uuid) == (left[0], left[-1])
    await story.tell(15, "Bob lives in Rome")
    facts = {f.text: f for f in (await story.records()).values()}
    assert facts["Bob lives in Rome."].invalid_at is None


async def test_episodes_name_only_facts_that_are_there(story: Story, neo4j: Address) -> None:
    await story.tell(1, "Bob lives in Oslo")
    await story.tell(2, "Indeed Bob lives in Oslo")
    await story.forget(episode=story.uuids["Bob lives in Oslo"])
    (fact,) = (await story.records()).values()
    async with peering(neo4j) as peer:
        (episode,) = await EpisodicNode.get_by_group_ids(peer.core.driver, ["g"])
    assert episode.entity_edges == [fact.uuid]


class Stopped(Exception):
    pass


class Stopping(Database):
    """Gives up after so many transactions, as a process that is killed does."""

    left = 0

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        if self.left == 0:
            raise Stopped
        self.left -= 1
        return await super().write(work)


async def test_what_is_left_when_it_breaks_off_is_lawful_and_the_same_again_does_the_rest(story: Story, neo4j: Address) -> None:
    for n, town in enumerate(("Oslo", "Rome", "Bonn", "Rome", "Oslo")):
        await story.tell(1 + n, f"Bob lives in {town}")
        await story.tell(1 + n, f"Ana lives in {town}")
        await story.tell(1 + n, f"Ana works at Firm{n}")
    database = Stopping(neo4j)
    await database.connect()
    for attempt in count(1):
        database.left = 2 + attempt  # each begins anew with what nothing is left of
        try:
            record = await story.store.group("g")
            assert record is not None
            await wipe(database, record.version, change(ChangeKind.FORGOTTEN, day(9 + attempt)), 2)
            break
        except Stopped:
            await assert_lawful(story)
    assert attempt > 3
    assert await holders(neo4j, "bob", "ana", "oslo", "rome", "bonn") == []
    await database.close()


async def assert_lawful(story: Story) -> None:
    """Of every key, what is believed is the law over the assertions that are left, as known at any time."""
    contents = await story.store.contents("g")
    told = (await story.store.assertions("g", contents.assertions)).values()
    records = (await story.store.facts("g", contents.facts)).values()
    assert {a for f in records for a in f.assertions} <= {a.uuid for a in told}
    for known in (*EVERY_TIME, LATE):
        living = [a for a in told if a.recorded_at <= known and (a.withdrawn_at is None or known < a.withdrawn_at)]
        pairs = {(a.subject, a.relation) for a in living}
        law = [s for pair in pairs for s in believed([a for a in living if (a.subject, a.relation) == pair])]
        shown = [f for f in records if f.believed_at(known)]
        assert {(s.subject, s.object, s.start, s.end) for s in law} == {
            (f.subject, f.object, f.valid_at, f.end_as_known(known)) for f in shown
        }


async def test_what_graphiti_told_is_forgotten_too_once_it_is_adopted(neo4j: Address) -> None:
    async with moving(neo4j) as move:
        said = await move.peer.hear("g", 1, Says("Quixotic", "LIVES_IN", "Zanzibar", since=0), saga="chat", who="Vermilion")
        await move.peer.hear("g", 2, Says("Ben", "LIKES", "Tea"), Says("Quixotic", "KNOWS", "Ben", since=1), saga="chat")
        async with connected(neo4j) as database:
            await database.change("MATCH (n:Entity {name: 'Ben'}) SET n.summary = 'met Quixotic in Zanzibar' RETURN []")
        await move.adopt()
        await move.memory.forget("g", Target(episode=said))
        assert await holders(neo4j, "zanzibar") == []
        assert {f.text for f in (await move.facts()).values()} == {"Ben likes Tea", "Quixotic knows Ben"}
        assert {edge.fact for edge in await EntityEdge.get_by_group_ids(move.peer.core.driver, ["g"])} == {
            "Ben likes Tea",
            "Quixotic knows Ben",
        }
        ben = next(e for e in await EntityNode.get_by_group_ids(move.peer.core.driver, ["g"]) if e.name == "Ben")
        assert ben.summary == ""
        await move.memory.forget("g", Target(everything=True))
        assert await holders(neo4j, *WORDS, "ben", "tea") == []
