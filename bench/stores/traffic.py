"""Statements that go to Neo4j, counted at the driver."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from neo4j import AsyncSession
from neo4j._async.work.transaction import AsyncTransactionBase


class Traffic:
    """How many statements were sent since the last `reset`; BEGIN and COMMIT are none."""

    def __init__(self) -> None:
        self.statements = 0

    def reset(self) -> None:
        self.statements = 0


@contextmanager
def counted() -> Iterator[Traffic]:
    """Counts all statements of the block, whoever sends them."""
    traffic = Traffic()

    def counting(run: Any) -> Any:
        async def wrapped(self: Any, *args: Any, **kwargs: Any) -> Any:
            traffic.statements += 1
            return await run(self, *args, **kwargs)

        return wrapped

    session, transaction = AsyncSession.run, AsyncTransactionBase.run
    AsyncSession.run, AsyncTransactionBase.run = counting(session), counting(transaction)  # type: ignore[method-assign]
    try:
        yield traffic
    finally:
        AsyncSession.run, AsyncTransactionBase.run = session, transaction  # type: ignore[method-assign]
