"""Graph: one group seen at one instant, where every read begins."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated

import strawberry

from graph import model, views
from schema.arguments import After, First
from schema.change import Change
from schema.connection import Connection, connect
from schema.context import Context, Subgraph, context, subgraph
from schema.entity import Entity
from schema.enums import EntityOrder, FactOrder, Kind, ReviewKind
from schema.episode import Episode
from schema.fact import Fact
from schema.field import field
from schema.group import Group, group
from schema.ids import GlobalId
from schema.ids import Kind as NodeKind
from schema.inputs import ChangeFilter, EntityFilter, FactFilter, change_filter, fact_filter
from schema.loaders import Seen
from schema.node import Node
from schema.review import Review, review
from schema.session import Session

EVERY_KIND = (Kind.ENTITY, Kind.FACT, Kind.EPISODE)


@strawberry.type(description="An instant on two clocks.")
class Instant:
    valid: datetime = strawberry.field(description="When it held in the world.")
    known: datetime = strawberry.field(description="What the service had been told by then.")


@strawberry.type(description="What a search found, and where.")
class Hit:
    node: Node = strawberry.field(description="The entity, fact or episode.")
    score: float = strawberry.field(description="Higher is better; comparable within one search only.")
    highlight: str = strawberry.field(description="The words that match, in their surroundings.")


@strawberry.type(description="How many of something there are.")
class Count:
    name: str = strawberry.field(description="The entity type or relation.")
    count: int = strawberry.field(description="How many there are.")


@strawberry.type(description="What a Graph holds.")
class Counts:
    entities: int = strawberry.field(description="Entities known at the instant.")
    facts: int = strawberry.field(description="Facts that hold at the instant.")
    episodes: int = strawberry.field(description="Episodes kept by then.")
    sessions: int = strawberry.field(description="Sessions begun by then.")
    entity_types: list[Count] = strawberry.field(description="Entities by type, the most frequent first.")
    relations: list[Count] = strawberry.field(description="Facts by relation, the most frequent first.")


@strawberry.type(
    description="One group seen at one instant. Everything below it - entities, facts, neighbourhoods, context - is seen at that instant."
)
class Graph(Node):
    seen: strawberry.Private[Seen]

    def global_id(self) -> GlobalId:
        return GlobalId(NodeKind.GRAPH, self.seen.graph.group, self.seen.graph.given)

    @field("The group.")
    async def group(self) -> Group:
        record = await self.seen.graph.record()
        at = self.seen.graph.as_of.known
        return group(record or model.Group(self.seen.graph.group, 0, at, at))

    @field("The instant, with what was left out filled in.")
    async def as_of(self) -> Instant:
        await self.seen.graph.record()
        return Instant(valid=self.seen.graph.as_of.valid, known=self.seen.graph.as_of.known)

    @field(
        "What a model should read before it answers `question`: the neighbourhood of the graph that the question needs, "
        "cut to `budget` tokens."
    )
    async def context(
        self,
        question: Annotated[str, strawberry.argument(description="The question, in plain words.")],
        budget: Annotated[int | None, strawberry.argument(description="How many tokens `text` may have.")] = 1500,
        hops: Annotated[
            int | None, strawberry.argument(description="How many facts away to look; relations named in a row are followed on.")
        ] = 2,
        session: Annotated[str | None, strawberry.argument(description="The session that the question is asked in.")] = None,
        around: Annotated[list[strawberry.ID] | None, strawberry.argument(description="Entities to start from as well.")] = None,
        template: Annotated[str | None, strawberry.argument(description="The form of `text`.")] = "default",
    ) -> Context:
        given = self._few(around or ())
        answering = self.seen.graph.context(
            question,
            budget=1500 if budget is None else budget,
            hops=2 if hops is None else hops,
            session=session,
            around=[self.seen.entity_in(id, "around") for id in given],
            template=template or "default",
        )
        found, _ = await asyncio.gather(answering, self._entity_uuids(given))
        return context(found, self.seen)

    @field("Entities, facts and episodes that match a text by words or by meaning, best first.")
    async def search(
        self,
        text: Annotated[str, strawberry.argument(description="What to look for.")],
        kinds: Annotated[list[Kind] | None, strawberry.argument(description="What to look through.")] = EVERY_KIND,  # type: ignore[assignment]
        first: First = 10,
    ) -> list[Hit]:
        most = self.seen.limits.within("first", 10 if first is None else first, self.seen.limits.first)
        found = await self.seen.graph.search(text, [str(kind) for kind in (EVERY_KIND if kinds is None else kinds)], most)
        return [Hit(node=self.seen.show(hit.record), score=hit.score, highlight=hit.highlight) for hit in found]

    @field("An entity by id, or by exact name or alias (of several, the best connected). Given both, they must agree.")
    async def entity(
        self,
        id: Annotated[strawberry.ID | None, strawberry.argument(description="Its id.")] = None,
        name: Annotated[str | None, strawberry.argument(description="Its exact name or an alias, in any case.")] = None,
    ) -> Entity | None:
        if id is not None:
            uuid = self.seen.uuid_in(id, NodeKind.ENTITY)
            found = await self.seen.entity(uuid) if uuid else None
            return found if found is None or name is None else found.called(name)
        return await self.seen.entity_named(name) if name is not None else None

    @field("Entities known at the instant.")
    async def entities(
        self,
        filter: Annotated[EntityFilter | None, strawberry.argument(description="Which entities.")] = None,
        order_by: Annotated[EntityOrder | None, strawberry.argument(description="In which order.")] = EntityOrder.MOST_CONNECTED,
        first: First = 50,
        after: After = None,
    ) -> Connection[Entity]:
        wanted = filter.view() if filter else views.EntityFilter()
        found = await self.seen.graph.entities(wanted, order_by or EntityOrder.MOST_CONNECTED, self.seen.page(first, after))
        return connect(self.seen.met(found), self.seen.show_entity, after)

    @field("A fact by id, retracted ones included.")
    async def fact(self, id: Annotated[strawberry.ID, strawberry.argument(description="Its id.")]) -> Fact | None:
        uuid = self.seen.uuid_in(id, NodeKind.FACT)
        return await self.seen.fact(uuid) if uuid else None

    @field("Facts as they stand at the instant.")
    async def facts(
        self,
        filter: Annotated[FactFilter | None, strawberry.argument(description="Which facts; by default those that hold.")] = None,
        order_by: Annotated[FactOrder | None, strawberry.argument(description="In which order.")] = FactOrder.NEWEST,
        first: First = 50,
        after: After = None,
    ) -> Connection[Fact]:
        wanted = await fact_filter(filter, self.seen)
        found = await self.seen.graph.facts(wanted, order_by or FactOrder.NEWEST, self.seen.page(first, after))
        return connect(self.seen.met_ends(found), self.seen.show_fact, after)

    @field(
        "All that was ever believed about an entity, or one relation of it, in order of validity: what replaced what, when and why. "
        "Records that were only rewritten are left out."
    )
    async def timeline(
        self,
        entity: Annotated[strawberry.ID, strawberry.argument(description="The entity.")],
        relation: Annotated[str | None, strawberry.argument(description="Only this relation.")] = None,
        first: First = 50,
        after: After = None,
    ) -> Connection[Fact]:
        uuid = await self.seen.entity_uuid(entity, "entity")
        found = await self.seen.graph.timeline(uuid, relation, self.seen.page(first, after))
        return connect(self.seen.met_ends(found), self.seen.show_fact, after)

    @field("The entities and facts within some facts' distance of entities.")
    async def neighborhood(
        self,
        around: Annotated[list[strawberry.ID], strawberry.argument(description="The entities to start from.")],
        hops: Annotated[int | None, strawberry.argument(description="How many facts away to look.")] = 1,
        filter: Annotated[FactFilter | None, strawberry.argument(description="Only over these facts; by default those that hold.")] = None,
        limit: Annotated[int | None, strawberry.argument(description="How many facts at most.")] = 100,
    ) -> Subgraph:
        limits = self.seen.limits
        steps = limits.within("hops", 1 if hops is None else hops, limits.hops)
        most = limits.within("limit", 100 if limit is None else limit, limits.first)
        uuids, wanted = await asyncio.gather(self._entity_uuids(around), fact_filter(filter, self.seen))
        return subgraph(await self.seen.graph.neighborhood(uuids, steps, wanted, most), self.seen)

    @field("An episode by id.")
    async def episode(self, id: Annotated[strawberry.ID, strawberry.argument(description="Its id.")]) -> Episode | None:
        uuid = self.seen.uuid_in(id, NodeKind.EPISODE)
        return await self.seen.episode(uuid) if uuid else None

    @field("Episodes in the order they were said.")
    async def episodes(
        self,
        session: Annotated[str | None, strawberry.argument(description="Only those of the session of this name.")] = None,
        first: First = 50,
        after: After = None,
    ) -> Connection[Episode]:
        found = await self.seen.graph.episodes(session, self.seen.page(first, after))
        return connect(found, self.seen.show_episode, after)

    @field("Conversations.")
    async def sessions(self, first: First = 50, after: After = None) -> Connection[Session]:
        found = await self.seen.graph.sessions(self.seen.page(first, after))
        return connect(found, self.seen.show_session, after)

    @field("What a person should decide: contradictions that no rule settles, entities that may be one. Open ones only.")
    async def reviews(
        self,
        kind: Annotated[ReviewKind | None, strawberry.argument(description="Only of this kind.")] = None,
        first: First = 50,
        after: After = None,
    ) -> Connection[Review]:
        found = await self.seen.graph.reviews(kind, self.seen.page(first, after))
        return connect(found, lambda record: review(record, self.seen), after)

    @field("The Change log up to the instant, oldest first.")
    async def changes(
        self,
        filter: Annotated[ChangeFilter | None, strawberry.argument(description="Which changes; by default all.")] = None,
        first: First = 50,
        after: After = None,
    ) -> Connection[Change]:
        wanted = await change_filter(filter, self.seen)
        found = await self.seen.graph.changes(self.seen.page(first, after), wanted)
        return connect(found, self.seen.show_change, after)

    @field("How much there is.")
    async def counts(self) -> Counts:
        found = await self.seen.graph.counts()
        return Counts(
            entities=found.entities,
            facts=found.facts,
            episodes=found.episodes,
            sessions=found.sessions,
            entity_types=_most_frequent(found.entity_types),
            relations=_most_frequent(found.relations),
        )

    async def _entity_uuids(self, ids: Sequence[str]) -> list[str]:
        return await asyncio.gather(*(self.seen.entity_uuid(id, "around") for id in self._few(ids)))

    def _few(self, around: Sequence[str]) -> Sequence[str]:
        self.seen.limits.within("around", len(around), self.seen.limits.around, least=0)
        return around


def _most_frequent(counts: Mapping[str, int]) -> list[Count]:
    """The most frequent first, equal ones by name."""
    return [Count(name=name, count=counts[name]) for name in sorted(counts, key=lambda name: (-counts[name], name))]
