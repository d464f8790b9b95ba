"""What the finder of dates gives back."""

from dataclasses import dataclass
from datetime import UTC, tzinfo
from enum import StrEnum

from graph.time import Period


class Tense(StrEnum):
    """Which way a verb looks, so which Monday "on Monday" means."""

    PAST = "PAST"
    FUTURE = "FUTURE"


class Role(StrEnum):
    """What a time expression says of its sentence.

    AT it was then · SINCE it began then and goes on · UNTIL it ends then · SPAN it began then and ended at `until` · BEFORE and AFTER some
    other time than that · FOR it took so long ("for three years") · REPEATED it recurs ("every Monday"). FOR and REPEATED name no instant.
    """

    AT = "AT"
    SINCE = "SINCE"
    UNTIL = "UNTIL"
    SPAN = "SPAN"
    BEFORE = "BEFORE"
    AFTER = "AFTER"
    FOR = "FOR"
    REPEATED = "REPEATED"


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression at characters `start` to `end` of a text, its preposition included: `words`.

    `period` is when (None for FOR and REPEATED), `until` the said end of a SPAN. `zone` is the calendar in which both were read.
    """

    start: int
    end: int
    period: Period | None
    role: Role
    words: str
    until: Period | None = None
    zone: tzinfo = UTC
