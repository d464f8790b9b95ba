"""Reads of sessions and episodes. Episodes are read from `Message` alone: an Episodic is as Graphiti left it."""

from graph.stores.neo4j import rows
from graph.stores.neo4j.queries.clocks import AT_KNOWN, PLANNED_ONCE, one_with
from graph.stores.neo4j.queries.walks import walk

EPISODES = f"""{PLANNED_ONCE} UNWIND $uuids AS uuid
    MATCH (m:Message {{uuid: uuid}}) WHERE m.group_id = $group RETURN collect({rows.EPISODE})"""

_SESSION_ORDER = ("session_uuid", "instant", "no")
_PAGE = f"WITH m ORDER BY m.instant, m.no LIMIT $n RETURN collect([m.instant, m.no] + {rows.EPISODE})"

# Of one session by instant, a page.
LIST_SESSION = f"""{PLANNED_ONCE} MATCH (s:Session {{group_id: $group, name: $session}})
    CALL (s) {{ {walk("(m:Message)", _SESSION_ORDER, "s.uuid", "m.created_at <= $known")} }}
    {_PAGE}"""

# Of the whole group by instant, a page.
LIST_GROUP = f"""{PLANNED_ONCE} CALL () {{
        {walk("(m:Message)", ("group_id", "instant", "no"), "$group", "m.created_at <= $known")}
    }}
    {_PAGE}"""

OF_WORK = f"""{PLANNED_ONCE} MATCH (m:Message) USING INDEX SEEK m:Message(work, ordinal)
    WHERE m.work = $work AND m.ordinal >= 0 AND m.group_id = $group
    WITH m ORDER BY m.work, m.ordinal RETURN collect({rows.EPISODE})"""

_KNOWN = "r.group_id = $group AND r.recorded_at <= $known"
_MENTIONED = walk("()-[r:MENTIONS]->()", ("entity", "instant", "no"), "entity", _KNOWN, down=True)
_AGAIN = """EXISTS { MATCH ()-[x:MENTIONS]->() USING INDEX SEEK x:MENTIONS(episode)
        WHERE x.episode = r.episode AND x.entity IN ones AND x.no > r.no AND x.recorded_at <= $known }"""

# That mention an entity or one that is one with it, the last said first, each once, a page.
MENTIONS_OF = f"""{PLANNED_ONCE} CALL () {{
        MATCH (v:EntityVersion) USING INDEX SEEK v:EntityVersion(merged_into)
        WHERE v.merged_into = $entity AND v.group_id = $group AND {AT_KNOWN}
        RETURN $entity + collect(v.entity) AS ones
    }}
    CALL (ones) {{
        UNWIND ones AS entity
        CALL (entity) {{ {_MENTIONED} }}
        RETURN r
    }}
    WITH r, ones WHERE CASE WHEN size(ones) = 1 THEN true ELSE NOT {_AGAIN} END
    WITH r ORDER BY r.instant DESC, r.no DESC LIMIT $n
    MATCH (m:Message {{uuid: r.episode}})
    WITH r, m ORDER BY r.instant DESC, r.no DESC
    RETURN collect([r.instant, r.no] + {rows.EPISODE})"""

# Entities that episodes mention, as the ones that they are at the instant, in the order these were first named.
MENTIONED_IN = f"""{PLANNED_ONCE} UNWIND $uuids AS uuid
    MATCH ()-[r:MENTIONS]->() USING INDEX SEEK r:MENTIONS(episode)
    WHERE r.episode = uuid AND {_KNOWN}
    WITH uuid, endNode(r) AS n ORDER BY n.no
    {one_with("n")}
    RETURN collect([uuid, coalesce(one[0], n.uuid)])"""


def _end(name: str, way: str) -> str:
    order = ", ".join(f"m.{column}{way}" for column in _SESSION_ORDER)
    return f"""CALL (s) {{
        MATCH (m:Message) USING INDEX SEEK m:Message(session_uuid, instant, no)
        WHERE m.session_uuid = s.uuid AND m.instant IS NOT NULL AND m.no IS NOT NULL AND m.created_at <= $known
        RETURN m.instant AS {name} ORDER BY {order} LIMIT 1
    }}"""


# When the first and the last of a session was said, as far as is known.
_SPAN = f"{_end('started_at', '')} {_end('last_at', ' DESC')}"
_SESSION = "[s.uuid, s.name, s.title, started_at, last_at]"

SESSIONS = f"""{PLANNED_ONCE} UNWIND $names AS name
    MATCH (s:Session {{group_id: $group, name: name}}) {_SPAN} RETURN collect({_SESSION})"""

# In the order they were first heard of, a page.
LIST_SESSIONS = f"""{PLANNED_ONCE} MATCH (s:Session) USING INDEX SEEK s:Session(group_id, no)
    WHERE s.group_id = $group AND s.no > $after_id AND s.created_at <= $known
    WITH s ORDER BY s.group_id, s.no LIMIT $n
    {_SPAN}
    WITH s, started_at, last_at ORDER BY s.no
    RETURN collect([s.no, s.no] + {_SESSION})"""
