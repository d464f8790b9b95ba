"""Review: a question for a person."""

from datetime import datetime
from typing import TYPE_CHECKING

import strawberry

from graph import model
from schema.enums import ReviewKind
from schema.field import field
from schema.ids import GlobalId, Kind, global_id
from schema.node import Node
from schema.refs import ChangeRef, EntityRef, FactRef

if TYPE_CHECKING:
    from schema.loaders import Seen


@strawberry.type(description="What a person should decide: a contradiction that no rule settles, or entities that may be one.")
class Review(Node):
    seen: strawberry.Private["Seen"]
    record: strawberry.Private[model.Review]
    kind: ReviewKind = strawberry.field(description="What is asked.")
    reason: str = strawberry.field(description="Why, in words.")
    opened_at: datetime = strawberry.field(description="When the question arose.")
    resolved_at: datetime | None = strawberry.field(description="When it was answered; null while it is open.")

    def global_id(self) -> GlobalId:
        return global_id(Kind.REVIEW, self.record.group, self.record.uuid)

    @field("The facts in question.")
    async def facts(self) -> list[FactRef]:
        return await self.seen.facts(self.record.facts)

    @field("The entities in question.")
    async def entities(self) -> list[EntityRef]:
        return await self.seen.entities(self.record.entities)

    @field("The entry of the Change log that tells how it was answered.")
    async def resolution(self) -> ChangeRef | None:
        known = self.record.resolution if self.resolved_at else None
        return await self.seen.change(known) if known else None


def review(record: model.Review, seen: "Seen") -> Review:
    return Review(
        seen=seen,
        record=record,
        kind=record.kind,
        reason=record.reason,
        opened_at=record.opened_at,
        resolved_at=seen.known_by(record.resolved_at),
    )
