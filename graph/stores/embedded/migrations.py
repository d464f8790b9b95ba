"""The file's schema, step by step: each migration is one transaction, and `user_version` counts those applied."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from graph.errors import StoreUnavailable
from graph.spelling import near_keys
from graph.stores.embedded.concordance import index_all
from graph.stores.embedded.rows import FAR_MICROS

APPLICATION = 0x50414C49
"""Marks the file as ours (`application_id`), so that another program's database is refused instead of filled."""

OLDEST_SQLITE = (3, 35, 0)

Step: TypeAlias = tuple[str | Callable[[sqlite3.Connection], None], ...]
"""Statements, and what takes more than a statement."""

GROUPS = (
    """CREATE TABLE grp(
        no INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, created_at INTEGER NOT NULL,
        last_at INTEGER NOT NULL, updates TEXT NOT NULL, timezone TEXT NOT NULL, extractor TEXT, ontology_hash TEXT)""",
    """CREATE TABLE api_key(
        id TEXT PRIMARY KEY, hash TEXT NOT NULL, groups TEXT NOT NULL, scope INTEGER NOT NULL, created_at INTEGER NOT NULL,
        expires_at INTEGER, revoked_at INTEGER)""",
)

CONVERSATION = (
    """CREATE TABLE session(
        id INTEGER PRIMARY KEY, grp INTEGER NOT NULL, uuid TEXT NOT NULL, name TEXT NOT NULL, title TEXT, created_at INTEGER NOT NULL,
        last_said TEXT, last_instant INTEGER)""",
    "CREATE UNIQUE INDEX session_name ON session(grp, name)",
    "CREATE TABLE session_speaker(id INTEGER PRIMARY KEY, session INTEGER NOT NULL, name TEXT NOT NULL)",
    "CREATE UNIQUE INDEX session_speaker_name ON session_speaker(session, name)",
    """CREATE TABLE episode(
        id INTEGER PRIMARY KEY, grp INTEGER NOT NULL, uuid TEXT NOT NULL, session INTEGER, kind TEXT NOT NULL, role TEXT, name TEXT,
        speaker TEXT, said_at TEXT NOT NULL, instant INTEGER NOT NULL, created_at INTEGER NOT NULL, external_id TEXT, work INTEGER NOT NULL,
        ordinal INTEGER NOT NULL, length INTEGER NOT NULL, asks INTEGER NOT NULL, metadata TEXT NOT NULL, content TEXT NOT NULL)""",
    "CREATE UNIQUE INDEX episode_uuid ON episode(grp, uuid)",
    "CREATE UNIQUE INDEX episode_external ON episode(grp, external_id) WHERE external_id IS NOT NULL",
    "CREATE INDEX episode_order ON episode(session, instant, id, created_at)",
    "CREATE INDEX episode_instant ON episode(grp, instant, id, created_at)",
    "CREATE INDEX episode_work ON episode(work, ordinal)",
    "CREATE VIRTUAL TABLE episode_fts USING fts5(grp, content, content='', tokenize='porter unicode61')",
    """CREATE TABLE work(
        id INTEGER PRIMARY KEY, grp INTEGER NOT NULL, uuid TEXT NOT NULL, session INTEGER, state TEXT NOT NULL, queued_at INTEGER NOT NULL,
        total INTEGER NOT NULL, done INTEGER NOT NULL, attempts INTEGER NOT NULL, error TEXT, finished_at INTEGER)""",
    "CREATE UNIQUE INDEX work_uuid ON work(grp, uuid)",
    """CREATE TABLE queue(
        no INTEGER PRIMARY KEY AUTOINCREMENT, work INTEGER NOT NULL UNIQUE, lane INTEGER NOT NULL, head INTEGER NOT NULL,
        ready_at INTEGER NOT NULL, token TEXT UNIQUE, worker TEXT, leased INTEGER NOT NULL)""",
    "CREATE INDEX queue_lane ON queue(lane, no)",
    "CREATE INDEX queue_head ON queue(head, no)",
)

GRAPH = (
    "CREATE TABLE entity(id INTEGER PRIMARY KEY, grp INTEGER NOT NULL, uuid TEXT NOT NULL, key TEXT, created_at INTEGER NOT NULL)",
    "CREATE UNIQUE INDEX entity_uuid ON entity(grp, uuid)",
    "CREATE UNIQUE INDEX entity_key ON entity(grp, key) WHERE key IS NOT NULL",
    """CREATE TABLE entity_version(
        id INTEGER PRIMARY KEY, grp INTEGER NOT NULL, entity INTEGER NOT NULL, recorded_at INTEGER NOT NULL, until INTEGER NOT NULL,
        name TEXT NOT NULL, norm TEXT NOT NULL, type TEXT NOT NULL, key TEXT, aliases TEXT NOT NULL, summary TEXT, merged_into TEXT)""",
    "CREATE INDEX entity_version_entity ON entity_version(entity, recorded_at)",
    "CREATE INDEX entity_version_norm ON entity_version(grp, norm, entity)",
    """CREATE TABLE entity_name(
        grp INTEGER NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL, kind TEXT NOT NULL,
        PRIMARY KEY(grp, name, version, kind)) WITHOUT ROWID""",
    "CREATE VIRTUAL TABLE entity_fts USING fts5(grp, names, content='', tokenize='porter unicode61')",
    """CREATE TABLE assertion(
        id INTEGER PRIMARY KEY, grp INTEGER NOT NULL, uuid TEXT NOT NULL, subject INTEGER NOT NULL, relation TEXT NOT NULL,
        object INTEGER NOT NULL, start INTEGER NOT NULL, "precision" TEXT NOT NULL, said INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
        operation TEXT NOT NULL, text TEXT NOT NULL, actor TEXT NOT NULL, within INTEGER, seen INTEGER, end_at INTEGER, end_precision TEXT,
        holds INTEGER NOT NULL, confidence REAL NOT NULL, episode INTEGER, session INTEGER, quote TEXT, span_from INTEGER, span_to INTEGER,
        withdrawn_at INTEGER, withdrawn_by TEXT, external_id TEXT, attributes TEXT NOT NULL)""",
    "CREATE UNIQUE INDEX assertion_uuid ON assertion(grp, uuid)",
    "CREATE INDEX assertion_subject ON assertion(subject, relation)",
    "CREATE INDEX assertion_object ON assertion(object, relation)",
    "CREATE INDEX assertion_episode ON assertion(episode) WHERE episode IS NOT NULL",
    "CREATE INDEX assertion_session ON assertion(session, said, id) WHERE session IS NOT NULL",
    "CREATE INDEX assertion_external ON assertion(grp, external_id) WHERE external_id IS NOT NULL",
    # `dead` (retracted) stands before the times in every index, so that reads of the present never meet a retracted record.
    # `valid_until`, `expired_from` and `retracted_from` say a null as a far date: an end that was known from the start counts
    # as known from `created_at` on.
    """CREATE TABLE fact(
        id INTEGER PRIMARY KEY, grp INTEGER NOT NULL, uuid TEXT NOT NULL, key TEXT NOT NULL, subject INTEGER NOT NULL,
        relation TEXT NOT NULL, object INTEGER NOT NULL, dead INTEGER NOT NULL, valid_at INTEGER NOT NULL, valid_until INTEGER NOT NULL,
        expired_from INTEGER NOT NULL, retracted_from INTEGER NOT NULL, valid_at_precision TEXT NOT NULL, created_at INTEGER NOT NULL,
        invalid_at INTEGER, invalid_at_precision TEXT, expired_at INTEGER, retracted_at INTEGER, replaced_by TEXT,
        confidence REAL NOT NULL, text TEXT NOT NULL, assertions TEXT NOT NULL, attributes TEXT NOT NULL)""",
    "CREATE UNIQUE INDEX fact_uuid ON fact(grp, uuid)",
    "CREATE INDEX fact_subject ON fact(subject, dead, valid_at)",
    "CREATE INDEX fact_object ON fact(object, dead, valid_at)",
    "CREATE INDEX fact_valid ON fact(grp, dead, valid_at)",
    "CREATE INDEX fact_recorded ON fact(grp, dead, created_at)",
    "CREATE INDEX fact_key ON fact(grp, key, dead)",
    "CREATE VIRTUAL TABLE fact_fts USING fts5(grp, fact, content='', tokenize='porter unicode61')",
    """CREATE TABLE fact_assertion(
        assertion INTEGER NOT NULL, fact INTEGER NOT NULL, PRIMARY KEY(assertion, fact)) WITHOUT ROWID""",
    "CREATE INDEX fact_assertion_fact ON fact_assertion(fact, assertion)",
    """CREATE TABLE mention(
        episode INTEGER NOT NULL, entity INTEGER NOT NULL, instant INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
        PRIMARY KEY(episode, entity)) WITHOUT ROWID""",
    "CREATE INDEX mention_entity ON mention(entity, instant, episode, recorded_at)",
    """CREATE TABLE session_mention(
        session INTEGER NOT NULL, entity INTEGER NOT NULL, seen_at INTEGER NOT NULL, PRIMARY KEY(session, entity)) WITHOUT ROWID""",
)

LOG = (
    """CREATE TABLE change(
        id INTEGER PRIMARY KEY, grp INTEGER NOT NULL, uuid TEXT NOT NULL, operation TEXT NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL,
        actor TEXT NOT NULL, rule TEXT NOT NULL, reason TEXT NOT NULL, episode TEXT, facts TEXT NOT NULL, entities TEXT NOT NULL,
        undoes TEXT, work INTEGER)""",
    "CREATE UNIQUE INDEX change_uuid ON change(grp, uuid)",
    "CREATE INDEX change_work ON change(work) WHERE work IS NOT NULL",
    "CREATE TABLE change_fact(fact INTEGER NOT NULL, change INTEGER NOT NULL, PRIMARY KEY(fact, change)) WITHOUT ROWID",
    """CREATE TABLE review(
        id INTEGER PRIMARY KEY, grp INTEGER NOT NULL, uuid TEXT NOT NULL, kind TEXT NOT NULL, reason TEXT NOT NULL,
        opened_at INTEGER NOT NULL, resolved_at INTEGER, facts TEXT NOT NULL, entities TEXT NOT NULL)""",
    "CREATE UNIQUE INDEX review_uuid ON review(grp, uuid)",
)

# New vectors gather in the tail; every 256 of them become one blob, which loads much faster than as many rows.
VECTORS = (
    """CREATE TABLE vector_log(
        grp INTEGER NOT NULL, kind TEXT NOT NULL, dimension INTEGER NOT NULL, written INTEGER NOT NULL,
        PRIMARY KEY(grp, kind)) WITHOUT ROWID""",
    """CREATE TABLE vector_tail(
        id INTEGER PRIMARY KEY, grp INTEGER NOT NULL, kind TEXT NOT NULL, item INTEGER NOT NULL, vector BLOB NOT NULL)""",
    "CREATE INDEX vector_tail_group ON vector_tail(grp, kind)",
    """CREATE TABLE vector_chunk(
        id INTEGER PRIMARY KEY, grp INTEGER NOT NULL, kind TEXT NOT NULL, items BLOB NOT NULL, vectors BLOB NOT NULL)""",
    "CREATE INDEX vector_chunk_group ON vector_chunk(grp, kind)",
)

# The episodes that a fact was said in stand in it, in the order of its assertions, so that recall need not read those.
SAID_IN = (
    "ALTER TABLE fact ADD COLUMN episodes TEXT NOT NULL DEFAULT '[]'",
    """UPDATE fact SET episodes = (SELECT json_group_array(s.uuid) FROM (
            SELECT e.uuid FROM json_each(fact.assertions) x CROSS JOIN assertion a ON a.grp = fact.grp AND a.uuid = x.value
            CROSS JOIN episode e ON e.id = a.episode GROUP BY e.id ORDER BY min(x.key)) s)""",
)

# The newest facts of a relation, whoever they are about.
RELATIONS = ("CREATE INDEX fact_relation ON fact(grp, relation, dead, valid_at)",)

# Those of one first name may be many, and are not read to find who is called just so.
NAMES = ("CREATE INDEX entity_name_kind ON entity_name(grp, name, kind, version)",)

# What each operation did, so that it can be undone; and since when until when an assertion was withdrawn before.
# `did` is a map of lists of uuids, as `rows.did` writes it.
OPERATIONS = (
    "ALTER TABLE assertion ADD COLUMN lapses TEXT NOT NULL DEFAULT '[]'",
    """CREATE TABLE operation(
        id INTEGER PRIMARY KEY, grp INTEGER NOT NULL, uuid TEXT NOT NULL, at INTEGER NOT NULL, root TEXT NOT NULL, undoes TEXT,
        did TEXT NOT NULL)""",
    "CREATE UNIQUE INDEX operation_uuid ON operation(grp, uuid)",
    "CREATE INDEX operation_root ON operation(grp, root)",
    """INSERT INTO operation(id, grp, uuid, at, root, did)
        WITH logged AS (SELECT grp, operation AS uuid, min(id) AS id, min(at) AS at, json_group_array(uuid) AS changes
                FROM (SELECT * FROM change ORDER BY grp, operation, id) GROUP BY grp, operation),
            made AS (SELECT grp, operation AS uuid, json_group_array(uuid) AS asserted
                FROM (SELECT * FROM assertion ORDER BY grp, operation, id) GROUP BY grp, operation),
            taken AS (SELECT grp, withdrawn_by AS uuid, json_group_array(uuid) AS withdrew
                FROM (SELECT * FROM assertion WHERE withdrawn_by IS NOT NULL ORDER BY grp, withdrawn_by, id) GROUP BY grp, withdrawn_by),
            revised AS (SELECT v.grp, v.recorded_at AS at, json_group_array(n.uuid) AS revised
                FROM entity_version v JOIN entity n ON n.id = v.entity WHERE v.recorded_at <> n.created_at GROUP BY v.grp, v.recorded_at),
            asked AS (SELECT grp, opened_at AS at, json_group_array(uuid) AS reviews FROM review GROUP BY grp, opened_at)
        SELECT l.id, l.grp, l.uuid, l.at, l.uuid, json_object('changes', json(l.changes), 'asserted', json(coalesce(m.asserted, '[]')),
            'withdrew', json(coalesce(t.withdrew, '[]')), 'revised', json(coalesce(r.revised, '[]')),
            'reviews', json(coalesce(q.reviews, '[]')))
        FROM logged l LEFT JOIN made m ON m.grp = l.grp AND m.uuid = l.uuid LEFT JOIN taken t ON t.grp = l.grp AND t.uuid = l.uuid
            LEFT JOIN revised r ON r.grp = l.grp AND r.at = l.at LEFT JOIN asked q ON q.grp = l.grp AND q.at = l.at""",
)

# Who was merged into whom: an assertion stands under the entity it counts for, and keeps the one it was said of; reviews name what
# answered them.
MERGES = (
    "ALTER TABLE entity_version ADD COLUMN apart TEXT NOT NULL DEFAULT '[]'",
    "CREATE INDEX entity_version_merged ON entity_version(grp, merged_into) WHERE merged_into IS NOT NULL",
    "ALTER TABLE assertion ADD COLUMN said_subject INTEGER",
    "ALTER TABLE assertion ADD COLUMN said_object INTEGER",
    "CREATE INDEX assertion_said_subject ON assertion(said_subject) WHERE said_subject IS NOT NULL",
    "CREATE INDEX assertion_said_object ON assertion(said_object) WHERE said_object IS NOT NULL",
    "ALTER TABLE review ADD COLUMN resolution TEXT",
)

# The reviews that are open, by the entities that they ask about.
ASKED = (
    """CREATE TABLE asked(
        grp INTEGER NOT NULL, entity TEXT NOT NULL, review TEXT NOT NULL, PRIMARY KEY(grp, entity, review)) WITHOUT ROWID""",
    """INSERT INTO asked(grp, entity, review) SELECT DISTINCT r.grp, e.value, r.uuid FROM review r CROSS JOIN json_each(r.entities) e
        WHERE r.resolved_at IS NULL""",
)

# Under which keys of near spelling entities are found by what they are called now.
NEAR_NAMES = (
    f"""INSERT OR IGNORE INTO entity_name(grp, name, version, kind) SELECT v.grp, k.value, v.id, 'NEAR'
        FROM entity_version v CROSS JOIN json_each(near_keys(v.name, v.type)) k WHERE v.until = {FAR_MICROS}""",  # noqa: S608 - a constant of this package
)

# Which embedder made a group's vectors. Until now there was one only.
SPACES = (
    "ALTER TABLE grp ADD COLUMN embedder TEXT",
    "ALTER TABLE grp ADD COLUMN dimension INTEGER",
    """UPDATE grp SET embedder = 'wordllama-l2-supercat-256', dimension = 256
        WHERE EXISTS (SELECT 1 FROM vector_log l WHERE l.grp = grp.no)""",
)

# Vectors of texts that were embedded before, by the hash of the text.
REMEMBERED = (
    """CREATE TABLE remembered(
        id INTEGER PRIMARY KEY, grp INTEGER NOT NULL, space TEXT NOT NULL, hash TEXT NOT NULL, vector BLOB NOT NULL)""",
    "CREATE UNIQUE INDEX remembered_text ON remembered(grp, space, hash)",
    "CREATE INDEX remembered_group ON remembered(grp)",
)

# What was given up, of whatever group.
PARKED = ("CREATE INDEX work_parked ON work(state, queued_at) WHERE state = 'PARKED'",)

# How sure a fact was before, each with the instant until which it counted.
WEIGHED = ("ALTER TABLE fact ADD COLUMN confidences TEXT NOT NULL DEFAULT '[]'",)

# Which texts of a group have a word, in rows of each group's own. FTS5 holds those of all groups together: a search in one took longer
# the more others there were, and was weighed by their words.
WORDS: Step = (
    """CREATE TABLE word_log(
        grp INTEGER NOT NULL, kind INTEGER NOT NULL, past INTEGER NOT NULL, texts INTEGER NOT NULL, words INTEGER NOT NULL,
        written INTEGER NOT NULL, PRIMARY KEY(grp, kind, past)) WITHOUT ROWID""",
    """CREATE TABLE word_block(
        grp INTEGER NOT NULL, word TEXT NOT NULL, kind INTEGER NOT NULL, past INTEGER NOT NULL, block INTEGER NOT NULL,
        texts BLOB NOT NULL, places BLOB NOT NULL, PRIMARY KEY(grp, word, kind, past, block)) WITHOUT ROWID""",
    index_all,
    *(f"DROP TABLE {table}" for table in ("episode_fts", "fact_fts", "entity_fts")),
)

MIGRATIONS: tuple[Step, ...] = (
    (f"PRAGMA application_id = {APPLICATION}", *GROUPS, *CONVERSATION, *GRAPH, *LOG, *VECTORS),
    (*SAID_IN, *RELATIONS),
    NAMES,
    OPERATIONS,
    MERGES,
    ASKED,
    NEAR_NAMES,
    SPACES,
    REMEMBERED,
    PARKED,
    WEIGHED,
    WORDS,
)

LATEST = len(MIGRATIONS)


def require_engine(version: tuple[int, ...], has_fts5: bool) -> None:
    """Raises StoreUnavailable where this SQLite cannot carry the store."""
    if version < OLDEST_SQLITE:
        written = ".".join(map(str, version))
        raise StoreUnavailable(f"SQLite {written!r} is older than 3.35", hint="Use a Python that is built with a newer SQLite.")
    if not has_fts5:
        raise StoreUnavailable("this SQLite is built without FTS5 (full text)", hint="Use a Python whose SQLite has FTS5.")


def version_of(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def require_ours(db: sqlite3.Connection, path: Path) -> None:
    """Raises StoreUnavailable for another program's database, and for one of a newer Palimpsest."""
    application = db.execute("PRAGMA application_id").fetchone()[0]
    tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application != APPLICATION and (application or tables):
        raise StoreUnavailable(f"{str(path)!r} is the database of another program", hint="Choose another file: --store PATH.")
    if (version := version_of(db)) > LATEST:
        raise StoreUnavailable(
            f"{str(path)!r} was written by a newer Palimpsest: its schema is {version}, and this one knows {LATEST}",
            hint="Upgrade Palimpsest, or choose another file: --store PATH.",
        )


def migrate(db: sqlite3.Connection, migrations: tuple[Step, ...] = MIGRATIONS) -> None:
    """Brings the file to the latest schema. Processes that start together take turns."""
    db.create_function("near_keys", 2, lambda name, type: json.dumps(near_keys(name, type)), deterministic=True)
    for number, step in enumerate(migrations, start=1):
        if version_of(db) < number:
            _apply(db, number, step)


def _apply(db: sqlite3.Connection, number: int, step: Step) -> None:
    db.execute("BEGIN IMMEDIATE")
    try:
        if version_of(db) < number:
            for part in step:
                if isinstance(part, str):
                    db.execute(part)
                else:
                    part(db)
            db.execute(f"PRAGMA user_version = {number}")
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise
