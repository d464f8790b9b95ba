"""The database's schema: numbered lists of statements that may run again, and the version that was reached."""

import asyncio
from collections.abc import Sequence

from neo4j.exceptions import ClientError, TransientError

from graph.errors import StoreUnavailable
from graph.model import Space
from graph.stores.base import Migrated
from graph.stores.neo4j.database import Database
from graph.stores.neo4j.foreign import make_way
from graph.stores.neo4j.queries import schema as sql
from graph.stores.neo4j.vectors import Place, place_of

FIRST = Space("wordllama-l2-supercat-256", 256)
"""The space of a database, where none is told."""
OLDEST = (2026, 1)
ATTEMPTS = 8


async def migrate(database: Database, space: Space | None) -> tuple[Migrated, Place]:
    """Brings the database to the latest schema, and says where vectors of the space stand in it. Raises StoreUnavailable for a server
    or a schema that cannot be used.
    """
    await require_server(database)
    version, first, slots = await state(database)
    first = first or space or FIRST
    space = space or first
    if version > len(sql.MIGRATIONS):
        raise StoreUnavailable(
            f"the database was written by a newer Palimpsest: its schema is {version}, and this one knows {len(sql.MIGRATIONS)}",
            hint="Upgrade Palimpsest.",
        )
    if version == 0:
        await make_way(database)
    for number in range(version, len(sql.MIGRATIONS)):
        for statement in sql.MIGRATIONS[number]:
            await _define(database, statement.replace("DIMENSION", str(first.dimension)))
        await database.define(sql.AWAIT_INDEXES)
        await database.change(sql.REACHED, version=number + 1, dimension=first.dimension, embedder=first.embedder)
    place = place_of(space, first)
    if place.slot is not None and place.slot not in slots:
        await _make_slot(database, place)
    return Migrated(version, len(sql.MIGRATIONS)), place


async def _make_slot(database: Database, place: Place) -> None:
    for statement in sql.SLOT:
        await _define(database, statement.replace("KEY", place.key).replace("DIMENSION", str(place.dimension)))
    await database.define(sql.AWAIT_INDEXES)
    await database.change(sql.SLOT_MADE, slot=place.slot)


async def require_server(database: Database) -> None:
    """Raises StoreUnavailable for a Neo4j older than 2026.01, whose vector indexes cannot filter."""
    ((_, versions, _),) = await database.read(sql.SERVER)
    if is_too_old(versions[0]):
        raise StoreUnavailable(
            f"Neo4j {versions[0]} at {database.address.uri!r} is older than 2026.01",
            hint="Upgrade the server: the image neo4j:2026.09.0 (Community) will do.",
        )


async def require_migrated(database: Database) -> None:
    """Raises StoreUnavailable where the schema is not in the database."""
    version, _, _ = await state(database)
    if version < len(sql.MIGRATIONS):
        raise StoreUnavailable(
            f"the database at {database.address.uri!r} has schema {version}, and {len(sql.MIGRATIONS)} is needed",
            hint="Run `palimpsest migrate`, or restart the service.",
        )


async def state(database: Database) -> tuple[int, Space | None, Sequence[str]]:
    """The schema's version, 0 where there is none; the space it was made with; and the slots that have indexes."""
    rows = await database.read(sql.STATE)
    if not rows:
        return 0, None, ()
    version, dimension, embedder, slots = rows[0]
    return version, Space(embedder or FIRST.embedder, dimension), slots


def is_too_old(version: str) -> bool:
    """Of 5.26.0, 2025.12.1 and 2026.01.0-rc1, the first two are."""
    return tuple(int(part) for part in version.split("-")[0].split(".")[:2]) < OLDEST


async def _define(database: Database, statement: str) -> None:
    """Processes that start together define the same: the later ones find it there, or wait for each other and try again."""
    for attempt in range(ATTEMPTS):
        try:
            await database.define(statement)
        except StoreUnavailable as error:
            if _is_there(error.__cause__):
                return
            if attempt == ATTEMPTS - 1 or not isinstance(error.__cause__, TransientError):
                raise
            await asyncio.sleep(0.1 * 2**attempt)
        else:
            return


def _is_there(error: BaseException | None) -> bool:
    return isinstance(error, ClientError) and "EquivalentSchemaRuleAlreadyExists" in (error.code or "")
