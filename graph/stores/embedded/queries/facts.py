"""Facts and the assertions behind them. Retracted records are read only where `:dead` or `:past` asks for them."""

# ruff: noqa: S608 - what is put together here are constants of this package; values are parameters

from graph import asof
from graph.stores.embedded import rows

_SQL = asof.Dialect("f", ":", "{} AND {}", "({} OR {})")
BELIEVED, HOLDS = _SQL.text(asof.BELIEVED), _SQL.text(asof.HOLDS)
_RECORDED, _RETRACTED, _NOT_RETRACTED = map(_SQL.text, (asof.RECORDED, asof.RETRACTED, asof.NOT_RETRACTED))
_FUTURE, _ENDED, END_KNOWN = map(_SQL.text, (asof.FUTURE, asof.ENDED, asof.END_KNOWN))
_FACTS = f"FROM fact f {rows.ENDS}"

FACTS = f"SELECT {rows.FACT} {_FACTS} WHERE f.grp = :grp AND f.uuid IN (SELECT value FROM json_each(:uuids))"

_SESSION_SAID = """EXISTS (SELECT 1 FROM fact_assertion l CROSS JOIN assertion a ON a.id = l.assertion
    WHERE l.fact = f.id AND a.session = :session AND a.recorded_at <= :known)"""
_OF_TYPE = """EXISTS (SELECT 1 FROM entity_version v WHERE v.entity IN (f.subject, f.object) AND v.recorded_at <= :known
    AND v.until > :known AND v.type IN (SELECT value FROM json_each(:types)))"""
_FILTER = f"""{_RECORDED}
    AND ((:retracted AND {_RETRACTED}) OR ({_NOT_RETRACTED}
        AND ((:future AND {_FUTURE}) OR (:holds AND {HOLDS}) OR (:ended AND {_ENDED}))))
    AND (:entity IS NULL OR f.subject = :entity OR f.object = :entity)
    AND (:subject IS NULL OR f.subject = :subject) AND (:object IS NULL OR f.object = :object)
    AND (:relations IS NULL OR f.relation IN (SELECT value FROM json_each(:relations)))
    AND (:text IS NULL OR instr(folded(f.text), :text) > 0)
    AND (:types IS NULL OR {_OF_TYPE}) AND (:session IS NULL OR {_SESSION_SAID})"""


def _listing(source: str, key: str, down: bool) -> str:
    order = f"f.{key} DESC, f.id DESC" if down else f"f.{key}, f.id"
    return f"""SELECT f.{key}, f.id, {rows.FACT} {_FACTS}
        WHERE f.{source} = :source AND f.dead = :dead AND (f.{key}, f.id) {"<" if down else ">"} (:after, :after_id)
            AND {_FILTER} ORDER BY {order} LIMIT :n"""


# A page of the group's, or of one end's facts, in each order: key is (column that `:source` is of, order).
LISTS = {
    (source, order): _listing(source, key, down)
    for source in ("grp", "subject", "object")
    for order, key, down in (("NEWEST", "valid_at", True), ("OLDEST", "valid_at", False), ("RECORDED", "created_at", True))
}

_REWRITTEN = f"""{_RETRACTED} AND f.replaced_by IS NOT NULL AND EXISTS (SELECT 1 FROM fact r
    WHERE r.grp = f.grp AND r.uuid = f.replaced_by AND r.subject = f.subject AND r.relation = f.relation AND r.object = f.object)"""

# All that was ever believed of one end, by validity, a page: key is the end.
TIMELINES = {
    end: f"""SELECT f.valid_at, f.id, {rows.FACT} {_FACTS}
        WHERE f.{end} = :source AND f.dead = :dead AND (f.valid_at, f.id) > (:after, :after_id) AND {_RECORDED}
            AND (:relation IS NULL OR f.relation = :relation) AND NOT ({_REWRITTEN}) ORDER BY f.valid_at, f.id LIMIT :n"""
    for end in ("subject", "object")
}

# Facts that touch some entities, at most :n an entity and :most in all, newest first: key is the end.
TOUCHING = {
    end: f"""SELECT f.id, f.subject, f.object, f.valid_at FROM json_each(:around) h
        CROSS JOIN fact f ON f.id IN (SELECT f.id FROM fact f WHERE f.{end} = h.value AND f.dead = :dead AND {_FILTER}
            ORDER BY f.valid_at DESC, f.id DESC LIMIT :n) LIMIT :most"""
    for end in ("subject", "object")
}

# Row ids of facts that touch each of some entities, at most :n an entity, newest first, with the entity: key is the end.
AROUND = {
    end: f"""SELECT h.value, f.id, f.valid_at FROM json_each(:around) h
        CROSS JOIN fact f ON f.id IN (SELECT f.id FROM fact f WHERE f.{end} = h.value AND f.dead = :dead AND {BELIEVED}
            AND (NOT :current OR {HOLDS}) ORDER BY f.valid_at DESC, f.id DESC LIMIT :n)"""
    for end in ("subject", "object")
}

# Row ids of the newest facts of each of some relations that hold or are to come, and of those that have ended.
RELATED = f"""SELECT f.id, f.valid_at FROM json_each(:relations) h
    CROSS JOIN fact f ON f.id IN (SELECT f.id FROM fact f WHERE f.grp = :grp AND f.relation = h.value AND f.dead = :dead AND {BELIEVED}
        AND (:ended OR {_FUTURE} OR {HOLDS}) ORDER BY f.valid_at DESC, f.id DESC LIMIT :n)"""

# Row ids of believed ones among some facts.
STANDING = f"SELECT f.id FROM fact f WHERE f.grp = :grp AND f.uuid IN (SELECT value FROM json_each(:uuids)) AND {BELIEVED}"

# By row id, each given once: they are looked up as they come, and not sorted into a list of their own before.
FACTS_BY_ID = f"SELECT f.id, {rows.FACT} FROM json_each(:ids) h CROSS JOIN fact f ON f.id = h.value {rows.ENDS}"

# Another triple of the same key that began when a fact ended. `:facts` holds [uuid, key, end, uuid of subject, of object].
SUCCESSORS = f"""SELECT json_extract(h.value, '$[0]'), {rows.FACT} FROM json_each(:facts) h
    CROSS JOIN fact f ON f.grp = :grp AND f.key = json_extract(h.value, '$[1]') AND f.dead IN (0, :past) {rows.ENDS}
    WHERE f.valid_at = json_extract(h.value, '$[2]') AND {BELIEVED}
        AND (s.uuid, o.uuid) IS NOT (json_extract(h.value, '$[3]'), json_extract(h.value, '$[4]')) ORDER BY h.key, f.id"""

# Other triples of the same key that ended when a fact began. `:facts` holds [uuid, key, begin, uuid of subject, of object].
PREDECESSORS = f"""SELECT json_extract(h.value, '$[0]'), {rows.FACT} FROM json_each(:facts) h
    CROSS JOIN fact f ON f.grp = :grp AND f.key = json_extract(h.value, '$[1]') AND f.dead IN (0, :past) {rows.ENDS}
    WHERE f.invalid_at = json_extract(h.value, '$[2]') AND {END_KNOWN} AND {BELIEVED}
        AND (s.uuid, o.uuid) IS NOT (json_extract(h.value, '$[3]'), json_extract(h.value, '$[4]')) ORDER BY h.key, f.valid_at, f.id"""

# Row ids of facts drawn from assertions of some episodes.
OF_EPISODES = f"""SELECT DISTINCT e.uuid, f.id FROM episode e CROSS JOIN assertion a ON a.episode = e.id
    CROSS JOIN fact_assertion l ON l.assertion = a.id CROSS JOIN fact f ON f.id = l.fact
    WHERE e.grp = :grp AND e.uuid IN (SELECT value FROM json_each(:uuids)) AND a.recorded_at <= :known AND {BELIEVED}
    ORDER BY e.id, f.valid_at, f.id"""

# How many facts of each relation hold.
COUNT_RELATIONS = f"""SELECT f.relation, count(*) FROM fact f
    WHERE f.grp = :grp AND f.dead IN (0, :past) AND {BELIEVED} AND {HOLDS} GROUP BY f.relation"""

_ASSERTIONS = f"FROM assertion a {rows.ASSERTION_ENDS}"

ASSERTIONS = f"SELECT {rows.ASSERTION} {_ASSERTIONS} WHERE a.grp = :grp AND a.uuid IN (SELECT value FROM json_each(:uuids))"

# Told by a caller under ids of theirs, the first of each id last.
EXTERNAL = f"""SELECT {rows.ASSERTION} {_ASSERTIONS}
    WHERE a.grp = :grp AND a.external_id IN (SELECT value FROM json_each(:ids)) AND a.external_id IS NOT NULL ORDER BY a.id DESC"""

# Living ones of a session, the last said first.
SAID_IN = f"""SELECT {rows.ASSERTION} {_ASSERTIONS}
    WHERE a.session = (SELECT x.id FROM session x WHERE x.grp = :grp AND x.name = :session) AND a.withdrawn_at IS NULL
        AND (:relation IS NULL OR a.relation = :relation) ORDER BY a.said DESC, a.id DESC LIMIT :n"""

_LIVING = "a.withdrawn_at IS NULL"
_SAID_OF = " UNION ".join(
    f"SELECT a.id FROM json_each(:uuids) h CROSS JOIN entity x ON x.grp = :grp AND x.uuid = h.value CROSS JOIN assertion a ON {it}"
    for end in ("subject", "object")
    for it in (f"a.{end} = x.id AND a.said_{end} IS NULL", f"a.said_{end} = x.id")
)

# Living ones that were said of some entities, whom ever they are one with since.
SAID_OF = f"""SELECT {rows.ASSERTION} FROM ({_SAID_OF}) h CROSS JOIN assertion a ON a.id = h.id {rows.ASSERTION_ENDS}
    WHERE {_LIVING} ORDER BY a.id"""
_KEYED = f"""SELECT {rows.ASSERTION} FROM json_each(:keys) h
    CROSS JOIN entity x ON x.grp = :grp AND x.uuid = json_extract(h.value, '$[1]')"""

# Living assertions under belief keys. `:keys` holds [relation, uuid of the key's entity, uuid of the other one in a pair].
UNDER = {
    "s": f"""{_KEYED} CROSS JOIN assertion a ON a.subject = x.id AND a.relation = json_extract(h.value, '$[0]') {rows.ASSERTION_ENDS}
        WHERE {_LIVING} ORDER BY a.id""",
    "o": f"""{_KEYED} CROSS JOIN assertion a ON a.object = x.id AND a.relation = json_extract(h.value, '$[0]') {rows.ASSERTION_ENDS}
        WHERE {_LIVING} ORDER BY a.id""",
    "p": f"""{_KEYED} CROSS JOIN assertion a ON a.subject = x.id AND a.relation = json_extract(h.value, '$[0]') {rows.ASSERTION_ENDS}
        WHERE {_LIVING} AND o.uuid = json_extract(h.value, '$[2]') ORDER BY a.id""",
}

# Unretracted facts under belief keys.
FACTS_UNDER = f"""SELECT {rows.FACT} {_FACTS}
    WHERE f.grp = :grp AND f.key IN (SELECT value FROM json_each(:keys)) AND f.dead = 0 ORDER BY f.valid_at, f.id"""
