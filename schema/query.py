"""The root of reading."""

import asyncio
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated

import strawberry

from schema.arguments import After, First
from schema.connection import Connection, connect
from schema.field import field
from schema.graph import Graph
from schema.group import Group, group
from schema.ids import GlobalId, Kind, parsed
from schema.inputs import AsOf
from schema.loaders import Seen
from schema.node import Node
from schema.request import Info, Request
from schema.scalars import WhenText
from schema.work import Work


@strawberry.type(description="The service itself.")
class Service:
    version: str = strawberry.field(description="Its version.")
    store: str = strawberry.field(description="Where memories are kept: embedded or neo4j.")
    extractor: str = strawberry.field(description="What reads episodes.")
    embedder: str = strawberry.field(description="What turns texts into vectors.")
    ready: bool = strawberry.field(description="Whether the store answers.")


def _version() -> str:
    try:
        return version("palimpsest")
    except PackageNotFoundError:
        return "not installed"


AsOfArgument = Annotated[AsOf | None, strawberry.argument(description="The instant; default now on both clocks.")]


def see(request: Request, name: str, as_of: AsOf | None = None, since: datetime | None = None) -> Seen:
    """The group at an instant, now not before `since`. Raises Forbidden."""
    memory = request.open(name)
    given = as_of or AsOf()
    return Seen(memory, memory.look(name, given.valid, given.known, since), request.limits)


class Finding:
    """Finds what ids name, each Graph of theirs seen once."""

    def __init__(self, request: Request, as_of: AsOf | None) -> None:
        self._request = request
        self._as_of = as_of
        self._seen: dict[str, Seen] = {}

    async def node(self, id: str) -> Node | None:
        """What an id names, None where there is no such thing or its group is not ours to see."""
        wanted = parsed(id)
        if wanted is None or not self._request.principal.sees(wanted.group):
            return None
        if wanted.kind is Kind.GRAPH:
            return Graph(seen=see(self._request, wanted.group, self._as_of or _as_given(wanted)))
        if wanted.group not in self._seen:
            self._seen[wanted.group] = see(self._request, wanted.group, self._as_of)
        return await _find_in(self._seen[wanted.group], wanted)


async def find(request: Request, id: str, as_of: AsOf | None) -> Node | None:
    """What an id names, as of an instant."""
    return await Finding(request, as_of).node(id)


def _as_given(graph: GlobalId) -> AsOf:
    valid, known = (WhenText(part) if part is not None else None for part in graph.parts)
    return AsOf(valid=valid, known=known)


async def _find_in(seen: Seen, wanted: GlobalId) -> Node | None:
    match wanted.kind:
        case Kind.GROUP:
            record = await seen.graph.record()
            return group(record) if record else None
        case Kind.ENTITY:
            return await seen.entity(wanted.uuid)
        case Kind.FACT:
            return await seen.fact(wanted.uuid)
        case Kind.EPISODE:
            return await seen.episode(wanted.uuid)
        case Kind.SESSION:
            return await seen.session(wanted.uuid)
        case Kind.WORK:
            return await seen.work(wanted.uuid)
        case Kind.CHANGE:
            return await seen.change(wanted.uuid)
        case Kind.REVIEW:
            return await seen.review(wanted.uuid)
        case _:
            return None


@strawberry.type(description="Reading.")
class Query:
    @field("One group seen at one instant. A group that has nothing yet is an empty Graph.")
    async def graph(
        self, info: Info, group: Annotated[str, strawberry.argument(description="The group's name.")], as_of: AsOfArgument = None
    ) -> Graph:
        return Graph(seen=see(info.context, group, as_of))

    @field("The groups that your key sees.")
    async def groups(self, info: Info, first: First = 50, after: After = None) -> Connection[Group]:
        found = await info.context.groups(info.context.limits.page(first, after))
        return connect(found, group, after)

    @field("Whatever an id names; null where there is no such thing.")
    async def node(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="Its id.")], as_of: AsOfArgument = None
    ) -> Node | None:
        return await find(info.context, id, as_of)

    @field("Whatever the ids name, in their order; null for each that names nothing.")
    async def nodes(
        self, info: Info, ids: Annotated[list[strawberry.ID], strawberry.argument(description="The ids.")], as_of: AsOfArgument = None
    ) -> list[Node | None]:
        info.context.limits.within("ids", len(ids), info.context.limits.first, least=0)
        finding = Finding(info.context, as_of)
        return list(await asyncio.gather(*(finding.node(id) for id in ids)))

    @field("A piece of Work by id.")
    async def work(self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="Its id.")]) -> Work | None:
        found = await find(info.context, id, None)
        return found if isinstance(found, Work) else None

    @field("The service itself.")
    async def service(self, info: Info) -> Service:
        found = await info.context.service()
        return Service(version=_version(), store=found.store, extractor=found.extractor, embedder=found.embedder, ready=found.ready)
