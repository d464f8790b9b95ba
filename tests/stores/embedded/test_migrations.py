"""The schema: applied once, in whole steps; newer and foreign files are refused."""

import asyncio
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from graph.errors import StoreUnavailable
from graph.inputs import EntityInput, FactInput
from graph.memory import Memory
from graph.model import Space
from graph.spelling import near_keys
from graph.stores.base import Wanted
from graph.stores.embedded import EmbeddedStore
from graph.stores.embedded.migrations import ASKED, LATEST, MIGRATIONS, OPERATIONS, WORDS, migrate, require_engine, version_of
from graph.stores.embedded.rows import FAR_MICROS
from graph.time import AsOf
from graph.views import FactFilter, Hits, Page
from tests.schema.memories import HashEmbedder, opened
from tests.stores.builders import LATE, NOW, Writer, as_of, day, entity, fact, retraction, vector

FULL_TEXT = {"episode_fts": "content", "fact_fts": "fact", "entity_fts": "names"}
"""Before each group had a concordance of its own."""


def connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def schema(db: sqlite3.Connection) -> list[tuple[str, str]]:
    return db.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def test_migrating_again_changes_nothing(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "store.db")) as db:
        migrate(db)
        before = schema(db)
        migrate(db)
        assert (schema(db), version_of(db)) == (before, LATEST)


def test_a_later_step_runs_on_a_file_of_an_earlier_one(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "store.db")) as db:
        migrate(db)
        migrate(db, (*MIGRATIONS, ("CREATE TABLE extra(id INTEGER PRIMARY KEY)",)))
        assert version_of(db) == LATEST + 1
        assert ("extra",) in db.execute("SELECT name FROM sqlite_master").fetchall()


def test_facts_of_an_earlier_file_learn_where_they_were_said(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "store.db")) as db:
        migrate(db, MIGRATIONS[:1])
        for n, uuid in enumerate(("first", "second"), start=1):
            insert(db, "episode", id=n, uuid=uuid, said_at="", instant=0, work=1, ordinal=n, length=1, asks=0, metadata="{}", content="x")
        for n, (uuid, episode) in enumerate({"a": 2, "b": 1, "c": 2, "told": None}.items(), start=1):
            insert(db, "assertion", id=n, uuid=uuid, start=0, said=0, recorded_at=0, operation="", actor="", holds=1, episode=episode)
        for n, behind in enumerate(('["a", "b", "c"]', '["told"]', "[]"), start=1):
            insert(db, "fact", id=n, uuid=f"f{n}", key="", dead=0, valid_at=0, valid_until=0, valid_at_precision="", assertions=behind)
        migrate(db)
        assert db.execute("SELECT episodes FROM fact ORDER BY id").fetchall() == [('["second","first"]',), ("[]",), ("[]",)]


def test_entities_of_an_earlier_file_are_found_by_near_names_and_by_the_open_reviews_that_ask_about_them(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "store.db")) as db:
        migrate(db, MIGRATIONS[: MIGRATIONS.index(ASKED)])
        for n, (name, until) in enumerate({"Katherine Lee": FAR_MICROS, "Kate": 5, "pottery class": FAR_MICROS}.items(), start=1):
            insert(db, "entity_version", id=n, entity=n, recorded_at=0, until=until, name=name, type="Person", aliases="[]")
        insert(db, "review", id=1, uuid="open", kind="DUPLICATE", reason="", facts="[]", entities='["a", "b", "a"]')
        insert(db, "review", id=2, uuid="done", kind="DUPLICATE", reason="", facts="[]", entities='["a", "c"]', resolved_at=9)
        migrate(db)
        near = db.execute("SELECT name, version FROM entity_name WHERE grp = 1 AND kind = 'NEAR'").fetchall()
        assert sorted(near) == sorted((key, 1) for key in near_keys("Katherine Lee", "Person"))
        assert db.execute("SELECT entity, review FROM asked WHERE grp = 1 ORDER BY entity").fetchall() == [("a", "open"), ("b", "open")]


@dataclass
class Former(HashEmbedder):
    name: str = "wordllama-l2-supercat-256"


async def test_operations_of_an_earlier_file_can_be_undone(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    async with opened(path) as memory:
        (first,) = (await memory.add_facts("g", [lives("Rome", "2024-01-01")])).facts
        second = await memory.add_facts("g", [lives("Oslo", "2024-02-01")])
        await memory.correct_fact("g", first.uuid, "never there")
        written = await memory.parts.store.operations("g", [change.operation for change in second.changes])
    with closing(connect(path)) as db:
        as_before_operations(db)
    async with opened(path) as memory:
        memory = Memory(replace(memory.parts, embedder=Former()))
        found = await memory.parts.store.operations("g", [change.operation for change in second.changes])
        assert found == written
        log = (await memory.parts.store.list_changes("g", Page(50), LATE)).items
        await memory.undo("g", log[-1].uuid)
        shown = (await memory.parts.store.list_facts("g", FactFilter(), "OLDEST", Page(10), NOW)).items
        assert [fact.text for fact in shown] == ["Ana lives in Oslo"]
        await memory.undo("g", second.changes[0].uuid)
        shown = (await memory.parts.store.list_facts("g", FactFilter(), "OLDEST", Page(10), NOW)).items
        assert [fact.text for fact in shown] == ["Ana lives in Rome"]


async def test_groups_of_an_earlier_file_are_those_of_the_one_embedder_there_was(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    async with opened(path) as memory:
        await memory.add_facts("g", [lives("Rome", "2024-01-01")])
        await memory.configure("empty", timezone="Europe/Vienna")
    with closing(connect(path)) as db:
        as_before_operations(db)
    async with opened(path) as memory:
        found = (await memory.parts.store.groups(Page(10))).items
    assert {group.name: group.space for group in found} == {"empty": None, "g": Space("wordllama-l2-supercat-256", 256)}


def as_before_operations(db: sqlite3.Connection) -> None:
    """Takes back what the steps from there on made."""
    for name in ("entity_version_merged", "assertion_said_subject", "assertion_said_object", "work_parked"):
        db.execute(f"DROP INDEX {name}")
    added = {
        "grp": ["embedder", "dimension"],
        "entity_version": ["apart"],
        "assertion": ["said_subject", "said_object", "lapses"],
        "review": ["resolution"],
        "fact": ["confidences"],
    }
    for table, columns in added.items():
        for column in columns:
            db.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    for table in ("operation", "asked", "remembered", "word_log", "word_block"):
        db.execute(f"DROP TABLE {table}")
    for table, column in FULL_TEXT.items():
        db.execute(f"CREATE VIRTUAL TABLE {table} USING fts5(grp, {column}, content='', tokenize='porter unicode61')")
    db.execute(f"PRAGMA user_version = {MIGRATIONS.index(OPERATIONS)}")


async def test_the_texts_of_an_earlier_file_are_found_as_before(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = EmbeddedStore(path)
    await store.open()
    anna = entity("anna", day(1), aliases=("Ännchen",))
    for group in ("other", "g"):
        writer = Writer(store, group)
        await writer.keep("Anna walks the dog in New York", "of dogs")
        await writer.apply(1, entities=[replace(anna, group=group)])
        told = [replace(fact(f"f{n}", "anna", "said", "anna", day(2), text="a dog"), group=group, key=str(n)) for n in range(3)]
        await writer.apply(2, facts=told)
        gone = [replace(anna, group=group, name="Beth", aliases=(), recorded_at=day(3))]
        await writer.apply(3, retractions=[retraction("f1")], revised=gone)
    before = [await found_in(store, at) for at in (NOW, as_of(2))]
    assert before[0]["FACT"]["dog"].scores.keys() == {"f0", "f2"}
    assert before[1]["ENTITY"]["annchen"].scores.keys() == {"anna"}
    await store.close()
    with closing(connect(path)) as db:
        for table in ("word_log", "word_block"):
            db.execute(f"DROP TABLE {table}")
        for table, column in FULL_TEXT.items():
            db.execute(f"CREATE VIRTUAL TABLE {table} USING fts5(grp, {column}, content='', tokenize='porter unicode61')")
        db.execute(f"PRAGMA user_version = {MIGRATIONS.index(WORDS)}")
    again = EmbeddedStore(path)
    await again.open()
    assert [await found_in(again, at) for at in (NOW, as_of(2))] == before
    await again.close()
    with closing(connect(path)) as db:
        assert not [name for name, _ in schema(db) if "_fts" in name]


async def found_in(store: EmbeddedStore, at: AsOf) -> Mapping[str, Mapping[str, Hits]]:
    kinds = dict.fromkeys(("ENTITY", "FACT", "EPISODE"), 5)
    return (await store.search("g", Wanted(["dog", "annchen", "beth", "new-york"], vector(1), kinds), at)).words


def lives(place: str, since: str) -> FactInput:
    return FactInput(EntityInput(name="Ana", type="Person"), "lives in", EntityInput(name=place, type="City"), valid_at=since)


def insert(db: sqlite3.Connection, table: str, **given: object) -> None:
    """A row of group 1; columns that must have a value and are not given are 1."""
    columns = [name for _, name, _, required, *_ in db.execute(f"PRAGMA table_info({table})") if required or name in given]
    row = {"grp": 1, **given}
    statement = f"INSERT INTO {table}({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - names of this test
    db.execute(statement, [row.get(name, 1) for name in columns])


def test_a_step_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with closing(connect(tmp_path / "store.db")) as db:
        migrate(db)
        before = schema(db)
        with pytest.raises(sqlite3.OperationalError):
            migrate(db, (*MIGRATIONS, ("CREATE TABLE half(id INTEGER PRIMARY KEY)", "CREATE NONSENSE")))
        assert (schema(db), version_of(db), db.in_transaction) == (before, LATEST, False)


async def test_who_starts_while_another_process_converts_an_earlier_file_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Longer than a write is waited for."""
    monkeypatch.setattr("graph.stores.embedded.connection.BUSY_SECONDS", 0.01)
    with closing(connect(tmp_path / "store.db")) as db:
        db.execute("PRAGMA journal_mode = WAL")
        migrate(db, MIGRATIONS[:-1])
        db.execute("BEGIN IMMEDIATE")
        store = EmbeddedStore(tmp_path / "store.db")
        opening = asyncio.create_task(store.open())
        await asyncio.sleep(0.2)
        assert not opening.done()
        db.execute("COMMIT")
        assert (await opening).reached == LATEST
        await store.close()


async def test_what_was_written_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    for number in range(3):
        store = EmbeddedStore(tmp_path / "store.db")
        await store.open()
        await store.open()
        await Writer(store, "g").keep(str(number))
        found = await store.list_episodes("g", "s", Page(10), LATE)
        assert [e.content for e in found.items] == [str(n) for n in range(number + 1)]
        await store.close()
        await store.close()


async def test_a_newer_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    await opened_and_closed(path)
    with closing(connect(path)) as db:
        db.execute(f"PRAGMA user_version = {LATEST + 7}")
    before = path.read_bytes()
    with pytest.raises(StoreUnavailable, match=f"newer Palimpsest: its schema is {LATEST + 7}") as caught:
        await opened_and_closed(path)
    assert "Upgrade" in caught.value.hint
    assert path.read_bytes() == before


async def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "theirs.db"
    with closing(connect(path)) as db:
        db.execute("CREATE TABLE theirs(x)")
    before = path.read_bytes()
    with pytest.raises(StoreUnavailable, match="another program"):
        await opened_and_closed(path)
    assert path.read_bytes() == before


async def opened_and_closed(path: Path) -> None:
    store = EmbeddedStore(path)
    await store.open()
    await store.close()


def test_the_engine_must_be_recent_and_have_full_text() -> None:
    require_engine((3, 35, 0), True)
    with pytest.raises(StoreUnavailable, match=r"'3\.34\.1'"):
        require_engine((3, 34, 1), True)
    with pytest.raises(StoreUnavailable, match="FTS5"):
        require_engine((3, 40, 1), False)
