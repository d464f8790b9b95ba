"""Forgetting where entities were merged: what is left is as if the rest had never been told, merged or not."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from graph.archive import written
from graph.export import archived
from graph.inputs import Target
from graph.memory import Memory
from graph.model import FactStatus
from graph.stores.base import Store
from graph.stores.embedded import EmbeddedStore
from graph.views import FactFilter, Page
from tests.schema.memories import memory_on
from tests.stores.builders import day
from tests.stores.test_merging import World

DAYS = [float(n) for n in range(1, 12)]


@dataclass
class Forgetting(World):
    async def forget(self, at: float, entity: str) -> None:
        self.now[0] = day(at)
        await self.memory.forget("g", Target(entity=entity))

    async def shown(self) -> list[object]:
        return [await self.rows(known) for known in DAYS]

    async def holds(self, word: str) -> bool:
        return any(word.encode() in written(line) for line in [line async for line in archived(self.memory.parts.store, "g")])


def world_on(store: Store) -> Forgetting:
    now: list[datetime] = [day(0)]
    memory: Memory = memory_on(store, lambda: now[0])
    return Forgetting(memory, now)


@pytest.fixture
def world(store: Store) -> Forgetting:
    return world_on(store)


async def told(world: Forgetting, *, annie: bool = True) -> None:
    if annie:
        await world.say(1, ("Annie", "lives_in", "Rome"), ("Bo", "admires", "Annie"), ("Annie", "likes", "tea"))
    await world.say(2, ("Anna", "lives_in", "Oslo"), ("Anna", "likes", "tea"), ("Bo", "likes", "tea"))


async def test_who_was_merged_is_forgotten_without_the_one_that_is_kept(world: Forgetting, tmp_path: object) -> None:
    other_store = EmbeddedStore(tmp_path / "other.db")  # type: ignore[operator]
    await other_store.open()
    other = world_on(other_store)
    await told(world)
    annie = await world.uuid("Annie")
    await world.merge(3, "Anna", "Annie")
    await world.say(4, ("Anna", "lives_in", "Bern"))
    await told(other, annie=False)
    await other.say(4, ("Anna", "lives_in", "Bern"))
    await world.forget(9, annie)
    assert await world.shown() == await other.shown()
    assert not await world.holds("Annie")
    assert not await world.holds("Rome")
    await other_store.close()


async def test_who_is_kept_is_forgotten_with_those_merged_into_it(world: Forgetting) -> None:
    await told(world)
    anna = await world.uuid("Anna")
    await world.merge(3, "Anna", "Annie")
    await world.forget(9, anna)
    assert [row[:3] for row in await world.rows()] == [("Bo", "likes", "tea")]
    for word in ("Anna", "Annie", "Oslo", "Rome"):
        assert not await world.holds(word), word
    assert {e.name for e in await world.entities()} == {"Bo", "tea"}


async def test_a_fact_said_of_the_merged_one_is_forgotten(world: Forgetting, tmp_path: object) -> None:
    await told(world)
    await world.merge(3, "Anna", "Annie")
    graph = await world.memory.graph("g")
    found = (await graph.facts(FactFilter(status=tuple(FactStatus)), "OLDEST", Page(50))).items
    rome = next(f for f in found if "Rome" in f.text and f.retracted_at is None)
    world.now[0] = day(9)
    await world.memory.forget("g", Target(fact=rome.uuid))
    assert not await world.holds("Rome")
    for known in DAYS:
        assert all(row[2] != "Rome" for row in await world.rows(known))
    assert ("Anna", "lives_in", "Oslo") in [row[:3] for row in await world.rows()]
