"""The queue of Work. A lane is a session, or a Work without one; only the head of a lane may be leased."""

from graph.stores.leases import BEFORE, NO_FAULT, READY_AT_ONCE
from graph.stores.neo4j import rows
from graph.stores.neo4j.queries.clocks import PLANNED_ONCE

# Works that wait, by their place among the heads of all lanes, are an index: nothing is sorted.
_WAITS = "w.placed IS NOT NULL AND w.no IS NOT NULL"

# Locks a Work, and looks at it again as `was`: what the index said may be over by now. It is matched anew, as plans may hold on
# to what they saw in an index, even in properties(w) (EXPLAIN: PropertiesUsingCachedProperties).
_LOCK_WORK = """SET w.writes = coalesce(w.writes, 0) + 1
    WITH * MATCH (locked:Work {uuid: w.uuid})
    WITH *, properties(locked) AS was"""

# Its worker has it no longer.
GIVE_BACK = "w.token = null, w.worker = null, w.leased = 0"

# It has no place in the queue any longer.
LEAVE = "w.lane = null, w.head = null, w.placed = null, w.ready_at = null, w.token = null, w.worker = null, w.leased = null"

# `lane` has lost its head (or is null): the next in it is the head now.
PROMOTE = """CALL (lane) {
        MATCH (next:Work) WHERE next.lane = lane AND next.no >= 0
        WITH next ORDER BY next.lane, next.no LIMIT 1
        SET next.head = true
    }"""

# Whether a Work at the end of `lane` is its head.
IS_HEAD = "NOT EXISTS { MATCH (q:Work) USING INDEX SEEK q:Work(lane, no) WHERE q.lane = lane AND q.no >= 0 }"

# (Of what stands in an expression EXPLAIN tells nothing: `test_queue_costs` counts what it reads.)
_OF_WORK = "MATCH (m:Message) USING INDEX SEEK m:Message(work, ordinal) WHERE m.work = w.uuid"
_EPISODES = (
    f"COLLECT {{ {_OF_WORK} AND m.ordinal >= was.done AND m.ordinal < was.done + w.leased RETURN {rows.EPISODE} ORDER BY m.ordinal }}"
)

# When the first of them was said, and its number.
_FIRST = f"COLLECT {{ {_OF_WORK} AND m.ordinal = was.done RETURN [m.instant, m.no] }}[0]"

# What was said just before in the session, latest first.
_BEFORE = f"""COLLECT {{ MATCH (m:Message) USING INDEX SEEK m:Message(session_uuid, instant, no)
        WHERE m.session_uuid = w.session_uuid AND m.instant <= first[0] AND m.no IS NOT NULL
            AND CASE WHEN m.instant = first[0] THEN m.no < first[1] ELSE true END
        RETURN {rows.EPISODE} ORDER BY m.session_uuid DESC, m.instant DESC, m.no DESC LIMIT {BEFORE} }}"""

# The last attempt lost to other writers, and said so. (The error alone does not tell: it stays until there is another.)
_OVERTAKEN = f"was.state = 'FAILED' AND coalesce(split(was.error, ':')[0] IN {list(NO_FAULT)}, false)"

# Leases the oldest head that nobody holds and that waits for nothing. No row where there is none (and nothing is written);
# an empty one where another worker was faster; else [group, timezone, speakers, Work, episodes, those before].
LEASE = f"""{PLANNED_ONCE} MATCH (w:Work) USING INDEX SEEK w:Work(head, placed, no, ready_at)
        WHERE w.head = true AND {_WAITS} AND w.ready_at <= $at
    WITH w ORDER BY w.head, w.placed, w.no LIMIT 1
    {_LOCK_WORK}
    WITH w, was, coalesce(was.head AND was.ready_at <= $at, false) AS ready, was.total - was.done AS rest
    FOREACH (_ IN CASE WHEN ready THEN [1] ELSE [] END |
        SET w.state = 'RUNNING', w.attempts = was.attempts + CASE WHEN {_OVERTAKEN} THEN 0 ELSE 1 END,
            w.token = $token, w.worker = $worker, w.ready_at = $until,
            w.leased = CASE WHEN rest < $most THEN rest ELSE $most END)
    WITH w, was, ready, {_FIRST} AS first
    OPTIONAL MATCH (g:Group {{name: w.group_id}})
    OPTIONAL MATCH (s:Session {{uuid: w.session_uuid}})
    RETURN [CASE WHEN ready THEN [w.group_id, g.timezone, coalesce(s.speakers, []), {rows.WORK}, {_EPISODES}, {_BEFORE}] ELSE [] END]"""

# To be tried again, at the same place in its lane.
FAIL = f"""MATCH (w:Work) WHERE w.token = $token
    {_LOCK_WORK} WHERE was.token = $token
    SET w.state = 'FAILED', w.error = $error, {GIVE_BACK}, w.ready_at = $again_at
    RETURN [[w.uuid]]"""

# Out of the queue. The group is locked first, as wherever a lane changes.
PARK = f"""MATCH (w:Work) WHERE w.token = $token
    MATCH (g:Group {{name: w.group_id}})
    SET g.writes = coalesce(g.writes, 0) + 1
    WITH w
    {_LOCK_WORK} WHERE was.token = $token
    SET w.state = 'PARKED', w.error = $error, {LEAVE}
    WITH w, was.lane AS lane
    {PROMOTE}
    RETURN [[w.uuid]]"""

# For a worker that is still at it.
RENEW = f"""MATCH (w:Work) WHERE w.token = $token
    {_LOCK_WORK} WHERE was.token = $token
    SET w.ready_at = $until
    RETURN [[w.uuid]]"""

# As if it had not been leased.
RELEASE = f"""MATCH (w:Work) WHERE w.token = $token
    {_LOCK_WORK} WHERE was.token = $token
    SET w.state = 'QUEUED', w.attempts = CASE WHEN was.attempts > 1 THEN was.attempts - 1 ELSE 0 END, {GIVE_BACK},
        w.ready_at = {READY_AT_ONCE}
    RETURN [[w.uuid]]"""


def _latest(head: str) -> str:
    return f"""COLLECT {{ MATCH (q:Work) USING INDEX SEEK q:Work(head, placed, no, ready_at)
            WHERE q.head = {head} AND q.placed IS NOT NULL AND q.no IS NOT NULL AND q.ready_at IS NOT NULL
            RETURN q.placed ORDER BY q.head DESC, q.placed DESC LIMIT 1 }}"""


# A failed Work need not wait for its next attempt; a parked one goes to the end of its lane, and behind all that wait.
RETRY = f"""MATCH (w:Work {{uuid: $work}}) WHERE w.group_id = $group
    MATCH (g:Group {{name: $group}})
    SET g.writes = coalesce(g.writes, 0) + 1
    WITH g, w
    {_LOCK_WORK}
    FOREACH (_ IN CASE WHEN was.state = 'FAILED' THEN [1] ELSE [] END | SET w.ready_at = {READY_AT_ONCE})
    WITH w, was, g, properties(g).no + 1 AS no
    CALL (w, was, g, no) {{
        WITH *, coalesce(was.session_uuid, was.uuid) AS lane WHERE was.state = 'PARKED'
        WITH *, {IS_HEAD} AS head,
            reduce(last = was.queued_at, x IN {_latest("true")} + {_latest("false")} | CASE WHEN x > last THEN x ELSE last END) AS last
        SET g.no = no, w.no = no, w.lane = lane, w.head = head, w.placed = last + 1, w.ready_at = {READY_AT_ONCE}, w.leased = 0,
            w.state = 'QUEUED', w.attempts = 0, w.error = null
    }}
    RETURN [[w.uuid]]"""

WORK = f"MATCH (w:Work {{uuid: $work}}) WHERE w.group_id = $group RETURN collect({rows.WORK})"

# What was given up, the first queued first: [group, Work] each.
ALL_PARKED = f"""MATCH (w:Work) USING INDEX SEEK w:Work(state, queued_at) WHERE w.state = 'PARKED' AND w.queued_at IS NOT NULL
        AND ($only IS NULL OR w.group_id = $only)
    WITH w ORDER BY w.state, w.queued_at LIMIT $most RETURN collect([w.group_id, {rows.WORK}])"""

# Of every lane, whether at its head or not.
WAITING = f"MATCH (w:Work) WHERE w.head IN [true, false] AND {_WAITS} AND w.ready_at IS NOT NULL RETURN [[count(w)]]"

# The part of a writing statement that takes a lease's progress to its Work: `CALL (g) { ADVANCE }`, after `g`, the group, was
# locked. Takes $lease (token or null) and $at (when it was learnt, microseconds). Always one row, of one column:
# `work`, the Work's uuid; null where $lease is null, and where the lease was lost (the caller raises leases.lost, which
# rolls back all). Otherwise `done` grew by the leased episodes; the Work is DONE and out of the queue, and the next of its
# lane is ready, or it is QUEUED again at its place. Attempts count from the last progress on, so that a long Work is not
# parked for its length.
ADVANCE = f"""MATCH (w:Work) WHERE w.token = $lease AND w.group_id = g.name
        {_LOCK_WORK} WHERE was.token = $lease
        WITH w, was, was.done + was.leased >= was.total AS done
        SET w.done = was.done + was.leased, w.error = null
        FOREACH (_ IN CASE WHEN done THEN [1] ELSE [] END | SET w.state = 'DONE', w.finished_at = $at, {LEAVE})
        FOREACH (_ IN CASE WHEN done THEN [] ELSE [1] END |
            SET w.state = 'QUEUED', w.attempts = 0, {GIVE_BACK}, w.ready_at = {READY_AT_ONCE})
        WITH w, CASE WHEN done THEN was.lane END AS lane
        {PROMOTE}
        RETURN head(collect(w.uuid)) AS work"""
