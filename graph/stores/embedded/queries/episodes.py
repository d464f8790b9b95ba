"""Reads of sessions and episodes."""

# ruff: noqa: S608 - what is put together here are constants of this package; values are parameters

from graph.stores.embedded import rows

_EPISODES = f"FROM episode e {rows.EPISODE_ENDS}"

EPISODES = f"SELECT {rows.EPISODE} {_EPISODES} WHERE e.grp = :grp AND e.uuid IN (SELECT value FROM json_each(:uuids))"

# Of one session by instant, a page.
LIST_SESSION = f"""SELECT e.instant, e.id, {rows.EPISODE} {_EPISODES}
    WHERE e.session = (SELECT x.id FROM session x WHERE x.grp = :grp AND x.name = :session) AND e.created_at <= :known
        AND (e.instant, e.id) > (:after, :after_id) ORDER BY e.instant, e.id LIMIT :n"""

# Of the whole group by instant, a page.
LIST_GROUP = f"""SELECT e.instant, e.id, {rows.EPISODE} {_EPISODES}
    WHERE e.grp = :grp AND e.created_at <= :known AND (e.instant, e.id) > (:after, :after_id) ORDER BY e.instant, e.id LIMIT :n"""

OF_WORK = f"""SELECT {rows.EPISODE} {_EPISODES}
    WHERE e.work = (SELECT x.id FROM work x WHERE x.grp = :grp AND x.uuid = :work) ORDER BY e.ordinal"""

# That mention an entity by itself, the last said first, a page.
MENTIONS_OF = f"""SELECT m.instant, m.episode, {rows.EPISODE} FROM mention m CROSS JOIN episode e ON e.id = m.episode {rows.EPISODE_ENDS}
    WHERE m.entity = (SELECT x.id FROM entity x WHERE x.grp = :grp AND x.uuid = :entity) AND m.recorded_at <= :known
        AND (m.instant, m.episode) < (:after, :after_id) ORDER BY m.instant DESC, m.episode DESC LIMIT :n"""

# Entities that episodes mention, as the ones that they are at the instant.
MENTIONED_IN = """SELECT e.uuid, coalesce((SELECT v.merged_into FROM entity_version v
        WHERE v.entity = m.entity AND v.recorded_at <= :known AND v.until > :known), n.uuid)
    FROM episode e CROSS JOIN mention m ON m.episode = e.id CROSS JOIN entity n ON n.id = m.entity
    WHERE e.grp = :grp AND e.uuid IN (SELECT value FROM json_each(:uuids)) AND m.recorded_at <= :known ORDER BY e.id, m.entity"""

_SPAN = """(SELECT x.instant FROM episode x WHERE x.session = s.id AND x.created_at <= :known ORDER BY x.instant LIMIT 1) AS started_at,
    (SELECT x.instant FROM episode x WHERE x.session = s.id AND x.created_at <= :known ORDER BY x.instant DESC LIMIT 1) AS last_at"""
_SESSION = f"s.uuid, s.name, s.title, {_SPAN}"

SESSIONS = f"SELECT {_SESSION} FROM session s WHERE s.grp = :grp AND s.name IN (SELECT value FROM json_each(:names))"

# In the order they were first heard of, a page.
LIST_SESSIONS = f"""SELECT s.id, s.id, {_SESSION} FROM session s
    WHERE s.id > :after_id AND s.id BETWEEN :low AND :high AND s.created_at <= :known ORDER BY s.id LIMIT :n"""

_OF_SESSION = "FROM episode b WHERE b.session = e.session AND b.created_at <= :known AND (b.instant, b.id)"

# Episodes with the row ids of those just before and just after each in its session, nearest first, as JSON.
PLACES = f"""SELECT e.id,
        (SELECT json_group_array(x.id) FROM (
            SELECT b.id {_OF_SESSION} < (e.instant, e.id) ORDER BY b.instant DESC, b.id DESC LIMIT :n) x),
        (SELECT json_group_array(x.id) FROM (SELECT b.id {_OF_SESSION} > (e.instant, e.id) ORDER BY b.instant, b.id LIMIT :n) x)
    FROM episode e WHERE e.grp = :grp AND e.uuid IN (SELECT value FROM json_each(:uuids)) AND e.created_at <= :known"""

# The last row id of the group, which grows with each one that is kept.
LAST = "SELECT max(e.id) FROM episode e WHERE e.id BETWEEN :low AND :high"

# Row ids of episodes and of their sessions.
HOMES = "SELECT e.uuid, e.id, e.session FROM episode e WHERE e.grp = :grp AND e.uuid IN (SELECT value FROM json_each(:uuids))"

# The row ids of a session's first episodes in order, and when each was recorded.
LINE = "SELECT e.id, e.created_at FROM episode e WHERE e.session = :session ORDER BY e.instant, e.id LIMIT :n"

# Episodes by row id as recall walks over them.
NODES = """SELECT n.id, n.uuid, s.name, n.speaker, n.instant, n.length, n.asks
    FROM episode n LEFT JOIN session s ON s.id = n.session WHERE n.id IN (SELECT value FROM json_each(:ids))"""
