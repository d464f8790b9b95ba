"""The concordance, read: each group by itself, phrases where they stand, and the past only where it is asked for."""

import sqlite3
from contextlib import closing

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.stores.embedded.concordance import Concordance
from graph.stores.embedded.postings import BLOCK_BITS, Counted, log_of, read
from graph.stores.embedded.tokens import phrases_of
from tests.stores.embedded.indexes import empty_file

FAR_GROUP = (1 << 30) + 5


def test_each_group_by_itself() -> None:
    with empty_file() as db:
        for number in (1, FAR_GROUP):
            Concordance(db, number).add("FACT", {(number << 32) + 1: "a dog", (number << 32) + number: "the big dog of New York"})
        for number in (1, FAR_GROUP):
            found = read(db, number, [("dog",), ("new", "york")], False)
            assert {int(id_) >> 32 for kinds in found.values() for p in kinds.values() for id_ in p.texts} == {number}
            assert list(found["new", "york"]["FACT"].texts) == [(number << 32) + number]


def test_texts_of_many_blocks_in_their_order() -> None:
    ids = [(1 << 32) + place for place in (3, 1, (1 << BLOCK_BITS) + 1, 9 << BLOCK_BITS, 5)]
    with empty_file() as db:
        for id_ in ids:
            Concordance(db, 1).add("FACT", {id_: "dog " * (id_ & 3 or 1)})
        postings = read(db, 1, [("dog",)], False)["dog",]["FACT"]
        assert list(postings.texts) == sorted(ids)
        assert list(postings.counts) == list(postings.lengths) == [(id_ & 3 or 1) for id_ in sorted(ids)]
        assert postings.size == len(ids) * (8 + 4 + 4)


def test_the_words_of_a_phrase_stand_in_a_row_within_one_text() -> None:
    texts = ["York New", "new and york", "in New York", "new york new york", "new", "york", "no no", "no"]
    with empty_file() as db:
        Concordance(db, 1).add("FACT", {(1 << 32) + n: text for n, text in enumerate(texts)})
        found = read(db, 1, [("new", "york"), ("no", "no"), ("york", "new", "york"), ("new", "jersey")], False)
        assert {phrase: [int(id_) & 15 for id_ in kinds["FACT"].texts] for phrase, kinds in found.items() if kinds} == {
            ("new", "york"): [2, 3],
            ("no", "no"): [6],
            ("york", "new", "york"): [3],
        }
        assert (list(found["new", "york"]["FACT"].counts), list(found["new", "york"]["FACT"].lengths)) == ([1, 2], [3, 4])


def test_a_phrase_of_very_many_words_is_read_word_by_word_once() -> None:
    with empty_file() as db:
        Concordance(db, 1).add("FACT", {(1 << 32) + n: "a b " * n for n in range(1, 60)})
        asked: list[str] = []
        db.set_trace_callback(asked.append)
        found = read(db, 1, [("a", "b") * 50], False)["a", "b", *("a", "b") * 49]
        assert len(asked) == 3
        assert [int(id_) & 0xFF for id_ in found["FACT"].texts] == list(range(50, 60))
        assert found["FACT"].counts.tolist() == [float(n - 49) for n in range(50, 60)]


def test_the_past_is_read_and_counted_where_it_is_asked_for() -> None:
    with empty_file() as db:
        concordance = Concordance(db, 1)
        concordance.add("FACT", {(1 << 32) + 1: "a dog", (1 << 32) + 2: "a dog here in New York"})
        concordance.bury("FACT", {(1 << 32) + 1: "a dog"})
        now, then = (read(db, 1, [("dog",), ("a", "dog")], past) for past in (False, True))
        assert [[list(found[p]["FACT"].texts & 3) for p in found] for found in (now, then)] == [[[2], [2]], [[1, 2], [1, 2]]]
        assert [log_of(db, 1, past).kinds["FACT"] for past in (False, True)] == [Counted(1, 6), Counted(2, 8)]
        assert log_of(db, 1, False).written == log_of(db, 1, True).written == 3
        assert log_of(db, 9).kinds == {}


SAID = st.text("abAé -'日.", max_size=12)


@given(st.lists(SAID, max_size=8), st.lists(SAID, min_size=1, max_size=4, unique=True))
@settings(max_examples=60, deadline=None)
def test_a_word_of_a_question_is_found_where_full_text_finds_it(texts: list[str], words: list[str]) -> None:
    """FTS5 is asked for the word in quotes."""
    with empty_file() as db, closing(sqlite3.connect(":memory:")) as other:
        other.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='porter unicode61')")
        other.executemany("INSERT INTO t(rowid, x) VALUES (?, ?)", enumerate(texts, start=1))
        Concordance(db, 1).add("FACT", dict(enumerate(texts, start=(1 << 32) + 1)))
        phrases = phrases_of(words)
        found = read(db, 1, set(phrases.values()) - {()}, False)
        for word, phrase in phrases.items():
            theirs = [id_ for (id_,) in other.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rowid", (f'"{word}"',))]
            ours = (found[phrase]["FACT"].texts & 0xFF).tolist() if found.get(phrase) else []
            assert ours == theirs
