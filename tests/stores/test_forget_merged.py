"""Forgetting where entities were merged: what is left is as if the rest had never been told, merged or not."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random

import pytest

from graph.archive import written
from graph.belief import believed
from graph.counted import is_idle, said_of
from graph.errors import BadInput, Conflict
from graph.export import archived
from graph.family import Family
from graph.inputs import EntityInput, FactInput, Target
from graph.memory import Memory
from graph.model import FactStatus, UpdatePolicy
from graph.ontology import load_ontology
from graph.replay import Rules, policies_of
from graph.stores.base import Store
from graph.stores.embedded import EmbeddedStore
from graph.time import FAR
from graph.views import EntityFilter, FactFilter, Page
from tests.schema.memories import memory_on
from tests.stores.builders import LATE, NOW, day
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


async def test_who_was_merged_is_forgotten_without_the_one_that_is_kept(world: Forgetting, tmp_path: Path) -> None:
    other_store = EmbeddedStore(tmp_path / "other.db")
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


async def test_a_fact_said_of_the_merged_one_is_forgotten(world: Forgetting, tmp_path: Path) -> None:
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


NAMES, TOWNS = ("Anna", "Annie", "Ann"), ("Rome", "Roma", "Oslo")


async def happen(world: Forgetting, dice: Random, at: float) -> None:
    """Anything that may be done to a group."""
    world.now[0] = day(at)
    store = world.memory.parts.store
    entities = list((await store.list_entities("g", EntityFilter(), "NAME", Page(50), NOW)).items)
    versions = await store.versions("g", (await store.contents("g")).entities)
    merged = [uuid for uuid, of_one in versions.items() if of_one[-1].merged_into is not None]
    log = (await store.list_changes("g", Page(500), LATE)).items
    people = [e.uuid for e in entities if e.type == "Person"]
    towns = [e.uuid for e in entities if e.type == "City"]
    alike = dice.choice([people, towns])
    facts = (await store.list_facts("g", FactFilter(status=tuple(FactStatus)), "OLDEST", Page(50), NOW)).items
    what = dice.choice(["say", "say", "say", "say", "merge", "merge", "undo", "undo", "undo", "updates", "fact", "entity"])
    if what == "merge" and len(alike) > 1:
        keep, other = dice.sample(alike, 2)
        with suppress(Conflict):  # a fact stands between them
            await world.memory.merge_entities("g", keep, [other], "the same")
    elif what == "undo" and log:
        with suppress(Conflict):  # it is undone already, or forgotten
            await world.memory.undo("g", dice.choice(log).uuid)
    elif what == "updates":
        await world.memory.configure("g", updates=dice.choice(list(UpdatePolicy)))
    elif what == "fact" and facts and at > 6:
        await world.memory.forget("g", Target(fact=dice.choice(facts).uuid))
    elif what == "entity" and entities and at > 8:
        await world.memory.forget("g", Target(entity=dice.choice([*(e.uuid for e in entities), *merged])))
    else:
        subject, town = EntityInput(name=dice.choice(NAMES), type="Person"), EntityInput(name=dice.choice(TOWNS), type="City")
        relation, about = dice.choice([("lives_in", town), ("likes", town), ("knows", EntityInput(name=dice.choice(NAMES), type="Person"))])
        with suppress(BadInput):  # several are called so, or know themselves
            start = day(dice.randint(1, 20))
            await world.memory.add_facts("g", [FactInput(subject, relation, about, valid_at=start, said_at=day(dice.randint(1, 20)))])


@pytest.mark.parametrize("seed", range(30))
async def test_whatever_is_merged_undone_and_forgotten_the_law_holds_as_known_at_any_time(tmp_path: Path, seed: int) -> None:
    store = EmbeddedStore(tmp_path / "store.db")
    await store.open()
    world, dice = world_on(store), Random(seed)  # noqa: S311 - it only varies the story
    for n in range(1, 25):
        await happen(world, dice, n / 2)
        await assert_lawful(store)
    await store.close()


async def assert_lawful(store: Store) -> None:
    contents, group = await store.contents("g"), await store.group("g")
    if group is None:
        return
    family = Family(await store.versions("g", contents.entities))
    policies = policies_of(await store.policies("g"), group.settings.updates)
    rules = Rules(load_ontology(), policies, family)
    told = (await store.assertions("g", contents.assertions)).values()
    records = (await store.facts("g", contents.facts)).values()
    assert {end for a in told for end in said_of(a)} <= set(contents.entities)
    for known in (day(n / 2) for n in range(1, 26)):
        living = [a for a in told if a.recorded_at <= known and a.withdrawn_as_known(known) is None]
        now = [a for a in (rules.counted(a, known) for a in living) if not is_idle(a)]
        keys = {rules.key(a, known) for a in now}
        law = [s for key in keys for s in believed([a for a in now if rules.key(a, known) == key])]
        shown = sorted(_row(f.subject, f.relation, f.object, f.valid_at, f.end_as_known(known)) for f in records if f.believed_at(known))
        assert shown == sorted(_row(s.subject, s.lead.relation, s.object, s.start, s.end) for s in law), known
    assert {a for f in records for a in f.assertions} <= {a.uuid for a in told}


def _row(subject: str, relation: str, object_: str, start: datetime, end: datetime | None) -> tuple[str, list[str], datetime, datetime]:
    return relation, sorted((subject, object_)), start, end or FAR
