"""Which way a command takes to a store: the file itself, the service that holds it, or an error that names who does."""

import asyncio
import os
from pathlib import Path

import pytest

from api.cli.channel import Http, InProcess
from api.cli.reach import reading, writing
from api.lock import held, holder
from api.settings import Settings, read_settings
from graph.errors import NotFound, StoreBusy, StoreUnavailable

SERVICE = "{ service { ready } }"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({}, store=str(tmp_path / "memory.db"))


async def test_nobody_holds_it_so_the_file_is_opened_and_held(settings: Settings) -> None:
    async with writing(settings, "remember") as channel:
        assert isinstance(channel, InProcess)
        assert await channel.execute(SERVICE, {}) == {"service": {"ready": True}}
        held_by = holder(Path(settings.store))
        assert held_by is not None
        assert (held_by.pid, held_by.command, held_by.url) == (os.getpid(), "remember", None)
        async with reading(settings) as other:
            assert isinstance(other, InProcess)
    assert holder(Path(settings.store)) is None


async def test_a_service_holds_it_so_commands_go_there(settings: Settings) -> None:
    async with writing(settings, "remember"):
        pass
    with held(Path(settings.store), "serve", 0) as lock:
        lock.describe("serve", "http://127.0.0.1:9")
        for way in (reading(settings), writing(settings, "remember")):
            async with way as channel:
                assert isinstance(channel, Http)
                with pytest.raises(StoreUnavailable, match=r"http://127\.0\.0\.1:9/graphql"):
                    await channel.execute(SERVICE, {})


async def test_another_command_holds_it_and_does_not_end(settings: Settings) -> None:
    with held(Path(settings.store), "remember", 0), pytest.raises(StoreBusy, match=f"process {os.getpid()}"):
        async with writing(settings, "remember", patience=0):
            pass


async def test_another_command_holds_it_and_ends(settings: Settings) -> None:
    with held(Path(settings.store), "remember", 0):
        waiting = asyncio.create_task(_written(settings))
        await asyncio.sleep(0.1)
        assert not waiting.done()
    assert await waiting == {"service": {"ready": True}}


async def _written(settings: Settings) -> object:
    async with writing(settings, "remember") as channel:
        return await channel.execute(SERVICE, {})


async def test_reading_makes_no_store(settings: Settings) -> None:
    with pytest.raises(NotFound, match=r"memory\.db"):
        async with reading(settings):
            pass
    assert not Path(settings.store).exists()
