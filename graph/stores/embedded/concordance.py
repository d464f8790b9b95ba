"""The concordance: for each group which of its texts have a word, how often and where. Nothing of one group counts for another."""

import sqlite3
import struct
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

import numpy as np

from graph.stores.embedded import rows
from graph.stores.embedded.postings import BLOCK_BITS, MOST, PLACE, TEXT, log_of
from graph.stores.embedded.queries import concordance as sql
from graph.stores.embedded.rows import FAR_MICROS, SEQUENCE
from graph.stores.embedded.tokens import Places, taken_apart
from graph.stores.embedded.vectors import KINDS

AT_ONCE = 1_000
"""Texts of an earlier file that are read together."""
_packed = struct.Struct("<HHH").pack


@dataclass(frozen=True, slots=True)
class Noted:
    """What was written about: words of one group, of which so many changes had been counted `before` and `after`."""

    number: int
    before: int
    after: int
    words: frozenset[str]


class Concordance:
    """What one transaction writes of one group's words."""

    def __init__(self, db: sqlite3.Connection, number: int) -> None:
        self._db = db
        self._number = number
        self._before = log_of(db, number).written
        self._changes = 0
        self._words: set[str] = set()

    @property
    def noted(self) -> Noted:
        return Noted(self._number, self._before, self._before + self._changes, frozenset(self._words))

    def add(self, kind: str, texts: Mapping[int, str], past: bool = False) -> None:
        """Texts by row id; `past` says that they stand no longer."""
        if not texts:
            return
        blocks: defaultdict[tuple[str, int], tuple[list[bytes], list[bytes]]] = defaultdict(lambda: ([], []))
        apart = taken_apart(texts.values())
        for id_, places in zip(texts, apart, strict=True):
            block, text = _place(id_)
            length = min(_length(places), MOST)
            for word, at in places.items():
                found, where = blocks[word, block]
                known = at[:MOST]
                found.append(_packed(text, len(known), length))
                where.append(struct.pack(f"<{len(known)}H", *(min(place, MOST) for place in known)))
        written = [
            self._row(kind, past, word=word, block=block, texts=b"".join(found), places=b"".join(where))
            for (word, block), (found, where) in blocks.items()
        ]
        self._db.executemany(sql.ADD, written)
        self._count(kind, past, apart, 1)

    def remove(self, kind: str, texts: Mapping[int, str], past: bool = False) -> None:
        """Leaves nothing of texts that were added so."""
        if not texts:
            return
        blocks: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
        apart = taken_apart(texts.values())
        for id_, places in zip(texts, apart, strict=True):
            block, text = _place(id_)
            for word in places:
                blocks[word, block].append(text)
        for (word, block), gone in blocks.items():
            self._cut(self._row(kind, past, word=word, block=block), gone)
        self._count(kind, past, apart, -1)

    def bury(self, kind: str, texts: Mapping[int, str]) -> None:
        """What stood stands no longer."""
        self.remove(kind, texts)
        self.add(kind, texts, past=True)

    def _cut(self, row: dict[str, Any], gone: Sequence[int]) -> None:
        texts, places = self._db.execute(sql.BLOCK, row).fetchone()
        found = np.frombuffer(texts, TEXT)
        stays = ~np.isin(found["text"], gone)
        if not stays.any():
            self._db.execute(sql.ERASE, row)
            return
        where = np.frombuffer(places, PLACE)[np.repeat(stays, found["count"])]
        self._db.execute(sql.REWRITE, row | {"texts": found[stays].tobytes(), "places": where.tobytes()})

    def _count(self, kind: str, past: bool, apart: Collection[Places], sign: int) -> None:
        self._words.update(*apart)
        self._changes += 1
        words = sum(map(_length, apart))
        self._db.execute(sql.WRITTEN, self._row(kind, past, texts=sign * len(apart), words=sign * words))

    def _row(self, kind: str, past: bool, **more: object) -> dict[str, Any]:
        return {"grp": self._number, "kind": KINDS.index(kind), "past": int(past), **more}


def words_of(name: str, aliases: Sequence[str]) -> str:
    """The words of an entity's version that are indexed."""
    return " ".join((name, *aliases))


def wipe(db: sqlite3.Connection, number: int) -> None:
    for statement in sql.WIPE:
        db.execute(statement, {"grp": number})


def index_all(db: sqlite3.Connection) -> None:
    """For a file of before there was a concordance."""
    versions = ((grp, id_, past, words_of(name, rows.names(aliases))) for grp, id_, past, name, aliases in _all(db, sql.VERSIONS))
    for kind, texts in (("EPISODE", _all(db, sql.EPISODES)), ("FACT", _all(db, sql.FACTS)), ("ENTITY", versions)):
        for number, found in groupby(texts, key=itemgetter(0)):
            concordance = Concordance(db, number)
            while part := list(islice(found, AT_ONCE)):
                for past in (False, True):
                    concordance.add(kind, {id_: text for _, id_, buried, text in part if bool(buried) == past}, past)


def _all(db: sqlite3.Connection, statement: str) -> Iterator[Any]:
    return iter(db.execute(statement, {"far": FAR_MICROS}))


def _place(id_: int) -> tuple[int, int]:
    """The block of a text, and its place there."""
    return (id_ & SEQUENCE) >> BLOCK_BITS, id_ & ((1 << BLOCK_BITS) - 1)


def _length(places: Places) -> int:
    return sum(map(len, places.values()))
