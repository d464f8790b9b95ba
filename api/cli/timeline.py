"""`palimpsest timeline`: what was ever believed about an entity."""

from api.cli.facts import FACT, unknown_entity
from api.cli.options import NOW, First, Look
from api.cli.reach import reading
from api.cli.show import print_page

ENTITY = """
query Named($group: String!, $asOf: AsOf, $name: String!) { graph(group: $group, asOf: $asOf) { entity(name: $name) { id } } }
"""
TIMELINE = (
    """
query Timeline($group: String!, $asOf: AsOf, $entity: ID!, $relation: String, $first: Int!) {
  graph(group: $group, asOf: $asOf) {
    timeline(entity: $entity, relation: $relation, first: $first) { nodes { ...Fact } pageInfo { hasNextPage } }
  }
}
"""
    + FACT
)


async def timeline(
    group: str,
    entity: str,
    relation: str | None = None,
    /,
    *,
    first: First = 100,
    look: Look = NOW,
) -> None:
    """Tell what was believed about ENTITY (or its RELATION, such as lives_in) in order of validity."""
    instant = {"group": group, "asOf": look.instant()}
    async with reading(look.settings()) as channel:
        found = (await channel.execute(ENTITY, instant | {"name": entity}))["graph"]["entity"]
        if found is None:
            raise await unknown_entity(channel, entity, group)
        wanted = instant | {"entity": found["id"], "relation": relation, "first": first}
        page = (await channel.execute(TIMELINE, wanted))["graph"]["timeline"]
    other = f" and {relation!r}; without it, the timeline shows all that was" if relation else ""
    print_page(page, nothing=f"Nothing was ever believed about {entity!r}{other}.", json=look.json)
