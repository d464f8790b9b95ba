"""A store in a list: it applies what `reconcile` says, and can be read as of any instant it was known at."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count

from graph.belief import believed
from graph.model import Assertion, Change, ChangeKind, Fact, Lapse, Review, UpdatePolicy
from graph.ontology import load_ontology
from graph.reconcile import Note, Outcome, Told, reconcile
from graph.views import Beliefs
from tests.graph.told import day

ONTOLOGY = load_ontology()
Shown = tuple[str, str, datetime, datetime | None]


def numbered(prefix: str) -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"{prefix}{next(numbers)}"


@dataclass
class Records:
    """One belief key's group; operation n is recorded on day 1000 + n."""

    policy: UpdatePolicy = UpdatePolicy.ONTOLOGY
    assertions: dict[str, Assertion] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    operations: int = 0
    fresh: Callable[[], str] = field(default_factory=lambda: numbered("r"))

    @property
    def now(self) -> datetime:
        return day(1000 + self.operations)

    def tell(
        self, *added: Assertion, withdrawn: Iterable[str] = (), notes: Mapping[str, Note] | None = None, reinstated: Iterable[str] = ()
    ) -> Outcome:
        self.operations += 1
        added = tuple(replace(a, recorded_at=self.now) for a in added)
        back = [self.assertions[uuid] for uuid in reinstated]
        told = Told("g", f"op{self.operations}", self.now, "ada", added, list(withdrawn), notes or {}, back)
        outcome = reconcile(told, self.beliefs(), ONTOLOGY, self.policy, self.fresh)
        self._apply(told, outcome)
        return outcome

    def beliefs(self) -> Beliefs:
        return Beliefs(tuple(self.living(self.now)), tuple(f for f in self.facts.values() if f.retracted_at is None))

    def living(self, known: datetime) -> list[Assertion]:
        told = (a for a in self.assertions.values() if a.recorded_at <= known)
        return [a for a in told if a.withdrawn_as_known(known) is None]

    def shown(self, known: datetime | None = None) -> list[Shown]:
        """What the records say was believed at `known`."""
        at = known or self.now
        facts = (f for f in self.facts.values() if f.believed_at(at))
        return _in_order((f.subject, f.object, f.valid_at, f.end_as_known(at)) for f in facts)

    def believed(self, known: datetime | None = None) -> list[Shown]:
        """What the law says of the assertions that lived at `known`."""
        stretches = believed(self.living(known or self.now))
        return _in_order((s.subject, s.object, s.start, s.end) for s in stretches)

    def in_full(self, known: datetime) -> list[tuple[object, ...]]:
        """As `shown`, with all that a record says: words, precision, how sure it is."""
        facts = sorted((f for f in self.facts.values() if f.believed_at(known)), key=lambda f: (f.valid_at, f.subject, f.object))
        ends = {f.uuid: f.end_as_known(known) for f in facts}
        return [
            (
                f.subject,
                f.object,
                f.valid_at,
                f.valid_at_precision,
                ends[f.uuid],
                f.invalid_at_precision if ends[f.uuid] else None,
                f.text,
                dict(f.attributes),
                f.confidence_as_known(known),
            )
            for f in facts
        ]

    def believed_in_full(self, known: datetime) -> list[tuple[object, ...]]:
        stretches = sorted(believed(self.living(known)), key=lambda s: (s.start, s.subject, s.object))
        return [
            (s.subject, s.object, s.start, s.start_precision, s.end, s.end_precision, s.lead.text, dict(s.lead.attributes), s.confidence)
            for s in stretches
        ]

    def fact(self, **values: object) -> Fact:
        """The one unretracted record with these values."""
        found = [f for f in self.beliefs().facts if all(getattr(f, name) == value for name, value in values.items())]
        assert len(found) == 1, found
        return found[0]

    def kinds(self) -> list[ChangeKind]:
        """Of the last operation."""
        return [change.kind for change in self.last()]

    def last(self) -> Sequence[Change]:
        return [change for change in self.changes if change.operation == f"op{self.operations}"]

    def _apply(self, told: Told, outcome: Outcome) -> None:
        for assertion in told.added:
            self.assertions[assertion.uuid] = assertion
        for uuid in told.withdrawn:
            self.assertions[uuid] = replace(self.assertions[uuid], withdrawn_at=told.at, withdrawn_by=told.operation)
        for a in told.reinstated:
            lapse = Lapse(a.withdrawn_by or "", a.withdrawn_at or told.at, told.at)
            self.assertions[a.uuid] = replace(a, withdrawn_at=None, withdrawn_by=None, lapses=(*a.lapses, lapse))
        for retraction in outcome.retractions:
            assert self.facts[retraction.fact].retracted_at is None
            self._revise(retraction.fact, retracted_at=told.at, replaced_by=retraction.replaced_by)
        for closing in outcome.closings:
            assert self.facts[closing.fact].invalid_at is None
            self._revise(closing.fact, invalid_at=closing.invalid_at, invalid_at_precision=closing.precision, expired_at=told.at)
        for fact, assertion_uuid in outcome.supports:
            self._revise(fact, assertions=(*self.facts[fact].assertions, assertion_uuid))
        for fact, confidence in outcome.confidences:
            self.facts[fact] = self.facts[fact].weighed(confidence, told.at)
        self.facts |= {fact.uuid: fact for fact in outcome.facts}
        self.changes.extend(outcome.changes)
        self.reviews.extend(outcome.reviews)

    def _revise(self, uuid: str, **values: object) -> None:
        self.facts[uuid] = replace(self.facts[uuid], **values)  # type: ignore[arg-type]


def _in_order(shown: Iterable[Shown]) -> list[Shown]:
    return sorted(shown, key=lambda s: (s[2], s[3] is None, s[3] or s[2], s[0], s[1]))
