"""graphiti-core on the database of a test, with a model that reads facts from a script."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from graphiti_core import Graphiti
from graphiti_core.driver.neo4j_driver import Neo4jDriver
from graphiti_core.llm_client.client import LLMClient
from graphiti_core.llm_client.config import LLMConfig
from graphiti_core.nodes import EpisodeType
from numpy.typing import NDArray

from bench.stores.peer import NoReranker, SharedEmbedder
from graph.model import Embedder
from graph.stores.neo4j import Address
from tests.schema.memories import HashEmbedder

MARK = re.compile(r"\[\[(\d+)\]\]")
LISTED = re.compile(r"""['"]idx['"]: (\d+), ['"]fact['"]: ['"](.+?)['"]\}""")
START = datetime(2024, 1, 1, 12, 30, tzinfo=UTC)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


@dataclass(frozen=True, slots=True)
class Says:
    """One fact of a message; `again` is a fact that it repeats in other words, `ends` one that it contradicts."""

    subject: str
    relation: str
    object: str
    since: float | None = None
    until: float | None = None
    again: str | None = None
    ends: str | None = None

    @property
    def text(self) -> str:
        return f"{self.subject} {self.relation.replace('_', ' ').lower()} {self.object}"


@dataclass
class Longer:
    """An embedder whose vectors are longer than ours."""

    name: str = "longer"
    dimension: int = 1024
    remote: bool = False
    inner: Embedder = field(default_factory=HashEmbedder)

    async def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.tile(await self.inner.embed(texts), (1, 4)) / np.float32(2)

    async def close(self) -> None:
        await self.inner.close()


class Reader(LLMClient):
    """Reads what a message says by the number in its [[mark]]."""

    def __init__(self) -> None:
        super().__init__(LLMConfig(api_key="none", model="scripted"), False)
        self.script: list[Sequence[Says]] = []

    async def _generate_response(self, messages: Any, response_model: Any = None, *args: Any, **kwargs: Any) -> dict[str, Any]:
        prompt = "".join(message.content for message in messages)
        marks = MARK.findall(prompt)
        told = self.script[int(marks[-1])] if marks else self.script[-1]
        return self._answer(response_model.__name__ if response_model else "", told, prompt)

    def _answer(self, model: str, told: Sequence[Says], prompt: str) -> dict[str, Any]:
        if model == "ExtractedEntities":
            names = dict.fromkeys(name for s in told for name in (s.subject, s.object))
            return {"extracted_entities": [{"name": name, "entity_type_id": 0} for name in names]}
        if model == "NodeResolutions":
            return {"entity_resolutions": []}
        if model == "ExtractedEdges":
            return {"edges": [edge(s) for s in told]}
        if model == "EdgeDuplicate":
            return self._duplicate(told, prompt)
        if model == "SummarizedEntities":
            return {"summaries": []}
        return {}

    def _duplicate(self, told: Sequence[Says], prompt: str) -> dict[str, Any]:
        listed = [(int(idx), fact) for idx, fact in LISTED.findall(prompt)]
        new = [s for s in told if s.text in prompt]
        again, ends = {s.again for s in new}, {s.ends for s in new}
        return {
            "duplicate_facts": [idx for idx, fact in listed if fact in again],
            "contradicted_facts": [idx for idx, fact in listed if fact in ends],
        }


def edge(s: Says) -> dict[str, Any]:
    return {
        "source_entity_name": s.subject,
        "target_entity_name": s.object,
        "relation_type": s.relation,
        "fact": s.text,
        "valid_at": None if s.since is None else day(s.since).isoformat(),
        "invalid_at": None if s.until is None else day(s.until).isoformat(),
    }


@dataclass
class Peer:
    """graphiti-core, told a message at a time."""

    core: Graphiti
    model: Reader

    async def hear(self, group: str, at: float, *told: Says, saga: str | None = None, who: str = "Ana") -> str:
        """The uuid of the episode."""
        self.model.script.append(told)
        content = f"{who}: {'. '.join(s.text for s in told)}. [[{len(self.model.script) - 1}]]"
        done = await self.core.add_episode("message", content, "chat", day(at), EpisodeType.message, group, saga=saga)
        return done.episode.uuid


@asynccontextmanager
async def peering(address: Address, embedder: Embedder | None = None) -> AsyncIterator[Peer]:
    driver = Neo4jDriver(address.uri, address.user, address.password, address.database)
    model = Reader()
    embeds = SharedEmbedder(embedder or HashEmbedder())
    core = Graphiti(graph_driver=driver, llm_client=model, embedder=embeds, cross_encoder=NoReranker())
    await core.build_indices_and_constraints()
    try:
        yield Peer(core, model)
    finally:
        await driver.close()
