"""Which records stand as of an instant, by row id: what a search of the present looked up is held in memory for the next ones."""

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.stores.embedded.queries import search as sql
from graph.stores.embedded.rows import FAR_MICROS
from graph.stores.embedded.view import NO_GROUP, View, bounds, listed

UUID = 90
"""Bytes of one, about."""
GROUP = 1_000
"""Bytes that a group takes of which nothing is held."""

Ids = NDArray[np.int64]
Row = Sequence[Any]
"""A record's number in its group, its uuid, since when and until when it stands."""


@dataclass(frozen=True, slots=True)
class Stood:
    """Some rows by their numbers in a column of uuids, and which of them stand. Few of them are named in the end."""

    column: NDArray[Any]
    numbers: Ids
    stand: NDArray[np.bool_]

    def uuids(self, places: NDArray[np.intp]) -> list[str]:
        """Of the rows at these places."""
        uuids: list[str] = self.column[self.numbers[places]].tolist()
        return uuids

    def parts(self, lengths: Sequence[int]) -> "list[Stood]":
        ends = pairwise(accumulate(lengths, initial=0))
        return [Stood(self.column, self.numbers[start:end], self.stand[start:end]) for start, end in ends]

    def then(self, more: "Stood") -> "Stood":
        column = np.concatenate([self.column[self.numbers], more.column[more.numbers]])
        return Stood(column, np.arange(len(column)), np.concatenate([self.stand, more.stand]))


class Shelf:
    """Rows of one kind, by their number in the group: it counts from 1, and 0 is for ids that no row has. Grows under a lock; those
    who read meanwhile see what they added themselves. What is not known stands never.
    """

    def __init__(self) -> None:
        self._uuids: NDArray[Any] = np.array([""], dtype=object)
        self._since = self._until = np.array([FAR_MICROS])
        self._known = np.array([True])

    @property
    def size(self) -> int:
        """About as many bytes as it takes when all of it is known."""
        return len(self._known) * (UUID + 25)

    def lacking(self, numbers: Ids) -> Ids:
        """Each once, ascending."""
        known = numbers < len(self._known)
        known[known] = self._known[numbers[known]]
        missing = numbers[~known]
        each = np.zeros(int(missing.max(initial=0)) + 1, dtype=np.bool_)
        each[missing] = True
        return np.flatnonzero(each)

    def add(self, looked_up: Ids, rows: Sequence[Row], lasts: bool) -> None:
        """`rows` are those of some numbers that were found. That the others were not is known from now on where it `lasts`."""
        room = int(looked_up[-1]) + 1
        if room > len(self._known):
            self._grow(room + room // 4)
        if rows:
            numbers, uuids, since, until = zip(*rows, strict=True)
            found = np.array(numbers)
            self._uuids[found], self._since[found], self._until[found] = uuids, since, until
            self._known[found] = True
        if lasts:
            self._known[looked_up] = True

    def of(self, numbers: Ids, at: int | None) -> Stood:
        """Which of them stand at an instant, or with None at any."""
        since = self._since[numbers]
        stand = since < FAR_MICROS if at is None else (since <= at) & (self._until[numbers] > at)
        return Stood(self._uuids, numbers, stand)

    def _grow(self, length: int) -> None:
        more = length - len(self._known)
        self._uuids = np.append(self._uuids, np.full(more, None))
        self._since, self._until = (np.append(times, np.full(more, FAR_MICROS)) for times in (self._since, self._until))
        self._known = np.append(self._known, np.zeros(more, dtype=np.bool_))


@dataclass(slots=True)
class _Group:
    """What is held of a group, as of one version, by kind."""

    version: int
    shelves: dict[str, Shelf] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return GROUP + sum(shelf.size for shelf in self.shelves.values())


class Standing:
    """Rows of the groups searched last, together about `most` bytes: how they stand in the present, as of a group's version, which every
    operation advances. Safe in threads.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._groups: OrderedDict[int, _Group] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, db: sqlite3.Connection, view: View, kind: str, current: bool, ids: Ids) -> Stood:
        """Of rows of a kind (FACT, ENTITY, EPISODE, and VERSION for those of entities); of facts with `current` whether they hold."""
        numbers = np.maximum(ids - bounds(view.number)[0], 0)
        with self._lock:
            group = self._group(view)
            shelf = group.shelves.get(kind) or Shelf()
            lacking = shelf.lacking(numbers)
        if len(lacking):
            rows = _read(db, view, kind, lacking)
            with self._lock:
                shelf = self._add(view, group, kind, lacking, rows)
        return shelf.of(numbers, _clock(view, kind, current))

    def drop(self, number: int, version: int) -> None:
        """Leaves nothing in memory of what a group was before `version`, nor what those who still read it then would hold."""
        with self._lock:
            self._hold(number, version)

    def _group(self, view: View) -> _Group:
        """Of the past, and of a version that is gone, nothing is held."""
        held = self._groups.get(view.number)
        if view.past or view.number == NO_GROUP or (held is not None and held.version > view.version):
            return _Group(view.version)
        if held is None or held.version < view.version:
            return self._hold(view.number, view.version)
        self._groups.move_to_end(view.number)
        return held

    def _add(self, view: View, group: _Group, kind: str, looked_up: Ids, rows: Sequence[Row]) -> Shelf:
        before = group.size
        shelf = group.shelves.setdefault(kind, Shelf())
        shelf.add(looked_up, rows, lasts=kind != "EPISODE")  # messages are kept without an operation
        if self._groups.get(view.number) is group:
            self._size += group.size - before
            while self._size > self._most:
                self._drop(next(iter(self._groups)))
        return shelf

    def _hold(self, number: int, version: int) -> _Group:
        self._drop(number)
        held = self._groups[number] = _Group(version)
        self._size += held.size
        return held

    def _drop(self, number: int) -> None:
        held = self._groups.pop(number, None)
        if held is not None:
            self._size -= held.size


def _read(db: sqlite3.Connection, view: View, kind: str, numbers: Ids) -> list[Row]:
    return view.rows(db, sql.STANDING[kind], ids=listed((numbers + bounds(view.number)[0]).tolist()))


def _clock(view: View, kind: str, current: bool) -> int | None:
    """The instant that a kind's times are compared with."""
    if kind == "FACT":
        return view.valid if current else None
    return view.known
