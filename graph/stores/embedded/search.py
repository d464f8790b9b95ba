"""Words, meanings and names. Each leg takes more than it is asked for, keeps what stands as of the instant, and says where it gave up."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, TypeAlias

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
from graph.stores.embedded.standing import Standing, Stood
from graph.stores.embedded.tokens import phrases_of
from graph.stores.embedded.vectors import KINDS, Items, Shelf, require_dimension
from graph.stores.embedded.view import NO_GROUP, View
from graph.views import Hits

SPARE = 16
DIGITS = 6
"""Of a cosine."""
MOST = 4_096
"""How many matches a leg looks at before it gives up and says so."""

Look: TypeAlias = Callable[[Items], Stood]


@dataclass(frozen=True, slots=True)
class Stocks:
    """What searches hold in memory: vectors, postings, and which records stand."""

    matrices: Matrices
    held: Held
    standing: Standing


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
        order = (-self.scores).argsort(kind="stable") if len(self.items) <= most else self._first(most)
        return Ranking(self.items[order], self.scores[order])

    def _first(self, most: int) -> NDArray[np.intp]:
        some = np.flatnonzero(self.scores >= np.partition(self.scores, -most)[-most])
        return some[(-self.scores[some]).argsort(kind="stable")[:most]]


NO_WORD: Phrase = ()
NOTHING = Ranking(np.empty(0, np.int64), np.empty(0, np.float32))


def search(db: sqlite3.Connection, view: View, wanted: Wanted, stocks: Stocks) -> Finds:
    if wanted.space is not None and view.number != NO_GROUP:
        require_space(wanted.space, view.group, rows.space(*db.execute(groups.SPACE, view.params()).fetchone()))
    phrases = phrases_of(wanted.words)
    # Words of one stem are one: "swim" and "swimming" do not count twice.
    kinds = {word: dict.fromkeys(phrases_of(named).values()) for word, named in wanted.examples.items()}
    sought = stocks.held.of(db, view, {*phrases.values(), *chain(*kinds.values())} - {NO_WORD})
    look = partial(stocks.standing.of, db, view)
    words, near = {}, {}
    examples = dict.fromkeys(wanted.examples, Hits({}))
    for leg in [_leg(kind, limit, wanted.current) for kind, limit in wanted.limits.items()]:
        having = [_having(sought, leg, [phrase]) for phrase in phrases.values()]
        named_kinds = [_having(sought, leg, named) for named in kinds.values()] if leg.kind == "EPISODE" else []
        nearest = _nearest(db, view, leg, wanted.vector, stocks.matrices)
        *found, near[leg.kind] = _stood(look, leg, [*having, *named_kinds], nearest)
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
    # The last bits depend on where a vector stands in the matrix, which another process may hold in another order.
    return Ranking(items, np.round(vectors @ np.asarray(vector, dtype=np.float32), DIGITS))


def _stood(look: Callable[[str, bool, Items], Stood], leg: Leg, having: Sequence[Ranking], nearest: Ranking) -> list[Hits]:
    """What stands of each ranking, the nearest last. What words are found in of an entity are its versions."""
    if leg.kind != "ENTITY":
        return _hits(partial(look, leg.kind, leg.current), leg, [*having, nearest])
    versions, entities = (partial(look, kind, leg.current) for kind in ("VERSION", "ENTITY"))
    return _hits(versions, leg, having) + _hits(entities, leg, [nearest])


def _hits(look: Look, leg: Leg, rankings: Sequence[Ranking]) -> list[Hits]:
    if not rankings:
        return []
    firsts = [ranking.best(leg.take) for ranking in rankings]
    stood = look(np.concatenate([first.items for first in firsts])).parts([len(first.items) for first in firsts])
    return [_first_that_stand(look, leg, *each) for each in zip(rankings, firsts, stood, strict=True)]


def _first_that_stand(look: Look, leg: Leg, ranking: Ranking, best: Ranking, stood: Stood) -> Hits:
    """`best` is where to begin, and `stood` what stands of it."""
    top = np.flatnonzero(stood.stand)
    while len(top) < leg.limit and len(best.items) not in (MOST, len(ranking.items)):
        seen, best = len(best.items), ranking.best(min(4 * len(best.items), MOST))
        stood = stood.then(look(best.items[seen:]))
        top = np.flatnonzero(stood.stand)
    top = top[: leg.limit]
    hits = dict(zip(stood.uuids(top), best.scores[top].tolist(), strict=True))
    return Hits(hits, short=len(hits) < leg.limit and len(best.items) < len(ranking.items))
