"""The queue of Work: leases in order within a session, each for one worker at a time."""

import sqlite3
from datetime import datetime
from uuid import uuid4

from graph.model import Work, WorkState
from graph.stores.base import Lease
from graph.stores.embedded import rows
from graph.stores.embedded.queries import keeping
from graph.stores.embedded.queries import queue as sql
from graph.stores.leases import BEFORE, READY_AT_ONCE, lost, unknown
from graph.time import to_micros


def enqueue(db: sqlite3.Connection, work: int, session: int | None) -> None:
    """At the end of its session's lane; a Work without a session has a lane of its own."""
    db.execute(sql.ENQUEUE, {"work": work, "lane": -work if session is None else session, "ready_at": READY_AT_ONCE})


def is_ready(db: sqlite3.Connection, at: datetime) -> bool:
    return db.execute(sql.READY, {"at": to_micros(at)}).fetchone() is not None


def lease(db: sqlite3.Connection, worker: str, at: datetime, until: datetime, most: int) -> Lease | None:
    ready = db.execute(sql.READY, {"at": to_micros(at)}).fetchone()
    if ready is None:
        return None
    no, work = ready
    token = str(uuid4())
    group, number, timezone, session, done, total = db.execute(sql.LEASED_WORK, {"work": work}).fetchone()
    leased = min(max(most, 1), total - done)
    db.execute(sql.LEASE, {"no": no, "token": token, "worker": worker, "until": to_micros(until), "leased": leased})
    db.execute(sql.START, {"work": work})
    episodes = tuple(rows.episode(group, row) for row in db.execute(sql.NEXT, {"work": work, "done": done, "most": leased}))
    earlier = {"session": session, "grp": number, "uuid": episodes[0].uuid, "most": BEFORE}
    before = [rows.episode(group, row) for row in db.execute(sql.BEFORE, earlier)]
    return Lease(
        work=rows.work(group, db.execute(keeping.WORK_BY_ID, {"id": work}).fetchone()),
        token=token,
        timezone=timezone,
        episodes=episodes,
        before=tuple(reversed(before)),
        speakers=tuple(name for (name,) in db.execute(keeping.SPEAKERS, {"session": session})),
    )


def fail(db: sqlite3.Connection, token: str, error: str, again_at: datetime | None) -> None:
    no, work, lane, _ = held(db, token)
    if again_at is not None:
        db.execute(sql.GIVE_BACK, {"no": no, "ready_at": to_micros(again_at)})
        db.execute(sql.FAILED, {"work": work, "error": error})
    else:
        leave(db, no, lane)
        db.execute(sql.PARKED, {"work": work, "error": error})


def release(db: sqlite3.Connection, token: str) -> None:
    row = db.execute(sql.HELD, {"token": token}).fetchone()
    if row:
        db.execute(sql.GIVE_BACK, {"no": row[0], "ready_at": READY_AT_ONCE})
        db.execute(sql.RELEASED, {"work": row[1]})


def renew(db: sqlite3.Connection, token: str, until: datetime) -> None:
    no, *_ = held(db, token)
    db.execute(sql.RENEW, {"no": no, "until": to_micros(until)})


def take_over(db: sqlite3.Connection) -> None:
    """The attempts stay counted: a message that ends the process each time is parked like any that fails."""
    for no, work in db.execute(sql.LEASES).fetchall():
        db.execute(sql.GIVE_BACK, {"no": no, "ready_at": READY_AT_ONCE})
        db.execute(sql.ABANDONED, {"work": work})


def retry(db: sqlite3.Connection, number: int, uuid: str) -> None:
    row = db.execute(sql.STATE, {"grp": number, "uuid": uuid}).fetchone()
    if row is None:
        raise unknown(uuid)
    work, session, state = row
    if state == WorkState.PARKED:
        db.execute(sql.REQUEUED, {"work": work})
        enqueue(db, work, session)
    elif state == WorkState.FAILED:
        db.execute(sql.HURRY, {"work": work, "ready_at": READY_AT_ONCE})


def held(db: sqlite3.Connection, token: str) -> tuple[int, int, int, int]:
    """(number in the queue, work, lane, episodes) of a lease. Raises Conflict where it was lost."""
    row: tuple[int, int, int, int] | None = db.execute(sql.HELD, {"token": token}).fetchone()
    if row is None:
        raise lost(token)
    return row


def work_of(db: sqlite3.Connection, token: str) -> str:
    """The uuid of the Work that a lease is of. Raises Conflict where it was lost."""
    _, work, _, _ = held(db, token)
    return str(db.execute(sql.UUID, {"work": work}).fetchone()[0])


def advance(db: sqlite3.Connection, token: str, at: datetime) -> None:
    """The leased episodes are learnt from: the Work goes on, or is done."""
    no, work, lane, leased = held(db, token)
    row = {"work": work, "leased": leased, "at": to_micros(at)}
    state = db.execute(sql.PROGRESSED, row).fetchone()[0]
    if state == WorkState.DONE:
        leave(db, no, lane)
    else:
        db.execute(sql.GIVE_BACK, {"no": no, "ready_at": READY_AT_ONCE})


def parked(db: sqlite3.Connection, only: str | None, most: int) -> tuple[Work, ...]:
    return tuple(rows.work(group, row) for group, *row in db.execute(sql.ALL_PARKED, {"grp": only, "most": most}))


def waiting(db: sqlite3.Connection) -> int:
    return int(db.execute(sql.WAITING).fetchone()[0])


def leave(db: sqlite3.Connection, no: int, lane: int) -> None:
    """The next of its lane is the head then."""
    db.execute(sql.LEAVE, {"no": no})
    db.execute(sql.PROMOTE, {"lane": lane})
