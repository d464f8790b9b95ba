"""Entities: `EntityVersion v` is how one reads from `recorded_at` until just before `until`; `Entity` is what facts are tied to."""

from graph.stores.neo4j import rows
from graph.stores.neo4j.queries.caseless import contains
from graph.stores.neo4j.queries.clocks import (
    AT_KNOWN,
    DEAD,
    GROUP_PAST,
    HOLDS,
    IN_PAST,
    LIVE,
    NAME_AT_KNOWN,
    PLANNED_ONCE,
    VERSION,
    believed,
    pattern,
)
from graph.stores.neo4j.queries.walks import walk

ENTITIES = f"""{PLANNED_ONCE} UNWIND $uuids AS uuid
    {VERSION} v.entity = uuid AND v.group_id = $group AND {AT_KNOWN} RETURN collect({rows.ENTITY})"""


def _holding(kind: str, end: str) -> str:
    """Those that hold among the last facts begun with `uuid`, an entity of the group, at one end. No more are looked at, held or not."""
    return f"""CALL (uuid) {{
            MATCH {pattern(kind)} USING INDEX SEEK r:{kind}({end}, valid_from, no)
            WHERE r.{end} = uuid AND r.valid_from <= $valid AND r.no IS NOT NULL
            RETURN r ORDER BY r.{end} DESC, r.valid_from DESC, r.no DESC LIMIT $counted
        }}
        WITH r WHERE {believed(kind)} AND {HOLDS}"""


# How many facts that hold touch `uuid`, as far as is counted: those about itself count once.
_DEGREE = f"""CALL (past, uuid) {{
        {_holding(LIVE, "subject")} RETURN count(r) AS part
        UNION ALL {_holding(LIVE, "object")} AND r.subject <> r.object RETURN count(r) AS part
        UNION ALL {IN_PAST} {_holding(DEAD, "subject")} RETURN count(r) AS part
        UNION ALL {IN_PAST} {_holding(DEAD, "object")} AND r.subject <> r.object RETURN count(r) AS part
    }}"""

DEGREES = f"""{PLANNED_ONCE} {GROUP_PAST} UNWIND $uuids AS asked
    MATCH (n:Entity {{uuid: asked}}) USING INDEX SEEK n:Entity(uuid) WHERE n.group_id = $group
    WITH past, n.uuid AS uuid
    {_DEGREE}
    WITH uuid, sum(part) AS links RETURN collect([uuid, links])"""

# Of a name or alias, best connected first, as far as is counted. Where there is one only, nothing is counted: its `uuid` is null.
FIND = f"""{PLANNED_ONCE} {GROUP_PAST}
    {NAME_AT_KNOWN} $name
    MATCH (x)-[:OF]->(v:EntityVersion) WHERE {AT_KNOWN} AND v.merged_into IS NULL
    WITH past, collect(DISTINCT v) AS found UNWIND found AS v
    WITH past, v, CASE WHEN size(found) > 1 THEN v.entity END AS uuid
    {_DEGREE}
    WITH v, sum(part) AS links ORDER BY links DESC, v.created_at, v.entity
    RETURN collect({rows.ENTITY})"""

_NAMED = f"{contains('v.name', '$name')} OR any(alias IN v.aliases WHERE {contains('alias', '$name')})"
_LISTED = f"""{AT_KNOWN} AND v.merged_into IS NULL AND v.type IN coalesce($types, [v.type])
        AND CASE WHEN $name IS NULL THEN true ELSE {_NAMED} END"""

# By normalised name, a page.
LIST_NAME = f"""{PLANNED_ONCE} CALL () {{
        {walk("(v:EntityVersion)", ("group_id", "norm", "no"), "$group", _LISTED)}
    }}
    WITH v ORDER BY v.norm, v.no LIMIT $n
    RETURN collect([v.norm, v.no] + {rows.ENTITY})"""

# The last made first, a page.
LIST_RECENT = f"""{PLANNED_ONCE} MATCH (v:EntityVersion) USING INDEX SEEK v:EntityVersion(group_id, no)
    WHERE v.group_id = $group AND v.no < $after_id AND {_LISTED}
    WITH v ORDER BY v.group_id DESC, v.no DESC LIMIT $n
    RETURN collect([v.no, v.no] + {rows.ENTITY})"""


def _touched(kind: str) -> str:
    """A row for each end of the group's facts that hold."""
    return f"""MATCH {pattern(kind)} USING INDEX SEEK r:{kind}(group_id, valid_from, no)
        WHERE r.group_id = $group AND r.no IS NOT NULL AND {believed(kind)} AND {HOLDS}
        UNWIND CASE WHEN r.subject = r.object THEN [r.subject] ELSE [r.subject, r.object] END AS uuid
        RETURN uuid, null AS v"""


# By the number of facts that hold, a page; reads the group's facts once. Each entity has one row more than it has facts: its own.
LIST_MOST_CONNECTED = f"""{PLANNED_ONCE} {GROUP_PAST}
    CALL (past) {{
        MATCH (v:EntityVersion) USING INDEX SEEK v:EntityVersion(group_id, until)
            WHERE v.group_id = $group AND {_LISTED} RETURN v.entity AS uuid, v
        UNION ALL {_touched(LIVE)}
        UNION ALL {IN_PAST} {_touched(DEAD)}
    }}
    WITH uuid, 1 - count(*) AS key, head(collect(v)) AS v WHERE v IS NOT NULL
    WITH key, v, v.no AS no WHERE key > $after OR (key = $after AND no > $after_id)
    WITH key, no, v ORDER BY key, no LIMIT $n
    RETURN collect([key, no] + {rows.ENTITY})"""


def _other(kind: str, end: str, other: str) -> str:
    return f"{_holding(kind, end)} AND r.relation IN coalesce($relations, [r.relation]) RETURN {other}(r) AS n"


# Entities at the other end of facts that hold, in the order they were first named, a page. Whom only earlier facts lead to than
# are looked at is left out; within them the order is kept.
NEIGHBORS = f"""{PLANNED_ONCE} {GROUP_PAST}
    MATCH (e:Entity {{uuid: $entity}}) USING INDEX SEEK e:Entity(uuid) WHERE e.group_id = $group WITH past, e.uuid AS uuid
    CALL (past, uuid) {{
        {_other(LIVE, "subject", "endNode")} UNION {_other(LIVE, "object", "startNode")}
        UNION {IN_PAST} {_other(DEAD, "subject", "endNode")} UNION {IN_PAST} {_other(DEAD, "object", "startNode")}
    }}
    WITH n WHERE n.no > $after_id AND n.uuid <> $entity
    WITH n ORDER BY n.no LIMIT $n
    {VERSION} v.entity = n.uuid AND {AT_KNOWN}
    WITH v ORDER BY v.no
    RETURN collect([v.no, v.no] + {rows.ENTITY})"""
