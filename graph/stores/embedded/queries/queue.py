"""The queue of Work. A lane is a session, or a Work without one; only the head of a lane may be leased."""

# ruff: noqa: S608 - what is put together here are constants of this package; values are parameters

from graph.stores.embedded import rows
from graph.stores.leases import NO_FAULT

# At the end of its lane.
ENQUEUE = """INSERT INTO queue(work, lane, head, ready_at, leased)
    VALUES (:work, :lane, NOT EXISTS (SELECT 1 FROM queue q WHERE q.lane = :lane), :ready_at, 0)"""

# The oldest head that nobody holds and that waits for nothing.
READY = "SELECT q.no, q.work FROM queue q WHERE q.head = 1 AND q.ready_at <= :at ORDER BY q.no LIMIT 1"

LEASE = "UPDATE queue SET token = :token, worker = :worker, ready_at = :until, leased = :leased WHERE no = :no"

# An attempt is counted unless the last one lost to other writers, and said so. (The error alone does not tell: it stays until
# there is another.)
START = f"""UPDATE work SET state = 'RUNNING',
        attempts = attempts + NOT (state = 'FAILED' AND coalesce(substr(error, 1, instr(error, ':') - 1) IN {NO_FAULT}, 0))
    WHERE id = :work"""

LEASED_WORK = """SELECT g.name, g.no, g.timezone, w.session, w.done, w.total
    FROM work w CROSS JOIN grp g ON g.no = w.grp WHERE w.id = :work"""

# The next episodes of a Work.
NEXT = f"""SELECT {rows.EPISODE} FROM episode e {rows.EPISODE_ENDS}
    WHERE e.work = :work AND e.ordinal >= :done ORDER BY e.ordinal LIMIT :most"""

# What was said just before an episode in its session, latest first.
BEFORE = f"""SELECT {rows.EPISODE} FROM episode e {rows.EPISODE_ENDS}
    WHERE e.id IN (SELECT b.id FROM episode b WHERE b.session = :session AND (b.instant, b.id) <
        (SELECT x.instant, x.id FROM episode x WHERE x.grp = :grp AND x.uuid = :uuid) ORDER BY b.instant DESC, b.id DESC LIMIT :most)
    ORDER BY e.instant DESC, e.id DESC"""

HELD = "SELECT q.no, q.work, q.lane, q.leased FROM queue q WHERE q.token = :token"

UUID = "SELECT w.uuid FROM work w WHERE w.id = :work"

# All leases, whoever has them.
LEASES = "SELECT q.no, q.work FROM queue q WHERE q.token > ''"

RENEW = "UPDATE queue SET ready_at = :until WHERE no = :no"

# Ready again from an instant on, at the same place in its lane.
GIVE_BACK = "UPDATE queue SET token = NULL, worker = NULL, ready_at = :ready_at, leased = 0 WHERE no = :no"

LEAVE = "DELETE FROM queue WHERE no = :no"

PROMOTE = "UPDATE queue SET head = 1 WHERE no = (SELECT min(q.no) FROM queue q WHERE q.lane = :lane)"

RELEASED = "UPDATE work SET state = 'QUEUED', attempts = max(attempts - 1, 0) WHERE id = :work"

ABANDONED = "UPDATE work SET state = 'QUEUED' WHERE id = :work"

FAILED = "UPDATE work SET state = 'FAILED', error = :error WHERE id = :work"

PARKED = "UPDATE work SET state = 'PARKED', error = :error WHERE id = :work"

# Attempts count from the last progress on, so that a long Work is not parked for its length.
PROGRESSED = """UPDATE work SET done = done + :leased, error = NULL,
        state = CASE WHEN done + :leased >= total THEN 'DONE' ELSE 'QUEUED' END,
        attempts = CASE WHEN done + :leased >= total THEN attempts ELSE 0 END,
        finished_at = CASE WHEN done + :leased >= total THEN :at END
    WHERE id = :work RETURNING state"""

STATE = "SELECT w.id, w.session, w.state FROM work w WHERE w.grp = :grp AND w.uuid = :uuid"

REQUEUED = "UPDATE work SET state = 'QUEUED', attempts = 0, error = NULL WHERE id = :work"

# A failed Work need not wait for its next attempt.
HURRY = "UPDATE queue SET ready_at = :ready_at WHERE work = :work AND token IS NULL"

# What was given up, the first queued first.
ALL_PARKED = f"""SELECT g.name, {rows.WORK} FROM work w CROSS JOIN grp g ON g.no = w.grp LEFT JOIN session s ON s.id = w.session
    WHERE w.state = 'PARKED' AND (:grp IS NULL OR g.name = :grp) ORDER BY w.queued_at, w.id LIMIT :most"""

# Of every lane, whether at its head or not.
WAITING = "SELECT count(*) FROM queue q WHERE q.head IN (0, 1)"
