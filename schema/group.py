"""Group: the isolated graph of one tenant, and its settings."""

from datetime import datetime

import strawberry

from graph import model
from schema.enums import UpdatePolicy
from schema.ids import GlobalId, Kind
from schema.node import Node


@strawberry.type(description="The settings of a group; `configureGroup` sets them.")
class GroupSettings:
    updates: UpdatePolicy = strawberry.field(description="What a new value of the same subject and relation does to the old one.")
    timezone: str = strawberry.field(description="The zone that dates without an offset are read in.")


@strawberry.type(description="The isolated graph of one tenant or user.")
class Group(Node):
    record: strawberry.Private[model.Group]
    name: str = strawberry.field(description="Its name, the `group` of every other field.")
    version: int = strawberry.field(description="Grows by one with each operation; 0 is a group that has nothing yet.")
    created_at: datetime = strawberry.field(description="When it was created; for a group that has nothing yet, the instant asked about.")
    settings: GroupSettings = strawberry.field(description="Its settings.")

    def global_id(self) -> GlobalId:
        return GlobalId(Kind.GROUP, self.record.name)


def group(record: model.Group) -> Group:
    return Group(
        record=record,
        name=record.name,
        version=record.version,
        created_at=record.created_at,
        settings=GroupSettings(updates=record.settings.updates, timezone=record.settings.timezone),
    )
