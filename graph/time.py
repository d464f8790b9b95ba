"""Instants, periods and the two clocks: when something held in the world, and when the service knew it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum

from graph.errors import BadInput

TICK = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FAR = datetime.max.replace(tzinfo=UTC)
"""Stands for "until further notice" where a database can index no null."""
LATEST = FAR - TICK


class Precision(StrEnum):
    """How exactly an instant is known."""

    SECOND = "SECOND"
    MINUTE = "MINUTE"
    DAY = "DAY"
    MONTH = "MONTH"
    YEAR = "YEAR"
    BEFORE = "BEFORE"
    SAID = "SAID"


def in_utc(at: datetime) -> datetime:
    """The same instant in UTC. Raises BadInput for a naive datetime."""
    if at.tzinfo is None:
        raise BadInput(f"{at.isoformat()!r} has no time zone", hint="Write an offset, such as 2024-03-10T09:00:00+01:00.")
    return at.astimezone(UTC)


def to_micros(at: datetime) -> int:
    """Microseconds since 1970 in UTC; exact."""
    return (at - EPOCH) // TICK


def from_micros(micros: int) -> datetime:
    return EPOCH + timedelta(microseconds=micros)


_HALF_A_DAY = timedelta(hours=12)


def inside(at: datetime) -> datetime:
    """An instant well inside the calendar period that `at` stands for, whose first instant it is, or last, in some time zone."""
    is_last = (at + TICK).microsecond == 0 and at.microsecond != 0
    return at - _HALF_A_DAY if is_last else at + _HALF_A_DAY


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch [first, end) of the calendar within which an instant is known to lie."""

    first: datetime
    end: datetime
    precision: Precision

    def __post_init__(self) -> None:
        object.__setattr__(self, "first", in_utc(self.first))
        object.__setattr__(self, "end", in_utc(self.end))
        if self.end <= self.first:
            raise BadInput(f"a period cannot end at {self.end} before it begins at {self.first}")

    @property
    def last(self) -> datetime:
        return self.end - TICK


@dataclass(frozen=True, slots=True)
class AsOf:
    """An instant on both clocks: what held at `valid`, as far as the service knew at `known`. Neither is as far as FAR."""

    valid: datetime
    known: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "valid", min(in_utc(self.valid), LATEST))
        object.__setattr__(self, "known", min(in_utc(self.known), LATEST))


def period_of(when: datetime | str, zone: tzinfo = UTC) -> Period:
    """A datetime as the microsecond it is; a text as `parse_period` reads it."""
    if isinstance(when, str):
        return parse_period(when, zone)
    at = in_utc(when)
    return Period(at, at + TICK, Precision.SECOND)


_CALENDAR = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,6}\d*)?)?([Zz]|[+-]\d\d:?\d\d)")
_WRITE = "Write RFC 3339 with an offset (2024-03-10T09:00:00Z), or a period: 2024, 2024-03, 2024-03-10."


def parse_period(text: str, zone: tzinfo = UTC) -> Period:
    """The period that `2024`, `2024-03` or `2024-03-10` names in `zone`, or the microsecond that an RFC 3339 time names."""
    text = text.strip()
    try:
        if match := _CALENDAR.fullmatch(text):
            return _calendar_period(match, zone)
        if _INSTANT.fullmatch(text):
            at = in_utc(datetime.fromisoformat(text))
            return Period(at, at + TICK, Precision.SECOND)
    except (ValueError, OverflowError) as error:
        raise BadInput(f"{text!r} is not a time: {error}", hint=_WRITE) from error
    raise BadInput(f"{text!r} is not a time", hint=_WRITE)


def _calendar_period(match: re.Match[str], zone: tzinfo) -> Period:
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None  # noqa: S101 - the pattern requires it
    first = datetime(year, month or 1, day or 1, tzinfo=zone)
    if day:
        return Period(first, datetime.combine(first.date() + timedelta(days=1), first.timetz()), Precision.DAY)
    if month:
        return Period(first, datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone), Precision.MONTH)
    return Period(first, datetime(year + 1, 1, 1, tzinfo=zone), Precision.YEAR)


SPACING = timedelta(milliseconds=1)


def spaced(said: Sequence[datetime], after: tuple[datetime, datetime] | None) -> list[datetime]:
    """The instants at which messages of one session count as said: equal ones 1 ms apart, in the order given.

    What was said while such spacing still runs on comes after it, too.

    `after` is the `said` and the counted instant of the message before the first one, where there is one.
    """
    counted: list[datetime] = []
    last = after
    for at in said:
        instant = in_utc(at)
        if last is not None and in_utc(last[0]) <= instant <= last[1]:
            instant = last[1] + SPACING
        counted.append(instant)
        last = (at, instant)
    return counted
