"""Where a read stands: a group's number and an instant on both clocks, as statements take them."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from graph.stores.embedded.queries import groups as sql
from graph.stores.embedded.rows import FAR_MICROS, SEQUENCE, Row
from graph.time import FAR, TICK, AsOf, to_micros

PRESENT = AsOf(FAR - TICK, FAR - TICK)
"""After everything that was recorded."""

NO_GROUP = 0
"""The number of a group that is not there: nothing has it, so every read of it is empty."""


@dataclass(frozen=True, slots=True)
class View:
    """One group as of an instant; `past` says that records may have been retracted since. `version` is the group's as it is read."""

    group: str
    number: int
    valid: int
    known: int
    past: bool
    version: int

    def params(self, **more: Any) -> dict[str, Any]:
        low, high = bounds(self.number)
        return {
            "grp": self.number,
            "valid": self.valid,
            "known": self.known,
            "past": int(self.past),
            "low": low,
            "high": high,
            **more,
        }

    def rows(self, db: sqlite3.Connection, statement: str, **more: Any) -> list[Row]:
        return db.execute(statement, self.params(**more)).fetchall()

    def pairs(self, db: sqlite3.Connection, statement: str, **more: Any) -> dict[Any, Any]:
        """Rows of two columns, the second by the first."""
        return dict(db.execute(statement, self.params(**more)).fetchall())


def view_of(db: sqlite3.Connection, group: str, as_of: AsOf) -> View:
    row = db.execute(sql.NUMBER, {"name": group}).fetchone()
    number, last_at, version = row if row else (NO_GROUP, 0, 0)
    valid, known = (min(to_micros(at), FAR_MICROS - 1) for at in (as_of.valid, as_of.known))
    return View(group, number, valid, known, known < last_at, version)


def bounds(number: int) -> tuple[int, int]:
    """The row ids that a group may have in any table."""
    return number << 32, number << 32 | SEQUENCE


def listed(values: Iterable[Any]) -> str:
    """Many values as the one parameter that `json_each` takes apart."""
    given = list(values)
    try:
        return orjson.dumps(given).decode()
    except TypeError:  # half of a surrogate pair, which SQLite refuses with its place
        return json.dumps(given, ensure_ascii=False)


def optional(values: Sequence[str]) -> str | None:
    """A filter's values, None where it filters nothing."""
    return listed(values) if values else None
