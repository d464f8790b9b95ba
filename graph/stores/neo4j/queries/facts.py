"""Facts, and the assertions behind them. An entity of many facts is never expanded: a page is a walk along an index."""

from graph.stores.neo4j import rows
from graph.stores.neo4j.queries.caseless import contains
from graph.stores.neo4j.queries.clocks import (
    AT_KNOWN,
    BELIEVED,
    DEAD,
    END_KNOWN,
    FILTER_PAST,
    FUTURE,
    GROUP_PAST,
    HOLDS,
    IN_PAST,
    LIVE,
    NOT_RETRACTED,
    PLANNED_ONCE,
    RECORDED,
    RETRACTED,
    VERSION,
    by_uuid,
    guarded,
    pattern,
)
from graph.stores.neo4j.queries.walks import walk

# Whether retracted or not.
FACTS = f"""{PLANNED_ONCE} UNWIND $uuids AS uuid
    CALL (uuid) {{ {by_uuid(LIVE)} RETURN r UNION ALL {by_uuid(DEAD)} RETURN r }}
    RETURN collect({rows.FACT})"""

ASSERTIONS = f"""{PLANNED_ONCE} UNWIND $uuids AS uuid
    MATCH (a:Assertion {{uuid: uuid}}) WHERE a.group_id = $group RETURN collect({rows.ASSERTION})"""

_STATUS = f"""CASE WHEN {RETRACTED} THEN $retracted WHEN {FUTURE} THEN $future
        WHEN {HOLDS} THEN $holds ELSE $ended END"""


def _asked(parameter: str, condition: str) -> str:
    return f"CASE WHEN ${parameter} IS NULL THEN true ELSE {condition} END"


_PARTS = (
    _asked("subject", "r.subject = $subject"),
    _asked("object", "r.object = $object"),
    _asked("entity", "(r.subject = $entity OR r.object = $entity)"),
    _asked("relations", "r.relation IN $relations"),
    _asked("text", contains("r.fact", "$text")),
)
_SESSION_SAID = """EXISTS { MATCH (a:Assertion) USING INDEX SEEK a:Assertion(uuid)
        WHERE a.uuid IN r.assertions AND a.session = $session AND a.recorded_at <= $known }"""
_OF_TYPE = f"EXISTS {{ {VERSION} v.entity IN [r.subject, r.object] AND {AT_KNOWN} AND v.type IN $types }}"
FILTER = f"r.group_id = $group AND {RECORDED} AND {_STATUS} AND {' AND '.join(_PARTS)}"
# With what a subquery tells, which is planned for every branch: only for those that ask for it.
NARROW_FILTER = f"{FILTER} AND ($types IS NULL OR {_OF_TYPE}) AND ($session IS NULL OR {_SESSION_SAID})"
# Where they may lie on the time line: no later than this.
REACH = "r.valid_from <= $latest"


# Of the facts on the page, without the one that tells whether there are more: the entities at their ends.
_PAGE = f"""WITH collect(r) AS page
    CALL (page) {{
        UNWIND page[..$n - 1] AS r UNWIND [r.subject, r.object] AS end WITH DISTINCT end
        {VERSION} v.entity = end AND {AT_KNOWN}
        RETURN collect({rows.ENTITY}) AS ends
    }}"""


def _listing(source: str, key: str, down: bool, filter: str) -> str:
    columns = ("subject", "object") if source == "entity" else ("group_id",) if source == "group" else (source,)
    way, keep = " DESC" if down else "", f"{REACH} AND {filter}" if key == "valid_from" else filter
    live, dead = ([walk(pattern(kind), (column, key, "no"), f"${source}", keep, down) for column in columns] for kind in (LIVE, DEAD))
    return f"""{PLANNED_ONCE} {FILTER_PAST}
    CALL (past) {{ {" UNION ALL ".join([*live, *map(guarded, dead)])} }}
    WITH DISTINCT r ORDER BY r.{key}{way}, r.no{way} LIMIT $n
    {_PAGE}
    RETURN [[r IN page | [r.{key}, r.no] + {rows.FACT}], ends]"""


# A page of the group's, of one end's or of an entity's facts, in each order: key is (source, order, whether the filter is narrow).
LISTS = {
    (source, order, narrow): _listing(source, key, down, NARROW_FILTER if narrow else FILTER)
    for source in ("group", "subject", "object", "entity")
    for order, key, down in (("NEWEST", "valid_from", True), ("OLDEST", "valid_from", False), ("RECORDED", "created_from", True))
    for narrow in (False, True)
}

_EVER = f"r.group_id = $group AND {RECORDED} AND {_asked('relation', 'r.relation = $relation')}"
_SAME_TRIPLE = "x.subject = r.subject AND x.relation = r.relation AND x.object = r.object"
_REWRITTEN = " OR ".join(
    f"EXISTS {{ MATCH ()-[x:{kind}]->() USING INDEX SEEK x:{kind}(uuid) WHERE x.uuid = r.replaced_by AND {_SAME_TRIPLE} }}"
    for kind in (LIVE, DEAD)
)
_NOT_REWRITTEN = f"({NOT_RETRACTED} OR r.replaced_by IS NULL OR NOT ({_REWRITTEN}))"
_TIMELINES = " UNION ALL ".join(
    walk(pattern(kind), (end, "valid_from", "no"), "$entity", keep)
    for end in ("subject", "object")
    for kind, keep in ((LIVE, _EVER), (DEAD, f"{_EVER} AND {_NOT_REWRITTEN}"))
)

# All that was ever believed of an entity, by validity, a page; without records replaced by a rewrite.
TIMELINE = f"""{PLANNED_ONCE} CALL () {{ {_TIMELINES} }}
    WITH DISTINCT r ORDER BY r.valid_from, r.no LIMIT $n
    {_PAGE}
    RETURN [[r IN page | [r.valid_from, r.no] + {rows.FACT}], ends]"""

_OTHER = "r.group_id = $group AND [r.subject, r.object] <> [f[3], f[4]]"


def _keyed(kind: str, column: str) -> str:
    return f"""MATCH {pattern(kind)} USING INDEX SEEK r:{kind}(key, {column}) WHERE r.key = f[1] AND r.{column} = f[2]
        AND {_OTHER} AND {BELIEVED}"""


def _beside(column: str, known: str, order: str) -> str:
    return f"""{PLANNED_ONCE} {GROUP_PAST} UNWIND range(0, size($facts) - 1) AS i WITH past, i, $facts[i] AS f
    CALL (past, f) {{ {_keyed(LIVE, column)} AND {known} RETURN r UNION ALL {IN_PAST} {_keyed(DEAD, column)} AND {known} RETURN r }}
    WITH i, f, r ORDER BY i, {order}
    RETURN collect([f[0]] + {rows.FACT})"""


# Another triple of the same key that began when a fact ended. `$facts` holds [uuid, key, end, subject, object].
SUCCESSORS = _beside("valid_from", "true", "r.no")

# Other triples of the same key that ended when a fact began. `$facts` holds [uuid, key, begin, subject, object].
PREDECESSORS = _beside("valid_until", END_KNOWN, "r.valid_from, r.no")

# Facts drawn from assertions of some episodes.
OF_EPISODES = f"""{PLANNED_ONCE} {GROUP_PAST} UNWIND $uuids AS episode
    MATCH (a:Assertion) WHERE a.episode = episode AND a.group_id = $group AND a.recorded_at <= $known
    UNWIND a.facts AS uuid WITH DISTINCT past, episode, uuid
    CALL (past, uuid) {{
        {by_uuid(LIVE)} AND {BELIEVED} RETURN r UNION ALL {IN_PAST} {by_uuid(DEAD)} AND {BELIEVED} RETURN r
    }}
    WITH episode, r ORDER BY r.valid_from, r.no
    RETURN collect([episode] + {rows.FACT})"""
