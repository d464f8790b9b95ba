"""Undo on every store: whatever an operation did is taken back whole, comes back whole, and leaves the past as it was."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.archive import parsed, written
from graph.errors import BadInput, Conflict, NotFound
from graph.export import archived
from graph.gather import gathered
from graph.inputs import Changed, EntityInput, FactInput
from graph.model import Change, ChangeKind, Fact, FactStatus, UpdatePolicy
from graph.restore import restore
from graph.stores.base import Store
from graph.stores.embedded import EmbeddedStore
from graph.time import FAR, TICK, AsOf
from graph.views import FactFilter, Page
from tests.schema.memories import memory_on
from tests.stores.builders import day

EVERY = Page(500)
PEOPLE, PLACES = ("Ana", "Ben", "Eva"), ("Rome", "Oslo", "Bern")
STANDING = FactFilter(status=(FactStatus.HOLDS, FactStatus.ENDED, FactStatus.FUTURE))
Row = tuple[str, str, str, datetime, datetime | None]


class World:
    """One group of a Memory, told by days; each call is later than the one before."""

    def __init__(self, store: Store, group: str) -> None:
        self.group = group
        self.now = day(100)
        self.memory = memory_on(store, self.tick)

    def tick(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    async def add(self, *told: tuple[str, str, str], **times: Any) -> Changed:
        facts = [FactInput(EntityInput(name=s, type="Person"), r, EntityInput(name=o, type=_type(o)), **times) for s, r, o in told]
        return await self.memory.add_facts(self.group, facts, "told")

    async def undo(self, done: Changed | Change, reason: str = "a mistake") -> Changed:
        change = done.changes[0] if isinstance(done, Changed) else done
        return await self.memory.undo(self.group, change.uuid, reason)

    async def facts(self, known: datetime | None = None) -> list[Fact]:
        """What is believed, as of an instant of recorded time."""
        at = AsOf(known or self.now, known or FAR - TICK)
        return list((await self.memory.parts.store.list_facts(self.group, STANDING, "OLDEST", EVERY, at)).items)

    async def shown(self, known: datetime | None = None) -> list[Row]:
        facts = await self.facts(known)
        entities = await self.memory.parts.store.entities(
            self.group, [e for f in facts for e in (f.subject, f.object)], AsOf(self.now, self.now)
        )
        end = {f.uuid: f.end_as_known(known) if known else f.invalid_at for f in facts}
        rows = [(entities[f.subject].name, f.relation, entities[f.object].name, f.valid_at, end[f.uuid]) for f in facts]
        return sorted(rows, key=lambda row: (row[:4], row[4] or FAR))


@pytest.fixture
async def world(store: Store) -> AsyncIterator[World]:
    yield World(store, "g")


async def test_what_was_told_is_taken_back_and_what_it_had_closed_opens_again(world: World) -> None:
    await world.add(("Ana", "lives in", "Rome"), valid_at=day(1))
    before = await world.shown()
    done = await world.add(("Ana", "lives in", "Oslo"), valid_at=day(5))
    after = await world.shown()
    assert [(o, e) for _, _, o, _, e in after] == [("Oslo", None), ("Rome", day(5))]
    undone = await world.undo(done)
    assert await world.shown() == before
    assert {(c.kind, c.rule, c.undoes) for c in undone.changes} == {
        (ChangeKind.FACT_RETRACTED, "undone", done.changes[0].uuid),
        (ChangeKind.FACT_RESTORED, "undone", done.changes[0].uuid),
    }
    assert all(change.reason.endswith(": a mistake") for change in undone.changes)
    assert [(f.invalid_at, f.valid_at) for f in undone.facts] == [(None, day(1))]
    redone = await world.undo(undone, "no, it was right")
    assert await world.shown() == after
    assert redone.changes[0].undoes == undone.changes[0].uuid


async def test_what_is_undone_cannot_be_undone_until_it_is_back(world: World) -> None:
    done = await world.add(("Ana", "lives in", "Rome"))
    undone = await world.undo(done)
    with pytest.raises(Conflict, match="undone already") as refused:
        await world.undo(done)
    assert undone.changes[0].uuid in refused.value.hint
    await world.undo(undone)
    with pytest.raises(Conflict, match="undone already"):
        await world.undo(undone)
    await world.undo(done)
    assert await world.shown() == []


async def test_a_change_that_is_not_there_is_not_found(world: World) -> None:
    await world.add(("Ana", "lives in", "Rome"))
    with pytest.raises(NotFound, match="'nothing'"):
        await world.memory.undo("g", "nothing")
    other = World(world.memory.parts.store, "h")
    done = await other.add(("Ben", "lives in", "Rome"))
    with pytest.raises(NotFound):
        await world.undo(done)


async def test_an_end_and_a_correction_are_undone(world: World) -> None:
    (fact,) = (await world.add(("Ana", "lives in", "Rome"), valid_at=day(1))).facts
    before = await world.shown()
    ended = await world.memory.end_fact("g", fact.uuid, day(9), "moved out")
    await world.undo(ended)
    assert await world.shown() == before
    (fact,) = await world.facts()
    corrected = await world.memory.correct_fact(
        "g", fact.uuid, "misheard", FactInput(EntityInput(id=fact.subject), "lives in", _city("Bern"))
    )
    assert [row[2] for row in await world.shown()] == ["Bern"]
    await world.undo(corrected)
    assert await world.shown() == before
    sources = await world.memory.parts.store.assertions("g", fact.assertions)
    (source,) = sources.values()
    assert source.withdrawn_at is None
    assert source.withdrawn_as_known(corrected.at) == corrected.at


def _type(name: str) -> str:
    return "Person" if name in PEOPLE else "City"


def _city(name: str) -> EntityInput:
    return EntityInput(name=name, type="City")


async def test_what_two_took_back_stays_away_until_both_are_undone(world: World) -> None:
    (fact,) = (await world.add(("Ana", "lives in", "Rome"), valid_at=day(1))).facts
    first = await world.memory.correct_fact("g", fact.uuid, "misheard")
    undone = await world.undo(first)
    (fact,) = await world.facts()
    second = await world.memory.correct_fact("g", fact.uuid, "misheard again")
    await world.undo(undone)
    await world.undo(second)
    assert await world.shown() == []
    await world.undo(first)
    assert len(await world.shown()) == 1


async def test_undoing_what_changed_no_belief_is_logged_all_the_same(world: World) -> None:
    await world.add(("Ana", "lives in", "Rome"), valid_at=day(1))
    again = await world.add(("Ana", "lives in", "Rome"), valid_at=day(1))
    undone = await world.undo(again)
    assert [c.kind for c in undone.changes] == [ChangeKind.FACT_REINFORCED]
    (fact,) = await world.facts()
    sources = await world.memory.parts.store.assertions("g", fact.assertions)
    assert [a.withdrawn_at is None for a in sorted(sources.values(), key=lambda a: a.recorded_at)] == [True, False]


async def test_other_updates_draw_what_is_believed_anew_and_can_be_undone(world: World) -> None:
    await world.add(("Ana", "likes", "Rome"), ("Ana", "married to", "Ben"), valid_at=day(1))
    await world.add(("Ana", "likes", "Oslo"), ("Ana", "lives in", "Rome"), valid_at=day(5))
    before = await world.shown()
    group = await world.memory.configure("g", updates=UpdatePolicy.LATEST)
    after = await world.shown()
    assert group.settings.updates is UpdatePolicy.LATEST
    assert [row for row in after if row not in before] == [("Ana", "likes", "Rome", day(1), day(5))]
    await world.add(("Eva", "likes", "Bern"), valid_at=day(6))
    log = (await world.memory.parts.store.list_changes("g", EVERY, FAR - TICK)).items
    setting = next(change for change in log if change.rule == "settings")
    assert "updates is LATEST from now on" in setting.reason
    undone = await world.undo(setting)
    assert set(before) <= {*await world.shown()}
    found = await world.memory.parts.store.group("g")
    assert found is not None
    assert found.settings.updates is UpdatePolicy.ONTOLOGY
    await world.undo(undone)
    assert set(after) <= {*await world.shown()}


async def test_settings_that_were_set_otherwise_since_stay(world: World) -> None:
    await world.add(("Ana", "likes", "Rome"), valid_at=day(1))
    await world.memory.configure("g", updates=UpdatePolicy.LATEST)
    first = (await world.memory.parts.store.list_changes("g", EVERY, FAR - TICK)).items[-1]
    await world.memory.configure("g", updates=UpdatePolicy.ONTOLOGY)
    undone = await world.undo(first)
    assert all("was set to ONTOLOGY since, and stays" in change.reason for change in undone.changes)


async def test_what_was_said_of_a_pair_either_way_round_is_one_belief_after_a_change_of_policy(world: World) -> None:
    await world.memory.configure("g", updates=UpdatePolicy.LATEST)
    await world.add(("Ana", "knows", "Ben"), ("Ben", "knows", "Ana"), valid_at=day(1))
    await world.memory.configure("g", updates=UpdatePolicy.ONTOLOGY)
    assert len(await world.shown()) == 1
    again = await world.add(("Ana", "knows", "Ben"), ("Ben", "knows", "Ana"), valid_at=day(2))
    assert len(await world.shown()) == 1
    await world.undo(again)
    assert len(await world.shown()) == 1


async def test_an_imported_group_is_undone_as_the_one_it_came_from(world: World, tmp_path: Path) -> None:
    store = world.memory.parts.store
    await world.add(("Ana", "lives in", "Rome"), valid_at=day(1))
    done = await world.add(("Ana", "lives in", "Oslo"), valid_at=day(5))
    for _ in range(3):
        done = await world.undo(done)
    lines = [written(line) async for line in archived(store, "g")]
    copy = EmbeddedStore(tmp_path / "copy.db")
    await copy.open()
    await restore(copy, gathered(parsed(line, n) for n, line in enumerate(lines, start=1)))
    assert [written(line) async for line in archived(copy, "g")] == lines
    other = World(copy, "g")
    other.now = world.now
    assert await other.shown() == await world.shown()
    await other.undo(done)
    assert [(row[2], row[4]) for row in await other.shown()] == [("Oslo", None), ("Rome", day(5))]
    await copy.close()


RELATIONS = ("lives in", "likes", "married to")
TOLD = st.tuples(st.just("add"), st.sampled_from(PEOPLE), st.sampled_from(RELATIONS), st.sampled_from((*PLACES, "Eva")), st.integers(0, 9))
STEPS = st.one_of(
    TOLD,
    TOLD,
    st.tuples(st.just("end"), st.integers(0, 9), st.integers(1, 20)),
    st.tuples(st.just("correct"), st.integers(0, 9), st.sampled_from(PLACES)),
    st.tuples(st.just("undo"), st.integers(0, 9)),
)


async def step(world: World, done: list[Changed], told: tuple[Any, ...]) -> Changed | None:
    """One operation, or None where it says nothing that can be."""
    kind, *rest = told
    facts = await world.facts()
    try:
        if kind == "add":
            who, relation, where, start = rest
            return await world.add((who, relation, where), valid_at=day(start), said_at=day(10 + start))
        if kind == "undo":
            return await world.undo(done[rest[0] % len(done)]) if done else None
        if not facts:
            return None
        fact = facts[rest[0] % len(facts)]
        if kind == "end":
            return await world.memory.end_fact(world.group, fact.uuid, fact.valid_at + timedelta(days=rest[1]), "it ended")
        replacement = FactInput(EntityInput(id=fact.subject), fact.relation, _city(rest[1]))
        return await world.memory.correct_fact(world.group, fact.uuid, "it was elsewhere", replacement)
    except (BadInput, Conflict):
        return None


@given(st.lists(STEPS, min_size=1, max_size=8))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_undo_gives_the_world_from_before_and_undo_of_undo_the_one_after(store: Store, steps: list[tuple[Any, ...]]) -> None:
    world = World(store, str(uuid4()))
    done: list[Changed] = []
    past: list[tuple[datetime, list[Row]]] = []
    for told in steps:
        before = await world.shown()
        changed = await step(world, done, told)
        if changed is not None:
            after = await world.shown()
            undone = await world.undo(changed)
            assert await world.shown() == before
            past.append((undone.at, before))
            redone = await world.undo(undone)
            assert await world.shown() == after
            past.append((redone.at, after))
            done.append(changed)
    for at, shown in past:
        assert await world.shown(at) == shown
