"""A whole group erased in transactions of bounded size. After each, what is left is lawful; the same call again does the rest."""

from typing import Any

from graph.erasure import FORGOTTEN, Erased
from graph.model import Change
from graph.stores.neo4j.database import Database, Row, Transaction
from graph.stores.neo4j.forgetting import bury, by_side, locked
from graph.stores.neo4j.queries import remembering as remembering_sql
from graph.stores.neo4j.queries import wiping as sql
from graph.stores.neo4j.view import FAR_MICROS

BATCH = 1_000
"""How many records of a kind a transaction looks for."""


async def wipe(database: Database, version: int, tombstone: Change, batch: int = BATCH) -> Erased:
    """Raises StaleVersion where the group moved on before it began."""
    wiping = _Wiping(database, tombstone.group, batch)
    episodes, facts, entities = await counts(database, tombstone.group)
    await wiping.begin(version)
    await wiping.until_empty()
    await wiping.blank()
    buried = await database.write(lambda transaction: bury(transaction, tombstone))
    return Erased(episodes, facts, entities, buried)


async def counts(database: Database, group: str) -> tuple[int, int, int]:
    """Episodes, facts and entities that a group has."""
    found: Row = await database.read(sql.COUNTS, group=group, far=FAR_MICROS)
    episodes, facts, entities = found
    return episodes, facts, entities


class _Wiping:
    def __init__(self, database: Database, group: str, batch: int) -> None:
        self._database = database
        self._group = group
        self._batch = batch

    async def begin(self, version: int) -> None:
        async def write(transaction: Transaction) -> None:
            await locked(transaction, self._group, version)
            await transaction.rows(remembering_sql.FORGET, group=self._group)
            await transaction.rows(sql.MOVE_ON, group=self._group)

        await self._database.write(write)

    async def until_empty(self) -> None:
        """What is told meanwhile goes, too."""
        found = True
        while found:
            await self._each(sql.PARK, error=FORGOTTEN)
            found = await self._beliefs()
            for statement in sql.ERASE.values():
                found = await self._each(statement) or found

    async def _beliefs(self) -> bool:
        """Erases what is believed and was, key by key; whether there was anything."""
        found = False
        for statement in sql.SOME_KEYS.values():
            while keys := await self._database.read(statement, group=self._group, n=self._batch):
                named = [str(key) for key in keys]
                await self._moving(sql.ERASE_KEYS, keys=named, **by_side(named))
                found = True
        return found

    async def _each(self, statement: str, **more: Any) -> bool:
        """A statement as often as it finds something; whether it did."""
        found = False
        while await self._moving(statement, n=self._batch, **more):
            found = True
        return found

    async def _moving(self, statement: str, **params: Any) -> int:
        """How many records a statement found, in a transaction after which nothing computed before may be applied."""

        async def write(transaction: Transaction) -> int:
            await transaction.rows(sql.MOVE_ON, group=self._group)
            found: Row = await transaction.rows(statement, group=self._group, **params)
            return int(found[0])

        return await self._database.write(write)

    async def blank(self) -> None:
        """Takes the words out of the log."""
        after = 0
        while after is not None:

            async def write(transaction: Transaction, after: int = after) -> Any:
                return await transaction.rows(sql.BLANK, group=self._group, after=after, n=self._batch)

            _, after = await self._database.write(write)
