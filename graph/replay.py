"""The records of some belief keys as they would stand had only the remaining assertions ever been made: now and as known earlier. Pure.

What was recorded before the first of the erased assertions stays; from there on every operation is reconciled again at its instant.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from graph.belief import belief_key
from graph.counted import counted, is_idle, said_of
from graph.family import Family
from graph.model import Assertion, Fact, UpdatePolicy
from graph.ontology import Ontology
from graph.reconcile import Outcome, Told, episodes_of, new_uuid, reconcile
from graph.time import TICK
from graph.views import Beliefs


@dataclass(frozen=True, slots=True)
class Rules:
    ontology: Ontology
    policy: UpdatePolicy
    family: Family = field(default_factory=Family)
    fresh: Callable[[], str] = new_uuid

    def key(self, item: Assertion | Fact) -> str:
        return belief_key(self.ontology.relation(item.relation), item.subject, item.object, self.policy)

    def keys(self, a: Assertion) -> list[str]:
        """All keys under which it ever counted, and those that counted together with it."""
        relation = self.ontology.relation(a.relation)
        subjects, objects = (self.family.relatives(end) for end in said_of(a))
        return [belief_key(relation, subject, object_, self.policy) for subject in subjects for object_ in objects]

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
        self._told = {a.uuid: a for a in told if a.withdrawn_at != a.recorded_at}
        before = (_as_before(record, self._told, since) for record in records if record.created_at < since)
        self._records = {record.uuid: record for record in before}

    def run(self) -> list[Fact]:
        told = self._told.values()
        instants = {at for a in told for at in (a.recorded_at, a.withdrawn_at) if at is not None}
        ends = {end for a in told for end in said_of(a)}
        turns = {end: self._rules.family.turns(end) for end in ends}
        for at in sorted(at for at in {*instants, *(at for of_one in turns.values() for at in of_one)} if at >= self._since):
            self._operate(at, {end: of_one[at] for end, of_one in turns.items() if at in of_one})
        return list(self._records.values())

    def _operate(self, at: datetime, moved: Mapping[str, str]) -> None:
        """What was recorded at an instant, where some entities came to be one with others."""
        added = [self._rules.counted(a, at) for a in self._told.values() if a.recorded_at == at]
        before = [a for a in self._told.values() if a.recorded_at < at and (a.withdrawn_at is None or a.withdrawn_at >= at)]
        living = [self._rules.counted(a, at) for a in before]
        withdrawn = [a for a in living if a.withdrawn_at == at]
        recounted = [a for a in before if not moved.keys().isdisjoint(said_of(a))]
        touched = (*added, *withdrawn, *(self._rules.counted(a, moment) for a in recounted for moment in (at - TICK, at)))
        keys = {self._rules.key(a) for a in touched}
        if not keys:
            return
        first = (*added, *withdrawn, *recounted)[0]
        told = Told(
            group=first.group,
            operation=first.operation,
            at=at,
            actor=first.actor,
            added=[a for a in added if not is_idle(a)],
            withdrawn=[a.uuid for a in withdrawn],
            moved=moved,
            recounted=frozenset(a.uuid for a in recounted),
        )
        standing = [record for record in self._records.values() if record.retracted_at is None]
        facts = [f for f in standing if not {self._rules.key(f), self._rules.key(told.counted(f))}.isdisjoint(keys)]
        beliefs = Beliefs(tuple(a for a in living if self._rules.key(a) in keys and not is_idle(a)), tuple(facts))
        self._take(reconcile(told, beliefs, self._rules.ontology, self._rules.policy, self._rules.fresh), at)

    def _take(self, outcome: Outcome, at: datetime) -> None:
        records = self._records
        for fact in outcome.facts:
            records[fact.uuid] = fact
        for closing in outcome.closings:
            end = {"invalid_at": closing.invalid_at, "invalid_at_precision": closing.precision, "expired_at": at}
            records[closing.fact] = replace(records[closing.fact], **end)  # type: ignore[arg-type]
        for gone in outcome.retractions:
            records[gone.fact] = replace(records[gone.fact], retracted_at=at, replaced_by=gone.replaced_by)
        for uuid, assertion in outcome.supports:
            records[uuid] = _resting_on(records[uuid], (*records[uuid].assertions, assertion), self._told)


def _as_before(record: Fact, told: Mapping[str, Assertion], since: datetime) -> Fact:
    """The record as it stood just before an instant."""
    known = tuple(uuid for uuid in record.assertions if uuid in told and told[uuid].recorded_at < since)
    before = _resting_on(record, known, told)
    if before.retracted_at is not None and before.retracted_at >= since:
        before = replace(before, retracted_at=None, replaced_by=None)
    if before.expired_at is not None and before.expired_at >= since:
        before = replace(before, invalid_at=None, invalid_at_precision=None, expired_at=None)
    return before


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
