"""Makes the first questions as quick as later ones: a server plans a statement when it first meets it, which may take a second each."""

import asyncio
import contextlib
import itertools
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import numpy as np

from graph.errors import PalimpsestError
from graph.memory import Memory
from graph.model import Embedder
from graph.parts import wall_clock
from graph.stores.base import Asking, Spot, Store, Wanted
from graph.time import AsOf

PAUSE = 5.0
"""Seconds between attempts."""

log = logging.getLogger("palimpsest")


async def warm(store: Store, embedder: Embedder) -> None:
    """Asks what recall and learning ask, about a group that cannot be there. Raises StoreUnavailable."""
    group, some, now = str(uuid4()), ["nobody"], wall_clock()
    as_of = AsOf(now, now - timedelta(days=1))
    wanted = Wanted(some, np.zeros(embedder.dimension, dtype=np.float32), {"FACT": 1, "ENTITY": 1, "EPISODE": 1}, some)
    await store.group(group)
    await store.search(group, wanted, as_of)
    await store.vicinity(group, Spot(entities=some, facts=some, relations=some, drawn_from=some, episodes=some), as_of)
    await store.records(group, some, some, some, as_of)
    await store.footing(group, Asking(some, some[0], some, some, some))
    await store.beliefs(group, ["s:knows:nobody"])


@contextlib.asynccontextmanager
async def warming(memory: Memory) -> AsyncIterator[asyncio.Task[None]]:
    """The store is warmed while the block runs, unless it ends before."""
    task = asyncio.create_task(_tried(memory), name="warming")
    try:
        yield task
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _tried(memory: Memory) -> None:
    """Again and again while the store is away or too busy to answer; told of once."""
    for attempt in itertools.count(1):
        try:
            return await warm(memory.parts.store, memory.parts.embedder)
        except PalimpsestError as error:
            if attempt == 1:
                log.warning("the first questions may take longer: %s", error.message)
        await asyncio.sleep(PAUSE)
