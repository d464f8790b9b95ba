"""What reads have in common. As of an instant: what was believed at `$known`, what held at `$valid`, and what is read of the past only.

`past` is a list of one item where records may have been retracted since `$known`, else empty, so that `UNWIND past` costs nothing
where nothing was. Alternatives are told by CASE and coalesce: an OR may be planned as the union of two seeks, and the order of
an index is lost.
"""

from graph import asof

LIVE, DEAD = "RELATES_TO", "RETRACTED"

_CYPHER = asof.Dialect(
    "r", "$", "{} AND {}", "CASE WHEN {} THEN true ELSE {} END", {"created_at": "created_from", "valid_at": "valid_from"}
)
BELIEVED, HOLDS = _CYPHER.text(asof.BELIEVED), _CYPHER.text(asof.HOLDS)
RECORDED, RETRACTED, NOT_RETRACTED = map(_CYPHER.text, (asof.RECORDED, asof.RETRACTED, asof.NOT_RETRACTED))
END_KNOWN, END_UNKNOWN = map(_CYPHER.text, (asof.END_KNOWN, asof.END_UNKNOWN))
FUTURE, GOES_ON = map(_CYPHER.text, (asof.FUTURE, asof.GOES_ON))

# How an entity reads: the version `v` of the entity that the WHERE must name first. Its names `x` are as old as it, and are asked for
# by a name that must follow.
VERSION = "MATCH (v:EntityVersion) USING INDEX SEEK v:EntityVersion(entity, recorded_at) WHERE"
NAME = "MATCH (x:EntityName) USING INDEX SEEK x:EntityName(group_id, name, kind, until, no) WHERE x.group_id = $group AND x.no IS NOT NULL"
NAME_AT_KNOWN = f"{NAME} AND x.kind IN ['KEY', 'ALIAS'] AND x.until > $known AND x.name ="
AT_KNOWN = "v.recorded_at <= $known AND v.until > $known"

GROUP_PAST = "MATCH (g:Group {name: $group}) WITH CASE WHEN g.last_at > $known THEN [1] ELSE [] END AS past"
# For a filter, which may ask for retracted records of today.
FILTER_PAST = "MATCH (g:Group {name: $group}) WITH CASE WHEN g.last_at > $known OR $retracted THEN [1] ELSE [] END AS past"
IN_PAST = "UNWIND past AS in_past"

# Every read that has a choice names the indexes it takes, so that the plan made for an empty database is as good for a full one; to plan
# some of them anew whenever the database has grown would hold up a reader for a second.
PLANNED_ONCE = "CYPHER 25 replan=skip"


def guarded(part: str, of: str = "") -> str:
    """A part about the past that returns `r`; in a subquery `of` what it takes, or the order of its index would be lost."""
    return f"{IN_PAST} CALL ({of}) {{ {part} }} RETURN r"


def believed(kind: str) -> str:
    """As BELIEVED, for counts of many: what is under the living type is not retracted."""
    return RECORDED if kind == LIVE else BELIEVED


def pattern(kind: str) -> str:
    return f"()-[r:{kind}]->()"


def by_uuid(kind: str) -> str:
    """The fact of this kind that has the `uuid`."""
    return f"MATCH {pattern(kind)} USING INDEX SEEK r:{kind}(uuid) WHERE r.uuid = uuid AND r.group_id = $group"


def one_with(entity: str) -> str:
    """Whom an entity is one with at the instant, as the list `one` of one or none. Only those that were ever merged are looked at."""
    return f"""CALL ({entity}) {{ UNWIND CASE WHEN {entity}.once_merged THEN [{entity}.uuid] ELSE [] END AS uuid
            {VERSION} v.entity = uuid AND {AT_KNOWN} RETURN collect(v.merged_into) AS one }}"""
