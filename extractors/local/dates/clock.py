"""Times of day beside a day: "at 3pm yesterday", "on Monday at 9:30"."""

import re
from dataclasses import dataclass
from datetime import time

_TIME = (
    r"(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?\s*(?P<half>[ap])(?:m\b|\.m\.)|(?P<hours>[01]?\d|2[0-3]):(?P<minutes>[0-5]\d)(?!\d)(?:\s*h(?:rs)?\b)?"
    r"|(?P<word>noon|midday|midnight))"
)
_AT = r"(?:(?:at|around|about|@)\s*)?"
_BEFORE = re.compile(rf"(?<![\w:.]){_AT}{_TIME},?\s+\Z", re.IGNORECASE | re.ASCII)
_AFTER = re.compile(rf",?\s+{_AT}{_TIME}", re.IGNORECASE | re.ASCII)
_MARK = re.compile(r"noon|midnight|midday|\d\s*[ap]\.?m|\d:\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, and the characters that it and the expression beside it take together."""

    start: int
    end: int
    time: time


def clock_beside(text: str, start: int, end: int, floor: int = 0) -> Clock | None:
    """The time of day said right after the expression at `start` to `end`, or right before it; None where there is none."""
    if not _MARK.search(text, max(floor, start - 20), end + 20):
        return None
    if (after := _AFTER.match(text, end)) and (said := _said(after)):
        return Clock(start, after.end(), said)
    if (before := _BEFORE.search(text, max(floor, start - 20), start)) and (said := _said(before)):
        return Clock(before.start(), end, said)
    return None


def _said(match: re.Match[str]) -> time | None:
    if match["word"]:
        return time(0 if match["word"].lower() == "midnight" else 12)
    if match["hours"]:
        return time(int(match["hours"]), int(match["minutes"]))
    hour = int(match["hour"])
    if not 1 <= hour <= 12:
        return None
    return time(hour % 12 + (12 if match["half"].lower() == "p" else 0), int(match["minute"] or 0))
