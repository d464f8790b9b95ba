"""Between records and rows: for each noun the list a statement collects, and the record it makes; and what is written of it.

Instants are whole microseconds in properties of ours; properties of Graphiti's are temporals, written and never read.
"""

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
from graph.stores.neo4j.view import FAR_MICROS
from graph.stores.neo4j.words import plain_words
from graph.time import Precision, from_micros, to_micros

Row = Sequence[Any]
Properties = dict[str, Any]
PRECISIONS = {precision.value: precision for precision in Precision}
# Records share their instants (all of one operation are one), and making a datetime costs as much as the rest of a small record.
moment = lru_cache(65_536)(from_micros)


def micros(at: datetime | None) -> int | None:
    return None if at is None else to_micros(at)


def instant(value: int | None) -> datetime | None:
    return None if value is None else moment(value)


def known_end(value: int) -> datetime | None:
    """An instant whose null is written as a far date."""
    return None if value == FAR_MICROS else moment(value)


def written(value: Mapping[str, Json]) -> str:
    return json.dumps(value, ensure_ascii=False)


def attributes(text: str) -> dict[str, Json]:
    return dict(orjson.loads(text)) if text != "{}" else {}


GROUP = "[g.name, g.version, g.created_at, g.last_at, g.updates, g.timezone, g.extractor, g.ontology_hash, g.embedder, g.dimension]"


def space(embedder: str | None, dimension: int | None) -> Space | None:
    return None if embedder is None or dimension is None else Space(embedder, dimension)


def group(row: Row) -> Group:
    name, version, created_at, last_at, updates, timezone, extractor, ontology_hash, *place = row
    settings = GroupSettings(UpdatePolicy(updates), timezone, extractor)
    return Group(name, version, moment(created_at), moment(last_at), settings, ontology_hash, space(*place))


KEY = "[k.id, k.hash, k.groups, k.scope, k.created_at, k.expires_at, k.revoked_at]"


def key(row: Row) -> Key:
    id_, hash_, groups, scope, created_at, expires_at, revoked_at = row
    return Key(id_, hash_, tuple(groups), Scope(scope), moment(created_at), instant(expires_at), instant(revoked_at))


def session(group: str, row: Row) -> Session:
    uuid, name, title, started_at, last_at = row
    return Session(uuid, group, name, title, moment(started_at), moment(last_at))


EPISODE = "[m.uuid, m.session, m.kind, m.role, m.name, m.content, m.said_at, m.instant, m.created_at, m.external_id, m.metadata, m.work]"


def episode(group: str, row: Row) -> Episode:
    uuid, session, kind, role, name, content, said_at, at, created_at, external_id, metadata, work = row
    return Episode(
        uuid=uuid,
        group=group,
        session=session,
        kind=EpisodeKind(kind),
        role=role,
        name=name,
        content=content,
        said_at=datetime.fromisoformat(said_at),
        instant=moment(at),
        created_at=moment(created_at),
        external_id=external_id,
        metadata=attributes(metadata),
        work=work,
    )


WORK = "[w.uuid, w.session, w.state, w.queued_at, w.total, w.done, w.attempts, w.error, w.finished_at]"


def work(group: str, row: Row) -> Work:
    uuid, session, state, queued_at, total, done, attempts, error, finished_at = row
    return Work(uuid, group, session, WorkState(state), moment(queued_at), total, done, attempts, error, instant(finished_at))


ENTITY = """[v.entity, v.name, v.type, v.key, v.created_at, v.recorded_at, v.aliases, v.summary, v.merged_into,
    coalesce(v.apart, [])]"""


def entity(group: str, row: Row) -> Entity:
    uuid, name, type_, key, created_at, recorded_at, aliases, summary, merged_into, apart = row
    return Entity(
        uuid=uuid,
        group=group,
        name=name,
        type=type_,
        key=key,
        created_at=moment(created_at),
        recorded_at=moment(recorded_at),
        aliases=tuple(aliases),
        summary=summary,
        merged_into=merged_into,
        apart=tuple(apart),
    )


FACT = """[r.uuid, r.key, r.subject, r.relation, r.object, r.fact, r.valid_from, r.precision, r.created_from, r.valid_until,
    r.end_precision, r.expired_from, r.retracted_from, r.replaced_by, r.confidence, r.assertions, r.episodes, r.attributes,
    r.sure_before, r.sure_until]"""


def fact(group: str, row: Row) -> Fact:
    uuid, key, subject, relation, object_, text, valid_from, precision, created_from = row[:9]
    valid_until, end_precision, expired_from, retracted_from, replaced_by, confidence, assertions, episodes, attributes_ = row[9:18]
    ended = valid_until != FAR_MICROS
    return Fact(
        uuid=uuid,
        group=group,
        key=key,
        subject=subject,
        relation=relation,
        object=object_,
        text=text,
        valid_at=moment(valid_from),
        valid_at_precision=PRECISIONS[precision],
        created_at=moment(created_from),
        invalid_at=moment(valid_until) if ended else None,
        invalid_at_precision=PRECISIONS[end_precision] if end_precision else None,
        expired_at=moment(expired_from) if ended and expired_from != created_from else None,
        retracted_at=known_end(retracted_from),
        replaced_by=replaced_by,
        confidence=confidence,
        assertions=tuple(assertions),
        episodes=tuple(episodes),
        attributes=attributes(attributes_),
        confidences=tuple(Confidence(value, moment(until)) for value, until in zip(*row[18:], strict=True)) if row[18] else (),
    )


def fact_properties(fact: Fact, token: str) -> Properties:
    """Graphiti's properties, then ours. An end that was known from the start counts as known from `created_from` on."""
    return {
        "uuid": fact.uuid,
        "group_id": fact.group,
        "name": fact.relation,
        "fact": fact.text,
        "episodes": list(fact.episodes),
        "created_at": fact.created_at,
        "valid_at": fact.valid_at,
        "invalid_at": fact.invalid_at,
        "expired_at": None if fact.invalid_at is None else fact.expired_at or fact.created_at,
        "reference_time": fact.valid_at,
        "token": token,
        "words": plain_words(fact.text),
        "key": fact.key,
        "subject": fact.subject,
        "relation": fact.relation,
        "object": fact.object,
        "valid_from": to_micros(fact.valid_at),
        "precision": fact.valid_at_precision.value,
        "created_from": to_micros(fact.created_at),
        "valid_until": to_micros(fact.valid_until),
        "end_precision": fact.invalid_at_precision.value if fact.invalid_at_precision else None,
        "expired_from": to_micros(fact.expired_from),
        "retracted_from": to_micros(fact.retracted_from),
        "replaced_by": fact.replaced_by,
        "confidence": fact.confidence,
        "assertions": list(fact.assertions),
        "attributes": written(fact.attributes),
        "sure_before": [before.value for before in fact.confidences],
        "sure_until": [to_micros(before.until) for before in fact.confidences],
    }


ASSERTION = """[a.uuid, a.subject, a.relation, a.object, a.start, a.precision, a.said, a.recorded_at, a.operation, a.text, a.actor,
    a.within, a.seen, a.end, a.end_precision, a.holds, a.confidence, a.episode, a.quote, a.span, a.withdrawn_at, a.withdrawn_by,
    a.external_id, a.attributes, a.said_subject, a.said_object, a.lapsed_by, a.lapsed_at, a.lapsed_until]"""


def assertion(group: str, row: Row) -> Assertion:
    uuid, subject, relation, object_, start, precision, said, recorded_at, operation, text, actor = row[:11]
    within, seen, end, end_precision, holds, confidence, episode, quote, span = row[11:20]
    withdrawn_at, withdrawn_by, external_id, attributes_, said_subject, said_object, *lapses = row[20:]
    return Assertion(
        uuid=uuid,
        group=group,
        subject=subject,
        relation=relation,
        object=object_,
        start=moment(start),
        precision=PRECISIONS[precision],
        said=moment(said),
        recorded_at=moment(recorded_at),
        operation=operation,
        text=text,
        actor=actor,
        within=instant(within),
        seen=instant(seen),
        end=instant(end),
        end_precision=PRECISIONS[end_precision] if end_precision else None,
        holds=holds,
        confidence=confidence,
        episode=episode,
        quote=quote,
        span=None if span is None else (span[0], span[1]),
        withdrawn_at=instant(withdrawn_at),
        withdrawn_by=withdrawn_by,
        external_id=external_id,
        attributes=attributes(attributes_),
        lapses=tuple(Lapse(by, moment(at), moment(until)) for by, at, until in zip(*lapses, strict=True)) if lapses[0] else (),
        said_of=(said_subject or subject, said_object or object_) if said_subject or said_object else None,
    )


def assertion_properties(assertion: Assertion) -> Properties:
    said_subject, said_object = assertion.said_of or (assertion.subject, assertion.object)
    return {
        "uuid": assertion.uuid,
        "group_id": assertion.group,
        "subject": assertion.subject,
        "relation": assertion.relation,
        "object": assertion.object,
        "start": to_micros(assertion.start),
        "precision": assertion.precision.value,
        "said": to_micros(assertion.said),
        "recorded_at": to_micros(assertion.recorded_at),
        "operation": assertion.operation,
        "text": assertion.text,
        "actor": assertion.actor,
        "within": micros(assertion.within),
        "seen": micros(assertion.seen),
        "end": micros(assertion.end),
        "end_precision": assertion.end_precision.value if assertion.end_precision else None,
        "holds": assertion.holds,
        "confidence": assertion.confidence,
        "episode": assertion.episode,
        "quote": assertion.quote,
        "span": list(assertion.span) if assertion.span else None,
        "withdrawn_at": micros(assertion.withdrawn_at),
        "withdrawn_by": assertion.withdrawn_by,
        "external_id": assertion.external_id,
        "attributes": written(assertion.attributes),
        "said_subject": said_subject if said_subject != assertion.subject else None,
        "said_object": said_object if said_object != assertion.object else None,
        "facts": [],
    }


CHANGE = "[c.uuid, c.operation, c.kind, c.at, c.actor, c.rule, c.reason, c.seq, c.episode, c.facts, c.entities, c.undoes, c.work]"


def change(group: str, row: Row) -> Change:
    uuid, operation, kind, at, actor, rule, reason, seq, episode, facts, entities, undoes, work = row
    return Change(
        uuid=uuid,
        group=group,
        operation=operation,
        kind=ChangeKind(kind),
        at=moment(at),
        actor=actor,
        rule=rule,
        reason=reason,
        seq=seq,
        episode=episode,
        facts=tuple(facts),
        entities=tuple(entities),
        undoes=undoes,
        work=work,
    )


OPERATION = "[o.uuid, o.at, o.root, o.undoes, o.changes, o.asserted, o.withdrew, o.revised, o.reviews, o.updates]"


def operation(row: Row) -> Operation:
    uuid, at, root, undoes, changes, asserted, withdrew, revised, reviews, updates = row
    return Operation(
        uuid=uuid,
        at=moment(at),
        root=root,
        undoes=undoes,
        changes=tuple(changes),
        asserted=tuple(asserted),
        withdrew=tuple(withdrew),
        revised=tuple(revised),
        reviews=tuple(reviews),
        updates=None if updates is None else (UpdatePolicy(updates[0]), UpdatePolicy(updates[1])),
    )


def operation_properties(operation: Operation, group: str) -> Properties:
    """But for `root`, which the statement finds."""
    return {
        "group_id": group,
        "uuid": operation.uuid,
        "at": to_micros(operation.at),
        "undoes": operation.undoes,
        "changes": list(operation.changes),
        "asserted": list(operation.asserted),
        "withdrew": list(operation.withdrew),
        "revised": list(operation.revised),
        "reviews": list(operation.reviews),
        "updates": None if operation.updates is None else [policy.value for policy in operation.updates],
    }


REVIEW = "[w.uuid, w.kind, w.reason, w.opened_at, w.facts, w.entities, w.resolved_at, w.resolution]"


def review(group: str, row: Row) -> Review:
    uuid, kind, reason, opened_at, facts, entities, resolved_at, resolution = row
    return Review(uuid, group, ReviewKind(kind), reason, moment(opened_at), tuple(facts), tuple(entities), instant(resolved_at), resolution)
