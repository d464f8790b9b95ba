"""Holidays and when they fall, as data."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from extractors.local.dates.calendar import Days, easter, nth_weekday, the_day
from extractors.local.dates.words import CUES, one_of

OnYear = Callable[[int], Days]
_DAY = timedelta(days=1)


def _fixed(month: int, day: int) -> OnYear:
    return lambda year: the_day(date(year, month, day))


def _nth(month: int, weekday: int, number: int, later: int = 0) -> OnYear:
    return lambda year: the_day(nth_weekday(year, month, weekday, number) + later * _DAY)


def _easter(later: int = 0) -> OnYear:
    return lambda year: the_day(easter(year) + later * _DAY)


def christmas(year: int) -> Days:
    return Days(date(year, 12, 24), date(year, 12, 26))


def new_year(year: int) -> Days:
    """The turn of the year that begins `year`."""
    return Days(date(year - 1, 12, 31), date(year, 1, 1))


HOLIDAYS: Mapping[str, OnYear] = {
    "christmas eve": _fixed(12, 24),
    "xmas eve": _fixed(12, 24),
    "christmas day": _fixed(12, 25),
    "xmas day": _fixed(12, 25),
    "christmas": christmas,
    "christmastime": christmas,
    "xmas": christmas,
    "boxing day": _fixed(12, 26),
    "new year's eve": _fixed(12, 31),
    "new years eve": _fixed(12, 31),
    "nye": _fixed(12, 31),
    "new year's day": _fixed(1, 1),
    "new years day": _fixed(1, 1),
    "new year's": new_year,
    "new years": new_year,
    "halloween": _fixed(10, 31),
    "valentine's day": _fixed(2, 14),
    "valentines day": _fixed(2, 14),
    "valentine's": _fixed(2, 14),
    "valentines": _fixed(2, 14),
    "groundhog day": _fixed(2, 2),
    "st. patrick's day": _fixed(3, 17),
    "st patrick's day": _fixed(3, 17),
    "st patricks day": _fixed(3, 17),
    "st. paddy's day": _fixed(3, 17),
    "april fools' day": _fixed(4, 1),
    "april fool's day": _fixed(4, 1),
    "april fools day": _fixed(4, 1),
    "april fools": _fixed(4, 1),
    "earth day": _fixed(4, 22),
    "may day": _fixed(5, 1),
    "cinco de mayo": _fixed(5, 5),
    "juneteenth": _fixed(6, 19),
    "canada day": _fixed(7, 1),
    "independence day": _fixed(7, 4),
    "4th of july": _fixed(7, 4),
    "fourth of july": _fixed(7, 4),
    "bastille day": _fixed(7, 14),
    "guy fawkes night": _fixed(11, 5),
    "bonfire night": _fixed(11, 5),
    "veterans day": _fixed(11, 11),
    "mlk day": _nth(1, 0, 3),
    "presidents day": _nth(2, 0, 3),
    "presidents' day": _nth(2, 0, 3),
    "mother's day": _nth(5, 6, 2),
    "mothers day": _nth(5, 6, 2),
    "memorial day": _nth(5, 0, -1),
    "father's day": _nth(6, 6, 3),
    "fathers day": _nth(6, 6, 3),
    "labor day": _nth(9, 0, 1),
    "labour day": _nth(9, 0, 1),
    "columbus day": _nth(10, 0, 2),
    "thanksgiving": _nth(11, 3, 4),
    "thanksgiving day": _nth(11, 3, 4),
    "black friday": _nth(11, 3, 4, later=1),
    "cyber monday": _nth(11, 3, 4, later=4),
    "ash wednesday": _easter(-46),
    "palm sunday": _easter(-7),
    "good friday": _easter(-2),
    "easter": _easter(),
    "easter sunday": _easter(),
    "easter monday": _easter(1),
    "pentecost": _easter(49),
}
"""Each under the names it goes by."""

HOLIDAY = f"(?:{one_of(map(re.escape, HOLIDAYS))})".replace(r"\ ", r"\s+")
HOLIDAY_CUES = frozenset(words[-1] for words in (re.findall("[a-z]+", name) for name in HOLIDAYS) if CUES.keys().isdisjoint(words)) | {
    "christmases",
    "easters",
}
"""A word of each name that has no word announcing a month, a weekday or a day anyway, and plurals."""


def holiday(words: str) -> OnYear:
    """The holiday that words matched by HOLIDAY name."""
    return HOLIDAYS[" ".join(words.lower().split())]
