"""Vectors of another embedder: staged in a property of their own, which a group's vectors are read from once all are there."""

from graph.stores.neo4j.queries.clocks import DEAD, LIVE, by_uuid

_ENTITY = "MATCH (r:Entity {uuid: uuid}) USING INDEX r:Entity(uuid) WHERE r.group_id = $group"
_EPISODE = "MATCH (r:Message {uuid: uuid}) USING INDEX r:Message(uuid) WHERE r.group_id = $group"
_FACT = f"CALL (uuid) {{ {by_uuid(LIVE)} RETURN r UNION ALL {by_uuid(DEAD)} RETURN r }}"
_OF = {"ENTITY": _ENTITY, "FACT": _FACT, "EPISODE": _EPISODE}

# Those of some records that have nothing in the property.
UNSTAGED = {
    kind: f"UNWIND $uuids AS uuid {of} WITH uuid, r WHERE properties(r)[$property] IS NULL RETURN collect(uuid)" for kind, of in _OF.items()
}

# Vectors into the property.
STAGE = {
    kind: f"""CYPHER 25 UNWIND $vectors AS e WITH e, e.uuid AS uuid {of}
        SET r[$property] = toFloatList(e.vector) RETURN [count(*)]"""
    for kind, of in _OF.items()
}

# The property taken away.
SWEEP = {kind: f"CYPHER 25 UNWIND $uuids AS uuid {of} SET r[$property] = null RETURN [count(*)]" for kind, of in _OF.items()}

# The group as it is, locked: [version, slot, whether vectors of ours stand beside Graphiti's].
LOCK = """MATCH (g:Group {name: $group}) SET g.writes = coalesce(g.writes, 0) + 1
    WITH properties(g) AS now RETURN [now.version, now.slot, coalesce(now.own_vectors, false)]"""

# Where vectors are staged: what reads otherwise loses its own.
STAGING = "MATCH (g:Group {name: $group}) SET g.spare = $property RETURN [g.version]"

# From here on the group's vectors are those.
SETTLE = """MATCH (g:Group {name: $group})
    SET g.embedder = $embedder, g.dimension = $dimension, g.slot = $slot, g.spare = $spare, g.version = g.version + 1
    RETURN [g.version]"""
