"""Reads of a group as a whole, a page of records at a time."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np

from graph.model import Entity, Vector, Work
from graph.stores.base import Contents
from graph.stores.neo4j import rows
from graph.stores.neo4j.database import Database
from graph.stores.neo4j.queries import archive as cypher


async def contents(db: Database, group: str) -> Contents:
    found = await asyncio.gather(*(db.read(statement, group=group) for statement in cypher.CONTENTS.values()))
    return Contents(**{kind: tuple(str(uuid) for uuid in uuids) for kind, uuids in zip(cypher.CONTENTS, found, strict=True)})


async def works(db: Database, group: str, uuids: Sequence[str]) -> Mapping[str, Work]:
    return {row[0]: rows.work(group, row) for row in await db.read(cypher.WORKS, group=group, uuids=list(uuids))}


async def versions(db: Database, group: str, entities: Sequence[str]) -> Mapping[str, tuple[Entity, ...]]:
    found = defaultdict(list)
    for row in await db.read(cypher.VERSIONS, group=group, uuids=list(entities)):
        found[row[0]].append(rows.entity(group, row))
    return {uuid: tuple(read) for uuid, read in found.items()}


async def vectors(db: Database, group: str, kind: str, uuids: Sequence[str]) -> Mapping[str, Vector]:
    found = await db.read(cypher.VECTORS[kind], group=group, uuids=list(uuids))
    return {uuid: np.asarray(numbers, dtype=np.float32) for uuid, numbers in found if numbers is not None}


async def mentions(db: Database, group: str, episodes: Sequence[str]) -> Mapping[str, tuple[tuple[str, datetime], ...]]:
    found = defaultdict(list)
    for episode, entity, at in await db.read(cypher.MENTIONS, group=group, uuids=list(episodes)):
        found[episode].append((entity, rows.moment(at)))
    return {episode: tuple(pairs) for episode, pairs in found.items()}


async def holder_of(db: Database, uuids: Sequence[str]) -> str | None:
    """Graphiti looks records up by uuid alone, so the whole database has each only once."""
    return next((str(holder) for holder in await db.read(cypher.HOLDER, uuids=list(uuids))), None)
