"""Accepted means kept: episodes and their Work in one transaction, each external id once."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from graph.model import Episode, Work
from graph.stores.base import Keeping, Kept
from graph.stores.embedded import queue, rows
from graph.stores.embedded.concordance import Concordance, Noted
from graph.stores.embedded.groups import number_of
from graph.stores.embedded.queries import keeping as sql
from graph.stores.embedded.view import View, bounds, listed
from graph.stores.kept import answered, asks, new_episodes, require_episodes, speaker_of
from graph.time import from_micros, spaced, to_micros


@dataclass(frozen=True, slots=True)
class _Place:
    """Where new episodes go; `after` is the said and the counted instant of the session's last message."""

    number: int
    session: int | None
    after: tuple[datetime, datetime] | None


def keep(db: sqlite3.Connection, keeping: Keeping) -> tuple[Kept, Noted]:
    """What was kept, and the words whose postings in memory are stale."""
    require_episodes(keeping)
    number = number_of(db, keeping.group, keeping.at)
    found = _known(db, number, keeping)
    known = {id_: episode for id_, (_, episode) in found.items()}
    new = new_episodes(keeping, known)
    words = Concordance(db, number)
    if new:
        place = _place(db, number, keeping)
        work = _add_work(db, place, keeping, len(new))
        written = _add_episodes(db, place, keeping, new, work)
        words.add("EPISODE", {id_: e.content for id_, e in written.items()})
        kept = {e.uuid: e for e in written.values()}
    else:
        work, _ = found[keeping.episodes[0].external_id or ""]
        kept = {}
    told = Kept(answered(keeping, known, kept), _work(db, keeping.group, work), repeated=len(keeping.episodes) - len(kept))
    return told, words.noted


def work(db: sqlite3.Connection, view: View, uuid: str) -> Work | None:
    row = db.execute(sql.WORK, view.params(uuid=uuid)).fetchone()
    return rows.work(view.group, row) if row else None


def _known(db: sqlite3.Connection, number: int, keeping: Keeping) -> dict[str, tuple[int, Episode]]:
    """Episodes kept before under external ids of this call, with their Work."""
    ids = [e.external_id for e in keeping.episodes if e.external_id is not None]
    if not ids:
        return {}
    found = db.execute(sql.REPEATED, {"grp": number, "ids": listed(ids)})
    return {row[10]: (row[0], rows.episode(keeping.group, row[1:])) for row in found}


def _work(db: sqlite3.Connection, group: str, id_: int) -> Work:
    return rows.work(group, db.execute(sql.WORK_BY_ID, {"id": id_}).fetchone())


def _place(db: sqlite3.Connection, number: int, keeping: Keeping) -> _Place:
    if keeping.session is None:
        return _Place(number, None, None)
    named = {"grp": number, "session": keeping.session}
    row = db.execute(sql.SESSION, named).fetchone()
    if row:
        id_, said, instant = row
        return _Place(number, id_, (datetime.fromisoformat(said), from_micros(instant)))
    id_ = _next(db, sql.LAST_SESSION, number)
    db.execute(sql.ADD_SESSION, {**named, "id": id_, "uuid": keeping.session_uuid or str(uuid4()), "at": to_micros(keeping.at)})
    return _Place(number, id_, None)


def _add_work(db: sqlite3.Connection, place: _Place, keeping: Keeping, total: int) -> int:
    id_ = _next(db, sql.LAST_WORK, place.number)
    row = {"id": id_, "grp": place.number, "uuid": keeping.work, "session": place.session, "at": to_micros(keeping.at), "total": total}
    db.execute(sql.ADD_WORK, row)
    if keeping.restored is None:
        queue.enqueue(db, id_, place.session)
    else:
        _restore(db, id_, keeping.restored)
    return id_


def _restore(db: sqlite3.Connection, id_: int, work: Work) -> None:
    """It stands as it did, and waits for nobody."""
    stood = {"state": work.state.value, "done": work.done, "attempts": work.attempts, "error": work.error}
    db.execute(sql.RESTORE_WORK, {"id": id_, **stood, "finished_at": rows.micros(work.finished_at)})


def _add_episodes(db: sqlite3.Connection, place: _Place, keeping: Keeping, new: Sequence[Episode], work: int) -> dict[int, Episode]:
    """By row id."""
    restored = keeping.restored is not None
    instants = [e.instant for e in new] if restored else spaced([e.said_at for e in new], place.after)
    kept = [
        replace(episode, group=keeping.group, instant=instant, work=keeping.work) for episode, instant in zip(new, instants, strict=True)
    ]
    low = _next(db, sql.LAST_EPISODE, place.number)
    written = [
        {**_columns(e), "id": low + n, "grp": place.number, "session": place.session, "work": work, "ordinal": n}
        for n, e in enumerate(kept)
    ]
    db.executemany(sql.ADD_EPISODE, written)
    if place.session is not None:
        _extend_session(db, place.session, kept)
    return dict(enumerate(kept, start=low))


def _extend_session(db: sqlite3.Connection, session: int, kept: Sequence[Episode]) -> None:
    last = kept[-1]
    db.execute(sql.EXTEND_SESSION, {"id": session, "said": last.said_at.isoformat(), "instant": to_micros(last.instant)})
    speakers = dict.fromkeys(name for e in kept if (name := speaker_of(e)))
    db.executemany(sql.ADD_SPEAKER, [{"session": session, "name": name} for name in speakers])


def _columns(episode: Episode) -> dict[str, object]:
    return {
        "uuid": episode.uuid,
        "kind": episode.kind.value,
        "role": episode.role,
        "name": episode.name,
        "speaker": speaker_of(episode),
        "said_at": episode.said_at.isoformat(),
        "instant": to_micros(episode.instant),
        "created_at": to_micros(episode.created_at),
        "external_id": episode.external_id,
        "length": len(episode.content),
        "asks": asks(episode.content),
        "metadata": rows.written(episode.metadata),
        "content": episode.content,
    }


def _next(db: sqlite3.Connection, last: str, number: int) -> int:
    low, high = bounds(number)
    return int(db.execute(last, {"low": low, "high": high}).fetchone()[0] or low) + 1
