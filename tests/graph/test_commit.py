"""An operation gets through whoever else writes, without doing again what does not depend on the others."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from graph.delta import Delta
from graph.errors import StaleVersion
from graph.inputs import Changed, EntityInput, FactInput, MessageInput
from graph.learner import MOST_ATTEMPTS
from graph.memory import Memory
from graph.model import GroupSettings, WorkState
from graph.parts import Turns, wall_clock
from graph.views import EntityFilter, Page
from tests.graph.scripted import Talk, day, days, place, says


@dataclass
class Overtaken:
    """A store to which another writer does something before each of the first operations."""

    store: Any
    others: list[Callable[[], Awaitable[Any]]]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    async def apply(self, delta: Delta, lease: str | None = None) -> Any:
        if self.others:
            await self.others.pop(0)()
        return await self.store.apply(delta, lease)


@dataclass
class CountingEmbedder:
    embedder: Any
    texts: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.embedder, name)

    async def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.texts += texts
        rows: NDArray[np.float32] = await self.embedder.embed(texts)
        return rows


def memory_of(talk: Talk, **parts: Any) -> Memory:
    return Memory(replace(talk.memory.parts, **parts))


def overtaken(talk: Talk, *others: Callable[[], Awaitable[Any]], **parts: Any) -> Memory:
    return memory_of(talk, store=Overtaken(talk.memory.parts.store, list(others)), **parts)


async def add(memory: Memory, subject: str, relation: str, object_: str, **more: Any) -> Changed:
    return await memory.add_facts("g", [FactInput(EntityInput(name=subject), relation, EntityInput(name=object_), **more)])


async def named(talk: Talk) -> list[str]:
    graph = await talk.memory.graph("g")
    return [entity.name for entity in (await graph.entities(EntityFilter(), "NAME", Page(500))).items]


async def test_an_operation_that_was_overtaken_is_computed_again(talk: Talk) -> None:
    memory = overtaken(talk, lambda: add(talk.memory, "Ada", "likes", "tea"), lambda: add(talk.memory, "Ada", "likes", "cake"))
    await add(memory, "Ada", "likes", "jazz")
    assert await named(talk) == ["Ada", "cake", "jazz", "tea"]
    group = await talk.memory.parts.store.group("g")
    assert group is not None
    assert group.version == 3


async def test_no_model_does_again_what_it_did(talk: Talk) -> None:
    embedder = CountingEmbedder(talk.memory.parts.embedder)
    others = [lambda n=n: add(talk.memory, "Bo", "likes", f"thing {n}") for n in range(3)]
    talk.script.script["m"] = [says("Ada", "lives_in", place("Rome")), says("Ada", "visited", place("Oslo"))]
    memory = overtaken(talk, *others, embedder=embedder)
    added = await memory.add_messages("g", "s", [MessageInput("user", "m", name="Ada")])
    assert (await memory.finished("g", added.work.uuid)).state is WorkState.DONE
    assert sorted(embedder.texts) == ["Ada", "Ada lives_in Rome", "Ada visited Oslo", "Ada: m", "Oslo", "Rome"]
    assert len(talk.script.excerpts) == 1


async def test_a_new_group_takes_no_settings_from_who_finds_it_missing(talk: Talk) -> None:
    zoned = GroupSettings(timezone="Europe/Vienna")
    memory = overtaken(talk, lambda: talk.memory.parts.store.configure("g", zoned, day(0)))
    changed = await add(memory, "Ada", "lives_in", "Rome", valid_at="2025-01-02")
    group = await talk.memory.parts.store.group("g")
    assert group is not None
    assert (group.settings, group.version) == (zoned, 2)
    assert [days(f.valid_at) for f in changed.facts] == [1 - 1 / 24]


async def test_a_new_group_has_the_default_settings_and_one_version(talk: Talk) -> None:
    changed = await add(talk.memory, "Ada", "likes", "tea")
    group = await talk.memory.parts.store.group("g")
    assert group is not None
    assert (group.settings, group.version, group.created_at, group.last_at) == (GroupSettings(), 1, changed.at, changed.at)


async def test_a_group_that_a_faster_clock_made_meanwhile_is_no_obstacle(talk: Talk) -> None:
    later = day(0) + timedelta(seconds=1)
    memory = overtaken(talk, lambda: talk.memory.parts.store.configure("g", GroupSettings(), later))
    assert (await add(memory, "Ada", "likes", "tea")).at >= later


async def test_what_changes_nothing_is_no_operation(talk: Talk) -> None:
    await add(talk.memory, "Ada", "likes", "tea", id="x")
    group = await talk.memory.parts.store.group("g")
    assert (await add(talk.memory, "Ada", "likes", "tea", id="x")).changes == ()
    assert await talk.memory.parts.store.group("g") == group


async def test_writers_who_know_nothing_of_each_other_all_get_through(talk: Talk) -> None:
    writers = [memory_of(talk, turns=Turns()) for _ in range(8)]
    told = [(writer, f"Person {n}") for n in range(4) for writer in writers]
    changed = await asyncio.gather(*(add(writer, name, "works_at", "Acme") for writer, name in told))
    group = await talk.memory.parts.store.group("g")
    assert group is not None
    assert group.version == len(changed) == 32
    assert await named(talk) == ["Acme", *(f"Person {n}" for n in range(4))]
    assert sorted(len(f.assertions) for f in await talk.facts()) == [8] * 4


async def test_writers_of_one_process_take_turns(talk: Talk) -> None:
    embedder = CountingEmbedder(talk.memory.parts.embedder)
    memory = memory_of(talk, embedder=embedder, turns=Turns(attempts=5, seconds=0.0))
    await asyncio.gather(*(add(memory, "Ada", "likes", f"thing {n}") for n in range(40)))
    assert len(await talk.facts()) == 40
    assert len(embedder.texts) <= 40 * 3


async def test_who_never_gets_through_says_so(talk: Talk) -> None:
    others = [lambda n=n: add(talk.memory, "Bo", "likes", f"thing {n}") for n in range(9)]
    memory = overtaken(talk, *others, turns=Turns(attempts=3, seconds=0.0))
    with pytest.raises(StaleVersion):
        await add(memory, "Ada", "likes", "jazz")
    assert "Ada" not in await named(talk)


async def test_work_that_others_overtook_is_not_parked_for_it(talk: Talk) -> None:
    talk.script.script["m"] = [says("Ada", "lives_in", place("Rome"))]
    others = [lambda n=n: add(talk.memory, "Bo", "likes", f"thing {n}") for n in range(4)]
    memory = overtaken(talk, *others, turns=Turns(attempts=1, seconds=0.0))
    added = await memory.add_messages("g", "s", [MessageInput("user", "m", name="Ada")])
    for _ in range(MOST_ATTEMPTS - 1):
        await memory.parts.store.lease("gone", wall_clock(), wall_clock())
    assert await memory.learn()
    work = await memory.work("g", added.work.uuid)
    assert work is not None
    assert (work.state, work.attempts, (work.error or "").split(":")[0]) == (WorkState.FAILED, MOST_ATTEMPTS, "StaleVersion")
