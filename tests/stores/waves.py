"""Counts the sequential waves of calls that something takes: calls of which none waits for another are one wave.

The calls are let through wave by wave: what starts is held until nothing else starts and all of the wave before is back. So the
count is that of calls that have to wait for each other, however fast the store is.
"""

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from neo4j import AsyncSession
from neo4j._async.work.transaction import AsyncTransactionBase

from graph.stores.base import Store

T = TypeVar("T")

QUIET = 0.02
"""Seconds in which a call may still join the wave that is about to start."""


class Waves:
    """`calls` are the names of what was called, by wave."""

    def __init__(self, quiet: float = QUIET) -> None:
        self.calls: list[list[str]] = []
        self._quiet = quiet
        self._held: list[tuple[str, asyncio.Future[None]]] = []
        self._under_way = 0
        self._timer: asyncio.TimerHandle | None = None

    def __len__(self) -> int:
        return len(self.calls)

    @property
    def statements(self) -> int:
        return sum(map(len, self.calls))

    def reset(self) -> None:
        self.calls = []

    async def run(self, name: str, call: Callable[[], Awaitable[T]]) -> T:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._held.append((name, turn))
        self._wait_for_more()
        await turn
        try:
            return await call()
        finally:
            self._under_way -= 1
            self._wait_for_more()

    def _wait_for_more(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
        if self._held and not self._under_way:
            self._timer = asyncio.get_running_loop().call_later(self._quiet, self._let_through)

    def _let_through(self) -> None:
        held = [(name, turn) for name, turn in self._held if not turn.done()]
        self._held, self._timer = [], None
        self._under_way = len(held)
        if held:
            self.calls.append(sorted(name for name, _ in held))
        for _, turn in held:
            turn.set_result(None)


class _Counted:
    """A store whose calls go in waves."""

    def __init__(self, store: Store, waves: Waves) -> None:
        self._store = store
        self._waves = waves

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._store, name)
        if not inspect.iscoroutinefunction(found):
            return found

        async def call(*args: Any, **kwargs: Any) -> Any:
            return await self._waves.run(name, lambda: found(*args, **kwargs))

        return call


def counted(store: Store) -> tuple[Store, Waves]:
    """The same store, and the waves of calls of it."""
    waves = Waves()
    return cast(Store, _Counted(store, waves)), waves


@contextmanager
def statements() -> Iterator[Waves]:
    """The waves of statements that drivers of Neo4j send while the block runs; BEGIN and COMMIT are none."""
    waves = Waves()

    def counting(run: Any) -> Any:
        async def wrapped(self: Any, query: Any, *args: Any, **kwargs: Any) -> Any:
            return await waves.run(getattr(query, "text", query), lambda: run(self, query, *args, **kwargs))

        return wrapped

    ours = AsyncSession.run, AsyncTransactionBase.run
    AsyncSession.run, AsyncTransactionBase.run = (counting(run) for run in ours)  # type: ignore[method-assign]
    try:
        yield waves
    finally:
        AsyncSession.run, AsyncTransactionBase.run = ours  # type: ignore[method-assign]
