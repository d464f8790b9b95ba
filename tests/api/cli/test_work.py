"""`palimpsest work`: learns what waits, ends when it is told to, and leaves a file to the service that holds it."""

import asyncio
import signal
import subprocess
from pathlib import Path

import pytest

from api.lock import held, holder
from api.settings import Settings, read_settings
from api.wiring import open_memory
from graph.inputs import MessageInput
from tests.api.cli.command import MAIN, environment, palimpsest, refused, server_settings


@pytest.fixture(params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """The settings that name a store."""
    return server_settings(request.getfixturevalue("neo4j")) if request.param == "neo4j" else {"store": str(tmp_path / "memory.db")}


def settings_of(store: dict[str, str]) -> Settings:
    return read_settings({f"PALIMPSEST_{name.upper()}": value for name, value in store.items()})


async def keep(store: dict[str, str], *contents: str) -> None:
    """Keeps messages that nobody learns from yet."""
    async with open_memory(settings_of(store)) as memory:
        await memory.add_messages("mine", "monday", [MessageInput("user", content, name="Ines") for content in contents])


async def waiting(store: dict[str, str]) -> int:
    async with open_memory(settings_of(store)) as memory:
        return await memory.parts.store.waiting()


def test_what_waits_is_learnt(store: dict[str, str]) -> None:
    asyncio.run(keep(store, "I live in Faro.", "I work at Harbour Books."))
    done = palimpsest("work", "--until-idle", **store)
    assert done.returncode == 0, done.stderr
    assert "Working as " in done.stderr
    facts = palimpsest("facts", "mine", **store).stdout
    assert "Faro" in facts
    assert "Harbour Books" in facts


def test_nothing_waits(store: dict[str, str]) -> None:
    asyncio.run(keep(store, "I live in Faro."))
    assert palimpsest("work", "--until-idle", **store).returncode == 0
    assert palimpsest("work", "--until-idle", **store).returncode == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_well(store: dict[str, str], number: signal.Signals) -> None:
    asyncio.run(keep(store, *(f"I visited town {count}." for count in range(30))))
    with subprocess.Popen([*MAIN, "work"], env=environment(**store), stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert "Working as" in process.stderr.readline()
        process.send_signal(number)
        told = process.stderr.read()
    assert process.returncode == 0, told
    assert "Traceback" not in told
    if (left := asyncio.run(waiting(store))) > 0:
        assert palimpsest("work", "--until-idle", **store).returncode == 0
        assert asyncio.run(waiting(store)) == 0, left


def test_a_file_that_a_service_holds_needs_no_worker(tmp_path: Path) -> None:
    store = tmp_path / "memory.db"
    asyncio.run(keep({"store": str(store)}, "I live in Faro."))
    with held(store, "serve", 0):
        told = refused(palimpsest("work", store=str(store)), 1)
    assert "palimpsest serve" in told
    assert "the service learns too" in told


def test_a_worker_holds_its_file(tmp_path: Path) -> None:
    store = tmp_path / "memory.db"
    asyncio.run(keep({"store": str(store)}, "I live in Faro."))
    with subprocess.Popen([*MAIN, "work", "--store", str(store)], env=environment(), stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert "Working as" in process.stderr.readline()
        held_by = holder(store)
        assert held_by is not None
        assert (held_by.pid, held_by.command) == (process.pid, "work")
        process.terminate()
        process.stderr.read()
    assert process.returncode == 0


def test_there_is_nothing_to_learn_from_where_there_is_no_file(tmp_path: Path) -> None:
    assert "memory.db" in refused(palimpsest("work", store=str(tmp_path / "memory.db")), 1)
    assert not (tmp_path / "memory.db").exists()
