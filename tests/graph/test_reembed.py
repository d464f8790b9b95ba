"""A group comes to another embedder: in batches, each text once, going on where it was interrupted, and reads go on meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from numpy.typing import NDArray

from graph import reembed
from graph.errors import ModelAway, NotFound
from graph.inputs import EntityInput, FactInput, MessageInput
from graph.memory import Memory
from graph.space import space_of
from tests.graph.scripted import Talk
from tests.schema.memories import HashEmbedder


@dataclass
class Short(HashEmbedder):
    """Vectors of other numbers; away after so many texts."""

    name: str = "short"
    dimension: int = 64
    patience: int = 1_000_000
    texts: list[str] = field(default_factory=list)

    async def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if len(self.texts) + len(texts) > self.patience:
            raise ModelAway("it is away")
        self.texts += texts
        rows: NDArray[np.float32] = (await super().embed(texts))[:, : self.dimension]
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows


async def told(talk: Talk, facts: int = 5) -> None:
    given = [FactInput(EntityInput(name="Ana", type="Person"), "likes", EntityInput(name=f"Dish {n}", type="Thing")) for n in range(facts)]
    await talk.memory.add_facts("g", given)
    added = await talk.memory.add_messages("g", "s", [MessageInput("user", "A heron by the river.", name="Ana")])
    await talk.memory.finished("g", added.work.uuid)


def with_embedder(talk: Talk, embedder: Short) -> Memory:
    return Memory(replace(talk.memory.parts, embedder=embedder))


async def test_all_is_embedded_anew_and_asked_for_by_the_new_embedder(talk: Talk) -> None:
    await told(talk)
    short = Short()
    other = with_embedder(talk, short)
    seen: list[tuple[int, int]] = []
    made = await other.reembed("g", lambda done, total: seen.append((done, total)))
    group = await other.parts.store.group("g")
    assert group is not None
    assert group.space == space_of(short)
    assert made == seen[-1][0] == seen[-1][1] == len(short.texts)
    assert "Ana: A heron by the river." in short.texts
    assert len(set(short.texts)) == len(short.texts)
    (found, *_) = await (await other.graph("g")).search("heron", ["EPISODE"], 5)
    assert found.kind == "EPISODE"
    await other.add_facts("g", [FactInput(EntityInput(name="Ana"), "likes", EntityInput(name="Tea", type="Thing"))])


async def test_again_is_as_once_and_what_is_not_there_is_told(talk: Talk) -> None:
    await told(talk)
    other = with_embedder(talk, Short())
    await other.reembed("g")
    assert await other.reembed("g") == 0
    with pytest.raises(NotFound, match="'nobody'"):
        await other.reembed("nobody")


async def test_what_was_interrupted_goes_on_where_it_was(talk: Talk) -> None:
    await told(talk, facts=reembed.BATCH + 20)
    first = Short(patience=reembed.BATCH + 60)
    with pytest.raises(ModelAway):
        await with_embedder(talk, first).reembed("g")
    assert first.texts
    assert (await (await talk.memory.graph("g")).search("heron", ["EPISODE"], 5))[0].kind == "EPISODE"
    second = Short()
    await with_embedder(talk, second).reembed("g")
    assert set(first.texts).isdisjoint(second.texts)


async def test_what_is_written_meanwhile_is_embedded_too(talk: Talk) -> None:
    await told(talk)
    short = Short()
    written: list[bool] = []

    @dataclass
    class Busy(Short):
        async def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
            if not written:
                written.append(True)
                await talk.memory.add_facts("g", [FactInput(EntityInput(name="Ana"), "likes", EntityInput(name="Rain", type="Thing"))])
            return await short.embed(texts)

    await with_embedder(talk, Busy()).reembed("g")
    assert "Rain" in short.texts
    store = talk.memory.parts.store
    facts = (await store.contents("g")).facts
    assert {len(vector) for vector in (await store.vectors("g", "FACT", facts)).values()} == {64}
