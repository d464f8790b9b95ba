"""What stands as of the instant, of what words and vectors found."""

# ruff: noqa: S608 - what is put together here are constants of this package; values are parameters

from graph.stores.embedded.queries.facts import BELIEVED, HOLDS

_FACT_STANDS = f"({BELIEVED} AND (NOT :current OR ({HOLDS})))"
_ENTITY_STANDS = "(v.recorded_at <= :known AND v.until > :known AND v.merged_into IS NULL)"
_EPISODE_STANDS = "(e.created_at <= :known)"

# Of some row ids those that stand, with their uuids.
STANDING = {
    "FACT": f"SELECT f.id, f.uuid FROM fact f WHERE f.id IN (SELECT value FROM json_each(:ids)) AND {_FACT_STANDS}",
    "ENTITY": f"""SELECT n.id, n.uuid FROM entity n CROSS JOIN entity_version v ON v.entity = n.id
        WHERE n.id IN (SELECT value FROM json_each(:ids)) AND {_ENTITY_STANDS}""",
    "VERSION": f"""SELECT v.id, n.uuid FROM entity_version v CROSS JOIN entity n ON n.id = v.entity
        WHERE v.id IN (SELECT value FROM json_each(:ids)) AND {_ENTITY_STANDS}""",
    "EPISODE": f"SELECT e.id, e.uuid FROM episode e WHERE e.id IN (SELECT value FROM json_each(:ids)) AND {_EPISODE_STANDS}",
}
