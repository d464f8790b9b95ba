"""Vectors of texts that were embedded before, by the hash of the text; the newest of each group."""

from collections.abc import Mapping, Sequence

import numpy as np

from graph.model import Space, Vector
from graph.stores.hashes import REMEMBERED, hash_of
from graph.stores.neo4j.database import Database
from graph.stores.neo4j.queries import remembering as sql
from graph.stores.neo4j.vectors import sent


async def remembered(database: Database, group: str, space: Space, texts: Sequence[str]) -> Mapping[str, Vector]:
    hashes = {hash_of(text): text for text in texts}
    found = await database.read(sql.REMEMBERED, group=group, space=_written(space), hashes=list(hashes))
    return {hashes[hash_]: np.asarray(vector, dtype=np.float32) for hash_, vector in found}


async def remember(database: Database, group: str, space: Space, vectors: Mapping[str, Vector], version: int) -> None:
    given = [{"hash": hash_of(text), "vector": sent(vector), "n": n} for n, (text, vector) in enumerate(vectors.items(), start=1)]
    await database.change(sql.REMEMBER, group=group, space=_written(space), vectors=given, version=version, most=REMEMBERED)


def _written(space: Space) -> str:
    return f"{space.dimension} {space.embedder}"
