"""The connection: one statement to read, one managed transaction to write. The driver's errors end here."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from functools import lru_cache
from typing import Any, TypeVar, cast

from neo4j import READ_ACCESS, WRITE_ACCESS, AsyncDriver, AsyncGraphDatabase, AsyncManagedTransaction, AsyncSession, Query, unit_of_work
from neo4j.exceptions import DriverError, Neo4jError

from graph.errors import StoreUnavailable
from graph.stores.neo4j.address import Address
from graph.stores.neo4j.faults import silent, translated

T = TypeVar("T")
Row = Sequence[Any]
Rows = Sequence[Row]

PAUSES = (0.05, 0.2, 0.8)
"""Seconds before a read that failed for a moment is sent again."""
FIRST_PAUSE = 0.1
"""Seconds before a write that failed for a moment is done again; doubled each time, until the address' patience is at its end."""
IDLE = 60.0
"""Seconds after which a connection is looked at before it is used: a firewall may have dropped it without a word."""
READING, WRITING, DEFINING = 1, 6, 60
"""How many times the address' patience a call may take as a whole; a write waits for a connection, for locks and for the disk, and is
tried again; a constraint over all that is there takes minutes."""
SPARE = 0.5
"""Seconds on top: who waits for a connection is told so by the driver first."""
AFTERWARDS = 1.0
"""Seconds after which the server, too, ends what was given up here: it may not have heard, and what it does holds locks."""
FORGOTTEN = "Neo.ClientError.Transaction.InvalidBookmark"
_PARAMETER = re.compile(r"\$(\w+)")


@lru_cache(1024)
def planned_once(statement: str) -> str:
    """The statement with all its parameters in one map `$p`.

    The server plans a statement anew for each combination of its parameters' types and sizes (in powers of ten, of lists and of
    texts), which takes up to a second; into a map it does not look.
    """
    return _PARAMETER.sub(r"$p.\1", statement)


@lru_cache(1024)
def parameters_of(statement: str) -> frozenset[str]:
    return frozenset(_PARAMETER.findall(statement))


def with_parameters(statement: str, params: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """What is sent. Raises ValueError for a parameter that is not given, which in a map would be null without a word."""
    if missing := parameters_of(statement) - params.keys():
        raise ValueError(f"the statement lacks {', '.join(sorted(missing))}: {statement[:60]!r}")
    return planned_once(statement), {"p": dict(params)}


def driver_of(address: Address) -> AsyncDriver:
    return AsyncGraphDatabase.driver(
        address.uri,
        auth=(address.user, address.password),
        max_connection_pool_size=address.connections,
        connection_acquisition_timeout=address.patience,
        connection_timeout=address.patience,
        max_transaction_retry_time=address.patience,
        initial_retry_delay=FIRST_PAUSE,
        liveness_check_timeout=IDLE,
        notifications_min_severity="OFF",
        telemetry_disabled=True,
        user_agent="palimpsest",
    )


class Transaction:
    """One transaction to write in; every statement returns its rows."""

    def __init__(self, inner: AsyncManagedTransaction) -> None:
        self._inner = inner

    async def rows(self, statement: str, **params: Any) -> Rows:
        result = await self._inner.run(*with_parameters(statement, params))
        record = await result.single()
        return cast(Rows, record[0]) if record is not None else ()


class Database:
    """The driver of one address, connected by `connect`. Every call raises StoreUnavailable where the server cannot be used."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._driver: AsyncDriver | None = None
        self._seen = AsyncGraphDatabase.bookmark_manager()

    async def connect(self) -> None:
        """Raises StoreUnavailable unless the server answers."""
        async with self._within(self._limit(READING)):
            self._driver = driver_of(self.address)
            try:
                await self._driver.verify_connectivity()
            except ValueError as error:  # so the driver tells of a host or port that is none
                await self.close()
                raise StoreUnavailable(f"{self.address.uri!r} is no address: {error}", hint="Write it as neo4j://host:7687.") from error
            except BaseException:
                await self.close()
                raise

    async def close(self) -> None:
        driver, self._driver = self._driver, None
        if driver is not None:
            with suppress(Neo4jError, DriverError, OSError):  # the server may be gone already, or silent
                async with asyncio.timeout(self.address.patience):
                    await driver.close()

    async def read(self, statement: str, **params: Any) -> Rows:
        """The rows of a statement that writes nothing; sent again where the server was away for a moment."""
        return await self._sent(statement, params, READ_ACCESS)

    async def read_whole(self, statement: str, **params: Any) -> Rows:
        """As `read`, for a statement that locks a node before it reads on, and writes nothing. What is being committed shows to
        others piece by piece, the properties before the indexes; behind the lock it is there whole or not at all.
        """
        return await self._sent(statement, params, WRITE_ACCESS)

    async def _sent(self, statement: str, params: dict[str, Any], access: str) -> Rows:
        async with self._within(self._limit(READING)):
            deadline = time.monotonic() + self.address.patience
            for pause in PAUSES:
                try:
                    return await self._read(statement, params, access)
                except (Neo4jError, DriverError) as error:
                    if not error.is_retryable() or time.monotonic() + pause > deadline:
                        raise
                    await asyncio.sleep(pause)
            return await self._read(statement, params, access)

    async def write(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """What `work` returns, done in one transaction; done again from the start where the server says to."""
        limit = self._limit(WRITING)

        @unit_of_work(timeout=limit + AFTERWARDS)
        async def run(inner: AsyncManagedTransaction) -> T:
            return await work(Transaction(inner))

        async with self._within(limit), self._session(WRITE_ACCESS) as session:
            return await session.execute_write(run)

    async def change(self, statement: str, **params: Any) -> Rows:
        """The rows of one statement that writes, in a transaction of its own."""

        async def work(transaction: Transaction) -> Rows:
            return await transaction.rows(statement, **params)

        return await self.write(work)

    async def define(self, statement: str, **params: Any) -> None:
        """Runs a statement about indexes or constraints, which no transaction may hold."""
        limit = self._limit(DEFINING)
        async with self._within(limit), self._session(WRITE_ACCESS) as session:
            result = await session.run(Query(statement, timeout=limit + AFTERWARDS), params)
            await result.consume()

    async def _read(self, statement: str, params: dict[str, Any], access: str) -> Rows:
        text, given = with_parameters(statement, params)
        query = Query(text, timeout=self._limit(READING) + AFTERWARDS)
        async with self._session(access) as session:
            result = await session.run(query, given)
            record = await result.single()
            return cast(Rows, record[0]) if record is not None else ()

    def _limit(self, times: int) -> float:
        return times * self.address.patience + SPARE

    @asynccontextmanager
    async def _within(self, seconds: float) -> AsyncIterator[None]:
        """Gives the call up after so many seconds, and the connection with it: the server may be silent, and never say so."""
        limit = asyncio.timeout(seconds)
        with translated(self.address):
            try:
                async with limit:
                    yield
            except (Neo4jError, TimeoutError) as error:
                if limit.expired() or getattr(error, "code", None) == FORGOTTEN:
                    self._seen = AsyncGraphDatabase.bookmark_manager()  # a server restored from a backup will never get there
                if isinstance(error, TimeoutError) and limit.expired():
                    raise silent(self.address, seconds) from error
                raise

    def _session(self, access: str) -> AsyncSession:
        """One that waits, on a cluster, for what this process has seen."""
        return self._connected().session(database=self.address.database, default_access_mode=access, bookmark_manager=self._seen)

    def _connected(self) -> AsyncDriver:
        if self._driver is None:
            raise StoreUnavailable(f"the store at {self.address.uri!r} is not open", hint="Open it first.")
        return self._driver
