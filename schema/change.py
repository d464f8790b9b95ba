"""Change: one entry of a group's log."""

from datetime import datetime
from typing import TYPE_CHECKING

import strawberry

from graph import model
from schema.enums import ChangeKind
from schema.field import field
from schema.ids import GlobalId, Kind, global_id
from schema.node import Node
from schema.refs import ChangeRef, EntityRef, EpisodeRef, FactRef

if TYPE_CHECKING:
    from schema.loaders import Seen


@strawberry.type(
    description="One entry of the append-only log of a group. `seq` grows by one; nothing is rewritten, except that forget blanks the "
    "words it erases."
)
class Change(Node):
    seen: strawberry.Private["Seen"]
    record: strawberry.Private[model.Change]
    seq: int = strawberry.field(description="Its number in the group's log.")
    operation: strawberry.ID = strawberry.field(description="Shared by all changes of one message batch or mutation.")
    kind: ChangeKind = strawberry.field(description="What changed.")
    at: datetime = strawberry.field(description="When.")
    actor: str = strawberry.field(description="By whom: the extractor that read an episode, or the key of a caller.")
    rule: str = strawberry.field(description="By which rule.")
    reason: str = strawberry.field(description="Why, in words.")

    def global_id(self) -> GlobalId:
        return global_id(Kind.CHANGE, self.record.group, self.record.uuid)

    @field("The episode it came from; null for a mutation.")
    async def episode(self) -> EpisodeRef | None:
        return await self.seen.episode(self.record.episode) if self.record.episode else None

    @field("The change that was undone with this one, and its whole operation with it.")
    async def undoes(self) -> ChangeRef | None:
        return await self.seen.change(self.record.undoes) if self.record.undoes else None

    @field("The change that undid this one with its whole operation; null where it stands.")
    async def undone_by(self) -> ChangeRef | None:
        found = await self.seen.undone_by.load(self.record.operation)
        return self.seen.show_change(found) if found else None

    @field("The facts it is about, old and new records.")
    async def facts(self) -> list[FactRef]:
        return await self.seen.facts(self.record.facts)

    @field("The entities it is about.")
    async def entities(self) -> list[EntityRef]:
        return await self.seen.entities(self.record.entities)


def change(record: model.Change, seen: "Seen") -> Change:
    return Change(
        seen=seen,
        record=record,
        seq=record.seq,
        operation=strawberry.ID(record.operation),
        kind=record.kind,
        at=record.at,
        actor=record.actor,
        rule=record.rule,
        reason=record.reason,
    )
