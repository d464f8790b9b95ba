"""The root of writing. Every mutation is one operation, recorded with its reason in the Change log."""

from typing import Annotated

import strawberry

from graph import inputs
from graph.access import Scope
from graph.errors import BadInput, NotFound
from graph.learner import FINISHED
from graph.memory import Memory
from schema.change import Change
from schema.entity import Entity
from schema.episode import Episode
from schema.fact import Fact
from schema.field import field
from schema.group import Group, group
from schema.ids import Kind, parse_id
from schema.inputs import (
    AddDocument,
    AddFacts,
    AddMessages,
    ConfigureGroup,
    CorrectFact,
    EndFact,
    Forget,
    MergeEntities,
    ResolveReview,
    UpdateEntity,
    document_input,
    fact_input,
    forget_target,
    json_object,
    message_input,
)
from schema.query import see
from schema.request import Info, Request
from schema.work import Work


@strawberry.type(description="What was kept.")
class Added:
    episodes: list[Episode] = strawberry.field(description="The episodes, in the order given; those known already are the old ones.")
    work: Work = strawberry.field(description="The task of learning from them.")
    repeated: int = strawberry.field(description="How many were known already, by id.")


@strawberry.type(description="What an operation changed.")
class Changed:
    changes: list[Change] = strawberry.field(description="Its entries in the Change log.")
    facts: list[Fact] = strawberry.field(description="The facts it touched, as now believed.")
    entities: list[Entity] = strawberry.field(description="The entities it recorded.")


@strawberry.type(description="What is gone for good.")
class Forgotten:
    episodes: int = strawberry.field(description="How many episodes.")
    facts: int = strawberry.field(description="How many records of facts, those retracted before included.")
    entities: int = strawberry.field(description="How many entities, of which nothing else was left.")
    tombstone: Change = strawberry.field(description="The entry in the log that tells of it, without content.")


async def _added(request: Request, memory: Memory, name: str, kept: inputs.Added, wait: bool) -> Added:
    unfinished = wait and kept.work.state not in FINISHED
    done = await memory.finished(name, kept.work.uuid) if unfinished else kept.work
    seen = see(request, name, since=done.finished_at)
    return Added(episodes=[seen.show_episode(record) for record in kept.episodes], work=seen.show_work(done), repeated=kept.repeated)


def _changed(request: Request, name: str, done: inputs.Changed) -> Changed:
    seen = see(request, name, since=done.at)
    return Changed(
        changes=[seen.show_change(record) for record in done.changes],
        facts=[seen.show_fact(record) for record in done.facts],
        entities=[seen.show_entity(record) for record in done.entities],
    )


def _reach(request: Request, id: str, kind: Kind) -> tuple[str, str, Memory]:
    """The group and uuid that an id names, and the Memory to change it in."""
    found, memory = request.reach(id, Scope.WRITE)
    if found.kind is not kind:
        raise BadInput(f"{id!r} is an id of kind {found.kind}", hint=f"Send the id of a {kind}.", field=kind.lower())
    return found.group, found.uuid, memory


def _within(group: str, id: str, kinds: Kind | tuple[Kind, ...], field: str) -> str:
    """The uuid of a record of the same group."""
    found, wanted = parse_id(id), kinds if isinstance(kinds, tuple) else (kinds,)
    if found.kind not in wanted:
        hint = f"Send ids of {' or '.join(wanted)}."
        raise BadInput(f"{id!r} is an id of kind {found.kind}", hint=hint, field=field)
    if found.group != group:
        raise NotFound(f"there is nothing {id!r} in the group {group!r}", field=field)
    return found.uuid


@strawberry.type(description="Writing. Needs a key of scope write; `configureGroup` and `forget` need admin.")
class Mutation:
    @field(
        "Keeps the messages, then learns from them. Answers once they are durable; with `wait: true`, once their facts are in. "
        "Sending the same `id` again changes nothing."
    )
    async def add_messages(
        self, info: Info, input: Annotated[AddMessages, strawberry.argument(description="The messages and where they belong.")]
    ) -> Added:
        memory = info.context.open(input.group, Scope.WRITE)
        kept = await memory.add_messages(
            input.group,
            input.session,
            [message_input(message, f"messages[{n}]") for n, message in enumerate(input.messages)],
            actor=info.context.principal.name,
            metadata=json_object(input.metadata, "metadata"),
        )
        return await _added(info.context, memory, input.group, kept, bool(input.wait))

    @field("Keeps a document whole, then learns from it, as `addMessages` does.")
    async def add_document(
        self, info: Info, input: Annotated[AddDocument, strawberry.argument(description="The document and where it belongs.")]
    ) -> Added:
        memory = info.context.open(input.group, Scope.WRITE)
        kept = await memory.add_document(input.group, input.session, document_input(input), actor=info.context.principal.name)
        return await _added(info.context, memory, input.group, kept, bool(input.wait))

    @field("Facts that the caller already knows, without extraction. The same conflict rules apply.")
    async def add_facts(
        self, info: Info, input: Annotated[AddFacts, strawberry.argument(description="The facts and where they belong.")]
    ) -> Changed:
        memory = info.context.open(input.group, Scope.WRITE)
        facts = [fact_input(fact, input.group, f"facts[{n}]") for n, fact in enumerate(input.facts)]
        done = await memory.add_facts(input.group, facts, input.reason or "", actor=info.context.principal.name)
        return _changed(info.context, input.group, done)

    @field("It was never so. The fact is retracted; the corrected one, if given, takes its place.")
    async def correct_fact(
        self, info: Info, input: Annotated[CorrectFact, strawberry.argument(description="The fact, and what was so instead.")]
    ) -> Changed:
        name, uuid, memory = _reach(info.context, input.fact, Kind.FACT)
        replacement = fact_input(input.replacement, name, "with") if input.replacement else None
        done = await memory.correct_fact(name, uuid, input.reason, replacement, actor=info.context.principal.name)
        return _changed(info.context, name, done)

    @field("It stopped being so. CONFLICT, naming what does, where something else ends it before.")
    async def end_fact(
        self, info: Info, input: Annotated[EndFact, strawberry.argument(description="The fact and when it ended.")]
    ) -> Changed:
        name, uuid, memory = _reach(info.context, input.fact, Kind.FACT)
        done = await memory.end_fact(name, uuid, input.at, input.reason, actor=info.context.principal.name)
        return _changed(info.context, name, done)

    @field(
        "Takes back the whole operation of a change, as a new operation: what it asserted, what it withdrew, how it named entities. "
        "Undoing that one brings it back. CONFLICT where it is undone already, and for a forgetting."
    )
    async def undo(
        self,
        info: Info,
        change: Annotated[strawberry.ID, strawberry.argument(description="Any change of the operation.")],
        reason: Annotated[str | None, strawberry.argument(description="Why.")] = None,
    ) -> Changed:
        name, uuid, memory = _reach(info.context, change, Kind.CHANGE)
        done = await memory.undo(name, uuid, reason or "", actor=info.context.principal.name)
        return _changed(info.context, name, done)

    @field(
        "Erases for good, and cannot be undone: content, quotes, facts that rest on nothing else, vectors, index entries, words in the "
        "log. What is believed is drawn anew from what remains, for every instant. Leaves a tombstone without content. "
        "Needs a key of scope admin."
    )
    async def forget(self, info: Info, input: Annotated[Forget, strawberry.argument(description="What to forget.")]) -> Forgotten:
        memory = info.context.open(input.group, Scope.ADMIN)
        done = await memory.forget(input.group, forget_target(input), actor=info.context.principal.name)
        seen = see(info.context, input.group, since=done.tombstone.at)
        tombstone = seen.show_change(done.tombstone)
        return Forgotten(episodes=done.episodes, facts=done.facts, entities=done.entities, tombstone=tombstone)

    @field(
        "How an entity reads from now on: its name, type, aliases and summary. As of earlier it reads as it did. Where another has a new "
        "name of it already, a DUPLICATE review asks whether they are one."
    )
    async def update_entity(
        self, info: Info, input: Annotated[UpdateEntity, strawberry.argument(description="The entity, and what changes of it.")]
    ) -> Changed:
        name, uuid, memory = _reach(info.context, input.entity, Kind.ENTITY)
        done = await memory.update_entity(name, uuid, input.revision(), actor=info.context.principal.name)
        return _changed(info.context, name, done)

    @field(
        "These entities are one: what was said of the merged ones counts for the one that is kept, and their names mean it. Undoing it "
        "keeps them apart again. CONFLICT where their types exclude one another, or a fact stands between them."
    )
    async def merge_entities(
        self, info: Info, input: Annotated[MergeEntities, strawberry.argument(description="The one to keep, and the others.")]
    ) -> Changed:
        name, uuid, memory = _reach(info.context, input.keep, Kind.ENTITY)
        others = [_within(name, id, Kind.ENTITY, "merge") for id in input.merge]
        done = await memory.merge_entities(name, uuid, others, input.reason, actor=info.context.principal.name)
        return _changed(info.context, name, done)

    @field("Answers a review: which facts were so, which entities are one. CONFLICT for one that is resolved already.")
    async def resolve_review(
        self, info: Info, input: Annotated[ResolveReview, strawberry.argument(description="The review, and what is kept.")]
    ) -> Changed:
        name, uuid, memory = _reach(info.context, input.review, Kind.REVIEW)
        kept = [_within(name, id, (Kind.FACT, Kind.ENTITY), "keep") for id in input.keep]
        done = await memory.resolve_review(name, uuid, kept, input.reason, actor=info.context.principal.name)
        return _changed(info.context, name, done)

    @field(
        "Sets how a group behaves, and creates it if it is new. Other `updates` draw anew what is believed, as one operation that can be "
        "undone. Needs a key of scope admin."
    )
    async def configure_group(
        self, info: Info, input: Annotated[ConfigureGroup, strawberry.argument(description="The group and its settings.")]
    ) -> Group:
        memory = info.context.open(input.group, Scope.ADMIN)
        return group(await memory.configure(input.group, updates=input.updates, timezone=input.timezone, actor=info.context.principal.name))

    @field("Queues a parked Work again.")
    async def retry_work(self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="Its id.")]) -> Work:
        name, uuid, memory = _reach(info.context, id, Kind.WORK)
        record = await memory.retry_work(name, uuid)
        return see(info.context, name).show_work(record)
