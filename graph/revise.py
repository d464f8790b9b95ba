"""How an entity reads from now on: its name, type, aliases and summary as a person tells them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from graph.commit import Moment, Proposal, commit
from graph.errors import BadInput
from graph.inputs import Changed
from graph.keep import require_short, require_size, require_storable
from graph.merge import living
from graph.model import Entity, Review, ReviewKind
from graph.ontology import Ontology
from graph.parts import Limits, Parts
from graph.reconcile import Note
from graph.resolve import distinct, entity_key, next_key, normal
from graph.stores.base import Asking
from graph.tell import Order, require_order
from graph.twin import are_apart


@dataclass(frozen=True, slots=True)
class Revision:
    """What changes of an entity; None and nothing leave it as it is. An empty `summary` takes it away."""

    name: str | None = None
    type: str | None = None
    add_aliases: tuple[str, ...] = ()
    remove_aliases: tuple[str, ...] = ()
    summary: str | None = None


async def update_entity(parts: Parts, order: Order, entity: str, revision: Revision) -> Changed:
    """A new version of the entity. Its former name stays an alias, unless that is removed too. A name that another has opens a review.

    Raises BadInput; NotFound; Conflict for one that is merged into another.
    """
    require_order(parts.limits, order)
    _check(parts.limits, revision)

    async def propose(moment: Moment) -> Proposal:
        known = living(moment, entity, "entity")
        taken = {c.entity.key for c in moment.footing.candidates if c.entity.key and c.entity.uuid != entity}
        one = revised(known, revision, taken, moment.at)
        if len(one.aliases) > parts.limits.aliases:
            raise BadInput(f"{len(one.aliases)} aliases are more than {parts.limits.aliases}", field="addAliases")
        notes = {entity: Note("revised", told(known, one))}
        return Proposal(revised=[one] if one != known else [], notes=notes, reviews=asked(moment, parts.ontology, known, one))

    # Another name, or another type under the same one, may be taken by a namesake.
    known_names = [revision.name] if revision.name is not None else await _names(parts, order.group, entity)
    asking = Asking(names=[normal(name) for name in (*known_names, *revision.add_aliases)], entities=[entity])
    committed = await commit(parts, order.group, order.actor, asking, propose)
    return Changed(committed.at, committed.changes, committed.facts, committed.entities)


async def _names(parts: Parts, group: str, entity: str) -> list[str]:
    found = (await parts.store.footing(group, Asking(entities=[entity]))).entities.get(entity)
    return [found.name] if found else []


def asked(moment: Moment, ontology: Ontology, known: Entity, one: Entity) -> list[Review]:
    """Whether it is one with those that had its new names before: they may be namesakes, so that a person is asked.

    Not where a person said that they are two, and not while that is asked already.
    """
    new = {normal(name) for name in (one.name, *one.aliases)} - {normal(name) for name in (known.name, *known.aliases)}
    called = [c.entity for c in moment.footing.candidates if c.name in new and c.matched in ("KEY", "ALIAS") and c.entity.uuid != one.uuid]
    open_ = [set(review.entities) for review in moment.footing.reviews if review.kind is ReviewKind.DUPLICATE]
    others = {
        other.uuid: other.name
        for other in called
        if ontology.compatible(one.type, other.type) and not are_apart(one, other) and not any({one.uuid, other.uuid} <= r for r in open_)
    }
    if not others:
        return []
    names = " and ".join(dict.fromkeys(repr(name) for name in others.values()))
    return [
        Review(
            uuid=str(uuid4()),
            group=one.group,
            kind=ReviewKind.DUPLICATE,
            reason=f"{one.name!r} was given a name that {names} had before: they may be one, or of one name",
            opened_at=moment.at,
            entities=tuple(sorted((one.uuid, *others))),
        )
    ]


def revised(known: Entity, revision: Revision, taken: Collection[str], at: datetime) -> Entity:
    """The entity as it reads then; itself where nothing changes. `taken` are the keys of others of its name."""
    name = known.name if revision.name is None else revision.name.strip()
    _require_aliases(known, name, revision)
    removed = {normal(alias) for alias in revision.remove_aliases}
    called = distinct((*known.aliases, known.name, *revision.add_aliases), but=[name])
    one = replace(
        known,
        name=name,
        type=revision.type or known.type,
        aliases=tuple(alias for alias in called if normal(alias) not in removed),
        summary=known.summary if revision.summary is None else revision.summary.strip() or None,
    )
    if one == known:
        return known
    return replace(one, key=_key(known, one, taken), recorded_at=at)


def _require_aliases(known: Entity, name: str, revision: Revision) -> None:
    has = {normal(alias) for alias in (*known.aliases, known.name, *revision.add_aliases)}
    for alias in revision.remove_aliases:
        if normal(alias) == normal(name):
            raise BadInput(f"{alias!r} is its name", hint="Give it another name.", field="removeAliases")
        if normal(alias) not in has:
            raise BadInput(f"{known.name!r} is not called {alias!r}", hint="Send aliases that it has.", field="removeAliases")


def _key(known: Entity, one: Entity, taken: Collection[str]) -> str | None:
    """Its key, as long as it is still called that; a new one with another name or type."""
    names = {normal(name) for name in (one.name, *one.aliases)}
    stays = (normal(one.name), one.type) == (normal(known.name), known.type)
    if stays and (known.key is None or known.key.partition("|")[0] in names):
        return known.key
    return next_key(entity_key(one.name, one.type), taken)


def told(known: Entity, one: Entity) -> str:
    """What is new, in words."""
    had, has = set(known.aliases), set(one.aliases)
    parts = [
        f"it is now known as {one.name!r}" if one.name != known.name else "",
        f"its type is {one.type}" if one.type != known.type else "",
        *(f"also as {alias!r}" for alias in one.aliases if alias not in had),
        *(f"no longer as {alias!r}" for alias in known.aliases if alias not in has and alias != one.name),
        "its summary was written" if one.summary != known.summary else "",
    ]
    return ", ".join(part for part in parts if part)


def _check(limits: Limits, revision: Revision) -> None:
    if revision == Revision():
        raise BadInput("there is nothing to change", hint="Give a name, a type, aliases or a summary.")
    for text, field in (
        (revision.name, "name"),
        (revision.type, "type"),
        *((alias, "addAliases") for alias in revision.add_aliases),
        *((alias, "removeAliases") for alias in revision.remove_aliases),
    ):
        if text is not None and not normal(text):
            raise BadInput(f"{text!r} names nothing", field=field)
        require_short(text or "", field)
    require_storable(revision.summary or "", "summary")
    require_size(revision.summary or "", limits.text_bytes, "summary")
