"""A group's vectors are of one embedder: with another nothing is written or asked, and it is said what to do."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from graph.errors import Conflict
from graph.inputs import EntityInput, FactInput, MessageInput
from graph.memory import Memory
from graph.model import Space, WorkState
from graph.space import require_space, space_of
from graph.time import EPOCH
from tests.graph.scripted import Talk
from tests.schema.memories import HashEmbedder

OURS = Space("hash", HashEmbedder.dimension)


@dataclass
class Other(HashEmbedder):
    """The same vectors under another name: their length alone does not tell."""

    name: str = "other"


def with_another(talk: Talk) -> Memory:
    return Memory(replace(talk.memory.parts, embedder=Other()))


def told(place: str) -> FactInput:
    return FactInput(EntityInput(name="Ana", type="Person"), "lives in", EntityInput(name=place, type="City"))


async def test_the_first_vector_says_whose_the_group_s_are(talk: Talk) -> None:
    store = talk.memory.parts.store
    await talk.memory.configure("g", timezone="Europe/Vienna")
    assert (await group_of(store)).space is None
    await talk.memory.add_facts("g", [told("Rome")])
    assert (await group_of(store)).space == OURS == space_of(talk.memory.parts.embedder)


async def test_another_embedder_is_refused_with_both_names_and_what_to_do(talk: Talk) -> None:
    await talk.memory.add_facts("g", [told("Rome")])
    other = with_another(talk)
    graph = await other.graph("g")
    for refused in (other.add_facts("g", [told("Oslo")]), graph.context("Where?"), graph.search("Rome", ["FACT"], 5)):
        with pytest.raises(Conflict, match=r"'hash'.*'other'") as caught:
            await refused
        assert "palimpsest reembed g" in caught.value.hint
    assert (await (await talk.memory.graph("g")).context("Ana")).facts


async def test_what_another_embedder_cannot_learn_is_parked_at_once(talk: Talk) -> None:
    await talk.memory.add_facts("g", [told("Rome")])
    other = with_another(talk)
    added = await other.add_messages("g", "s", [MessageInput("user", "hello")])
    await other.learn()
    work = await talk.memory.work("g", added.work.uuid)
    assert work is not None
    assert work.state is WorkState.PARKED
    assert "palimpsest reembed" not in (work.error or "")
    assert "'other'" in (work.error or "")


async def test_another_group_may_have_another_embedder(talk: Talk) -> None:
    await talk.memory.add_facts("g", [told("Rome")])
    await with_another(talk).add_facts("h", [told("Rome")])
    assert (await group_of(talk.memory.parts.store, "h")).space == space_of(Other())


def test_a_group_without_vectors_takes_any_embedder() -> None:
    require_space(OURS, "g", None)
    require_space(OURS, "g", OURS)
    with pytest.raises(Conflict, match=r"256 numbers.*8"):
        require_space(Space("hash", 8), "g", OURS)


async def group_of(store: Any, name: str = "g") -> Any:
    found = await store.group(name)
    assert found is not None
    assert found.created_at > EPOCH
    return found
