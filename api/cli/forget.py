"""`palimpsest forget`: erases for good."""

from dataclasses import dataclass
from typing import Annotated

from cyclopts import Parameter

from api.cli import options
from api.cli.channel import Channel
from api.cli.groups import require_group
from api.cli.options import Look
from api.cli.reach import existing, reading, writing
from api.cli.show import out, told_counts
from graph.errors import BadInput, NotFound

QUERY = "query There($group: String!, $given: {}!) {{ graph(group: $group) {{ found: {} }} }}"
THERE = {
    "episode": QUERY.format("ID", "episode(id: $given) { id }"),
    "session": QUERY.format("String", "episodes(session: $given) { nodes { id } }"),
    "entity": QUERY.format("String", "entity(name: $given) { id }"),
    "fact": QUERY.format("ID", "fact(id: $given) { id }"),
}
"""What asks whether a thing is there."""
HINTS = {
    "episode": "Give its id, as the GraphQL API answers it.",
    "session": "Give the name of the conversation that messages were sent with.",
    "entity": "palimpsest facts {} shows the names there are.",
    "fact": "palimpsest facts {} --json shows the ids there are.",
}
FIELDS = ("episode", "session", "entity", "fact", "everything")
DOCUMENT = "mutation Forget($input: Forget!) { forget(input: $input) { episodes facts entities tombstone { seq } } }"

Target = dict[str, str | bool]


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Named:
    """What to forget: exactly one of these."""

    episode: Annotated[str | None, Parameter(help="The id of a message or document.")] = None
    session: Annotated[str | None, Parameter(help="The name of a conversation.")] = None
    entity: Annotated[str | None, Parameter(help="The name of someone or something; messages that mention it stay as they are.")] = None
    fact: Annotated[str | None, Parameter(help="The id of a fact; the messages it was said in stay as they are.")] = None
    everything: Annotated[bool, Parameter(negative="", help="All that the group has but its settings.")] = False

    def target(self) -> Target:
        """Raises BadInput unless exactly one thing is named."""
        given = {name: value for name in FIELDS if (value := getattr(self, name))}
        if len(given) != 1:
            raise BadInput(
                f"{len(given)} things were named, and one is forgotten at a time",
                hint="Give one of --episode, --session, --entity, --fact, --everything.",
            )
        return given


NOTHING = Named()


async def forget(
    group: Annotated[str, Parameter(help="Whose memory it is.")],
    /,
    *,
    named: Named = NOTHING,
    yes: Annotated[bool, Parameter(negative="", help="Do it.")] = False,
    store: options.Store = None,
) -> None:
    """Erase for good one episode, session, entity, fact, or everything of GROUP. It cannot be undone; without --yes nothing is done."""
    target = named.target()
    settings = Look(store=store).settings()
    existing(settings)
    async with reading(settings) as channel:
        exact = await _there(channel, group, target)
    if not yes:
        what = "everything" if named.everything else " ".join(f"the {kind} {given!r}" for kind, given in target.items())
        out().print(f"This erases {what} of the group {group!r} for good. Nothing was erased. To do it, give --yes.", markup=False)
        return
    async with writing(settings, "forget") as channel:
        done = (await channel.execute(DOCUMENT, {"input": {"group": group, **exact}}))["forget"]
    counts = told_counts(done["episodes"], done["entities"], done["facts"])
    out().print(f"Forgotten: {counts}. The log of {group!r} says so under {done['tombstone']['seq']}.", markup=False)


async def _there(channel: Channel, group: str, target: Target) -> Target:
    """The target with an entity's id in place of its name. Raises NotFound for a group that is not there, and for what it has not."""
    await require_group(channel, group)
    for kind, given in target.items():
        if kind not in THERE:
            continue
        found = (await channel.execute(THERE[kind], {"group": group, "given": given}))["graph"]["found"]
        if found is None or found.get("nodes") == []:
            raise NotFound(f"there is no {kind} {given!r} in the group {group!r}", hint=HINTS[kind].format(group))
        if kind == "entity":
            return {kind: found["id"]}
    return target
