"""Each row is looked up once."""

import sqlite3

from graph.stores.embedded.standing import Standing
from graph.stores.embedded.view import View
from tests.stores.embedded.indexes import empty_file


def test_each_row_is_looked_up_once() -> None:
    with empty_file() as db:
        add_episodes(db, kept={1: 5, 2: 15})
        asked: list[str] = []
        db.set_trace_callback(asked.append)
        standing = Standing(db, View("g", 1, 10, 10, False, version=1), "EPISODE", current=True)
        standing.look([1, 2])
        standing.look([2, 1])
        standing.look([])
        standing.look([2, 3])
        assert len(asked) == 2
        assert standing.scores([3, 2, 1], [0.3, 0.2, 0.1]) == {"e1": 0.1}


def add_episodes(db: sqlite3.Connection, kept: dict[int, int]) -> None:
    for id_, at in kept.items():
        row = (id_, 1, f"e{id_}", "MESSAGE", "", 0, at, 1, 0, 1, 0, "{}", "a dog")
        db.execute(
            """INSERT INTO episode(id, grp, uuid, kind, said_at, instant, created_at, work, ordinal, length, asks, metadata, content)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            row,
        )
