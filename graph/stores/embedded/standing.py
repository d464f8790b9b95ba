"""Which records stand as of an instant, looked up once for all legs of a search."""

import sqlite3
from collections.abc import Iterable, Sequence

from graph.stores.embedded.queries import search as sql
from graph.stores.embedded.view import View, listed


class Standing:
    """Of one kind of rows (FACT, ENTITY, EPISODE, and VERSION for those of entities)."""

    def __init__(self, db: sqlite3.Connection, view: View, kind: str, current: bool) -> None:
        self._db = db
        self._view = view
        self._statement = sql.STANDING[kind]
        self._current = current
        self._uuids: dict[int, str | None] = {}

    def look(self, ids: Iterable[int]) -> None:
        """One statement for all that was not looked up yet."""
        new = set(ids) - self._uuids.keys()
        if new:
            self._uuids.update(dict.fromkeys(new))
            self._uuids.update(self._view.pairs(self._db, self._statement, ids=listed(new), current=self._current))

    def scores(self, ids: Sequence[int], scores: Sequence[float]) -> dict[str, float]:
        """By uuid the scores of those that stand, which were looked up."""
        return {uuid: score for id_, score in zip(ids, scores, strict=True) if (uuid := self._uuids[id_]) is not None}
