"""Sentences with prepositions, said on Thursday 6 March 2025 at 19:40 (+02:00)."""

import pytest

from tests.extractors.local.dates.said import heard


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("From Monday onwards I'm vegan.", "From Monday onwards = SINCE 2025-03-03"),
        ("Starting in May I'll work part time.", "Starting in May = SINCE 2025-05"),
        ("I've known her since two years ago.", "since two years ago = SINCE 2023"),
        ("My plans got moved from last week until yesterday.", "from last week until yesterday = SPAN 2025-02-24..2025-03-02 > 2025-03-05"),
        ("I lived there till 2020.", "till 2020 = UNTIL 2020"),
        ("I'm away through June.", "through June = UNTIL 2025-06"),
        ("As of May 2024 I'm a dad.", "As of May 2024 = SINCE 2024-05"),
        ("We chatted up until last week.", "up until last week = UNTIL 2025-02-24..2025-03-02"),
    ],
)
def test_leads_are_found_and_dated(text: str, meaning: str) -> None:
    assert "; ".join(heard(text)) == meaning
