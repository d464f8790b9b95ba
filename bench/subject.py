"""The Memory that is measured: the default parts on a new file, with the time of each phase taken at the seams."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from api.settings import read_settings
from api.wiring import open_memory
from bench.data import Conversation
from graph.inputs import MessageInput
from graph.language import Excerpt, Extractor, Reading
from graph.memory import Memory
from graph.model import Embedder, WorkState


@dataclass(slots=True)
class Phases:
    """Seconds by phase. `settle` is all of learning beside reading and embedding: resolve, believe, reconcile, apply."""

    keep: float = 0.0
    extract: float = 0.0
    embed: float = 0.0
    learn: float = 0.0

    def since(self, earlier: "Phases") -> "Phases":
        """What was spent after `earlier` was copied."""
        return Phases(*(getattr(self, name) - getattr(earlier, name) for name in ("keep", "extract", "embed", "learn")))

    @property
    def settle(self) -> float:
        return self.learn - self.extract - self.embed

    @property
    def total(self) -> float:
        return self.keep + self.learn


@dataclass(slots=True)
class TimedExtractor:
    inner: Extractor
    phases: Phases
    name: str = ""

    def __post_init__(self) -> None:
        self.name = self.inner.name

    async def read(self, excerpt: Excerpt) -> Sequence[Reading]:
        start = perf_counter()
        readings = await self.inner.read(excerpt)
        self.phases.extract += perf_counter() - start
        return readings


@dataclass(slots=True)
class TimedEmbedder:
    inner: Embedder
    phases: Phases
    name: str = ""
    dimension: int = 0
    remote: bool = False

    def __post_init__(self) -> None:
        self.name, self.dimension, self.remote = self.inner.name, self.inner.dimension, self.inner.remote

    async def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        start = perf_counter()
        rows = await self.inner.embed(texts)
        self.phases.embed += perf_counter() - start
        return rows

    async def close(self) -> None:
        await self.inner.close()


@asynccontextmanager
async def new_memory(phases: Phases) -> AsyncIterator[Memory]:
    """A Memory on a file that is gone afterwards."""
    with TemporaryDirectory(prefix="palimpsest-bench-") as folder:
        settings = read_settings({"PALIMPSEST_STORE": str(Path(folder) / "bench.db")})
        async with open_memory(settings) as memory:
            parts = memory.parts
            timed = replace(parts, extractor=TimedExtractor(parts.extractor, phases), embedder=TimedEmbedder(parts.embedder, phases))
            yield Memory(timed)


async def remember(memory: Memory, conversation: Conversation, phases: Phases) -> str:
    """Keeps and learns a conversation in a group of its own name. Raises RuntimeError where a Work was parked."""
    group = conversation.name
    start = perf_counter()
    works = []
    for session in conversation.sessions:
        messages = [MessageInput("user", turn.text, turn.speaker, turn.id, turn.at) for turn in session.turns]
        works.append((await memory.add_messages(group, session.name, messages)).work.uuid)
    phases.keep += perf_counter() - start
    start = perf_counter()
    for work in works:
        record = await memory.finished(group, work)
        if record.state is not WorkState.DONE:
            raise RuntimeError(f"{group} was not learnt: {record.error}")
    phases.learn += perf_counter() - start
    return group
