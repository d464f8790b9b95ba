"""Postings in memory: never another answer than the file's, and never more than there is room for."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from graph.stores.base import Wanted
from graph.stores.embedded import EmbeddedStore
from graph.stores.embedded.concordance import Concordance, Noted
from graph.stores.embedded.held import OVERHEAD, Held
from graph.stores.embedded.store import ROOM
from graph.stores.embedded.view import View
from tests.stores.builders import NOW, Writer, vector
from tests.stores.embedded.indexes import empty_file
from tests.stores.seeking import having_one


def view(number: int, version: int = 1) -> View:
    return View("g", number, 10, 10, False, version)


def ids(held: Held, db: sqlite3.Connection, *words: str) -> list[list[int]]:
    found = held.of(db, view(1), [(word,) for word in words])
    return [[int(id_) & 0xFF for id_ in found.phrases[word,]["FACT"].texts] if found.phrases[word,] else [] for word in words]


def test_what_is_written_is_read_again_and_the_rest_is_kept() -> None:
    held = Held(10 * OVERHEAD)
    with empty_file() as db:
        first = Concordance(db, 1)
        first.add("FACT", {(1 << 32) + 1: "dog cat"})
        assert ids(held, db, "dog", "cat", "cow") == [[1], [1], []]
        second = Concordance(db, 1)
        second.add("FACT", {(1 << 32) + 2: "dog cow"})
        held.note(second.noted)
        assert list(held._groups[1].phrases) == [(("cat",), False)]
        assert ids(held, db, "dog", "cat", "cow") == [[1, 2], [1], [2]]


def test_what_another_process_wrote_is_seen() -> None:
    held = Held(10 * OVERHEAD)
    with empty_file() as db:
        Concordance(db, 1).add("FACT", {(1 << 32) + 1: "dog"})
        assert ids(held, db, "dog") == [[1]]
        Concordance(db, 1).add("FACT", {(1 << 32) + 2: "dog"})
        assert ids(held, db, "dog") == [[1, 2]]
        Concordance(db, 1).add("FACT", {(1 << 32) + 3: "dog"})
        ours = Concordance(db, 1)
        ours.add("FACT", {(1 << 32) + 4: "cat"})
        held.note(ours.noted)
        assert not held._groups[1].phrases
        assert ids(held, db, "dog") == [[1, 2, 3]]


def test_who_reads_an_older_snapshot_gets_its_answer_and_holds_nothing_back() -> None:
    held = Held(10 * OVERHEAD)
    with empty_file() as db, empty_file() as older:
        for each in (db, older):
            Concordance(each, 1).add("FACT", {(1 << 32) + 1: "dog"})
        Concordance(db, 1).add("FACT", {(1 << 32) + 2: "dog"})
        assert ids(held, db, "dog") == [[1, 2]]
        assert ids(held, older, "dog", "cat") == [[1], []]
        assert list(held._groups[1].phrases) == [(("dog",), False)]
        held.note(Noted(1, 0, 1, frozenset({"dog"})))  # told late
        assert ids(held, db, "dog") == [[1, 2]]


def test_no_more_is_held_than_there_is_room_for() -> None:
    held = Held(4 * OVERHEAD)
    with empty_file() as db:
        for number in (1, 2):
            Concordance(db, number).add("FACT", {(number << 32) + 1: "one two three four"})
            held.of(db, view(number), [("one",), ("two",)])
        assert {number: list(group.phrases) for number, group in held._groups.items()} == {2: [(("one",), False), (("two",), False)]}
        held.of(db, view(2), [("one",)])
        held.of(db, view(2), [("three",)])
        assert (("two",), False) not in held._groups[2].phrases
        held.drop(2, 2)
        held.drop(2, 2)
        assert (held._size, dict(held._groups[2].phrases)) == (OVERHEAD, {})


def test_who_reads_what_was_forgotten_meanwhile_holds_nothing() -> None:
    held = Held(10 * OVERHEAD)
    with empty_file() as db, empty_file() as older:
        for each in (db, older):
            Concordance(each, 1).add("FACT", {(1 << 32) + 1: "secret"})
        Concordance(db, 1).remove("FACT", {(1 << 32) + 1: "secret"})
        held.drop(1, version=2)
        assert len(held.of(older, view(1, version=1), [("secret",)]).phrases["secret",]["FACT"].texts) == 1
        assert not held._groups[1].phrases
        assert held.of(db, view(1, version=2), [("secret",)]).phrases["secret",] == {}
        assert list(held._groups[1].phrases) == [(("secret",), False)]


def test_a_phrase_is_dropped_by_any_of_its_words_and_groups_without_phrases_take_room() -> None:
    held = Held(3 * OVERHEAD)
    with empty_file() as db:
        Concordance(db, 1).add("FACT", {(1 << 32) + 1: "new york"})
        held.of(db, view(1), [("new", "york")])
        more = Concordance(db, 1)
        more.add("FACT", {(1 << 32) + 2: "york"})
        held.note(more.noted)
        assert not held._groups[1].phrases
        for number in range(2, 9):
            held.drop(number, 1)
        assert len(held._groups) == 3


@pytest.mark.parametrize("bytes_", [0, 10_000_000])
async def test_a_store_with_and_without_room(tmp_path: Path, bytes_: int) -> None:
    store = EmbeddedStore(tmp_path / "store.db", replace(ROOM, words=bytes_))
    await store.open()
    writer = Writer(store, "g")
    for n in range(1, 4):
        await writer.keep("a dog", at=n)
        assert len(await having_one(store, "EPISODE", "dog")) == n
    await store.close()


async def test_two_processes_see_what_each_other_writes(tmp_path: Path) -> None:
    stores = [EmbeddedStore(tmp_path / "store.db") for _ in range(2)]
    for store in stores:
        await store.open()
    for n in range(6):
        await Writer(stores[n % 2], "g").keep(f"a dog {n}", at=n)
        for store in stores:
            found = await store.search("g", Wanted(["dog", str(n)], vector(1), {"EPISODE": 10}), NOW)
            assert [len(hits.scores) for hits in found.words["EPISODE"].values()] == [n + 1, 1]
    for store in stores:
        await store.close()
