"""Rules for days, weeks, months and years counted from the day of the message."""

from datetime import date, timedelta

from extractors.local.dates.calendar import (
    Days,
    add_months,
    days_on,
    last_weekend,
    month_of,
    the_day,
    the_year,
    week_of,
    weekend_of,
    years,
)
from extractors.local.dates.found import Tense
from extractors.local.dates.numbers import AMOUNT, ROUGHLY, Amount, amount
from extractors.local.dates.rule import Match, Meant, Rule, Said, rule
from extractors.local.dates.words import DAY_WORD, DAY_WORDS, PART, PART_OF_DAY, UNIT, WHICH, Cue, steps, unit_name

_FRACTIONS = {"year": ("month", 12), "decade": ("year", 10), "month": ("day", 30), "week": ("day", 7), "fortnight": ("day", 14)}


def distant(count: Amount, unit: str, said: Said, way: int) -> Days:
    """The days that lie so far off, `way` -1 ago and 1 ahead: the whole week, month or year where that is the unit.

    A single year is five months, since "a year ago" said in January reaches into the December before and hardly to the December after.
    """
    if not count.whole and unit in _FRACTIONS:
        smaller, factor = _FRACTIONS[unit]
        whole = count.times(factor)
        return distant(Amount(int(whole.low), int(whole.high)), smaller, said, way)
    if unit in ("hour", "minute"):
        size = timedelta(hours=1) if unit == "hour" else timedelta(minutes=1)
        return _between((said.at + way * count.low * size).date(), (said.at + way * count.high * size).date())
    ends = [_one_distant(int(number) * way, unit, said.today, count.exact) for number in (count.low, count.high)]
    return Days(min(end.first for end in ends), max(end.last for end in ends))


def _one_distant(steps_away: int, unit: str, today: date, exact: bool) -> Days:
    match unit:
        case "weekend":
            return last_weekend(days_on(today, 7 * (steps_away + 1))) if steps_away < 0 else weekend_of(today, steps_away)
        case "week" | "fortnight":
            day = days_on(today, steps_away * (14 if unit == "fortnight" else 7))
            return week_of(day) if exact else the_day(day)
        case "month":
            return month_of(today, steps_away)
        case "year" if abs(steps_away) == 1 and exact:
            return Days(month_of(today, 12 * steps_away - 2).first, month_of(today, 12 * steps_away + 2).last)
        case "year" | "decade":
            return the_year(today.year + steps_away * (10 if unit == "decade" else 1))
        case _:
            return the_day(days_on(today, steps_away))


def _between(one: date, other: date) -> Days:
    return Days(min(one, other), max(one, other))


@rule(rf"(?:(?:earlier|later)\s+)?{DAY_WORD}(?:\s+(?:{PART_OF_DAY}|am|pm))?", Cue.DAY)
def day_word(match: Match, said: Said) -> Meant:
    """yesterday · tmrw · tonight · tomorrow morning · earlier today · yest"""
    word = next(part for part in match[0].lower().split() if part in DAY_WORDS)
    return Meant(the_day(days_on(said.today, DAY_WORDS[word])), adverb=True)


@rule(r"(?:the\s+)?day\s+(?:before\s+yest(?:erday)?|after\s+(?P<after>tom+or+ow|tmrw?|tmw))", Cue.DAY)
def two_days_off(match: Match, said: Said) -> Meant:
    """the day before yesterday · day after tomorrow"""
    return Meant(the_day(days_on(said.today, 2 if match["after"] else -2)))


@rule(r"this\s+(?:very\s+)?(?:morning|afternoon|evening)|just\s+now", Cue.UNIT)
def part_of_today(match: Match, said: Said) -> Meant:
    """this morning · this evening · just now"""
    return Meant(the_day(said.today), adverb=True)


@rule(r"last\s+(?:night|nite|evening)|(?P<before>the\s+night\s+before\s+last)", Cue.UNIT)
def last_night(match: Match, said: Said) -> Meant:
    """last night · last nite · the night before last"""
    return Meant(the_day(days_on(said.today, -2 if match["before"] else -1)), adverb=True)


@rule(r"the\s+other\s+(?P<unit>day|night|evening|morning|week)", Cue.UNIT)
def the_other_day(match: Match, said: Said) -> Meant:
    """the other day · the other week"""
    far, near = (14, 7) if match["unit"].lower() == "week" else (5, 1)
    return Meant(Days(days_on(said.today, -far), days_on(said.today, -near)), adverb=True)


@rule(
    rf"{ROUGHLY}(?P<count>{AMOUNT})(?:\s+or\s+so)?\s*(?P<unit>{UNIT})(?P<half>\s+and\s+a\s+half)?(?:\s+or\s+so)?\s+(?:ago|back|before\s+now)(?P<today>\s+today)?",
    Cue.UNIT,
)
def ago(match: Match, said: Said) -> Meant:
    """two weeks ago · about 10 yrs ago · a few days back · a year and a half ago · 2 wks ago · a year ago today"""
    count, unit = amount(match["count"]), unit_name(match["unit"])
    if match["half"]:
        count = Amount(count.low + 0.5, count.high + 0.5)
    if match["today"]:
        return Meant(_to_the_day(count, unit, said), adverb=True)
    return Meant(distant(count, unit, said, -1), adverb=True)


def _to_the_day(count: Amount, unit: str, said: Said) -> Days:
    if unit in ("month", "year"):
        return the_day(add_months(said.today, -int(count.low) * (12 if unit == "year" else 1)))
    return the_day(days_on(said.today, -int(count.low) * (7 if unit == "week" else 1)))


@rule(rf"{ROUGHLY}(?P<count>{AMOUNT})\s*(?P<unit>{UNIT})\s+from\s+now", Cue.UNIT)
def from_now(match: Match, said: Said) -> Meant:
    """a week from now · three months from now"""
    return Meant(distant(amount(match["count"]), unit_name(match["unit"]), said, 1))


@rule(
    rf"in\s+{ROUGHLY}(?P<count>{AMOUNT})\s+(?:more\s+)?(?P<unit>{UNIT})(?:'?s?'?\s+time)?(?!\s+(?:ago|old|back|flat|straight|total|a|an|per|each)\b)",
    Cue.UNIT,
)
def in_a_while(match: Match, said: Said) -> Meant | None:
    """in a couple of weeks · in 3 days · in two years' time"""
    count, unit = amount(match["count"]), unit_name(match["unit"])
    if said.tense is Tense.PAST or _negated_or_first(match) or (unit == "minute" and count.high == 1):
        return None
    return Meant(distant(count, unit, said, 1))


def _negated_or_first(match: Match) -> bool:
    """ "haven't met in three years", "the best in years": looking back."""
    clause = match.string[max(0, match.start() - 60) : match.start()].lower()
    clause = clause.rpartition(". ")[2]
    return any(word in clause for word in ("n't", " not ", "never ", "first ", "best ", "worst ", " been ", "did ", " have ", "'ve "))


@rule(rf"(?:the\s+)?(?P<which>{WHICH})\s+(?P<unit>weekend|week|wk|month|year|yr|decade)(?:'s)?(?!\s+(?:of|before|after)\b)", Cue.UNIT)
def which_unit(match: Match, said: Said) -> Meant | None:
    """last week · next yr · this month · the previous year · this weekend · the coming week"""
    unit, step = unit_name(match["unit"]), steps(match["which"])
    match unit:
        case "weekend":
            return Meant(_which_weekend(step, said), adverb=True)
        case "week":
            return Meant(week_of(said.today, step), adverb=True)
        case "month":
            return Meant(month_of(said.today, step), adverb=True)
        case "decade":
            first = said.today.year // 10 * 10 + 10 * step
            return Meant(years(first, first + 9))
        case _:
            return Meant(the_year(said.today.year + step), adverb=True)


def _which_weekend(step: int, said: Said) -> Days:
    if step < 0 or (step == 0 and said.tense is Tense.PAST and weekend_of(said.today).first > said.today):
        return last_weekend(said.today)
    return weekend_of(said.today, step)


@rule(r"(?:the\s+)?(?P<unit>weekend|week|month|year)\s+(?:before\s+last|(?P<next>after\s+next))", Cue.UNIT)
def but_one(match: Match, said: Said) -> Meant:
    """the week before last · the month after next"""
    return Meant(_one_distant(2 if match["next"] else -2, match["unit"].lower(), said.today, exact=True))


@rule(r"(?:the|all)\s+weekend(?!\s+(?:of|before|after)\b)", Cue.UNIT)
def the_weekend(match: Match, said: Said) -> Meant | None:
    """over the weekend · at the weekend · for the weekend"""
    if said.lead not in ("on", "over", "during", "at", "for", "by", "until", "till", "before", "after", "since", "through"):
        return None
    weekend = weekend_of(said.today)
    if said.tense is Tense.FUTURE or said.lead == "for" or weekend.first <= said.today:
        return Meant(weekend)
    return Meant(last_weekend(said.today))


@rule(rf"(?:the\s+)?(?:very\s+)?(?P<part>end|start|beginning|middle)\s+of\s+(?:the\s+)(?P<unit>week|month|year){PART}", Cue.UNIT)
def part_of_the_unit(match: Match, said: Said) -> Meant | None:
    """by the end of the month · at the beginning of the year"""
    whole = {"week": week_of(said.today), "month": month_of(said.today), "year": the_year(said.today.year)}[match["unit"].lower()]
    return Meant(part_of(match["part"], whole))


def part_of(part: str, whole: Days) -> Days:
    """The first, middle or last third: "early", "mid", "the end of"."""
    if whole.count == 1:
        return whole
    part, third = part.lower(), whole.count // 3
    if part.startswith(("early", "start", "begin", "first")):
        return Days(whole.first, days_on(whole.first, third))
    if part.startswith(("late", "end", "last")):
        return Days(days_on(whole.last, -third), whole.last)
    return Days(days_on(whole.first, third), days_on(whole.last, -third))


RELATIVE: tuple[Rule, ...] = (
    day_word,
    two_days_off,
    part_of_today,
    last_night,
    the_other_day,
    ago,
    from_now,
    in_a_while,
    which_unit,
    but_one,
    the_weekend,
    part_of_the_unit,
)
