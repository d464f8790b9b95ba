"""A neighbourhood in one statement: hop by hop the facts that touch what the hop before reached."""

from graph.stores.neo4j import rows
from graph.stores.neo4j.queries.clocks import AT_KNOWN, DEAD, FILTER_PAST, LIVE, PLANNED_ONCE, VERSION, guarded, one_with, pattern
from graph.stores.neo4j.queries.facts import FILTER, NARROW_FILTER, REACH
from graph.stores.reach import MOST_HOPS


def _touching(kind: str, end: str, filter: str) -> str:
    """Facts with one of `frontier` at an end: the newest of each, and in all no more than are explored."""
    return f"""UNWIND frontier AS reached
        CALL (reached) {{
            MATCH {pattern(kind)} USING INDEX SEEK r:{kind}({end}, valid_from, no)
            WHERE r.{end} = reached AND r.no IS NOT NULL AND {REACH} AND {filter}
            RETURN r ORDER BY r.{end} DESC, r.valid_from DESC, r.no DESC LIMIT $explored
        }}
        RETURN r LIMIT $explored"""


def _hop(number: int, filter: str) -> str:
    """`found` grows by [number, fact], `met` by who is at their ends; `frontier` is who was met now. No row holds these lists but
    one: what an operator keeps of a row is counted as its memory.
    """
    live, dead = (" UNION ALL ".join(_touching(kind, end, filter) for end in ("subject", "object")) for kind in (LIVE, DEAD))
    return f"""CALL (past, frontier) {{
        CALL (past, frontier) {{ {live} UNION ALL {guarded(dead, "frontier")} }}
        RETURN collect(DISTINCT r) AS touching
    }}
    CALL (touching) {{ UNWIND touching AS r UNWIND [r.subject, r.object] AS end RETURN collect(DISTINCT end) AS ends }}
    WITH past, found + [r IN touching | [{number}, r]] AS found, met, [end IN ends WHERE NOT end IN met] AS frontier,
        cut OR size(touching) >= $explored AS cut
    WITH past, found, met + frontier AS met, frontier, cut"""


# Those to start from: of a merged one, the one that it is one with.
_START = f"""CALL () {{
        UNWIND $around AS uuid MATCH (n:Entity {{uuid: uuid}}) USING INDEX SEEK n:Entity(uuid) WHERE n.group_id = $group
        {one_with("n")}
        RETURN collect(DISTINCT coalesce(one[0], n.uuid)) AS start
    }}"""


def _neighborhood(hops: int, filter: str) -> str:
    return f"""{PLANNED_ONCE} {FILTER_PAST}
    {_START}
    WITH past, [[0, null]] AS found, start AS met, start AS frontier, false AS cut
    {" ".join(_hop(number, filter) for number in range(1, hops + 1))}
    UNWIND found AS one
    WITH cut, one[1] AS r, min(one[0]) AS hop
    WITH cut, r, hop ORDER BY hop, r.valid_from DESC, r.no DESC
    WITH cut, collect(r) AS facts
    WITH cut, facts, facts[..$limit] AS shown
    {_START}
    CALL (start, shown) {{
        UNWIND start + [r IN shown | r.subject] + [r IN shown | r.object] AS uuid WITH DISTINCT uuid
        {VERSION} v.entity = uuid AND v.group_id = $group AND {AT_KNOWN}
        WITH v ORDER BY v.no RETURN collect({rows.ENTITY}) AS entities
    }}
    RETURN collect([[r IN shown | {rows.FACT}], entities, size(facts), cut OR size(shown) < size(facts)])"""


# The nearest facts, of a hop the newest, and the entities at their ends; no row where there is no such group. Key is (number of
# hops, whether the filter is narrow).
NEIGHBORHOODS = {
    (hops, narrow): _neighborhood(hops, NARROW_FILTER if narrow else FILTER) for hops in range(MOST_HOPS + 1) for narrow in (False, True)
}
