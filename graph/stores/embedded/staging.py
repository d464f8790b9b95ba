"""Vectors of another embedder, staged on shelves of their own until they take the place of the group's."""

import sqlite3
from collections.abc import Mapping, Sequence

from graph.errors import NotFound, StaleVersion
from graph.model import Space, Vector
from graph.stores.embedded.queries import archive as ids_sql
from graph.stores.embedded.queries import groups as group_sql
from graph.stores.embedded.queries import vectors as sql
from graph.stores.embedded.vectors import KINDS, Shelf, items_on, log_of, save_on, staged_kind
from graph.stores.embedded.view import View, listed


def unstaged(db: sqlite3.Connection, view: View, space: Space, kind: str, uuids: Sequence[str]) -> Sequence[str]:
    there = items_on(db, Shelf(view.number, staged_kind(kind, space)))
    ids = view.pairs(db, ids_sql.IDS[kind], uuids=listed(uuids))
    return [uuid for uuid in uuids if uuid in ids and ids[uuid] not in there]


def stage(db: sqlite3.Connection, group: str, space: Space, kind: str, vectors: Mapping[str, Vector], version: int) -> None:
    number = _agreed(db, group, version)
    found = db.execute(ids_sql.IDS[kind], {"grp": number, "uuids": listed(vectors)}).fetchall()
    if found:
        save_on(db, Shelf(number, staged_kind(kind, space)), {id_: vectors[uuid] for uuid, id_ in found})


def settle(db: sqlite3.Connection, group: str, space: Space, version: int) -> int:
    """The group's number."""
    number = _agreed(db, group, version)
    for kind in KINDS:
        old, staged = Shelf(number, kind), Shelf(number, staged_kind(kind, space))
        log, new = log_of(db, old), log_of(db, staged)
        written = (log[1] if log else 0) + (new[1] if new else 0) + 1  # copies in memory are stale
        for statement in sql.CLEAR_LIVE:
            db.execute(statement, old.params())
        for statement in sql.TAKE_OVER:
            db.execute(statement, staged.params(live=kind))
        if log or new:
            db.execute(sql.SET_LOG, old.params(dimension=space.dimension, written=written))
    for statement in sql.CLEAR_STAGED:
        db.execute(statement, {"grp": number})
    db.execute(group_sql.SETTLE, {"grp": number, "embedder": space.embedder, "dimension": space.dimension})
    return number


def _agreed(db: sqlite3.Connection, group: str, version: int) -> int:
    row = db.execute(group_sql.VERSION, {"name": group}).fetchone()
    if row is None:
        raise NotFound(f"there is no group {group!r}")
    if row[1] != version:
        raise StaleVersion(f"the group {group!r} is at version {row[1]}, and this was embedded at {version}", hint="Look again.")
    return int(row[0])
