"""graphiti-core on the same server, with a model that answers at once, so that only its own work is measured."""

import os
import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

from graph.model import Embedder
from graph.stores.neo4j import Address

os.environ.setdefault("GRAPHITI_TELEMETRY_ENABLED", "false")
os.environ.setdefault("EMBEDDING_DIM", "256")

from graphiti_core import Graphiti
from graphiti_core.cross_encoder.client import CrossEncoderClient
from graphiti_core.driver.neo4j_driver import Neo4jDriver
from graphiti_core.embedder.client import EmbedderClient
from graphiti_core.llm_client.client import LLMClient
from graphiti_core.llm_client.config import LLMConfig
from graphiti_core.nodes import EpisodeType

Model = TypeVar("Model", bound=LLMClient)

MARK = re.compile(r"\[\[(.+?)\]\]")
"""What a message says: [[A|B|C]] names three entities, between which it tells three facts."""


class ScriptedModel(LLMClient):
    """Reads the names out of the message; nothing is a duplicate of anything."""

    def __init__(self) -> None:
        super().__init__(LLMConfig(api_key="none", model="scripted"), False)
        self.calls = 0

    async def _generate_response(self, messages: Any, response_model: Any = None, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self.calls += 1
        marks = MARK.findall("".join(message.content for message in messages))
        names = marks[-1].split("|") if marks else []
        return answer(response_model.__name__ if response_model else "", names)


def answer(model: str, names: list[str]) -> dict[str, Any]:
    at = datetime.now(UTC).isoformat()
    pairs = [(names[n], names[(n + 1) % len(names)]) for n in range(len(names))]
    edges = [
        {"source_entity_name": a, "target_entity_name": b, "relation_type": "MET", "fact": f"{a} met {b}", "valid_at": at} for a, b in pairs
    ]
    answers: dict[str, dict[str, Any]] = {
        "ExtractedEntities": {"extracted_entities": [{"name": name, "entity_type_id": 0} for name in names]},
        "NodeResolutions": {"entity_resolutions": [{"id": n, "name": name, "duplicate_candidate_id": -1} for n, name in enumerate(names)]},
        "ExtractedEdges": {"edges": edges},
        "EdgeDuplicate": {"duplicate_facts": [], "contradicted_facts": []},
        "EdgeTimestamps": {"valid_at": at, "invalid_at": None},
        "SummarizedEntities": {"summaries": []},
    }
    return answers.get(model, {})


class SharedEmbedder(EmbedderClient):
    """Our embedder behind graphiti-core's interface."""

    def __init__(self, inner: Embedder) -> None:
        self._inner = inner

    async def create(self, input_data: str | list[str] | Iterable[int] | Iterable[Iterable[int]]) -> list[float]:
        text = input_data if isinstance(input_data, str) else str(next(iter(input_data)))
        return [float(number) for number in (await self._inner.embed([text]))[0]]

    async def create_batch(self, input_data_list: list[str]) -> list[list[float]]:
        rows = await self._inner.embed(input_data_list)
        return [[float(number) for number in row] for row in rows]


class NoReranker(CrossEncoderClient):
    async def rank(self, query: str, passages: list[str]) -> list[tuple[str, float]]:
        return [(passage, 1.0) for passage in passages]


@asynccontextmanager
async def graphiti_on(address: Address, embedder: Embedder, model: Model) -> AsyncIterator[tuple[Graphiti, Model]]:
    """graphiti-core on the database at `address`, with its own indexes beside ours, and `model` to answer it."""
    driver = Neo4jDriver(address.uri, address.user, address.password, address.database)
    peer = Graphiti(graph_driver=driver, llm_client=model, embedder=SharedEmbedder(embedder), cross_encoder=NoReranker())
    await peer.build_indices_and_constraints()
    try:
        yield peer, model
    finally:
        await driver.close()


async def add_message(peer: Graphiti, group: str, names: list[str]) -> None:
    """One message that names the entities, between each two of which it tells a fact."""
    content = f"Teller: [[{'|'.join(names)}]]"
    await peer.add_episode("message", content, "bench", datetime.now(UTC), EpisodeType.message, group)
