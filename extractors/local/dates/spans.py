"""Rules for stretches that reach to or from today, for how long something took, and for what recurs."""

from extractors.local.dates.calendar import the_day
from extractors.local.dates.found import Role
from extractors.local.dates.holidays import HOLIDAY
from extractors.local.dates.numbers import AMOUNT, ROUGHLY, Amount, amount
from extractors.local.dates.relative import distant
from extractors.local.dates.rule import Match, Meant, Rule, Said, rule
from extractors.local.dates.words import FULL_WEEKDAY, LONG_UNIT, MONTH, PART, PART_OF_DAY, SEASON, WEEKDAY, Cue, unit_name

_OVER = r"(?:over|in|during|for|within|throughout|across)\s+"
_THE = r"(?:the|these|my|our)\s+"


def _count(match: Match) -> Amount:
    """As many as it says, or one week in "the last week", a few in "the coming weeks"."""
    if match["count"]:
        return amount(match["count"])
    return amount("a few" if match["one"].lower().endswith("s") else "a")


def _begun(count: Amount, unit: str, said: Said) -> Meant:
    return Meant(distant(count, unit, said, -1), Role.SINCE)


@rule(
    rf"(?:{_OVER})?(?:{_THE})?(?:past|last|previous)\s+{ROUGHLY}(?P<count>{AMOUNT})\s+(?P<unit>{LONG_UNIT})(?:\s+or\s+so)?|{_OVER}the\s+(?:past|last)\s+(?P<one>{LONG_UNIT})(?!\s+of\b)",
    Cue.UNIT,
)
def past_stretch(match: Match, said: Said) -> Meant:
    """over the past two weeks · in the last month · the last few days · past couple of months"""
    count = _count(match)
    begun = _begun(count, unit_name(match["unit"] or match["one"]), said)
    return Meant(begun.days, Role.SPAN, until=the_day(said.today))


@rule(
    rf"(?:{_OVER})?{_THE}(?:next|coming)\s+(?P<count>{AMOUNT})\s+(?P<unit>{LONG_UNIT})|{_OVER}the\s+(?:next|coming)\s+(?P<one>{LONG_UNIT})",
    Cue.UNIT,
)
def coming_stretch(match: Match, said: Said) -> Meant:
    """over the next two weeks · the next few months · in the next year"""
    count = _count(match)
    end = distant(count, unit_name(match["unit"] or match["one"]), said, 1)
    return Meant(the_day(said.today), Role.SPAN, until=end)


@rule(rf"(?:(?:for|going\s+on|coming\s+up\s+on)\s+)?{ROUGHLY}(?P<count>{AMOUNT})\s+(?P<unit>{LONG_UNIT})\s+now", Cue.UNIT)
def for_so_long_now(match: Match, said: Said) -> Meant:
    """for three years now · almost 6 months now · going on five years now"""
    return _begun(amount(match["count"]), unit_name(match["unit"]), said)


@rule(
    rf"(?:for|going\s+on)\s+{ROUGHLY}(?:(?P<count>{AMOUNT})\s+)?(?:(?:whole|full|long|straight|more|good)\s+)?(?P<unit>{LONG_UNIT})(?!\s+(?:ago|now|old)\b)",
    Cue.UNIT,
)
def for_so_long(match: Match, said: Said) -> Meant | None:
    """for three years · for almost 6 months · for years"""
    if match["count"]:
        return Meant(_begun(amount(match["count"]), unit_name(match["unit"]), said).days, Role.FOR)
    return Meant(None, Role.FOR) if match["unit"].lower().endswith("s") else None


_RECURRING = (
    rf"(?:{WEEKDAY}s?|days?|nights?|weeks?|weekends?|weekdays?|months?|years?|fortnight|quarter|{SEASON}|{MONTH}|{HOLIDAY}|{PART_OF_DAY})"
)
_OTHER = rf"(?:other|second|third|2nd|3rd|4th|single|few|last|first|{AMOUNT})"


@rule(
    rf"(?:every|each)\s+(?:{_OTHER}\s+)?{_RECURRING}\b{PART}(?:(?:\s*,\s*|\s+)(?:and\s+|or\s+|&\s+)?{WEEKDAY}\b{PART})*(?!\s+of\b)",
    Cue.EVERY,
)
def every(match: Match, said: Said) -> Meant:
    """every Monday · each morning · every other week · every Tuesday and Thursday · every two years · every Christmas"""
    return Meant(None, Role.REPEATED)


@rule(
    rf"(?:on\s+)?(?:most\s+)?(?:{FULL_WEEKDAY}s|{FULL_WEEKDAY}\s+{PART_OF_DAY}s)(?:\s+and\s+{FULL_WEEKDAY}s)?|on\s+(?:most\s+)?{WEEKDAY}s|(?:on|at|most)\s+weekends|(?:on\s+)?weekdays",
    Cue.WEEKDAY,
    Cue.UNIT,
)
def plural_days(match: Match, said: Said) -> Meant:
    """on Mondays · weekdays · Sunday mornings · on weekends · Tuesdays and Thursdays"""
    return Meant(None, Role.REPEATED)


@rule(
    rf"(?:(?:once\s+or\s+)?twice|once|{AMOUNT}\s+(?:times|days|nights|evenings|x))\s+(?:a|per|each|every)\s+(?:day|week|month|year)",
    Cue.UNIT,
)
def so_often(match: Match, said: Said) -> Meant:
    """twice a week · three times per month · 5 days a week"""
    return Meant(None, Role.REPEATED)


SPANS: tuple[Rule, ...] = (past_stretch, coming_stretch, for_so_long_now, for_so_long, every, plural_days, so_often)
