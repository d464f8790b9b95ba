"""Rules for seasons and holidays."""

from collections.abc import Callable
from datetime import date

from extractors.local.dates.absolute import said_year
from extractors.local.dates.calendar import Days, around, pick, season
from extractors.local.dates.found import Role, Tense
from extractors.local.dates.holidays import HOLIDAY, holiday, new_year
from extractors.local.dates.numbers import AMOUNT, amount
from extractors.local.dates.rule import Match, Meant, Rule, Said, rule
from extractors.local.dates.words import SEASON, WHICH, WHICH_YEAR, Cue, steps

_HOLIDAY_CUES = (Cue.HOLIDAY, Cue.MONTH, Cue.WEEKDAY, Cue.UNIT)


def which_one(which: str, on_year: Callable[[int], Days], today: date, tense: Tense | None) -> Days:
    """The last one that is over, the next one to begin, or that of about now."""
    candidates = [on_year(year) for year in around(today.year)]
    step = steps(which)
    if step < 0:
        return [days for days in candidates if days.last < today][-1]
    if step > 0:
        return next(days for days in candidates if days.first > today)
    return pick(candidates, today, tense)


def _season(match: Match) -> Callable[[int], Days]:
    name = match["season"].lower()
    return lambda year: season(year, name)


@rule(rf"(?P<which>{WHICH})\s+(?P<season>{SEASON})", Cue.SEASON)
def which_season(match: Match, said: Said) -> Meant:
    """last summer · this past winter · next fall · this spring"""
    return Meant(which_one(match["which"], _season(match), said.today, said.tense), adverb=True)


@rule(rf"(?:the\s+)?(?P<season>{SEASON})(?:,?\s*(?:of\s+)?(?:{WHICH_YEAR}))", Cue.SEASON)
def season_of_year(match: Match, said: Said) -> Meant | None:
    """the summer of 2019 · spring 2022 · in the fall of last year · winter '18"""
    year = said_year(match, said.today)
    return Meant(_season(match)(year)) if year else None


@rule(rf"(?:the\s+)?(?P<season>{SEASON})(?!\s+(?:of|break|term|semester|into|apart|asleep|for|down|out|back|in\s+love)\b)", Cue.SEASON)
def bare_season(match: Match, said: Said) -> Meant | None:
    """in the spring · over the summer · since winter · late fall"""
    if not said.introduced or said.lead in ("on", "at", "to", "about", "and", "-", "of"):
        return None
    if said.tense is None and not said.modified and said.lead in ("in", "during"):
        return Meant(None, Role.REPEATED)
    candidates = [_season(match)(year) for year in around(said.today.year)]
    return Meant(pick(candidates, said.today, said.tense), cycle=12)


@rule(rf"(?P<which>{WHICH})\s+(?P<holiday>{HOLIDAY})", *_HOLIDAY_CUES)
def which_holiday(match: Match, said: Said) -> Meant:
    """last Christmas · next Easter · this Halloween"""
    return Meant(which_one(match["which"], holiday(match["holiday"]), said.today, said.tense))


@rule(
    rf"(?P<count>{AMOUNT})\s+(?:(?P<season>{SEASON})|(?P<holiday>christmas|easter|thanksgiving|halloween)e?)s\s+(?:ago|back)",
    Cue.SEASON,
    Cue.HOLIDAY,
)
def occasions_ago(match: Match, said: Said) -> Meant:
    """two summers ago · three Christmases ago"""
    on_year = _season(match) if match["season"] else holiday(match["holiday"])
    count = int(amount(match["count"]).high)
    over = [days for year in range(said.today.year - count - 1, said.today.year + 1) if (days := on_year(year)).last < said.today]
    return Meant(over[-count])


@rule(rf"(?P<holiday>{HOLIDAY})(?:,?\s*(?:of\s+|in\s+)?(?:{WHICH_YEAR}))", *_HOLIDAY_CUES)
def holiday_of_year(match: Match, said: Said) -> Meant | None:
    """Christmas 2021 · Easter of next year · Thanksgiving last year"""
    year = said_year(match, said.today)
    on_year = holiday(match["holiday"])
    return Meant(on_year(year + (on_year is new_year))) if year else None


@rule(rf"(?:the\s+)?(?P<holiday>{HOLIDAY})", *_HOLIDAY_CUES)
def bare_holiday(match: Match, said: Said) -> Meant | None:
    """on Halloween · before Xmas · for Mother's Day · the weekend after Thanksgiving"""
    if not said.introduced or said.lead in ("about", "of", "in"):
        return None
    return Meant(pick([holiday(match["holiday"])(year) for year in around(said.today.year)], said.today, said.tense))


OCCASIONS: tuple[Rule, ...] = (which_season, season_of_year, bare_season, which_holiday, occasions_ago, holiday_of_year, bare_holiday)
