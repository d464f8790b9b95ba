"""graphiti-core reads what we wrote, and writes beside it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import pairwise

import pytest
from graphiti_core.edges import EntityEdge, EpisodicEdge, HasEpisodeEdge, NextEpisodeEdge
from graphiti_core.errors import EdgeNotFoundError
from graphiti_core.nodes import EntityNode, EpisodicNode, SagaNode

from graph.inputs import MessageInput
from graph.memory import Memory
from graph.model import Fact, FactStatus
from graph.stores.neo4j import Address
from graph.views import FactFilter, Page
from tests.schema.memories import memory_on
from tests.stores.neo4j.opening import connected, opened
from tests.stores.neo4j.peers import Peer, Says, day, peering

LINES = ("Ana lives in Rome. Ana works at Acme.", "Ben lives in Oslo.", "Ana lives in Milan.")
EVER = FactFilter(status=tuple(FactStatus))
COUNTED = "MATCH (n:Episodic {group_id: 'g'}) RETURN [count(n)]"


@dataclass
class Story:
    """A group that Ana told a Memory of, with graphiti-core on the same database."""

    memory: Memory
    peer: Peer
    address: Address

    async def facts(self) -> dict[str, Fact]:
        """All that was ever believed, as we read it, by its words."""
        graph = await self.memory.graph("g")
        return {f.text: f for f in (await graph.facts(EVER, "OLDEST", Page(100))).items}

    async def state(self) -> list[object]:
        """What our reads answer."""
        graph = await self.memory.graph("g")
        entities = [e for name in ("Ana", "Ben") if (e := await graph.entity_named(name))]
        timelines = [(await graph.timeline(e.uuid, None, Page(50))).items for e in entities]
        episodes = (await graph.episodes("chat", Page(50))).items
        context = await graph.context("Where does Ana live?")
        return [await self.facts(), entities, timelines, episodes, context.text]


@asynccontextmanager
async def told(address: Address) -> AsyncIterator[Story]:
    async with opened(address) as store, peering(address) as peer:
        memory = memory_on(store)
        said = [MessageInput("user", line, name="Ana", said_at=day(n)) for n, line in enumerate(LINES)]
        added = await memory.add_messages("g", "chat", said)
        await memory.finished("g", added.work.uuid)
        yield Story(memory, peer, address)


@pytest.fixture
async def story(neo4j: Address) -> AsyncIterator[Story]:
    async with told(neo4j) as found:
        yield found


async def test_its_search_finds_our_facts_by_words_and_by_meaning(story: Story) -> None:
    found = await story.peer.core.search("Who lives in Oslo?", group_ids=["g"])
    assert found[0].fact == "Ben lives in Oslo."
    edge = await EntityEdge.get_by_uuid(story.peer.core.driver, found[0].uuid)
    await edge.load_fact_embedding(story.peer.core.driver)
    (ours,) = await story.memory.parts.embedder.embed(["Ben lives in Oslo."])
    assert edge.fact_embedding == pytest.approx(ours.tolist(), abs=1e-6)


async def test_it_reads_our_facts_through_its_own_model(story: Story) -> None:
    driver = story.peer.core.driver
    facts = await story.facts()
    edges = {edge.fact: edge for edge in await EntityEdge.get_by_group_ids(driver, ["g"])}
    assert edges.keys() == facts.keys()
    for text, fact in facts.items():
        edge = edges[text]
        assert (edge.uuid, edge.name, edge.source_node_uuid, edge.target_node_uuid) == (fact.uuid, fact.relation, fact.subject, fact.object)
        assert (edge.valid_at, edge.invalid_at, edge.created_at) == (fact.valid_at, fact.invalid_at, fact.created_at)
        assert edge.episodes == list(fact.episodes)
    rome = edges["Ana lives in Rome."]
    assert rome.invalid_at == day(2)
    assert rome.expired_at is not None
    assert edges["Ana lives in Milan."].expired_at is None


async def test_it_reads_our_entities_with_their_types_as_labels(story: Story) -> None:
    nodes = {node.name: node for node in await EntityNode.get_by_group_ids(story.peer.core.driver, ["g"])}
    assert {name: sorted(node.labels) for name, node in nodes.items()} == {
        "Acme": ["Entity", "Organization"],
        "Ana": ["Entity", "Person"],
        "Ben": ["Entity", "Person"],
        "Milan": ["City", "Entity"],
        "Oslo": ["City", "Entity"],
        "Rome": ["City", "Entity"],
    }
    ana = await EntityNode.get_by_uuid(story.peer.core.driver, nodes["Ana"].uuid)
    await ana.load_name_embedding(story.peer.core.driver)
    assert len(ana.name_embedding or ()) == 256
    assert ana.summary == ""


async def test_it_reads_our_sessions_as_sagas_and_our_messages_as_their_episodes(story: Story) -> None:
    driver = story.peer.core.driver
    (saga,) = await SagaNode.get_by_group_ids(driver, ["g"])
    episodes = await story.peer.core.retrieve_episodes(day(9), last_n=9, group_ids=["g"], saga="chat")
    assert saga.name == "chat"
    assert [e.content for e in episodes] == list(LINES)
    assert [e.valid_at for e in episodes] == [day(0), day(1), day(2)]
    assert {(e.source.value, e.source_description, e.name) for e in episodes} == {("message", "user: Ana", "Ana")}
    assert (saga.first_episode_uuid, saga.last_episode_uuid) == (episodes[0].uuid, episodes[-1].uuid)
    uuids = [e.uuid for e in episodes]
    has = await HasEpisodeEdge.get_by_group_ids(driver, ["g"])
    follows = await NextEpisodeEdge.get_by_group_ids(driver, ["g"])
    assert sorted((e.source_node_uuid, e.target_node_uuid) for e in has) == sorted((saga.uuid, uuid) for uuid in uuids)
    assert {(e.source_node_uuid, e.target_node_uuid) for e in follows} == set(pairwise(uuids))


async def test_an_episode_of_ours_names_its_facts_and_entities(story: Story) -> None:
    driver = story.peer.core.driver
    facts = await story.facts()
    episodes = {e.content: e for e in await EpisodicNode.get_by_group_ids(driver, ["g"])}
    assert set(episodes[LINES[0]].entity_edges) == {facts["Ana lives in Rome."].uuid, facts["Ana works at Acme."].uuid}
    assert episodes[LINES[2]].entity_edges == [facts["Ana lives in Milan."].uuid]
    mentions = await EpisodicEdge.get_by_group_ids(driver, ["g"])
    names = {node.uuid: node.name for node in await EntityNode.get_by_group_ids(driver, ["g"])}
    mentioned = {names[e.target_node_uuid] for e in mentions if e.source_node_uuid == episodes[LINES[0]].uuid}
    assert mentioned == {"Ana", "Rome", "Acme"}
    assert {n.name for n in (await story.peer.core.get_nodes_and_edges_by_episode([episodes[LINES[1]].uuid])).nodes} >= {"Ben", "Oslo"}


async def test_it_does_not_meet_what_was_retracted(story: Story) -> None:
    acme = (await story.facts())["Ana works at Acme."]
    await story.memory.correct_fact("g", acme.uuid, "it never was")
    with pytest.raises(EdgeNotFoundError):
        await EntityEdge.get_by_uuid(story.peer.core.driver, acme.uuid)
    found = await story.peer.core.search("Who works at Acme?", group_ids=["g"])
    assert acme.uuid not in {edge.uuid for edge in found}


async def test_what_it_saves_again_reads_to_us_as_before(story: Story) -> None:
    driver = story.peer.core.driver
    before = await story.state()
    for edge in await EntityEdge.get_by_group_ids(driver, ["g"]):
        await edge.load_fact_embedding(driver)
        await edge.save(driver)
    for node in await EntityNode.get_by_group_ids(driver, ["g"]):
        await node.load_name_embedding(driver)
        await node.save(driver)
    for episode in await EpisodicNode.get_by_group_ids(driver, ["g"]):
        await episode.save(driver)
    for saga in await SagaNode.get_by_group_ids(driver, ["g"]):
        await saga.save(driver)
    assert await story.state() == before


async def test_what_it_adds_to_a_group_of_ours_leaves_what_we_read_as_it_was(story: Story) -> None:
    before = await story.state()
    await story.peer.hear("g", 5, Says("Cleo", "LIVES_IN", "Bonn", since=5), Says("Ana", "KNOWS", "Cleo", since=5), saga="chat")
    async with connected(story.address) as database:
        assert str((await database.read(COUNTED))[0]) == str(len(LINES) + 1)
    assert await story.state() == before
    assert {edge.fact for edge in await story.peer.core.search("Who lives in Bonn?", group_ids=["g"])} >= {"Cleo lives in Bonn"}


async def test_we_go_on_in_a_session_to_which_it_added(story: Story) -> None:
    await story.peer.hear("g", 5, Says("Cleo", "LIVES_IN", "Bonn", since=5), saga="chat")
    added = await story.memory.add_messages("g", "chat", [MessageInput("user", "Ben works at Acme.", name="Ana", said_at=day(6))])
    await story.memory.finished("g", added.work.uuid)
    assert "Ben works at Acme." in await story.facts()
    episodes = await story.peer.core.retrieve_episodes(day(9), last_n=9, group_ids=["g"], saga="chat")
    assert [e.valid_at for e in episodes] == [day(0), day(1), day(2), day(5), day(6)]
