"""What a Delta writes: one statement, put together of named parts. Each part takes a list and costs nothing where it is empty.

The group is locked first and read after that, as the map `now`; `work` is that of the lease. The parts run only where the Delta fits
the group as it is. Each answers the uuids of what it found; where something is missing the transaction is undone. A record's
number is `now.no` plus its place in the Delta.
"""

from graph.stores.neo4j.queries.clocks import PLANNED_ONCE
from graph.stores.neo4j.queries.groups import LOCKED
from graph.stores.neo4j.queries.queue import ADVANCE


def _embedded(variable: str, property: str, vector: str) -> str:
    """Sets an embedding, in a property of our own where the embedder is not the database's first, or the group came with vectors of
    another length; and takes away the one that is staged, which is of other words.
    """
    return f"""{variable}[coalesce(now.spare, 'palimpsest_none')] = null,
        {variable}[coalesce($slot, CASE WHEN now.own_vectors THEN 'palimpsest_embedding' ELSE '{property}' END)] = toFloatList({vector})"""


# What the Delta names and does not bring.
KNOWN_ENTITIES = """UNWIND $known_entities AS u MATCH (n:Entity {uuid: u}) USING INDEX n:Entity(uuid) WHERE n.group_id = $group
    RETURN collect(u) AS known_entities"""
KNOWN_EPISODES = """UNWIND $known_episodes AS u MATCH (m:Message {uuid: u}) USING INDEX m:Message(uuid) WHERE m.group_id = $group
    RETURN collect(u) AS known_episodes"""
KNOWN_ASSERTIONS = """UNWIND $known_assertions AS u MATCH (a:Assertion {uuid: u}) USING INDEX a:Assertion(uuid) WHERE a.group_id = $group
    RETURN collect(u) AS known_assertions"""

# New entities, as Graphiti sees them.
ADD_ENTITIES = f"""UNWIND $entities AS e CREATE (n:Entity:$(e.labels))
    SET n = e.face, n.no = now.no + e.no, {_embedded("n", "name_embedding", "e.vector")}
    RETURN count(*) AS entities"""

# Entities that read otherwise from now on: their present version ends.
REVISE_ENTITIES = """UNWIND $revised AS e MATCH (n:Entity {uuid: e.face.uuid}) USING INDEX n:Entity(uuid)
    MATCH (v:EntityVersion) USING INDEX v:EntityVersion(entity, recorded_at)
        WHERE v.entity = e.face.uuid AND v.recorded_at IS NOT NULL AND v.until = $far
    SET v.until = $at, v.token = $past
    CALL (v) { MATCH (v)<-[:OF]-(x:EntityName) SET x.until = $at }
    WITH e, n, [l IN labels(n) WHERE l = n.type AND l <> 'Entity'] AS old
    REMOVE n:$(old) SET n:$(e.labels), n += e.face, n.once_merged = CASE WHEN e.one <> n.uuid THEN true ELSE n.once_merged END
    RETURN count(*) AS revised"""

# How entities read from now on, and by which names they are found; the names made last have the highest numbers.
ADD_VERSIONS = """UNWIND $versions AS e MATCH (n:Entity {uuid: e.version.entity}) USING INDEX n:Entity(uuid)
    CREATE (v:EntityVersion) SET v = e.version, v.no = n.no
    WITH e, v, CASE WHEN n.no > now.no THEN n.no ELSE now.no END AS no
    FOREACH (name IN e.names | CREATE (:EntityName {group_id: $group, name: name[0], kind: name[1], until: $far, no: no})-[:OF]->(v))
    RETURN count(*) AS versions"""


def _count_for(end: str, others: str) -> str:
    """What was said of an entity counts from now on for the one that it is one with, which may be itself."""
    return f"""UNWIND $revised AS e
    CALL (e) {{
        MATCH (a:Assertion) USING INDEX a:Assertion(said_{end}) WHERE a.said_{end} = e.face.uuid RETURN a
        UNION ALL
        WITH e WHERE e.one <> e.face.uuid
        MATCH (a:Assertion) USING INDEX a:Assertion({end}, {others})
            WHERE a.{end} = e.face.uuid{"".join(f" AND a.{other} IS NOT NULL" for other in others.split(", "))} AND a.said_{end} IS NULL
        RETURN a
    }}
    WITH a, e.one AS one, e.face.uuid AS uuid
    SET a.{end} = one, a.said_{end} = CASE WHEN one <> uuid THEN uuid END
    RETURN count(*) AS {end}s"""


COUNT_AS_SUBJECT = _count_for("subject", "relation, object")
COUNT_AS_OBJECT = _count_for("object", "relation")

ADD_ASSERTIONS = """UNWIND $assertions AS a OPTIONAL MATCH (m:Message {uuid: a.told.episode}) USING INDEX m:Message(uuid)
    CREATE (n:Assertion) SET n = a.told, n.no = now.no + a.no, n.session = m.session, n.session_uuid = m.session_uuid
    RETURN count(*) AS assertions"""

WITHDRAW = """UNWIND $withdrawn AS u MATCH (a:Assertion {uuid: u}) USING INDEX a:Assertion(uuid)
        WHERE a.group_id = $group AND a.withdrawn_at IS NULL
    SET a.withdrawn_at = $at, a.withdrawn_by = $operation
    RETURN collect(u) AS withdrawn"""

# Their present withdrawal becomes a lapse.
REINSTATE = """UNWIND $reinstated AS u MATCH (a:Assertion {uuid: u}) USING INDEX a:Assertion(uuid)
        WHERE a.group_id = $group AND a.withdrawn_at IS NOT NULL
    WITH u, a, a.withdrawn_by AS by, a.withdrawn_at AS since
    SET a.lapsed_by = coalesce(a.lapsed_by, []) + [by], a.lapsed_at = coalesce(a.lapsed_at, []) + [since],
        a.lapsed_until = coalesce(a.lapsed_until, []) + [$at], a.withdrawn_at = null, a.withdrawn_by = null
    RETURN collect(u) AS reinstated"""

# Records, those withdrawn already under a type of their own.
ADD_FACTS = f"""UNWIND $facts AS f MATCH (s:Entity {{uuid: f.fact.subject}}) USING INDEX s:Entity(uuid)
    MATCH (o:Entity {{uuid: f.fact.object}}) USING INDEX o:Entity(uuid)
    CREATE (s)-[r:$(f.type)]->(o) SET r = f.fact, r.no = now.no + f.no, {_embedded("r", "fact_embedding", "f.vector")}
    RETURN count(*) AS facts"""


def _record(row: str, type: str = "RELATES_TO") -> str:
    return f"-[r:{type} {{uuid: {row}.fact}}]->"


# A record is closed once; a second end is a rewrite.
CLOSE = f"""UNWIND $closings AS c MATCH (){_record("c")}() USING INDEX r:RELATES_TO(uuid)
        WHERE r.group_id = $group AND r.valid_until = $far
    SET r += c.end
    RETURN collect(c.fact) AS closed"""

# How sure it was until now stays beside how sure it is from now on.
WEIGH = f"""UNWIND $confidences AS c MATCH (){_record("c")}() USING INDEX r:RELATES_TO(uuid) WHERE r.group_id = $group
    SET r.sure_before = coalesce(r.sure_before, []) + [r.confidence], r.sure_until = coalesce(r.sure_until, []) + [$at]
    SET r.confidence = c.confidence
    RETURN collect(c.fact) AS weighed"""

# Assertions more behind a record, and the episodes they were said in.
SUPPORT = f"""UNWIND $supports AS s MATCH (){_record("s")}() USING INDEX r:RELATES_TO(uuid) WHERE r.group_id = $group
    CALL (s) {{ UNWIND s.assertions AS u MATCH (a:Assertion {{uuid: u}}) USING INDEX a:Assertion(uuid) WHERE a.episode IS NOT NULL
        RETURN collect(DISTINCT a.episode) AS episodes }}
    SET r.assertions = r.assertions + [u IN s.assertions WHERE NOT u IN r.assertions],
        r.episodes = r.episodes + [e IN episodes WHERE NOT e IN r.episodes]
    RETURN collect(s.fact) AS supported"""

# A withdrawn record goes on under another type, where no read of the present meets it.
RETRACT = f"""UNWIND $retractions AS t MATCH (s){_record("t")}(o) USING INDEX r:RELATES_TO(uuid) WHERE r.group_id = $group
    CREATE (s)-[d:RETRACTED]->(o) SET d = properties(r), d.retracted_from = $at, d.replaced_by = t.replaced_by
    DELETE r
    RETURN collect(t.fact) AS retracted"""

# Which records rest on an assertion; Graphiti looks for them at its episode.
LINK = """UNWIND $links AS l MATCH (a:Assertion {uuid: l.assertion}) USING INDEX a:Assertion(uuid) WHERE a.group_id = $group
    SET a.facts = a.facts + [f IN l.facts WHERE NOT f IN a.facts]
    WITH a.episode AS episode, l.facts AS facts WHERE episode IS NOT NULL
    UNWIND facts AS fact
    WITH episode, collect(DISTINCT fact) AS facts
    MATCH (p:Episodic {uuid: episode}) USING INDEX p:Episodic(uuid)
    SET p.entity_edges = coalesce(p.entity_edges, []) + [f IN facts WHERE NOT f IN coalesce(p.entity_edges, [])]
    RETURN count(*) AS links"""

# Each entity once an episode.
MENTION = """UNWIND $mentions AS m MATCH (p:Episodic {uuid: m.episode}) USING INDEX p:Episodic(uuid)
    MATCH (e:Message {uuid: m.episode}) USING INDEX e:Message(uuid)
    MATCH (n:Entity {uuid: m.entity}) USING INDEX n:Entity(uuid)
    MERGE (p)-[r:MENTIONS]->(n) ON CREATE SET r = m{.uuid, .episode, .entity, group_id: $group, created_at: $time, recorded_at: $at,
        no: now.no + m.no, instant: e.instant, session: e.session_uuid}
    RETURN count(*) AS mentions"""

# A review is opened once; saying it again resolves it, or opens it again about the records of then.
PUT_REVIEWS = """UNWIND $reviews AS w MERGE (r:Review {uuid: w.review.uuid, group_id: $group})
    ON CREATE SET r = w.review, r.no = now.no + w.no
    ON MATCH SET r.resolved_at = w.review.resolved_at, r.reason = w.review.reason, r.resolution = w.review.resolution,
        r.facts = w.review.facts
    CALL (r, w) { UNWIND w.review.entities AS uuid MATCH (n:Entity {uuid: uuid}) USING INDEX n:Entity(uuid)
        WHERE n.group_id = $group
        MERGE (r)-[a:ASKS]->(n) SET a.entity = uuid, a.open = w.review.resolved_at IS NULL RETURN count(*) AS asked }
    RETURN count(*) AS reviews"""

ADD_CHANGES = """UNWIND $changes AS c CREATE (n:Change) SET n = c.change, n.seq = now.seq + c.no, n.work = coalesce(work, c.change.work)
    RETURN count(*) AS changes"""


# What undoes another belongs to the same chain.
ADD_OPERATION = """OPTIONAL MATCH (u:Operation {uuid: $did.undoes}) USING INDEX u:Operation(uuid) WHERE u.group_id = $group
    CREATE (o:Operation) SET o = $did, o.root = coalesce(u.root, $did.uuid)
    RETURN count(*) AS operations"""


def _log(type: str, answer: str) -> str:
    return f"""UNWIND $changed AS c MATCH (){_record("c", type)}() USING INDEX r:{type}(uuid) WHERE r.group_id = $group
    SET r.changes = r.changes + c.changes
    RETURN collect(c.fact) AS {answer}"""


# The changes that name a record, at the record.
LOG_LIVING = _log("RELATES_TO", "living")
LOG_RETRACTED = _log("RETRACTED", "dead")

# Embeddings of what was there before.
EMBED_ENTITIES = f"""UNWIND $entity_vectors AS e MATCH (n:Entity {{uuid: e.uuid}}) USING INDEX n:Entity(uuid)
    SET {_embedded("n", "name_embedding", "e.vector")}
    RETURN count(*) AS entity_vectors"""
EMBED_FACTS = f"""UNWIND $fact_vectors AS f MATCH (){_record("f")}() USING INDEX r:RELATES_TO(uuid) WHERE r.group_id = $group
    SET {_embedded("r", "fact_embedding", "f.vector")}
    RETURN collect(f.fact) AS embedded"""
EMBED_EPISODES = """UNWIND $episode_vectors AS e MATCH (m:Message {uuid: e.uuid}) USING INDEX m:Message(uuid)
    SET m[coalesce($slot, 'embedding')] = toFloatList(e.vector)
    RETURN count(*) AS episode_vectors"""

PARTS = (
    KNOWN_ENTITIES,
    KNOWN_EPISODES,
    KNOWN_ASSERTIONS,
    ADD_ENTITIES,
    REVISE_ENTITIES,
    ADD_VERSIONS,
    COUNT_AS_SUBJECT,
    COUNT_AS_OBJECT,
    ADD_ASSERTIONS,
    WITHDRAW,
    REINSTATE,
    ADD_FACTS,
    EMBED_FACTS,
    CLOSE,
    WEIGH,
    SUPPORT,
    RETRACT,
    LINK,
    MENTION,
    PUT_REVIEWS,
    ADD_CHANGES,
    ADD_OPERATION,
    LOG_LIVING,
    LOG_RETRACTED,
    EMBED_ENTITIES,
    EMBED_EPISODES,
)
_ALL = "\n".join(f"    CALL (now, work) {{ {part} }}" for part in PARTS)

# The group as it was; and, where the Delta fits it, what was found of what the Delta names. The plan
# is kept as it was made: it takes a second to make, and seeks whatever the data.
APPLY = f"""{PLANNED_ONCE} {LOCKED}
WITH g, properties(g) AS now
OPTIONAL CALL (g, now) {{
    WITH g, now WHERE now.version = $version AND now.last_at < $at
    CALL (g) {{ {ADVANCE} }}
{_ALL}
    SET g += $settings, g.version = now.version + 1, g.last_at = $at, g.seq = now.seq + size($changes), g.no = now.no + $numbers
    RETURN work, [known_entities, known_episodes, known_assertions, withdrawn, reinstated, closed, weighed, supported, retracted,
        living + dead, embedded] AS found
}}
RETURN [now.version, now.last_at, now.seq, work, found]"""
