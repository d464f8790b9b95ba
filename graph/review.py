"""What a person answers to a review: which of the facts was so, which of the entities are one."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from graph.amend import Amendment, Saying, corrected
from graph.belief import Stretch, believed
from graph.closing import freeing, keys_closed
from graph.commit import Moment, Proposal, commit
from graph.errors import BadInput, Conflict, NotFound
from graph.inputs import Changed
from graph.merge import merging, present, require_one
from graph.model import Assertion, ChangeKind, Entity, Fact, Review, ReviewKind
from graph.ontology import Ontology
from graph.parts import Parts
from graph.reconcile import Note
from graph.stores.base import Asking, Store
from graph.tell import Order, require_reason
from graph.time import FAR, TICK

_EVER = FAR - TICK
RULE = "resolved"


async def resolve_review(parts: Parts, order: Order, review: str, keep: Sequence[str]) -> Changed:
    """Of a contradiction the facts `keep` were so, and the others never were. Of duplicates, one kept is what the others are merged
    into, and all kept are different and stay so.

    Raises NotFound; Conflict for one that is resolved already, or for entities that cannot be one; BadInput for what the review does
    not ask about.
    """
    require_reason(parts.limits, order)
    asked = await _review(parts.store, order.group, review)
    kept = list(dict.fromkeys(keep))
    if not kept:
        raise BadInput("there is nothing to keep", hint="Send the ids of what stays, as the review names them.", field="keep")

    async def propose(moment: Moment) -> Proposal:
        opened = await _review(parts.store, order.group, review)
        if opened.resolved_at is not None:
            raise Conflict(f"the review {opened.reason!r} was resolved at {opened.resolved_at.isoformat()}", hint="Undo that first.")
        if opened.kind is ReviewKind.DUPLICATE:
            proposal = await _told_apart(moment, parts.ontology, opened, kept, order.reason)
        else:
            proposal = await _settled(moment, parts.ontology, opened, kept, order.reason)
        resolved = replace(opened, resolved_at=moment.at, resolution=str(uuid4()))
        others = [r for r in proposal.reviews if r.uuid != review]
        return replace(proposal, reviews=[resolved, *others], notes={**proposal.notes, review: Note(RULE, order.reason)})

    asking = Asking(entities=asked.entities, facts=asked.facts)
    committed = await commit(parts, order.group, order.actor, asking, propose)
    return Changed(committed.at, committed.changes, committed.facts, committed.entities)


async def _review(store: Store, group: str, uuid: str) -> Review:
    found = (await store.reviews(group, [uuid], _EVER)).get(uuid)
    if found is None:
        raise NotFound(f"there is no review {uuid!r} in the group {group!r}", field="review")
    return found


def _require_asked(kept: Sequence[str], asked: Collection[str], what: str) -> None:
    for uuid in kept:
        if uuid not in asked:
            raise BadInput(f"the review does not ask about the {what} {uuid!r}", hint=f"Keep {what}s that it names.", field="keep")


async def _told_apart(moment: Moment, ontology: Ontology, review: Review, keep: Sequence[str], reason: str) -> Proposal:
    """Which of the entities are one. Whoever was merged since is meant by whom it is one with."""
    entities = moment.footing.entities
    _require_asked(keep, review.entities, "entity")
    asked = [uuid for uuid in dict.fromkeys(present(entities, uuid) for uuid in review.entities) if uuid in entities]
    kept = list(dict.fromkeys(present(entities, uuid) for uuid in keep))
    if len(kept) == len(asked):
        return Proposal(
            revised=[one for uuid in asked if (one := set_apart(entities[uuid], asked, moment.at)) != entities[uuid]],
            kinds=dict.fromkeys(asked, ChangeKind.REVIEW_RESOLVED),
        )
    if len(kept) > 1:
        hint = "Keep one, to merge the others into it; or all, if they are different; else merge those that are one by themselves."
        raise BadInput(
            f"{len(kept)} of {len(asked)} entities are kept, and the others may be one with any of them", hint=hint, field="keep"
        )
    one, others = entities[kept[0]], [entities[uuid] for uuid in asked if uuid != kept[0]]
    await require_one(moment, ontology, one, others)
    return merging(moment, ontology, one, others, reason)


def set_apart(entity: Entity, others: Sequence[str], at: datetime) -> Entity:
    """The entity as one that is none of the others, for good; itself where that is known."""
    apart = tuple(dict.fromkeys((*entity.apart, *(uuid for uuid in others if uuid != entity.uuid))))
    return entity if apart == entity.apart else replace(entity, apart=apart, recorded_at=at)


async def _settled(moment: Moment, ontology: Ontology, review: Review, keep: Sequence[str], reason: str) -> Proposal:
    """What was not kept is taken back, and with it what it closed."""
    facts = moment.footing.facts
    _require_asked(keep, review.facts, "fact")
    wrong = [facts[uuid] for uuid in review.facts if uuid in facts and uuid not in keep]
    closed = [key for fact in wrong for key in keys_closed(ontology, fact, moment.group.settings.updates)]
    await moment.standing.read([*(fact.key for fact in wrong), *closed])
    living = list(moment.standing.under({fact.key for fact in wrong}).assertions)
    taken = all_corrected(wrong, living, Saying(moment.operation, moment.actor, moment.at))
    taken = freeing(ontology, taken, moment.standing.all_said())
    notes = {a.uuid: Note(RULE, reason) for a in (*taken.added, *taken.withdrawn)}
    return Proposal(added=taken.added, withdrawn=taken.withdrawn, notes=notes)


def all_corrected(facts: Sequence[Fact], living: Sequence[Assertion], saying: Saying) -> Amendment:
    """Says of each of the facts, of one key, that it was never so. One that is believed no more is passed over."""
    amendment = Amendment()
    for fact in facts:
        told = amendment.applied(living)
        stretch = _as_now(fact, believed(told))
        if stretch is not None:
            now = replace(fact, valid_at=stretch.start, invalid_at=stretch.end)
            amendment = _both(amendment, corrected(now, told, saying))
    return amendment


def _as_now(fact: Fact, stretches: Sequence[Stretch]) -> Stretch | None:
    """What is believed now of the same ends and, if possible, from the same instant on."""
    same = [s for s in stretches if {s.subject, s.object} == {fact.subject, fact.object}]
    overlapping = [s for s in same if (fact.invalid_at is None or s.start < fact.invalid_at) and (s.end is None or fact.valid_at < s.end)]
    return next((s for s in overlapping if s.start == fact.valid_at), overlapping[0] if overlapping else None)


def _both(first: Amendment, then: Amendment) -> Amendment:
    gone = {a.uuid for a in then.withdrawn}
    made = {a.uuid for a in first.added}
    return Amendment(
        added=(*(a for a in first.added if a.uuid not in gone), *then.added),
        withdrawn=(*first.withdrawn, *(a for a in then.withdrawn if a.uuid not in made)),
    )
