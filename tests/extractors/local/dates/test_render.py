from datetime import UTC

import pytest

from extractors.local.dates import Tense, find, in_words, period_in_words
from graph.time import parse_period
from tests.extractors.local.dates.said import AT


@pytest.mark.parametrize(
    ("words", "rendered"),
    [
        ("yesterday", "on 5 March 2025"),
        ("yesterday at 3pm", "at 15:00 on 5 March 2025"),
        ("last week", "in the week of 24 February 2025"),
        ("last weekend", "on the weekend of 1 March 2025"),
        ("last summer", "in summer 2024"),
        ("last winter", "in winter 2024"),
        ("two years ago", "in 2023"),
        ("a year ago", "between January 2024 and May 2024"),
        ("in May", "in May 2024"),
        ("last month", "in February 2025"),
        ("in Q3 2024", "in the third quarter of 2024"),
        ("last Christmas", "at Christmas 2024"),
        ("for New Year's", "at New Year 2025"),
        ("in the 90s", "in the 1990s"),
        ("in early 2020", "in early 2020"),
        ("mid-June", "in mid June 2024"),
        ("a few days ago", "between 1 March 2025 and 4 March 2025"),
        ("a few years ago", "between 2020 and 2023"),
        ("since 2019", "since 2019"),
        ("since yesterday", "since 5 March 2025"),
        ("for three years now", "since 2022"),
        ("for a few years now", "since about 2021"),
        ("until last Friday", "until 28 February 2025"),
        ("by last Friday", "until 28 February 2025"),
        ("before Christmas", "before Christmas 2024"),
        ("after last summer", "after summer 2024"),
        ("from May to July", "from May 2024 to July 2024"),
        ("between 2019 and 2021", "from 2019 to 2021"),
        ("over the past two days", "from 4 March 2025 to 6 March 2025"),
        ("for three years", "for three years"),
        ("every Monday", "every Monday"),
    ],
)
def test_words_no_longer_depend_on_the_day_they_were_said(words: str, rendered: str) -> None:
    assert in_words(find(words, AT, Tense.PAST)[0]) == rendered


@pytest.mark.parametrize(
    "words", ["yesterday", "last week", "since 2019", "last month", "until last Friday", "from May to July", "in early 2020"]
)
def test_they_mean_the_same_when_read_again_years_later(words: str) -> None:
    found = find(words, AT, Tense.PAST)[0]
    later = find(in_words(found), AT.replace(year=2031), Tense.PAST)[0]
    assert (later.role, later.period, later.until) == (found.role, found.period, found.until)


def test_any_period_can_be_told() -> None:
    assert period_in_words(parse_period("2023-05-07"), UTC) == "on 7 May 2023"
    assert period_in_words(parse_period("2023-05")) == "in May 2023"
    assert period_in_words(parse_period("2023-05-07T09:30:00Z")) == "at 09:30 on 7 May 2023"
