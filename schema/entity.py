"""Entity: a person, place, organisation or thing that facts are about."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry.scalars import JSON

from graph import model
from graph.resolve import is_called, other_name
from schema.arguments import After, First
from schema.connection import Connection, connect
from schema.field import field
from schema.ids import GlobalId, Kind, global_id
from schema.inputs import FactFilter, fact_filter
from schema.node import Node
from schema.refs import EntityRef, EpisodeRef, FactRef

if TYPE_CHECKING:
    from schema.loaders import Seen


@strawberry.type(description="A person, place, organisation or thing that facts are about, as it was known at the instant.")
class Entity(Node):
    seen: strawberry.Private["Seen"]
    record: strawberry.Private[model.Entity]
    name: str = strawberry.field(description="The name it goes by.")
    type: str = strawberry.field(description="Its type in the ontology, such as Person or Organisation.")
    aliases: list[str] = strawberry.field(description="Other names it was called by.")
    summary: str | None = strawberry.field(description="What it is, in a sentence or two.")
    created_at: datetime = strawberry.field(description="When it was recorded first.")

    def called(self, name: str) -> "Entity":
        """Itself. Raises BadInput where it has no such name or alias."""
        if not is_called(self.record, name):
            raise other_name(self.record, name, "name")
        return self

    def global_id(self) -> GlobalId:
        return global_id(Kind.ENTITY, self.record.group, self.record.uuid)

    @field(
        "Its values (numbers, dates, addresses) that hold at the instant, by relation: a text, or a list of texts where several hold. "
        "Each is backed by a fact."
    )
    async def attributes(self) -> JSON:
        return JSON(await self.seen.attributes.load(self.record.uuid) or {})

    @field("Facts with this entity as subject or object, newest first.")
    async def facts(
        self,
        filter: Annotated[FactFilter | None, strawberry.argument(description="Which facts; by default those that hold.")] = None,
        first: First = 50,
        after: After = None,
    ) -> Connection[FactRef]:
        wanted = await fact_filter(filter, self.seen, entity=self.record.uuid)
        found = await self.seen.graph.facts(wanted, "NEWEST", self.seen.page(first, after))
        return connect(self.seen.met_ends(found), self.seen.show_fact, after)

    @field("Entities that a fact which holds connects with this one.")
    async def neighbors(
        self,
        relations: Annotated[list[str] | None, strawberry.argument(description="Only over these relations.")] = None,
        first: First = 50,
        after: After = None,
    ) -> Connection[EntityRef]:
        found = await self.seen.graph.neighbors(self.record.uuid, relations or (), self.seen.page(first, after))
        return connect(self.seen.met(found), self.seen.show_entity, after)

    @field("Episodes that mention it.")
    async def mentions(self, first: First = 20, after: After = None) -> Connection[EpisodeRef]:
        found = await self.seen.graph.mentions(self.record.uuid, self.seen.page(20 if first is None else first, after))
        return connect(found, self.seen.show_episode, after)

    @field("The entity that it was merged into, which has its facts and names; null for one that stands for itself.")
    async def merged_into(self) -> EntityRef | None:
        return await self.seen.entity(self.record.merged_into) if self.record.merged_into else None

    @field("How many facts that hold touch it.")
    async def degree(self) -> int:
        return await self.seen.degrees.load(self.record.uuid) or 0


def entity(record: model.Entity, seen: "Seen") -> Entity:
    return Entity(
        seen=seen,
        record=record,
        name=record.name,
        type=record.type,
        aliases=list(record.aliases),
        summary=record.summary,
        created_at=record.created_at,
    )
