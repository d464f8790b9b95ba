"""Episode: one message or document exactly as received."""

from datetime import datetime
from typing import TYPE_CHECKING

import strawberry
from strawberry.scalars import JSON

from graph import model
from schema.enums import EpisodeKind
from schema.field import field
from schema.ids import GlobalId, Kind, global_id
from schema.node import Node
from schema.refs import EntityRef, EpisodeRef, FactRef, SessionRef, WorkRef

if TYPE_CHECKING:
    from schema.loaders import Seen


@strawberry.type(description="One message or document exactly as received.")
class Episode(Node):
    seen: strawberry.Private["Seen"]
    record: strawberry.Private[model.Episode]
    kind: EpisodeKind = strawberry.field(description="A message, or a document of text or JSON.")
    role: str | None = strawberry.field(description="Who speaks in a message: user, assistant, system or tool.")
    name: str | None = strawberry.field(description="The speaker of a message, the title of a document.")
    content: str = strawberry.field(description="The words as received.")
    said_at: datetime = strawberry.field(description="When it was said, with the offset it was given with.")
    created_at: datetime = strawberry.field(description="When the service kept it.")
    external_id: str | None = strawberry.field(description="The caller's id; sending it again changes nothing.")
    metadata: JSON = strawberry.field(description="What the caller sent along.")

    def global_id(self) -> GlobalId:
        return global_id(Kind.EPISODE, self.record.group, self.record.uuid)

    @field("The conversation it belongs to.")
    async def session(self) -> SessionRef | None:
        return await self.seen.session(self.record.session) if self.record.session is not None else None

    @field("Facts that were drawn from it and are believed at the instant, whether they hold then or not.")
    async def facts(self) -> list[FactRef]:
        return [self.seen.show_fact(found) for found in await self.seen.episode_facts.load(self.record.uuid) or ()]

    @field("Entities that it mentions.")
    async def entities(self) -> list[EntityRef]:
        return await self.seen.entities(await self.seen.episode_entities.load(self.record.uuid) or ())

    @field("The episode before it in its session.")
    async def previous(self) -> EpisodeRef | None:
        place = await self.seen.places.load(self.record.uuid)
        return await self.seen.episode(place.previous) if place and place.previous else None

    @field("The episode after it in its session.")
    async def next(self) -> EpisodeRef | None:
        place = await self.seen.places.load(self.record.uuid)
        return await self.seen.episode(place.next) if place and place.next else None

    @field("The task of learning from it.")
    async def work(self) -> WorkRef | None:
        return await self.seen.work(self.record.work) if self.record.work else None


def episode(record: model.Episode, seen: "Seen") -> Episode:
    return Episode(
        seen=seen,
        record=record,
        kind=record.kind,
        role=record.role,
        name=record.name,
        content=record.content,
        said_at=record.said_at,
        created_at=record.created_at,
        external_id=record.external_id,
        metadata=JSON(dict(record.metadata)),
    )
