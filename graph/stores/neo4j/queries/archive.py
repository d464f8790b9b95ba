"""A group as a whole."""

from graph.stores.neo4j import rows
from graph.stores.neo4j.queries.clocks import DEAD, LIVE, by_uuid, pattern


def _all(label: str, *keys: str) -> str:
    """All nodes of a label in the group, by an index that begins with it."""
    known = " AND ".join(f"n.{key} IS NOT NULL" for key in keys)
    return f"MATCH (n:{label}) USING INDEX SEEK n:{label}(group_id, {', '.join(keys)}) WHERE n.group_id = $group AND {known}"


def _records(kind: str) -> str:
    return f"""MATCH {pattern(kind)} USING INDEX SEEK r:{kind}(group_id, valid_from, no)
        WHERE r.group_id = $group AND r.valid_from IS NOT NULL AND r.no IS NOT NULL
        RETURN r.uuid AS uuid, r.created_from AS made, r.no AS no"""


# The uuids of one kind of record, in the order of recording. A fact that forgetting drew again may stand behind later ones.
CONTENTS = {
    "episodes": f"{_all('Message', 'instant', 'no')} WITH n ORDER BY n.no RETURN collect(n.uuid)",
    "entities": f"""{_all("EntityVersion", "no")} WITH DISTINCT n.entity AS uuid, n.no AS no ORDER BY no RETURN collect(uuid)""",
    "assertions": f"{_all('Assertion', 'no')} WITH n ORDER BY n.no RETURN collect(n.uuid)",
    "facts": f"""CALL () {{ {_records(LIVE)} UNION ALL {_records(DEAD)} }}
        WITH uuid ORDER BY made, no RETURN collect(uuid)""",
    "reviews": f"{_all('Review', 'no')} WITH n ORDER BY n.no RETURN collect(n.uuid)",
    "changes": f"{_all('Change', 'seq')} WITH n ORDER BY n.seq RETURN collect(n.uuid)",
}

WORKS = f"UNWIND $uuids AS uuid MATCH (w:Work {{uuid: uuid}}) WHERE w.group_id = $group RETURN collect({rows.WORK})"

# All versions, oldest first.
VERSIONS = f"""UNWIND $uuids AS uuid
    MATCH (v:EntityVersion) USING INDEX SEEK v:EntityVersion(entity, recorded_at)
        WHERE v.entity = uuid AND v.recorded_at IS NOT NULL AND v.group_id = $group
    WITH v ORDER BY v.recorded_at RETURN collect({rows.ENTITY})"""

_SLOT = "MATCH (g:Group {name: $group}) WITH properties(g).slot AS slot"

# Embeddings by kind: those of our own length, where a group came with others.
VECTORS = {
    "ENTITY": f"""{_SLOT} UNWIND $uuids AS uuid MATCH (n:Entity {{uuid: uuid}}) WHERE n.group_id = $group
        WITH uuid, CASE WHEN slot IS NULL THEN coalesce(n.palimpsest_embedding, n.name_embedding) ELSE properties(n)[slot] END AS vector
        RETURN collect([uuid, vector])""",
    "FACT": f"""{_SLOT} UNWIND $uuids AS uuid
        CALL (uuid) {{ {by_uuid(LIVE)} RETURN r UNION ALL {by_uuid(DEAD)} RETURN r }}
        WITH uuid, CASE WHEN slot IS NULL THEN coalesce(r.palimpsest_embedding, r.fact_embedding) ELSE properties(r)[slot] END AS vector
        RETURN collect([uuid, vector])""",
    "EPISODE": f"""{_SLOT} UNWIND $uuids AS uuid MATCH (m:Message {{uuid: uuid}}) WHERE m.group_id = $group
        RETURN collect([uuid, CASE WHEN slot IS NULL THEN m.embedding ELSE properties(m)[slot] END])""",
}

MENTIONS = """UNWIND $uuids AS uuid MATCH ()-[r:MENTIONS]->(n:Entity) USING INDEX r:MENTIONS(episode)
        WHERE r.episode = uuid AND r.group_id = $group
    WITH r, n ORDER BY n.no RETURN collect([r.episode, r.entity, r.recorded_at])"""

# The group that has one of some episodes or entities.
HOLDER = """UNWIND $uuids AS uuid
    CALL (uuid) {
        MATCH (m:Message {uuid: uuid}) RETURN m.group_id AS holder
        UNION ALL MATCH (n:Entity {uuid: uuid}) RETURN n.group_id AS holder
    }
    WITH holder LIMIT 1 RETURN collect(holder)"""
