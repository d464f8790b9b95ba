"""What recall searches for: texts word by word, meaning, and names.

A leg looks, for each that it is `sought`, at so many matches as its `take` says, and keeps what stands as of the instant; where that
is too little, once more, at `$most`. It answers [uuids, scores, whether it was cut], best first. `past` is as in `clocks`; `own`
is where a group's vectors are in indexes of their own.
"""

import re
from collections.abc import Callable

from graph.stores.neo4j import rows
from graph.stores.neo4j.queries.clocks import (
    AT_KNOWN,
    BELIEVED,
    DEAD,
    END_UNKNOWN,
    HOLDS,
    IN_PAST,
    LIVE,
    NAME_AT_KNOWN,
    NOT_RETRACTED,
    PLANNED_ONCE,
    RECORDED,
    VERSION,
    pattern,
)

# Lists of one item or none, so that `UNWIND` of one keeps what follows from being looked for at all.
_GUARDS = "past, now, then, own_now, own_then, shared, own"
_HEAD = f"""{PLANNED_ONCE} MATCH (g:Group {{name: $group}})
    WITH g.last_at > $known AS late, coalesce(g.own_vectors, false) AS apart, [g.embedder, g.dimension] AS space
    WITH space, CASE WHEN late THEN [1] ELSE [] END AS past, CASE WHEN apart THEN [1] ELSE [] END AS own,
        CASE WHEN apart THEN [] ELSE [1] END AS shared, CASE WHEN late OR apart THEN [] ELSE [1] END AS now,
        CASE WHEN late AND NOT apart THEN [1] ELSE [] END AS then, CASE WHEN apart AND NOT late THEN [1] ELSE [] END AS own_now,
        CASE WHEN apart AND late THEN [1] ELSE [] END AS own_then"""

Matches = Callable[[str], str]


def _having(index: str, item: str, take: str) -> str:
    """Texts that have a word. One that is not indexed ("the") is left out of the query, which then all texts match, with 0."""
    procedure = "queryRelationships" if item == "relationship" else "queryNodes"
    return f"""CALL db.index.fulltext.{procedure}('palimpsest_{index}', sought, {{limit: {take}}}) YIELD {item} AS r, score
        WITH r, score WHERE score > 0 RETURN r, score"""


def _facts_having(take: str) -> str:
    return f"""{_having("fact_words", "relationship", take)}
        UNION ALL {IN_PAST} {_having("retracted_words", "relationship", take)}"""


def _names_having(take: str) -> str:
    return _having("name_words", "node", take)


def _messages_having(take: str) -> str:
    return _having("message_words", "node", take)


def _nearest(index: str, of: str, take: str, *also: str) -> str:
    where = " AND ".join(("r.group_id = $group", *also))
    return f"""MATCH {of} SEARCH r IN (VECTOR INDEX palimpsest_{index} FOR sought WHERE {where} LIMIT {take}) SCORE AS similarity
        RETURN r, 2 * similarity - 1 AS score"""


_BEGUN, _OPEN = "r.valid_from <= $begun", "r.valid_until > $ending"
_THEN = (RECORDED, NOT_RETRACTED, _BEGUN)


def _facts_nearest(take: str) -> str:
    """An index's filter knows no OR: of the past, ends known then are one search and those learnt since another, in both types."""
    parts = []
    for now, then, prefix in (("now", "then", ""), ("own_now", "own_then", "own_")):
        parts.append(f"UNWIND {now} AS go {_nearest(f'{prefix}fact_vectors', pattern(LIVE), take, _BEGUN, _OPEN)}")
        for kind, index in ((LIVE, "fact_vectors"), (DEAD, "retracted_vectors")):
            for end in (_OPEN, END_UNKNOWN):
                parts.append(f"UNWIND {then} AS go {_nearest(prefix + index, pattern(kind), take, *_THEN, end)}")
    return " UNION ALL ".join(parts)


def _entities_nearest(take: str) -> str:
    return f"""UNWIND shared AS go {_nearest("entity_vectors", "(r:Entity)", take)}
        UNION ALL UNWIND own AS go {_nearest("own_entity_vectors", "(r:Entity)", take)}"""


def _messages_nearest(take: str) -> str:
    return _nearest("message_vectors", "(r:Message)", take, "r.created_at <= $known")


# Whether a match `r` stands as of the instant. What is read of records is most of what a leg costs, so that what an index has made
# sure of is not read again, and of the present nothing is asked that can only be otherwise in the past.
_FACT = f"r.group_id = $group AND CASE WHEN past = [] THEN true ELSE {BELIEVED} END AND CASE WHEN $current THEN {HOLDS} ELSE true END"
_MESSAGE = "r.group_id = $group AND r.created_at <= $known"
_NAME = f"r.group_id = $group AND CASE WHEN past = [] THEN true ELSE {AT_KNOWN.replace('v.', 'r.')} END AND r.merged_into IS NULL"
_ENTITY = f"EXISTS {{ {VERSION} v.entity = r.uuid AND {AT_KNOWN} AND v.merged_into IS NULL }}"


def _look(found: str, stands: str, take: str, limit: str, answer: str, uuid: str = "uuid") -> str:
    return f"""CALL ({_GUARDS}, sought) {{
            CALL ({_GUARDS}, sought) {{ {found} }}
            WITH DISTINCT past, r, score WITH r, score, {stands} AS stands ORDER BY score DESC, r.no
            WITH collect(CASE WHEN stands THEN r END)[..{limit}] AS hits,
                collect(CASE WHEN stands THEN score END)[..{limit}] AS scores, count(*) AS seen
            RETURN [[r IN hits | r.{uuid}], scores, size(hits) < {limit} AND seen >= {take}] AS {answer}
        }}"""


def _leg(name: str, sought: str, kind: str, found: Matches, stands: str, uuid: str = "uuid") -> str:
    take, limit = f"${kind}_take", f"${kind}_limit"
    return f"""CALL ({_GUARDS}) {{
        UNWIND {sought} AS sought
        {_look(found(take), stands, take, limit, "first", uuid)}
        CALL ({_GUARDS}, sought, first) {{
            UNWIND CASE WHEN first[2] AND {take} < $most THEN [1] ELSE [] END AS again_too
            {_look(found("$most"), stands, "$most", limit, "second", uuid)}
            RETURN collect(second) AS again
        }}
        RETURN collect(coalesce(again[0], first)) AS {name}
    }}"""


def _one_look(name: str, sought: str, kind: str, found: Matches) -> str:
    """A leg whose index leaves out what does not stand."""
    take, limit = f"${kind}_take", f"${kind}_limit"
    return f"""CALL ({_GUARDS}) {{
        UNWIND {sought} AS sought
        {_look(found(take), "true", take, limit, "first")}
        RETURN collect(first) AS {name}
    }}"""


# Present names are marked by one word and those of the past by another: each is asked for as [present, ever].
_NAMES_SOUGHT = "[word IN $entity_words | CASE WHEN past = [] THEN word[0] ELSE word[1] END]"

# By kind, for each of its words in their order, what has it. No row where there is no such group.
WORDS = f"""{_HEAD}
    {_leg("facts", "$fact_words", "fact", _facts_having, _FACT)}
    {_leg("names", _NAMES_SOUGHT, "entity", _names_having, _NAME, "entity")}
    {_leg("messages", "$message_words", "message", _messages_having, _MESSAGE)}
    RETURN [facts, names, messages, space]"""

# For the one vector or none, the entities and messages that are nearest. No row where there is no such group.
NEAR_OTHERS = f"""{_HEAD}
    {_leg("entities", "$entity_vectors", "entity", _entities_nearest, _ENTITY)}
    {_one_look("messages", "$message_vectors", "message", _messages_nearest)}
    RETURN [entities, messages, space]"""


def _links(kind: str) -> str:
    """How many of the newest facts of `uuid`, an entity, hold: as subject, and of others as object."""
    return " UNION ALL ".join(
        f"""MATCH {pattern(kind)} USING INDEX SEEK r:{kind}({end}, valid_from, no)
            WHERE r.{end} = uuid AND r.valid_from <= $valid AND r.no IS NOT NULL
            WITH r ORDER BY r.{end} DESC, r.valid_from DESC, r.no DESC LIMIT $counted
            WHERE {others} AND {BELIEVED} AND {HOLDS}
            RETURN count(r) AS part"""
        for end, others in (("subject", "true"), ("object", "r.subject <> uuid"))
    )


# Each of them with how many facts hold that touch it; where a name has one entity only, nothing is counted.
_NAMED = f"""CALL (past) {{
        UNWIND $names AS name
        {NAME_AT_KNOWN} name
        MATCH (x)-[:OF]->(v:EntityVersion) WHERE {AT_KNOWN} AND v.merged_into IS NULL
        WITH past, name, collect(DISTINCT v) AS found
        UNWIND found AS v
        WITH past, name, v, CASE WHEN size(found) > 1 THEN v.entity END AS uuid
        CALL (past, uuid) {{
            CALL (past, uuid) {{ {_links(LIVE)} UNION ALL {IN_PAST} CALL (uuid) {{ {_links(DEAD)} }} RETURN part }}
            RETURN sum(part) AS links
        }}
        RETURN collect([name, links] + {rows.ENTITY}) AS named
    }}"""

# The same of facts; and for each normalised name the living entities of it.
NEAR_FACTS = f"""{_HEAD}
    {_one_look("facts", "$fact_vectors", "fact", _facts_nearest)}
    {_NAMED}
    RETURN [facts, named, space]"""


def at(key: str, statement: str) -> str:
    """The statement over the vectors of an embedder that is not the database's first (`key` tells its indexes), where there is one."""
    if not key:
        return statement
    own = re.sub(r"INDEX palimpsest_(fact|retracted|entity|message)_vectors\b", rf"INDEX palimpsest_\1_vectors_{key}", statement)
    return own.replace("coalesce(g.own_vectors, false) AS apart", "false AS apart")
