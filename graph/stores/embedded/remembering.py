"""Vectors of texts that were embedded before, by the hash of the text; the newest of each group."""

import sqlite3
from collections.abc import Mapping, Sequence

import numpy as np

from graph.model import Space, Vector
from graph.stores.embedded.queries import groups as group_sql
from graph.stores.embedded.queries import remembering as sql
from graph.stores.embedded.view import View, listed
from graph.stores.hashes import REMEMBERED, hash_of


def remembered(db: sqlite3.Connection, view: View, space: Space, texts: Sequence[str]) -> Mapping[str, Vector]:
    hashes = {hash_of(text): text for text in texts}
    found = view.rows(db, sql.REMEMBERED, space=_written(space), hashes=listed(hashes))
    return {hashes[hash_]: np.frombuffer(vector, np.dtype("<f4")).astype(np.float32) for hash_, vector in found}


def remember(db: sqlite3.Connection, group: str, space: Space, vectors: Mapping[str, Vector], version: int) -> None:
    row = db.execute(group_sql.VERSION, {"name": group}).fetchone()
    if row is None or row[1] != version:
        return
    number = row[0]
    for text, vector in vectors.items():
        blob = np.asarray(vector, np.dtype("<f4")).tobytes()
        db.execute(sql.REMEMBER, {"grp": number, "space": _written(space), "hash": hash_of(text), "vector": blob})
    db.execute(sql.BOUND, {"grp": number, "most": REMEMBERED})


def forget(db: sqlite3.Connection, number: int) -> None:
    """All of the group: which of the texts tell of what is forgotten, a hash does not say."""
    db.execute(sql.FORGET, {"grp": number})


def _written(space: Space) -> str:
    return f"{space.dimension} {space.embedder}"
