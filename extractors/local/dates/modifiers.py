"""Words that lead to a time expression and narrow it ("early", "the first week of") or move it ("the week before")."""

from extractors.local.dates.calendar import Days, add_months, days_on, the_day, week_of, weekday_after, weekday_before, weekend_of
from extractors.local.dates.found import Tense
from extractors.local.dates.numbers import AMOUNT, amount
from extractors.local.dates.relative import part_of
from extractors.local.dates.rule import Match, Modifier, Said, modifier
from extractors.local.dates.words import FULL_WEEKDAY, UNIT, unit_name, weekday_number

_ORDINALS = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3, "last": -1}


_THIRDS = r"(?:early|late|mid|middle)(?:\s+in)?"
_PIECES = r"(?:very\s+)?(?P<piece>end|start|beginning|middle|first\s+half|last\s+half|second\s+half)\s+of"


@modifier(rf"(?:the\s+)?(?P<part>{_THIRDS}|{_PIECES})(?:-|\s+)(?:the\s+)?")
def third_of(match: Match, days: Days, said: Said) -> Days:
    """early 2021 · mid-June · the end of last month · late last year"""
    part = (match["piece"] or match["part"]).lower()
    if part.endswith("half"):
        middle = days_on(days.first, days.count // 2)
        return Days(days.first, days_on(middle, -1)) if part.startswith("first") else Days(middle, days.last)
    return part_of(part, days)


@modifier(
    rf"(?:the\s+)?(?:very\s+)?(?P<number>{'|'.join(_ORDINALS)})\s+(?P<unit>week|weekend|day|month|{FULL_WEEKDAY})\s+(?:of|in)\s+(?:the\s+)?"
)
def nth_of(match: Match, days: Days, said: Said) -> Days | None:
    """the first week of June · last weekend in August · the second Tuesday of October"""
    number, unit = _ORDINALS[match["number"].lower()], match["unit"].lower()
    if unit == "week":
        return (
            Days(days_on(days.last, -6), days.last)
            if number < 0
            else Days(days_on(days.first, 7 * number), days_on(days.first, 7 * number + 6))
        )
    if unit == "month":
        first = add_months(days.first, number) if number >= 0 else days.last.replace(day=1)
        return Days(first, days_on(add_months(first, 1), -1))
    if unit == "day":
        return the_day(days.last if number < 0 else days_on(days.first, number))
    weekday = 5 if unit == "weekend" else weekday_number(unit)
    day = (
        weekday_before(days_on(days.last, 1), weekday)
        if number < 0
        else days_on(weekday_after(days_on(days.first, -1), weekday), 7 * number)
    )
    return Days(day, days_on(day, 1)) if unit == "weekend" else the_day(day)


@modifier(
    r"(?:the\s+)?(?P<unit>week|weekend|month|year|night|morning|evening)\s+(?:of|starting|beginning|commencing|ending)\s+(?:on\s+)?(?:the\s+)?"
)
def unit_of(match: Match, days: Days, said: Said) -> Days | None:
    """the week of June 9 · the weekend of 4 July · the night of the 3rd of May"""
    if days.count > 7:
        return None
    match match["unit"].lower():
        case "week":
            return week_of(days.first)
        case "weekend":
            return weekend_of(days.first)
        case "month" | "year":
            return None
        case _:
            return days


@modifier(rf"(?:the\s+|(?P<count>{AMOUNT})\s+)(?P<unit>{UNIT})\s+(?P<way>before|after|prior\s+to|following)\s+(?:the\s+)?")
def units_beside(match: Match, days: Days, said: Said) -> Days | None:
    """the day after Christmas · two weeks before Easter · the week before 9 June · the weekend after Thanksgiving"""
    before = match["way"].lower() in ("before",) or match["way"].lower().startswith("prior")
    return _beside(unit_name(match["unit"]), int(amount(match["count"]).high) if match["count"] else 1, days, before)


def _beside(unit: str, count: int, days: Days, before: bool) -> Days | None:
    sign = -1 if before else 1
    edge = days.first if before else days.last
    match unit:
        case "day":
            return the_day(days_on(edge, sign * count))
        case "week" if count == 1:
            return Days(days_on(edge, -7), days_on(edge, -1)) if before else Days(days_on(edge, 1), days_on(edge, 7))
        case "week" | "fortnight":
            return the_day(days_on(edge, sign * count * (14 if unit == "fortnight" else 7)))
        case "weekend":
            saturday = weekday_before(edge, 5) if before else weekday_after(edge, 5)
            return Days(saturday, days_on(saturday, 1))
        case "month" | "year":
            return days.months_on(sign * count * (12 if unit == "year" else 1))
        case _:
            return None


@modifier(rf"(?:the\s+)?(?P<weekday>{FULL_WEEKDAY})\s+(?P<way>before|after|following)\s+(?:the\s+)?")
def weekday_beside(match: Match, days: Days, said: Said) -> Days:
    """the Sunday before 25 May · the Friday after Easter"""
    weekday = weekday_number(match["weekday"])
    if match["way"].lower() == "before":
        return the_day(weekday_before(days.first, weekday))
    return the_day(weekday_after(days.last, weekday))


@modifier(rf"(?P<count>{AMOUNT})\s+(?P<unit>{UNIT})\s+from\s+(?:this\s+|next\s+)?", lean=Tense.FUTURE)
def units_from(match: Match, days: Days, said: Said) -> Days | None:
    """a week from Friday · two weeks from tomorrow · a month from June 1st"""
    unit = unit_name(match["unit"])
    if days.count > 1 or unit not in ("day", "week", "fortnight", "month", "year"):
        return None
    return _exactly(unit, int(amount(match["count"]).high), days)


def _exactly(unit: str, count: int, days: Days) -> Days:
    if unit in ("month", "year"):
        return the_day(add_months(days.first, count * (12 if unit == "year" else 1)))
    return the_day(days_on(days.first, count * {"day": 1, "week": 7, "fortnight": 14}[unit]))


@modifier(r"(?P<way>earlier|later)\s+(?:in\s+)?(?:the\s+)?")
def around_today(match: Match, days: Days, said: Said) -> Days | None:
    """earlier this month · later this year · earlier this week"""
    if not days.first <= said.today <= days.last:
        return days
    if match["way"].lower() == "earlier":
        return Days(days.first, said.today)
    return Days(said.today, days.last)


MODIFIERS: tuple[Modifier, ...] = (third_of, nth_of, unit_of, units_beside, weekday_beside, units_from, around_today)
