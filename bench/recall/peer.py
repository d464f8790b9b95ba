"""graphiti-core's search over the facts that a memory holds of a stream: the same words, times and vectors; no model takes part.

It keeps facts that ended and finds them as it finds others, each with its end: so it is asked as it comes, and with the filter that it
has for facts without an end.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from typing import TypeAlias

from graphiti_core import Graphiti
from graphiti_core.edges import EntityEdge
from graphiti_core.nodes import EntityNode
from graphiti_core.search.search_filters import ComparisonOperator, DateFilter, SearchFilters
from graphiti_core.utils.bulk_utils import add_nodes_and_edges_bulk

from bench.stores.fill import in_parts
from bench.stores.peer import ScriptedModel, graphiti_on
from graph.model import Embedder, Entity, Fact, Vector
from graph.stores.neo4j import Address

GROUP = "benchrecall"
"""One word: the full text of graphiti-core looks for each word of a group's name."""
AT_ONCE = 500
FIRST = 10
FILTERS = {
    "graphiti-core": SearchFilters(),
    "graphiti-core, no end": SearchFilters(invalid_at=[[DateFilter(comparison_operator=ComparisonOperator.is_null)]]),
}

Search: TypeAlias = Callable[[str], Awaitable[Mapping[str, Sequence[str]]]]
"""What is found for a question by each of FILTERS: uuids, best first."""

Peer: TypeAlias = Callable[[Sequence[Fact], Mapping[str, Entity]], AbstractAsyncContextManager[Search]]
"""A search over these facts, and the entities by uuid that they stand between; it is gone afterwards."""


def peer_on(address: Address, embedder: Embedder) -> Peer:
    """graphiti-core on the database at `address`, in a group of the bench that is emptied before and afterwards."""

    @asynccontextmanager
    async def over(facts: Sequence[Fact], entities: Mapping[str, Entity]) -> AsyncIterator[Search]:
        async with graphiti_on(address, embedder, ScriptedModel()) as (peer, _):
            await _empty(peer)
            await peer.driver.execute_query("CALL db.awaitIndexes()")
            await _write(peer, embedder, facts, entities)
            try:
                yield partial(_search, peer)
            finally:
                await _empty(peer)

    return over


async def _search(peer: Graphiti, question: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, only in FILTERS.items():
        edges = await peer.search(question, group_ids=[GROUP], num_results=FIRST, search_filter=only)
        found[name] = [edge.uuid for edge in edges]
    return found


async def _empty(peer: Graphiti) -> None:
    await EntityNode.delete_by_group_id(peer.driver, GROUP)


async def _write(peer: Graphiti, embedder: Embedder, facts: Sequence[Fact], entities: Mapping[str, Entity]) -> None:
    """With what graphiti-core itself writes by. Entities come first, for a fact is written where both its ends are."""
    for part in in_parts(list(entities.values()), AT_ONCE):
        rows = await embedder.embed([entity.name for entity in part])
        nodes = [as_node(entity, row) for entity, row in zip(part, rows, strict=True)]
        await add_nodes_and_edges_bulk(peer.driver, [], [], nodes, [], peer.embedder)
    for told in in_parts(facts, AT_ONCE):
        rows = await embedder.embed([fact.text for fact in told])
        edges = [as_edge(fact, row) for fact, row in zip(told, rows, strict=True)]
        await add_nodes_and_edges_bulk(peer.driver, [], [], [], edges, peer.embedder)


def as_node(entity: Entity, vector: Vector) -> EntityNode:
    return EntityNode(
        uuid=entity.uuid, name=entity.name, group_id=GROUP, created_at=entity.recorded_at, name_embedding=[float(n) for n in vector]
    )


def as_edge(fact: Fact, vector: Vector) -> EntityEdge:
    return EntityEdge(
        uuid=fact.uuid,
        group_id=GROUP,
        source_node_uuid=fact.subject,
        target_node_uuid=fact.object,
        created_at=fact.created_at,
        name=fact.relation,
        fact=fact.text,
        fact_embedding=[float(n) for n in vector],
        episodes=list(fact.episodes),
        valid_at=fact.valid_at,
        invalid_at=fact.invalid_at,
        expired_at=fact.expired_at,
        reference_time=fact.valid_at,
    )
