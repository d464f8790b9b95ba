"""One Delta, written whole: entities, assertions, facts, the log, vectors, and the Work's progress."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from graph.delta import Delta
from graph.errors import Conflict, NotFound, StaleVersion
from graph.model import Assertion, Change, Entity, Fact, Review
from graph.operations import recorded
from graph.resolve import PERSON, first_name, normal
from graph.spelling import near_keys
from graph.stores.embedded import queue, rows
from graph.stores.embedded.concordance import Concordance, Noted, words_of
from graph.stores.embedded.groups import advance, columns, number_of
from graph.stores.embedded.queries import entities as entity_sql
from graph.stores.embedded.queries import groups
from graph.stores.embedded.queries import writing as sql
from graph.stores.embedded.rows import FAR_MICROS, SEQUENCE
from graph.stores.embedded.vectors import Saved, Shelf, save
from graph.stores.embedded.view import bounds, listed
from graph.time import to_micros

Params = dict[str, Any]


def apply(db: sqlite3.Connection, delta: Delta, lease: str | None) -> tuple[tuple[Change, ...], list[Saved], Noted]:
    """The changes as numbered, the vectors that matrices in memory lack now, and the words whose postings there are stale."""
    number = _agreed(db, delta)
    work = queue.work_of(db, lease) if lease is not None else None
    writing = _Writing(db, delta, number)
    writing.entities()
    writing.assertions()
    writing.facts()
    writing.mentions()
    writing.reviews()
    changes = writing.changes(work)
    writing.operation()
    saved = writing.vectors()
    writing.settings()
    advance(db, number, delta.at, delta)
    if lease is not None:
        queue.advance(db, lease, delta.at)
    return changes, saved, writing.words.noted


def _agreed(db: sqlite3.Connection, delta: Delta) -> int:
    """The group's number. Raises StaleVersion where the group moved on, Conflict where time would go back."""
    number_of(db, delta.group, delta.at)
    number, version, last_at = db.execute(groups.VERSION, {"name": delta.group}).fetchone()
    if version != delta.version:
        raise StaleVersion(
            f"the group {delta.group!r} is at version {version}, and the change was computed at {delta.version}", hint="Compute it again."
        )
    if to_micros(delta.at) <= last_at:
        raise Conflict(
            f"the operation at {delta.at.isoformat()!r} is not later than the last one, {rows.instant(last_at)}",
            hint="Give it a later time.",
        )
    return int(number)


class _Writing:
    """The parts of one Delta in the order they depend on each other."""

    def __init__(self, db: sqlite3.Connection, delta: Delta, number: int) -> None:
        self.db = db
        self.delta = delta
        self.number = number
        self.at = to_micros(delta.at)
        self.words = Concordance(db, number)
        self.entity_ids: dict[str, int] = {}
        self.assertion_ids: dict[str, int] = {}
        self.fact_ids: dict[str, int] = {}
        self.episodes_of: dict[str, tuple[int, int | None, int]] = {}

    # entities

    def entities(self) -> None:
        self.entity_ids = self._known_entities()
        self._add_entities()
        for entity in self.delta.revised:
            self._end_version(entity)
        given = (*self.delta.entities, *self.delta.revised)
        versions = list(zip(given, self._ids("entity_version", len(given)), strict=True))
        self.db.executemany(sql.ADD_VERSION, [self._version(entity, id_) for entity, id_ in versions])
        self.db.executemany(sql.ADD_NAME, [row for entity, id_ in versions for row in names_of(entity, self.number, id_)])
        self.words.add("ENTITY", {id_: words_of(e.name, e.aliases) for e, id_ in versions})
        for statement in sql.COUNT_FOR.values():
            self.db.executemany(statement, [self._one(entity) for entity in self.delta.revised])

    def _known_entities(self) -> dict[str, int]:
        made, given = {e.uuid for e in self.delta.entities}, self.delta.revised
        ends = {uuid for a in self.delta.assertions for uuid in (a.subject, a.object)} | {
            uuid for f in self.delta.facts for uuid in (f.subject, f.object)
        }
        ends |= {uuid for a in self.delta.assertions for uuid in a.said_of or ()} | {e.merged_into for e in given if e.merged_into}
        ends |= {uuid for _, uuid in self.delta.mentions} | {e.uuid for e in given} | set(self.delta.vectors.entities)
        return self._found(entity_sql.IDS, ends - made, "entity")

    def _add_entities(self) -> None:
        for entity, id_ in zip(self.delta.entities, self._ids("entity", len(self.delta.entities)), strict=True):
            self.entity_ids[entity.uuid] = id_
            created = to_micros(entity.created_at)
            row = {"id": id_, "grp": self.number, "uuid": entity.uuid, "key": entity.key, "created_at": created}
            self.db.execute(sql.ADD_ENTITY, row)

    def _end_version(self, entity: Entity) -> None:
        id_ = self.entity_ids[entity.uuid]
        self.db.execute(sql.REKEY_ENTITY, {"id": id_, "key": entity.key})
        version, name, aliases, type_ = self.db.execute(sql.PRESENT_VERSION, {"entity": id_, "far": FAR_MICROS}).fetchone()
        self.db.execute(sql.END_VERSION, {"id": version, "at": self.at})
        self.db.executemany(sql.END_NEAR, [{"grp": self.number, "name": key, "version": version} for key in near_keys(name, type_)])
        self.words.bury("ENTITY", {version: words_of(name, rows.names(aliases))})

    def _one(self, entity: Entity) -> Params:
        """Itself, and whom it is one with from now on."""
        return {"entity": self.entity_ids[entity.uuid], "one": self.entity_ids[entity.merged_into or entity.uuid]}

    def _version(self, entity: Entity, id_: int) -> Params:
        return {
            "id": id_,
            "grp": self.number,
            "entity": self.entity_ids[entity.uuid],
            "recorded_at": self.at,
            "far": FAR_MICROS,
            "name": entity.name,
            "norm": normal(entity.name),
            "type": entity.type,
            "key": entity.key,
            "aliases": rows.written(entity.aliases),
            "summary": entity.summary,
            "merged_into": entity.merged_into,
            "apart": rows.written(entity.apart),
        }

    # assertions

    def assertions(self) -> None:
        said_in = {a.episode for a in self.delta.assertions if a.episode is not None}
        wanted = said_in | {uuid for uuid, _ in self.delta.mentions} | set(self.delta.vectors.episodes)
        rows_ = self.db.execute(sql.EPISODE_IDS, {"grp": self.number, "uuids": listed(wanted)})
        self.episodes_of = {uuid: (id_, session, instant) for uuid, id_, session, instant in rows_}
        self._require("episode", wanted, self.episodes_of)
        for assertion, id_ in zip(self.delta.assertions, self._ids("assertion", len(self.delta.assertions)), strict=True):
            self.assertion_ids[assertion.uuid] = id_
            self.db.execute(sql.ADD_ASSERTION, self._assertion(assertion, id_))
        withdrawn = [{"grp": self.number, "uuid": uuid, "at": self.at, "operation": self.delta.operation} for uuid in self.delta.withdrawn]
        self._each(sql.WITHDRAW, withdrawn, "assertion to withdraw")
        reinstated = [{"grp": self.number, "uuid": uuid, "at": self.at} for uuid in self.delta.reinstated]
        self._each(sql.REINSTATE, reinstated, "withdrawn assertion")

    def _assertion(self, a: Assertion, id_: int) -> Params:
        episode, session, _ = self.episodes_of[a.episode] if a.episode is not None else (None, None, 0)
        said_subject, said_object = a.said_of or (a.subject, a.object)
        return {
            "id": id_,
            "grp": self.number,
            "uuid": a.uuid,
            "subject": self.entity_ids[a.subject],
            "relation": a.relation,
            "object": self.entity_ids[a.object],
            "start": to_micros(a.start),
            "precision": a.precision.value,
            "said": to_micros(a.said),
            "recorded_at": to_micros(a.recorded_at),
            "operation": a.operation,
            "text": a.text,
            "actor": a.actor,
            "within": rows.micros(a.within),
            "seen": rows.micros(a.seen),
            "end_at": rows.micros(a.end),
            "end_precision": a.end_precision.value if a.end_precision else None,
            "holds": a.holds,
            "confidence": a.confidence,
            "episode": episode,
            "session": session,
            "quote": a.quote,
            "span_from": a.span[0] if a.span else None,
            "span_to": a.span[1] if a.span else None,
            "withdrawn_at": rows.micros(a.withdrawn_at),
            "withdrawn_by": a.withdrawn_by,
            "external_id": a.external_id,
            "attributes": rows.written(a.attributes),
            "said_subject": self.entity_ids[said_subject] if said_subject != a.subject else None,
            "said_object": self.entity_ids[said_object] if said_object != a.object else None,
        }

    # facts

    def facts(self) -> None:
        behind = {uuid for fact in self.delta.facts for uuid in fact.assertions} | {uuid for _, uuid in self.delta.supports}
        self.assertion_ids |= self._found(sql.ASSERTION_IDS, behind - self.assertion_ids.keys(), "assertion")
        for fact, id_ in zip(self.delta.facts, self._ids("fact", len(self.delta.facts)), strict=True):
            self.fact_ids[fact.uuid] = id_
        self.db.executemany(sql.ADD_FACT, [self._fact(fact) for fact in self.delta.facts])
        for past in (False, True):
            texts = {self.fact_ids[f.uuid]: f.text for f in self.delta.facts if (f.retracted_at is not None) == past}
            self.words.add("FACT", texts, past)
        links = [(fact.uuid, uuid) for fact in self.delta.facts for uuid in fact.assertions]
        self._close_and_retract()
        self._support(links)

    def _fact(self, fact: Fact) -> Params:
        ids = {"id": self.fact_ids[fact.uuid], "grp": self.number}
        return rows.fact_columns(fact) | ids | {"subject": self.entity_ids[fact.subject], "object": self.entity_ids[fact.object]}

    def _close_and_retract(self) -> None:
        ended = [
            {"grp": self.number, "uuid": c.fact, "end": to_micros(c.invalid_at), "precision": c.precision.value, "at": self.at}
            for c in self.delta.closings
        ]
        self._each(sql.CLOSE_FACT, ended, "open fact")
        weighed = [{"grp": self.number, "uuid": fact, "confidence": sure, "at": self.at} for fact, sure in self.delta.confidences]
        self._each(sql.WEIGH_FACT, weighed, "unretracted fact")
        for retraction in self.delta.retractions:
            row = {"grp": self.number, "uuid": retraction.fact, "at": self.at, "replaced_by": retraction.replaced_by}
            found = self.db.execute(sql.RETRACT_FACT, row).fetchone()
            self._require("unretracted fact", [retraction.fact], [retraction.fact] if found else [])
            id_, text = found
            self.words.bury("FACT", {id_: text})

    def _support(self, links: list[tuple[str, str]]) -> None:
        touched = {uuid for uuid, _ in self.delta.supports} | {uuid for change in self.delta.changes for uuid in change.facts}
        touched |= set(self.delta.vectors.facts)
        self.fact_ids |= self._found(sql.FACT_IDS, touched - self.fact_ids.keys(), "fact")
        more = [{"fact": self.fact_ids[f], "assertion": a, "id": self.assertion_ids[a]} for f, a in self.delta.supports]
        self.db.executemany(sql.SUPPORT_FACT, more)
        pairs = [{"fact": self.fact_ids[f], "assertion": self.assertion_ids[a]} for f, a in (*links, *self.delta.supports)]
        self.db.executemany(sql.LINK_ASSERTION, pairs)

    # what connects and explains them

    def mentions(self) -> None:
        for uuid, entity in self.delta.mentions:
            episode, session, instant = self.episodes_of[uuid]
            row = {"episode": episode, "entity": self.entity_ids[entity], "session": session, "instant": instant, "at": self.at}
            self.db.execute(sql.ADD_MENTION, row)
            if session is not None:
                self.db.execute(sql.SEEN_IN_SESSION, row)

    def reviews(self) -> None:
        ids = self._ids("review", len(self.delta.reviews))
        self.db.executemany(sql.PUT_REVIEW, [self._review(review, id_) for review, id_ in zip(self.delta.reviews, ids, strict=True)])
        for review in self.delta.reviews:
            about = [{"grp": self.number, "entity": uuid, "review": review.uuid} for uuid in review.entities]
            self.db.executemany(sql.ASK_ABOUT if review.resolved_at is None else sql.ASK_NO_MORE, about)

    def _review(self, review: Review, id_: int) -> Params:
        return {
            "id": id_,
            "grp": self.number,
            "uuid": review.uuid,
            "kind": review.kind.value,
            "reason": review.reason,
            "opened_at": to_micros(review.opened_at),
            "resolved_at": rows.micros(review.resolved_at),
            "facts": rows.written(review.facts),
            "entities": rows.written(review.entities),
            "resolution": review.resolution,
        }

    def changes(self, work: str | None) -> tuple[Change, ...]:
        """`work` is the uuid of the Work that they come of; without one they keep their own."""
        ids = self._ids("change", len(self.delta.changes))
        numbered = tuple(
            replace(c, group=self.delta.group, seq=id_ & SEQUENCE, work=work or c.work)
            for c, id_ in zip(self.delta.changes, ids, strict=True)
        )
        self.db.executemany(
            sql.ADD_CHANGE, [rows.change_columns(c) | {"id": id_, "grp": self.number} for c, id_ in zip(numbered, ids, strict=True)]
        )
        links = [{"fact": self.fact_ids[f], "change": id_} for c, id_ in zip(numbered, ids, strict=True) for f in c.facts]
        self.db.executemany(sql.LINK_CHANGE, links)
        return numbered

    def operation(self) -> None:
        did = recorded(self.delta)
        (id_,) = self._ids("operation", 1)
        self.db.execute(
            sql.ADD_OPERATION,
            {"id": id_, "grp": self.number, "uuid": did.uuid, "at": self.at, "undoes": did.undoes, "did": rows.did(did)},
        )

    def settings(self) -> None:
        if self.delta.settings is not None:
            self.db.execute(groups.RESET, {"grp": self.number, **columns(self.delta.settings[1])})

    def vectors(self) -> list[Saved]:
        given = self.delta.vectors
        episode_ids = {uuid: id_ for uuid, (id_, _, _) in self.episodes_of.items()}
        kinds = (
            ("ENTITY", given.entities, self.entity_ids),
            ("FACT", given.facts, self.fact_ids),
            ("EPISODE", given.episodes, episode_ids),
        )
        return [
            save(self.db, Shelf(self.number, kind), {ids[uuid]: vector for uuid, vector in of.items()}) for kind, of, ids in kinds if of
        ]

    # rows

    def _ids(self, table: str, count: int) -> range:
        """The next row ids of the group in a table; without a gap, as nothing of this store deletes the last row."""
        if count == 0:
            return range(0)
        low, high = bounds(self.number)
        last = self.db.execute(sql.LAST[table], {"low": low, "high": high}).fetchone()[0]
        return range((last or low) + 1, (last or low) + 1 + count)

    def _found(self, statement: str, uuids: Iterable[str], what: str) -> dict[str, int]:
        wanted = set(uuids)
        if not wanted:
            return {}
        found = dict(self.db.execute(statement, {"grp": self.number, "uuids": listed(wanted)}).fetchall())
        self._require(what, wanted, found)
        return found

    def _require(self, what: str, wanted: Iterable[str], found: Sequence[str] | Mapping[str, Any]) -> None:
        missing = sorted(set(wanted) - set(found))
        if missing:
            raise NotFound(f"there is no {what} {missing[0]!r} in the group {self.delta.group!r}")

    def _each(self, statement: str, rows_: Sequence[Params], what: str) -> None:
        """Runs a statement that must change one row for each of `rows_`."""
        for row in rows_:
            if self.db.execute(statement, row).rowcount != 1:
                self._require(what, [row["uuid"]], [])


def names_of(entity: Entity, number: int, version: int) -> Iterable[Params]:
    """The names by which a version is found."""
    named = [("KEY", normal(entity.name)), *(("ALIAS", normal(alias)) for alias in entity.aliases)]
    first = normal(first_name(entity.name))
    if entity.type == PERSON and first not in {name for _, name in named}:
        named.append(("FIRST_NAME", first))
    named += [("NEAR", key) for key in near_keys(entity.name, entity.type)]
    return [{"grp": number, "name": name, "version": version, "kind": kind} for kind, name in named if name]
