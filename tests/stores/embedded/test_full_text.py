"""The full-text index holds each text once: under its group's word while it stands, under another once it does not."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from graph.stores.embedded import EmbeddedStore
from graph.stores.embedded.view import live_token, past_token
from tests.stores.builders import Writer, day, entity, fact, retraction


def indexed(path: Path, table: str, match: str) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute(f"SELECT count(*) FROM {table} WHERE {table} MATCH ?", (match,)).fetchone()[0])  # noqa: S608 - names of this test


async def test_what_no_longer_stands_leaves_the_live_index(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = EmbeddedStore(path)
    await store.open()
    writer = Writer(store, "g")
    made = entity("anna", day(1), aliases=("Ännchen",))
    await writer.apply(1, entities=[made])
    await writer.apply(2, facts=[fact(f, "anna", "knows", "anna", day(2)) for f in ("f1", "f2")])
    await writer.apply(3, retractions=[retraction("f1")], revised=[replace(made, name="Anne", recorded_at=day(3))])
    await store.close()
    live, past = live_token(1), past_token(1)
    assert [indexed(path, "fact_fts", f"grp:{token} AND fact:anna") for token in (live, past)] == [1, 1]
    assert [indexed(path, "entity_fts", f"grp:{token} AND names:annchen") for token in (live, past)] == [1, 1]
    assert [indexed(path, "entity_fts", f"grp:{token} AND names:anne") for token in (live, past)] == [1, 0]
