"""A file with nothing but its schema, and what its concordance holds."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from graph.stores.embedded.migrations import migrate


@contextmanager
def empty_file() -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(db)
        yield db
    finally:
        db.close()


def held_words(db: sqlite3.Connection, number: int) -> list[tuple[object, ...]]:
    """All rows of a group, but for how often it was written."""
    blocks = db.execute("SELECT word, kind, past, block, texts, places FROM word_block WHERE grp = ? ORDER BY 1, 2, 3, 4", (number,))
    log = db.execute("SELECT kind, past, texts, words FROM word_log WHERE grp = ? AND texts > 0 ORDER BY 1, 2", (number,))
    return [*blocks, *log]
