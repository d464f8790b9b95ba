"""What forgetting reads, and one Erasure written whole: records, their words, vectors, names, Work and the log."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from graph.belief import key_parts
from graph.erasure import FORGOTTEN, Erased, Erasure
from graph.errors import NotFound, StaleVersion
from graph.model import Change, Entity, Fact, Operation, Review, WorkState
from graph.resolve import normal
from graph.stores.embedded import concordance, queue, remembering, rows
from graph.stores.embedded.concordance import Concordance, words_of
from graph.stores.embedded.groups import advance
from graph.stores.embedded.queries import forgetting as sql
from graph.stores.embedded.queries import groups
from graph.stores.embedded.queries import queue as queue_sql
from graph.stores.embedded.queries import vectors as vector_sql
from graph.stores.embedded.queries import writing as writing_sql
from graph.stores.embedded.rows import FAR_MICROS, SEQUENCE
from graph.stores.embedded.vectors import KINDS, Shelf, erase, save
from graph.stores.embedded.view import View, bounds, listed
from graph.stores.embedded.writing import names_of
from graph.stores.leases import READY_AT_ONCE
from graph.time import to_micros
from graph.views import Beliefs


def said(db: sqlite3.Connection, view: View, episodes: Sequence[str], entities: Sequence[str]) -> Beliefs:
    found = view.rows(db, sql.SAID_IN, episodes=listed(episodes)) if episodes else []
    if entities:
        found += [row for statement in sql.SAID_OF.values() for row in view.rows(db, statement, entities=listed(entities))]
    told = {row[0]: rows.assertion(view.group, row) for row in found}
    resting = [rows.fact(view.group, row) for row in view.rows(db, sql.RESTING, uuids=listed(told))]
    return Beliefs(tuple(told.values()), tuple(resting))


def history(db: sqlite3.Connection, view: View, keys: Sequence[str]) -> Beliefs:
    by_side: defaultdict[str, list[list[str]]] = defaultdict(list)
    for key in dict.fromkeys(keys):
        side, parts = key_parts(key)
        by_side[side].append(parts)
    found = [row for side, parts in by_side.items() for row in view.rows(db, sql.UNDER[side], keys=listed(parts))]
    told = {row[0]: rows.assertion(view.group, row) for row in found}
    recorded = [rows.fact(view.group, row) for row in view.rows(db, sql.FACTS_UNDER, keys=listed(keys))]
    return Beliefs(tuple(told.values()), tuple(recorded))


def kin(db: sqlite3.Connection, view: View, entities: Sequence[str]) -> Sequence[str]:
    return [uuid for (uuid,) in view.rows(db, sql.KIN, entities=listed(entities))]


def policies(db: sqlite3.Connection, view: View) -> Sequence[Operation]:
    return [rows.operation(row) for row in view.rows(db, sql.POLICIES)]


def needed(
    db: sqlite3.Connection, view: View, entities: Sequence[str], episodes: Sequence[str], assertions: Sequence[str]
) -> Sequence[str]:
    asked = {"entities": listed(entities), "episodes": listed(episodes), "assertions": listed(assertions)}
    return [uuid for (uuid,) in view.rows(db, sql.NEEDED, **asked)]


def summaries(db: sqlite3.Connection, view: View) -> Sequence[tuple[str, str]]:
    return [(uuid, summary) for uuid, summary in view.rows(db, sql.SUMMARIES)]


def all_reviews(db: sqlite3.Connection, view: View) -> Sequence[Review]:
    return [rows.review(view.group, row) for row in view.rows(db, sql.ALL_REVIEWS)]


def erase_from(db: sqlite3.Connection, erasure: Erasure) -> tuple[int, Erased]:
    """The group's number, and what was erased."""
    number = _agreed(db, erasure.group, erasure.version)
    erasing = _Erasing(db, erasure, number)
    erasing.log()
    erasing.facts()
    erasing.assertions()
    erasing.episodes()
    erasing.entities()
    remembering.forget(db, number)
    tombstone = _bury(db, number, erasure.tombstone)
    return number, Erased(len(erasure.episodes), len(erasure.facts), len(erasure.entities), tombstone)


def wipe(db: sqlite3.Connection, version: int, tombstone: Change) -> tuple[int, Erased]:
    number = _agreed(db, tombstone.group, version)
    low, high = bounds(number)
    whole = {"low": low, "high": high, "grp": number}
    episodes, facts, entities = (db.execute(sql.COUNT[table], whole).fetchone()[0] for table in ("episode", "fact", "entity"))
    for statement in sql.WIPE:
        db.execute(statement, whole)
    concordance.wipe(db, number)
    remembering.forget(db, number)
    for kind in KINDS:
        db.execute(vector_sql.TOUCH, Shelf(number, kind).params())
    return number, Erased(episodes, facts, entities, _bury(db, number, tombstone))


def _agreed(db: sqlite3.Connection, group: str, version: int) -> int:
    """The group's number. Raises StaleVersion where the group moved on."""
    row = db.execute(groups.VERSION, {"name": group}).fetchone()
    if row is None:
        raise NotFound(f"there is no group {group!r}")
    if row[1] != version:
        raise StaleVersion(f"the group {group!r} is at version {row[1]}, and this was computed at {version}", hint="Compute it again.")
    return int(row[0])


def _bury(db: sqlite3.Connection, number: int, tombstone: Change) -> Change:
    """The last entry of the log, as numbered, with the group's next version."""
    low, high = bounds(number)
    id_ = (db.execute(writing_sql.LAST["change"], {"low": low, "high": high}).fetchone()[0] or low) + 1
    db.execute(writing_sql.ADD_CHANGE, rows.change_columns(tombstone) | {"id": id_, "grp": number})
    advance(db, number, tombstone.at)
    return replace(tombstone, seq=id_ & SEQUENCE)


class _Erasing:
    """The parts of one Erasure, what hangs on others before these."""

    def __init__(self, db: sqlite3.Connection, erasure: Erasure, number: int) -> None:
        self.db = db
        self.erasure = erasure
        self.number = number
        self.low, self.high = bounds(number)
        self.words = Concordance(db, number)

    # the log

    def log(self) -> None:
        asking = [*self.erasure.reviews, *(review.uuid for review in self.erasure.asked)]
        self.db.execute(sql.FORGET_ASKED, {"grp": self.number, "uuids": listed(asking)})
        for change in self.erasure.changes:
            self.db.execute(sql.REWRITE_CHANGE, rows.change_columns(change) | {"grp": self.number})
        for review in self.erasure.asked:
            self.db.execute(sql.REWRITE_REVIEW, self._review(review))
            if review.resolved_at is None:
                about = [{"grp": self.number, "entity": uuid, "review": review.uuid} for uuid in review.entities]
                self.db.executemany(writing_sql.ASK_ABOUT, about)
        self.db.execute(sql.ERASE_REVIEWS, {"grp": self.number, "uuids": listed(self.erasure.reviews)})

    def _review(self, review: Review) -> dict[str, Any]:
        about = {"facts": rows.written(review.facts), "entities": rows.written(review.entities)}
        return {"grp": self.number, "uuid": review.uuid, "reason": review.reason, **about}

    # facts

    def facts(self) -> None:
        gone = self._ids("fact", self.erasure.facts)
        again = self._ids("fact", [fact.uuid for fact in self.erasure.redrawn])
        self._unindex("FACT", self._rows(sql.FACT_WORDS, (*gone.values(), *again.values())))
        for statement in sql.ERASE_FACTS:
            self._run(statement, (*gone.values(), *again.values()))
        self._run(sql.UNLINK_FACTS, gone.values())
        ids = self._place(again)
        vectors = {ids[uuid]: vector for uuid, vector in self.erasure.vectors.facts.items()}
        shelf = Shelf(self.number, "FACT")
        erase(self.db, shelf, [*gone.values(), *vectors])
        if vectors:
            save(self.db, shelf, vectors)

    def _place(self, known: Mapping[str, int]) -> dict[str, int]:
        """Writes the redrawn records, each at its old place if it had one; their row ids."""
        drawn = self.erasure.redrawn
        last = self.db.execute(writing_sql.LAST["fact"], {"low": self.low, "high": self.high}).fetchone()[0] or self.low
        ids: dict[str, int] = dict(known)
        for fact in drawn:
            ids.setdefault(fact.uuid, max(last, *ids.values(), self.low) + 1)
        ends = self._ids("entity", {end for fact in drawn for end in (fact.subject, fact.object)})
        behind = self._ids("assertion", {uuid for fact in drawn for uuid in fact.assertions})
        for fact in drawn:
            self._write(fact, ids[fact.uuid], ends)
            links = [{"fact": ids[fact.uuid], "assertion": behind[uuid]} for uuid in fact.assertions]
            self.db.executemany(writing_sql.LINK_ASSERTION, links)
        return ids

    def _write(self, fact: Fact, id_: int, ends: Mapping[str, int]) -> None:
        place = {"id": id_, "grp": self.number, "subject": ends[fact.subject], "object": ends[fact.object]}
        self.db.execute(writing_sql.ADD_FACT, rows.fact_columns(fact) | place)
        self.words.add("FACT", {id_: fact.text}, past=fact.retracted_at is not None)

    # assertions

    def assertions(self) -> None:
        gone = self._ids("assertion", self.erasure.assertions)
        for statement in sql.ERASE_ASSERTIONS:
            self._run(statement, gone.values())
        for a in self.erasure.reworded:
            self.db.execute(sql.REWORD, {"grp": self.number, "uuid": a.uuid, "text": a.text, "quote": a.quote})

    # episodes

    def episodes(self) -> None:
        gone = self._ids("episode", self.erasure.episodes)
        if not gone:
            return
        places = self._rows(sql.PLACES, gone.values())
        self._unindex("EPISODE", self._rows(sql.EPISODE_WORDS, gone.values()))
        erase(self.db, Shelf(self.number, "EPISODE"), list(gone.values()))
        for statement in sql.ERASE_EPISODES:
            self._run(statement, gone.values())
        for session in dict.fromkeys(session for _, _, session in places if session is not None):
            self._give_back(session)
            for statement in (sql.FORGET_SEEN, sql.SEE_AGAIN, sql.FORGET_SPEAKERS, sql.ERASE_SESSION):
                self.db.execute(statement, {"session": session})
        for work in dict.fromkeys(work for _, work, _ in places):
            self._give_back(-work)
            self._shrink(work)

    def _give_back(self, lane: int) -> None:
        """Whoever learns from what is said there knows what is forgotten: the lease is lost, and the attempt does not count."""
        for no, work in self.db.execute(sql.LEASED, {"lane": lane}).fetchall():
            self.db.execute(queue_sql.GIVE_BACK, {"no": no, "ready_at": READY_AT_ONCE})
            self.db.execute(queue_sql.RELEASED, {"work": work})

    def _shrink(self, work: int) -> None:
        """The Work goes on with the episodes that are left."""
        left = self.db.execute(sql.LEFT_OF_WORK, {"work": work}).fetchall()
        state, before, error, finished_at = self.db.execute(sql.PROGRESS, {"work": work}).fetchone()
        done = sum(ordinal < before for _, ordinal in left)
        if state != WorkState.DONE and done == len(left):
            state, finished_at = WorkState.DONE.value, to_micros(self.erasure.at)
            self._leave(work)
        if not left:
            self.db.execute(sql.UNLINK_WORK, {"work": work})
            self.db.execute(sql.ERASE_WORK, {"work": work})
            return
        self.db.executemany(sql.PLACE_EPISODE, [{"id": id_, "ordinal": n} for n, (id_, _) in enumerate(left)])
        told = {"state": state, "error": FORGOTTEN if error else None, "finished_at": finished_at}
        self.db.execute(sql.SHRINK_WORK, {"work": work, "total": len(left), "done": done, **told})

    def _leave(self, work: int) -> None:
        for no, lane in self.db.execute(sql.QUEUED, {"work": work}).fetchall():
            queue.leave(self.db, no, lane)

    # entities

    def entities(self) -> None:
        self._rename()
        gone = self._ids("entity", self.erasure.entities)
        self._unindex_versions(self._rows(sql.VERSION_WORDS, gone.values()))
        for statement in sql.ERASE_ENTITIES:
            self._run(statement, gone.values())
        erase(self.db, Shelf(self.number, "ENTITY"), list(gone.values()))

    def _rename(self) -> None:
        ids = self._ids("entity", {versions[0].uuid for versions in self.erasure.named})
        for versions in self.erasure.named:
            stored = self._rows(sql.VERSION_WORDS, [ids[versions[0].uuid]])
            self._unindex_versions(stored)
            for (id_, until, name, aliases), version in zip(stored, versions, strict=True):
                before = replace(version, name=name, aliases=rows.names(aliases))
                self.db.executemany(sql.ERASE_NAME, names_of(before, self.number, id_))
                self._name(version, id_, until == FAR_MICROS)
            self.db.execute(writing_sql.REKEY_ENTITY, {"id": ids[versions[0].uuid], "key": versions[-1].key})
        vectors = {ids[uuid]: vector for uuid, vector in self.erasure.vectors.entities.items()}
        erase(self.db, Shelf(self.number, "ENTITY"), list(vectors))
        if vectors:
            save(self.db, Shelf(self.number, "ENTITY"), vectors)

    def _name(self, version: Entity, id_: int, live: bool) -> None:
        names = {"name": version.name, "norm": normal(version.name), "aliases": rows.written(version.aliases)}
        ones = {"merged_into": version.merged_into, "apart": rows.written(version.apart)}
        self.db.execute(sql.RENAME_VERSION, {"id": id_, "key": version.key, "summary": version.summary, **names, **ones})
        found_by = [row for row in names_of(version, self.number, id_) if live or row["kind"] != "NEAR"]
        self.db.executemany(writing_sql.ADD_NAME, found_by)
        self.words.add("ENTITY", {id_: words_of(version.name, version.aliases)}, past=not live)

    def _unindex_versions(self, found: Iterable[tuple[int, int, str, str]]) -> None:
        versions = [(id_, until != FAR_MICROS, words_of(name, rows.names(aliases))) for id_, until, name, aliases in found]
        self._unindex("ENTITY", versions)

    # rows

    def _unindex(self, kind: str, found: Iterable[tuple[int, bool, str]]) -> None:
        """Texts by row id, each with whether it stands no longer."""
        texts: tuple[dict[int, str], dict[int, str]] = ({}, {})
        for id_, past, text in found:
            texts[bool(past)][id_] = text
        for past in (False, True):
            self.words.remove(kind, texts[past], past)

    def _ids(self, table: str, uuids: Collection[str]) -> dict[str, int]:
        if not uuids:
            return {}
        return dict(self.db.execute(sql.IDS[table], {"grp": self.number, "uuids": listed(uuids)}).fetchall())

    def _rows(self, statement: str, ids: Iterable[int]) -> list[Any]:
        return self.db.execute(statement, {"ids": listed(ids)}).fetchall()

    def _run(self, statement: str, ids: Iterable[int]) -> None:
        self.db.execute(statement, {"ids": listed(ids), "grp": self.number, "low": self.low, "high": self.high})
