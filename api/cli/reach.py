"""Which channel a command takes: the store itself, or over HTTP the service that holds it."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from pathlib import Path

from api.cli.channel import Channel, Http, InProcess
from api.lock import POLL_SECONDS, StoreLock, busy, held, holder, take
from api.place import store_file
from api.settings import Settings
from api.wiring import open_memory
from graph.errors import NotFound

PATIENCE_SECONDS = 10.0
ENDING_SECONDS = 2.0
"""How long to wait for a command that is just ending."""


@asynccontextmanager
async def reading(settings: Settings) -> AsyncIterator[Channel]:
    """A channel to read with. Needs no lock. Raises NotFound where there is no store."""
    path = existing(settings)
    held_by = holder(path) if path else None
    if held_by is not None and held_by.url:
        yield Http(held_by.url, settings.key)
        return
    async with open_memory(settings) as memory:
        yield InProcess(memory, settings.max_page)


@asynccontextmanager
async def writing(settings: Settings, command: str, patience: float = PATIENCE_SECONDS) -> AsyncIterator[Channel]:
    """A channel to write with, as the one writer of a file or through it. Raises StoreBusy where another command stays."""
    path = store_file(settings)
    found = await _lock_or_service(path, command, time.monotonic() + patience) if path else None
    if isinstance(found, str):
        yield Http(found, settings.key)
        return
    try:
        async with open_memory(settings, sole_writer=True) as memory:
            yield InProcess(memory, settings.max_page)
    finally:
        if found is not None:
            found.release()


def claimed(path: Path | None, command: str) -> AbstractContextManager[StoreLock | None]:
    """Holds the lock of a file for the block; a server needs none. Raises StoreBusy naming the process that has it."""
    return held(path, command, ENDING_SECONDS) if path else nullcontext()


def existing(settings: Settings) -> Path | None:
    """The store's file, as `store_file` has it. Raises NotFound where there is none yet."""
    path = store_file(settings)
    if path is not None and not path.exists():
        raise NotFound(
            f"there is no store {str(path)!r}",
            hint="Make one with: palimpsest serve --demo, or palimpsest remember FILE; or name one: --store PATH.",
        )
    return path


async def _lock_or_service(path: Path, command: str, deadline: float) -> StoreLock | str:
    while True:
        if (lock := take(path, command)) is not None:
            return lock
        held_by = holder(path)
        if held_by is not None and held_by.url:
            return held_by.url
        if time.monotonic() >= deadline:
            raise busy(path)
        await asyncio.sleep(POLL_SECONDS)
