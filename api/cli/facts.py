"""`palimpsest facts`: what is believed."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from api.cli.channel import Channel
from api.cli.groups import require_group
from api.cli.options import NOW, First, Look
from api.cli.reach import reading
from api.cli.show import print_page
from graph.errors import NotFound

Status = Literal["holds", "ended", "future", "retracted"]

FACT = """
fragment Fact on Fact {
  id text relation status validAt validAtPrecision invalidAt invalidAtPrecision createdAt confidence
  subject { name } object { name } sources { quote saidAt }
}
"""
OF_GROUP = (
    """
query Facts($group: String!, $asOf: AsOf, $filter: FactFilter, $first: Int!) {
  graph(group: $group, asOf: $asOf) { facts(filter: $filter, first: $first) { nodes { ...Fact } pageInfo { hasNextPage } } }
}
"""
    + FACT
)
OF_ENTITY = (
    """
query EntityFacts($group: String!, $asOf: AsOf, $name: String!, $filter: FactFilter, $first: Int!) {
  graph(group: $group, asOf: $asOf) {
    entity(name: $name) { facts(filter: $filter, first: $first) { nodes { ...Fact } pageInfo { hasNextPage } } }
  }
}
"""
    + FACT
)


async def facts(
    group: str,
    /,
    *,
    entity: Annotated[str | None, Parameter(help="Only facts about the entity of this name or alias.")] = None,
    status: Annotated[Sequence[Status], Parameter(help="Which facts to list.", negative="")] = ("holds",),
    first: First = 100,
    look: Look = NOW,
) -> None:
    """List what is believed in GROUP."""
    wanted = {"group": group, "asOf": look.instant(), "filter": {"status": [s.upper() for s in status]}, "first": first}
    async with reading(look.settings()) as channel:
        page = await _page(channel, wanted, entity)
        if not page["nodes"]:
            await require_group(channel, group)
    print_page(page, nothing=f"No such facts in the group {group!r}.", json=look.json)


async def _page(channel: Channel, wanted: dict[str, Any], entity: str | None) -> Any:
    if entity is None:
        return (await channel.execute(OF_GROUP, wanted))["graph"]["facts"]
    found = (await channel.execute(OF_ENTITY, wanted | {"name": entity}))["graph"]["entity"]
    if found is None:
        raise await unknown_entity(channel, entity, wanted["group"])
    return found["facts"]


async def unknown_entity(channel: Channel, name: str, group: str) -> NotFound:
    """That, or first of all that the group is not there."""
    await require_group(channel, group)
    return NotFound(
        f"there is no entity named {name!r} in the group {group!r}", hint=f"palimpsest facts {group} shows the names there are."
    )
