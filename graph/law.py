"""The law of time over plain numbers: what was said of one key is laid on a line, and the line says what holds when.

Said later wins, and in the same breath the later beginning. Where nothing is vouched for, what was last known persists;
what has ended does not come back by itself. `graph.belief` applies it to assertions.
"""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, zip_longest

TICK = 1
"""The smallest step of time: a microsecond."""

Value = tuple[str, str]
"""What competing sayings differ in: the two ends in order of their uuids. (Of an exclusive key one end is always the same.)"""

Rank = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class Said:
    """One assertion, or one end of it, on the line; all times are microseconds.

    `start`: when it began, or, if that was not said, when it was said; `period`: the start is known only to lie before
    that. `seen`: the last instant the words vouch for. `end`: a said end, never together with `seen`. `holds` False: from
    `start` on it no longer holds. `until` is drawn from `end`: what was bounded cuts out no more than its own span.
    `rank` decides between contrary ones; `last` is the last instant vouched for.
    """

    origin: str
    value: Value
    start: int
    said: int
    seen: int | None = None
    end: int | None = None
    holds: bool = True
    sure: float = 1.0
    period: int | None = None
    until: int | None = None
    rank: Rank = field(init=False)
    last: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rank", (self.said, self.start, self.sure))
        object.__setattr__(self, "last", self.start if self.seen is None else self.seen)


@dataclass(frozen=True, slots=True)
class Span:
    """`value` holds from `begin` until just before `until`; None is until further notice."""

    value: Value
    begin: int
    until: int | None

    def holds_within(self, at: int) -> bool:
        """Whether it holds at `at`, and did before."""
        return self.begin < at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class Line:
    """What counts of what was said, and the spans it amounts to in order of time; they overlap only in an undecidable tie."""

    said: tuple[Said, ...]
    spans: tuple[Span, ...]


def laid(told: Iterable[Said]) -> Line:
    """The line of one key. The order of `told` makes no difference."""
    counting = _cut(_endings_that_count(_spelt_out(_placed(told))))
    return Line(tuple(counting), tuple(_spans(counting)))


def _contrary(a: Said, b: Said) -> bool:
    return a.value == b.value if a.holds != b.holds else a.holds and a.value != b.value


def _placed(told: Iterable[Said]) -> list[Said]:
    """A start known as a period is its first instant, unless something contrary said earlier is vouched for within the
    period: then it is the last one that the words leave."""
    out: list[Said] = []
    for a in sorted(told, key=lambda a: a.rank):
        crossed = a.period is not None and any(_crosses(b, a) for b in out)
        out.append(replace(a, start=_latest_start(a)) if crossed else a)
    return out


def _crosses(b: Said, a: Said) -> bool:
    vouched = max(b.last, b.start if b.end is None else b.end)
    return b.said < a.said and b.start < _began_before(a) and vouched >= a.start and _contrary(a, b)


def _began_before(a: Said) -> int:
    """It began in its period, and before it ended."""
    return min(at for at in (a.period, a.end) if at is not None)


def _latest_start(a: Said) -> int:
    """The period's end, its own saying, or what it is vouched for until, whichever is earliest; its first instant where these
    lie before it, or where it had ended by then."""
    latest = max(a.start, min(at for at in (a.period, a.said, a.seen) if at is not None))
    return a.start if a.end is not None and a.end <= latest else latest


def _spelt_out(said: Sequence[Said]) -> list[Said]:
    """A said end becomes a beginning vouched for until then, and an ending. "No longer" vouches until it was said, or until
    just before the value begins anew."""
    both = [part for a in said for part in _parts(a)]
    starts = _beginnings(both)
    return [a if a.holds or a.seen is not None else replace(a, seen=_denied_until(a, starts[a.value])) for a in both]


def _parts(a: Said) -> tuple[Said, ...]:
    if a.end is None:
        return (a,)
    return replace(a, seen=a.end, end=None, until=a.end), replace(a, start=a.end, seen=a.end, end=None, holds=False)


def _denied_until(a: Said, starts: Sequence[int]) -> int:
    said = max(a.start, a.said)
    anew = bisect_right(starts, a.start)
    return said if anew == len(starts) else min(said, starts[anew] - TICK)


def _beginnings(said: Iterable[Said]) -> Mapping[Value, list[int]]:
    starts: defaultdict[Value, list[int]] = defaultdict(list)
    for a in said:
        if a.holds:
            starts[a.value].append(a.start)
    for of_value in starts.values():
        of_value.sort()
    return starts


def _endings_that_count(said: Sequence[Said]) -> list[Said]:
    """Of several endings of one stretch the last said counts; a new beginning of the same value parts stretches, and voids an
    ending of the same instant."""
    starts = _beginnings(said)
    last: dict[tuple[Value, int], Rank] = {}
    for a in said:
        if not a.holds:
            stretch = a.value, bisect_left(starts[a.value], a.start)
            last[stretch] = max(a.rank, last.get(stretch, a.rank))

    def counts(a: Said) -> bool:
        begun = bisect_left(starts[a.value], a.start)
        return last[a.value, begun] == a.rank and starts[a.value][begun : begun + 1] != [a.start]

    return [a for a in said if a.holds or counts(a)]


def _cut(said: Sequence[Said]) -> list[Said]:
    """A contrary saying that outranks another and begins within the span the other vouches for cuts that span there; at its
    very start it voids it. One with a said end cuts out no more than its own span."""
    in_order = sorted(said, key=lambda a: a.start)
    starts = [a.start for a in in_order]
    out: list[Said] = []
    for a in said:
        within = in_order[bisect_left(starts, a.start) : bisect_right(starts, max(a.start, a.last))]
        at = next((b.start for b in within if _cuts(b, a)), None)
        if at is None:
            out.append(a)
        elif at > a.start:
            out.append(replace(a, seen=at))
    return out


def _cuts(b: Said, a: Said) -> bool:
    begins_within = a.start < b.start or b.holds
    spans_it = b.until is None or b.until >= a.last
    return b.rank > a.rank and begins_within and spans_it and _contrary(a, b)


def _spans(said: Sequence[Said]) -> list[Span]:
    """Neighbouring spans of one value are one span."""
    running: dict[Value, Span] = {}
    done: list[Span] = []
    for begin, until, values in _segments(said):
        for value in values:
            before = running.pop(value, None)
            if before is not None and before.until != begin:
                done.append(before)
                before = None
            running[value] = Span(value, before.begin if before else begin, until)
    return sorted([*done, *running.values()], key=lambda s: (s.begin, s.until is None, s.until or 0, s.value))


def _segments(said: Sequence[Said]) -> Iterator[tuple[int, int | None, frozenset[Value]]]:
    """Begin, end and what holds in between, for each piece of the line within which nothing begins or ceases to be vouched for."""
    by_rank = sorted(said, key=lambda a: a.rank, reverse=True)
    past = sorted(said, key=lambda a: (a.last, a.rank))
    lasts = [a.last for a in past]
    begun: defaultdict[int, list[int]] = defaultdict(list)
    ceased: defaultdict[int, list[int]] = defaultdict(list)
    for place, a in enumerate(by_rank):
        if a.start < a.last:
            begun[a.start].append(place)
            ceased[a.last].append(place)
    times = sorted({at for a in said for at in (a.start, a.last)})
    firm: list[int] = []
    for begin, until in zip_longest(times, times[1:]):
        for place in ceased[begin]:
            firm.remove(place)
        for place in begun[begin]:
            insort(firm, place)
        known = past[: bisect_right(lasts, begin)]
        yield begin, until, _holding([by_rank[place] for place in firm], known)


def _holding(firm: Sequence[Said], past: Sequence[Said]) -> frozenset[Value]:
    """What holds: by the highest rank of those vouched for, `firm` in descending order; else what was vouched for last, `past`
    in ascending order. Several values only in a tie; where what was known last has ended, nothing older comes back, only what
    begins at the very instant at which it ended."""
    denied: dict[Value, set[int]] = {}
    for _, group in groupby(firm, key=lambda a: a.rank):
        found = _found(list(group), denied)
        if found:
            return found
    ended: int | None = None
    for (last, _), group in groupby(reversed(past), key=lambda a: (a.last, a.rank)):
        if ended not in (None, last):
            break
        level = [a for a in group if ended is None or not a.holds or a.start == ended]
        found = _found(level, denied)
        if found:
            return found
        if any(a.holds and last in denied[a.value] for a in level):
            ended = last
        elif ended is None and any(a.holds for a in level):
            break
    return frozenset()


def _found(group: Sequence[Said], denied: dict[Value, set[int]]) -> frozenset[Value]:
    """The values of a group that are not denied; its own denials are added to `denied`, each with since when."""
    for a in group:
        if not a.holds:
            denied.setdefault(a.value, set()).add(a.start)
    return frozenset(a.value for a in group if a.holds and a.value not in denied)
