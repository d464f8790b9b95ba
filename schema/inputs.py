"""What callers send, and its translation into `graph.inputs` and `graph.views`."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

import strawberry
from strawberry.scalars import JSON

from graph import inputs, views
from graph.errors import BadInput, NotFound
from graph.revise import Revision
from schema.enums import ChangeKind, EpisodeKind, FactStatus, UpdatePolicy
from schema.ids import Kind, parse_id
from schema.scalars import WhenText

if TYPE_CHECKING:
    from schema.loaders import Seen


@strawberry.input(description="An instant on two clocks. Both default to now; a period means its last instant.")
class AsOf:
    valid: WhenText | None = strawberry.field(default=None, description="When it held in the world.")
    known: WhenText | None = strawberry.field(default=None, description="What the service had been told by then.")


@strawberry.input(description="Which entities to list.")
class EntityFilter:
    types: list[str] | None = strawberry.field(default=None, description="Only of these types.")
    name: str | None = strawberry.field(default=None, description="Only with this text in a name or alias, in any case.")

    def view(self) -> views.EntityFilter:
        return views.EntityFilter(tuple(self.types or ()), self.name)


@strawberry.input(description="Which facts to list: those that meet every condition given.")
class FactFilter:
    entity: strawberry.ID | None = strawberry.field(default=None, description="With this entity as subject or object.")
    subject: strawberry.ID | None = strawberry.field(default=None, description="With this entity as subject.")
    object: strawberry.ID | None = strawberry.field(default=None, description="With this entity as object.")
    relations: list[str] | None = strawberry.field(default=None, description="Of one of these relations.")
    types: list[str] | None = strawberry.field(default=None, description="Whose subject or object is of one of these types.")
    text: str | None = strawberry.field(default=None, description="With these words in the sentence.")
    session: str | None = strawberry.field(default=None, description="Drawn from an episode of the session of this name.")
    status: list[FactStatus] | None = strawberry.field(
        default_factory=lambda: [FactStatus.HOLDS],
        description="How they stand at the instant. ENDED, FUTURE and RETRACTED are shown only when asked for.",
    )


async def fact_filter(given: FactFilter | None, seen: "Seen", entity: str | None = None) -> views.FactFilter:
    """The filter with its ids looked up; `entity` is the uuid of the entity whose facts are listed. Raises BadInput and NotFound."""
    if given is None:
        return views.FactFilter(entity=entity)
    if entity and given.entity:
        raise BadInput("these are the facts of one entity already", hint="Use subject or object for the other end.", field="filter.entity")
    around, subject, object_ = await asyncio.gather(
        _uuid(given.entity, "filter.entity", seen), _uuid(given.subject, "filter.subject", seen), _uuid(given.object, "filter.object", seen)
    )
    return views.FactFilter(
        entity=entity or around,
        subject=subject,
        object=object_,
        relations=tuple(given.relations or ()),
        types=tuple(given.types or ()),
        text=given.text,
        session=given.session,
        status=(FactStatus.HOLDS,) if given.status is None else tuple(given.status),
    )


@strawberry.input(description="Which changes to list: those that meet every condition given.")
class ChangeFilter:
    kinds: list[ChangeKind] | None = strawberry.field(default=None, description="Of one of these kinds.")
    entity: strawberry.ID | None = strawberry.field(default=None, description="About this entity, or a fact with it at an end.")
    fact: strawberry.ID | None = strawberry.field(default=None, description="About this record of a fact.")
    since: WhenText | None = strawberry.field(default=None, description="Made then or later; a period means its first instant.")


async def change_filter(given: ChangeFilter | None, seen: "Seen") -> views.ChangeFilter:
    """The filter with its ids looked up. Raises BadInput and NotFound."""
    if given is None:
        return views.EVERY_CHANGE
    return views.ChangeFilter(
        kinds=tuple(given.kinds or ()),
        entity=await _uuid(given.entity, "filter.entity", seen),
        fact=seen.fact_in(given.fact, "filter.fact") if given.fact is not None else None,
        since=await seen.graph.first_instant(given.since) if given.since is not None else None,
    )


async def _uuid(id: str | None, field: str, seen: "Seen") -> str | None:
    return await seen.entity_uuid(id, field) if id is not None else None


@strawberry.input(description="One message of a conversation.")
class MessageInput:
    role: str = strawberry.field(description="Who speaks: user, assistant, system or tool.")
    content: str = strawberry.field(description="The words.")
    id: str | None = strawberry.field(default=None, description="Your id, unique in the group. Sending it again changes nothing.")
    name: str | None = strawberry.field(default=None, description="The speaker's name.")
    said_at: WhenText | None = strawberry.field(
        default=None, description='When it was said, default now. "Today" in the words is read in its offset.'
    )
    metadata: JSON | None = strawberry.field(default=None, description="An object to keep with the message.")


@strawberry.input(description="Messages of one session, in order.")
class AddMessages:
    group: str = strawberry.field(description="The group to keep them in; it is created if it is new.")
    session: str = strawberry.field(description="Your name for the conversation.")
    messages: list[MessageInput] = strawberry.field(description="The messages, in the order they were said.")
    wait: bool | None = strawberry.field(default=False, description="Answer only once their facts are in.")
    metadata: JSON | None = strawberry.field(default=None, description="An object to keep with each of the messages.")


@strawberry.input(description="A document.")
class AddDocument:
    group: str = strawberry.field(description="The group to keep it in; it is created if it is new.")
    content: str = strawberry.field(description="Its text.")
    session: str | None = strawberry.field(default=None, description="The session it belongs to, if any.")
    id: str | None = strawberry.field(default=None, description="Your id, unique in the group. Sending it again changes nothing.")
    kind: EpisodeKind | None = strawberry.field(default=EpisodeKind.TEXT, description="TEXT or JSON.")
    title: str | None = strawberry.field(default=None, description="Its title.")
    said_at: WhenText | None = strawberry.field(default=None, description="When it was written, default now.")
    wait: bool | None = strawberry.field(default=False, description="Answer only once its facts are in.")
    metadata: JSON | None = strawberry.field(default=None, description="An object to keep with it.")


@strawberry.input(description="An entity by its id, or by exact name or alias.")
class EntityInput:
    id: strawberry.ID | None = strawberry.field(default=None, description="Its id.")
    name: str | None = strawberry.field(default=None, description="Its exact name or an alias; a new name makes a new entity.")
    type: str | None = strawberry.field(default=None, description="Its type, to tell namesakes apart or for a new one.")


@strawberry.input(description="A fact that the caller asserts: subject, relation and object, and when it holds.")
class FactInput:
    subject: EntityInput = strawberry.field(description="Whom or what it is about.")
    relation: str = strawberry.field(
        description="A relation of the ontology by name or exact words, or one of your own in lower_snake_case."
    )
    object: EntityInput = strawberry.field(description="What the relation leads to.")
    id: str | None = strawberry.field(default=None, description="Your id. Sending it again changes nothing.")
    text: str | None = strawberry.field(default=None, description="The fact as a sentence; default: made from the three.")
    valid_at: WhenText | None = strawberry.field(
        default=None, description="When it began to hold, default now. A period sets the precision."
    )
    invalid_at: WhenText | None = strawberry.field(default=None, description="The first instant at which it no longer held.")
    seen_at: WhenText | None = strawberry.field(
        default=None, description="The last instant at which this is known to hold; default: validAt."
    )
    said_at: WhenText | None = strawberry.field(default=None, description="When it was said; default: now.")
    confidence: float | None = strawberry.field(default=None, description="How sure it is, from 0 to 1; default 1.")
    attributes: JSON | None = strawberry.field(default=None, description="An object to keep with it.")


@strawberry.input(description="Facts to assert, as one operation.")
class AddFacts:
    group: str = strawberry.field(description="The group to keep them in; it is created if it is new.")
    facts: list[FactInput] = strawberry.field(description="The facts: all of them are taken, or none.")
    reason: str | None = strawberry.field(default=None, description="Why, for the Change log.")


@strawberry.input(description="A fact that was never so.")
class CorrectFact:
    fact: strawberry.ID = strawberry.field(description="The fact to retract.")
    reason: str = strawberry.field(description="Why, for the Change log; not empty.")
    replacement: FactInput | None = strawberry.field(
        name="with", default=None, description="What was so instead. Without times it takes over those of the retracted fact."
    )


@strawberry.input(description="A fact that stopped being so.")
class EndFact:
    fact: strawberry.ID = strawberry.field(description="The fact that ended.")
    at: WhenText = strawberry.field(description="The first instant at which it no longer held.")
    reason: str = strawberry.field(description="Why, for the Change log; not empty.")


@strawberry.input(description="What to forget: exactly one of episode, session, entity, fact and everything.")
class Forget:
    group: str = strawberry.field(description="The group it is in.")
    episode: strawberry.ID | None = strawberry.field(default=None, description="One message or document.")
    session: str | None = strawberry.field(default=None, description="A conversation by its name, with all its episodes.")
    entity: strawberry.ID | None = strawberry.field(
        default=None,
        description="An entity with all that was ever told of it. Messages that mention it stay as they are, words and all, "
        "and are no longer linked to it.",
    )
    fact: strawberry.ID | None = strawberry.field(
        default=None, description="A fact with all it rests on. The messages in which it was said stay as they are."
    )
    everything: bool | None = strawberry.field(
        default=False, description="All of the group but its settings and its log, emptied of words."
    )


@strawberry.input(description="How an entity reads from now on; what is left out stays as it is.")
class UpdateEntity:
    entity: strawberry.ID = strawberry.field(description="The entity.")
    name: str | None = strawberry.field(default=None, description="Its name. The former one stays an alias, unless that is removed too.")
    type: str | None = strawberry.field(default=None, description="Its type: one of the ontology, or another.")
    add_aliases: list[str] | None = strawberry.field(default=None, description="Further names that mean it.")
    remove_aliases: list[str] | None = strawberry.field(default=None, description="Names that mean it no longer.")
    summary: str | None = strawberry.field(default=None, description="What it is, in a sentence or two; an empty text takes it away.")

    def revision(self) -> Revision:
        return Revision(self.name, self.type, tuple(self.add_aliases or ()), tuple(self.remove_aliases or ()), self.summary)


@strawberry.input(description="Entities that are one.")
class MergeEntities:
    keep: strawberry.ID = strawberry.field(description="The one that is kept. It takes the others' names as aliases.")
    merge: list[strawberry.ID] = strawberry.field(description="The others. What was said of them counts for the one that is kept.")
    reason: str = strawberry.field(description="Why, for the Change log; not empty.")


@strawberry.input(description="What a person decides about a review.")
class ResolveReview:
    review: strawberry.ID = strawberry.field(description="The review.")
    keep: list[strawberry.ID] = strawberry.field(
        description="Of a contradiction the facts that were so: the others are corrected. Of duplicates one entity, which the others are "
        "merged into; or all of them, where they are different: they are not asked about again."
    )
    reason: str = strawberry.field(description="Why, for the Change log; not empty.")


@strawberry.input(description="Settings of a group; what is left out stays as it is.")
class ConfigureGroup:
    group: str = strawberry.field(description="The group; it is created if it is new.")
    updates: UpdatePolicy | None = strawberry.field(
        default=None, description="What a new value does to the old one. Set later, what is believed is drawn anew."
    )
    timezone: str | None = strawberry.field(
        default=None, description="The IANA name of the zone that dates without an offset are read in, such as Europe/Vienna."
    )


def message_input(given: MessageInput, field: str) -> inputs.MessageInput:
    return inputs.MessageInput(
        role=given.role,
        content=given.content,
        name=given.name,
        id=given.id,
        said_at=given.said_at,
        metadata=json_object(given.metadata, f"{field}.metadata"),
    )


def document_input(given: AddDocument) -> inputs.DocumentInput:
    return inputs.DocumentInput(
        content=given.content,
        kind=given.kind or EpisodeKind.TEXT,
        title=given.title,
        id=given.id,
        said_at=given.said_at,
        metadata=json_object(given.metadata, "metadata"),
    )


def fact_input(given: FactInput, group: str, field: str) -> inputs.FactInput:
    return inputs.FactInput(
        subject=_entity_input(given.subject, group, f"{field}.subject"),
        relation=given.relation,
        object=_entity_input(given.object, group, f"{field}.object"),
        text=given.text,
        id=given.id,
        valid_at=given.valid_at,
        invalid_at=given.invalid_at,
        seen_at=given.seen_at,
        said_at=given.said_at,
        confidence=given.confidence,
        attributes=json_object(given.attributes, f"{field}.attributes"),
    )


def forget_target(given: Forget) -> inputs.Target:
    """Raises BadInput for an id of another kind, NotFound for one of another group."""
    return inputs.Target(
        episode=_uuid_in(given.episode, Kind.EPISODE, given.group, "episode"),
        session=given.session,
        entity=_uuid_in(given.entity, Kind.ENTITY, given.group, "entity"),
        fact=_uuid_in(given.fact, Kind.FACT, given.group, "fact"),
        everything=bool(given.everything),
    )


def _entity_input(given: EntityInput, group: str, field: str) -> inputs.EntityInput:
    if given.id is None:
        return inputs.EntityInput(name=given.name, type=given.type)
    uuid = _uuid_in(given.id, Kind.ENTITY, group, f"{field}.id")
    return inputs.EntityInput(id=uuid, name=given.name, type=given.type)


def _uuid_in(id: str | None, kind: Kind, group: str, field: str) -> str | None:
    """The uuid in an id of the group; None for none. Raises BadInput for another kind, NotFound for another group."""
    if id is None:
        return None
    found = parse_id(id)
    if found.kind is not kind:
        raise BadInput(f"{id!r} is an id of kind {found.kind}", hint=f"Send the id of a {kind}.", field=field)
    if found.group != group:
        raise NotFound(f"there is no {kind.lower()} {id!r} in the group {group!r}", field=field)
    return found.uuid


def json_object(value: JSON | None, field: str) -> Mapping[str, object]:
    """A JSON object, or an empty one for none. Raises BadInput for any other value."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise BadInput(f"{value!r} is not a JSON object", hint='Send an object, such as {"source": "chat"}.', field=field)
    return value
