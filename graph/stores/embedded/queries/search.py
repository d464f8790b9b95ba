"""Full text. Each text is indexed with a token of its group, and a retracted or superseded one with another, so that a search
reads only what it may show. Rows are (row id, uuid, score, whether it stands as of the instant), best first."""

# ruff: noqa: S608 - what is put together here are constants of this package; values are parameters

from graph.stores.embedded.queries.facts import BELIEVED, HOLDS

_FACT_STANDS = f"({BELIEVED} AND (NOT :current OR ({HOLDS})))"
_ENTITY_STANDS = "(v.recorded_at <= :known AND v.until > :known AND v.merged_into IS NULL)"
_EPISODE_STANDS = "(e.created_at <= :known)"


def _matching(table: str) -> str:
    return f"""(SELECT rowid AS id, -bm25({table}, 0.0, 1.0) AS score FROM {table} WHERE {table} MATCH :match
        ORDER BY score DESC, rowid LIMIT :n) x"""


TEXT = {
    "FACT": f"""SELECT f.id, f.uuid, x.score, {_FACT_STANDS} FROM {_matching("fact_fts")} CROSS JOIN fact f ON f.id = x.id
        ORDER BY x.score DESC, f.id""",
    "ENTITY": f"""SELECT n.id, n.uuid, x.score, {_ENTITY_STANDS} FROM {_matching("entity_fts")} CROSS JOIN entity_version v ON v.id = x.id
        CROSS JOIN entity n ON n.id = v.entity ORDER BY x.score DESC, n.id""",
    "EPISODE": f"""SELECT e.id, e.uuid, x.score, {_EPISODE_STANDS} FROM {_matching("episode_fts")} CROSS JOIN episode e ON e.id = x.id
        ORDER BY x.score DESC, e.id""",
}

# Of some row ids those that stand as of the instant, with their uuids.
STANDING = {
    "FACT": f"SELECT f.id, f.uuid FROM fact f WHERE f.id IN (SELECT value FROM json_each(:ids)) AND {_FACT_STANDS}",
    "ENTITY": f"""SELECT n.id, n.uuid FROM entity n CROSS JOIN entity_version v ON v.entity = n.id
        WHERE n.id IN (SELECT value FROM json_each(:ids)) AND {_ENTITY_STANDS}""",
    "EPISODE": f"SELECT e.id, e.uuid FROM episode e WHERE e.id IN (SELECT value FROM json_each(:ids)) AND {_EPISODE_STANDS}",
}
