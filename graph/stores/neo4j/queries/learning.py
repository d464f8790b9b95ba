"""What learning reads, of the present: candidates, what stands under belief keys, what was said."""

from graph.stores.neo4j import rows
from graph.stores.neo4j.queries.clocks import NAME, PLANNED_ONCE


def _under(keys: str, columns: str, entity: str, also: str) -> str:
    """Living assertions under keys, each [relation, uuid of the key's entity, uuid of the other one in a pair]."""
    return f"""CALL () {{ UNWIND ${keys} AS k MATCH (a:Assertion) USING INDEX a:Assertion({columns})
        WHERE a.{entity} = k[1] AND a.relation = k[0]{also} AND a.group_id = $group AND a.withdrawn_at IS NULL
        WITH a ORDER BY a.no RETURN collect({rows.ASSERTION}) AS {keys} }}"""


# Living assertions and unretracted facts under belief keys.
BELIEFS = f"""{PLANNED_ONCE} {_under("by_subject", "subject, relation, object", "subject", " AND a.object IS NOT NULL")}
    {_under("by_object", "object, relation", "object", "")}
    {_under("by_pair", "subject, relation, object", "subject", " AND a.object = k[2]")}
    CALL () {{ UNWIND $keys AS key MATCH ()-[r:RELATES_TO]->() USING INDEX r:RELATES_TO(key) WHERE r.key = key AND r.group_id = $group
        WITH r ORDER BY r.valid_from, r.no RETURN collect({rows.FACT}) AS believed }}
    RETURN [by_subject + by_object + by_pair, believed]"""


def _said_of(end: str, others: str) -> str:
    """By themselves, and under the ones that they are one with since."""
    return f"""UNWIND $entities AS uuid MATCH (a:Assertion) USING INDEX a:Assertion({end}, {others})
            WHERE a.{end} = uuid{"".join(f" AND a.{other} IS NOT NULL" for other in others.split(", "))} AND a.said_{end} IS NULL
            RETURN a
        UNION UNWIND $entities AS uuid MATCH (a:Assertion) USING INDEX a:Assertion(said_{end}) WHERE a.said_{end} = uuid RETURN a"""


# Living ones that were said of some entities, whomever they are one with since.
SAID_OF = f"""CALL () {{ {_said_of("subject", "relation, object")}
        UNION {_said_of("object", "relation")} }}
    WITH a WHERE a.group_id = $group AND a.withdrawn_at IS NULL
    WITH a ORDER BY a.no RETURN collect({rows.ASSERTION})"""

# Living ones of a session, the last said first.
SAID_IN = f"""MATCH (s:Session {{group_id: $group, name: $session}})
    CALL (s) {{ MATCH (a:Assertion) USING INDEX a:Assertion(session_uuid, said, no)
        WHERE a.session_uuid = s.uuid AND a.said IS NOT NULL AND a.no IS NOT NULL AND a.withdrawn_at IS NULL
            AND CASE WHEN $relation IS NULL THEN true ELSE a.relation = $relation END
        RETURN a ORDER BY a.session_uuid DESC, a.said DESC, a.no DESC LIMIT $n }}
    RETURN collect({rows.ASSERTION})"""

_SEEN = """COLLECT { MATCH ()-[m:MENTIONS]->() USING INDEX m:MENTIONS(session, entity, instant)
        WHERE m.session = s.uuid AND m.entity = v.entity AND m.instant IS NOT NULL
        RETURN m.instant ORDER BY m.session DESC, m.entity DESC, m.instant DESC LIMIT 1 }[0]"""

_CALLED = f"{NAME} AND x.name = name AND x.until = $far"

# Those that a name stands for, and how, of a first name the last ones named; with the last mention in a session.
_CANDIDATES = f"""OPTIONAL MATCH (s:Session {{group_id: $group, name: $session}})
    UNWIND $names AS name
    CALL (name) {{
        {_CALLED} AND x.kind IN ['KEY', 'ALIAS'] RETURN x
        UNION ALL {_CALLED} AND x.kind = 'FIRST_NAME' RETURN x
            ORDER BY x.group_id DESC, x.name DESC, x.kind DESC, x.until DESC, x.no DESC LIMIT $namesakes
    }}
    MATCH (x)-[:OF]->(v:EntityVersion)
    WITH s, x, v ORDER BY x.name, v.no
    RETURN collect([x.name, x.kind, {_SEEN}] + {rows.ENTITY}) AS candidates"""

# Those whose name has a key of near spelling, of each the last named.
NEAR = f"""{PLANNED_ONCE} UNWIND $keys AS key
    CALL (key) {{ {NAME} AND x.name = key AND x.kind = 'NEAR' AND x.until = $far
        RETURN x ORDER BY x.group_id DESC, x.name DESC, x.kind DESC, x.until DESC, x.no DESC LIMIT $nearest }}
    MATCH (x)-[:OF]->(v:EntityVersion)
    WITH DISTINCT v ORDER BY v.no RETURN collect({rows.ENTITY})"""


def _ones(who: str, answer: str) -> str:
    return f"""CALL ({who}) {{ MATCH (v:EntityVersion) USING INDEX SEEK v:EntityVersion(merged_into)
        WHERE v.merged_into = {who} AND v.group_id = $group AND v.until = $far RETURN {who} + collect(v.entity) AS {answer} }}"""


def _between(end: str, other: str) -> str:
    return f"""CALL (one, theirs) {{ MATCH ()-[r:RELATES_TO]->() USING INDEX SEEK r:RELATES_TO({end}, valid_from, no)
        WHERE r.{end} = one AND r.valid_from IS NOT NULL AND r.no IS NOT NULL AND r.group_id = $group
        WITH r, theirs LIMIT $most WHERE r.{other} IN theirs
        WITH r LIMIT 1 RETURN count(r) AS as_{end} }}"""


# Whether a message names both, or a fact was told of both, among so many of either's.
MET = f"""{PLANNED_ONCE} UNWIND [[$one, $other], [$other, $one]] AS way WITH way[0] AS one, way[1] AS other
    {_ones("one", "ours")} {_ones("other", "theirs")}
    CALL (ours, theirs) {{ UNWIND ours AS uuid
        MATCH ()-[m:MENTIONS]->() USING INDEX SEEK m:MENTIONS(entity, instant, no)
        WHERE m.entity = uuid AND m.instant IS NOT NULL AND m.no IS NOT NULL AND m.group_id = $group
        WITH m, theirs LIMIT $most
        MATCH ()-[x:MENTIONS]->() USING INDEX SEEK x:MENTIONS(episode) WHERE x.episode = m.episode AND x.entity IN theirs
        WITH x LIMIT 1 RETURN count(x) AS together }}
    {_between("subject", "object")} {_between("object", "subject")}
    RETURN collect([together + as_subject + as_object])"""

_PRESENT = "v.recorded_at IS NOT NULL AND v.until = $far AND v.group_id = $group"

# The ones asked for, those that they are merged into, and those merged into them.
_FAMILIES = f"""UNWIND $entities AS asked
    CALL (asked) {{
        MATCH (v:EntityVersion) USING INDEX v:EntityVersion(entity, recorded_at) WHERE v.entity = asked AND {_PRESENT}
            UNWIND [v.entity, v.merged_into] AS uuid RETURN uuid
        UNION MATCH (v:EntityVersion) USING INDEX v:EntityVersion(merged_into) WHERE v.merged_into = asked AND {_PRESENT}
            RETURN v.entity AS uuid
    }}
    WITH DISTINCT uuid WHERE uuid IS NOT NULL"""

_ENTITIES = f"""{_FAMILIES}
    MATCH (v:EntityVersion) USING INDEX v:EntityVersion(entity, recorded_at) WHERE v.entity = uuid AND {_PRESENT}
    RETURN collect({rows.ENTITY}) AS entities"""


def _facts(type: str, answer: str) -> str:
    return f"""UNWIND $facts AS uuid MATCH ()-[r:{type} {{uuid: uuid}}]->() USING INDEX r:{type}(uuid) WHERE r.group_id = $group
    RETURN collect({rows.FACT}) AS {answer}"""


# Told by a caller under an id of theirs, the first of each id.
_EXTERNAL = f"""UNWIND $external AS id
    CALL (id) {{ MATCH (a:Assertion) USING INDEX a:Assertion(group_id, external_id) WHERE a.group_id = $group AND a.external_id = id
        RETURN a ORDER BY a.no LIMIT 1 }}
    RETURN collect({rows.ASSERTION}) AS external"""

# Open ones that ask about any of these, in the order they were opened.
_REVIEWS = f"""{_FAMILIES}
    MATCH (w:Review)-[a:ASKS]->() USING INDEX SEEK a:ASKS(entity, open)
        WHERE a.entity = uuid AND a.open = true AND w.group_id = $group
    WITH DISTINCT w ORDER BY w.no RETURN collect({rows.REVIEW}) AS reviews"""

# The group, and after it what an operation names: what is written in between makes the group's version stale. The group is locked,
# so that all of the operation that made this version is there to be seen: removing a property that it has not got locks it and writes
# nothing (setting one to what it is would write; a name that no index knows would not lock).
FOOTING = f"""{PLANNED_ONCE} OPTIONAL MATCH (g:Group {{name: $group}})
    REMOVE g.uuid
    WITH properties(g) AS g
    WITH CASE WHEN g IS NULL THEN null ELSE {rows.GROUP} END AS known
    CALL () {{ {_CANDIDATES} }}
    CALL () {{ {_ENTITIES} }}
    CALL () {{ {_facts("RELATES_TO", "living")} }}
    CALL () {{ {_facts("RETRACTED", "retracted")} }}
    CALL () {{ {_EXTERNAL} }}
    CALL () {{ {_REVIEWS} }}
    RETURN [known, candidates, entities, living + retracted, external, reviews]"""
