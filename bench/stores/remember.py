"""How fast messages are remembered, with an extractor that answers at once: three entities and three facts a message."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter
from uuid import uuid4

from bench.stores.peer import MARK
from graph.inputs import MessageInput
from graph.language import Excerpt, Mention, MentionKind, Reading, Statement
from graph.memory import Memory
from graph.views import EntityFilter, Page

BATCH = 10
MARKED = "[[{}]]"


@dataclass(slots=True)
class ScriptedExtractor:
    """Reads the names out of the message: [[A|B|C]] tells that A met B, B met C and C met A."""

    name: str = "scripted"

    async def read(self, excerpt: Excerpt) -> Sequence[Reading]:
        return [Reading(episode.uuid, tuple(_statements(episode.content))) for episode in excerpt.episodes]


def _statements(content: str) -> list[Statement]:
    names = MARK.findall(content)[0].split("|")
    mentions = [Mention(MentionKind.NAME, name, "Person") for name in names]
    return [
        Statement(one, "met", other, f"{one.text} met {other.text}", content, (0, len(content)))
        for one, other in zip(mentions, [*mentions[1:], mentions[0]], strict=True)
    ]


def new_names() -> list[str]:
    """Three people nobody has heard of."""
    return [f"Person {uuid4().hex[:12]}" for _ in range(3)]


async def rate(memory: Memory, group: str, messages: int) -> float:
    """Messages a second, kept and learnt from in batches of ten."""
    start = perf_counter()
    for number in range(0, messages, BATCH):
        await remember(memory, group, f"session {number // 50}", [new_names() for _ in range(min(BATCH, messages - number))])
    return messages / (perf_counter() - start)


async def remember(memory: Memory, group: str, session: str, told: Sequence[Sequence[str]]) -> None:
    """Raises RuntimeError where the messages were not learnt from."""
    said = [MessageInput("user", MARKED.format("|".join(names)), "Teller", said_at=datetime.now(UTC)) for names in told]
    added = await memory.add_messages(group, session, said)
    work = await memory.finished(group, added.work.uuid)
    if work.error is not None:
        raise RuntimeError(f"{group} was not learnt: {work.error}")


async def together(memories: Sequence[Memory], group: str) -> int:
    """How many entities stand in a group after each memory has told of the same three, all at the same time."""
    names = new_names()
    await asyncio.gather(*(remember(memory, group, f"session {n}", [names]) for n, memory in enumerate(memories)))
    graph = await memories[0].graph(group)
    found = await graph.entities(EntityFilter(name="person "), "NAME", Page(100))
    return sum(Counter(entity.name for entity in found.items if entity.name in names).values())
