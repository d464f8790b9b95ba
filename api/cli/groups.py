"""Whether a group is there: a slip in its name is told, instead of an empty answer."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from api.cli.channel import Channel
from graph.errors import NotFound
from schema.ids import GlobalId, Kind

SHOWN = 5
"""How many names a hint has."""
NAMED = "query Group($id: ID!) { node(id: $id) { id } }"
MOST = 100
"""Of how many the nearest are found."""
ALL = f"query Groups {{ groups(first: {MOST}) {{ nodes {{ name }} }} }}"


async def require_group(channel: Channel, group: str) -> None:
    """Raises NotFound for a group that nothing was ever written to, naming those that there are."""
    found = await channel.execute(NAMED, {"id": GlobalId(Kind.GROUP, group).text})
    if found["node"] is None:
        there = (await channel.execute(ALL, {}))["groups"]["nodes"]
        raise unknown_group(group, [node["name"] for node in there])


def unknown_group(group: str, names: Sequence[str]) -> NotFound:
    """`names` are those that there are, of which the nearest are shown."""
    nearest = sorted(names, key=lambda name: -fuzz.ratio(group.casefold(), name.casefold()))[:SHOWN]
    shown = ", ".join(map(repr, nearest))
    others = " and others" if len(names) > SHOWN else ""
    hint = f"There {'is' if len(names) == 1 else 'are'} {shown}{others}." if names else "Nothing was remembered in any group yet."
    return NotFound(f"there is no group {group!r}", hint=hint)
