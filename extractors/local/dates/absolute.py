"""Rules for written dates: days, months, quarters, years and decades of the calendar."""

import re
from collections.abc import Sequence
from datetime import date

from extractors.local.dates.calendar import Days, add_months, around, month_of, pick, possible, quarter, the_day, the_month, the_year, years
from extractors.local.dates.found import Role, Tense
from extractors.local.dates.rule import Match, Meant, Rule, Said, rule
from extractors.local.dates.words import (
    DAY_OF_MONTH,
    DECADES,
    MONTH,
    ORDINAL,
    WEEKDAY,
    WHICH,
    WHICH_YEAR,
    YEAR,
    Cue,
    month_number,
    steps,
    weekday_number,
)

_LATE_YEARS = 1800
"""From here on a number is a year after other words than "in" too."""
_OF_YEAR = rf"(?:,?\s*(?:(?:of|in)\s+)?(?:{WHICH_YEAR}))"
_WEEKDAY_FIRST = rf"(?:{WEEKDAY}\.?,?\s+(?:the\s+)?)?"
_TO = r"\s*(?:-|to|and|through|until|till)\s*(?:the\s+)?"
_ORDINAL_ENDINGS = "stndrhSTNDRH"
_COUNTS = "dollars?|bucks|euros?|pounds|people|ppl|miles|steps|calories|words|points|followers|feet|meters|metres|km|kg|lbs|ml"
_COUNTED = rf"(?!\s*(?:%|°|-?(?:{_COUNTS}|of\s+(?:them|us))\b))"
_QUARTERS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_BEFORE_MAY = frozenset(("in", "since", "until", "till", "during"))
_GOES_ON = re.compile(r"\s+(?:i|you|we|he|she|it|they|be|have|not|also|just)\b", re.IGNORECASE)
_BEFORE_THE_3RD = frozenset(("on", "by", "until", "till", "since", "before", "after", "from", "to", "through", "starting", "and", "-"))
_SPELT_DAYS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "fifteenth": 15,
    "twentieth": 20,
    "thirtieth": 30,
}
_VERBS = frozenset(("may", "march", "mar"))
_NAMES = frozenset(("april", "may", "june"))
_GENERAL = frozenset(("on", "at", "over", "about"))
_MEASURING = frozenset(("at", "on", "over", "about", "within"))


def _is_verb(match: Match) -> bool:
    """Whether "may", "march" or "mar" is written like the verb."""
    return match["month"] in _VERBS


def said_year(match: Match, today: date) -> int | None:
    """The year that a WHICH_YEAR says: 2021, '21, last year."""
    if match["year"]:
        return int(match["year"])
    if match["short"]:
        return _century(int(match["short"]))
    if match["which_year"]:
        return today.year + steps(match["which_year"])
    return None


def _century(year: int) -> int:
    return year + (2000 if year < 70 else 1900)


@rule(
    rf"(?P<year>{YEAR})(?P<mark>[-/.])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?",
    Cue.DIGIT,
)
def iso_day(match: Match, said: Said) -> Meant:
    """2024-11-03 · 2024/11/3 · 2024-11-03T09:30:00Z"""
    return Meant(the_day(date(int(match["year"]), int(match["month"]), int(match["day"]))))


@rule(rf"{_WEEKDAY_FIRST}(?P<month>\d\d?)(?P<mark>[-/])(?P<day>\d\d?)(?P=mark)(?P<year>{YEAR}|\d\d)(?![/-])", Cue.DIGIT)
def slashed_day(match: Match, said: Said) -> Meant:
    """11/3/2024 · 25/12/2023 · 11/3/24"""
    year, month, day = (int(match[part]) for part in ("year", "month", "day"))
    if month > 12:
        month, day = day, month
    return Meant(the_day(date(year if year > 99 else _century(year), month, day)))


@rule(rf"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>{YEAR})", Cue.DIGIT)
def dotted_day(match: Match, said: Said) -> Meant:
    """3.11.2024"""
    return Meant(the_day(date(int(match["year"]), int(match["month"]), int(match["day"]))))


@rule(r"(?P<month>\d\d?)/(?P<day>\d\d?)(?![/\d])", Cue.DIGIT)
def slashed_day_of_some_year(match: Match, said: Said) -> Meant | None:
    """on 11/3 · until 12/24"""
    month, day = int(match["month"]), int(match["day"])
    if said.lead not in ("on", "by", "until", "till", "since", "before", "after", "from", "to", "-") or (month, day) == (9, 11):
        return None
    return _day_of_some_year(month, day, said) if month <= 12 else _day_of_some_year(day, month, said)


@rule(
    rf"{_WEEKDAY_FIRST}(?P<month>{MONTH})\.?\s*(?:the\s+)?(?P<day>{ORDINAL}|{DAY_OF_MONTH}(?!\d|:\d|[.,]\d|\s*[ap]\.?m\b)){_OF_YEAR}?{_COUNTED}",
    Cue.MONTH,
)
def month_and_day(match: Match, said: Said) -> Meant | None:
    """Nov 3 · November the 3rd · Sunday, Nov. 3rd, 2024 · June 9 last year · Dec 5 '22"""
    if _is_verb(match) and match["day"].isdigit():
        return None
    return _day(match, said)


@rule(rf"{_WEEKDAY_FIRST}(?:the\s+)?(?P<day>{ORDINAL}|{DAY_OF_MONTH})[\s-]*(?:of\s+)?(?P<month>{MONTH})\b(?:\.?{_OF_YEAR})?", Cue.MONTH)
def day_and_month(match: Match, said: Said) -> Meant | None:
    """3 November · the 3rd of Nov · 9 June, 2023 · Fri 3rd May · 12 aug next year"""
    if _is_verb(match) and match["day"].isdigit():
        return None
    return _day(match, said)


def _day(match: Match, said: Said) -> Meant:
    return _day_in(month_number(match["month"]), int(match["day"].rstrip(_ORDINAL_ENDINGS)), match, said)


def _day_in(month: int, day: int, match: Match, said: Said) -> Meant:
    year = said_year(match, said.today)
    return Meant(the_day(date(year, month, day))) if year else _day_of_some_year(month, day, said)


def _day_of_some_year(month: int, day: int, said: Said) -> Meant:
    candidates = possible((year, month, day) for year in around(said.today.year))
    return Meant(_pick(candidates, said), cycle=12)


def _pick(candidates: Sequence[Days], said: Said) -> Days:
    if not candidates:
        raise ValueError("the calendar has no such day")
    return pick(candidates, said.today, said.tense)


@rule(rf"(?P<month>{MONTH})\.?{_OF_YEAR}", Cue.MONTH)
def month_of_year(match: Match, said: Said) -> Meant | None:
    """May 2021 · in june of last year · Sept '19"""
    year = said_year(match, said.today)
    if year is None or (_is_verb(match) and not said.introduced):
        return None
    return Meant(the_month(year, month_number(match["month"])))


@rule(rf"(?P<which_year>last|this|next)\s+y(?:ea)?r,?\s+in\s+(?P<month>{MONTH})", Cue.MONTH)
def month_after_year(match: Match, said: Said) -> Meant:
    """last year in May"""
    return Meant(the_month(said.today.year + steps(match["which_year"]), month_number(match["month"])))


@rule(rf"(?P<which>{WHICH})\s+(?P<month>{MONTH})(?!\s+\d)", Cue.MONTH)
def which_month(match: Match, said: Said) -> Meant:
    """last May · next march · this past October"""
    month, today = month_number(match["month"]), said.today
    step = steps(match["which"])
    if step < 0:
        return Meant(the_month(today.year - (month >= today.month), month), adverb=True)
    if step > 0:
        return Meant(the_month(today.year + (month <= today.month), month), adverb=True)
    return Meant(pick([the_month(year, month) for year in around(today.year)], today, said.tense), adverb=True)


@rule(rf"(?P<month>{MONTH})(?!\w|'|\s+\d|\s+madness\b)", Cue.MONTH)
def bare_month(match: Match, said: Said) -> Meant | None:
    """in May · since october · mid-June · by Sept"""
    name = match["month"].lower()
    if not said.introduced or said.lead in _GENERAL or (said.lead in ("for", "around") and name in _NAMES):
        return None
    if _is_verb(match) and not said.modified and (said.lead not in _BEFORE_MAY or _GOES_ON.match(match.string, match.end())):
        return None
    candidates = [the_month(year, month_number(name)) for year in around(said.today.year)]
    return Meant(pick(candidates, said.today, said.tense), cycle=12)


@rule(
    rf"(?:q(?P<short_quarter>[1-4])|(?:the\s+)?(?P<quarter>first|second|third|fourth|1st|2nd|3rd|4th)\s+quarter)(?:,?\s*(?:of\s+)?(?:{WHICH_YEAR}))?",
    Cue.DIGIT,
    Cue.UNIT,
)
def quarter_of_year(match: Match, said: Said) -> Meant | None:
    """Q3 2024 · in the second quarter of last year · by Q1"""
    number = int(match["short_quarter"] or _QUARTERS[match["quarter"].lower()])
    year = said_year(match, said.today)
    if year:
        return Meant(quarter(year, number))
    if not said.introduced or match["quarter"]:
        return None
    return Meant(pick([quarter(year, number) for year in around(said.today.year)], said.today, said.tense), cycle=12)


@rule(
    rf"(?:the\s+year\s+|year\s+)?(?:(?P<year>{YEAR}|1[0-7]\d\d)|'(?P<short>\d\d)(?!'?s))(?!'?s\b|\s*[-:/.,]\d|\s+(?:bc|ad)\b){_COUNTED}",
    Cue.DIGIT,
)
def bare_year(match: Match, said: Said) -> Meant | None:
    """since 2019 · in '09 · the year 2015 · early 2020 · by 2030"""
    year = int(match["year"]) if match["year"] else _century(int(match["short"]))
    named = "year" in match[0].lower()
    if said.lead in _MEASURING or not (said.introduced or named):
        return None
    if match["short"] and said.lead == "of":
        return None
    if year < _LATE_YEARS and said.lead != "in" and not named:
        return None
    if said.lead == "for" and abs(year - said.today.year) > 5:
        return None
    return Meant(the_year(year))


@rule(
    rf"(?:(?:from|between)\s+)?(?P<year>{YEAR})\s*(?:-|to|and|until|till|through)\s*(?:(?P<until>{YEAR})|'?(?P<short>\d\d)(?![\d:]))(?![-/]\d)",
    Cue.DIGIT,
)
def year_span(match: Match, said: Said) -> Meant | None:
    """2019-2021 · from 2015 to 2018 · between 2009 and 2012 · 2019-21"""
    opening = match[0].lower()
    year, until = int(match["year"]), int(match["until"] or match["year"][:2] + match["short"])
    if until <= year or (" and " in opening and not opening.startswith("between")):
        return None
    return Meant(the_year(year), Role.SPAN, until=the_year(until))


@rule(
    rf"(?:(?:from|between)\s+)?(?:(?P<month>{MONTH})\.?\s+(?:the\s+)?(?P<day>{ORDINAL}|{DAY_OF_MONTH}){_TO}(?P<until>{ORDINAL}|{DAY_OF_MONTH})(?![\d:]|\s*{MONTH}\b){_OF_YEAR}?)",
    Cue.MONTH,
)
def month_and_days(match: Match, said: Said) -> Meant | None:
    """May 3-7 · from June 3rd to 9th, 2021"""
    return _day_span(match, said)


@rule(
    rf"(?:(?:from|between)\s+)?(?:the\s+)?(?P<day>{ORDINAL}|{DAY_OF_MONTH}){_TO}(?P<until>{ORDINAL}|{DAY_OF_MONTH})\s*(?:of\s+)?(?P<month>{MONTH})\b{_OF_YEAR}?",
    Cue.MONTH,
)
def days_and_month(match: Match, said: Said) -> Meant | None:
    """3-7 May · from the 3rd to the 9th of June · between 4 and 8 August 2022"""
    return _day_span(match, said)


def _day_span(match: Match, said: Said) -> Meant | None:
    if _is_verb(match):
        return None
    first = _day(match, said).days
    until = int(match["until"].rstrip(_ORDINAL_ENDINGS))
    if first is None or until <= first.first.day:
        return None
    return Meant(first, Role.SPAN, until=the_day(first.first.replace(day=until)))


@rule(r"(?:the\s+)?(?P<decade>(?:18|19|20)\d0)'?s|the\s+'?(?P<short>\d0)'?s", Cue.DIGIT)
def decade(match: Match, said: Said) -> Meant:
    """the 90s · in the 1980s · the '70s · early 2020s"""
    first = int(match["decade"]) if match["decade"] else int(match["short"]) + (1900 if match["short"] >= "30" else 2000)
    return Meant(years(first, first + (99 if first in (1800, 1900) else 9)))


@rule(rf"the\s+(?P<decade>{'|'.join(DECADES)})", Cue.DECADE)
def spelt_decade(match: Match, said: Said) -> Meant:
    """in the eighties"""
    first = DECADES[match["decade"].lower()]
    return Meant(years(first, first + 9))


_NEXT_WORDS = (
    "after|before|and|but|or|at|to|until|till|through|with|so|because|for|in|we|i|he|she|they|it|you|my|our|when|if|from|as|which|by|this"
)
_SENTENCE_GOES_ON = rf"(?=\s*(?:[.,;:!?)-]|$|\s(?:{_NEXT_WORDS})\b))"


@rule(
    rf"(?:(?P<weekday>{WEEKDAY})\.?,?\s+)?the\s+(?P<day>{ORDINAL})(?:\s+of\s+(?P<which>this|next|last)\s+month|{_SENTENCE_GOES_ON})",
    Cue.DIGIT,
)
def day_of_month(match: Match, said: Said) -> Meant | None:
    """on the 3rd · until the 21st · the 5th of next month"""
    day = int(match["day"][:-2])
    if match["which"]:
        return Meant(the_day(month_of(said.today, steps(match["which"])).first.replace(day=day)))
    if said.lead not in _BEFORE_THE_3RD and not match["weekday"]:
        return None
    months = (add_months(said.today.replace(day=1), step) for step in range(-7, 8))
    candidates = possible((month.year, month.month, day) for month in months)
    if match["weekday"]:
        weekday = weekday_number(match["weekday"])
        return Meant(_pick([days for days in candidates if days.first.weekday() == weekday], said))
    return Meant(pick(candidates, said.today, said.tense or Tense.PAST), cycle=1)


@rule(rf"(?:the\s+)?(?P<day>{'|'.join(_SPELT_DAYS)})\s+of\s+(?P<month>{MONTH})\b(?:\.?{_OF_YEAR})?", Cue.MONTH)
def spelt_day_and_month(match: Match, said: Said) -> Meant:
    """the first of May · the thirtieth of June 2022"""
    return _day_in(month_number(match["month"]), _SPELT_DAYS[match["day"].lower()], match, said)


@rule(rf"(?:(?:from|between)\s+)?(?P<first>{MONTH})\.?\s*(?:-|to|and|thru|through|until|till)\s*(?P<month>{MONTH})\.?{_OF_YEAR}", Cue.MONTH)
def month_span(match: Match, said: Said) -> Meant | None:
    """Jan-Mar 2021 · between May and July of last year · Nov to Feb 2020"""
    year, first, last = said_year(match, said.today), month_number(match["first"]), month_number(match["month"])
    if year is None or match["first"] in _VERBS or (" and " in match[0].lower() and not match[0].lower().startswith("between")):
        return None
    return Meant(the_month(year - (first > last), first), Role.SPAN, until=the_month(year, last))


ABSOLUTE: tuple[Rule, ...] = (
    iso_day,
    slashed_day,
    dotted_day,
    slashed_day_of_some_year,
    month_and_day,
    day_and_month,
    month_of_year,
    month_after_year,
    which_month,
    bare_month,
    quarter_of_year,
    bare_year,
    year_span,
    month_and_days,
    days_and_month,
    decade,
    spelt_decade,
    day_of_month,
    spelt_day_and_month,
    month_span,
)
