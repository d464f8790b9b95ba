"""The law of time once more, as plainly as it can be said and as slowly as it likes: what `graph.law` must agree with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

INF = float("inf")
TICK = 1


@dataclass(frozen=True)
class Word:
    """What one source said, in whole numbers of time. `name` tells it from others."""

    obj: str
    start: int
    said: int
    seen: int | None = None
    end: int | None = None
    holds: bool = True
    sure: float = 1.0
    period: int | None = None
    until: int | None = None
    name: int = 0

    def last(self) -> int:
        return self.start if self.seen is None else self.seen

    def rank(self) -> tuple[int, int, float]:
        return self.said, self.start, self.sure


class Held(NamedTuple):
    """`obj` holds from `start` until just before `end`."""

    obj: str
    start: int
    end: float


def against(one: Word, other: Word) -> bool:
    if one.holds and other.holds:
        return one.obj != other.obj
    return one.holds != other.holds and one.obj == other.obj


def place(words: Sequence[Word]) -> list[Word]:
    placed: list[Word] = []
    for word in sorted(words, key=Word.rank):
        if word.period is not None:
            before = min(word.period, INF if word.end is None else word.end)
            for other in placed:
                reaches = other.last() if other.end is None else other.end - TICK
                if against(word, other) and other.said < word.said and other.start < before and reaches >= word.start:
                    word = replace(word, start=latest(word))
                    break
        placed.append(word)
    return placed


def latest(word: Word) -> int:
    """The last instant at which it may have begun: in its period, by its saying, and while it is vouched for."""
    assert word.period is not None
    at = min(word.period - TICK, word.said) if word.seen is None else min(word.period - TICK, word.said, word.seen)
    return at if at > word.start and (word.end is None or at < word.end) else word.start


def spell(words: Sequence[Word]) -> list[Word]:
    spelt: list[Word] = []
    for word in words:
        if word.end is None:
            spelt.append(word)
        else:
            spelt.append(replace(word, seen=word.end, end=None, until=word.end))
            spelt.append(replace(word, start=word.end, seen=word.end, end=None, holds=False))
    return [denied(word, spelt) for word in spelt]


def denied(word: Word, spelt: Sequence[Word]) -> Word:
    if word.holds or word.seen is not None:
        return word
    anew = [other.start - TICK for other in spelt if other.holds and other.obj == word.obj and other.start > word.start]
    return replace(word, seen=min([max(word.start, word.said), *anew]))


def parted(one: Word, other: Word, words: Sequence[Word]) -> bool:
    low, high = min(one.start, other.start), max(one.start, other.start)
    return any(word.holds and word.obj == one.obj and low <= word.start < high for word in words)


def drop_endings(words: Sequence[Word]) -> list[Word]:
    kept = []
    for word in words:
        void = any(p.holds and p.obj == word.obj and p.start == word.start for p in words)
        later = any(not o.holds and o.obj == word.obj and o.rank() > word.rank() and not parted(word, o, words) for o in words)
        if word.holds or not (void or later):
            kept.append(word)
    return kept


def cut(words: Sequence[Word]) -> list[Word]:
    kept = []
    for word in words:
        cuts = []
        for other in words:
            inside = word.start < other.start <= word.last() or (word.start == other.start and other.holds)
            whole = other.until is None or other.until >= word.last()
            if against(word, other) and other.rank() > word.rank() and inside and whole:
                cuts.append(other.start)
        if not cuts:
            kept.append(word)
        elif min(cuts) > word.start:
            kept.append(replace(word, seen=min(cuts)))
    return kept


def holding(words: Sequence[Word], after: int, before: float) -> set[str]:
    """What holds strictly between two instants between which nothing changes."""
    firm = [w for w in words if w.start <= after and w.last() >= before]
    gone: list[Word] = []
    for rank in sorted({w.rank() for w in firm}, reverse=True):
        level = [w for w in firm if w.rank() == rank]
        gone += [w for w in level if not w.holds]
        if found := left(level, gone):
            return found
    past = [w for w in words if w.last() <= after]
    for mark in sorted({(w.last(), w.rank()) for w in past}, reverse=True):
        level = [w for w in past if (w.last(), w.rank()) == mark]
        gone += [w for w in level if not w.holds]
        if found := left(level, gone):
            return found
        if any(w.holds for w in level):
            ends_there = any(w.holds and g.obj == w.obj and g.start == mark[0] for w in level for g in gone)
            return following(mark[0], past, gone) if ends_there else set()
    return set()


def left(level: Sequence[Word], gone: Sequence[Word]) -> set[str]:
    return {w.obj for w in level if w.holds} - {w.obj for w in gone}


def following(end: int, past: Sequence[Word], gone: Sequence[Word]) -> set[str]:
    """What was known last ended there: nothing older comes back, only what begins at that very instant."""
    denials = [w for w in past if not w.holds and w.last() == end]
    begun = [w for w in past if w.holds and w.start == w.last() == end]
    begun = [w for w in begun if left([w], [*gone, *(d for d in denials if d.rank() >= w.rank())])]
    highest = max((w.rank() for w in begun), default=None)
    return {w.obj for w in begun if w.rank() == highest}


def counting(words: Sequence[Word]) -> list[Word]:
    """What counts of what was said, each over the span that it vouches for."""
    return cut(drop_endings(spell(place(words))))


def held(words: Sequence[Word]) -> list[Held]:
    """What is believed, in order of time."""
    return sorted(joined(counting(words)), key=lambda h: (h.start, h.end, h.obj))


def joined(words: Sequence[Word]) -> Iterator[Held]:
    times = sorted({t for word in words for t in (word.start, word.last())})
    pieces = [
        (obj, begin, end) for begin, end in zip(times, [*times[1:], INF][: len(times)], strict=True) for obj in holding(words, begin, end)
    ]
    for obj in {piece[0] for piece in pieces}:
        own = sorted((begin, end) for of, begin, end in pieces if of == obj)
        start, until = own[0]
        for begin, end in own[1:]:
            if begin != until:
                yield Held(obj, start, until)
                start = begin
            until = end
        yield Held(obj, start, until)
