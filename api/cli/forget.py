"""`palimpsest forget`: erases for good."""

from dataclasses import dataclass
from typing import Annotated

from cyclopts import Parameter

from api.cli import options
from api.cli.channel import Channel
from api.cli.facts import unknown_entity
from api.cli.options import Look
from api.cli.reach import existing, writing
from api.cli.show import out
from graph.errors import BadInput
from graph.model import Json

ENTITY = "query Named($group: String!, $name: String!) { graph(group: $group) { entity(name: $name) { id } } }"
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
    if not yes:
        what = "everything" if named.everything else " ".join(f"the {kind} {given!r}" for kind, given in target.items())
        out().print(f"This erases {what} of the group {group!r} for good. Nothing was erased. To do it, give --yes.", markup=False)
        return
    settings = Look(store=store).settings()
    existing(settings)
    async with writing(settings, "forget") as channel:
        done = (await channel.execute(DOCUMENT, {"input": await _input(channel, group, target)}))["forget"]
    counts = f"{done['episodes']:,} episodes, {done['facts']:,} facts, {done['entities']:,} entities"
    out().print(f"Forgotten: {counts}. The log of {group!r} says so under {done['tombstone']['seq']}.", markup=False)


async def _input(channel: Channel, group: str, target: Target) -> dict[str, Json]:
    """The target with an entity's id in place of its name."""
    name = target.get("entity")
    if name is None:
        return {"group": group, **target}
    found = (await channel.execute(ENTITY, {"group": group, "name": name}))["graph"]["entity"]
    if found is None:
        raise unknown_entity(str(name), group)
    return {"group": group, "entity": found["id"]}
