"""English words of time, and the pieces that patterns are built from."""

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Cue(StrEnum):
    """A kind of word without which a rule cannot match."""

    DIGIT = "DIGIT"
    MONTH = "MONTH"
    WEEKDAY = "WEEKDAY"
    DAY = "DAY"
    UNIT = "UNIT"
    SEASON = "SEASON"
    HOLIDAY = "HOLIDAY"
    DECADE = "DECADE"
    EVERY = "EVERY"


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of them, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


_MONTH_NAMES = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MONTHS: Mapping[str, int] = {
    **{name[:3]: number for number, name in enumerate(_MONTH_NAMES, 1)},
    **{name: number for number, name in enumerate(_MONTH_NAMES, 1)},
    "sept": 9,
}
FULL_WEEKDAYS: Mapping[str, int] = {
    **{name: number for number, name in enumerate(_WEEKDAY_NAMES)},
    "wensday": 2,
    "wendesday": 2,
    "tuseday": 1,
    "thrusday": 3,
    "firday": 4,
    "saterday": 5,
}
SHORT_WEEKDAYS: Mapping[str, int] = {
    "mon": 0,
    "tue": 1,
    "tues": 1,
    "wed": 2,
    "weds": 2,
    "thu": 3,
    "thur": 3,
    "thurs": 3,
    "fri": 4,
    "sat": 5,
    "sun": 6,
}
WEEKDAYS: Mapping[str, int] = {**FULL_WEEKDAYS, **SHORT_WEEKDAYS}
DAY_WORDS: Mapping[str, int] = {
    **dict.fromkeys(("yesterday", "yesterdy", "yesturday", "yest", "yday", "ystrday"), -1),
    **dict.fromkeys(("today", "tonight", "tonite", "2day", "2nite", "2night"), 0),
    **dict.fromkeys(("tomorrow", "tomorow", "tommorow", "tommorrow", "tmrw", "tmr", "tmw", "tmrrw", "2moro", "2morrow"), 1),
}
"""Words for a day, and how many days off it is."""

UNITS: Mapping[str, str] = {
    **dict.fromkeys(("day", "night"), "day"),
    **dict.fromkeys(("week", "wk"), "week"),
    **dict.fromkeys(("month", "mth", "mo"), "month"),
    **dict.fromkeys(("year", "yr"), "year"),
    **dict.fromkeys(("hour", "hr"), "hour"),
    **dict.fromkeys(("minute", "min"), "minute"),
    "weekend": "weekend",
    "fortnight": "fortnight",
    "decade": "decade",
}
DECADES: Mapping[str, int] = {
    "twenties": 1920,
    "thirties": 1930,
    "forties": 1940,
    "fifties": 1950,
    "sixties": 1960,
    "seventies": 1970,
    "eighties": 1980,
    "nineties": 1990,
    "noughties": 2000,
}
HALVES_OF_DAYS = ("morning", "afternoon", "evening", "night", "nite", "lunchtime")

MONTH = f"(?:{one_of(MONTHS)})"
WEEKDAY = f"(?:{one_of(WEEKDAYS)})"
FULL_WEEKDAY = f"(?:{one_of(FULL_WEEKDAYS)})"
DAY_WORD = f"(?:{one_of(DAY_WORDS)})"
UNIT = f"(?:{one_of(UNITS)})s?"
LONG_UNIT = f"(?:{one_of(word for word in UNITS if UNITS[word] not in ('hour', 'minute', 'weekend') and word != 'mo')})s?"
SEASON = "(?:winter|spring|summer|autumn|fall)"
PART_OF_DAY = f"(?:{one_of(HALVES_OF_DAYS)})"
PART = rf"(?:\s+{PART_OF_DAY})?"
YEAR = r"(?:1[89]\d\d|20\d\d)"
DAY_OF_MONTH = r"(?:0?[1-9]|[12]\d|3[01])"
ORDINAL = r"(?:[12]?1st|2?2nd|2?3rd|31st|(?:1\d|[4-9]|2[04-9]|30)th)"
WHICH = r"(?:this\s+past|this\s+coming|the\s+coming|last|past|previous|this|next|coming|upcoming)"
WHICH_YEAR = rf"(?P<year>{YEAR})|'(?P<short>\d\d)|(?P<which_year>last|this|next)\s+y(?:ea)?r"

CUES: Mapping[str, Cue] = {
    **dict.fromkeys(MONTHS, Cue.MONTH),
    **{word + ending: Cue.WEEKDAY for word in WEEKDAYS for ending in ("", "s")},
    **dict.fromkeys(DAY_WORDS, Cue.DAY),
    **{word + ending: Cue.UNIT for word in UNITS for ending in ("", "s")},
    **dict.fromkeys((*HALVES_OF_DAYS, "now", "weekday", "weekdays"), Cue.UNIT),
    **{part + "s": Cue.UNIT for part in HALVES_OF_DAYS},
    **dict.fromkeys(("quarter",), Cue.UNIT),
    **{word + ending: Cue.SEASON for word in SEASON[3:-1].split("|") for ending in ("", "s")},
    **dict.fromkeys(DECADES, Cue.DECADE),
    **dict.fromkeys(("every", "each"), Cue.EVERY),
}
"""Which words announce what. Holidays add theirs."""


def month_number(word: str) -> int:
    return MONTHS[word.lower()]


def weekday_number(word: str) -> int:
    return WEEKDAYS[word.lower()]


def unit_name(word: str) -> str:
    word = word.lower()
    return UNITS[word if word in UNITS else word.removesuffix("s")]


def steps(which: str) -> int:
    """-1 for "last", "this past"; 0 for "this"; 1 for "next"."""
    which = which.lower()
    if which.endswith(("last", "past", "previous")):
        return -1
    return 1 if which == "next" else 0
