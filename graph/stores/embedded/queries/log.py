"""The log of Changes, Reviews, and counts of what a group has."""

# ruff: noqa: S608 - what is put together here are constants of this package; values are parameters

from graph.stores.embedded import rows

_OF_FACT = "SELECT l.change FROM fact f CROSS JOIN change_fact l ON l.fact = f.id WHERE f.grp = :grp AND f.uuid = :fact"
_OF_ENTITY = """SELECT l.change FROM entity e CROSS JOIN fact f ON f.subject = e.id CROSS JOIN change_fact l ON l.fact = f.id
        WHERE e.grp = :grp AND e.uuid = :entity
    UNION ALL SELECT l.change FROM entity e CROSS JOIN fact f ON f.object = e.id CROSS JOIN change_fact l ON l.fact = f.id
        WHERE e.grp = :grp AND e.uuid = :entity"""

# As they were logged, a page.
LIST_CHANGES = f"""SELECT c.id, c.id, {rows.CHANGE} FROM change c
    WHERE c.id > :after_id AND c.id BETWEEN :low AND :high AND c.at <= :known
        AND (:kinds IS NULL OR c.kind IN (SELECT value FROM json_each(:kinds))) AND (:since IS NULL OR c.at >= :since)
        AND (:fact IS NULL OR c.id IN ({_OF_FACT}))
        AND (:entity IS NULL OR c.id IN ({_OF_ENTITY}) OR EXISTS (SELECT 1 FROM json_each(c.entities) x WHERE x.value = :entity))
    ORDER BY c.id LIMIT :n"""

# That follow a number.
CHANGES_AFTER = f"SELECT {rows.CHANGE} FROM change c WHERE c.id > :low + :seq AND c.id <= :high ORDER BY c.id LIMIT :n"

CHANGES = f"""SELECT c.uuid, {rows.CHANGE} FROM change c
    WHERE c.grp = :grp AND c.uuid IN (SELECT value FROM json_each(:uuids)) AND c.at <= :known"""

REVIEWS = f"""SELECT r.uuid, {rows.REVIEW} FROM review r
    WHERE r.grp = :grp AND r.uuid IN (SELECT value FROM json_each(:uuids)) AND r.opened_at <= :known"""

# Open ones that ask about some entities, in the order they were opened.
OPEN_REVIEWS = f"""SELECT DISTINCT {rows.REVIEW} FROM asked a CROSS JOIN review r ON r.grp = :grp AND r.uuid = a.review
    WHERE a.grp = :grp AND a.entity IN (SELECT value FROM json_each(:entities)) ORDER BY r.id"""

CHANGES_OF_FACTS = f"""SELECT f.uuid, {rows.CHANGE} FROM fact f CROSS JOIN change_fact l ON l.fact = f.id
    CROSS JOIN change c ON c.id = l.change
    WHERE f.grp = :grp AND f.uuid IN (SELECT value FROM json_each(:uuids)) AND c.at <= :known ORDER BY c.id"""

# Of the same chains of undoings as some operations.
OPERATIONS = f"""SELECT {rows.OPERATION} FROM operation o
    WHERE o.grp = :grp AND o.root IN (SELECT x.root FROM operation x WHERE x.grp = :grp AND x.uuid IN (SELECT value FROM json_each(:uuids)))
    ORDER BY o.id"""

CHANGES_OF_WORK = f"""SELECT {rows.CHANGE} FROM change c
    WHERE c.work = (SELECT w.id FROM work w WHERE w.grp = :grp AND w.uuid = :work) AND c.work IS NOT NULL ORDER BY c.id"""

# Open at an instant, in the order they were opened, a page.
LIST_REVIEWS = f"""SELECT r.id, r.id, {rows.REVIEW} FROM review r
    WHERE r.id > :after_id AND r.id BETWEEN :low AND :high AND r.opened_at <= :known AND (r.resolved_at IS NULL OR r.resolved_at > :known)
        AND (:kind IS NULL OR r.kind = :kind) ORDER BY r.id LIMIT :n"""

COUNT_EPISODES = "SELECT count(*) FROM episode e WHERE e.grp = :grp AND e.created_at <= :known"

COUNT_SESSIONS = "SELECT count(*) FROM session s WHERE s.id BETWEEN :low AND :high AND s.created_at <= :known"
