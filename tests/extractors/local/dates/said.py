"""A shorthand for what a time expression means: "AT 2025-03-05", "SPAN 2024-05 > 2024-07", "SINCE 2019", "AT 2025-03-01..2025-03-02"."""

from datetime import datetime, timedelta, tzinfo

from extractors.local.dates import Found, Tense, find
from graph.time import Period, parse_period

AT = datetime.fromisoformat("2025-03-06T19:40:00+02:00")
"""A Thursday evening."""


def shorthand(found: Found) -> str:
    """Its role and days, the days in the calendar it was read in."""
    periods = [_days(period, found.zone) for period in (found.period, found.until) if period]
    return " ".join((found.role.value, " > ".join(periods))).strip()


def _days(period: Period, zone: tzinfo) -> str:
    first, last = period.first.astimezone(zone), period.last.astimezone(zone)
    if period.end - period.first < timedelta(hours=1):
        return f"{first:%Y-%m-%dT%H:%M}"
    for shape in ("%Y", "%Y-%m", "%Y-%m-%d"):
        if first.strftime(shape) == last.strftime(shape) and parse_period(first.strftime(shape), zone) == period:
            return first.strftime(shape)
    return f"{first:%Y-%m-%d}..{last:%Y-%m-%d}"


def heard(text: str, tense: Tense | None = None, at: datetime = AT) -> list[str]:
    """The words found in `text`, each with what it means: "yesterday = AT 2025-03-05"."""
    return [f"{found.words} = {shorthand(found)}" for found in find(text, at, tense)]
