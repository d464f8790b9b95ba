"""What a database looks like, whether or not it has the schema yet."""

from dataclasses import dataclass

from graph.stores.neo4j.database import Database
from graph.stores.neo4j.migrations import require_server, state
from graph.stores.neo4j.queries import report as sql
from graph.stores.neo4j.queries import schema

ONLINE, FAILED = "ONLINE", "FAILED"


@dataclass(frozen=True, slots=True)
class Report:
    """`server` is name, version and edition; `schema` the version the database has, of `latest`; `building` and `failed` name indexes."""

    server: str
    schema: int
    latest: int
    groups: int
    indexes: int
    building: tuple[str, ...]
    failed: tuple[str, ...]

    @property
    def is_migrated(self) -> bool:
        return self.schema == self.latest


async def report(database: Database) -> Report:
    """Raises StoreUnavailable where the server cannot be used."""
    await require_server(database)
    ((name, versions, edition),) = await database.read(schema.SERVER)
    version, _, _ = await state(database)
    ((groups,),) = await database.read(sql.GROUPS)
    indexes = await database.read(sql.INDEXES)
    return Report(
        server=f"{name} {versions[0]} ({edition})",
        schema=version,
        latest=len(schema.MIGRATIONS),
        groups=groups,
        indexes=len(indexes),
        building=tuple(f"{index} ({percent:.0f} %)" for index, now, percent in indexes if now not in (ONLINE, FAILED)),
        failed=tuple(index for index, now, _ in indexes if now == FAILED),
    )
