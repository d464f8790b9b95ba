"""A small story in a group: who lives where, told over two sessions, and the documents that tests ask it with."""

from collections.abc import Mapping
from typing import Any

from tests.schema.conftest import Ask

GROUP = "user:ana"

ADD = """mutation($input: AddMessages!) {
  addMessages(input: $input) { repeated work { id state error changes { kind } episodes { content } } episodes { id content externalId } }
}"""
ADD_FACTS = """mutation($input: AddFacts!) {
  addFacts(input: $input) {
    facts { id text status relation validAt invalidAt } entities { id name type } changes { id kind actor reason rule } }
}"""


def message(content: str, said_at: str | None = None, **others: Any) -> dict[str, Any]:
    return {"role": "user", "name": "Ana", "content": content, "saidAt": said_at, **others}


async def tell(data: Ask, session: str, *messages: Mapping[str, Any], group: str = GROUP) -> dict[str, Any]:
    """Tells messages and waits until they are learnt."""
    found = await data(ADD, input={"group": group, "session": session, "messages": messages, "wait": True})
    added: dict[str, Any] = found["addMessages"]
    return added


async def tell_story(data: Ask) -> None:
    await tell(
        data,
        "spring",
        message("Ana lives in Lisbon", "2024-03-10T09:00:00+01:00", id="m1", metadata={"from": "chat"}),
        message("Ana works at Acme", "2024-03-10T09:01:00+01:00", id="m2"),
        message("Ana is aged 40", "2024-03-10T09:02:00+01:00", id="m3"),
    )
    await tell(data, "autumn", message("Ana lives in Oslo", "2024-09-01T18:30:00.123456+02:00", id="m4"))


async def seen(data: Ask, fields: str, as_of: Mapping[str, str] | None = None, group: str = GROUP, **variables: Any) -> dict[str, Any]:
    """Fields of the Graph of a group at an instant."""
    declared = "".join(f", ${name}: {kind}" for name, (kind, _) in variables.items())
    document = f"query($group: String!, $asOf: AsOf{declared}) {{ graph(group: $group, asOf: $asOf) {{ {fields} }} }}"
    found = await data(document, group=group, asOf=as_of, **{name: value for name, (_, value) in variables.items()})
    graph: dict[str, Any] = found["graph"]
    return graph
