"""What stands of what words and vectors found."""

# ruff: noqa: S608 - what is put together here are constants of this package; values are parameters

from graph.stores.embedded import rows
from graph.stores.embedded.queries.facts import BELIEVED, END_KNOWN

_ENTITY_STANDS = "v.recorded_at <= :known AND v.until > :known AND v.merged_into IS NULL"

# Of some row ids those that may stand as of the known time: their numbers in the group, uuids, since when and until when. Facts stand by
# the time they are valid, others by the time they are known.
STANDING = {
    "FACT": f"""SELECT f.id - :low, f.uuid, f.valid_at, CASE WHEN {END_KNOWN} THEN f.valid_until ELSE {rows.FAR_MICROS} END FROM fact f
        WHERE f.id IN (SELECT value FROM json_each(:ids)) AND {BELIEVED}""",
    "ENTITY": f"""SELECT n.id - :low, n.uuid, v.recorded_at, v.until FROM entity n CROSS JOIN entity_version v ON v.entity = n.id
        WHERE n.id IN (SELECT value FROM json_each(:ids)) AND {_ENTITY_STANDS}""",
    "VERSION": f"""SELECT v.id - :low, n.uuid, v.recorded_at, v.until FROM entity_version v CROSS JOIN entity n ON n.id = v.entity
        WHERE v.id IN (SELECT value FROM json_each(:ids)) AND {_ENTITY_STANDS}""",
    "EPISODE": f"""SELECT e.id - :low, e.uuid, e.created_at, {rows.FAR_MICROS} FROM episode e
        WHERE e.id IN (SELECT value FROM json_each(:ids))""",
}
