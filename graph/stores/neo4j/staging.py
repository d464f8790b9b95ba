"""Vectors of another embedder: staged in a property of their own, then the ones that are read, and the former swept away."""

from collections.abc import Mapping, Sequence

from graph.errors import NotFound, StaleVersion
from graph.model import Space, Vector
from graph.stores.neo4j import archive
from graph.stores.neo4j.database import Database, Row, Transaction
from graph.stores.neo4j.queries import staging as sql
from graph.stores.neo4j.vectors import Place, require_dimension, sent

BATCH = 500
FIRST = {"ENTITY": "name_embedding", "FACT": "fact_embedding", "EPISODE": "embedding"}
"""Where the vectors of the database's first embedder are."""
OWN = {**FIRST, "ENTITY": "palimpsest_embedding", "FACT": "palimpsest_embedding"}
"""The same in a group that came with vectors of another length."""


async def unstaged(database: Database, group: str, place: Place, kind: str, uuids: Sequence[str]) -> Sequence[str]:
    if place.slot is None:
        return list(uuids)  # the first embedder's place may hold vectors of former words
    found = set(await database.read(sql.UNSTAGED[kind], group=group, uuids=list(uuids), property=place.slot))
    return [uuid for uuid in uuids if uuid in found]


async def stage(database: Database, group: str, place: Place, kind: str, vectors: Mapping[str, Vector], version: int) -> None:
    for vector in vectors.values():
        require_dimension(vector, place.dimension)
    given = [{"uuid": uuid, "vector": sent(vector)} for uuid, vector in vectors.items()]

    async def write(transaction: Transaction) -> None:
        own = (await _locked(transaction, group, version))[1]
        property = place.slot or (OWN if own else FIRST)[kind]
        if place.slot is not None:
            await transaction.rows(sql.STAGING, group=group, property=place.slot)
        await transaction.rows(sql.STAGE[kind], group=group, property=property, vectors=given)

    await database.write(write)


async def settle(database: Database, group: str, place: Place, space: Space, version: int) -> None:
    """The former vectors are swept away afterwards, where they stood in a property of their own; until then they go where theirs go."""

    async def write(transaction: Transaction) -> str | None:
        before, _ = await _locked(transaction, group, version)
        made_by = {"embedder": space.embedder, "dimension": space.dimension}
        await transaction.rows(sql.SETTLE, group=group, slot=place.slot, spare=before, **made_by)
        return before

    former = await database.write(write)
    if former is not None:
        await _sweep(database, group, former)


async def _sweep(database: Database, group: str, property: str) -> None:
    contents = await archive.contents(database, group)
    for kind, uuids in (("ENTITY", contents.entities), ("FACT", contents.facts), ("EPISODE", contents.episodes)):
        for start in range(0, len(uuids), BATCH):
            await database.change(sql.SWEEP[kind], group=group, property=property, uuids=list(uuids[start : start + BATCH]))
    await database.change(sql.STAGING, group=group, property=None)


async def _locked(transaction: Transaction, group: str, version: int) -> tuple[str | None, bool]:
    """(the slot, whether vectors of ours stand beside Graphiti's). Raises StaleVersion where the group moved on."""
    found: Row = await transaction.rows(sql.LOCK, group=group)
    if not found:
        raise NotFound(f"there is no group {group!r}")
    now, slot, own = found
    if now != version:
        raise StaleVersion(f"the group {group!r} is at version {now}, and this was embedded at {version}", hint="Look again.")
    return slot, own
