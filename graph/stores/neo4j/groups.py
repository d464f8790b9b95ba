"""Groups and API keys."""

from collections.abc import Sequence
from datetime import datetime

from graph.access import Key
from graph.errors import StaleVersion
from graph.model import Group, GroupSettings
from graph.stores.cursors import Keyset
from graph.stores.neo4j import rows
from graph.stores.neo4j.database import Database, Row, Transaction
from graph.stores.neo4j.queries import groups as sql
from graph.time import to_micros
from graph.views import Page, Slice

BY_NAME = Keyset("groups", "")


async def group(database: Database, name: str) -> Group | None:
    found = await database.read(sql.GROUP, group=name)
    return rows.group(found[0]) if found else None


async def list_groups(database: Database, page: Page) -> Slice[Group]:
    return BY_NAME.slice(await database.read(sql.GROUPS, **BY_NAME.params(page)), page, rows.group)


async def configure(database: Database, name: str, settings: GroupSettings, at: datetime, version: int | None) -> Group:
    """What is refused after the statement is rolled back."""
    params = {"group": name, "new_group": properties_of_new(name, to_micros(at)), **properties(settings)}

    async def write(transaction: Transaction) -> Group:
        answer: Row = await transaction.rows(sql.CONFIGURE, **params)
        found, row = answer
        if version is not None and version != found:
            raise StaleVersion(f"the group {name!r} is at version {found}, and these settings are of {version}", hint="Decide again.")
        return rows.group(row)

    return await database.write(write)


def properties_of_new(name: str, at: int) -> rows.Properties:
    """What a group begins with, made at `at` (microseconds). Its first operation may be of the same instant."""
    counters = {"version": 0, "seq": 0, "no": 0}
    return {"group_id": name, "created_at": at, "last_at": at - 1, **counters, **properties(GroupSettings())}


def properties(settings: GroupSettings) -> rows.Properties:
    return {"updates": settings.updates.value, "timezone": settings.timezone, "extractor": settings.extractor}


async def keys(database: Database) -> Sequence[Key]:
    return [rows.key(row) for row in await database.read(sql.KEYS)]


async def save_key(database: Database, key: Key) -> None:
    await database.change(
        sql.SAVE_KEY,
        id=key.id,
        hash=key.hash,
        groups=list(key.groups),
        scope=int(key.scope),
        created_at=to_micros(key.created_at),
        expires_at=rows.micros(key.expires_at),
        revoked_at=rows.micros(key.revoked_at),
    )
