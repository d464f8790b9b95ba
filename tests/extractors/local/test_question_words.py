import pytest

from extractors.local.question_words import ASKING, ASKS, CALENDAR, ONE_YEAR, ORIGIN, PAST, PAST_TENSE, STOP_WORDS, TURNING, VAGUE
from graph.language import Asks


def test_word_lists_are_in_lower_case() -> None:
    assert all(word == word.lower() for word in STOP_WORDS | CALENDAR | TURNING | ASKING | VAGUE)


def test_words_by_which_one_asks_are_terms_and_of_one_kind() -> None:
    assert not ASKING & VAGUE
    assert not (ASKING | VAGUE) & STOP_WORDS


def test_each_kind_of_asking_has_its_words_and_what_is_left() -> None:
    assert {asks for asks, _ in ASKS} == set(Asks) - {Asks.WHAT}


@pytest.mark.parametrize("words", ["used to live", "his former boss", "before the move", "ex"])
def test_words_of_the_past(words: str) -> None:
    assert PAST.search(words)


@pytest.mark.parametrize("words", ["lives", "will live", "exam", "agony", "firstly"])
def test_words_of_now(words: str) -> None:
    assert not PAST.search(words)
    assert not PAST_TENSE.search(words)


@pytest.mark.parametrize("words", ["was born", "who wrote it", "the author of", "founded by"])
def test_words_of_origin(words: str) -> None:
    assert ORIGIN.search(words)


@pytest.mark.parametrize(
    ("words", "one"), [("in May", False), ("on 3 May", False), ("last May", True), ("May 2022", True), ("yesterday", True)]
)
def test_dates_of_one_year(words: str, one: bool) -> None:
    assert bool(ONE_YEAR.search(words)) is one
