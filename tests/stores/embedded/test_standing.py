"""What stands is looked up once for each version of a group, and what is held is what the file says."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from graph.model import ChangeKind
from graph.stores.embedded import EmbeddedStore
from graph.stores.embedded.rows import FAR_MICROS
from graph.stores.embedded.standing import GROUP, Standing
from graph.stores.embedded.view import View, bounds
from tests.stores.builders import Writer, change, day
from tests.stores.embedded.indexes import empty_file
from tests.stores.seeking import having_one

NOW = View("g", 1, 10, 10, False, version=1)
GONE = -1


class File:
    """Rows of group 1, and how often they were asked for."""

    def __init__(self, db: sqlite3.Connection, most: int = 15_000) -> None:
        self.db = db
        self.standing = Standing(most)
        self.asked: list[str] = []

    def look(self, kind: str, *numbers: int, view: View = NOW, current: bool = True) -> list[str]:
        """The uuids of those that stand."""
        low, _ = bounds(view.number)
        ids = np.array([number if number == GONE else low + number for number in numbers], dtype=np.int64)
        self.db.set_trace_callback(self.asked.append)
        stood = self.standing.of(self.db, view, kind, current, ids)
        self.db.set_trace_callback(None)
        return stood.uuids(np.flatnonzero(stood.stand))

    def asks(self) -> int:
        count = len(self.asked)
        self.asked.clear()
        return count

    def episode(self, number: int, at: int, group: int = 1) -> None:
        self._insert("episode", id=bounds(group)[0] + number, grp=group, uuid=f"e{number}", created_at=at)

    def fact(self, number: int, since: int, until: int = FAR_MICROS, retracted_from: int = FAR_MICROS) -> None:
        times = {"valid_at": since, "valid_until": until, "retracted_from": retracted_from, "created_at": 1}
        self._insert("fact", id=bounds(1)[0] + number, grp=1, uuid=f"f{number}", key=str(number), expired_from=min(until, 9), **times)

    def version(self, number: int, entity: int, since: int, until: int = FAR_MICROS, merged_into: str | None = None) -> None:
        times = {"recorded_at": since, "until": until, "merged_into": merged_into}
        self._insert("entity_version", id=bounds(1)[0] + number, grp=1, entity=bounds(1)[0] + entity, **times)

    def entity(self, number: int) -> None:
        self._insert("entity", id=bounds(1)[0] + number, grp=1, uuid=f"n{number}", key=str(number))

    def _insert(self, table: str, **given: object) -> None:
        columns = self.db.execute("SELECT name, type FROM pragma_table_info(?)", (table,))
        row = {name: "" if type_ == "TEXT" else 0 for name, type_ in columns if name not in ("external_id", "merged_into")} | given
        marks = ", ".join("?" * len(row))
        self.db.execute(f"INSERT INTO {table}({', '.join(row)}) VALUES ({marks})", list(row.values()))  # noqa: S608 - names of tests


@pytest.fixture
def file() -> Iterator[File]:
    with empty_file() as db:
        yield File(db)


def test_each_row_is_looked_up_once(file: File) -> None:
    file.episode(1, 5)
    file.episode(2, 15)
    assert (file.look("EPISODE", 1, 2), file.asks()) == (["e1"], 1)
    assert (file.look("EPISODE", 2, 1, GONE), file.asks()) == (["e1"], 0)
    assert (file.look("EPISODE"), file.asks()) == ([], 0)


def test_the_clocks_of_what_is_held_are_asked_anew(file: File) -> None:
    file.episode(1, 15)
    file.fact(1, since=12)
    file.fact(2, since=1, until=12)
    file.fact(3, since=1, retracted_from=2)
    found = [(file.look("EPISODE", 1, view=at), file.look("FACT", 1, 2, 3, view=at)) for at in (NOW, replace(NOW, valid=12, known=20))]
    assert found == [([], ["f2"]), (["e1"], ["f1"])]
    assert file.look("FACT", 1, 2, 3, current=False) == ["f1", "f2"]
    assert file.asks() == 2


def test_of_an_entity_the_version_that_is_not_merged_stands(file: File) -> None:
    for number, until, merged_into in ((1, FAR_MICROS, None), (2, FAR_MICROS, "n1"), (3, 5, None)):
        file.entity(number)
        file.version(10 * number, number, 1, until, merged_into)
    assert (file.look("ENTITY", 1, 2, 3), file.look("VERSION", 10, 20, 30)) == (["n1"], ["n1"])
    assert (file.look("ENTITY", 1, 2, 3), file.look("VERSION", 10, 20, 30), file.asks()) == (["n1"], ["n1"], 2)


def test_a_new_version_is_looked_up_anew_and_an_old_one_or_the_past_is_not_held(file: File) -> None:
    file.fact(1, since=1)
    assert file.look("FACT", 1) == ["f1"]
    file.db.execute("UPDATE fact SET retracted_from = 5")
    new = replace(NOW, version=2)
    assert [file.look("FACT", 1, view=view) for view in (NOW, new, NOW)] == [["f1"], [], []]
    then = replace(NOW, past=True, known=4)
    assert [file.look("FACT", 1, view=view) for view in (then, new, then)] == [["f1"], [], ["f1"]]
    assert file.asks() == 5


def test_a_message_that_is_kept_without_an_operation_is_found(file: File) -> None:
    assert file.look("EPISODE", 1) == []
    file.episode(1, 5)
    assert file.look("EPISODE", 1) == ["e1"]


def test_a_group_that_is_not_there_takes_no_room(file: File) -> None:
    assert file.look("FACT", 1, view=replace(NOW, number=0)) == []
    assert (file.standing._size, len(file.standing._groups)) == (0, 0)


def test_the_group_that_was_searched_longest_ago_goes_first(file: File) -> None:
    views = [replace(NOW, number=number) for number in (1, 2, 3)]
    for view in views:
        file.episode(40, 5, view.number)
    for view in (*views[:2], views[0], views[2]):
        assert file.look("EPISODE", 40, view=view) == ["e40"]
    assert list(file.standing._groups) == [1, 3]
    assert file.standing._size == sum(group.size for group in file.standing._groups.values()) <= 15_000
    file.standing.drop(3, 2)
    assert (file.standing._groups[3].size, file.standing._groups[3].shelves) == (GROUP, {})
    assert file.look("EPISODE", 40, view=views[2]) == ["e40"]
    assert file.standing._groups[3].shelves == {}


async def test_nothing_of_a_forgotten_group_stays_in_memory(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path / "store.db")
    await store.open()
    writer = Writer(store, "g")
    await writer.people(1, "anna")
    assert await having_one(store, "ENTITY", "anna") == ["anna"]
    group = await store.group("g")
    assert group is not None
    await store.wipe(group.version, change(ChangeKind.FORGOTTEN, day(2), group="g"))
    assert store._standing._size == GROUP
    assert await having_one(store, "ENTITY", "anna") == []
    await store.close()
