"""A fact's interval in words that say how exactly it is known."""

from datetime import datetime, tzinfo

from graph.model import Fact, FactStatus
from graph.recall.wording import Wording
from graph.time import AsOf, Precision, inside

CALENDAR = (Precision.DAY, Precision.MONTH, Precision.YEAR)
EXACT = (Precision.SECOND, Precision.MINUTE)


def instant_in_words(at: datetime, precision: Precision, wording: Wording, zone: tzinfo) -> str:
    """`at` as exactly as `precision` knows it: 3 May 2021, 14:30 · 3 May 2021 · May 2021 · 2021."""
    # A calendar period is kept as an instant of where it was said; what is well inside is on the same date half the world around.
    local = inside(at.astimezone(zone)) if precision in CALENDAR else at.astimezone(zone)
    parts = {"day": local.day, "month": wording.months[local.month - 1], "year": local.year}
    if precision is Precision.YEAR:
        return str(local.year)
    if precision is Precision.MONTH:
        return wording.month.format(**parts)
    day = wording.day.format(**parts)
    return wording.minute.format(day, f"{local:%H:%M}") if precision in EXACT else day


def interval_in_words(fact: Fact, as_of: AsOf, wording: Wording, zone: tzinfo, event: bool = False) -> str:
    """Since when and until when `fact` holds, as believed at `as_of`. An event happened at its start."""
    if fact.valid_at_precision is Precision.BEFORE:
        if fact.invalid_at is not None and fact.invalid_at_precision not in (None, Precision.BEFORE):
            return wording.until.format(_end_in_words(fact, fact.invalid_at, wording, zone))
        return wording.before.format(instant_in_words(fact.valid_at, Precision.DAY, wording, zone))
    start = instant_in_words(fact.valid_at, fact.valid_at_precision, wording, zone)
    end = fact.end_as_known(as_of.known)
    if end is not None:
        return _with_end(fact, start, _end_in_words(fact, end, wording, zone), wording)
    if fact.valid_at_precision is Precision.SAID:
        return wording.said.format(start)
    if event:
        by_day = fact.valid_at_precision in (Precision.DAY, *EXACT)
        return (wording.on_day if by_day else wording.in_period).format(start)
    return (wording.future if fact.status(as_of) is FactStatus.FUTURE else wording.since).format(start)


def _with_end(fact: Fact, start: str, end: str, wording: Wording) -> str:
    return (wording.said_until if fact.valid_at_precision is Precision.SAID else wording.between).format(start, end)


def _end_in_words(fact: Fact, end: datetime, wording: Wording, zone: tzinfo) -> str:
    precision = fact.invalid_at_precision or Precision.DAY
    words = instant_in_words(end, precision, wording, zone)
    return wording.at_latest.format(words) if precision is Precision.SAID else words
