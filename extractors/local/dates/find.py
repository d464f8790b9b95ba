"""Finds the time expressions of a text: rules match, modifiers and prepositions extend, neighbours join into spans."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from extractors.local.dates.absolute import ABSOLUTE
from extractors.local.dates.calendar import Days, days_on
from extractors.local.dates.clock import clock_beside
from extractors.local.dates.cues import Windows, cues_in
from extractors.local.dates.found import Found, Role, Tense
from extractors.local.dates.leads import Lead, lead_before, no_lead
from extractors.local.dates.modifiers import MODIFIERS
from extractors.local.dates.occasions import OCCASIONS
from extractors.local.dates.relative import RELATIVE
from extractors.local.dates.rule import Match, Meant, Modifier, Rule, Said
from extractors.local.dates.spans import SPANS
from extractors.local.dates.tense import tense_around
from extractors.local.dates.weekdays import WEEKDAY_RULES
from extractors.local.dates.words import Cue
from graph.time import Period, Precision, in_utc

RULES: tuple[Rule, ...] = (*ABSOLUTE, *OCCASIONS, *RELATIVE, *WEEKDAY_RULES, *SPANS)
"""Where several match, the one that begins first, then the longest, then the first here that makes sense is taken."""

_TYPEWRITTEN = str.maketrans("\u2018\u2019\u2010\u2011\u2012\u2013\u2014\u00a0\u202f", "''-----  ")
"""One character for one, so that offsets stay true."""

_ONWARDS = re.compile(r"\s+(?:onwards?|forwards?|on)\b(?=\s*(?:[.,;:!?)]|$|i\b|we\b|he\b|she\b|they\b|and\b|it\b))", re.IGNORECASE)
_DAYS_OF_DAY_PRECISION = 3
_DAYS_OF_YEAR_PRECISION = 365
_MINUTE = timedelta(minutes=1)
_OF_VERBS = ("in", "over", "around", "about")
_OF_REPETITION = ("in", "on", "during")
_NEVER_BEGINS_SPAN = (Role.UNTIL, Role.BEFORE, Role.AFTER)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rule that matched, and the modifiers before it, the nearest first."""

    order: int
    match: Match
    start: int
    modifiers: tuple[tuple[Modifier, Match], ...] = ()

    @property
    def rank(self) -> tuple[int, int, int]:
        return self.start, -self.match.end(), self.order


@dataclass(frozen=True, slots=True)
class Mark:
    """A candidate that makes sense, with its preposition and time of day."""

    candidate: Candidate
    start: int
    end: int
    lead: Lead
    meant: Meant
    clock: time | None = None

    @property
    def role(self) -> Role:
        return self.meant.role or self.lead.role


def find(text: str, at: datetime, tense: Tense | None = None) -> list[Found]:
    """The time expressions of `text`, in order, as meant by who wrote it `at` that time, in the calendar of its offset.

    `tense`, of the verb they belong to, says which Monday "on Monday" is; None: the words around do. Raises BadInput for a naive `at`.
    """
    in_utc(at)
    plain = text.translate(_TYPEWRITTEN)
    cues = cues_in(plain)
    if not cues:
        return []
    said = Said(at, tense)
    marks = _joined(plain, _marks(plain, said, cues), said)
    return [found for mark in marks if (found := _found(text, mark, said))]


def _marks(text: str, said: Said, cues: Mapping[Cue, Windows]) -> list[Mark]:
    marks: list[Mark] = []
    done = 0
    for candidate in sorted(_candidates(text, cues), key=lambda candidate: candidate.rank):
        if candidate.start >= done and (mark := _mark(text, candidate, said, done)):
            marks.append(mark)
            done = mark.end
    return marks


def _candidates(text: str, cues: Mapping[Cue, Windows]) -> Iterator[Candidate]:
    for order, rule in enumerate(RULES):
        for window in (window for cue in rule.cues if cue in cues for window in cues[cue]):
            for match in rule.pattern.finditer(text, *window):
                bare = Candidate(order, match, match.start())
                yield bare
                if (modified := _modified(text, bare)) is not bare:
                    yield modified


_WIDEST_MODIFIER = 40


def _modified(text: str, candidate: Candidate) -> Candidate:
    for modifier in MODIFIERS:
        found = modifier.pattern.search(text, max(0, candidate.start - _WIDEST_MODIFIER), candidate.start)
        if found:
            longer = replace(candidate, start=found.start(), modifiers=(*candidate.modifiers, (modifier, found)))
            return _modified(text, longer)
    return candidate


def _mark(text: str, candidate: Candidate, said: Said, floor: int) -> Mark | None:
    lead = lead_before(text, candidate.start, floor)
    end = candidate.match.end()
    said = said if said.tense else replace(said, tense=tense_around(text, lead.start, end))
    meant = _meaning(candidate, said, lead)
    if meant is None:
        return None
    if meant.role or meant.days is None:
        start = lead.start if meant.role is Role.REPEATED and lead.word in _OF_REPETITION else candidate.start
        return Mark(candidate, start, end, no_lead(start), meant)
    if meant.adverb and lead.word in _OF_VERBS:
        lead = no_lead(candidate.start)
    clock = clock_beside(text, lead.start, end, floor) if meant.days.count == 1 else None
    if clock is None:
        return Mark(candidate, lead.start, end, lead, meant)
    if clock.start < lead.start or not lead.word:
        outer = lead_before(text, clock.start, floor)
        lead = outer if outer.word else replace(lead, start=clock.start)
    return Mark(candidate, lead.start, clock.end, lead, meant, clock.time)


def _meaning(candidate: Candidate, said: Said, lead: Lead) -> Meant | None:
    """What it means after that preposition; None where nothing, or where the calendar has no such day."""
    context = replace(said, lead=lead.word, modified=bool(candidate.modifiers))
    for lean in (lead.lean, *(modifier.lean for modifier, _ in candidate.modifiers)):
        context = context.leaning(lean) if lean else context
    try:
        meant = RULES[candidate.order].resolve(candidate.match, context)
        for modifier, match in candidate.modifiers:
            if meant is None or meant.days is None or meant.role:
                return None
            days = modifier.resolve(match, meant.days, context)
            meant = replace(meant, days=days) if days else None
    except (ValueError, OverflowError, IndexError, StopIteration):
        return None
    return meant


def _joined(text: str, marks: Sequence[Mark], said: Said) -> Iterator[Mark]:
    """The marks, with "from May" and "to July" made one, and what only looked like the end of a span taken by itself."""
    before: Mark | None = None
    for mark in marks:
        span = _span(text, before, mark, said) if before else None
        if span is None and before:
            yield before
        before = span or (_by_itself(mark, said) if mark.lead.joins and mark.role is Role.AT else mark)
    if before:
        yield before


def _by_itself(mark: Mark, said: Said) -> Mark | None:
    start = mark.candidate.start
    lead = no_lead(start)
    meant = _meaning(mark.candidate, said, lead)
    return replace(mark, start=start, lead=lead, meant=meant) if meant else None


def _span(text: str, first: Mark, last: Mark, said: Said) -> Mark | None:
    """Both as one SPAN; None where the words between them, or their days, do not make them one."""
    if not last.lead.joins or first.meant.role or first.lead.role in _NEVER_BEGINS_SPAN or text[first.end : last.start].strip():
        return None
    if (last.lead.word == "and") != (first.lead.word == "between"):
        return None
    ends = _in_order(first.meant, last.meant, said)
    if ends is None:
        return None
    if first.meant.weekday and last.meant.weekday and not (said.tense or tense_around(text, first.start, last.end)):
        return replace(first, end=last.end, meant=Meant(None, Role.REPEATED))
    return replace(first, end=last.end, meant=Meant(ends[0], Role.SPAN, until=ends[1]))


def _in_order(first: Meant, last: Meant, said: Said) -> tuple[Days, Days] | None:
    """The ends of a span, a recurring one moved so that it lies on the right side of the other, and near it."""
    begin, end = first.days, last.days
    if begin is None or end is None or last.role:
        return None
    if first.weekday and last.weekday and begin.first > end.first:
        begin = Days(days_on(begin.first, -7), days_on(begin.last, -7))
    while first.cycle and begin.first > end.first:
        begin = begin.months_on(-first.cycle)
    while first.cycle and begin.months_on(first.cycle).first <= end.first:
        begin = begin.months_on(first.cycle)
    while last.cycle and not first.cycle and end.first < begin.first:
        end = end.months_on(last.cycle)
    while last.cycle and not first.cycle and end.months_on(-last.cycle).first >= begin.first:
        end = end.months_on(-last.cycle)
    return (begin, end) if begin.first <= end.first else None


def _found(text: str, mark: Mark, said: Said) -> Found | None:
    role, end = mark.role, mark.end
    if mark.lead.word in ("from", "starting") and mark.meant.role is None and (onwards := _ONWARDS.match(text, end)):
        role, end = Role.SINCE, onwards.end()
    try:
        period = period_of(mark.meant.days, said.at, mark.clock) if mark.meant.days else None
        until = period_of(mark.meant.until, said.at) if mark.meant.until else None
    except OverflowError:
        return None
    return Found(mark.start, end, period, role, text[mark.start : end], until, said.at.tzinfo or UTC)


def period_of(days: Days, at: datetime, clock: time | None = None) -> Period:
    """Those days in the zone of `at`, or a minute of the first one. Raises OverflowError beyond the years 1 to 9999."""
    if clock:
        minute = datetime.combine(days.first, clock, at.tzinfo)
        return Period(minute, minute + _MINUTE, Precision.MINUTE)
    first = datetime.combine(days.first, time(), at.tzinfo)
    return Period(first, datetime.combine(days_on(days.last, 1), time(), at.tzinfo), _precision(days))


def _precision(days: Days) -> Precision:
    if days.count <= _DAYS_OF_DAY_PRECISION:
        return Precision.DAY
    return Precision.MONTH if days.count < _DAYS_OF_YEAR_PRECISION else Precision.YEAR
