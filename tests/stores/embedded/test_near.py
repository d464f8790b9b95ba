"""Keys of near spelling in the file: of the present only, so that a lookup never reads past old versions."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from graph.spelling import near_keys
from graph.stores.embedded import EmbeddedStore
from tests.stores.builders import Writer, day, entity


async def test_a_version_that_is_over_has_no_keys(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = EmbeddedStore(path)
    await store.open()
    lee = entity("lee", day(1), name="Katherine Lee")
    writer = Writer(store, "g")
    await writer.apply(1, entities=[lee])
    for at in range(2, 20):
        await writer.apply(at, revised=[replace(lee, summary=f"told {at} times", recorded_at=day(at))])
    await store.close()
    with closing(sqlite3.connect(path)) as db:
        kept = [name for (name,) in db.execute("SELECT name FROM entity_name WHERE kind = 'NEAR'")]
    assert sorted(kept) == sorted(near_keys("Katherine Lee", lee.type))
