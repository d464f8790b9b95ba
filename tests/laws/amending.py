"""What a person's word about a belief adds and takes back, as DECISIONS 8 and 10 say it. None: it is refused."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from tests.laws.model import Belief, Claim, Drawn, drawn
from tests.laws.relations import RULES, Rule

Fresh = Callable[[], int]


@dataclass(frozen=True)
class Amended:
    added: tuple[Claim, ...] = ()
    withdrawn: tuple[int, ...] = ()

    def of(self, claims: Iterable[Claim]) -> list[Claim]:
        return [*(c for c in claims if c.name not in self.withdrawn), *self.added]


@dataclass(frozen=True)
class Case:
    """A belief, the other ones of its key, and all that was said under it."""

    own: Drawn
    others: tuple[Drawn, ...]
    claims: tuple[Claim, ...]

    def holding(self) -> list[Claim]:
        return [c for c in self.claims if c.holds and c.name in self.own.behind]

    def elsewhere(self, claim: Claim) -> list[Drawn]:
        return [other for other in self.others if claim.name in other.behind]

    def endings(self) -> list[int]:
        """An ending belongs to the last beginning of its value before it."""
        return [c.name for c in self.claims if not c.holds and not self.elsewhere(c) and (c.name in self.own.behind or self._ends(c))]

    def _ends(self, ending: Claim) -> bool:
        begun = [c for c in self.claims if c.holds and c.value == ending.value and c.start <= ending.start]
        last = max((c.start for c in begun), default=None)
        return ending.start > self.own.belief.start and any(c.start == last and c.name in self.own.behind for c in begun)


def case(own: Drawn, claims: Sequence[Claim]) -> Case:
    return Case(own, tuple(one for one in drawn(claims) if one.belief != own.belief), tuple(claims))


def ended(about: Case, at: int, now: int, fresh: Fresh) -> Amended | None:
    own = about.own.belief
    if at <= own.start:
        return None
    added: list[Claim] = []
    withdrawn = about.endings()
    goes_on = False
    for claim in about.holding():
        told_end = claim.end is not None and (claim.end > at or claim.end == own.end)
        later = [other for other in about.elsewhere(claim) if other.belief.start > own.start]
        if claim.start >= at or told_end or later:
            withdrawn.append(claim.name)
            added += [for_one(other, claim, fresh) for other in later]
            added += [until(at, claim, fresh)] if claim.start < at else []
        goes_on = goes_on or (claim.start < at and not told_end)
    added += [denial(about, at, None, now, fresh)] if goes_on else []
    amended = Amended(tuple(added), tuple(withdrawn))
    after = drawn(amended.of(about.claims))
    here = [one for one in after if one.value == about.own.value and one.belief.start == own.start]
    kept = all(any(covers(one, other) for one in after) for other in about.others)
    return amended if here and here[0].belief.end == at and kept else None


def corrected(about: Case, now: int, fresh: Fresh) -> Amended:
    shared = [c for c in about.holding() if about.elsewhere(c)]
    withdrawn = (*(c.name for c in about.holding() if c not in shared), *about.endings())
    if not shared:
        return Amended((), withdrawn)
    denied = Amended((denial(about, about.own.belief.start, about.own.belief.end, now, fresh),), withdrawn)
    after = [one for one in drawn(denied.of(about.claims)) if one.value == about.own.value]
    others = [other for other in about.others if other.value == about.own.value]
    gone = not any(one.is_of(about.own.belief) for one in after)
    if gone and all(any(covers(one, other) for one in after) for other in others):
        return denied
    again = [for_one(other, claim, fresh) for claim in shared for other in about.elsewhere(claim)]
    return Amended(tuple(again), (*withdrawn, *(c.name for c in shared)))


def freed(amended: Amended, living: Sequence[Claim]) -> Amended:
    """What takes back that someone quit takes back, too, that they work there no more."""
    again = {(_breath(claim), claim.relation, claim.value) for claim in amended.added if claim.holds}
    gone = [c for c in living if c.name in amended.withdrawn and c.holds and (_breath(c), c.relation, c.value) not in again]
    ended = {(_breath(c), relation, c.value) for c in gone for relation in RULES.get(c.relation, Rule()).ends}
    told = [c.name for c in living if not c.holds and (_breath(c), c.relation, c.value) in ended]
    return replace(amended, withdrawn=(*amended.withdrawn, *told))


def _breath(claim: Claim) -> tuple[object, ...]:
    return claim.told_in, claim.words, claim.said, claim.start


def none_of(wrong: Sequence[Belief], claims: Sequence[Claim], now: int, fresh: Fresh) -> Amended:
    """None of these beliefs of one key was ever so."""
    both = Amended()
    for belief in wrong:
        told = both.of(claims)
        same = sorted(
            (one for one in drawn(told) if one.is_of(belief)), key=lambda one: (one.belief.start != belief.start, one.belief.start)
        )
        if same:
            one = corrected(case(same[0], told), now, fresh)
            added = (*(claim for claim in both.added if claim.name not in one.withdrawn), *one.added)
            both = Amended(added, (*both.withdrawn, *one.withdrawn))
    return both


def end_as_told(about: Case) -> int | None:
    """The end of a belief where words behind it tell of it; a successor's beginning is not one."""
    return about.own.belief.end if about.own.ending else None


def until(at: int, claim: Claim, fresh: Fresh) -> Claim:
    if claim.end is not None:
        return replace(claim, name=fresh(), end=at)
    return replace(claim, name=fresh(), seen=None if claim.seen is None else min(claim.seen, at))


def for_one(one: Drawn, claim: Claim, fresh: Fresh) -> Claim:
    """The same words, vouching for one belief only."""
    start, end = one.belief.start, one.belief.end
    again = replace(claim, name=fresh()) if start <= claim.start else replace(claim, name=fresh(), start=start, within=None)
    if claim.end is not None and claim.end == end:
        return again
    vouched = max(at for at in (again.start, claim.start, claim.end, claim.seen) if at is not None)
    return replace(again, end=None, seen=vouched if end is None else min(vouched, end))


def denial(about: Case, start: int, seen: int | None, now: int, fresh: Fresh) -> Claim:
    like = about.own.like
    return Claim(fresh(), like.subject, like.relation, like.object, start, now, seen=seen, holds=False)


def covers(one: Drawn, other: Drawn) -> bool:
    a, b = one.belief, other.belief
    return one.value == other.value and a.start <= b.start and (a.end is None or (b.end is not None and b.end <= a.end))
