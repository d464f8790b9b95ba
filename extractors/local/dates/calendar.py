"""Stretches of whole days, and the arithmetic of weeks, months, seasons and years."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from extractors.local.dates.found import Tense

SATURDAY = 5
SEASONS = {"winter": 12, "spring": 3, "summer": 6, "autumn": 9, "fall": 9}
"""The month in which each begins; it lasts three. A winter is named after the year in which it begins."""


@dataclass(frozen=True, slots=True)
class Days:
    """From `first` to `last`, both included. Raises ValueError where they are the wrong way round."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.last} is before {self.first}")

    @property
    def count(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def middle(self) -> date:
        return self.first + (self.last - self.first) / 2

    def months_on(self, months: int) -> "Days":
        """As many months later, a whole month staying whole."""
        whole = self.last.day == days_in_month(self.last)
        last = add_months(self.last, months)
        return Days(add_months(self.first, months), last.replace(day=days_in_month(last)) if whole else last)


def the_day(day: date) -> Days:
    return Days(day, day)


def days_on(day: date, days: float) -> date:
    return day + timedelta(days=int(days))


def days_in_month(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def add_months(day: date, months: int) -> date:
    """The same day of the month, or the month's last where it has fewer days."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def week_of(day: date, weeks: int = 0) -> Days:
    """Monday to Sunday."""
    monday = days_on(day, 7 * weeks - day.weekday())
    return Days(monday, days_on(monday, 6))


def weekend_of(day: date, weeks: int = 0) -> Days:
    """The Saturday and Sunday that end the week."""
    saturday = days_on(week_of(day, weeks).first, SATURDAY)
    return Days(saturday, days_on(saturday, 1))


def last_weekend(day: date) -> Days:
    """The one that is over."""
    return weekend_of(day, -1)


def month_of(day: date, months: int = 0) -> Days:
    first = add_months(day.replace(day=1), months)
    return Days(first, first.replace(day=days_in_month(first)))


def the_month(year: int, month: int) -> Days:
    return month_of(date(year, month, 1))


def quarter(year: int, number: int) -> Days:
    return Days(date(year, 3 * number - 2, 1), the_month(year, 3 * number).last)


def years(first: int, last: int) -> Days:
    return Days(date(first, 1, 1), date(last, 12, 31))


def the_year(year: int) -> Days:
    return years(year, year)


def season(year: int, name: str) -> Days:
    first = date(year, SEASONS[name], 1)
    return Days(first, month_of(first, 2).last)


def weekday_before(day: date, weekday: int) -> date:
    """The last such weekday before `day`, a week ago where `day` is one."""
    return days_on(day, -((day.weekday() - weekday) % 7 or 7))


def weekday_after(day: date, weekday: int) -> date:
    """The next such weekday after `day`, in a week where `day` is one."""
    return days_on(day, (weekday - day.weekday()) % 7 or 7)


def nth_weekday(year: int, month: int, weekday: int, number: int) -> date:
    """The `number`-th such weekday of a month; -1 is the last."""
    if number < 0:
        return weekday_before(days_on(the_month(year, month).last, 1), weekday)
    return days_on(weekday_after(days_on(date(year, month, 1), -1), weekday), 7 * (number - 1))


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def around(year: int) -> range:
    """The years in which a date without a year may lie."""
    return range(year - 2, year + 3)


def possible(candidates: Iterable[tuple[int, int, int]]) -> list[Days]:
    """The days among (year, month, day) that the calendar has."""
    return [the_day(date(year, month, day)) for year, month, day in candidates if day <= monthrange(year, month)[1]]


def pick(candidates: Sequence[Days], today: date, tense: Tense | None) -> Days:
    """Of recurring days, earliest first, the last that has begun, the first that is not over, or else the nearest."""
    if tense is Tense.PAST:
        return [days for days in candidates if days.first <= today][-1]
    if tense is Tense.FUTURE:
        return next(days for days in candidates if days.last >= today)
    return min(candidates, key=lambda days: abs((days.middle - today).days))
