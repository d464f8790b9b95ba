"""A period in words that stay true whenever they are read: "on 7 May 2023", "in the week of 1 May 2023", "since 2019"."""

from collections.abc import Callable
from datetime import UTC, date, timedelta, tzinfo

from extractors.local.dates.calendar import SEASONS, Days, month_of, quarter, season, the_year, week_of, weekend_of, years
from extractors.local.dates.found import Found, Role
from extractors.local.dates.holidays import christmas, new_year
from extractors.local.dates.relative import part_of
from graph.time import Period, Precision

_ROLE_WORDS = {Role.SINCE: "since", Role.BEFORE: "before", Role.AFTER: "after"}
_QUARTERS = ("first", "second", "third", "fourth")


def in_words(found: Found) -> str:
    """What was found, told without the day of its message: "yesterday" as "on 7 May 2023". FOR and REPEATED stay as they were said."""
    if found.period is None or found.role in (Role.FOR, Role.REPEATED):
        return found.words
    if found.until is not None:
        return f"from {_named(found.period, found.zone)} to {_named(found.until, found.zone)}"
    if found.role is Role.AT:
        return period_in_words(found.period, found.zone)
    if found.role is Role.UNTIL:
        return f"until {_named(found.period, found.zone)}"
    return f"{_ROLE_WORDS[found.role]} {_named(found.period, found.zone)}"


def period_in_words(period: Period, zone: tzinfo = UTC) -> str:
    """A period with its preposition: "on 7 May 2023", "in summer 2022", "at 15:00 on 7 May 2023"."""
    return " ".join(_phrase(period, zone)).strip()


def _named(period: Period, zone: tzinfo) -> str:
    """A period without its preposition, fit for another one: "about 2020" where it is vague."""
    preposition, name = _phrase(period, zone)
    if preposition != "between":
        return name
    middle = (period.first + (period.end - period.first) / 2).astimezone(zone).date()
    return f"about {middle.year if period.precision is Precision.YEAR else _one_day_or_month(middle, period.precision)}"


def _one_day_or_month(day: date, precision: Precision) -> str:
    return _day(day) if precision is Precision.DAY else f"{day:%B} {day.year}"


def _phrase(period: Period, zone: tzinfo) -> tuple[str, str]:
    first = period.first.astimezone(zone)
    if period.precision in (Precision.SECOND, Precision.MINUTE):
        return "at", f"{first:%H:%M} on {_day(first.date())}"
    days = Days(first.date(), (period.end.astimezone(zone) - timedelta(microseconds=1)).date())
    return next((phrase for shape in _SHAPES if (phrase := shape(days))), ("between", f"{_day(days.first)} and {_day(days.last)}"))


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _one_day(days: Days) -> tuple[str, str] | None:
    return ("on", _day(days.first)) if days.count == 1 else None


def _holiday(days: Days) -> tuple[str, str] | None:
    if days == christmas(days.first.year):
        return "at", f"Christmas {days.first.year}"
    return ("at", f"New Year {days.last.year}") if days.count == 2 and days == new_year(days.last.year) else None


def _weekend(days: Days) -> tuple[str, str] | None:
    return ("on", f"the weekend of {_day(days.first)}") if days == weekend_of(days.first) else None


def _week(days: Days) -> tuple[str, str] | None:
    return ("in", f"the week of {_day(days.first)}") if days == week_of(days.first) else None


def _month(days: Days) -> tuple[str, str] | None:
    return ("in", f"{days.first:%B} {days.first.year}") if days == month_of(days.first) else None


def _season(days: Days) -> tuple[str, str] | None:
    name = next((name for name, month in SEASONS.items() if month == days.first.month), None)
    return ("in", f"{name} {days.first.year}") if name and days == season(days.first.year, name) else None


def _quarter(days: Days) -> tuple[str, str] | None:
    number = (days.first.month + 2) // 3
    return ("in", f"the {_QUARTERS[number - 1]} quarter of {days.first.year}") if days == quarter(days.first.year, number) else None


def _year(days: Days) -> tuple[str, str] | None:
    return ("in", str(days.first.year)) if days == the_year(days.first.year) else None


def _decade(days: Days) -> tuple[str, str] | None:
    first = days.first.year
    return ("in", f"the {first}s") if first % 10 == 0 and days == years(first, first + 9) else None


def _years(days: Days) -> tuple[str, str] | None:
    first, last = days.first.year, days.last.year
    return ("between", f"{first} and {last}") if days == years(first, last) else None


def _months(days: Days) -> tuple[str, str] | None:
    if days != Days(month_of(days.first).first, month_of(days.last).last):
        return None
    return "between", f"{days.first:%B} {days.first.year} and {days.last:%B} {days.last.year}"


def _part(days: Days) -> tuple[str, str] | None:
    """Early, mid or late in a month, a year or a decade."""
    decade = days.first.year // 10 * 10
    for whole, name in (
        (month_of(days.first), f"{days.first:%B} {days.first.year}"),
        (the_year(days.first.year), str(days.first.year)),
        (years(decade, decade + 9), f"the {decade}s"),
    ):
        for part in ("early", "mid", "late"):
            if days == part_of(part, whole):
                return "in", f"{part} {name}"
    return None


_SHAPES: tuple[Callable[[Days], tuple[str, str] | None], ...] = (
    _one_day,
    _holiday,
    _weekend,
    _week,
    _month,
    _season,
    _quarter,
    _year,
    _decade,
    _years,
    _part,
    _months,
)
"""The shapes that a stretch of days may have, each with its words, tried in this order."""
