"""Sentences with words that narrow or move an expression, said on Thursday 6 March 2025 at 19:40 (+02:00)."""

import pytest

from tests.extractors.local.dates.said import heard


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("The play opens a week from Friday.", "a week from Friday = AT 2025-03-14"),
        ("It happened the Sunday before 25 May 2024.", "the Sunday before 25 May 2024 = AT 2024-05-19"),
        ("The week of June 9 works.", "The week of June 9 = AT 2025-06-09..2025-06-15"),
        ("We got it the week before 9 June 2023.", "the week before 9 June 2023 = AT 2023-06-02..2023-06-08"),
        ("The first week of June 2024 was hot.", "The first week of June 2024 = AT 2024-06-01..2024-06-07"),
        ("I surfed the last weekend in August 2023.", "the last weekend in August 2023 = AT 2023-08-26..2023-08-27"),
        ("Voting is the first Tuesday of November 2025.", "the first Tuesday of November 2025 = AT 2025-11-04"),
        ("I finished it mid-June.", "mid-June = AT 2024-06-11..2024-06-20"),
        ("We moved in late 2018.", "in late 2018 = AT 2018-09-01..2018-12-31"),
        ("I switched at the end of last month.", "at the end of last month = AT 2025-02-19..2025-02-28"),
        ("She quit earlier this week.", "earlier this week = AT 2025-03-03..2025-03-06"),
        ("I'd like to travel later this year.", "later this year = AT 2025-03-06..2025-12-31"),
        ("Two days before Christmas 2024 it snowed.", "Two days before Christmas 2024 = AT 2024-12-22"),
    ],
)
def test_modifiers_are_found_and_dated(text: str, meaning: str) -> None:
    assert "; ".join(heard(text)) == meaning
