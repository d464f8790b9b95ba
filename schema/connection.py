"""Connections in Relay's form: a page of a list, with a cursor for each item."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import strawberry

from graph.views import Slice
from schema.field import field

T = TypeVar("T")
R = TypeVar("R")


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether more items follow this page.")
    has_previous_page: bool = strawberry.field(description="Whether this page was asked for with `after`.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first item of the page.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last item of the page: send it as `after` for the next page.")


@strawberry.type(description="One item of a page, and where it stands in the list.")
class Edge(Generic[T]):
    node: T = strawberry.field(description="The item.")
    cursor: str = strawberry.field(description="Where the item stands: an opaque position that stays valid while new items arrive.")


@strawberry.type(description="A page of a list.")
class Connection(Generic[T]):
    items: strawberry.Private[Sequence[T]]
    cursors: strawberry.Private[Sequence[str]]
    page_info: PageInfo = strawberry.field(description="Where this page lies in the list.")
    total_count: int | None = strawberry.field(description="How many items the list has; null where counting would cost a scan.")

    @field("The items with their cursors.")
    def edges(self) -> list[Edge[T]]:
        return [Edge(node=node, cursor=cursor) for node, cursor in zip(self.items, self.cursors, strict=True)]

    @field("The items.")
    def nodes(self) -> list[T]:
        return list(self.items)


def connect(found: Slice[R], shape: Callable[[R], T], after: str | None) -> Connection[T]:
    """The connection of a slice, each record in its GraphQL shape."""
    return Connection(
        items=[shape(record) for record in found.items],
        cursors=found.cursors,
        page_info=PageInfo(
            has_next_page=found.more,
            has_previous_page=after is not None,
            start_cursor=found.cursors[0] if found.cursors else None,
            end_cursor=found.cursors[-1] if found.cursors else None,
        ),
        total_count=found.total,
    )
