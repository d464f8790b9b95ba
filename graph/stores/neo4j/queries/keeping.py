"""Sessions, episodes, and the Work they are kept with; Graphiti's Saga and Episodic beside them."""

from graph.stores.neo4j import rows
from graph.stores.neo4j.queries.clocks import PLANNED_ONCE
from graph.stores.neo4j.queries.groups import LOCKED
from graph.stores.neo4j.queries.queue import IS_HEAD

# The instants at which new episodes count as said, as graph.time.spaced has them; the pair before is (said, counted) of the last
# one. An import brings its own.
_SPACED = """reduce(to = [s.last_said, s.last_instant, []], e IN new |
        CASE WHEN to[0] <= e.said AND e.said <= to[1] THEN [e.said, to[1] + $spacing, to[2] + [to[1] + $spacing]]
        ELSE [e.said, e.said, to[2] + [e.said]] END)[2]"""

_LINK = "{uuid: randomUUID(), group_id: $group, created_at: $created_at}"

# A Work at the end of its session's lane (one without a session has a lane of its own), and its messages.
_WORK_AND_MESSAGES = f"""SET g.no = no + 2 + size(new)
        WITH *, coalesce(s.uuid, $work) AS lane
        WITH *, {IS_HEAD} AS head
        CREATE (w:Work) SET w = $new_work, w.no = no + 2, w.total = size(new), w.session_uuid = s.uuid,
            w.lane = CASE WHEN $queued THEN lane END, w.head = CASE WHEN $queued THEN head END
        WITH *
        UNWIND range(0, size(new) - 1) AS i
        WITH s, saga, no, i, new[i] AS e, instants[i] AS instant
        CREATE (m:Message) SET m = e.message, m += {{no: no + 3 + i, ordinal: i, instant: instant, session_uuid: s.uuid}}
        CREATE (n:Episodic) SET n = e.face,
            n += {{content: e.message.content, valid_at: datetime({{epochSeconds: 0}}) + duration({{microseconds: instant}})}}
        WITH s, saga, i, n, e, instant ORDER BY i
        WITH s, saga, collect(n) AS line, collect([e.said, instant])[-1] AS latest"""

# Where the next message of the session is spaced from; and the session as Graphiti sees it, in order of arrival.
_SESSION_GOES_ON = f"""WHERE s IS NOT NULL
        SET s.last_said = latest[0], s.last_instant = latest[1], s.speakers = s.speakers + [x IN $speakers WHERE NOT x IN s.speakers]
        WITH saga, line
        OPTIONAL MATCH (before:Episodic {{uuid: saga.last_episode_uuid}})
        WITH saga, line, CASE WHEN before IS NULL THEN line ELSE [before] + line END AS chain
        FOREACH (n IN line | CREATE (saga)-[:HAS_EPISODE {_LINK}]->(n))
        FOREACH (i IN range(1, size(chain) - 1) | FOREACH (a IN [chain[i - 1]] | FOREACH (b IN [chain[i]] |
            CREATE (a)-[:NEXT_EPISODE {_LINK}]->(b))))
        SET saga.first_episode_uuid = coalesce(saga.first_episode_uuid, line[0].uuid), saga.last_episode_uuid = line[-1].uuid"""

# Keeps what is not known by its external id; answers [episodes known, instants of the new ones, the Work, or where
# nothing was new that of the first one known]. $episodes hold each external id once.
KEEP = f"""{PLANNED_ONCE} {LOCKED}
    WITH g, properties(g).no AS no
    UNWIND $episodes AS e
    OPTIONAL MATCH (m:Message {{group_id: $group, external_id: e.message.external_id}})
    WITH g, no, collect(m) AS known, collect(CASE WHEN m IS NULL THEN e END) AS new
    CALL (no, new) {{
        WITH no, new WHERE size(new) > 0 AND $session IS NOT NULL
        MERGE (s:Session {{group_id: $group, name: $session}}) ON CREATE SET s += $new_session, s.no = no + 1
        MERGE (saga:Saga {{uuid: s.uuid}}) ON CREATE SET saga += $new_saga
    }}
    OPTIONAL MATCH (s:Session {{group_id: $group, name: $session}})
    OPTIONAL MATCH (saga:Saga {{uuid: s.uuid}})
    WITH g, no, known, new, s, saga, CASE WHEN $queued THEN {_SPACED} ELSE [e IN new | e.instant] END AS instants
    CALL (g, no, new, s, saga, instants) {{
        WITH * WHERE size(new) > 0
        {_WORK_AND_MESSAGES}
        {_SESSION_GOES_ON}
    }}
    OPTIONAL MATCH (w:Work {{uuid: CASE WHEN size(new) > 0 THEN $work ELSE known[0].work END}})
    RETURN [[m IN known | {rows.EPISODE}], instants, {rows.WORK}]"""
