"""Takes pieces of Work, one at a time: keeps the lease while it learns, and gives back what it could not learn."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias

from graph.errors import Conflict, ModelAway, PalimpsestError, SetUpOtherwise, StaleVersion, StoreUnavailable
from graph.ingest import learn
from graph.model import Work, WorkState
from graph.parts import Parts, wall_clock
from graph.stores.base import Lease

Done: TypeAlias = asyncio.Future[Work]

FINISHED = (WorkState.DONE, WorkState.PARKED)
MOST_EPISODES = 10
MOST_ATTEMPTS = 5
LONGEST_PAUSE = 60
"""Seconds until what failed is tried again, at most; doubled with each attempt."""
RENEWALS = 3
"""How often a lease is renewed while it lasts, so that one renewal may fail."""

log = logging.getLogger("palimpsest")


class Learner:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._turn = asyncio.Lock()
        self._owed: list[str] = []
        self._awaited: dict[str, Done] = {}

    async def next(self, unless: Done | None = None) -> Work | None:
        """Learns from the next piece of Work, and returns it as it then is; None when none waits, or when what was waited for
        is done when its turn comes. What fails is tried again, then parked.
        """
        async with self._turn:
            if unless is not None and unless.done():
                return None
            await self._settle()
            now = wall_clock()
            lease = await self._parts.store.lease(self._parts.worker, now, now + self._parts.lease, MOST_EPISODES)
            if lease is None:
                return None
            work = await self._take_on(lease)
            if work.state in FINISHED and work.uuid in self._awaited:
                self._awaited.pop(work.uuid).set_result(work)
            return work

    @contextmanager
    def awaiting(self, work: str) -> Iterator[Done]:
        """What tells at once when this process has finished that Work, whoever in it did."""
        done = self._awaited.setdefault(work, asyncio.get_running_loop().create_future())
        try:
            yield done
        finally:
            self._awaited.pop(work, None)

    async def _take_on(self, lease: Lease) -> Work:
        if _is_deadly(lease.work):
            return await self._park_deadly(lease)
        try:
            async with self._renewed(lease.token):
                return _progressed(lease, await learn(self._parts, lease))
        except (asyncio.CancelledError, StoreUnavailable):
            await self._release(lease.token)
            raise
        except Exception as error:  # noqa: BLE001 - whatever goes wrong, the episode stays queued and the error is shown with it
            return await self._fail(lease, error)

    @asynccontextmanager
    async def _renewed(self, token: str) -> AsyncIterator[None]:
        """Other workers leave the Work alone while the block runs, however long it takes."""
        renewing = asyncio.create_task(self._renew(token), name="lease")
        try:
            yield
        finally:
            renewing.cancel()
            with suppress(asyncio.CancelledError):
                await renewing

    async def _renew(self, token: str) -> None:
        with suppress(Conflict):  # another worker has it by now; the commit will say so
            while True:
                await asyncio.sleep(self._parts.lease.total_seconds() / RENEWALS)
                with suppress(StoreUnavailable):  # the next renewal may come in time
                    await self._parts.store.renew(token, wall_clock() + self._parts.lease)

    async def _release(self, token: str) -> None:
        """Gives the lease back as if it had not been; where the store is away, once it is back."""
        try:
            await self._parts.store.release(token)
        except StoreUnavailable:
            self._owed.append(token)

    async def _settle(self) -> None:
        while self._owed:
            await self._parts.store.release(self._owed[-1])
            self._owed.pop()

    async def _fail(self, lease: Lease, error: Exception) -> Work:
        if not isinstance(error, PalimpsestError):
            log.exception("learning from %s of %r failed", lease.work.uuid, lease.work.group, exc_info=error)
        return await self._give_back(lease, f"{type(error).__name__}: {error}", _again(lease, error))

    async def _park_deadly(self, lease: Lease) -> Work:
        """Nobody came back from learning this, and nobody said why: the next would not either."""
        told = f"{MOST_ATTEMPTS} attempts, the last without a word: the process was killed, or lost the store, while it learnt from this"
        return await self._give_back(lease, f"{told}; the last word was: {lease.work.error}" if lease.work.error else told, None)

    async def _give_back(self, lease: Lease, error: str, again_at: datetime | None) -> Work:
        try:
            await self._parts.store.fail(lease.token, error, wall_clock(), again_at)
        except Conflict:  # the lease is another worker's by now, and so is the Work
            log.warning("another worker took over %s of %r", lease.work.uuid, lease.work.group)
            return lease.work
        if again_at is not None:
            return replace(lease.work, state=WorkState.FAILED, error=error)
        log.error("parked %s of %r: %s", lease.work.uuid, lease.work.group, error)
        return replace(lease.work, state=WorkState.PARKED, error=error)


def _is_deadly(work: Work) -> bool:
    """Whether the last attempt it had ended without a word; with one, it would have been parked or not have counted."""
    return work.attempts > MOST_ATTEMPTS


def _progressed(lease: Lease, at: datetime) -> Work:
    """The Work as the store has it after what was leased is learnt."""
    done = lease.work.done + len(lease.episodes)
    if done < lease.work.total:
        return replace(lease.work, state=WorkState.QUEUED, done=done, attempts=0, error=None)
    return replace(lease.work, state=WorkState.DONE, done=done, error=None, finished_at=at)


def _again(lease: Lease, error: Exception) -> datetime | None:
    """When to try again; None is never. That others were faster, or a model away, is no fault of the Work; other settings stay so."""
    if isinstance(error, SetUpOtherwise):
        return None
    if lease.work.attempts >= MOST_ATTEMPTS and not isinstance(error, (StaleVersion, ModelAway)):
        return None
    return wall_clock() + pause_after(lease.work.attempts)


def pause_after(attempts: int) -> timedelta:
    return timedelta(seconds=min(2**attempts, LONGEST_PAUSE))
