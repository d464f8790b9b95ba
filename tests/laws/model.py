"""The law with nothing beside it: all that was said and when it was recorded, and what follows, worked out anew for each question."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from tests.graph.oracle import INF, Held, Word, counting, joined
from tests.laws.relations import competes_as, turned
from tests.laws.times import TICK, words


@dataclass(frozen=True)
class Claim:
    """What one source said of a triple; `formerly`: it was so before it was said, and is over; `dated`: its start is the end told.

    `of`: the subject and object that it was said of, where these are one with others now. `told_in`: the message, if any; `words`:
    what tells it from what else is said in one.
    """

    name: int
    subject: str
    relation: str
    object: str
    start: int
    said: int
    within: int | None = None
    seen: int | None = None
    end: int | None = None
    holds: bool = True
    sure: float = 1.0
    formerly: bool = False
    dated: bool = False
    of: tuple[str, str] | None = None
    told_in: str | None = None
    words: str = ""

    def counted(self, one_with: Mapping[str, str], latest: bool) -> "Claim":
        """For whom it counts: those that the ones it was said of are one with."""
        told = self.of or (self.subject, self.object)
        ends = [one_with.get(name, name) for name in told]
        subject, _, object_ = turned(ends[0], self.relation, ends[1], latest)
        return replace(self, subject=subject, object=object_, of=None if (subject, object_) == told else told)

    def is_idle(self) -> bool:
        """What two were said to be to each other says nothing while they are one."""
        return self.subject == self.object

    @property
    def value(self) -> str:
        return " & ".join(sorted((self.subject, self.object)))

    def may_have_ended(self) -> tuple[int, int]:
        """The first and the last instant of the end that was told; where none was, when it was said."""
        return self.start, max(self.start, min(self.start if self.within is None else self.within - TICK, self.said))

    @property
    def ends(self) -> tuple[str, str]:
        """Of whom it was said."""
        return self.of or (self.subject, self.object)

    def is_like(self) -> tuple[Any, ...]:
        """What tells it from others, whatever it is called."""
        return sorted(self.ends), self.relation, self.start, self.said, self.holds

    def word(self) -> Word:
        return Word(self.value, self.start, self.said, self.seen, self.end, self.holds, self.sure, self.within, name=self.name)


class Belief(NamedTuple):
    """A triple that is believed over a span; `end` None: until further notice. At no instant where it ends where it begins."""

    subject: str
    relation: str
    object: str
    start: int
    end: int | None

    def holds_at(self, valid: int) -> bool:
        return self.start <= valid and (self.end is None or valid < self.end)

    def overlaps(self, other: "Belief") -> bool:
        return (self.end is None or other.start < self.end) and (other.end is None or self.start < other.end)

    def status(self, valid: int) -> str:
        return "FUTURE" if valid < self.start else "HOLDS" if self.holds_at(valid) else "ENDED"

    def __str__(self) -> str:
        return f"{self.subject} {self.relation} {self.object} from {words(self.start)} until {words(self.end)}"


@dataclass(frozen=True)
class Drawn:
    """A belief, one of the claims of its value, and the names of those behind it: they vouch for it, tell when it ended, or only
    that it is over; `is_dated`: at an end that was told."""

    belief: Belief
    like: Claim
    vouching: frozenset[int]
    ending: frozenset[int]
    over: frozenset[int]
    is_dated: bool = False

    @property
    def value(self) -> str:
        return self.like.value

    @property
    def behind(self) -> frozenset[int]:
        return self.vouching | self.ending | self.over

    def is_of(self, belief: Belief) -> bool:
        """Whether both say the same of some instant."""
        return sorted(self.belief[:3]) == sorted(belief[:3]) and self.belief.overlaps(belief)

    def is_over(self) -> bool:
        """It was so once, and when is not known."""
        return self.belief.start == self.belief.end


@dataclass(frozen=True)
class Operation:
    """What was done at one instant: claims added and taken back, entities (each with the one that it is one with from now on),
    whether `updates` was LATEST and is from now on, or only what no belief follows from (`beside`). `undoes` an earlier one, by its
    place among all."""

    at: int
    added: tuple[Claim, ...] = ()
    withdrawn: tuple[int, ...] = ()
    merged: tuple[tuple[str, str], ...] = ()
    latest: tuple[bool, bool] | None = None
    undoes: int | None = None
    beside: bool = False

    def is_logged(self) -> bool:
        return bool(self.added or self.withdrawn or self.merged or self.latest or self.beside) or self.undoes is not None


@dataclass
class Model:
    """One group. `latest`: every relation has one value at a time, to begin with.

    `left`: what is there since something was forgotten, each claim with the spans over which it lived; `gone`: the entities that are
    forgotten, with which nobody ever was one.
    """

    latest: bool = False
    operations: list[Operation] = field(default_factory=list)
    left: Sequence[tuple[Claim, Sequence[tuple[int, int | None]]]] | None = None
    gone: frozenset[str] = frozenset()

    def is_latest(self, known: float = INF) -> bool:
        set_ = [operation.latest[1] for operation in self.operations if operation.latest and operation.at <= known]
        return set_[-1] if set_ else self.latest

    def alive(self, known: float = INF) -> list[Operation]:
        """An operation lives unless a living one undoes it."""
        undone: set[int] = set()
        living = []
        for place, operation in reversed(list(enumerate(self.operations))):
            if operation.at <= known and place not in undone:
                living.append(operation)
                undone |= {operation.undoes} if operation.undoes is not None else set()
        return living

    def is_undone(self, place: int) -> bool:
        return any(operation.undoes == place for operation in self.alive())

    def one_with(self, known: float = INF) -> dict[str, str]:
        """Of each merged entity the one that it is one with, which is never merged itself."""
        found: dict[str, str] = {}
        for operation in reversed(self.alive(known)):
            for other, kept in operation.merged:
                into = found.get(kept, kept)
                if into != other:
                    found |= {name: into for name, of in found.items() if of == other} | {other: into}
        return {name: into for name, into in found.items() if self.gone.isdisjoint((name, into))}

    def living(self, known: float = INF) -> list[Claim]:
        """A claim lives if the operation that made it lives, and no living one takes it back."""
        one_with = self.one_with(known)
        counted = [claim.counted(one_with, self.is_latest(known)) for claim in self._told(known)]
        return [claim for claim in counted if not claim.is_idle()]

    def _told(self, known: float) -> list[Claim]:
        if self.left is not None:
            return [claim for claim, lives in self.left if any(b <= known and (e is None or known < e) for b, e in lives)]
        operations = self.alive(known)
        gone = {name for operation in operations for name in operation.withdrawn}
        return [claim for operation in operations for claim in operation.added if claim.name not in gone]

    def left_without(self, gone: Sequence[Claim]) -> list[Claim]:
        """All that was ever told but what is `gone`, and but endings of the same, which may go with it."""
        names, values = {claim.name for claim in gone}, {(claim.relation, *sorted(claim.ends)) for claim in gone}
        told = [claim for operation in self.operations for claim in operation.added if claim.name not in names]
        return [c for c in told if c.holds or c.told_in or (c.relation, *sorted(c.ends)) not in values]

    def key(self, claim: Claim, known: float = INF) -> tuple[str, ...]:
        return competes_as(claim.subject, claim.relation, claim.object, self.is_latest(known))

    def under(self, key: tuple[str, ...]) -> list[Claim]:
        return [claim for claim in self.living() if self.key(claim) == key]

    def drawn(self, known: float = INF) -> list["Drawn"]:
        """All that is believed, in order of time."""
        by_key: defaultdict[tuple[str, ...], list[Claim]] = defaultdict(list)
        for claim in self.living(known):
            by_key[self.key(claim, known)].append(claim)
        return sorted((one for of_key in by_key.values() for one in drawn(of_key)), key=lambda one: in_order(one.belief))

    def believed(self, known: float = INF) -> list[Belief]:
        return [one.belief for one in self.drawn(known)]


def in_order(belief: Belief) -> tuple[object, ...]:
    return belief.start, INF if belief.end is None else belief.end, belief[:3]


def drawn(claims: Sequence[Claim]) -> list[Drawn]:
    """What the claims of one key amount to."""
    formers = sorted((c for c in claims if c.formerly), key=lambda c: (c.word().rank(), c.name))
    heard = [c.word() for c in claims if not c.formerly]
    idle: list[Claim] = []
    for former in formers:
        within = [h for h in spans(heard) if h.obj == former.value and any(h.start < at < h.end for at in former.may_have_ended())]
        if within:
            heard.append(former.word())
        else:
            idle.append(former)
    of_value = {claim.value: claim for claim in claims}
    count, line = counting(heard), spans(heard)
    last = {former.name: _last_before(former, line) for former in idle}
    out = [_drawn(of_value[h.obj], h, count, frozenset(name for name, of in last.items() if of == h)) for h in line]
    unknown = [former for former in idle if last[former.name] is None]
    return out + [_once_so([f for f in unknown if f.value == value]) for value in {f.value for f in unknown}]


def spans(heard: Sequence[Word]) -> list[Held]:
    return list(joined(counting(heard)))


def _last_before(former: Claim, line: Sequence[Held]) -> Held | None:
    return max((h for h in line if h.obj == former.value and h.start <= former.start), key=lambda h: h.start, default=None)


def _drawn(like: Claim, held: Held, count: Sequence[Word], over: frozenset[int]) -> Drawn:
    end = None if held.end == INF else int(held.end)
    of_value = [w for w in count if w.obj == held.obj]
    vouching = {w.name for w in of_value if w.holds and w.start < held.end and (w.start >= held.start or w.last() > held.start)}
    denying = [w for w in of_value if not w.holds and end is not None]
    there = [w.name for w in denying if w.start == held.end]
    before = [w.name for w in denying if held.start < w.start < held.end <= w.last()]
    belief = Belief(like.subject, like.relation, like.object, held.start, end)
    return Drawn(belief, like, frozenset(vouching), frozenset(there or before), over)


def _once_so(formers: Sequence[Claim]) -> Drawn:
    first = min(formers, key=lambda c: (c.start, c.name))
    if dated := [c for c in formers if c.dated]:
        first = max(dated, key=lambda c: (c.word().rank(), c.name))
    belief = Belief(first.subject, first.relation, first.object, first.start, first.start)
    return Drawn(belief, first, frozenset(), frozenset(), frozenset(c.name for c in formers), bool(dated))
