"""Words, meanings and names. Each leg takes more than it is asked for, keeps what stands as of the instant, and says where it gave up."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.errors import BadInput
from graph.model import Vector
from graph.space import require_space
from graph.stores.base import Finds, Wanted
from graph.stores.embedded import rows
from graph.stores.embedded.entities import named
from graph.stores.embedded.matrices import Matrices
from graph.stores.embedded.queries import groups
from graph.stores.embedded.queries import search as sql
from graph.stores.embedded.vectors import Shelf, require_dimension
from graph.stores.embedded.view import NO_GROUP, View, listed, live_token, past_token
from graph.views import Hits

COLUMNS = {"FACT": "fact", "ENTITY": "names", "EPISODE": "content"}
SPARE = 16
MOST = 4_096
"""How many matches a leg looks at before it gives up and says so."""


@dataclass(frozen=True, slots=True)
class Leg:
    """What a leg looks through, how many hits it wants, and whether only facts that hold count."""

    kind: str
    limit: int
    current: bool

    def of(self, statements: Mapping[str, str]) -> str:
        if self.kind not in statements:
            raise BadInput(f"{self.kind!r} cannot be searched", hint=f"Use one of {', '.join(statements)}.", field="kinds")
        return statements[self.kind]

    @property
    def take(self) -> int:
        return min(self.limit + self.limit // 2 + SPARE, MOST)


def search(db: sqlite3.Connection, view: View, wanted: Wanted, matrices: Matrices) -> Finds:
    if wanted.space is not None and view.number != NO_GROUP:
        require_space(wanted.space, view.group, rows.space(*db.execute(groups.SPACE, view.params()).fetchone()))
    legs = [Leg(kind, limit, wanted.current) for kind, limit in wanted.limits.items()]
    words = tuple(dict.fromkeys(wanted.words))
    return Finds(
        words={leg.kind: {word: _having(db, view, leg, [word]) for word in words} for leg in legs},
        near={leg.kind: _nearest(db, view, leg, wanted.vector, matrices) for leg in legs},
        named=named(db, view, tuple(dict.fromkeys(wanted.names))),
        examples=_examples(db, view, wanted),
    )


def _examples(db: sqlite3.Connection, view: View, wanted: Wanted) -> dict[str, Hits]:
    leg = Leg("EPISODE", wanted.limits.get("EPISODE", 0), wanted.current)
    return {word: _having(db, view, leg, named) for word, named in wanted.examples.items()}


def _having(db: sqlite3.Connection, view: View, leg: Leg, words: Sequence[str]) -> Hits:
    """The records that have one of the words."""
    statement = leg.of(sql.TEXT)
    told = [word for word in words if word.strip()]
    if not told or leg.limit < 1 or view.number == NO_GROUP:
        return Hits({})
    match, take = _match(view, told, COLUMNS[leg.kind]), leg.take
    while True:
        rows = view.rows(db, statement, match=match, n=take, current=leg.current)
        kept = [(uuid, score) for _, uuid, score, stands in rows if stands]
        if len(kept) >= leg.limit or len(rows) < take or take == MOST:
            break
        take = min(4 * take, MOST)
    return Hits(dict(kept[: leg.limit]), short=len(kept) < leg.limit and len(rows) == take)


def _nearest(db: sqlite3.Connection, view: View, leg: Leg, vector: Vector, matrices: Matrices) -> Hits:
    statement = leg.of(sql.STANDING)
    matrix = matrices.of(db, Shelf(view.number, leg.kind))
    if matrix is None or leg.limit < 1:
        return Hits({})
    require_dimension(vector, matrix.dimension)
    items, vectors = matrix.rows()
    scores = vectors @ np.asarray(vector, dtype=np.float32)
    best = _best_first(scores, MOST)
    hits: dict[str, float] = {}
    begin, take = 0, leg.take
    while begin < len(best) and len(hits) < leg.limit:
        part = best[begin : begin + take]
        ids = items[part].tolist()
        standing = view.pairs(db, statement, ids=listed(ids), current=leg.current)
        hits.update((standing[item], score) for item, score in zip(ids, scores[part].tolist(), strict=True) if item in standing)
        begin, take = begin + take, 4 * take
    top = dict(list(hits.items())[: leg.limit])
    return Hits(top, short=len(top) < leg.limit and len(best) < len(items))


def _match(view: View, words: Sequence[str], column: str) -> str:
    """What to match: one of the words, in this group's texts. Each is quoted, whatever is in it."""
    quoted = " OR ".join('"' + word.replace("\0", " ").replace('"', " ") + '"' for word in words)
    tokens = f"{live_token(view.number)} OR {past_token(view.number)}" if view.past else live_token(view.number)
    return f"grp:({tokens}) AND {column}:({quoted})"


def _best_first(scores: NDArray[np.float32], most: int) -> NDArray[np.int64]:
    top = np.argpartition(-scores, most - 1)[:most] if len(scores) > most else np.arange(len(scores))
    return top[np.argsort(-scores[top], kind="stable")]
