"""Sessions, episodes, and the Work they are kept with."""

# ruff: noqa: S608 - what is put together here are constants of this package; values are parameters

from graph.stores.embedded import rows

SESSION = "SELECT id, last_said, last_instant FROM session WHERE grp = :grp AND name = :session"

LAST_SESSION = "SELECT max(id) FROM session WHERE id BETWEEN :low AND :high"

ADD_SESSION = "INSERT INTO session(id, grp, uuid, name, created_at) VALUES (:id, :grp, :uuid, :session, :at)"

# Where the next message of the session is spaced from.
EXTEND_SESSION = "UPDATE session SET last_said = :said, last_instant = :instant WHERE id = :id"

ADD_SPEAKER = "INSERT OR IGNORE INTO session_speaker(session, name) VALUES (:session, :name)"

# In order of their first message.
SPEAKERS = "SELECT name FROM session_speaker WHERE session = :session ORDER BY id"

# Episodes of known external ids, with the work each is kept with.
REPEATED = f"""SELECT e.work, {rows.EPISODE} FROM episode e {rows.EPISODE_ENDS}
    WHERE e.grp = :grp AND e.external_id IN (SELECT value FROM json_each(:ids)) AND e.external_id IS NOT NULL"""

LAST_EPISODE = "SELECT max(id) FROM episode WHERE id BETWEEN :low AND :high"

ADD_EPISODE = """INSERT INTO episode(id, grp, uuid, session, kind, role, name, speaker, said_at, instant, created_at, external_id, work,
        ordinal, length, asks, metadata, content)
    VALUES (:id, :grp, :uuid, :session, :kind, :role, :name, :speaker, :said_at, :instant, :created_at, :external_id, :work,
        :ordinal, :length, :asks, :metadata, :content)"""

LAST_WORK = "SELECT max(id) FROM work WHERE id BETWEEN :low AND :high"

ADD_WORK = """INSERT INTO work(id, grp, uuid, session, state, queued_at, total, done, attempts)
    VALUES (:id, :grp, :uuid, :session, 'QUEUED', :at, :total, 0, 0)"""

RESTORE_WORK = """UPDATE work SET state = :state, done = :done, attempts = :attempts, error = :error, finished_at = :finished_at
    WHERE id = :id"""

WORK = f"SELECT {rows.WORK} FROM work w LEFT JOIN session s ON s.id = w.session WHERE w.grp = :grp AND w.uuid = :uuid"

WORK_BY_ID = f"SELECT {rows.WORK} FROM work w LEFT JOIN session s ON s.id = w.session WHERE w.id = :id"
