"""What a person's word about a fact amounts to: the assertions that ending or correcting it adds and takes back. Pure.

An ending belongs to the last beginning of its value before it. Words that stand behind another fact too are not lost to it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from graph.belief import Stretch, believed
from graph.errors import BadInput, Conflict
from graph.model import Assertion, Fact
from graph.reconcile import new_uuid
from graph.time import Precision


@dataclass(frozen=True, slots=True)
class Saying:
    """Who says so and when, in which operation; `fresh` makes uuids."""

    operation: str
    actor: str
    at: datetime
    fresh: Callable[[], str] = new_uuid


@dataclass(frozen=True, slots=True)
class Amendment:
    added: tuple[Assertion, ...] = ()
    withdrawn: tuple[Assertion, ...] = ()

    def applied(self, living: Iterable[Assertion]) -> list[Assertion]:
        """The assertions that live after it."""
        gone = {a.uuid for a in self.withdrawn}
        return [*(a for a in living if a.uuid not in gone), *self.added]


@dataclass(frozen=True, slots=True)
class Span:
    """When what takes a corrected fact's place was so, unless it says itself; the end only where one was told."""

    start: datetime
    precision: Precision
    end: datetime | None = None
    end_precision: Precision | None = None


def ended(fact: Fact, at: datetime, precision: Precision, living: Sequence[Assertion], saying: Saying) -> Amendment:
    """Says of `fact` that it ended at `at`. `living`: all living assertions of its belief key.

    Raises BadInput unless `at` is after its start; Conflict where it is believed no more, or would not end then because of
    something else.
    """
    if at <= fact.valid_at:
        raise BadInput(
            f"it cannot have ended at {at.isoformat()}, since it began at {fact.valid_at.isoformat()}",
            hint="Give a later time; or correct the fact, if it was never so.",
            field="at",
        )
    piece = _piece(fact, living)
    withdrawn = list(piece.endings)
    added: list[Assertion] = []
    open_ended = False
    for a in piece.holding:
        told_end = a.end is not None and (a.end > at or a.end == piece.stretch.end)
        elsewhere = [other for other in piece.others_of(a) if other.start > piece.stretch.start]
        if a.start >= at or told_end or elsewhere:
            withdrawn.append(a)
            added += [_only_for(other, a, saying) for other in elsewhere]
            added += [_until(at, precision, a, saying)] if a.start < at else []
        open_ended |= a.start < at and not told_end
    if open_ended:
        added.append(_denial(piece.stretch.lead, at, precision, None, saying))
    amendment = Amendment(tuple(added), tuple(withdrawn))
    _check_ended(piece, at, amendment, living)
    return amendment


def corrected(fact: Fact, living: Sequence[Assertion], saying: Saying) -> Amendment:
    """Says of `fact` that it was never so: what it rests on is taken back, with the endings told of it.

    `living`: all living assertions of its belief key. Where another fact rests on the same words, they stay and are denied
    over this fact's span; where such a denial would reach further, they are said again for the other facts alone.
    Raises Conflict where it is believed no more.
    """
    piece = _piece(fact, living)
    shared = [a for a in piece.holding if piece.others_of(a)]
    withdrawn = (*(a for a in piece.holding if a not in shared), *piece.endings)
    if not shared:
        return Amendment(withdrawn=withdrawn)
    stretch = piece.stretch
    denied = Amendment((_denial(stretch.lead, stretch.start, stretch.start_precision, stretch.end, saying),), withdrawn)
    if _is_gone(piece, believed(denied.applied(living))):
        return denied
    again = tuple(_only_for(other, a, saying) for a in shared for other in piece.others_of(a))
    return Amendment(again, (*withdrawn, *shared))


def span_of(fact: Fact, living: Sequence[Assertion]) -> Span:
    """What `fact` hands on to the one that takes its place."""
    stretch = _piece(fact, living).stretch
    if stretch.start_precision is Precision.BEFORE:
        return Span(stretch.start, stretch.start_precision, end_precision=stretch.end_precision)
    if stretch.closed_by not in stretch.assertions:
        return Span(stretch.start, stretch.start_precision)
    return Span(stretch.start, stretch.start_precision, stretch.end, stretch.end_precision)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A fact as the law draws it: what holds it up, the endings told of it, and the other stretches of its key."""

    stretch: Stretch
    others: tuple[Stretch, ...]
    holding: tuple[Assertion, ...]
    endings: tuple[Assertion, ...]

    def others_of(self, a: Assertion) -> list[Stretch]:
        return [other for other in self.others if a.uuid in other.assertions]


def _piece(fact: Fact, living: Sequence[Assertion]) -> _Piece:
    stretches = believed(living)
    own = [s for s in stretches if _value(s) == _value(fact) and (s.start, s.end) == (fact.valid_at, fact.invalid_at)]
    if not own:
        raise Conflict(f"the fact {fact.text!r} is believed no more", hint="Ask for it again: another record may have taken its place.")
    stretch = own[0]
    holding = tuple(a for a in living if a.holds and a.uuid in stretch.assertions)
    others = tuple(s for s in stretches if s is not stretch)
    elsewhere = {uuid for other in others for uuid in other.assertions}
    endings = tuple(a for a in living if not a.holds and _ends_it(a, stretch, living) and a.uuid not in elsewhere)
    return _Piece(stretch, others, holding, endings)


def _ends_it(a: Assertion, stretch: Stretch, living: Sequence[Assertion]) -> bool:
    """Whether an ending was told of this stretch: it stands behind it, or its value last began with words behind it."""
    if a.uuid in stretch.assertions:
        return True
    begun = [b for b in living if b.holds and _value(b) == _value(a) and b.start <= a.start]
    last = max((b.start for b in begun), default=None)
    return a.start > stretch.start and any(b.start == last and b.uuid in stretch.assertions for b in begun)


def _value(item: Assertion | Fact | Stretch) -> frozenset[str]:
    return frozenset((item.subject, item.object))


def _is_gone(piece: _Piece, after: Sequence[Stretch]) -> bool:
    """Whether its value no longer holds within the stretch, and still does wherever else it did."""
    own = [s for s in after if _value(s) == _value(piece.stretch)]
    others = [s for s in piece.others if _value(s) == _value(piece.stretch)]
    return not any(_overlap(s, piece.stretch) for s in own) and all(any(_covers(s, other) for s in own) for other in others)


def _overlap(one: Stretch, other: Stretch) -> bool:
    return (other.end is None or one.start < other.end) and (one.end is None or other.start < one.end)


def _covers(one: Stretch, other: Stretch) -> bool:
    return one.start <= other.start and (one.end is None or (other.end is not None and other.end <= one.end))


def _check_ended(piece: _Piece, at: datetime, amendment: Amendment, living: Sequence[Assertion]) -> None:
    """Raises Conflict unless it ends at `at` and whatever else held still does, naming what is in the way."""
    told = amendment.applied(living)
    after = believed(told)
    own = [s for s in after if _value(s) == _value(piece.stretch)]
    lost = [other for other in piece.others if not any(_value(s) == _value(other) and _covers(s, other) for s in after)]
    here = next((s for s in own if s.start == piece.stretch.start), None)
    if here is not None and here.end == at and not lost:
        return
    closing = next((a for a in told if here is not None and a.uuid == here.closed_by), None)
    in_the_way = lost[0].lead if lost else closing or piece.stretch.lead
    raise Conflict(
        f"it would not end at {at.isoformat()}, because of what else was said: {in_the_way.text!r} from {in_the_way.start.isoformat()} on",
        hint="End or correct that first.",
        field="at",
    )


def _until(at: datetime, precision: Precision, a: Assertion, saying: Saying) -> Assertion:
    """The same words, holding up to `at`: a said end is moved there, and nothing is vouched for beyond."""
    if a.end is not None:
        return _again(a, saying, end=at, end_precision=precision)
    return _again(a, saying, seen=None if a.seen is None else min(a.seen, at))


def _only_for(stretch: Stretch, a: Assertion, saying: Saying) -> Assertion:
    """The same words, vouching for one stretch only."""
    begins_here = stretch.start <= a.start
    start = a.start if begins_here else stretch.start
    within, precision = (a.within, a.precision) if begins_here else (None, stretch.start_precision)
    if a.end is not None and a.end == stretch.end:
        return _again(a, saying, start=start, within=within, precision=precision)
    vouched = max(start, a.end or a.seen or a.start)
    seen = vouched if stretch.end is None else min(vouched, stretch.end)
    return _again(a, saying, start=start, within=within, precision=precision, seen=seen, end=None, end_precision=None)


def _again(a: Assertion, saying: Saying, **changed: object) -> Assertion:
    """Words said before, recorded anew: by whom and when they were said stays."""
    new = {"uuid": saying.fresh(), "operation": saying.operation, "recorded_at": saying.at, "external_id": None}
    return replace(a, **new, **changed)  # type: ignore[arg-type]


def _denial(lead: Assertion, start: datetime, precision: Precision, seen: datetime | None, saying: Saying) -> Assertion:
    """From `start` on it no longer holds: until `seen`, else until this was said."""
    return Assertion(
        uuid=saying.fresh(),
        group=lead.group,
        subject=lead.subject,
        relation=lead.relation,
        object=lead.object,
        start=start,
        precision=precision,
        said=saying.at,
        recorded_at=saying.at,
        operation=saying.operation,
        text=lead.text,
        actor=saying.actor,
        seen=seen,
        holds=False,
    )
