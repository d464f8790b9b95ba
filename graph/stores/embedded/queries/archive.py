"""A group as a whole."""

# ruff: noqa: S608 - what is put together here are constants of this package; values are parameters

from graph.stores.embedded import rows

# The uuids of one table in the order of recording. A fact that forgetting drew again may stand behind later ones.
CONTENTS = {
    table: f"SELECT uuid FROM {table} WHERE id BETWEEN :low AND :high ORDER BY {'created_at, id' if table == 'fact' else 'id'}"
    for table in ("episode", "entity", "assertion", "fact", "review", "change")
}

WORKS = f"""SELECT {rows.WORK} FROM work w LEFT JOIN session s ON s.id = w.session
    WHERE w.grp = :grp AND w.uuid IN (SELECT value FROM json_each(:uuids))"""

# All versions, oldest first.
VERSIONS = f"""SELECT {rows.ENTITY} FROM entity n CROSS JOIN entity_version v ON v.entity = n.id
    WHERE n.grp = :grp AND n.uuid IN (SELECT value FROM json_each(:uuids)) ORDER BY n.id, v.recorded_at"""

# Row ids by uuid.
IDS = {
    kind: f"SELECT uuid, id FROM {table} WHERE grp = :grp AND uuid IN (SELECT value FROM json_each(:uuids))"
    for kind, table in (("ENTITY", "entity"), ("FACT", "fact"), ("EPISODE", "episode"))
}

MENTIONS = """SELECT e.uuid, n.uuid, m.recorded_at FROM episode e CROSS JOIN mention m ON m.episode = e.id
    CROSS JOIN entity n ON n.id = m.entity
    WHERE e.grp = :grp AND e.uuid IN (SELECT value FROM json_each(:uuids)) ORDER BY e.id, m.entity"""
