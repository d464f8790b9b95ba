"""The records of some belief keys as they would stand had only the remaining assertions ever been made: now and as known earlier. Pure.

What was recorded before the first of the erased assertions stays; from there on every operation is reconciled again at its instant.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from graph.belief import belief_key, turned_round
from graph.counted import counted, is_idle, said_of
from graph.family import Family
from graph.model import Assertion, Fact, Operation, UpdatePolicy
from graph.ontology import Ontology
from graph.reconcile import Outcome, Told, episodes_of, new_uuid, reconcile
from graph.time import TICK
from graph.views import Beliefs


@dataclass(frozen=True, slots=True)
class Policies:
    """Which policy a group had when: the `first`, then those that it turned to, in order."""

    first: UpdatePolicy
    turns: Mapping[datetime, UpdatePolicy] = field(default_factory=dict)

    def at(self, known: datetime) -> UpdatePolicy:
        return next((self.turns[at] for at in reversed(list(self.turns)) if at <= known), self.first)

    def ever(self) -> list[UpdatePolicy]:
        return list(dict.fromkeys((self.first, *self.turns.values())))


def policies_of(operations: Sequence[Operation], present: UpdatePolicy) -> Policies:
    """`operations` are all that set the policy, in order; where none is known of, the present one counts for all that was before."""
    turns = [(o.at, *o.updates) for o in operations if o.updates is not None and o.updates[0] is not o.updates[1]]
    return Policies(turns[0][1] if turns else present, {at: after for at, _, after in turns})


@dataclass(frozen=True, slots=True)
class Rules:
    ontology: Ontology
    policies: Policies
    family: Family = field(default_factory=Family)
    fresh: Callable[[], str] = new_uuid

    def key(self, item: Assertion | Fact, known: datetime) -> str:
        return belief_key(self.ontology.relation(item.relation), item.subject, item.object, self.policies.at(known))

    def keys(self, a: Assertion) -> list[str]:
        """All keys under which it ever counted, and those that counted together with it."""
        relation = self.ontology.relation(a.relation)
        subjects, objects = (self.family.relatives(end) for end in said_of(a))
        every = itertools.product(self.policies.ever(), subjects, objects)
        found = [belief_key(relation, subject, object_, policy) for policy, subject, object_ in every]
        return [*found, *(other for key in found if relation.symmetric and (other := turned_round(key)))]

    def counted(self, a: Assertion, known: datetime) -> Assertion:
        """The assertion as it counted at an instant."""
        return counted(a, {end: self.family.at(end, known) for end in said_of(a)})


def replayed(history: Beliefs, remaining: Sequence[Assertion], since: datetime | None, rules: Rules) -> tuple[Fact, ...]:
    """All records of `history` (all that was ever said and recorded under some keys) as the `remaining` assertions have them.

    `since` is when the first of what is erased was recorded; None where nothing is. A record keeps its uuid where it takes the place of
    one of the same triple, made at the same instant.
    """
    if since is None:
        return history.facts
    return tuple(_matched(history.facts, _Replay(remaining, history.facts, since, rules).run()))


class _Replay:
    """The operations from an instant on, one after the other."""

    def __init__(self, told: Sequence[Assertion], records: Sequence[Fact], since: datetime, rules: Rules) -> None:
        self._rules = rules
        self._since = since
        self._told = {a.uuid: a for a in told if a.lives()}
        self._lives = {uuid: a.lives() for uuid, a in self._told.items()}
        before = (_as_before(record, self._told, since) for record in records if record.created_at < since)
        self._records = {record.uuid: record for record in before}

    def run(self) -> list[Fact]:
        told = self._told.values()
        instants = {at for lives in self._lives.values() for life in lives for at in life if at is not None}
        ends = {end for a in told for end in said_of(a)}
        turns = {end: self._rules.family.turns(end) for end in ends}
        instants |= {at for of_one in turns.values() for at in of_one} | (self._rules.policies.turns.keys() if told else set())
        for at in sorted(at for at in instants if at >= self._since):
            self._operate(at, {end: of_one[at] for end, of_one in turns.items() if at in of_one})
        return list(self._records.values())

    def _operate(self, at: datetime, moved: Mapping[str, str]) -> None:
        """What was recorded at an instant, where some entities came to be one with others, or the policy was set."""
        before = [
            a for a in self._told.values() if any(since < at and (until is None or until >= at) for since, until in self._lives[a.uuid])
        ]
        living = [self._rules.counted(a, at) for a in before]
        recounted = [a for a in before if not moved.keys().isdisjoint(said_of(a))]
        told = self._told_at(at, living, moved, recounted)
        standing = [record for record in self._records.values() if record.retracted_at is None]
        gone = frozenset(told.withdrawn)
        touched: list[Assertion | Fact] = [*told.added, *told.reinstated, *(a for a in living if a.uuid in gone)]
        touched += [self._rules.counted(a, moment) for a in recounted for moment in (at - TICK, at)]
        touched += [*living, *standing] if at in self._rules.policies.turns else []
        keys = {self._rules.key(item, at) for item in touched}
        if not keys:
            return
        facts = [f for f in standing if not {self._rules.key(f, at), self._rules.key(told.counted(f), at)}.isdisjoint(keys)]
        beliefs = Beliefs(tuple(a for a in living if self._rules.key(a, at) in keys and not is_idle(a)), tuple(facts))
        self._take(reconcile(told, beliefs, self._rules.ontology, self._rules.policies.at(at), self._rules.fresh), at)

    def _told_at(self, at: datetime, living: Sequence[Assertion], moved: Mapping[str, str], recounted: Sequence[Assertion]) -> Told:
        begun = [self._rules.counted(a, at) for a in self._told.values() if any(since == at for since, _ in self._lives[a.uuid])]
        first = next(iter(self._told.values()))  # the log, for which it is, is not written again
        return Told(
            group=first.group,
            operation=first.operation,
            at=at,
            actor=first.actor,
            added=[a for a in begun if a.recorded_at == at and not is_idle(a)],
            withdrawn=[a.uuid for a in living if any(until == at for _, until in self._lives[a.uuid])],
            reinstated=[a for a in begun if a.recorded_at != at and not is_idle(a)],
            moved=moved,
            recounted=frozenset(a.uuid for a in recounted),
        )

    def _take(self, outcome: Outcome, at: datetime) -> None:
        records = self._records
        for fact in outcome.facts:
            records[fact.uuid] = fact
        for closing in outcome.closings:
            end = {"invalid_at": closing.invalid_at, "invalid_at_precision": closing.precision, "expired_at": at}
            records[closing.fact] = replace(records[closing.fact], **end)  # type: ignore[arg-type]
        for gone in outcome.retractions:
            records[gone.fact] = replace(records[gone.fact], retracted_at=at, replaced_by=gone.replaced_by)
        for uuid, confidence in outcome.confidences:
            records[uuid] = records[uuid].weighed(confidence, at)
        for uuid, assertion in outcome.supports:
            records[uuid] = _resting_on(records[uuid], (*records[uuid].assertions, assertion), self._told)


def _as_before(record: Fact, told: Mapping[str, Assertion], since: datetime) -> Fact:
    """The record as it stood just before an instant."""
    known = tuple(uuid for uuid in record.assertions if uuid in told and _lived(told[uuid], record.created_at, since))
    before = _as_sure_before(_resting_on(record, known, told), since)
    if before.retracted_at is not None and before.retracted_at >= since:
        before = replace(before, retracted_at=None, replaced_by=None)
    if before.expired_at is not None and before.expired_at >= since:
        before = replace(before, invalid_at=None, invalid_at_precision=None, expired_at=None)
    return before


def _as_sure_before(record: Fact, since: datetime) -> Fact:
    earlier = tuple(c for c in record.confidences if c.until < since)
    then = record.confidences[len(earlier) :][:1]
    return replace(record, confidence=then[0].value, confidences=earlier) if then else record


def _lived(a: Assertion, since: datetime, until: datetime) -> bool:
    """Whether it did at some time from one instant to just before another."""
    return any(begun < until and (over is None or over > since) for begun, over in a.lives())


def _resting_on(record: Fact, assertions: Sequence[str], told: Mapping[str, Assertion]) -> Fact:
    return replace(record, assertions=tuple(assertions), episodes=episodes_of(told[uuid] for uuid in assertions))


def _matched(old: Sequence[Fact], new: Sequence[Fact]) -> list[Fact]:
    """The new records under the uuids of the old ones that they take the place of: of the same triple, made at the same instant."""
    known = {record.uuid for record in old}
    left = [record for record in old if record.uuid not in {one.uuid for one in new}]
    names: dict[str, str] = {}
    for fits in (_same_beginning, _same_making):
        for record in new:
            taken = next((o for o in left if record.uuid not in names and record.uuid not in known and fits(o, record)), None)
            if taken is not None:
                left.remove(taken)
                names[record.uuid] = taken.uuid
    return [_renamed(record, names) for record in new]


def _renamed(record: Fact, names: Mapping[str, str]) -> Fact:
    replaced_by = names.get(record.replaced_by, record.replaced_by) if record.replaced_by is not None else None
    return replace(record, uuid=names.get(record.uuid, record.uuid), replaced_by=replaced_by)


def _same_making(one: Fact, other: Fact) -> bool:
    made = one.created_at == other.created_at and one.relation == other.relation
    return made and {one.subject, one.object} == {other.subject, other.object}


def _same_beginning(one: Fact, other: Fact) -> bool:
    return _same_making(one, other) and one.valid_at == other.valid_at
