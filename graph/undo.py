"""Undo: an operation taken back whole, as a new operation; undoing that one brings the first back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from graph import family
from graph.commit import Because, Moment, Proposal, commit
from graph.errors import Conflict, NotFound
from graph.family import Family
from graph.inputs import Changed
from graph.merge import moves, said_since
from graph.model import Change, ChangeKind, Entity, Fact, GroupSettings, Operation, Review, ReviewKind
from graph.operations import Turned, chain, makers, reverted, turned, undone
from graph.parts import Parts
from graph.reconcile import Note
from graph.redraw import ONTOLOGY_RULE, whole
from graph.resolve import next_key
from graph.stores.base import Asking, Store
from graph.tell import Order, require_order
from graph.time import FAR, TICK
from graph.views import Page

RULE = "undone"
_EVER = FAR - TICK
_MOST_ASKED = Page(500)


async def undo(parts: Parts, order: Order, change: str) -> Changed:
    """Undoes the operation that the change belongs to.

    Raises NotFound; Conflict where it is undone already, and for a forgetting, which cannot be.
    """
    require_order(parts.limits, order)

    async def propose(moment: Moment) -> Proposal:
        return await _undoing(parts.store, order, moment, await _target(parts.store, moment, change))

    committed = await commit(parts, order.group, order.actor, Asking(), propose)
    return Changed(committed.at, committed.changes, committed.facts, committed.entities)


@dataclass(frozen=True, slots=True)
class _Target:
    """The operation to undo, the change that named it, and all operations of its chain."""

    operation: Operation
    change: Change
    relatives: Sequence[Operation]


async def _target(store: Store, moment: Moment, uuid: str) -> _Target:
    group = moment.group.name
    change = (await store.changes(group, [uuid], _EVER)).get(uuid)
    if change is None:
        raise NotFound(f"there is no change {uuid!r} in the group {group!r}", hint="Send the id of a Change as the log shows it.")
    if change.kind is ChangeKind.FORGOTTEN:
        raise Conflict("what was forgotten is gone for good: a forgetting cannot be undone", hint="Tell it again.")
    relatives = await store.operations(group, [change.operation])
    operation = next((o for o in relatives if o.uuid == change.operation), None)
    if operation is None:
        raise Conflict(
            f"the operation with the change {change.reason!r} was taken over from elsewhere, or forgotten, and cannot be undone",
            hint="Correct its facts.",
        )
    if (by := undone(relatives).get(operation.uuid)) is not None:
        first = next(iter(by.changes), by.uuid)
        raise Conflict(
            f"the operation with the change {change.reason!r} is undone already, at {by.at.isoformat()}",
            hint=f"To bring it back, undo that undoing: the change {first!r}, which `undoneBy` names.",
        )
    logged = await store.changes(group, operation.changes, _EVER)
    if any(of_it.rule == ONTOLOGY_RULE for of_it in logged.values()):
        raise Conflict(
            "what is believed under the present ontology is drawn from it", hint="Apply the former one: palimpsest ontology apply."
        )
    return _Target(operation, change, relatives)


async def _undoing(store: Store, order: Order, moment: Moment, target: _Target) -> Proposal:
    group, operation = moment.group.name, target.operation
    turning = await _turning(store, moment, target)
    entities = await _reverted(store, moment, operation)
    since = await said_since(moment, entities.pairs, operation.at)
    reviews = await store.reviews(group, operation.reviews, _EVER) if operation.reviews else {}
    turned = [one for review in reviews.values() if (one := _turned_review(review, moment, chain(operation, target.relatives)))]
    settings, overtaken = _settings(moment, operation)
    return Proposal(
        withdrawn=turning.withdrawn,
        reinstated=turning.reinstated,
        revised=[back for _, back in entities.pairs],
        notes={back.uuid: Note(RULE, _read_again(back)) for _, back in entities.pairs},
        kinds={back.uuid: _kind(present, back) for present, back in entities.pairs},
        reviews=[*turned, *since],
        asked=await _asked(store, moment, turned),
        moved=moves(entities.pairs),
        move=Note(RULE, "who is one with whom is as before"),
        whole=await whole(store, group) if settings else None,
        settings=settings,
        because=Because(RULE, ". ".join((order.reason or "undone", *entities.kept, *overtaken)), target.change),
    )


async def _turning(store: Store, moment: Moment, target: _Target) -> Turned:
    """The assertions that the operation and what it undid made or withdrew, as far as they turn."""
    turning = chain(target.operation, target.relatives)
    uuids = dict.fromkeys(uuid for operation in turning for uuid in (*operation.asserted, *operation.withdrew))
    if not uuids:
        return Turned()
    assertions = await store.assertions(moment.group.name, list(uuids))
    own = target.operation
    if not (assertions or own.revised or own.reviews or own.updates):
        raise Conflict(
            f"all that the operation with the change {target.change.reason!r} told was forgotten", hint="There is nothing to undo."
        )
    hanging_on = {by for assertion in assertions.values() for by in makers(assertion)}
    operations = await store.operations(moment.group.name, sorted(hanging_on | {target.operation.uuid}))
    undoing = Operation(moment.operation, moment.at, target.operation.root, undoes=target.operation.uuid)
    return turned(undoing, operations, (assertions[uuid] for uuid in uuids if uuid in assertions))


@dataclass(frozen=True, slots=True)
class _Entities:
    """Entities as they read now and as they read again; `kept` tells what was revised since, and stays."""

    pairs: Sequence[tuple[Entity, Entity]] = ()
    kept: Sequence[str] = ()


async def _reverted(store: Store, moment: Moment, operation: Operation) -> _Entities:
    if not operation.revised:
        return _Entities()
    versions = await store.versions(moment.group.name, operation.revised)
    pairs, kept = [], []
    for of_one in versions.values():
        found, present = reverted(of_one, operation), of_one[-1]
        if found.entity is not None:
            back = await _keyed(store, present, replace(found.entity, recorded_at=moment.at))
            pairs.append((present, back))
        if found.kept:
            kept.append(f"the {', '.join(found.kept)} of {present.name!r} was revised since, and stays")
    if uuids := family.asked(pairs):
        past = Family(await store.versions(moment.group.name, freed) if (freed := family.by_way(pairs)) else {})
        pairs = family.settled(pairs, (await store.footing(moment.group.name, Asking(entities=uuids))).entities, past)
    return _Entities(pairs, kept)


async def _keyed(store: Store, present: Entity, back: Entity) -> Entity:
    """With a key of its own, where another entity took its former one meanwhile."""
    if back.key is None or back.key == present.key:
        return back
    name = back.key.partition("|")[0]
    others = (await store.footing(back.group, Asking([name]))).candidates
    taken = {c.entity.key for c in others if c.entity.key and c.entity.uuid != back.uuid}
    return replace(back, key=next_key(back.key.partition("#")[0] if back.key in taken else back.key, taken))


def _kind(present: Entity, back: Entity) -> ChangeKind:
    if present.merged_into == back.merged_into:
        return ChangeKind.ENTITY_RENAMED
    return ChangeKind.MERGE_UNDONE if back.merged_into is None else ChangeKind.ENTITIES_MERGED


def _read_again(back: Entity) -> str:
    return f"{back.name!r} reads as it did before"


def _turned_review(review: Review, moment: Moment, turning: Sequence[Operation]) -> Review | None:
    """One that the operation opened is resolved, one that it resolved is open again, and one that it opened again is resolved again; what
    others did with it stays. `turning` is the operation, what it undid, and so on.
    """
    operation, *undid = turning
    if review.resolved_at == operation.at:
        return replace(review, resolved_at=None, resolution=None)
    if review.opened_at == operation.at and review.resolved_at is None:
        return replace(review, resolved_at=moment.at)
    if review.resolved_at is None and any(review.uuid in o.reviews and review.opened_at < o.at for o in undid[:1]):
        return replace(review, resolved_at=moment.at, resolution=str(uuid4()))
    return None


async def _asked(store: Store, moment: Moment, turned: Sequence[Review]) -> list[tuple[Review, Sequence[Fact]]]:
    """The contradictions that are open after it, as far as they were asked before: these need not be asked once more."""
    group = moment.group.name
    standing = (await store.list_reviews(group, ReviewKind.CONTRADICTION, _MOST_ASKED, _EVER)).items
    after = {review.uuid: review for review in (*standing, *turned) if review.kind is ReviewKind.CONTRADICTION}
    open_ = [review for review in after.values() if review.resolved_at is None]
    facts = await store.facts(group, list({uuid for review in open_ for uuid in review.facts})) if open_ else {}
    return [(review, [facts[uuid] for uuid in review.facts if uuid in facts]) for review in open_]


def _settings(moment: Moment, operation: Operation) -> tuple[GroupSettings | None, Sequence[str]]:
    """The group's settings as they were before, and what is said where they were set otherwise since."""
    if operation.updates is None:
        return None, ()
    before, after = operation.updates
    present = moment.group.settings
    if present.updates is not after:
        return None, (f"updates was set to {present.updates.value} since, and stays",)
    return replace(present, updates=before), ()
