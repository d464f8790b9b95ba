"""Matrices of embeddings in memory: the groups searched last, bounded by bytes, grown as vectors are written."""

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from graph.stores.embedded.vectors import Items, Loaded, Rows, Saved, Shelf, load, log_of

GONE = -1
"""Stands for an item whose vector was written again further down."""


class Matrix:
    """Vectors of one shelf with room to grow. Those who read while it grows see the rows that were there when they began."""

    def __init__(self, loaded: Loaded) -> None:
        self.written = loaded.written
        self._items, self._vectors = loaded.items, loaded.vectors
        self._length = len(loaded.items)

    @property
    def size(self) -> int:
        return self._items.nbytes + self._vectors.nbytes

    @property
    def dimension(self) -> int:
        return int(self._vectors.shape[1])

    def rows(self) -> tuple[Items, Rows]:
        return self._items[: self._length], self._vectors[: self._length]

    def append(self, saved: Saved) -> None:
        length = self._length + len(saved.items)
        if length > len(self._items):
            self._grow(2 * length)
        again = np.isin(self._items[: self._length], saved.items)
        self._items[: self._length][again] = GONE
        self._items[self._length : length] = saved.items
        self._vectors[self._length : length] = saved.vectors
        self._length = length
        self.written += len(saved.items)

    def _grow(self, room: int) -> None:
        items, vectors = self.rows()
        self._items = np.full(room, GONE, dtype=items.dtype)
        self._vectors = np.zeros((room, self.dimension), dtype=vectors.dtype)
        self._items[: self._length], self._vectors[: self._length] = items, vectors


class Matrices:
    """The matrices of the shelves used last, together at most `most` bytes (one shelf alone may be more). Safe in threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._held: OrderedDict[Shelf, Matrix] = OrderedDict()
        self._size = 0
        """That of all that are held: they are many, and looked at with every one that is loaded."""

    def of(self, db: sqlite3.Connection, shelf: Shelf) -> Matrix | None:
        """The matrix as of the connection's snapshot, or newer; None for an empty shelf."""
        log = log_of(db, shelf)
        if log is None:
            return None
        with self._lock:
            held = self._held.get(shelf)
            if held is not None and held.written >= log[1]:
                self._held.move_to_end(shelf)
                return held
        loaded = load(db, shelf)
        return self._hold(shelf, Matrix(loaded)) if loaded else None

    def append(self, saved: Sequence[Saved]) -> None:
        """Grows the matrices that are held; one that another process wrote to meanwhile is dropped, to be read again."""
        with self._lock:
            for part in saved:
                held = self._held.get(part.shelf)
                if held is not None and held.written == part.before:
                    before = held.size
                    held.append(part)
                    self._size += held.size - before
                elif held is not None and held.written < part.before + len(part.items):
                    self._put_back(part.shelf)
            self._evict()

    def drop(self, number: int) -> None:
        """Leaves nothing of a group in memory."""
        with self._lock:
            for shelf in [shelf for shelf in self._held if shelf.number == number]:
                self._put_back(shelf)

    def _hold(self, shelf: Shelf, matrix: Matrix) -> Matrix:
        with self._lock:
            if shelf in self._held:
                self._put_back(shelf)
            self._held[shelf] = matrix
            self._size += matrix.size
            self._evict()
        return matrix

    def _evict(self) -> None:
        while self._size > self._most and len(self._held) > 1:
            self._put_back(next(iter(self._held)))

    def _put_back(self, shelf: Shelf) -> None:
        self._size -= self._held.pop(shelf).size
