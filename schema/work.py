"""Work: the durable task of learning from kept episodes."""

from datetime import datetime
from typing import TYPE_CHECKING

import strawberry

from graph import model
from schema.enums import WorkState
from schema.field import field
from schema.ids import GlobalId, Kind, global_id
from schema.node import Node
from schema.refs import ChangeRef, EpisodeRef

if TYPE_CHECKING:
    from schema.loaders import Seen


@strawberry.type(description="The durable task of learning from kept episodes.")
class Work(Node):
    seen: strawberry.Private["Seen"]
    record: strawberry.Private[model.Work]
    state: WorkState = strawberry.field(description="How far it is.")
    attempts: int = strawberry.field(description="How often it was tried.")
    error: str | None = strawberry.field(description="What went wrong at the last attempt.")
    queued_at: datetime = strawberry.field(description="When it was accepted.")
    finished_at: datetime | None = strawberry.field(description="When it was done.")

    def global_id(self) -> GlobalId:
        return global_id(Kind.WORK, self.record.group, self.record.uuid)

    @field("The episodes it learns from.")
    async def episodes(self) -> list[EpisodeRef]:
        return await self.seen.episodes_of_work(self.record.uuid)

    @field("What it has changed so far.")
    async def changes(self) -> list[ChangeRef]:
        return await self.seen.changes_of_work(self.record.uuid)


def work(record: model.Work, seen: "Seen") -> Work:
    return Work(
        seen=seen,
        record=record,
        state=record.state,
        attempts=record.attempts,
        error=record.error,
        queued_at=record.queued_at,
        finished_at=record.finished_at,
    )
