"""What the full text keeps of texts that were taken out of it, until its parts are merged into one."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from graph.stores.embedded import rows
from graph.stores.embedded.queries import keeping as keeping_sql
from graph.stores.embedded.queries import remains as sql
from graph.stores.embedded.queries import writing as writing_sql
from graph.stores.embedded.rows import FAR_MICROS
from graph.stores.embedded.view import live_token, past_token
from graph.stores.embedded.writing import words_of

MOST_LEVELS = 1000
"""SQLite before 3.42 adds a level to an index with each merge, and cannot open one of more than 2,000: it is made anew before."""
STRUCTURE = 4
"""Bytes before the number of levels in the record of an index's structure."""


def erase_remains(db: sqlite3.Connection) -> None:
    """Leaves nothing in the full text but what is indexed now."""
    for table, texts in TEXTS.items():
        if _levels(db.execute(sql.STRUCTURES[table]).fetchone()[0]) < MOST_LEVELS:
            db.execute(sql.MERGE[table])
        else:
            db.execute(sql.EMPTY[table])
            db.executemany(INDEX[table], texts(db))


def _levels(structure: bytes) -> int:
    """The first number of the record: seven bits a byte, the highest ones first, the last byte below 128."""
    found = 0
    for byte in structure[STRUCTURE:]:
        found = found << 7 | byte & 127
        if byte < 128:
            break
    return found


def _episodes(db: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    return ({"id": id_, "token": live_token(number), "content": content} for id_, number, content in db.execute(sql.EPISODES))


def _facts(db: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    return ({"id": id_, "token": token_of(number, not dead), "text": text} for id_, number, dead, text in db.execute(sql.FACTS))


def _versions(db: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    for id_, number, until, name, aliases in db.execute(sql.VERSIONS):
        yield {"id": id_, "token": token_of(number, until == FAR_MICROS), "names": words_of(name, rows.names(aliases))}


def token_of(number: int, live: bool) -> str:
    return live_token(number) if live else past_token(number)


TEXTS: dict[str, Callable[[sqlite3.Connection], Iterator[dict[str, Any]]]] = {
    "episode_fts": _episodes,
    "fact_fts": _facts,
    "entity_fts": _versions,
}
INDEX = {"episode_fts": keeping_sql.INDEX_EPISODE, "fact_fts": writing_sql.INDEX_FACT, "entity_fts": writing_sql.INDEX_ENTITY}
