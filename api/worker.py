"""The worker of the serving process: learns from what was kept, until it is told to stop."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

from graph.memory import Memory
from schema.errors import reference

FIRST_PAUSE, LONGEST_PAUSE = 0.25, 8.0
"""Seconds to wait when nothing waits, or after an error; doubled each time. New Work in this process ends the wait at once."""
PATIENCE = 5.0
"""Seconds that a stop leaves for the piece of Work at hand."""

log = logging.getLogger("palimpsest")


class Worker:
    def __init__(self, memory: Memory, name: str = "worker") -> None:
        self._memory = memory
        self._name = name
        self._stopping = False

    async def run(self) -> None:
        """Learns until stopped. An error of the store is logged and waited out."""
        pause = FIRST_PAUSE
        while not self._stopping:
            self._memory.kept.clear()
            if await self._learn():
                pause = FIRST_PAUSE
                continue
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._memory.kept.wait(), pause)
            pause = FIRST_PAUSE if self._memory.kept.is_set() else min(2 * pause, LONGEST_PAUSE)

    def stop(self) -> None:
        """Ends `run` after the piece of Work at hand."""
        self._stopping = True
        self._memory.kept.set()

    async def _learn(self) -> bool:
        try:
            return await self._memory.learn(self._name)
        except Exception as error:
            log.exception("learning failed (%s); it will be tried again", reference(), exc_info=error)
            return False


@contextlib.asynccontextmanager
async def working(memory: Memory, patience: float = PATIENCE) -> AsyncIterator[None]:
    """A worker runs during the block. At its end what is being learnt is finished, or given back if that takes too long."""
    worker = Worker(memory)
    task = asyncio.create_task(worker.run(), name="worker")
    try:
        yield
    finally:
        worker.stop()
        _, late = await asyncio.wait([task], timeout=patience)
        for unfinished in late:
            unfinished.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
