"""Opaque cursors: where a page of a keyset list ended, as a key and the row id that tells equal keys apart."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from graph.errors import BadInput
from graph.model import Change
from graph.views import Page, Slice

T = TypeVar("T")
Row = Sequence[Any]
Key = int | str
LOWEST, HIGHEST = -(1 << 63), (1 << 63) - 1
MOST = 100_000


@dataclass(frozen=True, slots=True)
class Keyset:
    """One order of one list. `first` is before every key; rows of its statements begin with (key, id)."""

    name: str
    first: Key

    def params(self, page: Page) -> dict[str, Key]:
        """What a statement takes to read a page and one row more. Raises BadInput for a cursor of another list."""
        if not 0 <= page.first <= MOST:
            raise BadInput(f"{page.first!r} is not a number of items", hint=f"Ask for 0 to {MOST:,}.", field="first")
        key, id_ = (self.first, self.first if isinstance(self.first, int) else LOWEST) if page.after is None else self._read(page.after)
        return {"after": key, "after_id": id_, "n": page.first + 1}

    def slice(self, rows: Sequence[Row], page: Page, build: Callable[[Row], T]) -> Slice[T]:
        """A page of records; `build` takes a row without its (key, id)."""
        shown = rows[: page.first]
        return Slice(
            items=tuple(build(row[2:]) for row in shown),
            cursors=tuple(self._written(row[0], row[1]) for row in shown),
            more=len(rows) > page.first,
        )

    def _written(self, key: Key, id_: int) -> str:
        return base64.urlsafe_b64encode(json.dumps([self.name, key, id_]).encode()).decode()

    def _read(self, cursor: str) -> tuple[Key, int]:
        try:
            name, key, id_ = json.loads(base64.b64decode(cursor.encode(), altchars=b"-_", validate=True))
        except (binascii.Error, ValueError, TypeError, RecursionError):
            name, key, id_ = "", 0, 0
        if name != self.name or type(key) is not type(self.first) or not _is_id(id_) or (isinstance(key, int) and not _is_id(key)):
            raise BadInput(
                f"{cursor!r} is not a cursor of this list", hint="Take it from a page of the same list in the same order.", field="after"
            )
        return key, id_


def unbroken(seq: int, changes: Sequence[Change]) -> Sequence[Change]:
    """Changes that follow each other from a number on: what was committed while they were read may lack what came before it."""
    return [change for number, change in enumerate(changes, start=seq + 1) if change.seq == number]


def _is_id(value: object) -> bool:
    return isinstance(value, int) and LOWEST <= value <= HIGHEST
