"""A Delta on Neo4j: what Graphiti sees of it, and what writers of one group do to each other."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any, LiteralString

import numpy as np
import pytest
from neo4j.time import DateTime

from graph.delta import Delta, Vectors
from graph.errors import BadInput, Conflict, StaleVersion
from graph.model import ChangeKind, Review, ReviewKind
from graph.stores.neo4j import Neo4jStore
from graph.stores.neo4j.address import Address
from graph.time import Precision
from tests.stores.builders import Writer, assertion, change, closing, day, entity, fact, retraction, unit, uuids, vector
from tests.stores.neo4j.races import at_once, rows, stores

LOCK_GROUP = "MATCH (g:Group) SET g.held = true"
ENTITY = "MATCH (n:Entity {uuid: $uuid}) RETURN labels(n), properties(n)"
EDGE = "MATCH (s:Entity)-[r]->(o:Entity) WHERE r.uuid = $uuid RETURN type(r), s.uuid, o.uuid, properties(r)"
EPISODE = "MATCH (e:Episodic {uuid: $uuid}) RETURN e.entity_edges"
WRITERS = 8


@pytest.fixture
async def store(neo4j: Address) -> AsyncIterator[Neo4jStore]:
    opened = Neo4jStore(neo4j)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
def writer(store: Neo4jStore) -> Writer:
    return Writer(store, "g")


async def one(address: Address, statement: LiteralString, uuid: str) -> list[Any]:
    (row,) = await rows(address, statement, uuid=uuid)
    return row


def temporal(at: float) -> DateTime:
    return DateTime.from_native(day(at))


def near(stored: Sequence[float], given: Any) -> bool:
    return all(isinstance(number, float) for number in stored) and bool(np.array_equal(np.array(stored, np.float32), given))


# Graphiti's face


async def test_an_entity_shows_graphiti_how_it_reads_now(neo4j: Address, writer: Writer) -> None:
    made = entity("u", day(1), name="User", summary="someone", key="user|Person")
    await writer.apply(1, entities=[made], vectors=Vectors(entities={"u": vector(1)}))
    labels, face = await one(neo4j, ENTITY, "u")
    assert sorted(labels) == ["Entity", "Person"]
    assert {name: face[name] for name in ("uuid", "name", "group_id", "created_at", "summary", "key", "type")} == {
        "uuid": "u",
        "name": "User",
        "group_id": "g",
        "created_at": temporal(1),
        "summary": "someone",
        "key": "user|Person",
        "type": "Person",
    }
    assert near(face["name_embedding"], vector(1))
    revised = replace(made, name="Acme", type="Company", key=None, summary=None, recorded_at=day(2))
    await writer.apply(2, revised=[revised], vectors=Vectors(entities={"u": vector(0, 1)}))
    labels, face = await one(neo4j, ENTITY, "u")
    assert sorted(labels) == ["Company", "Entity"]
    assert (face["name"], face["summary"], face["created_at"], "key" in face) == ("Acme", "", temporal(1), False)
    assert near(face["name_embedding"], vector(0, 1))


@pytest.mark.parametrize("type", ["Group", "Episodic", "Entity", "Straße", "two words", "a`b", "1st"])
async def test_a_type_that_is_no_label_stays_a_property(neo4j: Address, writer: Writer, type: str) -> None:
    await writer.apply(1, entities=[entity("u", day(1), type=type)])
    labels, face = await one(neo4j, ENTITY, "u")
    assert (labels, face["type"]) == (["Entity"], type)
    await writer.apply(2, revised=[entity("u", day(1), type="Person")])
    await writer.apply(3, revised=[entity("u", day(1), type=type)])
    assert (await one(neo4j, ENTITY, "u"))[0] == ["Entity"]


async def test_a_fact_is_an_edge_with_temporals_and_lists(neo4j: Address, writer: Writer) -> None:
    await writer.people(1, "anna", "rome")
    told = replace(fact("f", "anna", "lives_in", "rome", day(2), valid_at=day(1.5)), episodes=("e1", "e2"))
    await writer.apply(2, facts=[told], vectors=Vectors(facts={"f": vector(3, 4)}))
    type, subject, object, edge = await one(neo4j, EDGE, "f")
    assert (type, subject, object) == ("RELATES_TO", "anna", "rome")
    assert {name: edge[name] for name in ("uuid", "group_id", "name", "fact", "episodes", "created_at", "valid_at", "reference_time")} == {
        "uuid": "f",
        "group_id": "g",
        "name": "lives_in",
        "fact": "Anna lives in Rome",
        "episodes": ["e1", "e2"],
        "created_at": temporal(2),
        "valid_at": temporal(1.5),
        "reference_time": temporal(1.5),
    }
    assert "invalid_at" not in edge and "expired_at" not in edge
    assert near(edge["fact_embedding"], vector(3, 4))
    await writer.apply(9, closings=[closing("f", day(5))])
    _, _, _, edge = await one(neo4j, EDGE, "f")
    assert (edge["invalid_at"], edge["expired_at"], edge["end_precision"]) == (temporal(5), temporal(9), Precision.DAY.value)


async def test_a_retracted_fact_is_the_same_edge_under_another_type(neo4j: Address, writer: Writer) -> None:
    await writer.people(1, "anna", "rome")
    added = change(ChangeKind.FACT_ADDED, day(2), facts=("f",))
    drawn = fact("f", "anna", "lives_in", "rome", day(2))
    await writer.apply(2, facts=[drawn], changes=[added], vectors=Vectors(facts={"f": vector(1)}))
    _, _, _, before = await one(neo4j, EDGE, "f")
    gone = change(ChangeKind.FACT_RETRACTED, day(3), facts=("f", "f"))
    await writer.apply(3, retractions=[retraction("f", "other")], changes=[gone])
    type, subject, object, after = await one(neo4j, EDGE, "f")
    assert (type, subject, object) == ("RETRACTED", "anna", "rome")
    assert {name for name in after if after[name] != before.get(name)} == {"retracted_from", "replaced_by", "changes"}
    assert (after["replaced_by"], after["changes"]) == ("other", [added.uuid, gone.uuid])


async def test_episodes_name_the_facts_drawn_from_them(neo4j: Address, writer: Writer) -> None:
    await writer.people(1, "anna", "rome")
    first, second = uuids((await writer.keep("a", "b", at=1)).episodes)
    told = [assertion(f"a{n}", "anna", "lives_in", "rome", day(2), episode=e) for n, e in enumerate((first, second))]
    drawn = [replace(fact(f, "anna", f, "rome", day(2)), assertions=("a0",), episodes=(first,)) for f in ("f", "g")]
    await writer.apply(2, assertions=told[:1], facts=drawn)
    assert await one(neo4j, EPISODE, first) == [["f", "g"]]
    await writer.apply(3, assertions=told[1:], supports=[("f", "a1"), ("f", "a0")])
    assert await one(neo4j, EPISODE, first) == [["f", "g"]]
    assert await one(neo4j, EPISODE, second) == [["f"]]
    assert (await one(neo4j, EDGE, "f"))[3]["episodes"] == [first, second]


async def test_an_episode_mentions_an_entity_once(neo4j: Address, writer: Writer) -> None:
    await writer.people(1, "anna")
    (said,) = uuids((await writer.keep("Anna", at=1)).episodes)
    await writer.apply(2, mentions=[(said, "anna"), (said, "anna")])
    await writer.apply(3, mentions=[(said, "anna")])
    found = await rows(neo4j, "MATCH (e:Episodic)-[r:MENTIONS]->(n:Entity) RETURN e.uuid, n.uuid, properties(r)")
    ((episode, mentioned, edge),) = found
    assert (episode, mentioned, edge["group_id"], edge["created_at"]) == (said, "anna", "g", temporal(2))
    assert {"uuid", "instant", "recorded_at", "no"} <= set(edge)


# vectors


async def test_a_group_with_vectors_of_its_own_keeps_them(neo4j: Address, writer: Writer) -> None:
    await writer.people(1, "anna", "rome")
    theirs = "MATCH (g:Group {name: 'g'}) MATCH (n:Entity {uuid: 'anna'}) SET g.own_vectors = true, n.name_embedding = [0.5, 0.5]"
    await rows(neo4j, theirs)
    new = entity("ben", day(2))
    ours = Vectors(entities={"anna": vector(1), "ben": vector(2, 1)}, facts={"f": vector(0, 1)})
    await writer.apply(2, entities=[new], facts=[fact("f", "anna", "lives_in", "rome", day(2))], vectors=ours)
    _, anna = await one(neo4j, ENTITY, "anna")
    _, ben = await one(neo4j, ENTITY, "ben")
    _, _, _, edge = await one(neo4j, EDGE, "f")
    assert (anna["name_embedding"], "name_embedding" in ben, "fact_embedding" in edge) == ([0.5, 0.5], False, False)
    assert near(anna["palimpsest_embedding"], vector(1))
    assert near(ben["palimpsest_embedding"], vector(2, 1))
    assert near(edge["palimpsest_embedding"], vector(0, 1))


async def test_what_is_embedded_again_later_has_its_last_vector(neo4j: Address, writer: Writer) -> None:
    await writer.people(1, "anna")
    await writer.apply(2, facts=[fact("f", "anna", "knows", "anna", day(2))], vectors=Vectors(facts={"f": vector(1)}))
    await writer.apply(3, vectors=Vectors(facts={"f": vector(0, 1)}))
    assert near((await one(neo4j, EDGE, "f"))[3]["fact_embedding"], vector(0, 1))


async def test_a_vector_of_another_length_is_refused(neo4j: Address, store: Neo4jStore, writer: Writer) -> None:
    await writer.people(1, "anna")
    with pytest.raises(BadInput, match="has 3 numbers, and this database's have 256"):
        await writer.apply(2, entities=[entity("ben", day(2))], vectors=Vectors(entities={"ben": unit((1, 2, 3))}))
    assert await rows(neo4j, "MATCH (n:Entity) RETURN n.uuid") == [["anna"]]


# writers of one group


async def test_of_writers_at_once_one_wins_a_version(neo4j: Address, writer: Writer) -> None:
    await writer.people(1, "anna")
    given = [Delta("g", 1, f"op{n}", day(2), entities=[entity(f"ben{n}", day(2), key="ben|Person")]) for n in range(WRITERS)]
    async with stores(neo4j, WRITERS) as writing:
        answers = await at_once(neo4j, LOCK_GROUP, *(s.apply(delta) for s, delta in zip(writing, given, strict=True)))
    assert sum(isinstance(answer, StaleVersion) for answer in answers) == WRITERS - 1
    assert answers.count(()) == 1
    assert await rows(neo4j, "MATCH (g:Group) RETURN g.name, g.version") == [["g", 2]]
    assert len(await rows(neo4j, "MATCH (n:Entity) RETURN n")) == 2


async def test_writers_that_make_a_group_at_once_make_one(neo4j: Address) -> None:
    given = [Delta("new", 0, f"op{n}", day(1), entities=[entity(f"ben{n}", day(1))]) for n in range(WRITERS)]
    async with stores(neo4j, WRITERS) as writing:
        answers = await asyncio.gather(*(s.apply(d) for s, d in zip(writing, given, strict=True)), return_exceptions=True)
    assert sum(isinstance(answer, StaleVersion) for answer in answers) == WRITERS - 1
    assert await rows(neo4j, "MATCH (g:Group) RETURN g.name, g.version") == [["new", 1]]


async def test_all_writers_get_through_when_they_compute_again(neo4j: Address) -> None:
    """Episodes kept in between lock the group too; nothing is numbered twice, and no deadlock reaches a caller."""
    rounds = 3

    async def learn(store: Neo4jStore, name: str) -> None:
        own = Writer(store, "g")
        for turn in range(rounds):
            kept = await own.keep(f"{name} {turn}", session=name)
            await until_applied(own, kept.episodes[0].uuid, f"{name}{turn}")

    async with stores(neo4j, WRITERS) as writing:
        await asyncio.gather(*(learn(store, f"w{n}") for n, store in enumerate(writing)))
    operations = WRITERS * rounds
    ((version, seq, last),) = await rows(neo4j, "MATCH (g:Group {name: 'g'}) RETURN g.version, g.seq, g.no")
    assert (version, seq) == (operations, operations)
    assert await rows(neo4j, "MATCH (c:Change) RETURN c.seq ORDER BY c.seq") == [[n] for n in range(1, operations + 1)]
    numbers = [
        no for (no,) in await rows(neo4j, "MATCH (n:Entity|Message|Session|Work) RETURN n.no UNION ALL MATCH ()-[n]->() RETURN n.no")
    ]
    known = [no for no in numbers if no is not None]
    assert len(set(known)) == len(known)
    assert max(known) <= last


async def until_applied(writer: Writer, episode: str, name: str) -> None:
    """An operation with an entity of its own and one that all share, tried again for as long as another is faster."""
    while True:
        found = await writer.store.group("g")
        assert found is not None
        at = found.version + 1
        told = [assertion(name, name, "knows", name, day(at), episode=episode)]
        drawn = [replace(fact(f"f{name}", name, "knows", name, day(at)), assertions=(name,), episodes=(episode,))]
        added = [change(ChangeKind.FACT_ADDED, day(at), facts=(f"f{name}",))]
        made = [entity(name, day(at))]
        delta = Delta("g", found.version, name, day(at), made, (), told, (), drawn, mentions=[(episode, name)], changes=added)
        try:
            await writer.store.apply(delta)
        except StaleVersion:
            continue
        return


async def test_a_key_of_another_entity_is_a_conflict(store: Neo4jStore, writer: Writer) -> None:
    await writer.people(1, "anna", "ben")
    with pytest.raises(Conflict):
        await writer.apply(2, revised=[entity("ben", day(1), key="person:anna")])
    assert (await writer.apply(2, revised=[entity("ben", day(1), name="Benjamin")])) == ()


async def test_a_review_asks_of_its_own_group_only(neo4j: Address, store: Neo4jStore, writer: Writer) -> None:
    await writer.apply(1, entities=[entity("anna", day(1))])
    other = replace(entity("ben", day(1)), group="other")
    both = ("anna", "ben")
    review = Review("r", "other", ReviewKind.DUPLICATE, "why", day(1), entities=both)
    await Writer(store, "other").apply(1, entities=[other], reviews=[review])
    found = await rows(neo4j, "MATCH (:Review)-[a:ASKS]->(n:Entity) RETURN n.uuid, n.group_id, a.open")
    assert found == [["ben", "other", True]]
