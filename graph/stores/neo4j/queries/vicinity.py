"""What lies around entities, facts, relations and episodes. A fact is returned once, and named by its number where it belongs."""

from graph.stores.neo4j import rows
from graph.stores.neo4j.queries.clocks import (
    AT_KNOWN,
    BELIEVED,
    DEAD,
    FUTURE,
    GOES_ON,
    GROUP_PAST,
    HOLDS,
    IN_PAST,
    LIVE,
    PLANNED_ONCE,
    VERSION,
    by_uuid,
    guarded,
    pattern,
)

# `$latest`: no later need one have begun.
_STANDS = f"r.valid_from <= $latest AND r.group_id = $group AND {BELIEVED} AND CASE WHEN $current THEN {HOLDS} ELSE true END"


def _touching(kind: str, end: str) -> str:
    """The newest facts that have `entity` at an end."""
    return f"""MATCH {pattern(kind)} USING INDEX SEEK r:{kind}({end}, valid_from, no)
            WHERE r.{end} = entity AND r.no IS NOT NULL AND {_STANDS}
            RETURN r ORDER BY r.{end} DESC, r.valid_from DESC, r.no DESC LIMIT $limit"""


def _both(kind: str) -> str:
    return " UNION ALL ".join(_touching(kind, end) for end in ("subject", "object"))


# Of each entity the newest facts, as [entity, facts].
_AROUND = f"""CALL (past) {{
        UNWIND $entities AS entity
        CALL (past, entity) {{ {_both(LIVE)} UNION ALL {guarded(_both(DEAD), "entity")} }}
        WITH DISTINCT entity, r ORDER BY r.valid_from DESC, r.no DESC
        WITH entity, collect(r)[..$limit] AS touching
        RETURN collect([entity, touching]) AS around
    }}"""

_BY_UUID = f"{by_uuid(LIVE)} AND {BELIEVED} RETURN r UNION ALL {IN_PAST} {by_uuid(DEAD)} AND {BELIEVED} RETURN r"
_NAMED = f"CALL (past) {{ UNWIND $facts AS uuid CALL (past, uuid) {{ {_BY_UUID} }} RETURN collect(DISTINCT r) AS named }}"

_NOT_OVER = f"CASE WHEN $ended OR {FUTURE} THEN true ELSE {GOES_ON} END"


def _of_relation(kind: str) -> str:
    return f"""MATCH {pattern(kind)} USING INDEX SEEK r:{kind}(group_id, relation, valid_from)
            WHERE r.group_id = $group AND r.relation = relation AND r.valid_from IS NOT NULL AND {BELIEVED} AND {_NOT_OVER}
            RETURN r ORDER BY r.group_id DESC, r.relation DESC, r.valid_from DESC LIMIT $most_related"""


# The newest of some relations.
_RELATED = f"""CALL (past) {{
        UNWIND $relations AS relation
        CALL (past, relation) {{ {_of_relation(LIVE)} UNION ALL {guarded(_of_relation(DEAD), "relation")} }}
        WITH r ORDER BY r.valid_from DESC, r.no DESC LIMIT $most_related
        RETURN collect(r) AS related
    }}"""

# What was drawn from each episode, as [episode, facts].
_DRAWN = f"""CALL (past) {{
        UNWIND $drawn_from AS episode
        MATCH (a:Assertion) WHERE a.episode = episode AND a.group_id = $group AND a.recorded_at <= $known
        UNWIND a.facts AS uuid WITH DISTINCT past, episode, uuid
        CALL (past, uuid) {{ {_BY_UUID} }}
        WITH episode, r ORDER BY r.valid_from, r.no
        WITH episode, collect(r) AS told
        RETURN collect([episode, told]) AS drawn
    }}"""

_ORDER = ("session_uuid", "instant", "no")


def _beside(sign: str, way: str) -> str:
    """The nearest in the session on one side of `m`."""
    order = ", ".join(f"x.{column}{way}" for column in _ORDER)
    return f"""COLLECT {{
            MATCH (x:Message) USING INDEX SEEK x:Message(session_uuid, instant, no)
            WHERE x.session_uuid = m.session_uuid AND x.instant {sign}= m.instant AND x.no IS NOT NULL
                AND CASE WHEN x.instant = m.instant THEN x.no {sign} m.no ELSE true END AND x.created_at <= $known
            RETURN x ORDER BY {order} LIMIT $reach
        }}"""


# Some episodes and those around them in their sessions, each once, in no order. What lies around one is there without a gap.
_TALK = f"""CALL () {{
        UNWIND $episodes AS uuid MATCH (m:Message {{uuid: uuid}}) WHERE m.group_id = $group AND m.created_at <= $known
        UNWIND [m] + {_beside("<", " DESC")} + {_beside(">", "")} AS x WITH DISTINCT x
        RETURN collect([x.uuid, x.session, x.speaker, x.instant, x.length, x.asks, x.no]) AS nodes
    }}"""


def _made(parts: str) -> str:
    """The facts of some parts, each once, and the number of each, by which the parts name it."""
    return f"UNWIND {parts} AS part UNWIND part AS r WITH DISTINCT r RETURN collect({rows.FACT}) AS facts, collect(r.no) AS numbers"


def _numbered(part: str) -> str:
    return f"[one IN {part} | [one[0], [r IN one[1] | r.no]]]"


# The facts that a Spot asks for: [facts, numbers, around, named, related, drawn]. No row where there is no such group.
FACTS = f"""{PLANNED_ONCE} {GROUP_PAST}
    {_AROUND} {_NAMED} {_RELATED} {_DRAWN}
    CALL (around, named, related, drawn) {{ {_made("[one IN around | one[1]] + [named, related] + [one IN drawn | one[1]]")} }}
    RETURN collect([facts, numbers, {_numbered("around")}, [r IN named | r.no], [r IN related | r.no], {_numbered("drawn")}])"""

# Facts that touch each entity: [facts, numbers, around]. No row where there is no such group.
FACTS_AROUND = f"""{PLANNED_ONCE} {GROUP_PAST}
    {_AROUND}
    CALL (around) {{ {_made("[one IN around | one[1]]")} }}
    RETURN collect([facts, numbers, {_numbered("around")}])"""

# Episodes and those around them.
TALK = f"{PLANNED_ONCE} {_TALK} RETURN nodes"

# The messages, the sayings and the entities of these uuids.
RECORDS = f"""{PLANNED_ONCE} CALL () {{ UNWIND $episodes AS uuid MATCH (m:Message {{uuid: uuid}}) WHERE m.group_id = $group
        RETURN collect({rows.EPISODE}) AS said_in }}
    CALL () {{ UNWIND $assertions AS uuid MATCH (a:Assertion {{uuid: uuid}}) WHERE a.group_id = $group
        RETURN collect({rows.ASSERTION}) AS sayings }}
    CALL () {{ UNWIND $entities AS uuid {VERSION} v.entity = uuid AND v.group_id = $group AND {AT_KNOWN}
        RETURN collect({rows.ENTITY}) AS about }}
    RETURN [said_in, sayings, about]"""
