"""What erases a whole group, some records a transaction. Each statement answers how many it found."""

from graph.stores.neo4j.queries.clocks import DEAD, LIVE, pattern
from graph.stores.neo4j.queries.forgetting import KEYS, keyed, under
from graph.stores.neo4j.queries.queue import LEAVE

# What it has: episodes, facts that are or were recorded, entities.
COUNTS = f"""RETURN [
    COUNT {{ MATCH (m:Message) USING INDEX m:Message(group_id, instant, no)
        WHERE m.group_id = $group AND m.instant IS NOT NULL AND m.no IS NOT NULL }},
    {
    " + ".join(
        f'''COUNT {{ MATCH {pattern(kind)} USING INDEX r:{kind}(group_id, valid_from, no)
        WHERE r.group_id = $group AND r.valid_from IS NOT NULL AND r.no IS NOT NULL }}'''
        for kind in (LIVE, DEAD)
    )
},
    COUNT {{ MATCH (v:EntityVersion) USING INDEX v:EntityVersion(group_id, until) WHERE v.group_id = $group AND v.until = $far }}]"""

# Nobody learns from what is left any more.
PARK = f"""MATCH (m:Message) USING INDEX m:Message(group_id, instant, no)
        WHERE m.group_id = $group AND m.instant IS NOT NULL AND m.no IS NOT NULL
    WITH DISTINCT m.work AS u
    MATCH (w:Work {{uuid: u}}) USING INDEX w:Work(uuid) WHERE w.lane IS NOT NULL
    WITH w LIMIT $n
    SET w.state = 'PARKED', w.error = $error, {LEAVE}
    RETURN [count(w)]"""

# Belief keys of some records.
SOME_KEYS = {
    kind: f"""MATCH {pattern(kind)} USING INDEX r:{kind}(group_id, valid_from, no)
        WHERE r.group_id = $group AND r.valid_from IS NOT NULL AND r.no IS NOT NULL
    WITH r LIMIT $n RETURN collect(DISTINCT r.key)"""
    for kind in (LIVE, DEAD)
}

# All that was recorded and said under belief keys goes together, so that what is left is as the law has it.
ERASE_KEYS = f"""CALL () {{ {keyed(LIVE)} DELETE r RETURN count(*) AS living }}
    CALL () {{ {keyed(DEAD)} DELETE r RETURN count(*) AS dead }}
    {" ".join(under(*key, f"DETACH DELETE a RETURN count(*) AS {key[0]}") for key in KEYS)}
    RETURN [living + dead + by_subject + by_object + by_pair]"""


def _some(label: str, *keys: str, also: str = "") -> str:
    known = " AND ".join(f"n.{key} IS NOT NULL" for key in keys)
    return f"""MATCH (n:{label}) USING INDEX n:{label}(group_id, {", ".join(keys)}) WHERE n.group_id = $group AND {known}{also}
    WITH n LIMIT $n"""


_TOLD = "EXISTS { MATCH (a:Assertion) USING INDEX a:Assertion(group_id, no) WHERE a.group_id = $group AND a.no IS NOT NULL }"

# What hangs on others before these, each as often as it finds something.
ERASE = {
    "assertions": f"{_some('Assertion', 'no')} DETACH DELETE n RETURN [count(*)]",
    "episodes": f"""{_some("Message", "instant", "no")}
        OPTIONAL MATCH (p:Episodic {{uuid: n.uuid}}) USING INDEX p:Episodic(uuid)
        OPTIONAL MATCH (w:Work {{uuid: n.work}}) USING INDEX w:Work(uuid)
        WITH collect(DISTINCT n) + collect(DISTINCT p) + collect(DISTINCT w) AS gone
        FOREACH (x IN gone | DETACH DELETE x) RETURN [size(gone)]""",
    "sessions": f"""{_some("Session", "no")} OPTIONAL MATCH (s:Saga {{uuid: n.uuid}}) USING INDEX s:Saga(uuid)
        DETACH DELETE n, s RETURN [count(*)]""",
    "entities": f"""{_some("EntityVersion", "no", also=f" AND NOT {_TOLD}")}
        OPTIONAL MATCH (x:EntityName)-[:OF]->(n)
        OPTIONAL MATCH (e:Entity {{uuid: n.entity}}) USING INDEX e:Entity(uuid)
        WITH collect(DISTINCT x) + collect(DISTINCT n) + collect(DISTINCT e) AS gone
        FOREACH (x IN gone | DETACH DELETE x) RETURN [size(gone)]""",
    "reviews": f"{_some('Review', 'no')} DETACH DELETE n RETURN [count(*)]",
    "operations": f"{_some('Operation', 'root')} DELETE n RETURN [count(*)]",
    "theirs": """MATCH (n:Entity) USING INDEX n:Entity(group_id) WHERE n.group_id = $group AND n.no IS NULL
        WITH n LIMIT $n DETACH DELETE n RETURN [count(*)]""",
    "their episodes": """MATCH (n:Episodic) USING INDEX n:Episodic(group_id) WHERE n.group_id = $group
            AND NOT EXISTS { MATCH (m:Message {uuid: n.uuid}) }
        WITH n LIMIT $n DETACH DELETE n RETURN [count(*)]""",
}

# The log from a seq on, without words: [how many, the last seq].
BLANK = """MATCH (c:Change) USING INDEX SEEK c:Change(group_id, seq) WHERE c.group_id = $group AND c.seq > $after
    WITH c ORDER BY c.group_id, c.seq LIMIT $n
    SET c.reason = '', c.facts = [], c.entities = [], c.episode = null, c.work = null
    RETURN [count(c), max(c.seq)]"""

# The group moves on, so that what was computed before is stale; answers its version.
MOVE_ON = """MATCH (g:Group {name: $group}) SET g.version = g.version + 1 RETURN [g.version]"""
