"""Eight writers of one group at once, each with a store of its own, end in the graph of one writer: hypothesis drives the order."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.inputs import EntityInput, FactInput, MessageInput
from graph.language import Mention, Statement
from graph.memory import Memory
from graph.stores.neo4j.address import Address
from tests.graph.scripted import ScriptedExtractor, company, day, on, person, place, says
from tests.processes.crowd import World, changes, world
from tests.schema.memories import memory_on, opened
from tests.stores.neo4j.races import stores

WRITERS = 8
NAMES = ("Ada", "Bela", "Cosmo")
OBJECTS = {
    "lives_in": (place("Faro"), place("Braga"), place("Porto")),
    "works_at": (company("Acme"), company("Bolt")),
    "teacher_of": (person("Dunja"), person("Emil"), person("Ada")),
}


@dataclass(frozen=True, slots=True)
class Step:
    """What one writer does; `number` is its place in the story, which is when it was said."""

    number: int
    writer: int
    as_message: bool
    subject: str
    relation: str
    object: Mention
    since: int

    @property
    def content(self) -> str:
        return f"step {self.number}"

    def statement(self) -> Statement:
        return says(person(self.subject), self.relation, self.object, start=on(self.since))

    async def take(self, memory: Memory, group: str) -> None:
        if self.as_message:
            told = MessageInput("user", self.content, said_at=day(100 + self.number), id=self.content)
            await memory.add_messages(group, f"writer {self.writer}", [told])
            await memory.learn()
        else:
            await memory.add_facts(group, [self.fact()])

    def fact(self) -> FactInput:
        ends = EntityInput(name=self.subject, type="Person"), EntityInput(name=self.object.text, type=self.object.type)
        return FactInput(ends[0], self.relation, ends[1], valid_at=day(self.since), said_at=day(100 + self.number), id=self.content)


@st.composite
def stories(draw: st.DrawFn) -> list[Step]:
    """Steps of all writers about the same few entities; nobody knows themselves."""
    steps = []
    for number in range(draw(st.integers(WRITERS, 3 * WRITERS))):
        relation = draw(st.sampled_from(sorted(OBJECTS)))
        subject = draw(st.sampled_from(NAMES))
        others = [mention for mention in OBJECTS[relation] if mention.text != subject]
        writer, as_message, since = draw(st.integers(0, WRITERS - 1)), draw(st.booleans()), draw(st.integers(0, 9))
        steps.append(Step(number, writer, as_message, subject, relation, draw(st.sampled_from(others)), since))
    return steps


async def write(memory: Memory, group: str, steps: Sequence[Step]) -> None:
    for step in steps:
        await step.take(memory, group)


async def learn_all(memories: Sequence[Memory]) -> None:
    async def learn(memory: Memory) -> None:
        while await memory.parts.store.waiting():
            if not await memory.learn():
                await asyncio.sleep(0.01)

    await asyncio.gather(*(learn(memory) for memory in memories))


async def alone(path: Path, script: ScriptedExtractor, steps: Sequence[Step]) -> World:
    async with opened(path) as made:
        memory = Memory(replace(made.parts, extractor=script))
        await write(memory, "g", steps)
        await learn_all([memory])
        return await world(memory, "g")


@given(stories())
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_eight_writers_end_where_one_does(neo4j: Address, tmp_path_factory: pytest.TempPathFactory, steps: list[Step]) -> None:
    group, folder = str(uuid4()), tmp_path_factory.mktemp("alone")
    script = ScriptedExtractor({step.content: [step.statement()] for step in steps})
    async with stores(neo4j, WRITERS) as opened_stores:
        memories = [Memory(replace(memory_on(store).parts, extractor=script)) for store in opened_stores]
        shares = ([step for step in steps if step.writer == writer] for writer in range(WRITERS))
        await asyncio.gather(*(write(memory, group, share) for memory, share in zip(memories, shares, strict=True)))
        await learn_all(memories)
        found, log = await world(memories[0], group), await changes(memories[-1], group)
    assert found == await alone(folder / "alone.db", script, steps)
    assert len(found.entities) == len(set(found.entities)), "an entity is there twice"
    assert len({change.operation for change in log}) == len(steps), "an update was lost"
    assert [change.seq for change in log] == list(range(1, len(log) + 1))
