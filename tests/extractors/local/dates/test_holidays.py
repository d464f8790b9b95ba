import re
from datetime import date

import pytest

from extractors.local.dates.cues import cues_in
from extractors.local.dates.holidays import HOLIDAY, HOLIDAYS, holiday, new_year
from extractors.local.dates.occasions import bare_holiday


@pytest.mark.parametrize(
    ("name", "year", "month", "day"),
    [
        ("Thanksgiving", 2025, 11, 27),
        ("Black Friday", 2025, 11, 28),
        ("labor day", 2024, 9, 2),
        ("Memorial Day", 2024, 5, 27),
        ("Mother's Day", 2024, 5, 12),
        ("Father's Day", 2025, 6, 15),
        ("Good  Friday", 2025, 4, 18),
        ("Halloween", 2023, 10, 31),
    ],
)
def test_holidays_fall_on_their_day(name: str, year: int, month: int, day: int) -> None:
    assert holiday(name)(year).first == date(year, month, day)


def test_a_new_year_begins_the_evening_before() -> None:
    assert (new_year(2025).first, new_year(2025).last) == (date(2024, 12, 31), date(2025, 1, 1))


@pytest.mark.parametrize("name", HOLIDAYS)
def test_every_name_is_announced_by_a_word_and_matched_whole(name: str) -> None:
    assert bare_holiday.cues & cues_in(name).keys()
    assert re.fullmatch(HOLIDAY, name)
