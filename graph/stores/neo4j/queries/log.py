"""The log of Changes, Reviews, and counts of what a group has."""

from graph.stores.neo4j import rows
from graph.stores.neo4j.queries.clocks import AT_KNOWN, DEAD, GROUP_PAST, HOLDS, IN_PAST, LIVE, PLANNED_ONCE, believed, by_uuid, pattern

# As they were logged, a page.
LIST_CHANGES = f"""{PLANNED_ONCE} MATCH (c:Change) USING INDEX SEEK c:Change(group_id, seq)
    WHERE c.group_id = $group AND c.seq > $after_id AND c.at <= $known
        AND CASE WHEN $kinds IS NULL THEN true ELSE c.kind IN $kinds END AND c.at >= coalesce($since, c.at)
        AND CASE WHEN $fact IS NULL THEN true ELSE $fact IN c.facts END
    CALL (c) {{
        WITH c, CASE WHEN $entity IS NULL OR $entity IN c.entities THEN [] ELSE c.facts END AS named
        UNWIND named AS uuid
        CALL (uuid) {{ {by_uuid(LIVE)} RETURN r UNION ALL {by_uuid(DEAD)} RETURN r }}
        WITH r WHERE $entity IN [r.subject, r.object]
        RETURN count(r) AS touching
    }}
    WITH c, touching WHERE CASE WHEN $entity IS NULL OR $entity IN c.entities THEN true ELSE touching > 0 END
    WITH c ORDER BY c.group_id, c.seq LIMIT $n
    RETURN collect([c.seq, c.seq] + {rows.CHANGE})"""

# That follow a number.
CHANGES_AFTER = f"""{PLANNED_ONCE} MATCH (c:Change) USING INDEX SEEK c:Change(group_id, seq)
    WHERE c.group_id = $group AND c.seq > $seq
    WITH c ORDER BY c.group_id, c.seq LIMIT $n RETURN collect({rows.CHANGE})"""

CHANGES = f"""{PLANNED_ONCE} UNWIND $uuids AS uuid MATCH (c:Change {{uuid: uuid}})
    WHERE c.group_id = $group AND c.at <= $known RETURN collect({rows.CHANGE})"""

REVIEWS = f"""{PLANNED_ONCE} UNWIND $uuids AS uuid MATCH (w:Review {{uuid: uuid}})
    WHERE w.group_id = $group AND w.opened_at <= $known RETURN collect({rows.REVIEW})"""

# That name a fact, retracted or not, as they were logged.
CHANGES_OF_FACTS = f"""{PLANNED_ONCE} UNWIND $uuids AS uuid
    CALL (uuid) {{ {by_uuid(LIVE)} RETURN r.changes AS named UNION ALL {by_uuid(DEAD)} RETURN r.changes AS named }}
    UNWIND named AS change
    MATCH (c:Change {{uuid: change}}) WHERE c.at <= $known
    WITH uuid, c ORDER BY c.seq
    RETURN collect([uuid] + {rows.CHANGE})"""

# Of the same chains of undoings as some operations.
OPERATIONS = f"""{PLANNED_ONCE} UNWIND $uuids AS uuid MATCH (x:Operation {{uuid: uuid}}) USING INDEX x:Operation(uuid)
        WHERE x.group_id = $group
    WITH DISTINCT x.root AS root
    MATCH (o:Operation) USING INDEX SEEK o:Operation(group_id, root) WHERE o.group_id = $group AND o.root = root
    WITH o ORDER BY o.at RETURN collect({rows.OPERATION})"""

CHANGES_OF_WORK = f"""{PLANNED_ONCE} MATCH (c:Change) USING INDEX SEEK c:Change(work) WHERE c.work = $work AND c.group_id = $group
    WITH c ORDER BY c.seq RETURN collect({rows.CHANGE})"""

# Open at an instant, in the order they were opened, a page.
LIST_REVIEWS = f"""{PLANNED_ONCE} MATCH (w:Review) USING INDEX SEEK w:Review(group_id, no)
    WHERE w.group_id = $group AND w.no > $after_id AND w.opened_at <= $known AND coalesce(w.resolved_at > $known, true)
        AND w.kind = coalesce($kind, w.kind)
    WITH w ORDER BY w.group_id, w.no LIMIT $n
    RETURN collect([w.no, w.no] + {rows.REVIEW})"""


def _relations(kind: str) -> str:
    return f"""MATCH {pattern(kind)} USING INDEX SEEK r:{kind}(group_id, valid_from, no)
        WHERE r.group_id = $group AND r.no IS NOT NULL AND {believed(kind)} AND {HOLDS} RETURN r.relation AS relation"""


# Entities by type, facts that hold by relation, episodes and sessions. No row where there is no such group.
COUNTS = f"""{PLANNED_ONCE} {GROUP_PAST}
    CALL () {{
        MATCH (v:EntityVersion) USING INDEX SEEK v:EntityVersion(group_id, until)
        WHERE v.group_id = $group AND {AT_KNOWN} AND v.merged_into IS NULL
        WITH v.type AS type, count(*) AS n RETURN collect([type, n]) AS types
    }}
    CALL (past) {{
        CALL (past) {{ {_relations(LIVE)} UNION ALL {IN_PAST} {_relations(DEAD)} }}
        WITH relation, count(*) AS n RETURN collect([relation, n]) AS relations
    }}
    CALL () {{
        MATCH (m:Message) USING INDEX SEEK m:Message(group_id, instant, no)
        WHERE m.group_id = $group AND m.instant IS NOT NULL AND m.no IS NOT NULL AND m.created_at <= $known
        RETURN count(m) AS episodes
    }}
    CALL () {{
        MATCH (s:Session) USING INDEX SEEK s:Session(group_id, no)
        WHERE s.group_id = $group AND s.no IS NOT NULL AND s.created_at <= $known
        RETURN count(s) AS sessions
    }}
    RETURN collect([types, relations, episodes, sessions])"""
