"""Each text is embedded once: what an embedder over the network made is remembered, and one of this machine is asked again."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from graph.embedding import embedded
from graph.inputs import EntityInput, FactInput
from graph.memory import Memory
from tests.graph.scripted import Talk
from tests.schema.memories import HashEmbedder


@dataclass
class Asked(HashEmbedder):
    remote: bool = True
    texts: list[str] = field(default_factory=list)

    async def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts += texts
        return await super().embed(texts)


def told(thing: str) -> FactInput:
    return FactInput(EntityInput(name="Ana", type="Person"), "likes", EntityInput(name=thing, type="Thing"))


async def test_a_text_that_was_embedded_before_is_not_sent_again(talk: Talk) -> None:
    asked = Asked()
    memory = Memory(replace(talk.memory.parts, embedder=asked))
    await memory.add_facts("g", [told("Rain")])
    added = await memory.add_facts("g", [told("Tea")])
    await memory.undo("g", added.changes[0].uuid)
    again = await memory.add_facts("g", [told("Tea")])
    assert again.facts[0].text == added.facts[0].text
    assert asked.texts.count(added.facts[0].text) == 1
    group = await memory.parts.store.group("g")
    assert group is not None
    rows = await embedded(memory.parts, group, ["Tea", "Tea", "new"])
    assert np.array_equal(rows["Tea"], (await HashEmbedder().embed(["Tea"]))[0])
    assert asked.texts.count("Tea") == 1


async def test_one_of_this_machine_is_asked_and_nothing_is_kept(talk: Talk) -> None:
    asked = Asked(remote=False)
    memory = Memory(replace(talk.memory.parts, embedder=asked))
    await memory.add_facts("g", [told("Tea")])
    group = await memory.parts.store.group("g")
    assert group is not None
    await embedded(memory.parts, group, ["Tea"])
    assert asked.texts.count("Tea") == 2
