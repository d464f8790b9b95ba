"""Forgetting merges the full text each time, however often: SQLite cannot open an index that was merged too often."""

import sqlite3
from contextlib import closing
from pathlib import Path

from graph.stores.embedded import EmbeddedStore
from graph.stores.embedded.queries.remains import MERGE, STRUCTURES
from graph.stores.embedded.remains import MOST_LEVELS, erase_remains
from tests.stores.embedded.test_full_text import indexed
from tests.stores.test_forget import Story

ADD = {"episode_fts": "content", "fact_fts": "fact", "entity_fts": "names"}


def merge_often(path: Path, times: int) -> None:
    """As `times` forgettings of something else did."""
    with closing(sqlite3.connect(path)) as db, db:
        for n in range(times):
            for table, column in ADD.items():
                db.execute(f"INSERT INTO {table}(rowid, grp, {column}) VALUES (?, 'g9', 'ballast')", (10**12 + n,))  # noqa: S608 - names of this test
                row = (10**12 + n, "g9", "ballast")
                db.execute(f"INSERT INTO {table}({table}, rowid, grp, {column}) VALUES ('delete', ?, ?, ?)", row)  # noqa: S608
                db.execute(f"INSERT INTO {table}(rowid, grp, {column}) VALUES (?, 'g9', 'ballast')", (2 * 10**12 + n,))  # noqa: S608
                db.execute(MERGE[table])


def sizes(path: Path) -> list[int]:
    with closing(sqlite3.connect(path)) as db:
        return [len(db.execute(statement).fetchone()[0]) for statement in STRUCTURES.values()]


async def test_an_index_that_was_merged_often_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = EmbeddedStore(path)
    await store.open()
    story = Story(store)
    await story.tell(1, "Bob lives in Zanzibar")
    await story.tell(2, "Bob lives in Oslo")
    gone = await story.tell(3, "Bob visited Quito")
    merge_often(path, MOST_LEVELS + 20)
    await story.forget(4, episode=gone)
    await store.close()
    assert max(sizes(path)) < MOST_LEVELS
    assert [indexed(path, "episode_fts", word) for word in ("oslo", "quito", "ballast")] == [1, 0, 0]
    assert [indexed(path, "fact_fts", f"fact:{word}") > 0 for word in ("oslo", "zanzibar", "quito", "ballast")] == [
        True,
        True,
        False,
        False,
    ]
    assert [indexed(path, "entity_fts", f"names:{word}") > 0 for word in ("bob", "oslo", "ballast")] == [True, True, False]


def test_what_is_merged_seldom_is_only_merged(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "some.db")) as db:
        for table, column in ADD.items():
            db.execute(f"CREATE VIRTUAL TABLE {table} USING fts5(grp, {column}, content='')")
            db.execute(f"INSERT INTO {table}(rowid, grp, {column}) VALUES (1, 'g1', 'kept')")  # noqa: S608
        erase_remains(db)
        for table in ADD:
            assert db.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH 'kept'").fetchall() == [(1,)]  # noqa: S608
