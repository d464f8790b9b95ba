"""Sentences with days of the week, said on Thursday 6 March 2025 at 19:40 (+02:00)."""

import pytest

from tests.extractors.local.dates.said import heard


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("I passed the test last Friday!", "last Friday = AT 2025-02-28"),
        ("My appointment is Monday morning at 9:30am", "Monday morning at 9:30am = AT 2025-03-10T09:30"),
        ("The show is on Saturday.", "on Saturday = AT 2025-03-08"),
        ("see u fri nite", "fri nite = AT 2025-03-07"),
        ("Let's meet up Friday", "Friday = AT 2025-03-07"),
        ("choir is every 2nd Tuesday", "every 2nd Tuesday = REPEATED"),
        ("Next Tues I have a physio", "Next Tues = AT 2025-03-11"),
        ("We fly this Sunday.", "this Sunday = AT 2025-03-09"),
        ("This past Monday was awful.", "This past Monday = AT 2025-03-03"),
        ("The check-up was on Tuesday.", "on Tuesday = AT 2025-03-04"),
        ("I will call you on Tuesday.", "on Tuesday = AT 2025-03-11"),
        ("it should be there by fri", "by fri = UNTIL 2025-03-07"),
        ("We danced Saturday night.", "Saturday night = AT 2025-03-01"),
        ("He has been ill since Sunday.", "since Sunday = SINCE 2025-03-02"),
        ("I stay until Friday.", "until Friday = UNTIL 2025-03-07"),
        ("I saw her on Monday last week.", "on Monday last week = AT 2025-02-24"),
        ("We have a call next week Tuesday.", "next week Tuesday = AT 2025-03-11"),
        ("two Fridays ago I lost my keys", "two Fridays ago = AT 2025-02-21"),
        ("I quit the Friday before last.", "the Friday before last = AT 2025-02-21"),
    ],
)
def test_weekdays_are_found_and_dated(text: str, meaning: str) -> None:
    assert "; ".join(heard(text)) == meaning
