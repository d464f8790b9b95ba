"""Forgetting and undoing, in any store: what was forgotten does not come back, and what is left is as if it had never been told."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from graph.errors import Conflict
from graph.inputs import Changed, EntityInput, FactInput
from graph.model import Change, UpdatePolicy
from graph.stores.base import Store
from graph.stores.embedded import EmbeddedStore
from tests.stores.builders import LATE, day
from tests.stores.test_forget import ALL, Story

ANA_TOLD = (("Ana", "likes", "Rome"), ("Ana", "likes", "Oslo"))


class Undoing(Story):
    async def add(self, at: float, *told: tuple[str, str, str], reason: str = "") -> Changed:
        self.now[0] = day(at)
        facts = [FactInput(_entity(s), r, _entity(o), said_at=day(at)) for s, r, o in told]
        return await self.memory.add_facts("g", facts, reason)

    async def undo(self, at: float, change: Change, reason: str = "") -> Changed:
        self.now[0] = day(at)
        return await self.memory.undo("g", change.uuid, reason)

    async def set(self, at: float, updates: UpdatePolicy) -> None:
        self.now[0] = day(at)
        await self.memory.configure("g", updates=updates)

    async def spans(self) -> list[list[Any]]:
        """What is believed as known each day, whichever way round pairs were said."""
        return [sorted((r, sorted((s, o)), start, end or LATE) for s, r, o, _, start, end in shown) for shown in await self.world()]

    async def held(self) -> list[str]:
        return sorted(str(row[2]) for row in await self.believed(LATE) if row[5] is None)


def _entity(name: str) -> EntityInput:
    return EntityInput(name=name, type="Person" if name in ("Ana", "Ben") else "City")


@pytest.fixture
async def story(store: Store) -> Undoing:
    return Undoing(store)


@pytest.fixture
async def other(tmp_path: Path) -> AsyncIterator[Undoing]:
    store = EmbeddedStore(tmp_path / "other.db")
    await store.open()
    yield Undoing(store)
    await store.close()


async def test_a_forgetting_cannot_be_undone(story: Undoing) -> None:
    said = await story.tell(1, "Ana lives in Rome")
    for at, target in ((2, {"episode": said}), (3, {"everything": True})):
        done = await story.forget(at, **target)
        with pytest.raises(Conflict, match="a forgetting cannot be undone"):
            await story.undo(5, done.tombstone)


async def test_of_an_operation_that_was_forgotten_in_part_the_rest_is_undone_and_comes_back(story: Undoing) -> None:
    done = await story.add(1, *ANA_TOLD)
    await story.forget(2, fact=next(f.uuid for f in done.facts if f.text.endswith("Rome")))
    assert await story.held() == ["Oslo"]
    undone = await story.undo(3, done.changes[0])
    assert await story.held() == []
    await story.undo(4, undone.changes[0])
    assert await story.held() == ["Oslo"]
    assert not await story.holds("likes Rome")


async def test_of_an_operation_whose_words_are_all_forgotten_nothing_is_left_to_undo(story: Undoing) -> None:
    done = await story.add(1, ("Ana", "likes", "Rome"))
    undone = await story.undo(2, done.changes[0])
    await story.forget(3, entity=done.facts[0].subject)
    for change in (done.changes[-1], undone.changes[-1]):
        with pytest.raises(Conflict, match=r"undone already|was forgotten"):
            await story.undo(4, change)
    await story.forget(5, everything=True)
    for change in (done.changes[-1], undone.changes[-1]):
        with pytest.raises(Conflict, match="or forgotten"):
            await story.undo(6, change)


async def test_what_was_taken_back_before_it_was_forgotten_never_was(story: Undoing, other: Undoing) -> None:
    for one in (story, other):
        await one.add(1, ("Ana", "lives_in", "Rome"))
    done = await story.add(3, ("Ana", "lives_in", "Oslo"))
    undone = await story.undo(5, done.changes[0])
    await story.undo(7, undone.changes[0])
    await story.forget(fact=(await story.records())[done.facts[-1].text].uuid)
    assert await story.world() == await other.world()


async def test_what_was_taken_back_and_came_back_keeps_its_lapse_when_another_is_forgotten(story: Undoing, other: Undoing) -> None:
    first = await story.add(1, ("Ana", "lives_in", "Bern"))
    for one in (story, other):
        await one.add(2, ("Ana", "lives_in", "Rome"))
        done = await one.add(3, ("Ana", "lives_in", "Oslo"))
        undone = await one.undo(5, done.changes[0])
        await one.undo(7, undone.changes[0])
    (fact,) = first.facts
    await story.forget(fact=fact.uuid)
    assert await story.world() == await other.world()


@pytest.mark.parametrize("policy", [UpdatePolicy.LATEST, UpdatePolicy.ONTOLOGY])
async def test_each_instant_is_drawn_by_the_policy_of_its_time(story: Undoing, other: Undoing, policy: UpdatePolicy) -> None:
    back = UpdatePolicy.ONTOLOGY if policy is UpdatePolicy.LATEST else UpdatePolicy.LATEST
    for one in (story, other):
        await one.set(0, back)
        await one.add(1, ("Ana", "likes", "Rome"), ("Ben", "knows", "Ana"))
        await one.add(2, ("Ana", "likes", "Oslo"), ("Ana", "knows", "Ben"))
        if one is story:
            await one.add(3, ("Ana", "likes", "Bern"))
        await one.set(4, policy)
        await one.set(8, back)
    await story.forget(fact=next(f.uuid for text, f in (await story.records()).items() if text.endswith("Bern")))
    assert await story.spans() == await other.spans()
    assert [[policy.value for policy in o.updates or ()] for o in await story.store.policies("g")][-2:] == [
        [back.value, policy.value],
        [policy.value, back.value],
    ]


async def test_nothing_is_kept_of_operations_when_everything_is_forgotten(story: Undoing) -> None:
    done = await story.add(1, ("Ana", "likes", "Rome"))
    await story.undo(2, done.changes[0])
    await story.set(3, UpdatePolicy.LATEST)
    operations = [c.operation for c in (await story.store.list_changes("g", ALL, LATE)).items]
    assert len(await story.store.operations("g", operations)) == 3
    await story.forget(everything=True)
    assert list(await story.store.operations("g", operations)) == []
    assert list(await story.store.policies("g")) == []


async def test_reasons_given_for_undoing_go_with_what_was_undone(story: Undoing) -> None:
    done = await story.add(1, ("Ana", "likes", "Rome"), ("Ben", "likes", "Oslo"), reason="quixotic")
    undone = await story.undo(2, done.changes[0], "vermilion")
    again = await story.undo(3, undone.changes[0], "zanzibar")
    await story.add(4, ("Ben", "likes", "Bern"), reason="plain")
    await story.forget(5, fact=next(f.uuid for f in again.facts if f.text.endswith("Rome")))
    assert not await story.holds("quixotic", "vermilion", "zanzibar")
    assert await story.holds("plain")


async def test_who_was_told_apart_again_is_forgotten_alone(story: Undoing) -> None:
    await story.add(1, ("Ana", "likes", "Rome"), ("Ben", "likes", "Oslo"))
    ana, ben = await story.entity("Ana"), await story.entity("Ben")
    story.now[0] = day(2)
    merged = await story.memory.merge_entities("g", ana, [ben], "one")
    await story.undo(3, merged.changes[0])
    await story.forget(4, entity=ben)
    assert await story.held() == ["Rome"]
    assert not await story.holds("Ben")
    with pytest.raises(Conflict, match="undone already"):
        await story.undo(5, merged.changes[0])


async def test_a_merge_with_someone_forgotten_is_undone_without_them(story: Undoing) -> None:
    await story.add(1, ("Ana", "likes", "Rome"), ("Ben", "likes", "Oslo"))
    ana, ben = await story.entity("Ana"), await story.entity("Ben")
    story.now[0] = day(2)
    merged = await story.memory.merge_entities("g", ana, [ben], "one")
    await story.forget(3, entity=ben)
    await story.undo(4, merged.changes[0])
    assert await story.held() == ["Rome"]
    assert not await story.holds("Ben")
