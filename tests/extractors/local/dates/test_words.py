import pytest

from extractors.local.dates.words import CUES, Cue, month_number, one_of, steps, unit_name, weekday_number


@pytest.mark.parametrize(("word", "number"), [("May", 5), ("sept", 9), ("DEC", 12), ("january", 1)])
def test_months(word: str, number: int) -> None:
    assert month_number(word) == number


@pytest.mark.parametrize(("word", "number"), [("Monday", 0), ("thurs", 3), ("SUN", 6), ("wensday", 2)])
def test_weekdays(word: str, number: int) -> None:
    assert weekday_number(word) == number


@pytest.mark.parametrize(("word", "unit"), [("wks", "week"), ("Years", "year"), ("yr", "year"), ("nights", "day"), ("mths", "month")])
def test_units(word: str, unit: str) -> None:
    assert unit_name(word) == unit


@pytest.mark.parametrize(("which", "step"), [("last", -1), ("this past", -1), ("this", 0), ("This coming", 0), ("Next", 1)])
def test_steps(which: str, step: int) -> None:
    assert steps(which) == step


def test_the_longest_word_is_tried_first() -> None:
    assert one_of(["sep", "september", "sept"]) == "september|sept|sep"


def test_plurals_announce_too() -> None:
    assert CUES["mondays"] is Cue.WEEKDAY
    assert CUES["winters"] is Cue.SEASON
