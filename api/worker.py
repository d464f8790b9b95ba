"""A worker: learns from what was kept, by this process or another, until it is told to stop."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable

from graph.errors import StoreUnavailable
from graph.memory import Memory
from schema.errors import reference

FIRST_PAUSE, LONGEST_PAUSE = 0.25, 1.0
"""Seconds to wait when nothing waits, or after an error; doubled each time. New Work in this process ends the wait at once."""
PATIENCE = 5.0
"""Seconds that a stop leaves for the piece of Work at hand."""
TOLD_EVERY = 10.0
"""Seconds between log lines that tell how far it has come, while there is work."""

log = logging.getLogger("palimpsest")


class Worker:
    """With `until_idle` it ends once no Work is queued or running, here or elsewhere."""

    def __init__(self, memory: Memory, *, until_idle: bool = False) -> None:
        self._memory = memory
        self._until_idle = until_idle
        self._stopping = False
        self._away = False
        self._tally = Tally()

    async def run(self) -> None:
        """Learns until stopped. An error of the store is logged and waited out."""
        pause = FIRST_PAUSE
        while not self._stopping:
            self._memory.kept.clear()
            if await self._tried(self._memory.learn):
                self._tally.count()
                pause = FIRST_PAUSE
                continue
            self._tally.tell()
            if self._until_idle and await self._tried(self._nothing_waits):
                return
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._memory.kept.wait(), pause)
            pause = FIRST_PAUSE if self._memory.kept.is_set() else min(2 * pause, LONGEST_PAUSE)

    def stop(self) -> None:
        """Ends `run` after the piece of Work at hand."""
        self._stopping = True
        self._memory.kept.set()

    async def _nothing_waits(self) -> bool:
        return await self._memory.parts.store.waiting() == 0

    async def _tried(self, call: Callable[[], Awaitable[bool]]) -> bool:
        """What the call answers; False where it failed. A store that is away is told of once, and again when it is back."""
        try:
            answer = await call()
        except StoreUnavailable as error:
            if not self._away:
                log.error("learning waits for the store: %s", error.message)
            self._away = True
            return False
        except Exception as error:
            log.exception("learning failed (%s); it will be tried again", reference(), exc_info=error)
            return False
        if self._away:
            log.warning("the store answers again, and learning goes on")
        self._away = False
        return answer


class Tally:
    """Counts pieces of Work, and tells of them in few log lines."""

    def __init__(self) -> None:
        self._count = 0
        self._told_at = time.monotonic()

    def count(self) -> None:
        self._count += 1
        if time.monotonic() - self._told_at >= TOLD_EVERY:
            self.tell()

    def tell(self) -> None:
        if self._count:
            log.info("worked on %d pieces of Work", self._count)
        self._count, self._told_at = 0, time.monotonic()


@contextlib.asynccontextmanager
async def working(memory: Memory, *, patience: float = PATIENCE, until_idle: bool = False) -> AsyncIterator[asyncio.Task[None]]:
    """A worker runs during the block. At its end what is being learnt is finished, or given back if that takes too long."""
    worker = Worker(memory, until_idle=until_idle)
    task = asyncio.create_task(worker.run(), name="worker")
    try:
        yield task
    finally:
        worker.stop()
        _, late = await asyncio.wait([task], timeout=patience)
        for unfinished in late:
            unfinished.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
