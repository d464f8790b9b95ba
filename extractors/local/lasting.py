"""How long something has gone on: "for three years", said in the perfect, tells when it began."""

import re
from datetime import date, datetime, timedelta

from graph.time import Period, Precision

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "couple": 2,
}  # fmt: skip
_DURATION = re.compile(
    rf"\b(\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})(?: of)?\s+(day|week|month|year|yr|decade)s?\b", re.IGNORECASE
)


def began(words: str, at: datetime) -> Period | None:
    """The period in which something began that has gone on for `words` until `at`; None where they name no amount."""
    match = _DURATION.search(words)
    if match is None:
        return None
    number = _NUMBERS.get(match[1].lower()) or int(match[1])
    match match[2].lower():
        case "day":
            return _day(at.date() - timedelta(days=number), at)
        case "week":
            return _day(at.date() - timedelta(weeks=number), at)
        case "month":
            return _months(at.year * 12 + at.month - 1 - number, 1, at)
        case "decade":
            return _months((at.year - 10 * number) * 12, 12, at)
        case _:
            return _months((at.year - number) * 12, 12, at)


def _day(day: date, at: datetime) -> Period:
    first = datetime(day.year, day.month, day.day, tzinfo=at.tzinfo)
    return Period(first, first + timedelta(days=1), Precision.DAY)


def _months(first: int, count: int, at: datetime) -> Period:
    start, end = (datetime(month // 12, month % 12 + 1, 1, tzinfo=at.tzinfo) for month in (first, first + count))
    return Period(start, end, Precision.YEAR if count == 12 else Precision.MONTH)
