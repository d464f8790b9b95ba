"""What is believed: a pure function of what was said (`graph.law`), with the words, sources and precision behind each stretch."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import prod

from graph.errors import BadInput
from graph.law import TICK, Line, Said, Span, Value, laid
from graph.model import Assertion, UpdatePolicy
from graph.ontology import Relation, Side
from graph.time import Precision, from_micros, to_micros

SUREST = 0.99
"""Sources that each leave a doubt never make more sure than this together."""
EXACT = 6
"""Digits of a confidence: it does not tell in which order its sources were multiplied."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One span over which subject and object are believed to stand in their relation; open ones hold until further notice.

    `assertions` are the uuids behind it: what vouches for it, and what tells of its end. `closed_by` is the assertion that
    ends it: one of these, or its successor's. `lead` is the one whose words and attributes it takes.
    One whose end equals its start holds at no instant: it was so some time before (`Precision.BEFORE`).
    """

    subject: str
    object: str
    start: datetime
    start_precision: Precision
    end: datetime | None
    end_precision: Precision | None
    assertions: tuple[str, ...]
    lead: Assertion
    confidence: float
    closed_by: str | None = None


def belief_key(relation: Relation, subject: str, object: str, policy: UpdatePolicy) -> str:
    """Which assertions compete: those of one subject, those of one object, or only those of the same pair.

    Under LATEST every relation has one value at a time: an object's where the ontology says so, else a subject's.
    """
    side = relation.exclusive or (Side.SUBJECT if policy is UpdatePolicy.LATEST else None)
    if side is Side.SUBJECT:
        return f"s:{relation.name}:{subject}"
    if side is Side.OBJECT:
        return f"o:{relation.name}:{object}"
    first, second = _value(subject, object) if relation.symmetric else (subject, object)
    return f"p:{relation.name}:{first}:{second}"


def keys_around(relation: Relation, entity: str) -> list[str]:
    """Keys under which all that was said of an entity in a relation stands, whatever of it competes."""
    sides = ("s", "o") if relation.symmetric else ("s",)
    return [f"{side}:{relation.name}:{entity}" for side in sides]


def key_parts(key: str) -> tuple[str, list[str]]:
    """A belief key taken apart: its side (s, o or p), and [relation, entity] or [relation, entity, entity]."""
    side, _, rest = key.partition(":")
    entities = 2 if side == "p" else 1
    if side not in ("s", "o", "p") or rest.count(":") < entities:
        raise BadInput(f"{key!r} is not a belief key")
    return side, rest.rsplit(":", entities)


def turned_round(key: str) -> str | None:
    """The key of the same pair said the other way round: of a symmetric relation, what was said under LATEST stands under it."""
    side, parts = key_parts(key)
    return f"p:{parts[0]}:{parts[2]}:{parts[1]}" if side == "p" else None


def believed(assertions: Sequence[Assertion]) -> tuple[Stretch, ...]:
    """The stretches that the assertions of one key amount to, in order of time, whatever the order of the assertions.

    They overlap only where things of one exclusive key were said at once, from the same instant on, and equally surely.
    """
    told = {a.uuid: a for a in sorted(assertions, key=lambda a: a.uuid)}
    line, idle = _with_endings_in_the_past([_said(a) for a in told.values()], told)
    stretches = _Stretches(told, line)
    supports, formerly = _placed(idle, line)
    drawn = [*(stretches.stretch(span, supports[span]) for span in line.spans), *(_formerly(told, of_value) for of_value in formerly)]
    return tuple(sorted(drawn, key=lambda s: (s.start, s.end is None, s.end or s.start, s.subject, s.object)))


def _value(subject: str, object: str) -> Value:
    return (subject, object) if subject <= object else (object, subject)


def _said(a: Assertion) -> Said:
    return Said(
        origin=a.uuid,
        value=_value(a.subject, a.object),
        start=to_micros(a.start),
        said=to_micros(a.said),
        seen=None if a.seen is None else to_micros(a.seen),
        end=None if a.end is None else to_micros(a.end),
        holds=a.holds,
        sure=a.confidence,
        period=None if a.within is None else to_micros(a.within),
    )


def _is_formerly(a: Assertion) -> bool:
    return not a.holds and a.precision is Precision.BEFORE


def _with_endings_in_the_past(said: Sequence[Said], told: dict[str, Assertion]) -> tuple[Line, list[Said]]:
    """The line, and the "formerly" sayings that end nothing on it.

    "I used to live in Rome" says that it is over, not when it ended: it is an ending where Rome still held, and never
    moves an end that is known.
    """
    counting = [s for s in said if not _is_formerly(told[s.origin])]
    line, idle = laid(counting), []
    runs = _runs(line)
    for former in sorted((s for s in said if _is_formerly(told[s.origin])), key=lambda s: (s.rank, s.origin)):
        if any(_holds_at(at, runs[former.value]) for at in _may_have_ended(former)):
            counting.append(former)
            line = laid(counting)
            runs = _runs(line)
        else:
            idle.append(former)
    return line, idle


def _holds_at(at: int, spans: Sequence[Span]) -> bool:
    span = _last_begun(spans, at - TICK)
    return span is not None and span.holds_within(at)


def _may_have_ended(former: Said) -> tuple[int, ...]:
    """The first and the last instant at which what was so formerly may have ended: the same, unless only the period is known."""
    latest = former.start if former.period is None else max(former.start, min(former.period - TICK, former.said))
    return former.start, latest


def _runs(line: Line) -> defaultdict[Value, list[Span]]:
    """The spans of each value in order of time; they do not overlap."""
    runs: defaultdict[Value, list[Span]] = defaultdict(list)
    for span in line.spans:
        runs[span.value].append(span)
    return runs


def _last_begun(spans: Sequence[Span], at: int) -> Span | None:
    """The last one that begins by then."""
    place = bisect_right(spans, at, key=lambda span: span.begin)
    return spans[place - 1] if place else None


def _placed(idle: Sequence[Said], line: Line) -> tuple[dict[Span, list[str]], list[list[Said]]]:
    """Idle "formerly" sayings by the last span of their value that they may speak of; of other values, all of one together."""
    supports: defaultdict[Span, list[str]] = defaultdict(list)
    unknown: defaultdict[Value, list[Said]] = defaultdict(list)
    runs = _runs(line)
    for former in sorted(idle, key=lambda s: (s.start, s.origin)):
        span = _last_begun(runs[former.value], former.start)
        if span is not None:
            supports[span].append(former.origin)
        else:
            unknown[former.value].append(former)
    return supports, list(unknown.values())


def _formerly(told: dict[str, Assertion], formers: Sequence[Said]) -> Stretch:
    """It was so some time before the first of these sayings, or until the end that was told last; nothing more is known."""
    sources = [told[f.origin] for f in formers]
    dated = [f for f in formers if told[f.origin].end_precision is not None]
    lead = told[max(dated, key=lambda f: (f.rank, f.origin)).origin] if dated else sources[0]
    return Stretch(
        subject=lead.subject,
        object=lead.object,
        start=lead.start,
        start_precision=Precision.BEFORE,
        end=lead.start,
        end_precision=lead.end_precision or Precision.BEFORE,
        assertions=tuple(a.uuid for a in sources),
        lead=lead,
        confidence=_confidence(sources),
    )


class _Stretches:
    """Finds what stands behind the spans of a line."""

    def __init__(self, told: dict[str, Assertion], line: Line) -> None:
        self._told = told
        vouching: defaultdict[Value, list[Said]] = defaultdict(list)
        self._denying: defaultdict[Value, list[Said]] = defaultdict(list)
        self._starting: defaultdict[int, list[Said]] = defaultdict(list)
        for s in sorted(line.said, key=lambda s: s.start):
            (vouching if s.holds else self._denying)[s.value].append(s)
            self._starting[s.start].append(s)
        self._vouching = {span: of for value, spans in _runs(line).items() for span, of in _vouching(vouching[value], spans)}
        self._begun: defaultdict[int, list[Span]] = defaultdict(list)
        for span in line.spans:
            self._begun[span.begin].append(span)

    def stretch(self, span: Span, more: Sequence[str]) -> Stretch:
        """`more`: further sources of it."""
        vouching = self._vouching[span]
        ending = self._ending(span)
        closing = max(ending or self._succeeding(span), key=lambda s: (s.rank, s.origin), default=None)
        behind = {*(s.origin for s in (*vouching, *ending)), *more}
        lead = min(
            (self._told[s.origin] for s in vouching), key=lambda a: (_reticence(a, span), a.said, a.start, a.span or (0, 0), a.text, a.uuid)
        )
        return Stretch(
            subject=lead.subject,
            object=lead.object,
            start=from_micros(span.begin),
            start_precision=self._start_precision(span.value, span.begin),
            end=None if span.until is None else from_micros(span.until),
            end_precision=None if span.until is None else self._end_precision(ending, closing, span.until),
            assertions=tuple(sorted(behind, key=lambda uuid: (self._told[uuid].said, self._told[uuid].start, uuid))),
            lead=lead,
            confidence=_confidence(self._told[s.origin] for s in vouching),
            closed_by=closing.origin if closing else None,
        )

    def _ending(self, span: Span) -> list[Said]:
        """What says that it ended where it does; else what denied it already, but was outranked until then."""
        if span.until is None:
            return []
        denying = self._denying[span.value]
        begun = bisect_right(denying, span.begin, key=lambda s: s.start)
        there = bisect_left(denying, span.until, key=lambda s: s.start)
        after = bisect_right(denying, span.until, key=lambda s: s.start)
        return denying[there:after] or [s for s in denying[begun:there] if span.until <= s.last]

    def _succeeding(self, span: Span) -> list[Said]:
        """What vouches, from the end of the span on, for whatever holds then."""
        if span.until is None:
            return []
        begun = [s for next_one in self._begun[span.until] for s in self._vouching[next_one] if s.start <= span.until]
        return begun or [s for s in self._starting[span.until] if s.holds and s.value != span.value]

    def _start_precision(self, value: Value, at: int) -> Precision:
        """Of what begins there: something of this value, else what ended or began beside it; else it is known to hold then."""
        own = [s for s in self._starting[at] if s.holds and s.value == value]
        return self._precision(own or self._starting[at])

    def _end_precision(self, ending: Sequence[Said], closing: Said | None, at: int) -> Precision:
        if ending:
            return self._precision([s for s in ending if s.start == at])
        return self._start_precision(closing.value, at) if closing else Precision.SAID

    def _precision(self, starting: Sequence[Said]) -> Precision:
        dated = [(s.rank, precision) for s in starting if (precision := self._precision_of(s)) is not Precision.SAID]
        return max(dated)[1] if dated else Precision.SAID

    def _precision_of(self, s: Said) -> Precision:
        told = self._told[s.origin]
        said_end = told.holds and not s.holds
        if said_end:
            return told.end_precision or Precision.SECOND
        return told.end_precision or told.precision if _is_formerly(told) else told.precision


def _vouching(said: Sequence[Said], spans: Sequence[Span]) -> Iterator[tuple[Span, list[Said]]]:
    """For each span what begins in it or is vouched for within it: of one value, both in order of time."""
    begun = 0
    before: list[Said] = []
    for span in spans:
        until = len(said) if span.until is None else bisect_left(said, span.until, key=lambda s: s.start)
        before = [s for s in (*before, *said[begun:until]) if s.start >= span.begin or s.last > span.begin]
        yield span, before
        begun = until


def _reticence(a: Assertion, span: Span) -> int:
    """0 says when this span began or ended, 1 says when something began or ended, 2 says neither."""
    begins = a.precision is not Precision.SAID and to_micros(a.start) == span.begin
    ends = a.end is not None and to_micros(a.end) == span.until
    return 0 if begins or ends else 1 if a.precision is not Precision.SAID or a.end is not None else 2


def _confidence(sources: Iterable[Assertion]) -> float:
    """How sure several sources are together, each counted once with its surest word: 1 - the product of their doubts.

    Never above SUREST, and never below the surest single one.
    """
    surest: dict[str, float] = {}
    for a in sources:
        source = a.episode or a.operation
        surest[source] = max(a.confidence, surest.get(source, 0.0))
    together = 1 - prod(1 - sure for sure in surest.values())
    return round(max(min(together, SUREST), *surest.values()), EXACT)
