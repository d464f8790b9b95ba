"""Sentences with times of day, said on Thursday 6 March 2025 at 19:40 (+02:00)."""

import pytest

from tests.extractors.local.dates.said import heard


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("The call is at 3pm tomorrow.", "at 3pm tomorrow = AT 2025-03-07T15:00"),
        ("I woke up yesterday at 5:30 am.", "yesterday at 5:30 am = AT 2025-03-05T05:30"),
        ("We meet on Monday at noon.", "on Monday at noon = AT 2025-03-03T12:00"),
        ("It began at 18:45 on 8 May 2023.", "at 18:45 on 8 May 2023 = AT 2023-05-08T18:45"),
    ],
)
def test_clock_are_found_and_dated(text: str, meaning: str) -> None:
    assert "; ".join(heard(text)) == meaning
