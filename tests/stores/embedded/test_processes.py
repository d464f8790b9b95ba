"""Several processes on one file, and one that is killed while it writes."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from graph.errors import StoreBusy
from graph.model import WorkState
from graph.stores.base import Wanted
from graph.stores.embedded import EmbeddedStore, connection
from graph.views import FactFilter, Page
from tests.stores.builders import LATE, NOW, Writer, day, entity, uuids, vector, vectors
from tests.stores.seeking import near

ROOT = Path(__file__).parents[3]
PROGRAM = "import asyncio, sys; from tests.stores.embedded.programs import {name}; asyncio.run({name}(*sys.argv[1:]))"


@contextmanager
def process(name: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A process that runs one of `tests.stores.embedded.programs`; killed when the block ends."""
    command = [sys.executable, "-c", PROGRAM.format(name=name), *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as running:
        try:
            yield running
        finally:
            running.kill()


def acknowledged(lines: list[str], verb: str) -> list[int]:
    return [int(line.split()[1]) for line in lines if line.startswith(verb)]


def killed_after(path: Path, start: int, lines: int) -> list[str]:
    """What a writing process had acknowledged when it was killed."""
    with process("write_forever", str(path), str(start)) as running:
        assert running.stdout is not None
        seen = [running.stdout.readline() for _ in range(lines)]
        os.kill(running.pid, signal.SIGKILL)
        return [*seen, *running.stdout.readlines()]


async def test_killed_while_writing_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    start = 0
    for round_ in range(4):
        lines = [line for line in killed_after(path, start, 10 + 7 * round_) if line.endswith("\n")]
        store = EmbeddedStore(path)
        await store.open()
        kept = [e.content for e in (await store.list_episodes("g", None, Page(10_000), LATE)).items]
        assert {f"message {n}" for n in acknowledged(lines, "kept")} <= set(kept)
        assert len(set(kept)) == len(kept)
        learnt = uuids((await store.list_facts("g", FactFilter(), "NEWEST", Page(10_000), NOW)).items)
        assert {f"f{n}" for n in acknowledged(lines, "learnt")} <= set(learnt)
        found = await store.search("g", Wanted(["knows"], vector(1, 0), {"FACT": 10_000}), NOW)
        assert set(found.near["FACT"].scores) == set(found.words["FACT"]["knows"].scores) == set(learnt)
        start = await finish(store) + 10
        await store.close()
        with closing(sqlite3.connect(path)) as db:
            assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


async def finish(store: EmbeddedStore) -> int:
    """Takes what the killed process had leased, when its lease has run out; answers a day after everything."""
    late = max((await store.list_episodes("g", None, Page(10_000), LATE)).items, key=lambda e: e.instant)
    number = (late.instant - day(0)).days
    while lease := await store.lease("again", day(number + 2), day(number + 3)):
        await Writer(store, "g").apply(number + 4, lease.token)
        found = await store.work("g", lease.work.uuid)
        assert found is not None
        assert found.state is WorkState.DONE
        number += 4
    return number


async def test_two_processes_write_in_turn_and_open_at_once(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with process("write_some", str(path), "a", "15") as first, process("write_some", str(path), "b", "15") as second:
        store = EmbeddedStore(path)
        await store.open()
        assert await asyncio.to_thread(first.wait) == 0
        assert await asyncio.to_thread(second.wait) == 0
    found = (await store.list_episodes("g", None, Page(1000), LATE)).items
    assert sorted(e.content for e in found) == sorted(f"{who} {n}" for who in "ab" for n in range(15))
    await store.close()


async def test_another_process_writing_too_long_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.05)
    path = tmp_path / "store.db"
    store = EmbeddedStore(path)
    await store.open()
    await Writer(store, "g").keep("before")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy, match=r"store\.db"):
            await Writer(store, "g").keep("meanwhile")
        assert len((await store.list_episodes("g", None, Page(10), LATE)).items) == 1
        other.execute("ROLLBACK")
    await Writer(store, "g").keep("after")
    await store.close()


async def test_vectors_that_another_process_wrote_are_found(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    one, other = EmbeddedStore(path), EmbeddedStore(path)
    await one.open()
    await other.open()
    for number in range(1, 7):
        writer = Writer(one if number % 2 else other, "g")
        uuid = f"e{number}"
        await writer.apply(number, entities=[entity(uuid, day(number))], vectors=vectors(entities={uuid: vector(1, number)}))
        for store in (one, other):
            found = await near(store, "ENTITY", vector(1, 0))
            assert list(found.scores) == [f"e{n}" for n in range(1, number + 1)]
    await one.close()
    await other.close()
