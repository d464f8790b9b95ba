"""Taking over what Graphiti wrote: what has nothing of ours beside it yet, what is read of that, and what is written beside it.

Nothing that Graphiti wrote is changed. What is left is looked for as a whole, and taken over a batch at a time: each batch is one
transaction, which looks once more that it is still left.
"""

from graph.stores.neo4j import rows
from graph.stores.neo4j.queries.groups import LOCKED
from graph.stores.neo4j.queries.writing import (
    ADD_ASSERTIONS,
    ADD_CHANGES,
    ADD_VERSIONS,
    EMBED_ENTITIES,
    EMBED_EPISODES,
    EMBED_FACTS,
    PUT_REVIEWS,
)

_EPISODE_IS_LEFT = "NOT EXISTS { MATCH (m:Message) WHERE m.uuid = n.uuid }"
_ENTITY_IS_LEFT = "NOT EXISTS { MATCH (v:EntityVersion) WHERE v.entity = n.uuid AND v.recorded_at IS NOT NULL }"
_FACT_IS_LEFT = "r.retracted_from IS NULL"
_VERSION = "MATCH (v:EntityVersion) WHERE v.entity = {0}.uuid AND v.recorded_at IS NOT NULL AND v.until = $far"

# What is left of the group, in the order it was said or made.
LEFT = {
    "episodes": f"""MATCH (n:Episodic) WHERE n.group_id = $group AND {_EPISODE_IS_LEFT}
        WITH n ORDER BY n.valid_at, n.created_at, n.uuid RETURN collect(n.uuid)""",
    "entities": f"""MATCH (n:Entity) WHERE n.group_id = $group AND size(coalesce(n.name, '')) > 0 AND {_ENTITY_IS_LEFT}
        WITH n ORDER BY n.created_at, n.uuid RETURN collect(n.uuid)""",
    "mentions": """MATCH (p)-[r:MENTIONS]->(n) WHERE r.group_id = $group AND r.episode IS NULL
        AND NOT EXISTS { MATCH (p)-[x:MENTIONS]->(n) WHERE x.episode = p.uuid AND x.entity = n.uuid }
        WITH r ORDER BY r.created_at, r.uuid RETURN collect(r.uuid)""",
    "facts": f"""MATCH ()-[r:RELATES_TO]->() WHERE r.group_id = $group AND {_FACT_IS_LEFT}
        WITH r ORDER BY r.created_at, r.uuid RETURN collect(r.uuid)""",
}

# Properties that what is left of the group has already and that we would write.
TAKEN = {
    "entities": f"""MATCH (n:Entity) WHERE n.group_id = $group AND {_ENTITY_IS_LEFT}
        UNWIND [k IN keys(n) WHERE k IN $ours] AS name WITH name, count(*) AS n ORDER BY name RETURN collect([name, n])""",
    "facts": f"""MATCH ()-[r:RELATES_TO]->() WHERE r.group_id = $group AND {_FACT_IS_LEFT}
        UNWIND [k IN keys(r) WHERE k IN $ours] AS name WITH name, count(*) AS n ORDER BY name RETURN collect([name, n])""",
}

# How many numbers the group's vectors have.
LENGTHS = """CALL () {
        MATCH (n:Entity) WHERE n.group_id = $group AND n.name_embedding IS NOT NULL RETURN DISTINCT size(n.name_embedding) AS length
        UNION
        MATCH ()-[r:RELATES_TO]->() WHERE r.group_id = $group AND r.fact_embedding IS NOT NULL
        RETURN DISTINCT size(r.fact_embedding) AS length
    } RETURN collect(length)"""

# The group, made where there is none and locked from here on.
LOCK = f"""{LOCKED}
    WITH g, properties(g) AS now
    RETURN [now.version, now.last_at, now.seq, now.no, coalesce(now.own_vectors, false), now.updates]"""

# From here on its vectors of ours stand beside those it came with.
OWN_VECTORS = "MATCH (g:Group {name: $group}) SET g.own_vectors = true RETURN []"

# Episodes, each with the first of its sagas.
EPISODES = f"""UNWIND $uuids AS uuid MATCH (n:Episodic {{uuid: uuid}}) WHERE n.group_id = $group AND {_EPISODE_IS_LEFT}
    RETURN collect([n.uuid, n.source, n.content, n.created_at, n.valid_at,
        COLLECT {{ MATCH (s:Saga)-[:HAS_EPISODE]->(n) RETURN [s.uuid, s.name] ORDER BY s.created_at, s.uuid LIMIT 1 }}[0]])"""

ENTITIES = f"""UNWIND $uuids AS uuid MATCH (n:Entity {{uuid: uuid}}) WHERE n.group_id = $group AND {_ENTITY_IS_LEFT}
    RETURN collect([n.uuid, n.name, labels(n), n.summary, n.created_at])"""

# Facts whose ends are ours already: with all they have, when their ends were known, the episodes that are there, and the assertions
# of ours they rest on.
FACTS = f"""UNWIND $uuids AS uuid MATCH (s:Entity)-[r:RELATES_TO {{uuid: uuid}}]->(o:Entity)
    WHERE r.group_id = $group AND {_FACT_IS_LEFT}
    CALL (s) {{ {_VERSION.format("s")} RETURN v.created_at AS subject_since }}
    CALL (o) {{ {_VERSION.format("o")} RETURN v.created_at AS object_since }}
    CALL (r) {{ UNWIND coalesce(r.episodes, []) AS episode MATCH (m:Message {{uuid: episode}}) WHERE m.group_id = $group
        RETURN collect(m.uuid) AS episodes }}
    CALL (s, r, o) {{ MATCH (a:Assertion) WHERE a.subject = s.uuid AND a.object = o.uuid
            AND a.relation IN [r.name, replace(toLower(r.name), ' ', '_')] AND r.uuid IN a.facts
        WITH a ORDER BY a.no RETURN collect({rows.ASSERTION}) AS known }}
    RETURN collect([s.uuid, o.uuid, CASE WHEN subject_since > object_since THEN subject_since ELSE object_since END, episodes, known,
        r {{.*, fact_embedding: null, palimpsest_embedding: null}}])"""

# Who has the keys.
HOLDERS = "UNWIND $keys AS key MATCH (n:Entity {group_id: $group, key: key}) RETURN collect([key, n.uuid])"

_KEPT = """SET g.no = now.no + $numbers, g.created_at = CASE WHEN $earliest < now.created_at THEN $earliest ELSE now.created_at END"""

# A session is known from its first episode on, and spaces the next message from its last.
_SESSIONS = """UNWIND $sessions AS e MERGE (s:Session {group_id: $group, name: e.session.name})
        ON CREATE SET s = e.session, s.group_id = $group, s.no = now.no + e.no
    SET s.speakers = s.speakers + [x IN e.speakers WHERE NOT x IN s.speakers],
        s.last_said = CASE WHEN s.last_instant > e.last THEN s.last_said ELSE e.last END,
        s.last_instant = CASE WHEN s.last_instant > e.last THEN s.last_instant ELSE e.last END
    RETURN count(*) AS sessions"""
_WORKS = """UNWIND $works AS e OPTIONAL MATCH (s:Session {group_id: $group, name: e.work.session})
    CREATE (w:Work) SET w = e.work, w.no = now.no + e.no, w.session_uuid = s.uuid
    RETURN count(*) AS works"""
_MESSAGES = """UNWIND $messages AS e OPTIONAL MATCH (s:Session {group_id: $group, name: e.message.session})
    CREATE (m:Message) SET m = e.message, m.no = now.no + e.no, m.session_uuid = s.uuid
    RETURN count(*) AS messages"""

# What we keep of episodes: their messages, sessions, and the Work they were learnt in.
KEEP = f"""CYPHER 25 MATCH (g:Group {{name: $group}}) WITH g, properties(g) AS now
    CALL (now) {{ {_SESSIONS} }}
    CALL (now) {{ {_WORKS} }}
    CALL (now) {{ {_MESSAGES} }}
    {_KEPT}
    RETURN [messages]"""

# Each entity once an episode, known once both are.
MENTION = f"""CYPHER 25 MATCH (g:Group {{name: $group}}) WITH g, properties(g) AS now
    CALL (now) {{
        UNWIND range(0, size($uuids) - 1) AS i
        MATCH (p:Episodic)-[r:MENTIONS {{uuid: $uuids[i]}}]->(n:Entity)
            WHERE r.group_id = $group AND r.episode IS NULL
            AND NOT EXISTS {{ MATCH (p)-[x:MENTIONS]->(n) WHERE x.episode = p.uuid AND x.entity = n.uuid }}
        MATCH (m:Message {{uuid: p.uuid}})
        CALL (n) {{ {_VERSION.format("n")} RETURN v.created_at AS since }}
        WITH now, m, n, since, min(i) AS i, head(collect(r)) AS r
        SET r.episode = m.uuid, r.entity = n.uuid, r.instant = m.instant, r.session = m.session_uuid, r.no = now.no + 1 + i,
            r.recorded_at = CASE WHEN m.created_at > since THEN m.created_at ELSE since END
        RETURN count(*) AS mentions
    }}
    SET g.no = now.no + size($uuids)
    RETURN [mentions]"""

_OUR_ENTITIES = """UNWIND $entities AS e MATCH (n:Entity {uuid: e.uuid})
    SET n.no = now.no + e.no, n.key = e.key, n.type = e.type, n.summary = coalesce(n.summary, '')
    RETURN count(*) AS entities"""
_OUR_FACTS = """UNWIND $facts AS f MATCH ()-[r:RELATES_TO {uuid: f.uuid}]->() WHERE r.group_id = $group
    SET r += f.beside, r.no = now.no + f.no, r.episodes = coalesce(r.episodes, []), r.fact = coalesce(r.fact, f.text)
    RETURN count(*) AS facts"""

# One operation: entities with how they read, facts with what was said, questions, and the log.
BELIEVE = f"""CYPHER 25 MATCH (g:Group {{name: $group}}) WITH g, properties(g) AS now, null AS work
    CALL (now) {{ {_OUR_ENTITIES} }}
    CALL (now) {{ {ADD_VERSIONS} }}
    CALL (now) {{ {ADD_ASSERTIONS} }}
    CALL (now) {{ {_OUR_FACTS} }}
    CALL (now) {{ {PUT_REVIEWS} }}
    CALL (now, work) {{ {ADD_CHANGES} }}
    {_KEPT}, g.version = now.version + 1, g.last_at = $at, g.seq = now.seq + size($changes)
    RETURN [entities, facts]"""

# What has no vector of ours yet.
UNEMBEDDED = {
    "entities": """MATCH (n:Entity) WHERE n.group_id = $group AND n.no IS NOT NULL
        AND properties(n)[coalesce($slot, CASE WHEN $own THEN 'palimpsest_embedding' ELSE 'name_embedding' END)] IS NULL
        RETURN collect(n.uuid)""",
    "facts": """MATCH ()-[r:RELATES_TO]->() WHERE r.group_id = $group AND r.retracted_from IS NOT NULL
        AND properties(r)[coalesce($slot, CASE WHEN $own THEN 'palimpsest_embedding' ELSE 'fact_embedding' END)] IS NULL
        RETURN collect(r.uuid)""",
    "episodes": """MATCH (m:Message) USING INDEX SEEK m:Message(group_id, instant, no)
        WHERE m.group_id = $group AND m.instant IS NOT NULL AND m.no IS NOT NULL
        AND properties(m)[coalesce($slot, 'embedding')] IS NULL
        AND m.work IS NOT NULL AND EXISTS { MATCH (w:Work {uuid: m.work}) WHERE w.state = 'DONE' } RETURN collect(m.uuid)""",
}

# What is embedded of each.
TEXTS = {
    "entities": "UNWIND $uuids AS uuid MATCH (n:Entity {uuid: uuid}) WHERE n.group_id = $group RETURN collect([uuid, n.name])",
    "facts": """UNWIND $uuids AS uuid MATCH ()-[r:RELATES_TO {uuid: uuid}]->() WHERE r.group_id = $group
        RETURN collect([uuid, r.fact])""",
    "episodes": "UNWIND $uuids AS uuid MATCH (m:Message {uuid: uuid}) WHERE m.group_id = $group RETURN collect([uuid, m.content])",
}

# The group is of this embedder, if it is not of another.
MARK = """MATCH (g:Group {name: $group})
    SET g.dimension = CASE WHEN g.embedder IS NULL THEN $dimension ELSE g.dimension END,
        g.slot = CASE WHEN g.embedder IS NULL THEN $slot ELSE g.slot END,
        g.embedder = coalesce(g.embedder, $embedder)
    RETURN [g.embedder, g.dimension]"""

OWNS = "MATCH (g:Group {name: $group}) RETURN collect(coalesce(g.own_vectors, false))"


def _embed(part: str, answer: str) -> str:
    return f"""CYPHER 25 MATCH (g:Group {{name: $group}}) WITH properties(g) AS now CALL (now) {{ {part} }} RETURN [{answer}]"""


# Sets vectors of ours.
EMBED = {
    "entities": _embed(EMBED_ENTITIES, "entity_vectors"),
    "facts": _embed(EMBED_FACTS, "embedded"),
    "episodes": _embed(EMBED_EPISODES, "episode_vectors"),
}
