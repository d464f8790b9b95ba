"""Words, meanings and names. Each leg takes more than it is asked for, keeps what stands as of the instant, and says where it gave up."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.errors import BadInput
from graph.model import Vector
from graph.space import require_space
from graph.stores.base import Finds, Wanted
from graph.stores.embedded import bm25, rows
from graph.stores.embedded.entities import named
from graph.stores.embedded.held import Held, Sought
from graph.stores.embedded.matrices import Matrices
from graph.stores.embedded.postings import Phrase
from graph.stores.embedded.queries import groups
from graph.stores.embedded.standing import Standing
from graph.stores.embedded.tokens import phrases_of
from graph.stores.embedded.vectors import KINDS, Shelf, require_dimension
from graph.stores.embedded.view import NO_GROUP, View
from graph.views import Hits

SPARE = 16
MOST = 4_096
"""How many matches a leg looks at before it gives up and says so."""


@dataclass(frozen=True, slots=True)
class Leg:
    """What a leg looks through, how many hits it wants, and whether only facts that hold count."""

    kind: str
    limit: int
    current: bool

    @property
    def take(self) -> int:
        """How many it looks at first: facts end, other records mostly stand."""
        ended = self.limit // 2 if self.kind == "FACT" and self.current else 0
        return min(self.limit + ended + SPARE, MOST)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Rows by id, each with its score; of equal ones the first comes first."""

    items: NDArray[np.int64]
    scores: NDArray[Any]

    def best(self, most: int) -> "Ranking":
        """The `most` best of it, best first."""
        if len(self.items) > most:
            some = np.flatnonzero(self.scores >= np.partition(self.scores, -most)[-most])
        else:
            some = np.arange(len(self.items))
        order = some[np.argsort(-self.scores[some], kind="stable")[:most]]
        return Ranking(self.items[order], self.scores[order])


NO_WORD: Phrase = ()
NOTHING = Ranking(np.empty(0, np.int64), np.empty(0, np.float32))


def search(db: sqlite3.Connection, view: View, wanted: Wanted, matrices: Matrices, held: Held) -> Finds:
    if wanted.space is not None and view.number != NO_GROUP:
        require_space(wanted.space, view.group, rows.space(*db.execute(groups.SPACE, view.params()).fetchone()))
    phrases = phrases_of(wanted.words)
    kinds = {word: phrases_of(named).values() for word, named in wanted.examples.items()}
    sought = held.of(db, view.number, {*phrases.values(), *chain(*kinds.values())} - {NO_WORD}, view.past)
    words, near = {}, {}
    examples = dict.fromkeys(wanted.examples, Hits({}))
    for leg in [_leg(kind, limit, wanted.current) for kind, limit in wanted.limits.items()]:
        having = [_having(sought, leg, [phrase]) for phrase in phrases.values()]
        named_kinds = [_having(sought, leg, named) for named in kinds.values()] if leg.kind == "EPISODE" else []
        nearest = _nearest(db, view, leg, wanted.vector, matrices)
        *found, near[leg.kind] = _stood(db, view, leg, [*having, *named_kinds], nearest)
        words[leg.kind] = dict(zip(phrases, found, strict=False))
        examples |= zip(kinds, found[len(phrases) :], strict=False)
    return Finds(words, near, named(db, view, tuple(dict.fromkeys(wanted.names))), examples)


def _leg(kind: str, limit: int, current: bool) -> Leg:
    if kind not in KINDS:
        raise BadInput(f"{kind!r} cannot be searched", hint=f"Use one of {', '.join(KINDS)}.", field="kinds")
    return Leg(kind, max(limit, 0), current)


def _having(sought: Sought, leg: Leg, phrases: Iterable[Phrase]) -> Ranking:
    """The texts that have one of the phrases, with what all that they have tell."""
    found = [postings for phrase in phrases if phrase and (postings := sought.phrases[phrase].get(leg.kind)) is not None]
    if not found or leg.limit == 0:
        return NOTHING
    scores = [bm25.scores(postings, sought.kinds[leg.kind]) for postings in found]
    if len(found) == 1:
        return Ranking(found[0].texts, scores[0])
    texts, places = np.unique(np.concatenate([postings.texts for postings in found]), return_inverse=True)
    return Ranking(texts, np.bincount(places, weights=np.concatenate(scores)))


def _nearest(db: sqlite3.Connection, view: View, leg: Leg, vector: Vector, matrices: Matrices) -> Ranking:
    matrix = matrices.of(db, Shelf(view.number, leg.kind))
    if matrix is None or leg.limit == 0:
        return NOTHING
    require_dimension(vector, matrix.dimension)
    items, vectors = matrix.rows()
    return Ranking(items, vectors @ np.asarray(vector, dtype=np.float32))


def _stood(db: sqlite3.Connection, view: View, leg: Leg, having: Sequence[Ranking], nearest: Ranking) -> list[Hits]:
    """What stands of each ranking, the nearest last. What words are found in of an entity are its versions."""
    if leg.kind != "ENTITY":
        return _hits(Standing(db, view, leg.kind, leg.current), leg, [*having, nearest])
    versions, entities = (Standing(db, view, kind, leg.current) for kind in ("VERSION", "ENTITY"))
    return _hits(versions, leg, having) + _hits(entities, leg, [nearest])


def _hits(standing: Standing, leg: Leg, rankings: Sequence[Ranking]) -> list[Hits]:
    firsts = [ranking.best(leg.take) for ranking in rankings]
    standing.look(item for first in firsts for item in first.items.tolist())
    return [_first_that_stand(standing, leg, *both) for both in zip(rankings, firsts, strict=True)]


def _first_that_stand(standing: Standing, leg: Leg, ranking: Ranking, best: Ranking) -> Hits:
    """`best` is where to begin."""
    hits: dict[str, float] = {}
    seen = 0
    while True:
        hits |= standing.scores(best.items[seen:].tolist(), best.scores[seen:].tolist())
        seen = len(best.items)
        if len(hits) >= leg.limit or seen in (MOST, len(ranking.items)):
            break
        best = ranking.best(min(4 * seen, MOST))
        standing.look(best.items[seen:].tolist())
    top = dict(islice(hits.items(), leg.limit))
    return Hits(top, short=len(top) < leg.limit and seen < len(ranking.items))
