from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.local.dates.calendar import (
    Days,
    add_months,
    easter,
    last_weekend,
    month_of,
    nth_weekday,
    pick,
    possible,
    quarter,
    season,
    the_day,
    the_month,
    the_year,
    week_of,
    weekday_after,
    weekday_before,
    weekend_of,
)
from extractors.local.dates.found import Tense

DATES = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1))


def test_days_cannot_run_backwards() -> None:
    with pytest.raises(ValueError, match="before"):
        Days(date(2025, 3, 2), date(2025, 3, 1))


@given(DATES)
def test_a_week_holds_its_day_and_seven_of_them(day: date) -> None:
    week = week_of(day)
    assert week.first <= day <= week.last
    assert (week.count, week.first.weekday()) == (7, 0)
    assert weekend_of(day).last == week.last


@given(DATES, st.integers(min_value=0, max_value=6))
def test_weekdays_before_and_after_lie_within_a_week(day: date, weekday: int) -> None:
    before, after = weekday_before(day, weekday), weekday_after(day, weekday)
    assert before.weekday() == after.weekday() == weekday
    assert timedelta(0) < day - before <= timedelta(7)
    assert timedelta(0) < after - day <= timedelta(7)


@given(DATES)
def test_the_last_weekend_is_over(day: date) -> None:
    assert last_weekend(day).last < day or day.weekday() == 6


@given(DATES, st.integers(min_value=-600, max_value=600))
def test_months_there_and_back_stay_in_the_month(day: date, months: int) -> None:
    there = add_months(day, months)
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months
    assert month_of(day, months).first == there.replace(day=1)


def test_a_whole_month_stays_whole() -> None:
    assert the_month(2024, 2).months_on(12) == the_month(2025, 2)
    assert the_day(date(2024, 2, 29)).months_on(12) == the_day(date(2025, 2, 28))


@pytest.mark.parametrize(
    ("days", "first", "last"),
    [
        (quarter(2024, 3), date(2024, 7, 1), date(2024, 9, 30)),
        (season(2023, "winter"), date(2023, 12, 1), date(2024, 2, 29)),
        (season(2023, "fall"), date(2023, 9, 1), date(2023, 11, 30)),
        (the_year(2021), date(2021, 1, 1), date(2021, 12, 31)),
    ],
)
def test_named_stretches(days: Days, first: date, last: date) -> None:
    assert days == Days(first, last)


@pytest.mark.parametrize(
    ("year", "month", "day"), [(1961, 4, 2), (2000, 4, 23), (2008, 3, 23), (2024, 3, 31), (2025, 4, 20), (2038, 4, 25)]
)
def test_easter(year: int, month: int, day: int) -> None:
    assert easter(year) == date(year, month, day)


def test_nth_weekdays() -> None:
    assert nth_weekday(2025, 11, 3, 4) == date(2025, 11, 27)
    assert nth_weekday(2025, 5, 0, -1) == date(2025, 5, 26)
    assert nth_weekday(2025, 9, 0, 1) == date(2025, 9, 1)


def test_only_days_that_exist_are_possible() -> None:
    assert possible([(2023, 2, 29), (2024, 2, 29)]) == [the_day(date(2024, 2, 29))]


def test_the_pick_follows_the_tense() -> None:
    mays = [the_month(year, 5) for year in (2023, 2024, 2025)]
    today = date(2024, 11, 20)
    assert pick(mays, today, Tense.PAST) == mays[1]
    assert pick(mays, today, Tense.FUTURE) == mays[2]
    assert pick(mays, today, None) == mays[2]
