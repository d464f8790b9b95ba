"""From what is said to what is recorded: the difference between what should be believed and the records that stand. Pure."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar
from uuid import uuid4

from graph.belief import Stretch, belief_key, believed
from graph.delta import Closing, Retraction
from graph.model import Assertion, Change, ChangeKind, Fact, Review, ReviewKind, UpdatePolicy
from graph.ontology import Ontology
from graph.pairs import Pair, ends_of, has_ended, paired, same_span
from graph.reasons import ends, holds, is_closed_by_other_words, when
from graph.time import Precision
from graph.views import Beliefs

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Note:
    """Why an assertion was added or withdrawn: the rule, and the reason in words."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Told:
    """What one operation adds, withdraws and reinstates, with a note by assertion uuid where there is one.

    `moved` says of entities whom they are one with from now on, `recounted` which assertions count for others than before: `beliefs`
    has these as they count now, and facts as they were recorded. `asked` are contradictions that are asked about already or again, each
    with the records that it names.
    """

    group: str
    operation: str
    at: datetime
    actor: str
    added: Sequence[Assertion] = ()
    withdrawn: Sequence[str] = ()
    notes: Mapping[str, Note] = field(default_factory=dict)
    reinstated: Sequence[Assertion] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    recounted: Collection[str] = ()
    asked: Sequence[tuple[Review, Sequence[Fact]]] = ()

    def counted(self, fact: Fact) -> Fact:
        """The record as if it had been drawn of those that its ends are one with from now on."""
        ends = tuple(self.moved.get(end, end) for end in (fact.subject, fact.object))
        return fact if ends == (fact.subject, fact.object) else replace(fact, subject=ends[0], object=ends[1])


@dataclass(frozen=True, slots=True)
class Outcome:
    """The parts of a Delta that follow from what was told; each part is named as there."""

    facts: tuple[Fact, ...] = ()
    closings: tuple[Closing, ...] = ()
    retractions: tuple[Retraction, ...] = ()
    supports: tuple[tuple[str, str], ...] = ()
    confidences: tuple[tuple[str, float], ...] = ()
    changes: tuple[Change, ...] = ()
    reviews: tuple[Review, ...] = ()


def new_uuid() -> str:
    return str(uuid4())


def episodes_of(assertions: Iterable[Assertion]) -> tuple[str, ...]:
    """The episodes that assertions were said in, each once, in their order."""
    return tuple(dict.fromkeys(a.episode for a in assertions if a.episode is not None))


def reconcile(told: Told, beliefs: Beliefs, ontology: Ontology, policy: UpdatePolicy, fresh: Callable[[], str] = new_uuid) -> Outcome:
    """Draws all keys of `told` and `beliefs` anew and says what must change in the records.

    `beliefs` holds all living assertions, those to be withdrawn included, and all unretracted facts of these keys. A record
    is written once and closed once; any other difference retracts it and writes a new one. At least one Change results.
    """

    def key(item: Assertion | Fact) -> str:
        return belief_key(ontology.relation(item.relation), item.subject, item.object, policy)

    records: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in map(told.counted, beliefs.facts):
        records[key(fact)].append(fact)
    living: defaultdict[str, dict[str, Assertion]] = defaultdict(dict)
    for assertion in (*told.added, *told.reinstated, *beliefs.assertions):
        living[key(assertion)][assertion.uuid] = assertion
    guests = {record.uuid for record in beliefs.facts if told.counted(record) is not record}
    draft = _Draft(told, {a.uuid: a for of_key in living.values() for a in of_key.values()}, guests, ontology, fresh)
    for at in dict.fromkeys((*living, *records)):
        stretches = believed([a for a in living[at].values() if a.uuid not in draft.withdrawn])
        draft.draw(at, records[at], stretches)
    return draft.outcome(beliefs.facts)


def _tied(items: Iterable[T], span: Callable[[T], tuple[datetime, datetime | None]]) -> list[list[T]]:
    """Items of one key whose spans overlap, together; what holds at no instant ties with nothing."""
    together: list[list[T]] = []
    until: datetime | None = None
    for item in sorted((i for i in items if span(i)[0] != span(i)[1]), key=lambda i: span(i)[0]):
        start, end = span(item)
        if together and (until is None or start < until):
            together[-1].append(item)
            until = None if until is None or end is None else max(until, end)
        else:
            together.append([item])
            until = end
    return [tied for tied in together if len(tied) > 1]


class _Draft:
    """Collects what changes, key by key."""

    def __init__(
        self, told: Told, assertions: Mapping[str, Assertion], guests: Collection[str], ontology: Ontology, fresh: Callable[[], str]
    ) -> None:
        self.withdrawn = frozenset(told.withdrawn)
        self._touched = self.withdrawn | frozenset(told.recounted)
        self._told = told
        self._assertions = assertions
        self._added = {a.uuid: a for a in told.added}
        self._reinstated = frozenset(a.uuid for a in told.reinstated)
        self._ontology = ontology
        self._fresh = fresh
        self._guests = guests
        self._facts: list[Fact] = []
        self._closings: list[Closing] = []
        self._retractions: list[Retraction] = []
        self._supports: list[tuple[str, str]] = []
        self._confidences: list[tuple[str, float]] = []
        self._changes: list[Change] = []
        self._reviews: list[Review] = []

    def draw(self, key: str, records: Sequence[Fact], stretches: Sequence[Stretch]) -> None:
        pairs, gone = paired(records, stretches, self._guests)
        for record in gone:
            self._retract(record)
        drawn = [(self._record(key, pair), pair.stretch) for pair in pairs]
        for uuid, pair in zip((uuid for uuid, _ in drawn), pairs, strict=True):
            for record in pair.absorbed:
                self._absorb(record, uuid)
        self._ask(records, drawn)

    def outcome(self, records: Sequence[Fact]) -> Outcome:
        if not self._changes:
            touched = self.withdrawn | self._added.keys()
            facts = tuple(f.uuid for f in records if not touched.isdisjoint(f.assertions))
            note = self._note(self._told.added, "unchanged", "it changes nothing that is believed")
            self._change(ChangeKind.FACT_REINFORCED, note, facts, next(iter(self._told.added), None))
        return Outcome(
            facts=tuple(self._facts),
            closings=tuple(self._closings),
            retractions=tuple(self._retractions),
            supports=tuple(self._supports),
            confidences=tuple(self._confidences),
            changes=tuple(self._changes),
            reviews=tuple(self._reviews),
        )

    def _record(self, key: str, pair: Pair) -> str:
        """The uuid of the record that stands for the stretch from now on."""
        record, stretch = pair.record, pair.stretch
        if record is None:
            return self._add(key, stretch)
        if record.key == key and record.uuid not in self._guests and self._says(record, stretch) and not self._lost(record, stretch):
            if same_span(record, stretch):
                return self._keep(record, stretch)
            if has_ended(record, stretch):
                return self._close(record, stretch)
        return self._rewrite(key, record, stretch)

    def _says(self, record: Fact, stretch: Stretch) -> bool:
        """Whether it says the same as the stretch, but for an end that it does not have yet."""
        lead, ends = stretch.lead, (record.invalid_at is None or record.invalid_at_precision is stretch.end_precision)
        same_words = (record.text, record.attributes, ends_of(record)) == (lead.text, lead.attributes, ends_of(stretch))
        return same_words and record.valid_at_precision is stretch.start_precision and ends

    def _lost(self, record: Fact, stretch: Stretch) -> set[str]:
        """What it rests on, and still lives, and stands behind something else now, if anything."""
        gone = set(record.assertions) - set(stretch.assertions) - self.withdrawn
        return gone & (self._assertions.keys() | set(self._told.recounted))

    def _keep(self, record: Fact, stretch: Stretch) -> str:
        more = self._support(record, stretch)
        if more:
            note = self._note(more, "reinforced", f"{self._label(record)} was said again")
            self._change(ChangeKind.FACT_REINFORCED, note, (record.uuid,), more[0])
        return record.uuid

    def _support(self, record: Fact, stretch: Stretch) -> list[Assertion]:
        """What stands behind it from now on, and how sure that makes it."""
        if record.confidence != stretch.confidence:
            self._confidences.append((record.uuid, stretch.confidence))
        more = [self._assertions[uuid] for uuid in stretch.assertions if uuid not in record.assertions]
        self._supports.extend((record.uuid, assertion.uuid) for assertion in more)
        return more

    def _close(self, record: Fact, stretch: Stretch) -> str:
        if stretch.end is not None:
            self._closings.append(Closing(record.uuid, stretch.end, stretch.end_precision or Precision.SAID))
        self._support(record, stretch)
        note, closing = self._closing(stretch)
        self._change(ChangeKind.FACT_ENDED, note, (record.uuid,), closing)
        return record.uuid

    def _closing(self, stretch: Stretch) -> tuple[Note, Assertion | None]:
        """By which rule and by whose words a stretch ended, and why."""
        label, at = self._label(stretch.lead), when(stretch.end, stretch.end_precision)
        closing = self._assertions[stretch.closed_by] if stretch.closed_by else None
        if closing is None or closing.uuid not in stretch.assertions:
            note = Note("superseded", f"{label} has one value at a time, and another began at {at}")
        elif not closing.holds and closing.precision is Precision.SAID:
            note = Note("denied", f"{label} was said at {at} no longer to hold")
        else:
            note = Note("ended", f"{label} {ends(closing, stretch)} at {at}")
        why = self._told.notes.get(closing.uuid) if closing else None
        return (Note(note.rule, f"{note.reason}: {why.reason}") if why and why.reason else note), closing

    def _rewrite(self, key: str, record: Fact, stretch: Stretch) -> str:
        new = self._write(key, stretch)
        self._retractions.append(Retraction(record.uuid, replaced_by=new))
        cause = self._cause(stretch)
        facts = (record.uuid, new)
        if has_ended(record, stretch):
            note, closing = self._closing(stretch)
            self._change(ChangeKind.FACT_ENDED, note, facts, closing)
        elif stretch.end is None and record.invalid_at is not None:
            reason = f"{self._label(record)} no longer ended at {when(record.invalid_at)}"
            self._change(ChangeKind.FACT_RESTORED, self._because("reopened", reason, record, cause), facts, cause)
        elif stretch.end is not None and stretch.end != record.invalid_at:
            closing = self._assertions.get(stretch.closed_by or "")
            cause = cause or (closing if closing is not None and closing.uuid in self._added else None)
            said = closing is not None and closing.uuid in stretch.assertions
            then = "" if said or closing is None else ", when another value began"
            ended = ends(closing, stretch) if said and closing is not None else "ended"
            reason = f"{self._label(record)} {ended} at {when(stretch.end, stretch.end_precision)}{then}"
            self._change(ChangeKind.FACT_ENDED, self._because("refined", reason, record, cause), facts, cause)
        elif moved := self._note_of(record.assertions, self._told.recounted):
            self._change(ChangeKind.FACT_ADDED, moved, facts, cause)
        else:
            known = f"is now known from {when(stretch.start, stretch.start_precision)} on"
            reason = f"{self._label(record)} {'is told in other words now' if same_span(record, stretch) else known}"
            self._change(ChangeKind.FACT_ADDED, self._because("refined", reason, record, cause), facts, cause)
        return new

    def _because(self, rule: str, reason: str, record: Fact, cause: Assertion | None) -> Note:
        uuids = [*([cause.uuid] if cause else []), *(uuid for uuid in record.assertions if uuid in self._touched)]
        why = next((self._told.notes[uuid].reason for uuid in uuids if uuid in self._told.notes), "")
        return Note(rule, f"{reason}: {why}" if why else reason)

    def _add(self, key: str, stretch: Stretch) -> str:
        new = self._write(key, stretch)
        cause = self._cause(stretch)
        reason = f"{self._label(stretch.lead)} {holds(stretch)}"
        if cause:
            self._change(ChangeKind.FACT_ADDED, self._note([cause], "asserted", reason), (new,), cause)
        elif moved := self._note_of(stretch.assertions, self._told.recounted):
            self._change(ChangeKind.FACT_ADDED, moved, (new,), None)
        else:
            self._change(ChangeKind.FACT_RESTORED, Note("reopened", reason), (new,), None)
        if cause and is_closed_by_other_words(stretch):
            note, closing = self._closing(stretch)
            self._change(ChangeKind.FACT_ENDED, note, (new,), closing)
        return new

    def _write(self, key: str, stretch: Stretch) -> str:
        fact = Fact(
            uuid=self._fresh(),
            group=self._told.group,
            key=key,
            subject=stretch.subject,
            relation=stretch.lead.relation,
            object=stretch.object,
            text=stretch.lead.text,
            valid_at=stretch.start,
            valid_at_precision=stretch.start_precision,
            created_at=self._told.at,
            invalid_at=stretch.end,
            invalid_at_precision=stretch.end_precision,
            confidence=stretch.confidence,
            assertions=stretch.assertions,
            episodes=episodes_of(self._assertions[uuid] for uuid in stretch.assertions),
            attributes=stretch.lead.attributes,
        )
        self._facts.append(fact)
        return fact.uuid

    def _retract(self, record: Fact) -> None:
        """Nothing of it is believed any more: its words were taken back, or something contrary holds from its very start."""
        self._retractions.append(Retraction(record.uuid))
        taken_back = [self._assertions[uuid] for uuid in record.assertions if uuid in self.withdrawn and uuid in self._assertions]
        label = self._label(record)
        if moved := self._note_of(record.assertions, self._told.recounted):
            note = moved
        elif taken_back:
            note = self._note(taken_back, "withdrawn", f"what {label} rested on was taken back")
        else:
            note = Note("superseded", f"{label} was said to be something else from {when(record.valid_at)} on")
        self._change(ChangeKind.FACT_RETRACTED, note, (record.uuid,), self._rival(record))

    def _rival(self, record: Fact) -> Assertion | None:
        """What was told in this operation of the same subject or object and relation."""
        told = (a for a in self._told.added if a.relation == record.relation)
        return next((a for a in told if a.subject == record.subject or a.object == record.object), None)

    def _absorb(self, record: Fact, by: str) -> None:
        self._retractions.append(Retraction(record.uuid, replaced_by=by))
        refined = Note("refined", f"{self._label(record)} is one with what holds around {when(record.valid_at)}")
        note = self._note_of(record.assertions, self._told.recounted) or refined
        self._change(ChangeKind.FACT_RETRACTED, note, (record.uuid, by), None)

    def _ask(self, records: Sequence[Fact], drawn: Sequence[tuple[str, Stretch]]) -> None:
        """Opens a Review for things that cannot both hold and that no rule decides between, unless they stood so before."""
        before = [frozenset(map(ends_of, tied)) for tied in _tied(records, lambda r: (r.valid_at, r.invalid_at))]
        for tied in _tied(drawn, lambda d: (d[1].start, d[1].end)):
            stretches = [stretch for _, stretch in tied]
            if any(known.issuperset(map(ends_of, stretches)) for known in before):
                continue
            facts = tuple(uuid for uuid, _ in tied)
            if (again := self._asked(stretches)) is not None:
                self._reviews.append(replace(again, facts=facts))
                continue
            reason = f"{self._label(stretches[0].lead)} has one value at a time, and {len(facts)} were said at once"
            self._reviews.append(Review(self._fresh(), self._told.group, ReviewKind.CONTRADICTION, reason, self._told.at, facts))
            self._change(ChangeKind.REVIEW_OPENED, Note("undecided", reason), facts, self._cause(*stretches))

    def _asked(self, stretches: Sequence[Stretch]) -> Review | None:
        """The question that these are in already."""
        tied = {(s.lead.relation, *sorted(ends_of(s))) for s in stretches}
        for review, facts in self._told.asked:
            if {(f.relation, *sorted(ends_of(f))) for f in map(self._told.counted, facts)} == tied:
                return review
        return None

    def _cause(self, *stretches: Stretch) -> Assertion | None:
        """What was told in this operation that stands behind the stretches."""
        return next((self._added[uuid] for stretch in stretches for uuid in stretch.assertions if uuid in self._added), None)

    def _note(self, assertions: Sequence[Assertion], rule: str, reason: str) -> Note:
        return next((self._told.notes[a.uuid] for a in assertions if a.uuid in self._told.notes), Note(rule, reason))

    def _note_of(self, uuids: Iterable[str], among: Collection[str]) -> Note | None:
        return next((self._told.notes[uuid] for uuid in uuids if uuid in among and uuid in self._told.notes), None)

    def _label(self, item: Assertion | Fact) -> str:
        return repr(self._ontology.relation(item.relation).label)

    def _change(self, kind: ChangeKind, note: Note, facts: tuple[str, ...], cause: Assertion | None) -> None:
        self._changes.append(
            Change(
                uuid=self._fresh(),
                group=self._told.group,
                operation=self._told.operation,
                kind=kind,
                at=self._told.at,
                actor=self._told.actor,
                rule=note.rule,
                reason=note.reason,
                episode=cause.episode if cause else None,
                facts=facts,
            )
        )
