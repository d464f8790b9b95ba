"""Entities that are one: a merge is an alias. Each merged entity gets a version that says with whom it is one; what was said of it
keeps being said of it, and counts for the one that is kept.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import combinations
from uuid import uuid4

from graph.commit import Moment, Proposal, commit
from graph.counted import counted, is_idle
from graph.errors import BadInput, Conflict, NotFound
from graph.inputs import Changed
from graph.model import ChangeKind, Entity, Fact, Review, ReviewKind
from graph.ontology import Ontology
from graph.parts import Parts
from graph.reconcile import Note
from graph.resolve import distinct
from graph.stores.base import Asking
from graph.tell import Order, require_reason

RULE = "merged"


async def merge_entities(parts: Parts, order: Order, keep: str, merge: Sequence[str]) -> Changed:
    """From now on the entities `merge` are one with `keep`.

    Raises BadInput for none, too many, or an entity with itself; NotFound; Conflict for one that is merged already, and for what
    cannot be one (`require_one`).
    """
    require_reason(parts.limits, order)
    others = list(dict.fromkeys(merge))
    if not others:
        raise BadInput("there are no entities to merge", hint="Send the id of at least one.", field="merge")
    if len(others) > parts.limits.merged:
        raise BadInput(f"{len(others)} entities in one call are more than {parts.limits.merged}", hint="Send them in parts.", field="merge")
    if keep in others:
        raise BadInput(f"the entity {keep!r} cannot be merged with itself", hint="Leave it out of `merge`.", field="merge")

    async def propose(moment: Moment) -> Proposal:
        kept, gone = living(moment, keep, "keep"), [living(moment, uuid, "merge") for uuid in others]
        await require_one(moment, parts.ontology, kept, gone)
        return merging(moment, parts.ontology, kept, gone, order.reason)

    committed = await commit(parts, order.group, order.actor, Asking(entities=[keep, *others]), propose)
    return Changed(committed.at, committed.changes, committed.facts, committed.entities)


def living(moment: Moment, uuid: str, field: str) -> Entity:
    """An entity that was asked for. Raises NotFound, and Conflict for one that is merged into another."""
    found = moment.footing.entities.get(uuid)
    if found is None:
        raise NotFound(f"there is no entity {uuid!r} in the group {moment.group.name!r}", field=field)
    if found.merged_into is not None:
        into = moment.footing.entities[found.merged_into].name
        raise Conflict(f"the entity {found.name!r} was merged into {into!r}", hint="Use that one; or undo the merge first.", field=field)
    return found


async def require_one(moment: Moment, ontology: Ontology, kept: Entity, others: Sequence[Entity]) -> None:
    """Raises Conflict for entities that cannot be one: their types exclude one another, or a fact stands between them."""
    for one, other in combinations((kept, *others), 2):
        if {one.type, other.type} <= ontology.types.keys() and not ontology.compatible(one.type, other.type):
            raise Conflict(
                f"{one.name!r} is of type {one.type} and {other.name!r} of type {other.type}: they cannot be one",
                hint="If they are, give one of them the other's type first: updateEntity.",
                field="merge",
            )
    for fact in await _between(moment, kept, others):
        names = {e.uuid: e.name for e in (kept, *others)}
        raise Conflict(
            f"{names[fact.subject]!r} and {names[fact.object]!r} cannot be one while a fact stands between them: {fact.text!r}",
            hint="If they are, that fact was never so: correct it first (correctFact).",
            field="merge",
        )


async def _between(moment: Moment, kept: Entity, others: Sequence[Entity]) -> Sequence[Fact]:
    """What is believed of them as of different ones, whether it holds, has ended or is to come."""
    moved = dict.fromkeys((e.uuid for e in _gone(moment, others)), kept.uuid)
    told = await moment.standing.said_of(list(moved))
    keys = {moment.standing.key_of(a) for a in told if not is_idle(a) and is_idle(counted(a, moved))}
    await moment.standing.read(keys)
    family = {kept.uuid, *moved}
    return [fact for fact in moment.standing.under(keys).facts if {fact.subject, fact.object} <= family]


def _gone(moment: Moment, others: Sequence[Entity]) -> list[Entity]:
    """The entities that are merged, and whoever was merged into them before."""
    return [*others, *_members(moment.footing.entities.values(), {e.uuid for e in others})]


def answered(reviews: Iterable[Review], one: Collection[str], at: datetime) -> list[Review]:
    """Those of open reviews that ask whether some are one who all are `one` from now on, as resolved."""
    settled = [r for r in reviews if r.kind is ReviewKind.DUPLICATE and not set(r.entities) - set(one)]
    return [replace(r, resolved_at=at, resolution=str(uuid4())) for r in settled]


def merging(moment: Moment, ontology: Ontology, kept: Entity, others: Sequence[Entity], reason: str) -> Proposal:
    """Makes `others`, and whoever was merged into them, one with `kept`; that answers the reviews that ask whether they are one."""
    merged = _gone(moment, others)
    one = keeping(kept, others, ontology, moment.at)
    revised = [*([one] if one != kept else []), *(replace(e, merged_into=kept.uuid, recorded_at=moment.at) for e in merged)]
    notes = {e.uuid: _note(f"{e.name!r} is one with {kept.name!r}", reason) for e in merged}
    within = {kept.uuid, *(e.uuid for e in merged), *(e.uuid for e in _members(moment.footing.entities.values(), {kept.uuid}))}
    reviews = answered(moment.footing.reviews, within, moment.at)
    also = f"{kept.name!r} is also known as {', '.join(repr(e.name) for e in others)}"
    return Proposal(
        revised=revised,
        kinds=dict.fromkeys((e.uuid for e in merged), ChangeKind.ENTITIES_MERGED),
        notes={kept.uuid: _note(also, reason), **notes, **{r.uuid: _note("they are one", reason) for r in reviews}},
        reviews=reviews,
        moved=dict.fromkeys((e.uuid for e in merged), kept.uuid),
        move=_note(f"{', '.join(repr(e.name) for e in others)} and {kept.name!r} are one", reason),
    )


def keeping(kept: Entity, others: Sequence[Entity], ontology: Ontology, at: datetime) -> Entity:
    """How the entity that is kept reads: with all names of the others, and what they tell more of it. Itself where that is nothing."""
    names = [name for e in others for name in (e.name, *e.aliases)]
    gone = {kept.uuid, *(e.uuid for e in others)}
    one = replace(
        kept,
        aliases=distinct((*kept.aliases, *names), but=[kept.name]),
        type=_narrowest(kept.type, (e.type for e in others), ontology),
        summary=kept.summary or next((e.summary for e in others if e.summary), None),
        apart=tuple(dict.fromkeys(uuid for e in (kept, *others) for uuid in e.apart if uuid not in gone)),
    )
    return one if one == kept else replace(one, recorded_at=at)


def _members(family: Iterable[Entity], of: Collection[str]) -> list[Entity]:
    return [e for e in family if e.merged_into in of]


def _narrowest(type: str, others: Iterable[str], ontology: Ontology) -> str:
    for other in others:
        type = other if other != type and ontology.is_a(other, type) else type
    return type


def _note(what: str, reason: str) -> Note:
    return Note(RULE, f"{what}: {reason}" if reason else what)


def present(entities: Mapping[str, Entity], uuid: str) -> str:
    """Whom an entity is one with now."""
    found = entities.get(uuid)
    return (found.merged_into if found else None) or uuid


def moves(pairs: Iterable[tuple[Entity, Entity]]) -> dict[str, str]:
    """Whom entities are one with from now on, where they were with others: `pairs` are how each reads now, and from now on."""
    return {then.uuid: then.merged_into or then.uuid for now, then in pairs if now.merged_into != then.merged_into}


async def said_since(moment: Moment, pairs: Sequence[tuple[Entity, Entity]], at: datetime) -> list[Review]:
    """Asks whom that was meant for which was said of a kept entity since `at`, when those were merged into it that are apart again.

    `pairs` are as for `moves`. There is no question where nothing was said since.
    """
    apart = [(now, then) for now, then in pairs if now.merged_into is not None and then.merged_into is None]
    reviews = []
    for kept in dict.fromkeys(now.merged_into for now, _ in apart if now.merged_into):
        told = [a for a in await moment.standing.said_of([kept]) if a.recorded_at > at]
        if told:
            keys = {moment.standing.key_of(a) for a in told}
            await moment.standing.read(keys)
            since = {a.uuid for a in told}
            facts = tuple(f.uuid for f in moment.standing.under(keys).facts if not since.isdisjoint(f.assertions))
            names = [then for now, then in apart if now.merged_into == kept]
            reviews.append(_question(moment, kept, names, facts))
    return reviews


def _question(moment: Moment, kept: str, apart: Sequence[Entity], facts: tuple[str, ...]) -> Review:
    names = ", ".join(repr(e.name) for e in apart)
    return Review(
        uuid=str(uuid4()),
        group=moment.group.name,
        kind=ReviewKind.DUPLICATE,
        reason=f"{names} stands for itself again; what was said of the one it was merged into since may have been meant for it",
        opened_at=moment.at,
        facts=facts,
        entities=(kept, *(e.uuid for e in apart)),
    )
