"""graphiti-core's own rules on the same stream: a model that reads each statement rightly and names every fact it contradicts.

So what is measured is what its search brings before the model, and what it then does with the times; a real model does no better.
"""

import re
from typing import Any

from graphiti_core.llm_client.client import LLMClient
from graphiti_core.llm_client.config import LLMConfig
from graphiti_core.nodes import EpisodeType

from bench.stores.peer import graphiti_on
from bench.truth.keys import Shown
from bench.truth.streams import Stream
from bench.truth.telling import Progress, said_at
from graph.model import Embedder
from graph.resolve import normal
from graph.stores.neo4j import Address

GROUP = "truth-peer"
_MARK = re.compile(r"\[\[(.+?)\]\]")
_CANDIDATE = re.compile(r"[\"']idx[\"']:\s*(\d+),\s*[\"']fact[\"']:\s*([\"'])(.*?)\2\s*[,}]", re.DOTALL)
_FACTS = (
    "MATCH (s:Entity {group_id: $group})-[e:RELATES_TO]->(o:Entity) UNWIND e.episodes AS uuid MATCH (said:Episodic {uuid: uuid}) "
    "RETURN e.uuid AS uuid, s.name AS subject, e.name AS relation, o.name AS object, e.invalid_at AS ended, collect(said.name) AS serials"
)


class KnowingModel(LLMClient):
    """Answers from the marks in the message: [[subject|relation|object]]; what it tells holds from when it was said."""

    def __init__(self) -> None:
        super().__init__(LLMConfig(api_key="none", model="scripted"), False)
        self.said_at = ""

    async def _generate_response(self, messages: Any, response_model: Any = None, *args: Any, **kwargs: Any) -> dict[str, Any]:
        asked = "".join(message.content for message in messages)
        model = response_model.__name__ if response_model else ""
        if model == "EdgeDuplicate":
            return {"duplicate_facts": [], "contradicted_facts": contradicted(asked)}
        if model == "EdgeTimestamps":
            return {"valid_at": self.said_at, "invalid_at": None}
        marks = _MARK.findall(asked)
        subject, relation, object_ = marks[-1].split("|") if marks else ("", "", "")
        return _answers(subject, relation, object_).get(model, {})


def contradicted(asked: str) -> list[int]:
    """The candidates that say another value of the new fact's subject and relation."""
    shown, _, new = asked.partition("<NEW FACT>")
    told = new.partition("</NEW FACT>")[0].strip()
    key = told.rpartition(" | ")[0]
    return [int(index) for index, _, fact in _CANDIDATE.findall(shown) if fact.startswith(f"{key} | ") and fact not in told]


def _answers(subject: str, relation: str, object_: str) -> dict[str, dict[str, Any]]:
    fact = f"{subject} | {relation} | {object_}"
    edge = {"source_entity_name": subject, "target_entity_name": object_, "relation_type": relation.upper(), "fact": fact}
    named = [{"name": name, "entity_type_id": 0} for name in dict.fromkeys((subject, object_))]
    alone = [{"id": n, "name": one["name"], "duplicate_candidate_id": -1} for n, one in enumerate(named)]
    return {
        "ExtractedEntities": {"extracted_entities": named},
        "NodeResolutions": {"entity_resolutions": alone},
        "ExtractedEdges": {"edges": [edge]},
        "SummarizedEntities": {"summaries": []},
    }


async def told_to_peer(address: Address, embedder: Embedder, stream: Stream, progress: Progress) -> list[Shown]:
    """What graphiti-core shows after the stream; the server is left with it."""
    async with graphiti_on(address, embedder, KnowingModel()) as (peer, model):
        for told in stream.told:
            model.said_at = said_at(told).isoformat()
            content = f"Narrator: [[{told.subject}|{told.relation}|{told.object}]]"
            await peer.add_episode(str(told.serial), content, "bench", said_at(told), EpisodeType.message, GROUP)
            progress(1)
        records, _, _ = await peer.driver.execute_query(_FACTS, group=GROUP)
    return [
        Shown(
            subject=frozenset([normal(row["subject"])]),
            relation=row["relation"],
            object=frozenset([normal(row["object"])]),
            behind=frozenset(map(int, row["serials"])),
            holds=row["ended"] is None,
        )
        for row in records
    ]
