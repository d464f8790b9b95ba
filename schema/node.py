"""Node: whatever has an id of its own."""

import strawberry

from schema.field import field
from schema.ids import GlobalId


@strawberry.interface(description="Something with an opaque global id, which `node` finds again.")
class Node:
    @field("An opaque global id: the kind, the group and the uuid.")
    def id(self) -> strawberry.ID:
        return self.global_id().text

    def global_id(self) -> GlobalId:
        raise NotImplementedError
