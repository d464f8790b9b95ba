"""Session: one conversation."""

from datetime import datetime
from typing import TYPE_CHECKING

import strawberry

from graph import model
from schema.arguments import After, First
from schema.connection import Connection, connect
from schema.field import field
from schema.ids import GlobalId, Kind, global_id
from schema.node import Node
from schema.refs import EpisodeRef

if TYPE_CHECKING:
    from schema.loaders import Seen


@strawberry.type(description="One conversation: an ordered run of episodes.")
class Session(Node):
    seen: strawberry.Private["Seen"]
    record: strawberry.Private[model.Session]
    name: str = strawberry.field(description="The caller's name for it.")
    title: str | None = strawberry.field(description="What it is about.")
    started_at: datetime = strawberry.field(description="When its first episode was said.")
    last_at: datetime = strawberry.field(description="When its last episode was said.")

    def global_id(self) -> GlobalId:
        return global_id(Kind.SESSION, self.record.group, self.record.name)

    @field("Its episodes in the order they were said.")
    async def episodes(self, first: First = 50, after: After = None) -> Connection[EpisodeRef]:
        found = await self.seen.graph.episodes(self.record.name, self.seen.page(first, after))
        return connect(found, self.seen.show_episode, after)


def session(record: model.Session, seen: "Seen") -> Session:
    return Session(seen=seen, record=record, name=record.name, title=record.title, started_at=record.started_at, last_at=record.last_at)
