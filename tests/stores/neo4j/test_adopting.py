"""A graph that graphiti-core wrote becomes one of ours, and stays one of its own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from graphiti_core.edges import EntityEdge
from graphiti_core.nodes import EntityNode, EpisodicNode, SagaNode

from graph.errors import Conflict
from graph.export import archived
from graph.gather import gathered
from graph.inputs import MessageInput
from graph.memory import Memory
from graph.model import Embedder, Fact, FactStatus, ReviewKind
from graph.restore import restore
from graph.space import space_of
from graph.stores.embedded import EmbeddedStore
from graph.stores.neo4j import Address, Neo4jStore, adopting
from graph.stores.neo4j.adopting import FACT_PROPERTIES, OF_GRAPHITI, Adopter
from graph.stores.neo4j.database import Database
from graph.stores.neo4j.rows import fact_properties
from graph.time import Precision
from graph.views import EntityFilter, FactFilter, Page
from tests.graph.records import ONTOLOGY
from tests.schema.memories import HashEmbedder, memory_on
from tests.stores.neo4j.opening import connected, opened
from tests.stores.neo4j.peers import Longer, Peer, Says, day, peering

EVER = FactFilter(status=tuple(FactStatus))
ROME, MILAN = Says("Ana", "LIVES_IN", "Rome", since=0), Says("Ana", "LIVES_IN", "Milan", since=3, ends="Ana lives in Rome")
ACME, UNDATED = Says("Ana", "WORKS_AT", "Acme", since=1, until=2), Says("Ben", "LIKES", "Tea")
# All that Graphiti has, whatever is ours beside it.
THEIRS = """CALL () { MATCH (n:Entity|Episodic|Saga) WITH n ORDER BY n.uuid
        RETURN collect([labels(n), n {.*, key: null, type: null, no: null, palimpsest_embedding: null}]) AS nodes }
    CALL () { MATCH (a)-[r:RELATES_TO|MENTIONS|HAS_EPISODE|NEXT_EPISODE]->(b) WITH a, r, b ORDER BY r.uuid
        RETURN collect([type(r), a.uuid, b.uuid, r {.uuid, .group_id, .name, .fact, .episodes, .created_at, .valid_at, .invalid_at,
            .expired_at, .reference_time, .fact_embedding}]) AS facts }
    RETURN [nodes, facts]"""
COUNTS = "MATCH (n) WHERE NOT n:Schema WITH labels(n)[0] AS label, count(*) AS n ORDER BY label RETURN collect([label, n])"
CLONE = """MATCH (n:Entity {name: $name}) WITH n LIMIT 1 CREATE (:Entity {uuid: randomUUID(), name: $as, group_id: n.group_id,
    created_at: n.created_at, summary: n.summary, name_embedding: n.name_embedding}) RETURN []"""
SEQS = "MATCH (c:Change {group_id: $group}) WITH c ORDER BY c.seq RETURN collect(c.seq)"


@dataclass
class Moving:
    """A Graphiti graph that is being taken over."""

    memory: Memory
    store: Neo4jStore
    peer: Peer
    database: Database

    def adopter(self, group: str = "g") -> Adopter:
        return self.store.adopter(group, ONTOLOGY, self.memory.parts.clock)

    async def adopt(self, group: str = "g") -> None:
        await self.adopter(group).adopt(HashEmbedder())

    async def facts(self, group: str = "g", **at: Any) -> dict[str, Fact]:
        graph = await self.memory.graph(group, **at)
        return {f.text: f for f in (await graph.facts(EVER, "OLDEST", Page(100))).items}

    async def holding(self, group: str = "g", **at: Any) -> set[str]:
        graph = await self.memory.graph(group, **at)
        return {f.text for f in (await graph.facts(FactFilter(status=(FactStatus.HOLDS,)), "OLDEST", Page(100))).items}

    async def ask(self, question: str, group: str = "g") -> str:
        return (await (await self.memory.graph(group)).context(question)).text


@asynccontextmanager
async def moving(address: Address, embedder: Embedder | None = None) -> AsyncIterator[Moving]:
    async with opened(address) as store, peering(address, embedder) as peer, connected(address) as database:
        yield Moving(memory_on(store), store, peer, database)


async def story(peer: Peer, group: str = "g") -> None:
    """A conversation, and a message in none."""
    await peer.hear(group, 1, ROME, ACME, saga="chat")
    await peer.hear(group, 3, MILAN, saga="chat")
    await peer.hear(group, 4, UNDATED, who="Ben")


async def learn(memory: Memory, content: str) -> None:
    added = await memory.add_messages("g", "new", [MessageInput("user", content, name="Ana", said_at=day(9))])
    await memory.finished("g", added.work.uuid)


@pytest.fixture
async def move(neo4j: Address) -> AsyncIterator[Moving]:
    async with moving(neo4j) as found:
        await story(found.peer)
        yield found


async def test_what_graphiti_believed_is_believed(move: Moving) -> None:
    assert await move.facts() == {}
    await move.adopt()
    facts = await move.facts()
    spans = {text: (f.relation, f.valid_at, f.invalid_at) for text, f in facts.items()}
    edges = {e.fact: e for e in await EntityEdge.get_by_group_ids(move.peer.core.driver, ["g"])}
    assert spans == {
        "Ana lives in Rome": ("lives_in", day(0), day(3)),
        "Ana works at Acme": ("works_at", day(1), day(2)),
        "Ana lives in Milan": ("lives_in", day(3), None),
        "Ben likes Tea": ("likes", day(4), None),
    }
    assert {text: (f.uuid, f.created_at) for text, f in facts.items()} == {text: (e.uuid, e.created_at) for text, e in edges.items()}
    assert await move.holding() == {"Ana lives in Milan", "Ben likes Tea"}
    assert await move.holding(valid=day(1.5)) == {"Ana lives in Rome", "Ana works at Acme"}


async def test_what_graphiti_knew_then_is_known_then(move: Moving) -> None:
    await move.adopt()
    rome = (await move.facts())["Ana lives in Rome"]
    assert rome.expired_at is not None
    assert await move.holding(valid=day(5), known=rome.created_at) == {"Ana lives in Rome"}
    assert "Ana lives in Rome" not in await move.holding(valid=day(5), known=rome.expired_at)


async def test_a_question_is_answered_with_it_and_where_it_was_said(move: Moving) -> None:
    await move.adopt()
    assert "Ana lives in Milan" in await move.ask("Where does Ana live?")
    graph = await move.memory.graph("g")
    facts = list((await move.facts()).values())
    sources = await graph.load_sources(facts)
    episodes = await graph.load_episodes([a.episode for said in sources.values() for a in said if a.episode])
    said_by = {f.text: [(a.actor, episodes[a.episode or ""].name) for a in sources[f.uuid]] for f in facts}
    assert said_by == {text: [("graphiti", "Ben" if "Ben" in text else "Ana")] for text in said_by}
    drawn = await graph.load_episode_facts(list(episodes))
    assert {f.text for of_one in drawn.values() for f in of_one} == said_by.keys()


async def test_its_conversations_entities_and_mentions_are_ours(move: Moving) -> None:
    await move.adopt()
    graph = await move.memory.graph("g")
    (session,) = (await graph.sessions(Page(9))).items
    episodes = (await graph.episodes(None, Page(9))).items
    assert [(e.session, e.role, e.name, e.instant) for e in episodes] == [
        ("chat", "user", "Ana", day(1)),
        ("chat", "user", "Ana", day(3)),
        (None, "user", "Ben", day(4)),
    ]
    assert (session.name, session.started_at, session.last_at) == ("chat", day(1), day(3))
    ana = await graph.entity_named("Ana")
    assert ana is not None
    assert ana.type == "Thing"
    assert [f.text for f in (await graph.timeline(ana.uuid, None, Page(9))).items] == [
        "Ana lives in Rome",
        "Ana works at Acme",
        "Ana lives in Milan",
    ]
    assert [e.instant for e in (await graph.mentions(ana.uuid, Page(9))).items] == [day(3), day(1)]
    assert (await graph.counts()).episodes == 3


async def test_no_value_of_graphiti_s_is_changed(move: Moving) -> None:
    before = await move.database.read(THEIRS)
    await move.adopt()
    assert await move.database.read(THEIRS) == before


async def test_graphiti_goes_on_as_before(move: Moving) -> None:
    await move.adopt()
    driver = move.peer.core.driver
    found = await move.peer.core.search("Where does Ana live?", group_ids=["g"])
    assert {"Ana lives in Rome", "Ana lives in Milan"} <= {edge.fact for edge in found}
    assert {n.name for n in await EntityNode.get_by_group_ids(driver, ["g"])} == {"Ana", "Ben", "Rome", "Milan", "Acme", "Tea"}
    assert len(await EpisodicNode.get_by_group_ids(driver, ["g"])) == 3
    assert [s.name for s in await SagaNode.get_by_group_ids(driver, ["g"])] == ["chat"]
    await move.peer.hear("g", 6, Says("Ben", "LIVES_IN", "Oslo", since=6), saga="chat")
    assert "Ben lives in Oslo" in {edge.fact for edge in await move.peer.core.search("Who lives in Oslo?", group_ids=["g"])}


async def test_again_changes_nothing(move: Moving) -> None:
    await move.adopt()
    before = await move.database.read(COUNTS), await move.facts(), await move.memory.parts.store.group("g")
    assert (await move.adopter().survey()).is_done
    await move.adopt()
    assert (await move.database.read(COUNTS), await move.facts(), await move.memory.parts.store.group("g")) == before


async def test_looking_changes_nothing(move: Moving) -> None:
    before = await move.database.read(COUNTS), await move.database.read(THEIRS)
    survey = await move.adopter().survey()
    assert (survey.episodes, survey.entities, survey.facts, survey.mentions) == (3, 6, 4, 7)
    assert (survey.lengths, survey.own_vectors, survey.obstacles) == ((256,), False, ())
    assert (await move.database.read(COUNTS), await move.database.read(THEIRS)) == before


async def test_what_graphiti_wrote_since_is_added_by_another_run(move: Moving) -> None:
    await move.adopt()
    await move.peer.hear("g", 6, Says("Ben", "LIVES_IN", "Oslo", since=6), saga="chat")
    assert "Ben lives in Oslo" not in await move.facts()
    await move.adopt()
    assert "Ben lives in Oslo" in await move.facts()
    graph = await move.memory.graph("g")
    assert [e.instant for e in (await graph.episodes("chat", Page(9))).items] == [day(1), day(3), day(6)]
    seqs = await move.database.read(SEQS, group="g")
    assert [*map(int, map(str, seqs))] == list(range(1, len(seqs) + 1))


async def test_a_fact_that_graphiti_wrote_anew_is_ours_again(move: Moving) -> None:
    """Where it takes a message to repeat a fact it drops whatever else the fact has."""
    await move.adopt()
    before = (await move.facts())["Ana lives in Milan"]
    await move.peer.hear("g", 6, replace(MILAN, relation="RESIDES_IN", again="Ana lives in Milan", ends=None))
    assert "Ana lives in Milan" not in await move.facts()
    await move.adopt()
    after = (await move.facts())["Ana lives in Milan"]
    assert len(after.episodes) == 2
    assert replace(after, episodes=before.episodes) == before


async def test_it_goes_on_where_it_was_interrupted(move: Moving, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adopting, "BATCH", 1)

    class Enough(Exception):
        pass

    for most in (1, 3, 6, 8):
        steps: list[str] = []

        def count(what: str, done: int, total: int, steps: list[str] = steps, most: int = most) -> None:
            steps.append(what)
            if len(steps) > most:
                raise Enough

        with pytest.raises(Enough):
            await move.adopter().adopt(HashEmbedder(), count)
    await move.adopt()
    assert len(await move.facts()) == 4
    assert "Ana lives in Milan" in await move.ask("Where does Ana live?")
    seqs = await move.database.read(SEQS, group="g")
    assert [*map(int, map(str, seqs))] == list(range(1, 6 + 4 + 1))


async def test_two_at_once_adopt_it_once(move: Moving) -> None:
    await asyncio.gather(move.adopt(), move.adopt())
    assert len(await move.facts()) == 4
    graph = await move.memory.graph("g")
    assert len((await graph.entities(EntityFilter(), "NAME", Page(50))).items) == 6
    assert (await graph.counts()).episodes == 3


async def test_duplicates_are_asked_about(move: Moving) -> None:
    for name in ("Ana", "ANA"):
        await move.database.change(CLONE, name="Ana", **{"as": name})
    (shared,) = (await move.adopter().survey()).duplicates
    assert shared.lower() == "ana (thing)"
    await move.adopt()
    graph = await move.memory.graph("g")
    reviews = (await graph.reviews(ReviewKind.DUPLICATE, Page(9))).items
    namesakes = [e for e in (await graph.entities(EntityFilter(), "NAME", Page(50))).items if e.name.lower() == "ana"]
    assert sorted(e.key or "" for e in namesakes) == ["", "", "ana|Thing"]
    (keeper,) = (e.uuid for e in namesakes if e.key)
    assert sorted(r.entities for r in reviews) == sorted((keeper, e.uuid) for e in namesakes if not e.key)


async def test_vectors_of_another_length_stay_and_ours_stand_beside_them(neo4j: Address) -> None:
    async with moving(neo4j, Longer()) as move:
        await story(move.peer)
        survey = await move.adopter().survey()
        assert (survey.lengths, survey.own_vectors) == ((1024,), True)
        before = await move.database.read(THEIRS)
        await move.adopt()
        assert await move.database.read(THEIRS) == before
        facts = await move.facts()
        vectors = await move.store.vectors("g", "FACT", [f.uuid for f in facts.values()])
        assert {len(vector) for vector in vectors.values()} == {256}
        hits = await (await move.memory.graph("g")).search("tea likes Ben", ("FACT",), 1)
        assert [hit.highlight for hit in hits] == ["Ben likes Tea"]
        assert "Ana lives in Milan" in await move.ask("Where does Ana live?")
        await learn(move.memory, "Ana works at Bolt.")
        (hit,) = await (await move.memory.graph("g")).search("works at Bolt", ("FACT",), 1)
        assert hit.highlight == "Ana works at Bolt."
        found = await move.peer.core.search("Where does Ana live?", group_ids=["g"])
        assert "Ana lives in Milan" in {edge.fact for edge in found}


async def test_the_group_without_a_name(neo4j: Address) -> None:
    async with moving(neo4j) as move:
        await story(move.peer, "")
        await move.adopt("")
        assert "Ana lives in Milan" in await move.ask("Where does Ana live?", "")
        assert await move.facts() == {}


async def test_other_groups_are_left_alone(move: Moving) -> None:
    await story(move.peer, "other")
    await move.adopt()
    assert await move.facts("other") == {}
    assert not (await move.adopter("other").survey()).is_done


async def test_attributes_of_a_fact_are_kept(move: Moving) -> None:
    tag = "MATCH ()-[r:RELATES_TO {fact: 'Ben likes Tea'}]->() SET r.strength = 3, r.tags = ['a'] RETURN []"
    await move.database.change(tag)
    await move.adopt()
    assert (await move.facts())["Ben likes Tea"].attributes == {"strength": 3, "tags": ["a"]}


async def test_properties_that_we_would_write_over_are_in_the_way(move: Moving) -> None:
    await move.database.change("MATCH ()-[r:RELATES_TO {fact: 'Ben likes Tea'}]->() SET r.confidence = 'low' RETURN []")
    before = await move.database.read(COUNTS)
    (obstacle,) = (await move.adopter().survey()).obstacles
    assert "'confidence'" in obstacle
    with pytest.raises(Conflict, match="confidence"):
        await move.adopt()
    assert await move.database.read(COUNTS) == before


def test_what_we_write_beside_a_fact_is_what_we_look_for() -> None:
    fact = Fact("f", "g", "k", "s", "r", "o", "t", day(0), Precision.DAY, day(0))
    assert set(FACT_PROPERTIES) == (fact_properties(fact, "t").keys() - set(OF_GRAPHITI)) | {"no", "changes", "palimpsest_embedding"}


async def test_learning_goes_on_from_what_was_adopted(move: Moving) -> None:
    await move.adopt()
    await learn(move.memory, "Ana lives in Oslo.")
    assert await move.holding(valid=day(10)) == {"Ana lives in Oslo.", "Ben likes Tea"}
    assert (await move.facts())["Ana lives in Milan"].invalid_at == day(9)


async def test_an_adopted_group_can_be_moved_to_another_store(move: Moving, tmp_path: Path) -> None:
    await move.adopt()
    lines = [line async for line in archived(move.store, "g")]
    moved = EmbeddedStore(tmp_path / "moved.db")
    await moved.open()
    await restore(moved, gathered(lines, None, space_of(HashEmbedder())))
    graph = await memory_on(moved).graph("g")
    assert {f.text: f for f in (await graph.facts(EVER, "OLDEST", Page(100))).items} == await move.facts()
    await moved.close()
