import pytest

from extractors.local.dates.found import Tense
from extractors.local.dates.tense import tense_around


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("We went there HERE.", Tense.PAST),
        ("HERE we painted the fence.", Tense.PAST),
        ("I'll paint it HERE.", Tense.FUTURE),
        ("Can't wait to see you HERE!", Tense.FUTURE),
        ("I was busy. We will meet HERE.", Tense.FUTURE),
        ("It will be finished HERE.", Tense.FUTURE),
        ("I planned to go but will stay HERE.", Tense.FUTURE),
        ("I need bread HERE.", None),
        ("I swim a lot HERE.", None),
        ("I moved out and I start again HERE.", None),
        ("The show starts HERE.", Tense.FUTURE),
        ("HERE", None),
    ],
)
def test_the_nearest_telling_word_of_the_clause_decides(text: str, tense: Tense | None) -> None:
    start = text.index("HERE")
    assert tense_around(text, start, start + 4) is tense
