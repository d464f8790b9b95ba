"""Vectors of another embedder: the old ones answer until all are staged, then the new ones do, and no others are left."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest

from graph.errors import Conflict, NotFound, StaleVersion
from graph.inputs import EntityInput, FactInput, Target
from graph.memory import Memory
from graph.model import Space, Vector
from graph.space import space_of
from graph.stores.base import Store, Wanted
from graph.stores.embedded import EmbeddedStore
from graph.stores.hashes import REMEMBERED, hash_of
from graph.stores.neo4j import Neo4jStore
from tests.schema.memories import HashEmbedder, memory_on
from tests.stores.builders import DIMENSION, NOW, Writer, closing, day, entity, fact, retraction, unit, vector, vectors


@dataclass
class Remote(HashEmbedder):
    remote: bool = True


OLD, NEW = Space("wordllama-l2-supercat-256", DIMENSION), Space("other", 3)
KINDS = ("ENTITY", "FACT", "EPISODE")


@pytest.fixture
async def others(store: Store) -> AsyncIterator[Store]:
    """The same store as a service with the new embedder has it."""
    if isinstance(store, Neo4jStore):
        opened = Neo4jStore(store.address, space=NEW)
        await opened.open()
        yield opened
        await opened.close()
    else:
        yield store


async def told(writer: Writer) -> dict[str, list[str]]:
    """Anna and Rome, two facts of which one is retracted, one episode; all with vectors of the old embedder."""
    kept = await writer.keep("Anna lives in Rome")
    (episode,) = (e.uuid for e in kept.episodes)
    people = [entity("anna", day(1)), entity("rome", day(1), type="City")]
    facts = [fact("f1", "anna", "lives_in", "rome", day(1)), fact("f2", "anna", "likes", "rome", day(1))]
    made = vectors(
        entities={"anna": vector(1), "rome": vector(0, 1)}, facts={"f1": vector(1, 1), "f2": vector(1, 2)}, episodes={episode: vector(1)}
    )
    await writer.apply(1, entities=people, facts=facts, vectors=made, space=OLD)
    await writer.apply(2, retractions=[retraction("f2")], closings=[closing("f1", day(9))])
    return {"ENTITY": ["anna", "rome"], "FACT": ["f1", "f2"], "EPISODE": [episode]}


async def version(store: Store) -> int:
    found = await store.group("g")
    assert found is not None
    return found.version


def new(*numbers: float) -> Vector:
    return unit(numbers)


async def stage_all(store: Store, records: dict[str, list[str]], at: int) -> None:
    for kind, uuids in records.items():
        left = await store.unstaged("g", NEW, kind, uuids)
        await store.stage("g", NEW, kind, {uuid: new(1, n, 0) for n, uuid in enumerate(uuids) if uuid in left}, at)


async def nearest(store: Store, asked: Vector, space: Space) -> dict[str, list[str]]:
    found = await store.search("g", Wanted((), asked, dict.fromkeys(KINDS, 5), current=False, space=space), NOW)
    return {kind: list(hits.scores) for kind, hits in found.near.items()}


async def test_the_old_vectors_answer_until_the_new_ones_take_their_place(store: Store, others: Store, writer: Writer) -> None:
    records = await told(writer)
    before = await nearest(store, vector(1), OLD)
    await stage_all(others, records, await version(store))
    assert await nearest(store, vector(1), OLD) == before
    with pytest.raises(Conflict, match=r"'wordllama.*'other' \(3\)"):
        await nearest(others, new(1, 0, 0), NEW)
    await others.settle("g", NEW, await version(store))
    assert await nearest(others, new(0, 1, 0), NEW) == {"ENTITY": ["rome", "anna"], "FACT": ["f1"], "EPISODE": records["EPISODE"]}
    with pytest.raises(Conflict, match="'other'"):
        await nearest(store, vector(1), OLD)
    for kind, uuids in records.items():
        found = await others.vectors("g", kind, uuids)
        assert {uuid: len(found[uuid]) for uuid in uuids} == dict.fromkeys(uuids, 3)


async def test_what_is_staged_is_not_asked_for_again_and_no_other_group_s_is(store: Store, others: Store, writer: Writer) -> None:
    records = await told(writer)
    at = await version(store)
    assert await others.unstaged("g", NEW, "FACT", ["f2", "f1", "nothing"]) in (["f2", "f1"], ["f2", "f1", "nothing"])
    await others.stage("g", NEW, "FACT", {"f2": new(1, 0, 0)}, at)
    assert await others.unstaged("g", NEW, "FACT", ["f2", "f1"]) == ["f1"]
    assert await others.unstaged("h", NEW, "FACT", ["f2", "f1"]) == []
    assert await others.unstaged("g", NEW, "ENTITY", records["ENTITY"]) == records["ENTITY"]


async def test_what_reads_otherwise_is_to_be_embedded_again(store: Store, others: Store, writer: Writer) -> None:
    records = await told(writer)
    await stage_all(others, records, await version(store))
    renamed = entity("anna", day(1), name="Ann", recorded_at=day(3))
    await writer.apply(3, revised=[renamed], vectors=vectors(entities={"anna": vector(0, 0, 1)}))
    assert await others.unstaged("g", NEW, "ENTITY", records["ENTITY"]) == ["anna"]
    assert await others.unstaged("g", NEW, "FACT", records["FACT"]) == []


async def test_a_group_that_moved_on_is_looked_at_again(store: Store, others: Store, writer: Writer) -> None:
    records = await told(writer)
    at = await version(store)
    await writer.people(3, "ben")
    with pytest.raises(StaleVersion):
        await others.stage("g", NEW, "FACT", {"f1": new(1, 0, 0)}, at)
    await stage_all(others, records, await version(store))
    with pytest.raises(StaleVersion):
        await others.settle("g", NEW, at)
    assert (await store.group("g")).space == OLD  # type: ignore[union-attr]
    with pytest.raises(NotFound):
        await others.settle("nobody", NEW, 0)


async def test_it_goes_on_with_the_new_embedder_and_makes_what_was_computed_before_stale(
    store: Store, others: Store, writer: Writer
) -> None:
    records = await told(writer)
    at = await version(store)
    await stage_all(others, records, at)
    await others.settle("g", NEW, at)
    assert await version(store) == at + 1
    again = Writer(others, "g")
    more = vectors(entities={"ben": new(0, 0, 1)}, facts={"f1": new(0, 0, 1)})
    await again.apply(4, entities=[entity("ben", day(4))], vectors=more)
    assert (await nearest(others, new(0, 0, 1), NEW))["ENTITY"][0] == "ben"
    assert (await nearest(others, new(0, 0, 1), NEW))["FACT"] == ["f1"]
    assert len((await others.vectors("g", "FACT", ["f1"]))["f1"]) == 3


async def test_a_new_group_of_another_embedder_stands_beside_the_old_ones(store: Store, others: Store, writer: Writer) -> None:
    await told(writer)
    beside = Writer(others, "h")
    await beside.apply(1, entities=[entity("carl", day(1), group="h")], vectors=vectors(entities={"carl": new(1, 0, 0)}), space=NEW)
    found = await others.search("h", Wanted((), new(1, 0, 0), {"ENTITY": 5}, space=NEW), NOW)
    assert list(found.near["ENTITY"].scores) == ["carl"]
    assert (await nearest(store, vector(1), OLD))["ENTITY"] == ["anna", "rome"]


async def test_what_was_embedded_before_is_remembered_by_group_and_space(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna")
    at = await version(store)
    await store.remember("g", NEW, {"a text": new(1, 0, 0), "naïve 日本": new(0, 1, 0)}, at)
    await store.remember("g", NEW, {"a text": new(1, 0, 0)}, at)
    found = await store.remembered("g", NEW, ["a text", "naïve 日本", "another"])
    assert {text: list(found[text]) for text in found} == {"a text": [1, 0, 0], "naïve 日本": [0, 1, 0]}
    assert await store.remembered("g", OLD, ["a text"]) == {}
    assert await store.remembered("h", NEW, ["a text"]) == {}
    await store.remember("nobody", NEW, {"a text": new(1, 0, 0)}, 0)
    assert await store.remembered("nobody", NEW, ["a text"]) == {}


async def test_a_group_that_moved_on_remembers_nothing_computed_before(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna")
    await store.remember("g", NEW, {"a text": new(1, 0, 0)}, await version(store) - 1)
    assert await store.remembered("g", NEW, ["a text"]) == {}


async def test_only_the_newest_are_remembered(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna")
    at = await version(store)
    for start in range(0, REMEMBERED + 500, 500):
        await store.remember("g", NEW, {f"text {n}": new(1, 0, 0) for n in range(start, start + 500)}, at)
    found = await store.remembered("g", NEW, [f"text {n}" for n in range(REMEMBERED + 500)])
    assert 1 <= len(found) <= REMEMBERED
    assert "text 0" not in found
    assert f"text {REMEMBERED}" in found


async def test_forgetting_leaves_nothing_remembered(store: Store) -> None:
    memory = memory_on(store)
    remote = Remote()
    memory = Memory(replace(memory.parts, embedder=remote))
    told = FactInput(EntityInput(name="Ana", type="Person"), "likes", EntityInput(name="Zyxwort", type="Thing"))
    for group in ("g", "h"):
        await memory.add_facts(group, [replace(told, object=EntityInput(name="Tea", type="Thing"))])
        added = await memory.add_facts(group, [told])
    assert "Zyxwort" in await store.remembered("g", space_of(remote), ["Zyxwort"])
    await memory.forget("g", Target(everything=True))
    await memory.forget("h", Target(fact=added.facts[0].uuid))
    for group in ("g", "h"):
        assert await store.remembered(group, space_of(remote), [added.facts[0].text, "Zyxwort", "Ana", "Tea"]) == {}
    if isinstance(store, EmbeddedStore):
        vector_of = (await remote.embed(["Zyxwort"]))[0].tobytes()
        await store.close()
        for path in store.path.parent.glob("store.db*"):
            assert vector_of not in path.read_bytes()
            assert hash_of("Zyxwort").encode() not in path.read_bytes()


async def test_the_file_holds_no_vector_of_the_former_embedder(store: Store, others: Store, writer: Writer) -> None:
    records = await told(writer)
    at = await version(store)
    await stage_all(others, records, at)
    await others.settle("g", NEW, at)
    if isinstance(store, EmbeddedStore):
        await store.close()
        assert vector(1, 2).tobytes() not in store.path.read_bytes()
        assert new(1, 1, 0).tobytes() in store.path.read_bytes()
