"""One Delta, written whole in one statement: entities, assertions, facts, the log, vectors, and the Work's progress."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, count
from typing import Any
from uuid import uuid4

from graph.delta import Closing, Delta
from graph.errors import Conflict, NotFound, StaleVersion
from graph.model import Assertion, Change, Entity, Fact, Review, Vector
from graph.operations import recorded
from graph.resolve import PERSON, first_name, normal
from graph.spelling import near_keys
from graph.stores.leases import lost
from graph.stores.neo4j import rows
from graph.stores.neo4j.database import Database, Row, Transaction
from graph.stores.neo4j.faces import face, labels_of
from graph.stores.neo4j.groups import properties, properties_of_new
from graph.stores.neo4j.queries import writing as sql
from graph.stores.neo4j.rows import Properties
from graph.stores.neo4j.vectors import Place, require_dimension, sent
from graph.stores.neo4j.view import FAR_MICROS, past_token, token_of
from graph.stores.neo4j.words import plain_words
from graph.time import from_micros, in_utc, to_micros

REQUIRED = {
    "known_entities": "entity",
    "known_episodes": "episode",
    "known_assertions": "assertion",
    "withdrawn": "assertion to withdraw",
    "reinstated": "withdrawn assertion",
    "closings": "open fact",
    "confidences": "unretracted fact",
    "supports": "fact",
    "retractions": "unretracted fact",
    "changed": "fact",
    "fact_vectors": "fact",
}
"""What must be there, by the parameter that names it, in the order of the statement's answers."""


async def apply(database: Database, delta: Delta, lease: str | None, place: Place) -> tuple[Change, ...]:
    """The changes as numbered. What is found wrong after the statement rolls back all that it wrote."""
    for vector in _vectors(delta):
        require_dimension(vector, place.dimension)
    params = {**_Writing(delta, place.slot).params(), "lease": lease, "slot": place.slot}

    async def write(transaction: Transaction) -> tuple[Change, ...]:
        answer: Row = await transaction.rows(sql.APPLY, **params)
        version, last_at, seq, work, found = answer
        _require_agreed(delta, version, last_at)
        if lease is not None and work is None:
            raise lost(lease)
        _require_found(params, found)
        return tuple(replace(c, group=delta.group, seq=seq + n, work=work or c.work) for n, c in enumerate(delta.changes, start=1))

    return await database.write(write)


def _require_agreed(delta: Delta, version: int, last_at: int) -> None:
    """Raises StaleVersion where the group moved on, Conflict where time would go back."""
    if version != delta.version:
        raise StaleVersion(
            f"the group {delta.group!r} is at version {version}, and the change was computed at {delta.version}", hint="Compute it again."
        )
    if to_micros(delta.at) <= last_at:
        raise Conflict(
            f"the operation at {delta.at.isoformat()!r} is not later than the last one, {from_micros(last_at)}",
            hint="Give it a later time.",
        )


def _require_found(params: Properties, found: Sequence[Sequence[str]]) -> None:
    for (name, what), there in zip(REQUIRED.items(), found, strict=True):
        wanted = {item if isinstance(item, str) else item["fact"] for item in params[name]}
        missing = sorted(wanted - set(there))
        if missing:
            raise NotFound(f"there is no {what} {missing[0]!r} in the group {params['group']!r}")


def _vectors(delta: Delta) -> Iterable[Vector]:
    return chain(delta.vectors.entities.values(), delta.vectors.facts.values(), delta.vectors.episodes.values())


class _Writing:
    """One Delta as the statement's parameters: a list a part, new records with their place in the Delta (`no`)."""

    def __init__(self, delta: Delta, slot: str | None) -> None:
        self.delta = delta
        self.slot = slot
        self.at = to_micros(delta.at)
        self.token = token_of(delta.group)
        self.places = count(1)
        self.changes = _gathered((fact, change.uuid) for change in delta.changes for fact in change.facts)

    def params(self) -> Properties:
        parts = {**self._group(), **self._entities(), **self._assertions(), **self._facts(), **self._mentions(), **self._log()}
        return {**parts, "numbers": next(self.places) - 1}

    def _group(self) -> Properties:
        return {
            "group": self.delta.group,
            "new_group": properties_of_new(self.delta.group, self.at),
            "version": self.delta.version,
            "operation": self.delta.operation,
            "at": self.at,
            "time": in_utc(self.delta.at),
            "far": FAR_MICROS,
            "past": past_token(self.delta.group),
            "settings": self._settings(),
            "did": rows.operation_properties(recorded(self.delta), self.delta.group),
        }

    def _settings(self) -> Properties:
        """What it sets at the group."""
        ontology = {"ontology_hash": self.delta.ontology} if self.delta.ontology else {}
        made_by = self.delta.space
        space = {"embedder": made_by.embedder, "dimension": made_by.dimension, "slot": self.slot} if made_by else {}
        return {**(properties(self.delta.settings[1]) if self.delta.settings else {}), **ontology, **space}

    def _placed(self, name: str, record: Properties, **more: Any) -> Properties:
        return {name: {**record, "group_id": self.delta.group}, "no": next(self.places), **more}

    # entities

    def _entities(self) -> Properties:
        given, vectors = self.delta, self.delta.vectors.entities
        made = {e.uuid for e in given.entities}
        stated: Iterable[Assertion | Fact] = chain(given.assertions, given.facts)
        ends = {end for one in stated for end in (one.subject, one.object)}
        ends |= {uuid for a in given.assertions for uuid in a.said_of or ()} | {e.merged_into for e in given.revised if e.merged_into}
        named = ends | {entity for _, entity in given.mentions} | {e.uuid for e in given.revised} | vectors.keys()
        return {
            "known_entities": list(named - made),
            "entities": [
                self._placed("face", face(e), labels=labels_of(e.type), vector=_sent(vectors.get(e.uuid))) for e in given.entities
            ],
            "revised": [
                {"face": {**face(e), "group_id": given.group}, "labels": labels_of(e.type), "one": e.merged_into or e.uuid}
                for e in given.revised
            ],
            "versions": [
                {"version": version_properties(e, given.group, self.at), "names": names_of(e)} for e in (*given.entities, *given.revised)
            ],
            "entity_vectors": [{"uuid": uuid, "vector": sent(vector)} for uuid, vector in vectors.items() if uuid not in made],
        }

    # assertions

    def _assertions(self) -> Properties:
        given, vectors = self.delta, self.delta.vectors.episodes
        said_in = {a.episode for a in given.assertions if a.episode is not None}
        links = [*((fact.uuid, uuid) for fact in given.facts for uuid in fact.assertions), *given.supports]
        behind = _gathered((assertion, fact) for fact, assertion in links)
        return {
            "known_episodes": list(said_in | {episode for episode, _ in given.mentions} | vectors.keys()),
            "known_assertions": list(behind.keys() - {a.uuid for a in given.assertions}),
            "assertions": [self._placed("told", rows.assertion_properties(a)) for a in given.assertions],
            "withdrawn": list(given.withdrawn),
            "reinstated": list(given.reinstated),
            "links": [{"assertion": assertion, "facts": facts} for assertion, facts in behind.items()],
            "episode_vectors": [{"uuid": uuid, "vector": sent(vector)} for uuid, vector in vectors.items()],
        }

    # facts

    def _facts(self) -> Properties:
        given, vectors = self.delta, self.delta.vectors.facts
        drawn = {f.uuid for f in given.facts}
        return {
            "facts": [self._fact(fact, _sent(vectors.get(fact.uuid))) for fact in given.facts],
            "fact_vectors": [{"fact": uuid, "vector": sent(vector)} for uuid, vector in vectors.items() if uuid not in drawn],
            "closings": [{"fact": c.fact, "end": self._end(c)} for c in given.closings],
            "confidences": [{"fact": fact, "confidence": confidence} for fact, confidence in given.confidences],
            "supports": [{"fact": fact, "assertions": more} for fact, more in _gathered(given.supports).items()],
            "retractions": [{"fact": r.fact, "replaced_by": r.replaced_by} for r in given.retractions],
            "changed": [{"fact": fact, "changes": more} for fact, more in self.changes.items() if fact not in drawn],
        }

    def _fact(self, fact: Fact, vector: Any) -> Properties:
        record = {**rows.fact_properties(fact, self.token), "changes": self.changes.get(fact.uuid, [])}
        return self._placed("fact", record, type="RELATES_TO" if fact.retracted_at is None else "RETRACTED", vector=vector)

    def _end(self, closing: Closing) -> Properties:
        return {
            "invalid_at": in_utc(closing.invalid_at),
            "expired_at": in_utc(self.delta.at),
            "valid_until": to_micros(closing.invalid_at),
            "expired_from": self.at,
            "end_precision": closing.precision.value,
        }

    # what connects and explains them

    def _mentions(self) -> Properties:
        pairs = dict.fromkeys(self.delta.mentions)
        return {
            "mentions": [{"episode": episode, "entity": entity, "uuid": str(uuid4()), "no": next(self.places)} for episode, entity in pairs]
        }

    def _log(self) -> Properties:
        return {
            "reviews": [self._placed("review", review_properties(review)) for review in self.delta.reviews],
            "changes": [
                {"change": {**change_properties(change), "group_id": self.delta.group}, "no": n}
                for n, change in enumerate(self.delta.changes, start=1)
            ],
        }


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The seconds of each first, once each, in their order."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for first, second in dict.fromkeys(pairs):
        found[first].append(second)
    return dict(found)


def _sent(vector: Vector | None) -> Any:
    return None if vector is None else sent(vector)


def version_properties(entity: Entity, group: str, recorded_at: int) -> Properties:
    """How an entity reads from an instant on."""
    return {
        "group_id": group,
        "entity": entity.uuid,
        "name": entity.name,
        "norm": normal(entity.name),
        "type": entity.type,
        "key": entity.key,
        "aliases": list(entity.aliases),
        "summary": entity.summary,
        "merged_into": entity.merged_into,
        "apart": list(entity.apart),
        "created_at": to_micros(entity.created_at),
        "recorded_at": recorded_at,
        "until": FAR_MICROS,
        "words": plain_words(" ".join((entity.name, *entity.aliases))),
        "token": token_of(group),
    }


def names_of(entity: Entity) -> list[list[str]]:
    """The normalised names that an entity is found by, each with its kind, once each."""
    named = [(normal(entity.name), "KEY"), *((normal(alias), "ALIAS") for alias in entity.aliases)]
    first = normal(first_name(entity.name))
    if entity.type == PERSON and first not in {name for name, _ in named}:
        named.append((first, "FIRST_NAME"))
    named += [(key, "NEAR") for key in near_keys(entity.name, entity.type)]
    return [[name, kind] for name, kind in dict.fromkeys(named) if name]


def review_properties(review: Review) -> Properties:
    return {
        "uuid": review.uuid,
        "kind": review.kind.value,
        "reason": review.reason,
        "opened_at": to_micros(review.opened_at),
        "resolved_at": rows.micros(review.resolved_at),
        "facts": list(review.facts),
        "entities": list(review.entities),
        "resolution": review.resolution,
    }


def change_properties(change: Change) -> Properties:
    return {
        "uuid": change.uuid,
        "operation": change.operation,
        "kind": change.kind.value,
        "at": to_micros(change.at),
        "actor": change.actor,
        "rule": change.rule,
        "reason": change.reason,
        "episode": change.episode,
        "facts": list(change.facts),
        "entities": list(change.entities),
        "undoes": change.undoes,
        "work": change.work,
    }
