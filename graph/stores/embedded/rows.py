"""Between records and rows: for each noun the columns a statement selects, and the record they make."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import orjson

from graph.access import Key, Scope
from graph.model import (
    Assertion,
    Change,
    ChangeKind,
    Confidence,
    Entity,
    Episode,
    EpisodeKind,
    Fact,
    Group,
    GroupSettings,
    Json,
    Lapse,
    Operation,
    Review,
    ReviewKind,
    Session,
    Space,
    UpdatePolicy,
    Work,
    WorkState,
)
from graph.stores.making import maker
from graph.time import FAR, Precision, from_micros, to_micros

Row = Sequence[Any]
FAR_MICROS = to_micros(FAR)
PRECISIONS = {precision.value: precision for precision in Precision}
KINDS = {kind.value: kind for kind in EpisodeKind}
# Records share their instants (all of one operation are one), and making a datetime costs as much as the rest of a small record.
moment = lru_cache(65_536)(from_micros)
# Of these recall reads hundreds a question.
_episode, _entity, _fact, _assertion = maker(Episode), maker(Entity), maker(Fact), maker(Assertion)


def micros(at: datetime | None) -> int | None:
    return None if at is None else to_micros(at)


def instant(value: int | None) -> datetime | None:
    return None if value is None else moment(value)


def written(value: Mapping[str, Json] | Sequence[str]) -> str:
    return json.dumps(value if isinstance(value, Mapping) else list(value), ensure_ascii=False)


def names(text: str) -> tuple[str, ...]:
    return tuple(orjson.loads(text)) if text != "[]" else ()


def attributes(text: str) -> dict[str, Json]:
    return dict(json.loads(text)) if text != "{}" else {}


GROUP = "g.name, g.version, g.created_at, g.last_at, g.updates, g.timezone, g.extractor, g.ontology_hash, g.embedder, g.dimension"


def space(embedder: str | None, dimension: int | None) -> Space | None:
    return None if embedder is None or dimension is None else Space(embedder, dimension)


def group(row: Row) -> Group:
    name, version, created_at, last_at, updates, timezone, extractor, ontology_hash, *place = row
    settings = GroupSettings(UpdatePolicy(updates), timezone, extractor)
    return Group(name, version, moment(created_at), moment(last_at), settings, ontology_hash, space(*place))


KEY = "id, hash, groups, scope, created_at, expires_at, revoked_at"


def key(row: Row) -> Key:
    id_, hash_, groups, scope, created_at, expires_at, revoked_at = row
    return Key(id_, hash_, names(groups), Scope(scope), moment(created_at), instant(expires_at), instant(revoked_at))


def session(group: str, row: Row) -> Session:
    uuid, name, title, started_at, last_at = row
    return Session(uuid, group, name, title, moment(started_at), moment(last_at))


EPISODE = "e.uuid, s.name, e.kind, e.role, e.name, e.content, e.said_at, e.instant, e.created_at, e.external_id, e.metadata, w.uuid"
EPISODE_ENDS = "CROSS JOIN work w ON w.id = e.work LEFT JOIN session s ON s.id = e.session"


def episode(group: str, row: Row) -> Episode:
    uuid, session, kind, role, name, content, said_at, at, created_at, external_id, metadata, work = row
    return _episode(
        uuid,
        group,
        session,
        KINDS[kind],
        role,
        name,
        content,
        datetime.fromisoformat(said_at),
        moment(at),
        moment(created_at),
        external_id,
        attributes(metadata),
        work,
    )


WORK = "w.uuid, s.name, w.state, w.queued_at, w.total, w.done, w.attempts, w.error, w.finished_at"


def work(group: str, row: Row) -> Work:
    uuid, session, state, queued_at, total, done, attempts, error, finished_at = row
    return Work(uuid, group, session, WorkState(state), moment(queued_at), total, done, attempts, error, instant(finished_at))


ENTITY = "n.uuid, v.name, v.type, v.key, n.created_at, v.recorded_at, v.aliases, v.summary, v.merged_into, v.apart"


def entity(group: str, row: Row) -> Entity:
    uuid, name, type_, key, created_at, recorded_at, aliases, summary, merged_into, apart = row
    return _entity(
        uuid,
        group,
        name,
        type_,
        key,
        moment(created_at),
        moment(recorded_at),
        names(aliases),
        summary,
        merged_into,
        names(apart),
    )


ENDS = "CROSS JOIN entity s ON s.id = f.subject CROSS JOIN entity o ON o.id = f.object"
FACT = """f.uuid, f.key, s.uuid, f.relation, o.uuid, f.text, f.valid_at, f.valid_at_precision, f.created_at, f.invalid_at,
    f.invalid_at_precision, f.expired_at, f.retracted_at, f.replaced_by, f.confidence, f.assertions, f.episodes, f.attributes,
    f.confidences"""


def fact(group: str, row: Row) -> Fact:
    (uuid, key, subject, relation, object_, text, valid_at, precision, created_at, invalid_at, end_precision, *row) = row
    expired_at, retracted_at, replaced_by, confidence, assertions, episodes, attributes_, before = row
    return _fact(
        uuid,
        group,
        key,
        subject,
        relation,
        object_,
        text,
        moment(valid_at),
        PRECISIONS[precision],
        moment(created_at),
        instant(invalid_at),
        PRECISIONS[end_precision] if end_precision else None,
        instant(expired_at),
        instant(retracted_at),
        replaced_by,
        confidence,
        names(assertions),
        names(episodes),
        attributes(attributes_),
        confidences(before),
    )


def confidences(text: str) -> tuple[Confidence, ...]:
    return tuple(Confidence(value, moment(until)) for value, until in orjson.loads(text)) if text != "[]" else ()


def fact_columns(fact: Fact) -> dict[str, Any]:
    """What a statement writes of it, without row ids. A null is told as a far date beside it."""
    return {
        "uuid": fact.uuid,
        "key": fact.key,
        "relation": fact.relation,
        "dead": fact.retracted_at is not None,
        "valid_at": to_micros(fact.valid_at),
        "valid_until": to_micros(fact.valid_until),
        "expired_from": to_micros(fact.expired_from),
        "retracted_from": to_micros(fact.retracted_from),
        "valid_at_precision": fact.valid_at_precision.value,
        "created_at": to_micros(fact.created_at),
        "invalid_at": micros(fact.invalid_at),
        "invalid_at_precision": fact.invalid_at_precision.value if fact.invalid_at_precision else None,
        "expired_at": micros(fact.expired_at),
        "retracted_at": micros(fact.retracted_at),
        "replaced_by": fact.replaced_by,
        "confidence": fact.confidence,
        "text": fact.text,
        "assertions": written(fact.assertions),
        "episodes": written(fact.episodes),
        "confidences": json.dumps([[before.value, to_micros(before.until)] for before in fact.confidences]),
        "attributes": written(fact.attributes),
    }


ASSERTION_ENDS = "CROSS JOIN entity s ON s.id = a.subject CROSS JOIN entity o ON o.id = a.object LEFT JOIN episode e ON e.id = a.episode"
ASSERTION = """a.uuid, s.uuid, a.relation, o.uuid, a.start, a."precision", a.said, a.recorded_at, a.operation, a.text, a.actor,
    a.within, a.seen, a.end_at, a.end_precision, a.holds, a.confidence, e.uuid, a.quote, a.span_from, a.span_to,
    a.withdrawn_at, a.withdrawn_by, a.external_id, a.attributes, a.lapses, (SELECT x.uuid FROM entity x WHERE x.id = a.said_subject),
    (SELECT x.uuid FROM entity x WHERE x.id = a.said_object)"""


def assertion(group: str, row: Row) -> Assertion:
    uuid, subject, relation, object_, start, precision, said, recorded_at, operation, text, actor = row[:11]
    within, seen, end, end_precision, holds, confidence, episode, quote, span_from, span_to = row[11:21]
    withdrawn_at, withdrawn_by, external_id, attributes_, lapses, said_subject, said_object = row[21:]
    return _assertion(
        uuid,
        group,
        subject,
        relation,
        object_,
        moment(start),
        PRECISIONS[precision],
        moment(said),
        moment(recorded_at),
        operation,
        text,
        actor,
        instant(within),
        instant(seen),
        instant(end),
        PRECISIONS[end_precision] if end_precision else None,
        bool(holds),
        confidence,
        episode,
        quote,
        None if span_from is None else (span_from, span_to),
        instant(withdrawn_at),
        withdrawn_by,
        external_id,
        attributes(attributes_),
        tuple(Lapse(by, moment(at), moment(until)) for by, at, until in orjson.loads(lapses)) if lapses != "[]" else (),
        (said_subject or subject, said_object or object_) if said_subject or said_object else None,
    )


CHANGE = """c.id, c.uuid, c.operation, c.kind, c.at, c.actor, c.rule, c.reason, c.episode, c.facts, c.entities, c.undoes,
    (SELECT w.uuid FROM work w WHERE w.id = c.work)"""


def change(group: str, row: Row) -> Change:
    id_, uuid, operation, kind, at, actor, rule, reason, episode, facts, entities, undoes, work = row
    return Change(
        uuid=uuid,
        group=group,
        operation=operation,
        kind=ChangeKind(kind),
        at=moment(at),
        actor=actor,
        rule=rule,
        reason=reason,
        seq=id_ & SEQUENCE,
        episode=episode,
        facts=names(facts),
        entities=names(entities),
        undoes=undoes,
        work=work,
    )


def change_columns(change: Change) -> dict[str, Any]:
    """What a statement writes of it, without row ids."""
    return {
        "uuid": change.uuid,
        "operation": change.operation,
        "kind": change.kind.value,
        "at": to_micros(change.at),
        "actor": change.actor,
        "rule": change.rule,
        "reason": change.reason,
        "episode": change.episode,
        "facts": written(change.facts),
        "entities": written(change.entities),
        "undoes": change.undoes,
        "work": change.work,
    }


OPERATION = "o.uuid, o.at, o.root, o.undoes, o.did"
_LISTS = ("changes", "asserted", "withdrew", "revised", "reviews")


def did(operation: Operation) -> str:
    """What an operation touched, as one column."""
    lists: dict[str, Any] = {name: list(getattr(operation, name)) for name in _LISTS}
    return json.dumps(lists if operation.updates is None else {**lists, "updates": operation.updates})


def operation(row: Row) -> Operation:
    uuid, at, root, undoes, text = row
    found = orjson.loads(text)
    lists = {name: tuple(found[name]) for name in _LISTS}
    before_and_after = found.get("updates")
    updates = None if before_and_after is None else (UpdatePolicy(before_and_after[0]), UpdatePolicy(before_and_after[1]))
    return Operation(uuid, moment(at), root, undoes, **lists, updates=updates)


REVIEW = "r.uuid, r.kind, r.reason, r.opened_at, r.facts, r.entities, r.resolved_at, r.resolution"


def review(group: str, row: Row) -> Review:
    uuid, kind, reason, opened_at, facts, entities, resolved_at, resolution = row
    return Review(uuid, group, ReviewKind(kind), reason, moment(opened_at), names(facts), names(entities), instant(resolved_at), resolution)


SEQUENCE = 0xFFFFFFFF
"""The lower half of a row id counts within a group; the upper half is the group's number."""
