"""Groups and API keys."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from graph.access import Key
from graph.delta import Delta
from graph.errors import StaleVersion
from graph.model import Group, GroupSettings
from graph.stores.cursors import Keyset
from graph.stores.embedded import rows
from graph.stores.embedded.queries import groups as sql
from graph.time import to_micros
from graph.views import Page, Slice

BY_NAME = Keyset("groups", "")


def group(db: sqlite3.Connection, name: str) -> Group | None:
    row = db.execute(sql.GROUP, {"name": name}).fetchone()
    return rows.group(row) if row else None


def list_groups(db: sqlite3.Connection, page: Page) -> Slice[Group]:
    return BY_NAME.slice(db.execute(sql.GROUPS, BY_NAME.params(page)).fetchall(), page, rows.group)


def configure(db: sqlite3.Connection, name: str, settings: GroupSettings, at: datetime, version: int | None) -> Group:
    number_of(db, name, at)
    _, found, _ = db.execute(sql.VERSION, {"name": name}).fetchone()
    if version is not None and version != found:
        raise StaleVersion(f"the group {name!r} is at version {found}, and these settings are of {version}", hint="Decide again.")
    db.execute(sql.CONFIGURE, {"name": name, **columns(settings)})
    return rows.group(db.execute(sql.GROUP, {"name": name}).fetchone())


def number_of(db: sqlite3.Connection, name: str, at: datetime) -> int:
    """The group's number; a group that is not there is made. Its first operation may be of the same instant."""
    row = db.execute(sql.NUMBER, {"name": name}).fetchone()
    if row:
        return int(row[0])
    made = to_micros(at)
    number = db.execute(sql.CREATE, {"name": name, "at": made, "last_at": made - 1, **columns(GroupSettings())}).lastrowid
    assert number is not None  # noqa: S101 - an INSERT has just set it
    return number


def columns(settings: GroupSettings) -> dict[str, str | None]:
    return {"updates": settings.updates.value, "timezone": settings.timezone, "extractor": settings.extractor}


def advance(db: sqlite3.Connection, number: int, at: datetime, delta: Delta | None = None) -> None:
    """By one operation, and by what it sets beside the settings."""
    space = delta.space if delta else None
    made = {"embedder": space.embedder, "dimension": space.dimension} if space else {"embedder": None, "dimension": None}
    db.execute(sql.ADVANCE, {"grp": number, "at": to_micros(at), "ontology": delta.ontology if delta else None, **made})


def keys(db: sqlite3.Connection) -> Sequence[Key]:
    return [rows.key(row) for row in db.execute(sql.KEYS)]


def save_key(db: sqlite3.Connection, key: Key) -> None:
    db.execute(
        sql.SAVE_KEY,
        {
            "id": key.id,
            "hash": key.hash,
            "groups": rows.written(key.groups),
            "scope": int(key.scope),
            "created_at": to_micros(key.created_at),
            "expires_at": rows.micros(key.expires_at),
            "revoked_at": rows.micros(key.revoked_at),
        },
    )
