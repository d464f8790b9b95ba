"""What a Delta writes."""

# ruff: noqa: S608 - what is put together here are constants of this package; values are parameters

EPISODE_IDS = """SELECT e.uuid, e.id, e.session, e.instant FROM episode e
    WHERE e.grp = :grp AND e.uuid IN (SELECT value FROM json_each(:uuids))"""

ASSERTION_IDS = "SELECT a.uuid, a.id FROM assertion a WHERE a.grp = :grp AND a.uuid IN (SELECT value FROM json_each(:uuids))"

FACT_IDS = "SELECT f.uuid, f.id FROM fact f WHERE f.grp = :grp AND f.uuid IN (SELECT value FROM json_each(:uuids))"

# The highest row id of a group's in each table.
LAST = {
    table: f"SELECT max(id) FROM {table} WHERE id BETWEEN :low AND :high"
    for table in ("entity", "entity_version", "assertion", "fact", "change", "review", "operation")
}

ADD_ENTITY = "INSERT INTO entity(id, grp, uuid, key, created_at) VALUES (:id, :grp, :uuid, :key, :created_at)"

REKEY_ENTITY = "UPDATE entity SET key = :key WHERE id = :id AND key IS NOT :key"

ADD_VERSION = """INSERT INTO entity_version(id, grp, entity, recorded_at, until, name, norm, type, key, aliases, summary, merged_into,
        apart)
    VALUES (:id, :grp, :entity, :recorded_at, :far, :name, :norm, :type, :key, :aliases, :summary, :merged_into, :apart)"""

ADD_NAME = "INSERT OR IGNORE INTO entity_name(grp, name, version, kind) VALUES (:grp, :name, :version, :kind)"

# The present version of an entity, and the words it is found by.
PRESENT_VERSION = "SELECT v.id, v.name, v.aliases, v.type FROM entity_version v WHERE v.entity = :entity AND v.until = :far"

# Of the past nobody asks for near names.
END_NEAR = "DELETE FROM entity_name WHERE grp = :grp AND name = :name AND version = :version AND kind = 'NEAR'"
END_VERSION = "UPDATE entity_version SET until = :at WHERE id = :id"

ADD_ASSERTION = """INSERT INTO assertion(id, grp, uuid, subject, relation, object, start, "precision", said, recorded_at, operation, text,
        actor, within, seen, end_at, end_precision, holds, confidence, episode, session, quote, span_from, span_to, withdrawn_at,
        withdrawn_by, external_id, attributes, said_subject, said_object)
    VALUES (:id, :grp, :uuid, :subject, :relation, :object, :start, :precision, :said, :recorded_at, :operation, :text, :actor,
        :within, :seen, :end_at, :end_precision, :holds, :confidence, :episode, :session, :quote, :span_from, :span_to, :withdrawn_at,
        :withdrawn_by, :external_id, :attributes, :said_subject, :said_object)"""

# What was said of an entity counts from now on for the one that it is one with, which may be itself: what counted for another
# until now, then the rest. Key is (end, whether it counted for another).
COUNT_FOR = {
    (end, elsewhere): f"UPDATE assertion SET {end} = :one, said_{end} = nullif(:entity, :one) WHERE {which}"
    for end in ("subject", "object")
    for elsewhere, which in (
        (True, f"said_{end} = :entity"),
        (False, f"{end} = :entity AND said_{end} IS NULL AND :one <> :entity"),
    )
}

WITHDRAW = """UPDATE assertion SET withdrawn_at = :at, withdrawn_by = :operation
    WHERE grp = :grp AND uuid = :uuid AND withdrawn_at IS NULL"""

# Its present withdrawal becomes a lapse.
REINSTATE = """UPDATE assertion SET lapses = json_insert(lapses, '$[#]', json_array(withdrawn_by, withdrawn_at, :at)),
        withdrawn_at = NULL, withdrawn_by = NULL
    WHERE grp = :grp AND uuid = :uuid AND withdrawn_at IS NOT NULL"""

ADD_FACT = """INSERT INTO fact(id, grp, uuid, key, subject, relation, object, dead, valid_at, valid_until, expired_from, retracted_from,
        valid_at_precision, created_at, invalid_at, invalid_at_precision, expired_at, retracted_at, replaced_by, confidence, text,
        assertions, episodes, attributes, confidences)
    VALUES (:id, :grp, :uuid, :key, :subject, :relation, :object, :dead, :valid_at, :valid_until, :expired_from, :retracted_from,
        :valid_at_precision, :created_at, :invalid_at, :invalid_at_precision, :expired_at, :retracted_at, :replaced_by, :confidence, :text,
        :assertions, :episodes, :attributes, :confidences)"""

LINK_ASSERTION = "INSERT OR IGNORE INTO fact_assertion(assertion, fact) VALUES (:assertion, :fact)"

# A record is closed once; a second end is a rewrite.
CLOSE_FACT = """UPDATE fact SET invalid_at = :end, invalid_at_precision = :precision, expired_at = :at, valid_until = :end,
        expired_from = :at
    WHERE grp = :grp AND uuid = :uuid AND dead = 0 AND invalid_at IS NULL"""

RETRACT_FACT = """UPDATE fact SET retracted_at = :at, retracted_from = :at, dead = 1, replaced_by = :replaced_by
    WHERE grp = :grp AND uuid = :uuid AND dead = 0 RETURNING id, text"""

# One assertion more behind a fact, and the episode it was said in.
SUPPORT_FACT = """UPDATE fact SET assertions = json_insert(assertions, '$[#]', :assertion),
        episodes = (SELECT CASE WHEN e.uuid IS NULL OR EXISTS (SELECT 1 FROM json_each(fact.episodes) k WHERE k.value = e.uuid)
                THEN fact.episodes ELSE json_insert(fact.episodes, '$[#]', e.uuid) END
            FROM assertion a LEFT JOIN episode e ON e.id = a.episode WHERE a.id = :id)
    WHERE id = :fact AND NOT EXISTS (SELECT 1 FROM json_each(assertions) a WHERE a.value = :assertion)"""

# How sure it was until now stays beside how sure it is from now on.
WEIGH_FACT = """UPDATE fact SET confidences = json_insert(confidences, '$[#]', json_array(confidence, :at)), confidence = :confidence
    WHERE grp = :grp AND uuid = :uuid AND dead = 0"""

ADD_MENTION = "INSERT OR IGNORE INTO mention(episode, entity, instant, recorded_at) VALUES (:episode, :entity, :instant, :at)"

SEEN_IN_SESSION = """INSERT INTO session_mention(session, entity, seen_at) VALUES (:session, :entity, :instant)
    ON CONFLICT(session, entity) DO UPDATE SET seen_at = max(seen_at, excluded.seen_at)"""

ADD_CHANGE = """INSERT INTO change(id, grp, uuid, operation, kind, at, actor, rule, reason, episode, facts, entities, undoes, work)
    VALUES (:id, :grp, :uuid, :operation, :kind, :at, :actor, :rule, :reason, :episode, :facts, :entities, :undoes,
        (SELECT w.id FROM work w WHERE w.grp = :grp AND w.uuid = :work))"""

# What undoes another belongs to the same chain.
ADD_OPERATION = """INSERT INTO operation(id, grp, uuid, at, root, undoes, did) VALUES (:id, :grp, :uuid, :at,
        coalesce((SELECT o.root FROM operation o WHERE o.grp = :grp AND o.uuid = :undoes), :uuid), :undoes, :did)"""

LINK_CHANGE = "INSERT OR IGNORE INTO change_fact(fact, change) VALUES (:fact, :change)"

# A review is opened once; saying it again resolves it, or opens it again about the records of then.
PUT_REVIEW = """INSERT INTO review(id, grp, uuid, kind, reason, opened_at, resolved_at, facts, entities, resolution)
    VALUES (:id, :grp, :uuid, :kind, :reason, :opened_at, :resolved_at, :facts, :entities, :resolution)
    ON CONFLICT(grp, uuid) DO UPDATE SET resolved_at = excluded.resolved_at, reason = excluded.reason, facts = excluded.facts,
        resolution = excluded.resolution"""

# Whom it asks about, as long as it is open.
ASK_ABOUT = "INSERT OR IGNORE INTO asked(grp, entity, review) VALUES (:grp, :entity, :review)"
ASK_NO_MORE = "DELETE FROM asked WHERE grp = :grp AND entity = :entity AND review = :review"
