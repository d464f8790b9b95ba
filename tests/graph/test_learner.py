"""The learner: a lease is kept while it learns, what fails is tried again, and what ends the process is not tried for ever."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from graph.errors import Conflict, ModelUnavailable, PalimpsestError, StoreAway
from graph.inputs import EntityInput, FactInput, MessageInput
from graph.language import Excerpt, Reading
from graph.learner import LONGEST_PAUSE, MOST_ATTEMPTS, pause_after
from graph.memory import Memory
from graph.model import Work, WorkState
from graph.parts import Parts, wall_clock
from graph.stores.base import Lease
from tests.graph.scripted import ScriptedExtractor, Talk, company, says

SAID = MessageInput("user", "said", name="Ada")


def memory_of(talk: Talk, **parts: Any) -> Memory:
    return Memory(replace(talk.memory.parts, **parts))


async def kept(talk: Talk, content: str = "said") -> str:
    talk.script.script["said"] = [says("Ada", "works_at", company("Acme"))]
    return (await talk.memory.add_messages("g", "s", [replace(SAID, content=content)])).work.uuid


async def work(talk: Talk, uuid: str) -> Work:
    found = await talk.memory.work("g", uuid)
    assert found is not None
    return found


async def lapsed(talk: Talk) -> Lease:
    """A lease that a process took and never gave back: its time is over."""
    now = wall_clock()
    lease = await talk.memory.parts.store.lease("gone", now, now)
    assert lease is not None
    return lease


async def test_what_a_dead_worker_had_begun_is_taken_over_when_its_lease_is_over(talk: Talk) -> None:
    uuid = await kept(talk)
    await lapsed(talk)
    assert await talk.memory.learn()
    assert ((await work(talk, uuid)).state, (await work(talk, uuid)).attempts) == (WorkState.DONE, 2)


async def test_a_message_that_ends_the_process_each_time_is_parked(talk: Talk) -> None:
    uuid = await kept(talk)
    for _ in range(MOST_ATTEMPTS):
        await lapsed(talk)
    assert await talk.memory.learn()
    parked = await work(talk, uuid)
    assert parked.state is WorkState.PARKED
    assert parked.error is not None
    assert f"{MOST_ATTEMPTS} attempts" in parked.error
    assert not await talk.memory.learn()
    await talk.memory.retry_work("g", uuid)
    assert (await talk.memory.finished("g", uuid)).state is WorkState.DONE


async def test_losing_to_other_writers_is_no_fault_of_the_work(talk: Talk) -> None:
    uuid = await kept(talk)
    for _ in range(MOST_ATTEMPTS + 1):
        await talk.memory.parts.store.fail((await lapsed(talk)).token, "StaleVersion: the group moved on", wall_clock(), wall_clock())
    assert await talk.memory.learn()
    assert (await work(talk, uuid)).state is WorkState.DONE


@pytest.mark.parametrize("word", ["StaleVersion: the group moved on", "ModelUnavailable: busy"])
async def test_a_message_that_ends_the_process_each_time_is_parked_whatever_was_said_before(talk: Talk, word: str) -> None:
    uuid = await kept(talk)
    await talk.memory.parts.store.fail((await lapsed(talk)).token, word, wall_clock(), wall_clock())
    for _ in range(MOST_ATTEMPTS):
        assert (await lapsed(talk)).work.error == word
    assert await talk.memory.learn()
    parked = await work(talk, uuid)
    assert parked.state is WorkState.PARKED
    assert parked.error is not None
    assert word in parked.error
    assert not talk.script.excerpts


async def test_one_process_that_ends_does_not_park_what_had_lost_to_others(talk: Talk) -> None:
    uuid = await kept(talk)
    for _ in range(MOST_ATTEMPTS + 1):
        await talk.memory.parts.store.fail((await lapsed(talk)).token, "StaleVersion: the group moved on", wall_clock(), wall_clock())
    await lapsed(talk)
    assert await talk.memory.learn()
    assert (await work(talk, uuid)).state is WorkState.DONE


@pytest.mark.parametrize("error", [ModelUnavailable("no model"), PalimpsestError("no"), ValueError("what")])
async def test_parked_work_is_told_in_the_log_with_its_error(talk: Talk, error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    uuid = await kept(talk)
    memory = memory_of(talk, extractor=Failing(talk.script.script, error=error))
    with caplog.at_level(logging.WARNING, "palimpsest"):
        for attempt in range(1, MOST_ATTEMPTS + 1):
            assert await memory.learn()
            if attempt < MOST_ATTEMPTS:
                await memory.retry_work("g", uuid)
    assert (await work(talk, uuid)).state is WorkState.PARKED
    parked = [message for message in caplog.messages if message.startswith("parked")]
    assert parked == [f"parked {uuid} of 'g': {type(error).__name__}: {error}"]


async def test_only_a_lost_lease_is_told_as_another_workers(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    uuid = await kept(talk)
    failing = Failing(talk.script.script, error=Conflict("the model contradicts itself"))
    with caplog.at_level(logging.WARNING, "palimpsest"):
        assert await memory_of(talk, extractor=failing).learn()
    assert caplog.messages == []
    await talk.memory.parts.store.retry("g", uuid)
    slow = Slow(talk.script.script)
    learning = asyncio.create_task(memory_of(talk, extractor=slow).learn())
    await slow.begun.wait()
    later = wall_clock() + timedelta(hours=1)
    other = await talk.memory.parts.store.lease("other", later, later)
    assert other is not None
    slow.going_on.set()
    with caplog.at_level(logging.WARNING, "palimpsest"):
        assert await learning
    assert caplog.messages == [f"another worker took over {uuid} of 'g'"]
    assert ((await work(talk, uuid)).state, other.work.attempts) == (WorkState.RUNNING, 3)


def test_the_pause_doubles_up_to_a_minute() -> None:
    assert [pause_after(attempts).total_seconds() for attempts in (1, 2, 5, 6, 45, 4000)] == [2, 4, 32, 60, 60, 60]
    assert LONGEST_PAUSE == 60


@dataclass
class Failing(ScriptedExtractor):
    """Reads nothing, and says why."""

    error: Exception = field(default_factory=Exception)

    async def read(self, excerpt: Excerpt) -> Sequence[Reading]:
        raise self.error


@dataclass
class Slow(ScriptedExtractor):
    """Reads for as long as the test says."""

    going_on: asyncio.Event = field(default_factory=asyncio.Event)
    begun: asyncio.Event = field(default_factory=asyncio.Event)

    async def read(self, excerpt: Excerpt) -> Sequence[Reading]:
        self.begun.set()
        await self.going_on.wait()
        return await super().read(excerpt)


@dataclass
class Watched:
    """A store that counts renewals and can be away."""

    store: Any
    renewed: int = 0
    renewed_twice: asyncio.Event = field(default_factory=asyncio.Event)
    away: bool = False

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.store, name)
        return self._unless_away(found) if name in ("apply", "release", "lease") else found

    async def renew(self, token: str, until: datetime) -> None:
        self.renewed += 1
        if self.renewed == 1:
            raise StoreAway("the store is away")
        await self.store.renew(token, until)
        self.renewed_twice.set()

    def _unless_away(self, call: Callable[..., Any]) -> Callable[..., Any]:
        async def called(*args: Any, **kwargs: Any) -> Any:
            if self.away:
                raise StoreAway("the store is away")
            return await call(*args, **kwargs)

        return called


async def test_a_lease_is_renewed_while_it_learns_even_if_one_renewal_fails(talk: Talk) -> None:
    uuid = await kept(talk)
    store, slow = Watched(talk.memory.parts.store), Slow(talk.script.script)
    memory = memory_of(talk, store=store, extractor=slow, lease=timedelta(seconds=0.9))
    begun = datetime.now(UTC)
    async with asyncio.timeout(20):
        learning = asyncio.create_task(memory.learn())
        await store.renewed_twice.wait()
        assert await talk.memory.parts.store.lease("other", begun + timedelta(seconds=1), begun + timedelta(seconds=9)) is None
        slow.going_on.set()
        assert await learning
    assert (await work(talk, uuid)).state is WorkState.DONE


async def test_a_store_that_went_away_costs_no_attempt_and_no_waiting_once_it_is_back(talk: Talk) -> None:
    uuid = await kept(talk)
    store, slow = Watched(talk.memory.parts.store), Slow(talk.script.script)
    memory = memory_of(talk, store=store, extractor=slow)
    learning = asyncio.create_task(memory.learn())
    await slow.begun.wait()
    store.away = True
    slow.going_on.set()
    with pytest.raises(StoreAway):
        await learning
    assert (await work(talk, uuid)).state is WorkState.RUNNING
    with pytest.raises(StoreAway):
        await memory.learn()
    store.away = False
    assert await memory.learn()
    assert ((await work(talk, uuid)).state, (await work(talk, uuid)).attempts) == (WorkState.DONE, 1)


async def test_a_learner_that_is_cancelled_gives_back_what_it_had(talk: Talk) -> None:
    uuid = await kept(talk)
    slow = Slow(talk.script.script)
    learning = asyncio.create_task(memory_of(talk, extractor=slow).learn())
    await slow.begun.wait()
    learning.cancel()
    with pytest.raises(asyncio.CancelledError):
        await learning
    assert ((await work(talk, uuid)).state, (await work(talk, uuid)).attempts) == (WorkState.QUEUED, 0)


async def test_a_lease_names_its_worker(talk: Talk) -> None:
    named: list[str] = []

    class Named(Watched):
        async def lease(self, worker: str, *rest: Any) -> Any:
            named.append(worker)
            return await self.store.lease(worker, *rest)

    parts: Parts = replace(talk.memory.parts, store=Named(talk.memory.parts.store), worker="host:7")
    await kept(talk)
    assert await Memory(parts).learn()
    assert named == ["host:7"]


async def test_what_other_settings_stand_in_the_way_of_is_parked_at_once(talk: Talk) -> None:
    await talk.memory.add_facts("g", [FactInput(EntityInput(name="Ada"), "likes", EntityInput(name="tea"))])
    uuid = await kept(talk)
    assert await memory_of(talk, ontology=replace(talk.memory.parts.ontology, hash="other")).learn()
    parked = await work(talk, uuid)
    assert (parked.state, parked.attempts) == (WorkState.PARKED, 1)
    assert "'g' believes under another ontology" in (parked.error or "")
    await talk.memory.retry_work("g", uuid)
    assert (await talk.memory.finished("g", uuid)).state is WorkState.DONE
