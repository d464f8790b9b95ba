"""What forgetting reads and erases. Row ids come as one parameter, a JSON list."""

# ruff: noqa: S608 - what is put together here are constants of this package; values are parameters

from graph.stores.embedded import rows

# Said in some episodes, withdrawn or not.
SAID_IN = f"""SELECT {rows.ASSERTION} FROM episode x CROSS JOIN assertion a ON a.episode = x.id {rows.ASSERTION_ENDS}
    WHERE x.grp = :grp AND x.uuid IN (SELECT value FROM json_each(:episodes)) ORDER BY a.id"""

# Of some entities, withdrawn or not, whomever these are one with since: key is the end, and whether it counts for another.
SAID_OF = {
    f"{end}{column}": f"""SELECT {rows.ASSERTION} FROM entity x CROSS JOIN assertion a ON {it} {rows.ASSERTION_ENDS}
        WHERE x.grp = :grp AND x.uuid IN (SELECT value FROM json_each(:entities)) ORDER BY a.id"""
    for end in ("subject", "object")
    for column, it in (("", f"a.{end} = x.id AND a.said_{end} IS NULL"), (" since", f"a.said_{end} = x.id"))
}

# Those that some entities ever were merged into, and those that ever were merged into them.
KIN = """SELECT v.merged_into FROM json_each(:entities) h CROSS JOIN entity x ON x.grp = :grp AND x.uuid = h.value
        CROSS JOIN entity_version v ON v.entity = x.id WHERE v.merged_into IS NOT NULL
    UNION SELECT x.uuid FROM json_each(:entities) h CROSS JOIN entity_version v ON v.grp = :grp AND v.merged_into = h.value
        AND v.merged_into IS NOT NULL CROSS JOIN entity x ON x.id = v.entity"""

# Records that rest on some assertions.
RESTING = f"""SELECT {rows.FACT} FROM fact f {rows.ENDS} WHERE f.id IN (SELECT l.fact FROM assertion a
        CROSS JOIN fact_assertion l ON l.assertion = a.id WHERE a.grp = :grp AND a.uuid IN (SELECT value FROM json_each(:uuids)))
    ORDER BY f.id"""

_KEYED = f"""SELECT {rows.ASSERTION} FROM json_each(:keys) h
    CROSS JOIN entity x ON x.grp = :grp AND x.uuid = json_extract(h.value, '$[1]')"""

# All that was ever said under belief keys. `:keys` holds [relation, uuid of the key's entity, uuid of the other one in a pair].
UNDER = {
    side: f"""{_KEYED} CROSS JOIN assertion a ON a.{end} = x.id AND a.relation = json_extract(h.value, '$[0]') {rows.ASSERTION_ENDS}
        {also} ORDER BY a.id"""
    for side, end, also in (
        ("s", "subject", ""),
        ("o", "object", ""),
        ("p", "subject", "WHERE o.uuid = json_extract(h.value, '$[2]')"),
    )
}

# All that was ever recorded under belief keys.
FACTS_UNDER = f"""SELECT {rows.FACT} FROM fact f {rows.ENDS}
    WHERE f.grp = :grp AND f.key IN (SELECT value FROM json_each(:keys)) ORDER BY f.id"""


def _other(end: str) -> str:
    return f"""EXISTS (SELECT 1 FROM assertion a WHERE a.{end} = n.id
        AND a.uuid NOT IN (SELECT value FROM json_each(:assertions)))"""


_TOLD_OF = " OR ".join(map(_other, ("subject", "object", "said_subject", "said_object")))

# Operations that set the policy.
POLICIES = f"""SELECT {rows.OPERATION} FROM operation o WHERE o.id BETWEEN :low AND :high AND json_extract(o.did, '$.updates') IS NOT NULL
    ORDER BY o.id"""

# Entities that something else is left of.
NEEDED = f"""SELECT n.uuid FROM entity n WHERE n.grp = :grp AND n.uuid IN (SELECT value FROM json_each(:entities))
    AND ({_TOLD_OF} OR EXISTS (SELECT 1 FROM mention m CROSS JOIN episode e ON e.id = m.episode
        WHERE m.entity = n.id AND e.uuid NOT IN (SELECT value FROM json_each(:episodes))))"""

SUMMARIES = """SELECT n.uuid, v.summary FROM entity_version v CROSS JOIN entity n ON n.id = v.entity
    WHERE v.id BETWEEN :low AND :high AND v.summary > ''"""

ALL_REVIEWS = f"SELECT {rows.REVIEW} FROM review r WHERE r.id BETWEEN :low AND :high ORDER BY r.id"

_THESE = "(SELECT value FROM json_each(:ids))"

# Row ids by uuid.
IDS = {
    table: f"SELECT uuid, id FROM {table} WHERE grp = :grp AND uuid IN (SELECT value FROM json_each(:uuids))"
    for table in ("episode", "entity", "assertion", "fact", "review", "change")
}

# Texts by row id, with whether they stand no longer.
FACT_WORDS = f"SELECT f.id, f.dead, f.text FROM fact f WHERE f.id IN {_THESE}"

EPISODE_WORDS = f"SELECT e.id, 0, e.content FROM episode e WHERE e.id IN {_THESE}"

VERSION_WORDS = f"SELECT v.id, v.until, v.name, v.aliases FROM entity_version v WHERE v.entity IN {_THESE} ORDER BY v.entity, v.recorded_at"

ERASE_FACTS = (
    f"DELETE FROM fact_assertion WHERE fact IN {_THESE}",
    f"DELETE FROM fact WHERE id IN {_THESE}",
)

# The log no longer names them.
UNLINK_FACTS = f"DELETE FROM change_fact WHERE fact IN {_THESE}"

ERASE_ASSERTIONS = (
    f"DELETE FROM fact_assertion WHERE assertion IN {_THESE}",
    f"DELETE FROM assertion WHERE id IN {_THESE}",
)

ERASE_ENTITIES = (
    f"DELETE FROM mention WHERE (episode, entity) IN (SELECT m.episode, m.entity FROM mention m WHERE m.entity IN {_THESE})",
    f"""DELETE FROM session_mention WHERE entity IN {_THESE} AND session IN (SELECT s.id FROM session s
        WHERE s.id BETWEEN :low AND :high)""",
    f"""DELETE FROM entity_name WHERE grp = :grp AND version IN (SELECT v.id FROM entity_version v WHERE v.entity IN {_THESE})
        AND name IN (SELECT x.name FROM entity_name x WHERE x.grp = :grp)""",
    f"DELETE FROM entity_version WHERE entity IN {_THESE}",
    f"DELETE FROM entity WHERE id IN {_THESE}",
)

REWORD = "UPDATE assertion SET text = :text, quote = :quote, span_from = NULL, span_to = NULL WHERE grp = :grp AND uuid = :uuid"

RENAME_VERSION = """UPDATE entity_version SET name = :name, norm = :norm, key = :key, aliases = :aliases, summary = :summary,
        merged_into = :merged_into, apart = :apart WHERE id = :id"""

ERASE_NAME = "DELETE FROM entity_name WHERE grp = :grp AND name = :name AND version = :version AND kind = :kind"

# Episodes with what hangs on them.
PLACES = f"SELECT e.id, e.work, e.session FROM episode e WHERE e.id IN {_THESE}"

ERASE_EPISODES = (
    f"DELETE FROM mention WHERE episode IN {_THESE}",
    f"DELETE FROM episode WHERE id IN {_THESE}",
)

# When the entities were last mentioned in a session, said anew.
FORGET_SEEN = "DELETE FROM session_mention WHERE session = :session"
SEE_AGAIN = """INSERT INTO session_mention(session, entity, seen_at)
    SELECT e.session, m.entity, max(m.instant) FROM episode e CROSS JOIN mention m ON m.episode = e.id
    WHERE e.session = :session GROUP BY e.session, m.entity"""

FORGET_SPEAKERS = """DELETE FROM session_speaker WHERE session = :session
    AND name NOT IN (SELECT e.speaker FROM episode e WHERE e.session = :session AND e.speaker IS NOT NULL)"""

# A session of which no episode is left.
ERASE_SESSION = """DELETE FROM session WHERE id = :session AND NOT EXISTS (SELECT 1 FROM episode e WHERE e.session = :session)"""

# The episodes of a Work that are left, in order; and how many of them it had learnt from.
LEFT_OF_WORK = "SELECT e.id, e.ordinal FROM episode e WHERE e.work = :work ORDER BY e.ordinal"
PROGRESS = "SELECT w.state, w.done, w.error, w.finished_at FROM work w WHERE w.id = :work"
PLACE_EPISODE = "UPDATE episode SET ordinal = :ordinal WHERE id = :id"
SHRINK_WORK = "UPDATE work SET total = :total, done = :done, state = :state, error = :error, finished_at = :finished_at WHERE id = :work"
ERASE_WORK = "DELETE FROM work WHERE id = :work"
UNLINK_WORK = "UPDATE change SET work = NULL WHERE work = :work AND work IS NOT NULL"

QUEUED = "SELECT q.no, q.lane FROM queue q WHERE q.work = :work"

# What is leased of a session's lane, or of a Work's own.
LEASED = "SELECT q.no, q.work FROM queue q WHERE q.lane = :lane AND q.token IS NOT NULL"

REWRITE_CHANGE = """UPDATE change SET reason = :reason, episode = :episode, facts = :facts, entities = :entities,
        work = CASE WHEN :work IS NULL THEN NULL ELSE work END
    WHERE grp = :grp AND uuid = :uuid"""

REWRITE_REVIEW = "UPDATE review SET reason = :reason, facts = :facts, entities = :entities WHERE grp = :grp AND uuid = :uuid"

ERASE_REVIEWS = "DELETE FROM review WHERE grp = :grp AND uuid IN (SELECT value FROM json_each(:uuids))"

# What reviews that go, and those that stay without some entity, ask about.
FORGET_ASKED = """DELETE FROM asked WHERE grp = :grp
    AND review IN (SELECT r.uuid FROM review r WHERE r.grp = :grp AND r.uuid IN (SELECT value FROM json_each(:uuids)))"""

# Of a whole group: how much there is, ...
COUNT = {table: f"SELECT count(*) FROM {table} WHERE id BETWEEN :low AND :high" for table in ("episode", "fact", "entity")}

# ... and all of it.
WIPE = (
    "DELETE FROM queue WHERE work BETWEEN :low AND :high",
    "DELETE FROM change_fact WHERE fact BETWEEN :low AND :high",
    "DELETE FROM fact_assertion WHERE assertion BETWEEN :low AND :high",
    "DELETE FROM mention WHERE episode BETWEEN :low AND :high",
    "DELETE FROM session_mention WHERE session BETWEEN :low AND :high",
    "DELETE FROM session_speaker WHERE session BETWEEN :low AND :high",
    "DELETE FROM entity_name WHERE grp = :grp",
    "DELETE FROM asked WHERE grp = :grp",
    *(
        f"DELETE FROM {table} WHERE id BETWEEN :low AND :high"
        for table in ("fact", "assertion", "entity_version", "entity", "episode", "work", "session", "review", "operation")
    ),
    "DELETE FROM vector_tail WHERE grp = :grp",
    "DELETE FROM vector_chunk WHERE grp = :grp",
    "DELETE FROM vector_log WHERE grp = :grp AND kind NOT IN ('ENTITY', 'FACT', 'EPISODE')",
    """UPDATE change SET reason = '', episode = NULL, facts = '[]', entities = '[]', work = NULL WHERE id BETWEEN :low AND :high""",
)
