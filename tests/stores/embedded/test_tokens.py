"""Words as full text knows them: stems, without accents, each where it stands."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.stores.embedded.tokens import phrases_of, taken_apart

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.text("ab Aé'-日本\0_1")


def test_words_are_stems_with_their_places() -> None:
    assert taken_apart(["Walking the Dogs: the dog walks", "", "ZÜRICH, naïve, 日本語 x2"]) == [
        {"walk": [0, 5], "the": [1, 3], "dog": [2, 4]},
        {},
        {"zurich": [0], "naiv": [1], "日本語": [2], "x2": [3]},
    ]
    assert taken_apart([]) == []


def test_a_word_of_a_question_may_be_several_in_a_row() -> None:
    words = ["dogs", "New-York", "o'brien's", "u.s", "?", "", "no-no", "a\0b"]
    assert phrases_of(words) == {
        "dogs": ("dog",),
        "New-York": ("new", "york"),
        "o'brien's": ("o", "brien", "s"),
        "u.s": ("u", "s"),
        "?": (),
        "": (),
        "no-no": ("no", "no"),
        "a\0b": ("a", "b"),
    }


@given(st.lists(TEXTS, max_size=5))
def test_texts_are_taken_apart_as_full_text_indexes_them(texts: list[str]) -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='porter unicode61')")
        for text, places in zip(texts, taken_apart(texts), strict=True):
            db.execute("DELETE FROM t")
            db.execute("INSERT INTO t(x) VALUES (?)", (text,))
            for word in places:
                quoted = word.replace('"', '""')
                assert db.execute("SELECT count(*) FROM t WHERE t MATCH ?", (f'"{quoted}"*',)).fetchone() == (1,)
            assert sorted(place for at in places.values() for place in at) == list(range(sum(map(len, places.values()))))


def test_a_word_too_long_for_the_tokenizer_is_cut() -> None:
    ((word,),) = taken_apart(["日" * 20_000])
    assert word.startswith("日" * 10_922)


def test_what_cannot_be_stored_leaves_the_desk_clear() -> None:
    with pytest.raises(UnicodeEncodeError):
        taken_apart(["dog", "half of a pair \ud800"])
    assert taken_apart(["cat"]) == [{"cat": [0]}]


def test_threads_have_desks_of_their_own() -> None:
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda n: taken_apart([f"word{n}"]), range(50))) == [[{f"word{n}": [0]}] for n in range(50)]
