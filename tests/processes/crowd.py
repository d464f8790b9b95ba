"""A conversation of many sessions in one group, told to several services at once, and the world that one writer makes of it."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from api.settings import read_settings
from api.wiring import open_memory
from graph.inputs import MessageInput
from graph.memory import Memory
from graph.model import Change, Fact, FactStatus
from graph.views import EntityFilter, FactFilter, Page

GROUP = "harbour"
START = datetime(2025, 3, 3, 9, tzinfo=UTC)
LIVING = (FactStatus.HOLDS, FactStatus.ENDED, FactStatus.FUTURE)
PEOPLE = ("Ines", "Rui", "Marta", "Clara", "Hugo", "Vera")
TOWNS = ("Faro", "Braga", "Porto", "Lagos")
SHOPS = ("Harbour Books", "Salt Bakery", "Lighthouse Cinema")

ADD = """
mutation($session: String!, $messages: [MessageInput!]!) {
  addMessages(input: {group: "harbour", session: $session, messages: $messages}) { work { id } }
}
"""


@dataclass(frozen=True, slots=True)
class Line:
    session: str
    name: str
    content: str
    at: datetime

    def as_input(self) -> MessageInput:
        return MessageInput("user", self.content, name=self.name, said_at=self.at)

    def as_json(self) -> Mapping[str, str]:
        return {"role": "user", "name": self.name, "content": self.content, "saidAt": self.at.isoformat()}


def conversation(sessions: int = 2) -> list[Line]:
    """Each person speaks in several sessions, and everyone of the same few towns and shops: they all want the same entities."""
    return [line for session in range(sessions) for number, name in enumerate(PEOPLE) for line in _said(session, number, name)]


def _said(session: int, number: int, name: str) -> Iterator[Line]:
    town, shop = TOWNS[(number + session) % len(TOWNS)], SHOPS[(number + session) % len(SHOPS)]
    contents = (f"I live in {town}.", f"I work at {shop}.", f"I visited {TOWNS[number % len(TOWNS)]}.")
    for place, content in enumerate(contents):
        yield Line(f"{name} {session}", name, content, START + timedelta(days=7 * session, hours=number, minutes=place))


async def tell(urls: Sequence[str], lines: Sequence[Line]) -> None:
    """Posts all sessions at once, each in order, its messages by turns to each of the services."""
    sessions: dict[str, list[Line]] = {}
    for line in lines:
        sessions.setdefault(line.session, []).append(line)
    async with httpx.AsyncClient(timeout=60, trust_env=False) as client:
        await asyncio.gather(*(_tell(client, urls, told) for told in sessions.values()))


async def _tell(client: httpx.AsyncClient, urls: Sequence[str], lines: Sequence[Line]) -> None:
    for number, line in enumerate(lines):
        variables = {"session": line.session, "messages": [line.as_json()]}
        answer = await client.post(f"{urls[number % len(urls)]}/graphql", json={"query": ADD, "variables": variables})
        assert "errors" not in answer.json(), answer.text


async def told_alone(path: Path, lines: Sequence[Line]) -> "World":
    """What one writer on an embedded store makes of it, line after line."""
    async with open_memory(read_settings({}, store=str(path))) as memory:
        for line in lines:
            added = await memory.add_messages(GROUP, line.session, [line.as_input()])
            await memory.finished(GROUP, added.work.uuid)
        return await world(memory)


@dataclass(frozen=True, slots=True)
class World:
    """All that is believed, without what tells one telling from another: ids, and when it was recorded."""

    facts: Sequence[tuple[str, str, str, datetime, datetime | None]]
    entities: Sequence[tuple[str, str]]


async def world(memory: Memory, group: str = GROUP) -> World:
    graph = await memory.graph(group)
    facts: Sequence[Fact] = (await graph.facts(FactFilter(status=LIVING), "OLDEST", Page(500))).items
    names = await graph.load_entities([uuid for fact in facts for uuid in (fact.subject, fact.object)])
    entities = (await graph.entities(EntityFilter(), "NAME", Page(500))).items
    return World(
        sorted(
            ((names[f.subject].name, f.relation, names[f.object].name, f.valid_at, f.invalid_at) for f in facts), key=lambda row: row[:4]
        ),
        sorted((entity.name, entity.type) for entity in entities),
    )


async def changes(memory: Memory, group: str = GROUP) -> Sequence[Change]:
    """The whole log."""
    graph = await memory.graph(group)
    found: list[Change] = []
    page = Page(500)
    while True:
        part = await graph.changes(page)
        found += part.items
        if not part.more:
            return found
        page = Page(500, after=part.cursors[-1])
