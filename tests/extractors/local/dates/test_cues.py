import pytest

from extractors.local.dates.cues import cues_in
from extractors.local.dates.words import Cue


@pytest.mark.parametrize("text", ["", "We cooked a huge pot of soup and called her sister.", "\u0663 \u00e9t\u00e9", "mayor Augustus"])
def test_text_without_any_word_of_time_has_no_cue(text: str) -> None:
    assert cues_in(text) == {}


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("in MAY", Cue.MONTH),
        ("Mondays", Cue.WEEKDAY),
        ("tmrw", Cue.DAY),
        ("2 wks ago", Cue.UNIT),
        ("winters", Cue.SEASON),
        ("Juneteenth", Cue.HOLIDAY),
        ("the eighties", Cue.DECADE),
        ("each", Cue.EVERY),
        ("the '90s", Cue.DIGIT),
    ],
)
def test_words_of_time_are_cues(text: str, cue: Cue) -> None:
    assert cue in cues_in(text)


def test_an_expression_stands_around_its_cue() -> None:
    text = "so " * 80 + "last Monday" + " it rained" * 80
    [(start, end)] = cues_in(text)[Cue.WEEKDAY]
    assert 0 < start < text.index("last")
    assert text.index("rained") < end < len(text)


def test_parts_that_overlap_are_one() -> None:
    assert len(cues_in("Monday or Tuesday")[Cue.WEEKDAY]) == 1
    assert len(cues_in("Monday" + " it rained" * 80 + " on Tuesday")[Cue.WEEKDAY]) == 2
