"""One operation from proposal to stored Delta: compute what should be believed, apply the difference, start over if the group moved on."""

import asyncio
import itertools
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from random import uniform
from time import monotonic
from typing import TypeVar
from uuid import uuid4

from graph.counted import counted, is_idle
from graph.delta import Delta, Vectors
from graph.embedding import embedded
from graph.errors import Conflict, SetUpOtherwise, StaleVersion
from graph.model import Assertion, Change, ChangeKind, Entity, Fact, Group, GroupSettings, Review, Vector
from graph.ontology import Ontology
from graph.parts import Parts, Turns
from graph.reconcile import Note, Outcome, Told, episodes_of, reconcile
from graph.space import require_space, space_of
from graph.standing import Standing
from graph.stores.base import Asking, Footing
from graph.time import TICK
from graph.views import Beliefs

T = TypeVar("T")

FIRST_PAUSE, LONGEST_PAUSE = 0.01, 0.25
"""Seconds within which an operation is tried again; doubled each time."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What an operation stands on: the group as it is, with what was asked of it; the operation's id, its one instant, who does it."""

    group: Group
    operation: str
    at: datetime
    actor: str
    footing: Footing
    standing: Standing


@dataclass(frozen=True, slots=True)
class Because:
    """What all changes of an operation have in common: the rule, the reason in words, and the change that they undo."""

    rule: str
    reason: str
    undoes: Change | None = None

    def of(self, change: Change) -> Change:
        return replace(
            change, rule=self.rule, reason=f"{change.reason}: {self.reason}", undoes=self.undoes.uuid if self.undoes else change.undoes
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an operation adds and takes back. `dead` assertions are kept as said, but were corrected in the same breath.

    `kinds` says of a revised entity what the change is called, where it is not renamed. With `whole`, all that stands in the
    group is drawn anew, under its new `settings` if there are any.

    `moved` says of entities whom they are one with from now on (themselves, where they are apart again): what was said of them is
    drawn anew, for the reason `move`.
    """

    added: Sequence[Assertion] = ()
    dead: Sequence[Assertion] = ()
    withdrawn: Sequence[Assertion] = ()
    entities: Sequence[Entity] = ()
    revised: Sequence[Entity] = ()
    mentions: Sequence[tuple[str, str]] = ()
    notes: Mapping[str, Note] = field(default_factory=dict)
    reviews: Sequence[Review] = ()
    episodes: Mapping[str, Vector] = field(default_factory=dict)
    reinstated: Sequence[Assertion] = ()
    kinds: Mapping[str, ChangeKind] = field(default_factory=dict)
    whole: Beliefs | None = None
    settings: GroupSettings | None = None
    because: Because | None = None
    moved: Mapping[str, str] = field(default_factory=dict)
    move: Note | None = None
    asked: Sequence[tuple[Review, Sequence[Fact]]] = ()


@dataclass(frozen=True, slots=True)
class Committed:
    """What an operation changed, and when; `facts` are the records as believed after it, of the keys it touched."""

    at: datetime
    changes: tuple[Change, ...] = ()
    facts: tuple[Fact, ...] = ()
    entities: tuple[Entity, ...] = ()


Propose = Callable[[Moment], Awaitable[Proposal]]


async def commit(parts: Parts, group: str, actor: str, asking: Asking, propose: Propose, lease: str | None = None) -> Committed:
    """Runs one operation. `propose` may be called again where another writer was faster; it must not write."""
    return await _through(_Operation(parts, group, actor, asking, propose, lease))


async def commit_ontology(parts: Parts, group: str, actor: str, propose: Propose) -> Committed:
    """Runs the one operation that may write under another ontology than the group's: the one that draws the group anew under it."""
    return await _through(_Operation(parts, group, actor, Asking(), propose, applies=True))


async def _through(operation: "_Operation") -> Committed:
    return await insisted(operation.parts.turns, operation.group, operation.attempt)


async def insisted(turns: Turns, group: str, attempt: Callable[[], Awaitable[T]]) -> T:
    """What `attempt` returns; tried again where others wrote to the group meanwhile. Raises StaleVersion where it never gets through."""
    try:
        return await attempt()
    except StaleVersion:
        # Those of one process that lost once take turns, so that they do not go on making each other lose.
        async with turns.of(group):
            return await _insist(turns, attempt)


async def _insist(turns: Turns, attempt: Callable[[], Awaitable[T]]) -> T:
    started, pause = monotonic(), FIRST_PAUSE
    for attempts in itertools.count(1):
        try:
            return await attempt()
        except StaleVersion:
            if attempts >= turns.attempts and monotonic() - started >= turns.seconds:
                raise
        await asyncio.sleep(uniform(0, pause))  # noqa: S311 - it keeps writers apart, and no secret
        pause = min(2 * pause, LONGEST_PAUSE)
    raise AssertionError("unreachable")


@dataclass(slots=True)
class _Operation:
    """One operation over its attempts: its id stays, and each text is embedded once."""

    parts: Parts
    group: str
    actor: str
    asking: Asking
    propose: Propose
    lease: str | None = None
    applies: bool = False
    uuid: str = field(default_factory=lambda: str(uuid4()))
    embedded: dict[str, Vector] = field(default_factory=dict)

    async def attempt(self) -> Committed:
        """Raises StaleVersion where the group moved on since its start."""
        moment = await self._moment()
        if not self.applies:
            require_ontology(self.parts.ontology, moment.group)
        require_space(space_of(self.parts.embedder), self.group, moment.group.space)
        proposal = await self.propose(moment)
        idle = not (proposal.added or proposal.withdrawn or proposal.revised or proposal.reviews or proposal.because)
        if self.lease is None and idle:
            return Committed(moment.at)
        try:
            return await self._apply(moment, proposal)
        except StaleVersion:
            raise
        except Conflict as error:
            # A group that another writer made in the meantime may be younger than this moment.
            if moment.footing.group is None and await self.parts.store.group(self.group):
                raise StaleVersion(f"the group {self.group!r} was made meanwhile", hint="Compute it again.") from error
            raise

    async def _moment(self) -> Moment:
        footing = await self.parts.store.footing(self.group, self.asking)
        now = self.parts.clock()
        group = footing.group or Group(self.group, 0, now, now - TICK)
        return Moment(group, self.uuid, max(now, group.last_at + TICK), self.actor, footing, Standing(self.parts, group))

    async def _apply(self, moment: Moment, proposal: Proposal) -> Committed:
        beliefs, recounted = (proposal.whole, frozenset[str]()) if proposal.whole else await _beliefs(moment, proposal)
        outcome = _outcome(self.parts, moment, proposal, beliefs, recounted)
        vectors = await self._vectors(moment.group, proposal, outcome)
        delta = _delta(moment, proposal, outcome, vectors)
        if moment.group.ontology_hash != self.parts.ontology.hash:  # the group's first, or another is applied to it
            delta = replace(delta, ontology=self.parts.ontology.hash)
        if moment.group.space is None and not vectors.is_empty:
            delta = replace(delta, space=space_of(self.parts.embedder))
        changes = await self.parts.store.apply(delta, self.lease)
        said = {a.uuid: a for a in (*beliefs.assertions, *proposal.added, *proposal.reinstated)}
        if proposal.whole:
            beliefs = _named(beliefs, changes)
        return Committed(moment.at, changes, _after(beliefs, outcome, moment, said), (*proposal.entities, *proposal.revised))

    async def _vectors(self, group: Group, proposal: Proposal, outcome: Outcome) -> Vectors:
        names = {e.uuid: e.name for e in (*proposal.entities, *proposal.revised)}
        texts = {f.uuid: f.text for f in outcome.facts}
        new = [text for text in dict.fromkeys((*names.values(), *texts.values())) if text not in self.embedded]
        if new:
            self.embedded |= await embedded(self.parts, group, new)
        return Vectors(
            entities={uuid: self.embedded[name] for uuid, name in names.items()},
            facts={uuid: self.embedded[text] for uuid, text in texts.items()},
            episodes=proposal.episodes,
        )


def require_ontology(ontology: Ontology, group: Group) -> None:
    """What a group believes is drawn under one ontology: under two by turns, every write would undo what the last one drew."""
    if group.ontology_hash not in (None, ontology.hash):
        raise SetUpOtherwise(
            f"the group {group.name!r} believes under another ontology ({group.ontology_hash}) than this service has ({ontology.hash})",
            hint="Start the service with the former PALIMPSEST_ONTOLOGY; or stop it and run: palimpsest ontology apply.",
        )


async def _beliefs(moment: Moment, proposal: Proposal) -> tuple[Beliefs, frozenset[str]]:
    """What stands under the keys that the proposal touches, as it counts after it; and which assertions count for others than before."""
    standing, moved = moment.standing, proposal.moved
    told = await standing.said_of(list(moved)) if moved else ()
    touched = (*proposal.added, *proposal.withdrawn, *proposal.reinstated, *told, *(counted(a, moved) for a in told))
    keys = {standing.key_of(a): None for a in touched}
    await standing.read(keys, {entity.uuid for entity in proposal.entities})
    found = standing.under(keys)
    if not moved:
        return found, frozenset()
    assertions = {a.uuid: counted(a, moved) for a in (*found.assertions, *told)}
    return Beliefs(tuple(a for a in assertions.values() if not is_idle(a)), found.facts), frozenset(a.uuid for a in told)


def _named(beliefs: Beliefs, changes: Sequence[Change]) -> Beliefs:
    """What an operation that drew the whole group anew touched of it."""
    touched = {uuid for change in changes for uuid in change.facts}
    return replace(beliefs, facts=tuple(fact for fact in beliefs.facts if fact.uuid in touched))


def _outcome(parts: Parts, moment: Moment, proposal: Proposal, beliefs: Beliefs, recounted: frozenset[str]) -> Outcome:
    drawn = proposal.added or proposal.withdrawn or proposal.reinstated or proposal.whole or recounted
    if not drawn and (proposal.revised or not proposal.because):
        return Outcome()
    told = Told(
        group=moment.group.name,
        operation=moment.operation,
        at=moment.at,
        actor=moment.actor,
        added=proposal.added,
        withdrawn=[a.uuid for a in proposal.withdrawn],
        reinstated=[a for a in proposal.reinstated if not is_idle(a)],
        notes={**(dict.fromkeys(recounted, proposal.move) if proposal.move else {}), **proposal.notes},
        moved=proposal.moved,
        recounted=recounted,
        asked=proposal.asked,
    )
    return reconcile(told, beliefs, parts.ontology, (proposal.settings or moment.group.settings).updates)


def _delta(moment: Moment, proposal: Proposal, outcome: Outcome, vectors: Vectors) -> Delta:
    reviews = {review.uuid: review for review in (*proposal.reviews, *outcome.reviews)}
    changes = (*_entity_changes(moment, proposal), *outcome.changes, *_questions(moment, proposal))
    because = proposal.because
    return Delta(
        group=moment.group.name,
        version=moment.group.version,
        operation=moment.operation,
        at=moment.at,
        entities=proposal.entities,
        revised=proposal.revised,
        assertions=(*proposal.added, *(replace(a, withdrawn_at=moment.at, withdrawn_by=moment.operation) for a in proposal.dead)),
        withdrawn=[a.uuid for a in proposal.withdrawn],
        reinstated=[a.uuid for a in proposal.reinstated],
        facts=outcome.facts,
        closings=outcome.closings,
        retractions=outcome.retractions,
        supports=outcome.supports,
        confidences=outcome.confidences,
        mentions=proposal.mentions,
        changes=[because.of(change) for change in changes] if because else changes,
        reviews=list(reviews.values()),
        vectors=vectors,
        undoes=because.undoes.operation if because and because.undoes else None,
        settings=(moment.group.settings, proposal.settings) if proposal.settings else None,
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
            entities=(entity.uuid,) if entity.merged_into is None else (entity.merged_into, entity.uuid),
        )

    def revised(entity: Entity) -> Change:
        note = proposal.notes.get(entity.uuid, Note("renamed", f"it is now known as {entity.name!r}"))
        return change(proposal.kinds.get(entity.uuid, ChangeKind.ENTITY_RENAMED), entity, note.rule, note.reason)

    added = [change(ChangeKind.ENTITY_ADDED, e, "named", f"{e.name!r} was named for the first time") for e in proposal.entities]
    told = [e for e in proposal.revised if proposal.kinds.get(e.uuid) is not ChangeKind.REVIEW_RESOLVED]  # its review tells of those
    return added + [revised(entity) for entity in told]


def _questions(moment: Moment, proposal: Proposal) -> list[Change]:
    """The log's entries for the reviews that it opened or resolved; those of contradictions it opened come with the outcome."""

    def change(review: Review) -> Change:
        note = proposal.notes.get(review.uuid, Note("unsure", review.reason))
        return Change(
            uuid=review.resolution or str(uuid4()),
            group=moment.group.name,
            operation=moment.operation,
            kind=ChangeKind.REVIEW_OPENED if review.resolved_at is None else ChangeKind.REVIEW_RESOLVED,
            at=moment.at,
            actor=moment.actor,
            rule=note.rule,
            reason=note.reason,
            facts=review.facts,
            entities=review.entities,
        )

    return [change(review) for review in proposal.reviews]


def _after(beliefs: Beliefs, outcome: Outcome, moment: Moment, said: Mapping[str, Assertion]) -> tuple[Fact, ...]:
    gone = {r.fact for r in outcome.retractions}
    more: defaultdict[str, list[Assertion]] = defaultdict(list)
    for fact, assertion in outcome.supports:
        more[fact].append(said[assertion])
    closed = {c.fact: c for c in outcome.closings}
    weighed = dict(outcome.confidences)

    def as_now(fact: Fact) -> Fact:
        closing = closed.get(fact.uuid)
        if fact.uuid in weighed:
            fact = fact.weighed(weighed[fact.uuid], moment.at)
        if fact.uuid in more:
            fact = _supported(fact, more[fact.uuid])
        if closing is None:
            return fact
        return replace(fact, invalid_at=closing.invalid_at, invalid_at_precision=closing.precision, expired_at=moment.at)

    return (*(as_now(fact) for fact in beliefs.facts if fact.uuid not in gone), *outcome.facts)


def _supported(fact: Fact, more: Sequence[Assertion]) -> Fact:
    """The fact with more assertions behind it, as the store keeps it."""
    episodes = dict.fromkeys((*fact.episodes, *episodes_of(more)))
    return replace(fact, assertions=(*fact.assertions, *(a.uuid for a in more)), episodes=tuple(episodes))
