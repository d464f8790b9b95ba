"""Entities: `entity n` is who it is, `entity_version v` how it reads from `recorded_at` until just before `until`."""

# ruff: noqa: S608 - what is put together here are constants of this package; values are parameters

from graph.stores.embedded import rows
from graph.stores.embedded.queries.facts import BELIEVED, HOLDS

_AT_KNOWN = "v.recorded_at <= :known AND v.until > :known"

# Row ids of uuids.
IDS = "SELECT n.uuid, n.id FROM entity n WHERE n.grp = :grp AND n.uuid IN (SELECT value FROM json_each(:uuids))"

# Row ids of those that some uuids are one with at an instant.
ONE_WITH = f"""SELECT coalesce(o.id, n.id) FROM entity n CROSS JOIN entity_version v ON v.entity = n.id AND {_AT_KNOWN}
    LEFT JOIN entity o ON o.grp = :grp AND o.uuid = v.merged_into
    WHERE n.grp = :grp AND n.uuid IN (SELECT value FROM json_each(:uuids))"""

ENTITIES = f"""SELECT {rows.ENTITY} FROM entity n CROSS JOIN entity_version v ON v.entity = n.id AND {_AT_KNOWN}
    WHERE n.grp = :grp AND n.uuid IN (SELECT value FROM json_each(:uuids))"""

# Of the present, with whom each is one.
FAMILIES = f"""SELECT {rows.ENTITY} FROM entity n CROSS JOIN entity_version v ON v.entity = n.id AND {_AT_KNOWN}
    WHERE n.grp = :grp AND n.uuid IN (SELECT value FROM json_each(:uuids)
        UNION SELECT y.merged_into FROM json_each(:uuids) h CROSS JOIN entity x ON x.grp = :grp AND x.uuid = h.value
            CROSS JOIN entity_version y ON y.entity = x.id AND y.until > :known AND y.recorded_at <= :known
        UNION SELECT x.uuid FROM json_each(:uuids) h CROSS JOIN entity_version y ON y.grp = :grp AND y.merged_into = h.value
            AND y.merged_into IS NOT NULL AND y.until > :known AND y.recorded_at <= :known CROSS JOIN entity x ON x.id = y.entity)"""

# An entity and those merged into it at an instant.
ONES = """SELECT n.uuid FROM entity n WHERE n.grp = :grp AND n.uuid = :entity UNION
    SELECT n.uuid FROM entity_version v CROSS JOIN entity n ON n.id = v.entity WHERE v.grp = :grp AND v.merged_into = :entity
        AND v.merged_into IS NOT NULL AND v.recorded_at <= :known AND v.until > :known"""

# By row id.
ENTITIES_BY_ID = f"""SELECT {rows.ENTITY} FROM entity n CROSS JOIN entity_version v ON v.entity = n.id AND {_AT_KNOWN}
    WHERE n.id IN (SELECT value FROM json_each(:ids)) ORDER BY n.id"""

_CALLED = f"""SELECT x.name, x.kind, (SELECT m.seen_at FROM session_mention m WHERE m.entity = n.id AND m.session =
        (SELECT s.id FROM session s WHERE s.grp = :grp AND s.name = :session)), {rows.ENTITY}
    FROM entity_name x INDEXED BY entity_name_kind CROSS JOIN entity_version v ON v.id = x.version CROSS JOIN entity n ON n.id = v.entity
    WHERE x.grp = :grp AND {_AT_KNOWN}"""

# Those that a name or an alias stands for at an instant, and which of the two; with the last mention in a session.
NAMED = f"""{_CALLED} AND x.name IN (SELECT value FROM json_each(:names)) AND x.kind IN ('KEY', 'ALIAS') ORDER BY x.name, n.id"""

# The same of those who last got it as their first name.
GIVEN = f"{_CALLED} AND x.name = :name AND x.kind = 'FIRST_NAME' ORDER BY x.version DESC LIMIT :namesakes"

# Those whose name has a key of near spelling, the last named first.
NEAR = f"""SELECT {rows.ENTITY} FROM entity_name x INDEXED BY entity_name_kind CROSS JOIN entity_version v ON v.id = x.version
    CROSS JOIN entity n ON n.id = v.entity WHERE x.grp = :grp AND {_AT_KNOWN} AND x.name = :key AND x.kind = 'NEAR'
    ORDER BY x.version DESC LIMIT :nearest"""

_OURS, _THEIRS = (
    f"""SELECT n.id FROM entity n WHERE n.grp = :grp AND n.uuid = {who} UNION ALL
    SELECT v.entity FROM entity_version v WHERE v.grp = :grp AND v.merged_into = {who} AND v.merged_into IS NOT NULL
        AND v.recorded_at <= :known AND v.until > :known"""
    for who in (":one", ":other")
)


def _between(end: str, other: str) -> str:
    return f"""EXISTS (SELECT 1 FROM (SELECT f.{other} AS end FROM entity n CROSS JOIN fact f INDEXED BY fact_{end}
        ON f.{end} = n.id AND f.dead = 0 WHERE n.grp = :grp AND n.uuid = :one LIMIT :most) WHERE end IN ({_THEIRS}))"""


# Whether a message names both, or a fact was told of both, among so many of the one's.
MET = f"""SELECT EXISTS (SELECT 1 FROM (SELECT m.episode FROM ({_OURS}) a CROSS JOIN mention m INDEXED BY mention_entity ON m.entity = a.id
        LIMIT :most) said CROSS JOIN mention o ON o.episode = said.episode AND o.entity IN ({_THEIRS}))
    OR {_between("subject", "object")} OR {_between("object", "subject")}"""


def _holding(end: str, of: str, dead: int, columns: str, also: str) -> str:
    """Of those that hold among the last facts begun with an entity at one end. No more are looked at, held or not."""
    return f"""SELECT {columns} FROM (SELECT * FROM fact WHERE {end} = {of} AND dead = {dead} AND {dead} <= :past AND valid_at <= :valid
            ORDER BY valid_at DESC, id DESC LIMIT :counted) f WHERE {BELIEVED} AND {HOLDS} AND {also}"""


_DEGREE = " + ".join(
    f"({_holding(end, 'n.id', dead, 'count(*)', once)})"
    for end, once in (("subject", "true"), ("object", "f.subject <> f.object"))
    for dead in (0, 1)
)

# How many facts hold that touch each entity, as far as is counted.
DEGREES = f"SELECT n.uuid, {_DEGREE} FROM entity n WHERE n.grp = :grp AND n.uuid IN (SELECT value FROM json_each(:uuids))"

_LISTED = f"""v.grp = :grp AND {_AT_KNOWN} AND v.merged_into IS NULL
    AND (:types IS NULL OR v.type IN (SELECT value FROM json_each(:types)))
    AND (:name IS NULL OR instr(folded(v.name), :name) > 0
        OR EXISTS (SELECT 1 FROM json_each(v.aliases) a WHERE instr(folded(a.value), :name) > 0))"""

_VERSIONS = "FROM entity_version v CROSS JOIN entity n ON n.id = v.entity"

# By normalised name, a page.
LIST_NAME = f"""SELECT v.norm, v.entity, {rows.ENTITY} {_VERSIONS}
    WHERE (v.norm, v.entity) > (:after, :after_id) AND {_LISTED} ORDER BY v.norm, v.entity LIMIT :n"""

# The last made first, a page.
LIST_RECENT = f"""SELECT n.id, n.id, {rows.ENTITY} FROM entity n CROSS JOIN entity_version v ON v.entity = n.id
    WHERE n.id < :after_id AND n.id BETWEEN :low AND :high AND {_LISTED} ORDER BY n.id DESC LIMIT :n"""

# By the number of facts that hold, a page; reads the group's facts once.
LIST_MOST_CONNECTED = f"""WITH touched(entity) AS (
        SELECT f.subject FROM fact f WHERE f.grp = :grp AND f.dead IN (0, :past) AND {BELIEVED} AND {HOLDS}
        UNION ALL SELECT f.object FROM fact f
            WHERE f.grp = :grp AND f.dead IN (0, :past) AND {BELIEVED} AND {HOLDS} AND f.subject <> f.object),
    degree(entity, links) AS MATERIALIZED (SELECT entity, count(*) FROM touched GROUP BY entity),
    listed(links, id, version) AS (
        SELECT ifnull((SELECT d.links FROM degree d WHERE d.entity = v.entity), 0), v.entity, v.id FROM entity_version v WHERE {_LISTED})
    SELECT -l.links, l.id, {rows.ENTITY} FROM listed l CROSS JOIN entity_version v ON v.id = l.version CROSS JOIN entity n ON n.id = l.id
    WHERE (-l.links, l.id) > (:after, :after_id) ORDER BY -l.links, l.id LIMIT :n"""

_RELATED = "(:relations IS NULL OR f.relation IN (SELECT value FROM json_each(:relations)))"
_NEAR = " UNION ".join(
    _holding(end, ":entity", dead, f"f.{other}", _RELATED)
    for end, other in (("subject", "object"), ("object", "subject"))
    for dead in (0, 1)
)

# Entities at the other end of facts that hold, in the order they were made, a page. Whom only earlier facts lead to than are looked
# at is left out; within them the order is kept.
NEIGHBORS = f"""WITH near(id) AS ({_NEAR})
    SELECT n.id, n.id, {rows.ENTITY} FROM near CROSS JOIN entity n ON n.id = near.id
    CROSS JOIN entity_version v ON v.entity = n.id AND {_AT_KNOWN}
    WHERE near.id > :after_id AND near.id <> :entity ORDER BY n.id LIMIT :n"""

# How many entities of each type there are.
COUNT_TYPES = f"SELECT v.type, count(*) FROM entity_version v WHERE v.grp = :grp AND {_AT_KNOWN} AND v.merged_into IS NULL GROUP BY v.type"
