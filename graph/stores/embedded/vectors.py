"""Embeddings in the file: written one by one to a tail, kept in chunks, read as one matrix."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.errors import BadInput
from graph.model import Space, Vector
from graph.stores.embedded.queries import vectors as sql
from graph.stores.embedded.view import listed

CHUNK = 256
KINDS = ("ENTITY", "FACT", "EPISODE")
_FLOATS = np.dtype("<f4")
_IDS = np.dtype("<i8")

Items = NDArray[np.int64]
Rows = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where vectors of one group and kind (FACT, ENTITY, EPISODE) stand."""

    number: int
    kind: str

    def params(self, **more: object) -> dict[str, object]:
        return {"grp": self.number, "kind": self.kind, **more}


@dataclass(frozen=True, slots=True)
class Saved:
    """Vectors just written: `before` of their shelf had been written until then."""

    shelf: Shelf
    before: int
    items: Items
    vectors: Rows


@dataclass(frozen=True, slots=True)
class Loaded:
    """All vectors of a shelf, one an item (the last written), shape (items, dimension). `written` counts every one ever written."""

    written: int
    items: Items
    vectors: Rows


def log_of(db: sqlite3.Connection, shelf: Shelf) -> tuple[int, int] | None:
    """(dimension, vectors ever written), None for an empty shelf."""
    row: tuple[int, int] | None = db.execute(sql.LOG, shelf.params()).fetchone()
    return row


def require_dimension(vector: Vector, dimension: int) -> None:
    if vector.shape != (dimension,):
        given = vector.shape[0] if vector.ndim == 1 else vector.shape
        raise BadInput(
            f"an embedding has {given} numbers, and this group's have {dimension}", hint="Use the embedder that the group was made with."
        )


def staged_kind(kind: str, space: Space) -> str:
    """The shelf of vectors that wait to take the place of a group's."""
    return f"{kind} {space.dimension} {space.embedder}"


def save(db: sqlite3.Connection, shelf: Shelf, vectors: Mapping[int, Vector]) -> Saved:
    """Appends vectors by item (row id), which read otherwise now: what was staged of them goes. Raises BadInput where one is of
    another dimension than those before.
    """
    _erase_staged(db, shelf, vectors)
    return save_on(db, shelf, vectors)


def save_on(db: sqlite3.Connection, shelf: Shelf, vectors: Mapping[int, Vector]) -> Saved:
    log = log_of(db, shelf)
    dimension = log[0] if log else len(next(iter(vectors.values())))
    for vector in vectors.values():
        require_dimension(vector, dimension)
    matrix = np.asarray(list(vectors.values()), dtype=_FLOATS)
    items = np.fromiter(vectors, dtype=_IDS, count=len(vectors))
    db.execute(sql.WRITTEN, shelf.params(dimension=dimension, n=len(items)))
    db.executemany(sql.ADD, [shelf.params(item=item, vector=row.tobytes()) for item, row in zip(vectors, matrix, strict=True)])
    _fold(db, shelf)
    return Saved(shelf, log[1] if log else 0, items, matrix)


def load(db: sqlite3.Connection, shelf: Shelf) -> Loaded | None:
    log = log_of(db, shelf)
    if log is None:
        return None
    items, vectors = [], []
    for ids, blob in db.execute(sql.CHUNKS, shelf.params()):
        items.append(ids)
        vectors.append(blob)
    tail = db.execute(sql.TAIL, shelf.params(n=-1)).fetchall()
    items.append(np.array([item for _, item, _ in tail], dtype=_IDS).tobytes())
    vectors.extend(blob for _, _, blob in tail)
    # Memory of numpy's own stands in big pages: the product with a question's vector is faster than over joined bytes.
    rows = np.concatenate([np.frombuffer(blob, _FLOATS) for blob in vectors] or [np.zeros(0, _FLOATS)]).reshape(-1, log[0])
    found = Loaded(log[1], np.frombuffer(b"".join(items), _IDS), rows)
    return _last_of_each(found)


def _last_of_each(loaded: Loaded) -> Loaded:
    """An entity that was renamed was embedded again; its last vector counts."""
    _, last = np.unique(loaded.items[::-1], return_index=True)
    if len(last) == len(loaded.items):
        return loaded
    kept = np.sort(len(loaded.items) - 1 - last)
    return Loaded(loaded.written, loaded.items[kept], loaded.vectors[kept])


def _fold(db: sqlite3.Connection, shelf: Shelf) -> None:
    """Makes chunks of what gathered in the tail."""
    length = db.execute(sql.TAIL_LENGTH, shelf.params()).fetchone()[0]
    for _ in range(length // CHUNK):
        tail: Sequence[tuple[int, int, bytes]] = db.execute(sql.TAIL, shelf.params(n=CHUNK)).fetchall()
        items = np.array([item for _, item, _ in tail], dtype=_IDS).tobytes()
        db.execute(sql.ADD_CHUNK, shelf.params(items=items, vectors=b"".join(blob for _, _, blob in tail)))
        db.execute(sql.CUT_TAIL, shelf.params(id=tail[-1][0]))


def items_on(db: sqlite3.Connection, shelf: Shelf) -> set[int]:
    """What a shelf has vectors of."""
    if log_of(db, shelf) is None:
        return set()
    tail = {item for _, item, _ in db.execute(sql.TAIL, shelf.params(n=-1))}
    return tail.union(*(np.frombuffer(ids, _IDS).tolist() for _, ids in db.execute(sql.CHUNK_ITEMS, shelf.params())))


def _erase_staged(db: sqlite3.Connection, shelf: Shelf, items: Collection[int]) -> None:
    for (kind,) in db.execute(sql.STAGED, shelf.params()).fetchall():
        _erase_from(db, Shelf(shelf.number, kind), items)


def erase(db: sqlite3.Connection, shelf: Shelf, items: Collection[int]) -> None:
    """Takes the vectors of items out of the file, wherever they stand; copies in memory count as stale from then on."""
    _erase_from(db, shelf, items)
    _erase_staged(db, shelf, items)


def _erase_from(db: sqlite3.Connection, shelf: Shelf, items: Collection[int]) -> None:
    if not items or log_of(db, shelf) is None:
        return
    db.execute(sql.ERASE_FROM_TAIL, shelf.params(items=listed(items)))
    gone = np.fromiter(items, dtype=_IDS, count=len(items))
    for id_, ids in db.execute(sql.CHUNK_ITEMS, shelf.params()).fetchall():
        stays = ~np.isin(np.frombuffer(ids, _IDS), gone)
        if not stays.any():
            db.execute(sql.ERASE_CHUNK, {"id": id_})
        elif not stays.all():
            _rewrite(db, id_, ids, stays)
    db.execute(sql.TOUCH, shelf.params())


def _rewrite(db: sqlite3.Connection, id_: int, ids: bytes, stays: NDArray[np.bool_]) -> None:
    vectors = np.frombuffer(db.execute(sql.CHUNK, {"id": id_}).fetchone()[0], _FLOATS).reshape(len(stays), -1)
    left = {"items": np.frombuffer(ids, _IDS)[stays].tobytes(), "vectors": vectors[stays].tobytes()}
    db.execute(sql.REWRITE_CHUNK, {"id": id_, **left})
