"""A Memory on a real store whose extractor is told what each message says: the model boundary, scripted."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from graph.errors import ModelUnavailable
from graph.inputs import Added, MessageInput
from graph.language import Excerpt, Mention, MentionKind, Reading, Statement
from graph.memory import Memory
from graph.model import Fact, FactStatus
from graph.time import Period, Precision
from graph.views import EntityFilter, FactFilter, Page
from tests.schema.memories import opened

START = datetime(2025, 1, 1, tzinfo=UTC)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def on(number: float) -> Period:
    """That day, as a period."""
    return Period(day(number), day(number + 1), Precision.DAY)


def person(name: str, *aliases: str) -> Mention:
    return Mention(MentionKind.NAME, name, "Person", aliases=aliases)


def place(name: str) -> Mention:
    return Mention(MentionKind.NAME, name, "City")


def company(name: str) -> Mention:
    return Mention(MentionKind.NAME, name, "Organization")


WHATEVER = Mention(MentionKind.ANY, "")


def says(subject: str | Mention, relation: str, object_: Mention, **more: Any) -> Statement:
    who = subject if isinstance(subject, Mention) else Mention(MentionKind.SPEAKER, subject, "Person")
    text = f"{who.text} {relation} {object_.text}"
    return replace(Statement(who, relation, object_, text, text, (0, 1)), **more)


@dataclass
class ScriptedExtractor:
    """Answers by a message's content; "(down)" is a model that does not answer."""

    script: dict[str, Sequence[Statement]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    name: str = "scripted"
    excerpts: list[Excerpt] = field(default_factory=list)

    async def read(self, excerpt: Excerpt) -> Sequence[Reading]:
        self.excerpts.append(excerpt)
        if any("(down)" in episode.content for episode in excerpt.episodes):
            raise ModelUnavailable("the model did not answer")
        return [Reading(e.uuid, tuple(self.script.get(e.content, ())), speaker_name=self.names.get(e.content)) for e in excerpt.episodes]


@dataclass
class Talk:
    """A conversation with a Memory: each line is kept and learnt from at once."""

    memory: Memory
    script: ScriptedExtractor
    now: list[datetime]
    count: int = 0

    async def tell(
        self, at: float, *statements: Statement, name: str | None = "Ada", session: str = "s", says_name: str | None = None
    ) -> Added:
        self.count += 1
        content = f"line {self.count}"
        self.script.script[content] = statements
        if says_name:
            self.script.names[content] = says_name
        self.now[0] = max(self.now[0], day(at))
        added = await self.memory.add_messages("g", session, [MessageInput("user", content, name=name, said_at=day(at))])
        await self.memory.finished("g", added.work.uuid)
        return added

    async def believed(self, relation: str | None = None) -> list[tuple[str, str, str, float, float | None]]:
        """(subject, relation, object, from, until) in days, in order."""
        graph = await self.memory.graph("g")
        facts = await self.facts(relation)
        names = await graph.load_entities([uuid for fact in facts for uuid in (fact.subject, fact.object)])
        found = [(names[f.subject].name, f.relation, names[f.object].name, days(f.valid_at), days(f.invalid_at)) for f in facts]
        return sorted(((s, r, o, b or 0.0, e) for s, r, o, b, e in found), key=lambda row: (row[3], row[:3]))

    async def facts(self, relation: str | None = None) -> Sequence[Fact]:
        graph = await self.memory.graph("g")
        living = (FactStatus.HOLDS, FactStatus.ENDED, FactStatus.FUTURE)
        wanted = FactFilter(relations=(relation,) if relation else (), status=living)
        return (await graph.facts(wanted, "OLDEST", Page(500))).items

    async def names(self) -> Mapping[str, tuple[str, ...]]:
        """Entities by name, with their aliases."""
        graph = await self.memory.graph("g")
        entities = await graph.entities(EntityFilter(), "NAME", Page(500))
        return {e.name: e.aliases for e in entities.items}


def days(at: datetime | None) -> float | None:
    return None if at is None else (at - START) / timedelta(days=1)


@asynccontextmanager
async def talking(path: Path) -> AsyncIterator[Talk]:
    now = [START]
    async with opened(path, lambda: now[0]) as memory:
        script = ScriptedExtractor()
        yield Talk(Memory(replace(memory.parts, extractor=script)), script, now)
