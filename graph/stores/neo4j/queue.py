"""The queue of Work: leases in order within a session, each for one worker at a time."""

from datetime import datetime
from uuid import uuid4

from graph.model import Work
from graph.stores.base import Lease
from graph.stores.leases import lost, unknown
from graph.stores.neo4j import rows
from graph.stores.neo4j.database import Database
from graph.stores.neo4j.queries import queue as sql
from graph.time import to_micros


async def lease(database: Database, worker: str, at: datetime, until: datetime, most: int) -> Lease | None:
    """Asked again as long as another worker is faster: each time, that one has something to do."""
    token = str(uuid4())
    params = {"worker": worker, "token": token, "at": to_micros(at), "until": to_micros(until), "most": max(most, 1)}
    while found := await database.change(sql.LEASE, **params):
        if found[0]:
            return _lease(token, found[0])
    return None


def _lease(token: str, row: rows.Row) -> Lease:
    group, timezone, speakers, work, episodes, before = row
    return Lease(
        work=rows.work(group, work),
        token=token,
        timezone=timezone,
        episodes=tuple(rows.episode(group, row) for row in episodes),
        before=tuple(rows.episode(group, row) for row in reversed(before)),
        speakers=tuple(speakers),
    )


async def fail(database: Database, token: str, error: str, again_at: datetime | None) -> None:
    if again_at is None:
        found = await database.change(sql.PARK, token=token, error=error)
    else:
        found = await database.change(sql.FAIL, token=token, error=error, again_at=to_micros(again_at))
    if not found:
        raise lost(token)


async def renew(database: Database, token: str, until: datetime) -> None:
    if not await database.change(sql.RENEW, token=token, until=to_micros(until)):
        raise lost(token)


async def release(database: Database, token: str) -> None:
    await database.change(sql.RELEASE, token=token)


async def retry(database: Database, group: str, uuid: str) -> None:
    if not await database.change(sql.RETRY, group=group, work=uuid):
        raise unknown(uuid)


async def work(database: Database, group: str, uuid: str) -> Work | None:
    found = await database.read(sql.WORK, group=group, work=uuid)
    return rows.work(group, found[0]) if found else None


async def parked(database: Database, only: str | None, most: int) -> tuple[Work, ...]:
    return tuple(rows.work(group, row) for group, row in await database.read(sql.ALL_PARKED, only=only, most=most))


async def waiting(database: Database) -> int:
    ((number,),) = await database.read(sql.WAITING)
    return int(number)
