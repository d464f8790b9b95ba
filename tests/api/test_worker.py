"""The worker learns from what is kept, waits out failures, and stops without losing anything."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import httpx
import pytest

from api.worker import Tally, Worker, working
from graph.errors import StoreUnavailable
from graph.inputs import MessageInput
from graph.memory import Memory
from graph.model import WorkState
from tests.schema.memories import opened

GROUP = "user:ana"
SAID = MessageInput("user", "Ana lives in Lisbon", name="Ana")


async def finished(memory: Memory, work: str) -> WorkState:
    """The state of a Work once nobody is at it any more."""
    while True:
        found = await memory.work(GROUP, work)
        assert found is not None
        if found.state not in (WorkState.QUEUED, WorkState.RUNNING):
            return found.state
        await asyncio.sleep(0.01)


async def test_what_is_kept_is_learnt_without_being_waited_for(memory: Memory) -> None:
    async with working(memory), asyncio.timeout(20):
        for _ in range(3):
            added = await memory.add_messages(GROUP, "s", [SAID])
            assert await finished(memory, added.work.uuid) is WorkState.DONE


async def test_what_was_kept_before_the_start_is_learnt(memory: Memory) -> None:
    added = await memory.add_messages(GROUP, "s", [SAID])
    async with working(memory), asyncio.timeout(20):
        assert await finished(memory, added.work.uuid) is WorkState.DONE


async def test_work_that_fails_does_not_hold_up_the_rest(memory: Memory) -> None:
    async with working(memory), asyncio.timeout(20):
        bad = await memory.add_messages(GROUP, "bad", [MessageInput("user", "(the model is down)")])
        good = await memory.add_messages(GROUP, "good", [SAID])
        assert await finished(memory, good.work.uuid) is WorkState.DONE
        assert await finished(memory, bad.work.uuid) is WorkState.FAILED


class Ailing:
    """A Memory that fails at first."""

    def __init__(self, error: Exception, failures: int = 1) -> None:
        self.error = error
        self.failures = failures
        self.kept = asyncio.Event()
        self.calls = 0
        self.well = asyncio.Event()

    async def learn(self) -> bool:
        self.calls += 1
        if self.calls <= self.failures:
            raise self.error
        self.well.set()
        return False


async def test_a_store_that_is_away_is_told_of_once_and_waited_out(caplog: pytest.LogCaptureFixture) -> None:
    ailing = Ailing(StoreUnavailable("the disk is gone"), failures=3)
    with caplog.at_level(logging.WARNING, "palimpsest"):
        async with working(cast(Memory, ailing)), asyncio.timeout(20):
            await ailing.well.wait()
    told = [record.getMessage() for record in caplog.records]
    assert told == ["learning waits for the store: the disk is gone", "the store answers again, and learning goes on"]


async def test_an_unforeseen_error_is_logged_whole_and_waited_out(caplog: pytest.LogCaptureFixture) -> None:
    ailing = Ailing(RuntimeError("a fault of ours"))
    with caplog.at_level(logging.ERROR, "palimpsest"):
        async with working(cast(Memory, ailing)), asyncio.timeout(20):
            await ailing.well.wait()
    assert "RuntimeError: a fault of ours" in caplog.text


class Endless:
    """A Memory that never finishes a piece of Work, and notes that it was told to give it back."""

    def __init__(self) -> None:
        self.kept = asyncio.Event()
        self.begun = asyncio.Event()
        self.released = False

    async def learn(self) -> bool:
        self.begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.released = True
        return True


async def test_a_stop_gives_back_what_takes_too_long() -> None:
    endless = Endless()
    async with asyncio.timeout(20), working(cast(Memory, endless), patience=0.05):
        await endless.begun.wait()
    assert endless.released


async def test_a_stopped_worker_begins_nothing_new() -> None:
    ailing = Ailing(RuntimeError())
    worker = Worker(cast(Memory, ailing))
    worker.stop()
    await worker.run()
    assert ailing.calls == 0


async def test_a_worker_can_end_when_nothing_waits(memory: Memory) -> None:
    bad = await memory.add_messages(GROUP, "bad", [MessageInput("user", "(the model is down)")])
    good = await memory.add_messages(GROUP, "good", [SAID])
    worker = asyncio.create_task(Worker(memory, until_idle=True).run())
    async with asyncio.timeout(20):
        assert await finished(memory, bad.work.uuid) is WorkState.FAILED
        assert await finished(memory, good.work.uuid) is WorkState.DONE
    assert not worker.done(), "what failed waits to be tried again"
    leased = await memory.parts.store.lease("another", *later(60))
    assert leased is not None
    await memory.parts.store.fail(leased.token, "given up", *later(60)[:1], None)
    async with asyncio.timeout(20):
        await worker


def later(seconds: int) -> tuple[datetime, datetime]:
    at = datetime.now(UTC) + timedelta(seconds=seconds)
    return at, at + timedelta(minutes=1)


def test_pieces_of_work_are_told_of_together(caplog: pytest.LogCaptureFixture) -> None:
    tally = Tally()
    with caplog.at_level(logging.INFO, "palimpsest"):
        tally.tell()
        for _ in range(3):
            tally.count()
        assert not caplog.records
        tally.tell()
        tally.tell()
    assert [record.getMessage() for record in caplog.records] == ["worked on 3 pieces of Work"]


async def test_a_stop_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path / "again.db") as memory:
        async with working(memory):
            added = [await memory.add_messages(GROUP, f"s{n}", [SAID]) for n in range(20)]
        async with working(memory), asyncio.timeout(30):
            assert {await finished(memory, one.work.uuid) for one in added} == {WorkState.DONE}
        found = await (await memory.graph(GROUP)).counts()
        assert (found.episodes, found.facts) == (20, 1)


async def test_the_serving_process_learns(client: httpx.AsyncClient, memory: Memory) -> None:
    message = '{ role: "user", content: "Ana works at Acme" }'
    document = f'mutation {{ addMessages(input: {{ group: "user:ana", session: "s", messages: [{message}] }}) {{ work {{ id }} }} }}'
    answer = (await client.post("/graphql", json={"query": document})).json()
    work = answer["data"]["addMessages"]["work"]["id"]
    async with asyncio.timeout(20):
        while True:
            found = await client.post("/graphql", json={"query": "query($w: ID!) { work(id: $w) { state } }", "variables": {"w": work}})
            if found.json()["data"]["work"]["state"] == "DONE":
                return
            await asyncio.sleep(0.02)
