"""Rules for days of the week."""

import re
from datetime import date

from extractors.local.dates.calendar import days_on, the_day, week_of, weekday_after, weekday_before
from extractors.local.dates.found import Role, Tense
from extractors.local.dates.numbers import AMOUNT, amount
from extractors.local.dates.rule import Match, Meant, Rule, Said, rule
from extractors.local.dates.words import (
    FULL_WEEKDAY,
    FULL_WEEKDAYS,
    PART,
    PART_OF_DAY,
    SHORT_WEEKDAYS,
    WEEKDAY,
    WHICH,
    Cue,
    one_of,
    steps,
    weekday_number,
)

_SHORT = f"(?:{one_of(SHORT_WEEKDAYS)})"
_ON_SOME_DAY = ("on", "by", "until", "till", "since", "from", "before", "after", "starting", "for", "to", "through", "and", "-")
_NOT_A_DATE = re.compile(
    r"\b(?:(?:an?|my|our|your|his|her|their|some|any|no|one)(?:\s+[a-z]+)?|the|that|happy|it's|tgif)\s+\Z", re.IGNORECASE | re.ASCII
)
"""What stands before "Friday" in "a quiet Friday", "my Friday class", "Happy Friday!"."""


def _day(weekday: int, said: Said) -> date:
    """The next such day where the verb looks ahead, else the last."""
    return (weekday_after if said.tense is Tense.FUTURE else weekday_before)(said.today, weekday)


_IS = re.compile(r"\b(?:is|are)\s+(?:on\s+)?\Z", re.IGNORECASE | re.ASCII)


def _planned(match: Match, said: Said) -> Said:
    """Looking ahead after "is": "the show is on Friday"."""
    return said.leaning(Tense.FUTURE) if _IS.search(match.string, max(0, match.start() - 12), match.start()) else said


@rule(rf"(?P<which>{WHICH})\s+(?P<weekday>{WEEKDAY})s?{PART}", Cue.WEEKDAY)
def which_weekday(match: Match, said: Said) -> Meant | None:
    """last Friday · next Tues · this coming sunday · this Thursday night"""
    weekday, step = weekday_number(match["weekday"]), steps(match["which"])
    if match["weekday"] in ("sun", "sat") and step == 0:
        return None
    if step < 0:
        return Meant(the_day(weekday_before(said.today, weekday)), adverb=True)
    if weekday == said.today.weekday() and step == 0:
        return Meant(the_day(said.today), adverb=True)
    if step == 0 and said.tense is Tense.PAST:
        return Meant(the_day(weekday_before(said.today, weekday)), adverb=True)
    return Meant(the_day(weekday_after(said.today, weekday)), adverb=True)


@rule(rf"(?P<weekday>{WEEKDAY}){PART},?\s+(?:of\s+|in\s+)?(?P<which>{WHICH})\s+(?:week|wk)", Cue.WEEKDAY)
def weekday_of_week(match: Match, said: Said) -> Meant:
    """Friday last week · on Monday of next week"""
    return _of_week(match, said)


@rule(rf"(?P<which>{WHICH})\s+(?:week|wk),?\s+(?:on\s+)?(?P<weekday>{WEEKDAY}){PART}", Cue.WEEKDAY)
def week_and_weekday(match: Match, said: Said) -> Meant:
    """last week on Friday · next week Tuesday"""
    return _of_week(match, said)


def _of_week(match: Match, said: Said) -> Meant:
    monday = week_of(said.today, steps(match["which"])).first
    return Meant(the_day(days_on(monday, weekday_number(match["weekday"]))))


@rule(rf"(?P<count>{AMOUNT})\s+(?P<weekday>{FULL_WEEKDAY})s\s+(?:ago|back)", Cue.WEEKDAY)
def weekdays_ago(match: Match, said: Said) -> Meant:
    """two Fridays ago"""
    weeks = int(amount(match["count"]).high) - 1
    return Meant(the_day(days_on(weekday_before(said.today, weekday_number(match["weekday"])), -7 * weeks)))


@rule(rf"(?:the\s+)?(?P<weekday>{FULL_WEEKDAY})\s+(?:before\s+last|(?P<next>after\s+next))", Cue.WEEKDAY)
def weekday_but_one(match: Match, said: Said) -> Meant:
    """the Friday before last · the Monday after next"""
    weekday = weekday_number(match["weekday"])
    if match["next"]:
        return Meant(the_day(days_on(weekday_after(said.today, weekday), 7)))
    return Meant(the_day(days_on(weekday_before(said.today, weekday), -7)))


@rule(rf"(?P<weekday>{WEEKDAY})(?P<part>\s+{PART_OF_DAY})?", Cue.WEEKDAY)
def bare_weekday(match: Match, said: Said) -> Meant | None:
    """on Monday · by fri · Saturday night · since tuesday · Wed evening"""
    written = match["weekday"]
    if not said.introduced and _NOT_A_DATE.search(match.string, max(0, match.start() - 20), match.start()):
        return None
    if written.lower() in SHORT_WEEKDAYS and not (said.lead in _ON_SOME_DAY or match["part"]):
        return None
    if written == "sun" and said.lead != "on":
        return None
    return Meant(the_day(_day(weekday_number(written), _planned(match, said))), weekday=written.lower() in FULL_WEEKDAYS or bool(said.lead))


@rule(rf"(?:from\s+)?{_SHORT}\s*(?:-|to|thru|through)\s*{_SHORT}", Cue.WEEKDAY)
def short_weekdays(match: Match, said: Said) -> Meant:
    """Mon-Fri · tues to sat"""
    return Meant(None, Role.REPEATED)


WEEKDAY_RULES: tuple[Rule, ...] = (
    which_weekday,
    weekday_of_week,
    week_and_weekday,
    weekdays_ago,
    weekday_but_one,
    bare_weekday,
    short_weekdays,
)
