"""What forgetting reads and erases. The statements of one Erasure are one transaction, which begins with LOCK."""

from graph.stores.leases import READY_AT_ONCE
from graph.stores.neo4j import rows
from graph.stores.neo4j.queries.clocks import DEAD, LIVE, by_uuid, pattern
from graph.stores.neo4j.queries.queue import GIVE_BACK, LEAVE, PROMOTE

_BY_SUBJECT = "MATCH (a:Assertion) USING INDEX a:Assertion(subject, relation, object)"
_BY_OBJECT = "MATCH (a:Assertion) USING INDEX a:Assertion(object, relation)"
_ANY = "a.relation IS NOT NULL"

# Said of an entity that is one with another since.
_SINCE = {
    end: f"MATCH (a:Assertion) USING INDEX a:Assertion(said_{end}) WHERE a.said_{end} = u AND a.group_id = $group"
    for end in ("subject", "object")
}

# All that was ever said in some episodes, or of some entities, whomever these are one with since.
SAID = f"""CALL () {{
        UNWIND $episodes AS u MATCH (a:Assertion) USING INDEX a:Assertion(episode) WHERE a.episode = u AND a.group_id = $group RETURN a
        UNION UNWIND $entities AS u {_BY_SUBJECT} WHERE a.subject = u AND {_ANY} AND a.object IS NOT NULL AND a.said_subject IS NULL
            AND a.group_id = $group RETURN a
        UNION UNWIND $entities AS u {_BY_OBJECT} WHERE a.object = u AND {_ANY} AND a.said_object IS NULL AND a.group_id = $group RETURN a
        UNION UNWIND $entities AS u {_SINCE["subject"]} RETURN a
        UNION UNWIND $entities AS u {_SINCE["object"]} RETURN a
    }}
    WITH a ORDER BY a.no RETURN [collect({rows.ASSERTION}), collect(a.facts)]"""

# Records, those retracted too, in the order of recording.
RECORDS = f"""UNWIND $uuids AS uuid
    CALL (uuid) {{ {by_uuid(LIVE)} RETURN r UNION ALL {by_uuid(DEAD)} RETURN r }}
    WITH r ORDER BY r.no RETURN collect({rows.FACT})"""


def under(keys: str, match: str, entity: str, also: str, found: str) -> str:
    return f"""CALL () {{ UNWIND ${keys} AS k {match} WHERE a.{entity} = k[1] AND a.relation = k[0]{also} AND a.group_id = $group
        {found} }}"""


KEYS = (
    ("by_subject", _BY_SUBJECT, "subject", " AND a.object IS NOT NULL"),
    ("by_object", _BY_OBJECT, "object", ""),
    ("by_pair", _BY_SUBJECT, "subject", " AND a.object = k[2]"),
)


def keyed(kind: str) -> str:
    return f"UNWIND $keys AS key MATCH {pattern(kind)} USING INDEX r:{kind}(key) WHERE r.key = key AND r.group_id = $group"


# All that was ever said and recorded under belief keys.
HISTORY = f"""{" ".join(under(*k, f"WITH a ORDER BY a.no RETURN collect({rows.ASSERTION}) AS {k[0]}") for k in KEYS)}
    CALL () {{ CALL () {{ {keyed(LIVE)} RETURN r UNION ALL {keyed(DEAD)} RETURN r }}
        WITH r ORDER BY r.no RETURN collect({rows.FACT}) AS records }}
    RETURN [by_subject + by_object + by_pair, records]"""

# Those that some entities ever were merged into, and those that ever were merged into them.
KIN = """CALL () {
        UNWIND $entities AS u MATCH (v:EntityVersion) USING INDEX v:EntityVersion(entity, recorded_at)
            WHERE v.entity = u AND v.recorded_at IS NOT NULL AND v.group_id = $group AND v.merged_into IS NOT NULL
            RETURN v.merged_into AS kin
        UNION UNWIND $entities AS u MATCH (v:EntityVersion) USING INDEX v:EntityVersion(merged_into)
            WHERE v.merged_into = u AND v.group_id = $group RETURN v.entity AS kin
    }
    RETURN collect(DISTINCT kin)"""

# Operations that set the policy.
POLICIES = f"""MATCH (o:Operation) USING INDEX SEEK o:Operation(group_id, root) WHERE o.group_id = $group AND o.root IS NOT NULL
    WITH o WHERE o.updates IS NOT NULL
    WITH o ORDER BY o.at RETURN collect({rows.OPERATION})"""

# Entities that something else is left of.
NEEDED = f"""UNWIND $entities AS u MATCH (n:Entity {{uuid: u}}) USING INDEX n:Entity(uuid) WHERE n.group_id = $group
    WITH u WHERE EXISTS {{ {_BY_SUBJECT} WHERE a.subject = u AND {_ANY} AND a.object IS NOT NULL AND NOT a.uuid IN $assertions }}
        OR EXISTS {{ {_BY_OBJECT} WHERE a.object = u AND {_ANY} AND NOT a.uuid IN $assertions }}
        OR EXISTS {{ {_SINCE["subject"]} AND NOT a.uuid IN $assertions }} OR EXISTS {{ {_SINCE["object"]} AND NOT a.uuid IN $assertions }}
        OR EXISTS {{ MATCH ()-[m:MENTIONS]->() USING INDEX m:MENTIONS(entity, instant, no)
            WHERE m.entity = u AND m.instant IS NOT NULL AND m.no IS NOT NULL AND NOT m.episode IN $episodes }}
    RETURN collect(u)"""

SUMMARIES = """MATCH (v:EntityVersion) USING INDEX SEEK v:EntityVersion(group_id, no) WHERE v.group_id = $group AND v.no IS NOT NULL
    WITH v WHERE v.summary > '' RETURN collect([v.entity, v.summary])"""

ALL_REVIEWS = f"""MATCH (w:Review) USING INDEX SEEK w:Review(group_id, no) WHERE w.group_id = $group AND w.no IS NOT NULL
    WITH w ORDER BY w.no RETURN collect({rows.REVIEW})"""

# The group as it is, locked: [version, no, whether vectors of ours stand beside Graphiti's, where others are staged].
LOCK = """MATCH (g:Group {name: $group}) SET g.writes = coalesce(g.writes, 0) + 1
    WITH properties(g) AS now RETURN [now.version, now.no, coalesce(now.own_vectors, false), now.spare]"""

# The last entry of the log, and the group's next version. The entry's seq.
BURY = """MATCH (g:Group {name: $group}) WITH g, properties(g) AS now
    CREATE (c:Change) SET c = $change, c.seq = now.seq + 1
    SET g.seq = now.seq + 1, g.version = now.version + 1, g.last_at = $at, g.no = now.no + $numbers
    RETURN [now.seq + 1]"""

# The log

REWRITE_CHANGES = """UNWIND $changes AS c MATCH (n:Change {uuid: c.uuid}) USING INDEX n:Change(uuid) WHERE n.group_id = $group
    SET n.reason = c.reason, n.episode = c.episode, n.facts = c.facts, n.entities = c.entities, n.work = c.work
    RETURN [count(*)]"""

REWRITE_REVIEWS = """UNWIND $reviews AS w MATCH (n:Review {uuid: w.uuid}) USING INDEX n:Review(uuid) WHERE n.group_id = $group
    SET n.reason = w.reason, n.facts = w.facts, n.entities = w.entities
    RETURN [count(*)]"""

ERASE_REVIEWS = """UNWIND $uuids AS u MATCH (n:Review {uuid: u}) USING INDEX n:Review(uuid) WHERE n.group_id = $group
    DETACH DELETE n RETURN [count(*)]"""

# Facts

# What some records rest on, and the episodes in which that was said.
BEHIND = f"""UNWIND $uuids AS uuid
    CALL (uuid) {{ {by_uuid(LIVE)} RETURN r UNION ALL {by_uuid(DEAD)} RETURN r }}
    RETURN [collect(r.assertions), collect(r.episodes)]"""

UNLINK_ASSERTIONS = """UNWIND $assertions AS u MATCH (a:Assertion {uuid: u}) USING INDEX a:Assertion(uuid) WHERE a.group_id = $group
    SET a.facts = [f IN a.facts WHERE NOT f IN $uuids] RETURN [count(*)]"""

UNLINK_EPISODES = """UNWIND $episodes AS u MATCH (p:Episodic {uuid: u}) USING INDEX p:Episodic(uuid) WHERE p.group_id = $group
    SET p.entity_edges = [f IN coalesce(p.entity_edges, []) WHERE NOT f IN $uuids] RETURN [count(*)]"""

ERASE_FACTS = {kind: f"UNWIND $uuids AS uuid {by_uuid(kind)} DELETE r RETURN [count(*)]" for kind in (LIVE, DEAD)}

# Records as they read from now on, under the type that they have: those found.
UPDATE_FACTS = {
    kind: f"""UNWIND $facts AS f WITH f, f.uuid AS uuid {by_uuid(kind)} SET r += f RETURN collect(uuid)""" for kind in (LIVE, DEAD)
}


def _move(old: str, new: str) -> str:
    return f"""UNWIND $facts AS f MATCH (s)-[r:{old} {{uuid: f.uuid}}]->(o) USING INDEX r:{old}(uuid) WHERE r.group_id = $group
    CREATE (s)-[d:{new}]->(o) SET d = properties(r), d += f
    DELETE r RETURN collect(f.uuid)"""


# The same from the other type to this one.
MOVE_FACTS = {LIVE: _move(DEAD, LIVE), DEAD: _move(LIVE, DEAD)}

ADD_FACTS = {
    kind: f"""UNWIND $facts AS f MATCH (s:Entity {{uuid: f.subject}}) USING INDEX s:Entity(uuid)
    MATCH (o:Entity {{uuid: f.object}}) USING INDEX o:Entity(uuid)
    CREATE (s)-[r:{kind}]->(o) SET r = f RETURN [count(*)]"""
    for kind in (LIVE, DEAD)
}

LINK = """UNWIND $links AS l MATCH (a:Assertion {uuid: l.assertion}) USING INDEX a:Assertion(uuid) WHERE a.group_id = $group
    SET a.facts = a.facts + [f IN l.facts WHERE NOT f IN a.facts]
    WITH a.episode AS episode, l.facts AS facts WHERE episode IS NOT NULL
    UNWIND facts AS fact
    WITH episode, collect(DISTINCT fact) AS facts
    MATCH (p:Episodic {uuid: episode}) USING INDEX p:Episodic(uuid)
    SET p.entity_edges = coalesce(p.entity_edges, []) + [f IN facts WHERE NOT f IN coalesce(p.entity_edges, [])]
    RETURN [count(*)]"""

# Assertions

ERASE_ASSERTIONS = """UNWIND $uuids AS u MATCH (a:Assertion {uuid: u}) USING INDEX a:Assertion(uuid) WHERE a.group_id = $group
    DETACH DELETE a RETURN [count(*)]"""

REWORD = """UNWIND $assertions AS w MATCH (a:Assertion {uuid: w.uuid}) USING INDEX a:Assertion(uuid) WHERE a.group_id = $group
    SET a.text = w.text, a.quote = w.quote, a.span = null RETURN [count(*)]"""

# Episodes

PLACES = """UNWIND $uuids AS u MATCH (m:Message {uuid: u}) USING INDEX m:Message(uuid) WHERE m.group_id = $group
    RETURN collect([m.uuid, m.work, m.session_uuid])"""

# One after the other, so that what was before the first of several is before what comes after the last.
ERASE_EPISODES = """UNWIND $uuids AS u
    CALL (u) {
        MATCH (x:Episodic {uuid: u}) USING INDEX x:Episodic(uuid) WHERE x.group_id = $group
        OPTIONAL MATCH (a:Episodic)-[:NEXT_EPISODE]->(x)
        OPTIONAL MATCH (x)-[:NEXT_EPISODE]->(b:Episodic)
        WITH x, head(collect(a)) AS a, head(collect(b)) AS b
        FOREACH (before IN CASE WHEN a IS NULL OR b IS NULL THEN [] ELSE [a] END |
            CREATE (before)-[:NEXT_EPISODE {uuid: randomUUID(), group_id: $group, created_at: $time}]->(b))
        DETACH DELETE x
    }
    RETURN [count(*)]"""

ERASE_MESSAGES = """UNWIND $uuids AS u MATCH (m:Message {uuid: u}) USING INDEX m:Message(uuid) WHERE m.group_id = $group
    DETACH DELETE m RETURN [count(*)]"""

_LEFT = "MATCH (m:Message) USING INDEX m:Message(session_uuid, instant, no) WHERE m.session_uuid = u AND m.instant IS NOT NULL AND m.no > 0"

# Sessions without their forgotten episodes; one of which nothing is left goes.
SHRINK_SESSIONS = f"""UNWIND $sessions AS u
    CALL (u) {{ {_LEFT} WITH m ORDER BY m.no RETURN collect(m.uuid) AS left, collect(DISTINCT m.speaker) AS speakers }}
    MATCH (s:Session {{uuid: u}}) USING INDEX s:Session(uuid)
    OPTIONAL MATCH (saga:Saga {{uuid: u}}) USING INDEX saga:Saga(uuid)
    SET s.speakers = [x IN s.speakers WHERE x IN speakers], saga.summary = '',
        saga.first_episode_uuid = CASE WHEN saga.first_episode_uuid IN $uuids THEN left[0] ELSE saga.first_episode_uuid END,
        saga.last_episode_uuid = CASE WHEN saga.last_episode_uuid IN $uuids THEN left[-1] ELSE saga.last_episode_uuid END
    FOREACH (x IN CASE WHEN size(left) = 0 THEN [s] ELSE [] END | DETACH DELETE x)
    FOREACH (x IN CASE WHEN size(left) = 0 AND COUNT {{ (saga)-[:HAS_EPISODE]->() }} = 0 THEN [saga] ELSE [] END | DETACH DELETE x)
    RETURN [count(*)]"""

# Work

# Whoever learns from what is said in a lane knows what is forgotten: the lease is lost, and the attempt does not count.
REVOKE = f"""UNWIND $lanes AS lane MATCH (w:Work) USING INDEX w:Work(lane, no) WHERE w.lane = lane AND w.no >= 0 AND w.token IS NOT NULL
    SET w.state = 'QUEUED', w.attempts = CASE WHEN w.attempts > 1 THEN w.attempts - 1 ELSE 0 END, {GIVE_BACK}, w.ready_at = {READY_AT_ONCE}
    RETURN [count(*)]"""

# Each Work as it is, with the episodes that are left of it.
LEFT_OF_WORKS = """UNWIND $works AS u MATCH (w:Work {uuid: u}) USING INDEX w:Work(uuid) WHERE w.group_id = $group
    RETURN collect([u, w.state, w.done, w.error, w.finished_at,
        COLLECT { MATCH (m:Message) USING INDEX m:Message(work, ordinal) WHERE m.work = u AND m.ordinal >= 0
            RETURN [m.uuid, m.ordinal] ORDER BY m.ordinal }])"""

PLACE_EPISODES = """UNWIND $episodes AS e MATCH (m:Message {uuid: e.uuid}) USING INDEX m:Message(uuid)
    SET m.ordinal = e.ordinal RETURN [count(*)]"""

SHRINK_WORKS = """UNWIND $works AS s MATCH (w:Work {uuid: s.uuid}) USING INDEX w:Work(uuid) SET w += s RETURN [count(*)]"""

# What is learnt from to its end leaves the queue.
LEAVE_QUEUE = f"""UNWIND $works AS u MATCH (w:Work {{uuid: u}}) USING INDEX w:Work(uuid)
    WITH w, w.lane AS lane
    SET {LEAVE}
    WITH lane WHERE lane IS NOT NULL
    {PROMOTE}
    RETURN [count(*)]"""

ERASE_WORKS = """UNWIND $works AS u MATCH (w:Work {uuid: u}) USING INDEX w:Work(uuid) DELETE w RETURN [count(*)]"""

UNLINK_WORKS = """UNWIND $works AS u MATCH (c:Change) USING INDEX c:Change(work) WHERE c.work = u
    SET c.work = null RETURN [count(*)]"""

# Entities

_VERSIONS = "MATCH (v:EntityVersion) USING INDEX v:EntityVersion(entity, recorded_at)"

ERASE_VERSIONS = f"""UNWIND $uuids AS u {_VERSIONS} WHERE v.entity = u AND v.recorded_at IS NOT NULL AND v.group_id = $group
    CALL (v) {{ OPTIONAL MATCH (x:EntityName)-[:OF]->(v) DETACH DELETE x }}
    DETACH DELETE v RETURN [count(*)]"""

ERASE_ENTITIES = """UNWIND $uuids AS u MATCH (n:Entity {uuid: u}) USING INDEX n:Entity(uuid) WHERE n.group_id = $group
    DETACH DELETE n RETURN [count(*)]"""

RENAME_VERSIONS = f"""UNWIND $versions AS e {_VERSIONS} WHERE v.entity = e.entity AND v.recorded_at = e.recorded_at AND v.group_id = $group
    CALL (v) {{ OPTIONAL MATCH (x:EntityName)-[:OF]->(v) DETACH DELETE x }}
    SET v += e.version
    FOREACH (name IN e.names |
        CREATE (:EntityName {{group_id: $group, name: name[0], kind: name[1], until: v.until, no: v.no}})-[:OF]->(v))
    RETURN [count(*)]"""

RENAME_ENTITIES = """UNWIND $faces AS f MATCH (n:Entity {uuid: f.uuid}) USING INDEX n:Entity(uuid) WHERE n.group_id = $group
    SET n += f RETURN [count(*)]"""
