"""Facts around entities, several hops far."""

from collections.abc import Sequence

from graph.stores.neo4j import rows
from graph.stores.neo4j.database import Database
from graph.stores.neo4j.facts import filter_params, is_narrow
from graph.stores.neo4j.queries import neighborhood as cypher
from graph.stores.neo4j.view import View
from graph.stores.reach import EXPLORED, require_hops
from graph.views import FactFilter, Subgraph


async def neighborhood(db: Database, view: View, around: Sequence[str], hops: int, filter: FactFilter, limit: int) -> Subgraph:
    """The nearest facts, of a hop the newest, at most `limit`."""
    require_hops(hops)
    wanted = {**filter_params(view, filter), "around": list(dict.fromkeys(around)), "explored": EXPLORED, "limit": max(limit, 0)}
    for facts, entities, total, truncated in await db.read(cypher.NEIGHBORHOODS[hops, is_narrow(filter)], **view.params(**wanted)):
        return Subgraph(
            entities=tuple(rows.entity(view.group, row) for row in entities),
            facts=tuple(rows.fact(view.group, row) for row in facts),
            total=total,
            truncated=truncated,
        )
    return Subgraph((), (), 0, truncated=False)
