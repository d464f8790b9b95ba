"""Texts taken apart into the words they are found by: stems in lower case without accents, as SQLite's own tokenizer makes them."""

import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from graph.stores.embedded.queries import tokens as sql

Places = Mapping[str, Sequence[int]]
"""By word where it stands in a text, counted in words."""


class _Desk:
    """A table in memory that texts are laid on. It is empty between calls."""

    def __init__(self) -> None:
        self.db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self.db.text_factory = _legible
        for statement in sql.DESK:
            self.db.execute(statement)

    def __del__(self) -> None:
        self.db.close()


def _legible(written: bytes) -> str:
    """A word of more than 32 KB is cut by the tokenizer, maybe within a letter."""
    return written.decode(errors="replace")


_LOCAL = threading.local()
"""Each thread has a desk of its own, which goes with it."""


def _desk() -> sqlite3.Connection:
    desk: _Desk | None = getattr(_LOCAL, "desk", None)
    if desk is None:
        desk = _LOCAL.desk = _Desk()
    return desk.db


def taken_apart(texts: Iterable[str]) -> list[Places]:
    """The words of each text."""
    found: list[defaultdict[str, list[int]]] = []
    rows = []
    for text in texts:
        rows.append({"number": len(found), "text": text})
        found.append(defaultdict(list))
    db = _desk()
    db.execute("BEGIN")
    try:
        db.executemany(sql.LAY, rows)
        for number, word, place in db.execute(sql.TAKEN_APART):
            found[number][word].append(place)
    finally:
        db.execute("ROLLBACK")
    return list(found)


def phrases_of(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What is sought for each word of a question: its parts in their order, none where it holds no letter or digit."""
    return {word: _phrase(word) for word in dict.fromkeys(words)}


@lru_cache(maxsize=4_096)
def _phrase(word: str) -> tuple[str, ...]:
    """Questions share their words, and most of what names one of a kind is sought with every question for it."""
    (found,) = taken_apart([word])
    return tuple(part for _, part in sorted((place, part) for part, places in found.items() for place in places))
