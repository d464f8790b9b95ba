"""One operation from proposal to stored Delta: compute what should be believed, apply the difference, start over if the group moved on."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import uuid4

from graph.belief import belief_key
from graph.errors import StaleVersion
from graph.model import Assertion, Change, ChangeKind, Delta, Entity, Fact, Group, GroupSettings, Review, Vector, Vectors
from graph.parts import Parts
from graph.reconcile import Note, Outcome, Told, reconcile
from graph.time import TICK
from graph.views import Beliefs

ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class Moment:
    """What an operation stands on: the group as it is, the operation's id, its one instant, and who does it."""

    group: Group
    operation: str
    at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an operation adds and takes back. `dead` assertions are kept as said, but were corrected in the same breath."""

    added: Sequence[Assertion] = ()
    dead: Sequence[Assertion] = ()
    withdrawn: Sequence[Assertion] = ()
    entities: Sequence[Entity] = ()
    revised: Sequence[Entity] = ()
    mentions: Sequence[tuple[str, str]] = ()
    notes: Mapping[str, Note] = field(default_factory=dict)
    reviews: Sequence[Review] = ()
    episodes: Mapping[str, Vector] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Committed:
    """What an operation changed; `facts` are the records as believed after it, of the keys it touched."""

    changes: tuple[Change, ...]
    facts: tuple[Fact, ...]
    entities: tuple[Entity, ...]


Propose = Callable[[Moment], Awaitable[Proposal]]


async def commit(parts: Parts, group: str, actor: str, propose: Propose, lease: str | None = None) -> Committed:
    """Runs one operation. `propose` may be called again where another writer was faster; it must not write."""
    operation = str(uuid4())
    for attempt in range(ATTEMPTS):
        moment = await _moment(parts, group, operation, actor)
        proposal = await propose(moment)
        try:
            return await _attempt(parts, moment, proposal, lease)
        except StaleVersion:
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("unreachable")


async def _moment(parts: Parts, group: str, operation: str, actor: str) -> Moment:
    now = parts.clock()
    record = await parts.store.group(group) or await parts.store.configure(group, GroupSettings(), now)
    return Moment(record, operation, max(now, record.last_at + TICK), actor)


async def _attempt(parts: Parts, moment: Moment, proposal: Proposal, lease: str | None) -> Committed:
    if lease is None and not (proposal.added or proposal.withdrawn or proposal.revised):
        return Committed((), (), ())
    beliefs = await _beliefs(parts, moment, proposal)
    told = Told(
        group=moment.group.name,
        operation=moment.operation,
        at=moment.at,
        actor=moment.actor,
        added=proposal.added,
        withdrawn=[a.uuid for a in proposal.withdrawn],
        notes=proposal.notes,
    )
    silent = not (proposal.added or proposal.withdrawn)
    outcome = Outcome() if silent else reconcile(told, beliefs, parts.ontology, moment.group.settings.updates)
    delta = await _delta(parts, moment, proposal, outcome)
    changes = await parts.store.apply(delta, lease)
    return Committed(changes, _after(beliefs, outcome, moment), (*proposal.entities, *proposal.revised))


async def _beliefs(parts: Parts, moment: Moment, proposal: Proposal) -> Beliefs:
    policy = moment.group.settings.updates
    touched = (belief_key(parts.ontology.relation(a.relation), a.subject, a.object, policy) for a in (*proposal.added, *proposal.withdrawn))
    keys = list(dict.fromkeys(touched))
    return await parts.store.beliefs(moment.group.name, keys) if keys else Beliefs()


async def _delta(parts: Parts, moment: Moment, proposal: Proposal, outcome: Outcome) -> Delta:
    reviews = (*outcome.reviews, *proposal.reviews)
    return Delta(
        group=moment.group.name,
        version=moment.group.version,
        operation=moment.operation,
        at=moment.at,
        entities=proposal.entities,
        revised=proposal.revised,
        assertions=(*proposal.added, *(replace(a, withdrawn_at=moment.at, withdrawn_by=moment.operation) for a in proposal.dead)),
        withdrawn=[a.uuid for a in proposal.withdrawn],
        facts=outcome.facts,
        closings=outcome.closings,
        retractions=outcome.retractions,
        supports=outcome.supports,
        mentions=proposal.mentions,
        changes=(*_entity_changes(moment, proposal), *outcome.changes, *_questions(moment, proposal)),
        reviews=reviews,
        vectors=await _vectors(parts, proposal, outcome),
    )


async def _vectors(parts: Parts, proposal: Proposal, outcome: Outcome) -> Vectors:
    """Embeds each new text once, before the transaction."""
    named = (*proposal.entities, *proposal.revised)
    texts = [*(e.name for e in named), *(f.text for f in outcome.facts)]
    rows = await parts.embedder.embed(texts) if texts else ()
    return Vectors(
        entities=dict(zip((e.uuid for e in named), rows, strict=False)),
        facts=dict(zip((f.uuid for f in outcome.facts), rows[len(named) :], strict=True)),
        episodes=proposal.episodes,
    )


def _entity_changes(moment: Moment, proposal: Proposal) -> list[Change]:
    def change(kind: ChangeKind, entity: Entity, rule: str, reason: str) -> Change:
        return Change(
            uuid=str(uuid4()),
            group=moment.group.name,
            operation=moment.operation,
            kind=kind,
            at=moment.at,
            actor=moment.actor,
            rule=rule,
            reason=reason,
            entities=(entity.uuid,),
        )

    added = [change(ChangeKind.ENTITY_ADDED, e, "named", f"{e.name!r} was named for the first time") for e in proposal.entities]
    return added + [change(ChangeKind.ENTITY_RENAMED, e, "renamed", f"it is now known as {e.name!r}") for e in proposal.revised]


def _questions(moment: Moment, proposal: Proposal) -> list[Change]:
    """The log's entries for the reviews that casting opened; those of contradictions come with the outcome."""
    return [
        Change(
            uuid=str(uuid4()),
            group=moment.group.name,
            operation=moment.operation,
            kind=ChangeKind.REVIEW_OPENED,
            at=moment.at,
            actor=moment.actor,
            rule="unsure",
            reason=review.reason,
            entities=review.entities,
        )
        for review in proposal.reviews
    ]


def _after(beliefs: Beliefs, outcome: Outcome, moment: Moment) -> tuple[Fact, ...]:
    gone = {r.fact for r in outcome.retractions}
    more: dict[str, tuple[str, ...]] = {}
    for fact, assertion in outcome.supports:
        more[fact] = (*more.get(fact, ()), assertion)
    closed = {c.fact: c for c in outcome.closings}

    def as_now(fact: Fact) -> Fact:
        closing = closed.get(fact.uuid)
        fact = replace(fact, assertions=(*fact.assertions, *more.get(fact.uuid, ())))
        if closing is None:
            return fact
        return replace(fact, invalid_at=closing.invalid_at, invalid_at_precision=closing.precision, expired_at=moment.at)

    return (*(as_now(fact) for fact in beliefs.facts if fact.uuid not in gone), *outcome.facts)
