"""Sentences with stretches, durations and what recurs, said on Thursday 6 March 2025 at 19:40 (+02:00)."""

import pytest

from tests.extractors.local.dates.said import heard


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("I've been here for three years now.", "for three years now = SINCE 2022"),
        ("I've had him almost 6 months now.", "almost 6 months now = SINCE 2024-09"),
        ("I taught there for three years.", "for three years = FOR 2022"),
        ("It rained for days.", "for days = FOR"),
        ("I read a lot over the past two weeks.", "over the past two weeks = SPAN 2025-02-17..2025-02-23 > 2025-03-06"),
        ("The last few months were hard.", "The last few months = SPAN 2024-10-01..2025-01-31 > 2025-03-06"),
        ("I've slept badly in the last week.", "in the last week = SPAN 2025-02-24..2025-03-02 > 2025-03-06"),
        ("I will train over the next two months.", "over the next two months = SPAN 2025-03-06 > 2025-05"),
        ("I swim every Monday.", "every Monday = REPEATED"),
        ("We eat out every other week", "every other week = REPEATED"),
        ("each morning I stretch", "each morning = REPEATED"),
        ("Yoga is on Tuesdays and Thursdays.", "on Tuesdays and Thursdays = REPEATED"),
        ("I volunteer on weekends.", "on weekends = REPEATED"),
        ("I run 3 times a week.", "3 times a week = REPEATED"),
    ],
)
def test_spans_are_found_and_dated(text: str, meaning: str) -> None:
    assert "; ".join(heard(text)) == meaning
