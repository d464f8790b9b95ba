"""The law of time over plain numbers: what was said of one key is laid on a line, and the line says what holds when.

Said later wins, and in the same breath the later beginning. Where nothing is vouched for, what was last known persists;
what has ended does not come back by itself. `graph.belief` applies it to assertions.
"""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, zip_longest

from graph.places import Places

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


def _placed(told: Iterable[Said]) -> list[Said]:
    """A start known as a period is its first instant, unless something contrary said earlier is vouched for within the
    period: then it is the last one that the words leave."""
    out: list[Said] = []
    before = _Vouched()
    for _, at_once in groupby(sorted(told, key=lambda a: a.rank), key=lambda a: a.said):
        placed = [replace(a, start=_latest_start(a)) if a.period is not None and before.crosses(a) else a for a in at_once]
        for a in placed:
            before.add(a)
        out += placed
    return out


class _Spells:
    """Spans of time, counted by how many reach into a period: those begun before its end, without those over before its start."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._lasts: list[int] = []

    def add(self, a: Said) -> None:
        insort(self._starts, a.start)
        insort(self._lasts, a.last if a.end is None else a.end - TICK)

    def within(self, begin: int, end: int) -> int:
        return bisect_left(self._starts, end) - bisect_left(self._lasts, begin)


class _Vouched:
    """What was said so far, and whether any of it is contrary to what is said next and vouched for while that may have begun."""

    def __init__(self) -> None:
        self._all = _Spells()
        self._held: defaultdict[Value, _Spells] = defaultdict(_Spells)
        self._denied: defaultdict[Value, _Spells] = defaultdict(_Spells)

    def add(self, a: Said) -> None:
        (self._held if a.holds else self._denied)[a.value].add(a)
        if a.holds:
            self._all.add(a)

    def crosses(self, a: Said) -> bool:
        period = a.start, _began_before(a)
        own = self._held[a.value].within(*period)
        others = self._all.within(*period) - own
        return others + self._denied[a.value].within(*period) > 0 if a.holds else own > 0


def _began_before(a: Said) -> int:
    """It began in its period, and before it ended."""
    return min(at for at in (a.period, a.end) if at is not None)


def _latest_start(a: Said) -> int:
    """The period's last instant, its own saying, or what it is vouched for until, whichever is earliest; its first instant where these
    lie before it, or where it had ended by then."""
    last = None if a.period is None else a.period - TICK
    latest = max(a.start, min(at for at in (last, a.said, a.seen) if at is not None))
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
    in_order = sorted(range(len(said)), key=lambda n: said[n].start)
    outranking = _Beginnings([said[n] for n in in_order])
    place = {n: at for at, n in enumerate(in_order)}
    cut_at: dict[int, int | None] = {}
    for _, at_once in groupby(sorted(place, key=lambda n: said[n].rank, reverse=True), key=lambda n: said[n].rank):
        equals = list(at_once)
        cut_at |= {n: outranking.first_against(said[n]) for n in equals}
        for n in equals:
            outranking.add(place[n])
    return [a if at is None else replace(a, seen=at) for n, a in enumerate(said) if (at := cut_at[n]) is None or at > a.start]


class _Beginnings:
    """Sayings of one line, given in order of their starts, of which those added so far count."""

    def __init__(self, in_order: Sequence[Said]) -> None:
        self._said = in_order
        self._starts = [a.start for a in in_order]
        self._holding: Places[Value] = Places(len(in_order))
        self._of: defaultdict[tuple[Value, bool], list[int]] = defaultdict(list)

    def add(self, place: int) -> None:
        a = self._said[place]
        insort(self._of[a.value, a.holds], place)
        if a.holds:
            self._holding.put(place, a.value)

    def first_against(self, a: Said) -> int | None:
        """Where the first one begins that cuts `a` short."""
        begin, end = bisect_left(self._starts, a.start), bisect_right(self._starts, max(a.start, a.last))
        after = bisect_right(self._starts, a.start)
        found = [self._first_of(a, True, begin, end)] if not a.holds else [self._first_of(a, False, after, end), self._other(a, begin, end)]
        return min((self._starts[place] for place in found if place is not None), default=None)

    def _first_of(self, a: Said, holds: bool, begin: int, end: int) -> int | None:
        places = self._of[a.value, holds]
        within = places[bisect_left(places, begin) : bisect_left(places, end)]
        return next((place for place in within if _spans_it(self._said[place], a)), None)

    def _other(self, a: Said, begin: int, end: int) -> int | None:
        place = self._holding.next_other(a.value, begin)
        while place is not None and place < end and not _spans_it(self._said[place], a):
            place = self._holding.next_other(a.value, place + 1)
        return place if place is not None and place < end else None


def _spans_it(b: Said, a: Said) -> bool:
    return b.until is None or b.until >= a.last


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
            del firm[bisect_left(firm, place)]
        for place in begun[begin]:
            insort(firm, place)
        known = bisect_right(lasts, begin)
        yield begin, until, _holding((by_rank[place] for place in firm), (past[n] for n in range(known - 1, -1, -1)))


def _holding(firm: Iterable[Said], past: Iterable[Said]) -> frozenset[Value]:
    """What holds: by the highest rank of those vouched for, else what was vouched for last; both come in descending order.

    Several values only in a tie. Where what was known last has ended, nothing older comes back, only what begins at the very
    instant at which it ended.
    """
    denied: dict[Value, set[int]] = {}
    for _, group in groupby(firm, key=lambda a: a.rank):
        found = _found(list(group), denied)
        if found:
            return found
    ended: int | None = None
    for (last, _), group in groupby(past, key=lambda a: (a.last, a.rank)):
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
