"""What forgetting reads, and one Erasure as one transaction."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from graph.belief import key_parts
from graph.erasure import FORGOTTEN, Erased, Erasure
from graph.errors import NotFound, StaleVersion
from graph.model import Assertion, Change, Entity, Fact, Operation, Review, Vector, WorkState
from graph.stores.neo4j import rows
from graph.stores.neo4j.database import Database, Transaction
from graph.stores.neo4j.queries import forgetting as sql
from graph.stores.neo4j.queries import remembering as remembering_sql
from graph.stores.neo4j.queries.clocks import DEAD, LIVE
from graph.stores.neo4j.rows import Properties
from graph.stores.neo4j.vectors import Place, require_dimension
from graph.stores.neo4j.view import token_of
from graph.stores.neo4j.writing import change_properties, names_of, version_properties
from graph.time import in_utc, to_micros
from graph.views import Beliefs


async def said(database: Database, group: str, episodes: Sequence[str], entities: Sequence[str]) -> Beliefs:
    told, facts = await database.read(sql.SAID, group=group, episodes=list(episodes), entities=list(entities))
    resting = list(dict.fromkeys(uuid for of_one in facts for uuid in of_one))
    records = await database.read(sql.RECORDS, group=group, uuids=resting) if resting else []
    return _beliefs(group, told, records)


async def history(database: Database, group: str, keys: Sequence[str]) -> Beliefs:
    told, records = await database.read(sql.HISTORY, group=group, keys=list(dict.fromkeys(keys)), **by_side(keys))
    return _beliefs(group, told, records)


def by_side(keys: Iterable[str]) -> dict[str, list[list[str]]]:
    """Belief keys as statements take them apart."""
    found: defaultdict[str, list[list[str]]] = defaultdict(list)
    for key in dict.fromkeys(keys):
        side, parts = key_parts(key)
        found[side].append(parts)
    return {"by_subject": found["s"], "by_object": found["o"], "by_pair": found["p"]}


def _beliefs(group: str, told: Sequence[rows.Row], records: Sequence[rows.Row]) -> Beliefs:
    assertions: dict[str, Assertion] = {row[0]: rows.assertion(group, row) for row in told}
    return Beliefs(tuple(assertions.values()), tuple(rows.fact(group, row) for row in records))


async def kin(database: Database, group: str, entities: Sequence[str]) -> Sequence[str]:
    return [str(uuid) for uuid in await database.read(sql.KIN, group=group, entities=list(entities))]


async def policies(database: Database, group: str) -> Sequence[Operation]:
    return [rows.operation(row) for row in await database.read(sql.POLICIES, group=group)]


async def needed(
    database: Database, group: str, entities: Sequence[str], episodes: Sequence[str], assertions: Sequence[str]
) -> Sequence[str]:
    asked = {"entities": list(entities), "episodes": list(episodes), "assertions": list(assertions)}
    return [str(uuid) for uuid in await database.read(sql.NEEDED, group=group, **asked)]


async def summaries(database: Database, group: str) -> Sequence[tuple[str, str]]:
    return [(uuid, summary) for uuid, summary in await database.read(sql.SUMMARIES, group=group)]


async def all_reviews(database: Database, group: str) -> Sequence[Review]:
    return [rows.review(group, row) for row in await database.read(sql.ALL_REVIEWS, group=group)]


async def erase(database: Database, erasure: Erasure, place: Place) -> Erased:
    for vector in (*erasure.vectors.facts.values(), *erasure.vectors.entities.values()):
        require_dimension(vector, place.dimension)

    async def write(transaction: Transaction) -> Erased:
        return await _Erasing(transaction, erasure, place.slot).erased()

    return await database.write(write)


async def locked(transaction: Transaction, group: str, version: int) -> tuple[int, bool, str | None]:
    """(highest number of a record, whether our vectors stand beside Graphiti's, where others are staged). Raises StaleVersion where the
    group moved on.
    """
    found: rows.Row = await transaction.rows(sql.LOCK, group=group)
    if not found:
        raise NotFound(f"there is no group {group!r}")
    now, no, own_vectors, spare = found
    if now != version:
        raise StaleVersion(f"the group {group!r} is at version {now}, and this was computed at {version}", hint="Compute it again.")
    return no, own_vectors, spare


async def bury(transaction: Transaction, tombstone: Change, numbers: int = 0) -> Change:
    """The last entry of the log, as numbered."""
    change = {**change_properties(tombstone), "group_id": tombstone.group}
    buried: rows.Row = await transaction.rows(sql.BURY, group=tombstone.group, change=change, at=to_micros(tombstone.at), numbers=numbers)
    return replace(tombstone, seq=buried[0])


class _Erasing:
    """The parts of one Erasure, what hangs on others before these."""

    def __init__(self, transaction: Transaction, erasure: Erasure, slot: str | None) -> None:
        self._transaction = transaction
        self._erasure = erasure
        self._no = 0
        self._numbers = 0
        self._own_vectors = False
        self._slot = slot
        self._spare: str | None = None

    async def erased(self) -> Erased:
        erasure = self._erasure
        self._no, self._own_vectors, self._spare = await locked(self._transaction, erasure.group, erasure.version)
        await self._log()
        await self._facts()
        await self._run(sql.ERASE_ASSERTIONS, uuids=list(erasure.assertions))
        await self._run(sql.REWORD, assertions=[{"uuid": a.uuid, "text": a.text, "quote": a.quote} for a in erasure.reworded])
        await self._episodes()
        await self._entities()
        await self._transaction.rows(remembering_sql.FORGET, group=erasure.group)
        tombstone = await bury(self._transaction, erasure.tombstone, self._numbers)
        return Erased(len(erasure.episodes), len(erasure.facts), len(erasure.entities), tombstone)

    async def _run(self, statement: str, **params: Any) -> Sequence[Any]:
        """The rows; a statement whose list is empty is not sent."""
        if not next(iter(params.values())):
            return []
        return await self._transaction.rows(statement, group=self._erasure.group, **params)

    # the log

    async def _log(self) -> None:
        await self._run(sql.REWRITE_CHANGES, changes=[change_properties(change) for change in self._erasure.changes])
        reviews = [{"uuid": r.uuid, "reason": r.reason, "facts": list(r.facts), "entities": list(r.entities)} for r in self._erasure.asked]
        await self._run(sql.REWRITE_REVIEWS, reviews=reviews)
        await self._run(sql.ERASE_REVIEWS, uuids=list(self._erasure.reviews))

    # facts

    async def _facts(self) -> None:
        drawn = self._erasure.redrawn
        uuids = [*self._erasure.facts, *(fact.uuid for fact in drawn)]
        behind = await self._run(sql.BEHIND, uuids=uuids)
        if not behind:
            return
        assertions, episodes = ({uuid for of_one in part for uuid in of_one} for part in behind)
        await self._run(sql.UNLINK_ASSERTIONS, assertions=sorted(assertions), uuids=uuids)
        await self._run(sql.UNLINK_EPISODES, episodes=sorted(episodes), uuids=uuids)
        for kind in (LIVE, DEAD):
            await self._run(sql.ERASE_FACTS[kind], uuids=list(self._erasure.facts))
            await self._redraw(kind, [fact for fact in drawn if (fact.retracted_at is None) == (kind == LIVE)])
        links: defaultdict[str, list[str]] = defaultdict(list)
        for fact in drawn:
            for uuid in fact.assertions:
                links[uuid].append(fact.uuid)
        await self._run(sql.LINK, links=[{"assertion": uuid, "facts": facts} for uuid, facts in links.items()])

    async def _redraw(self, kind: str, facts: Sequence[Fact]) -> None:
        """Records that are there keep their place in the log, and what Graphiti wrote to them."""
        given = [self._fact(fact) for fact in facts]
        there = set(await self._run(sql.MOVE_FACTS[kind], facts=given))
        there |= set(await self._run(sql.UPDATE_FACTS[kind], facts=[f for f in given if f["uuid"] not in there]))
        new = [{**f, "changes": [], "no": self._next()} for f in given if f["uuid"] not in there]
        await self._run(sql.ADD_FACTS[kind], facts=new)

    def _fact(self, fact: Fact) -> Properties:
        vector = self._erasure.vectors.facts.get(fact.uuid)
        return {**rows.fact_properties(fact, token_of(fact.group)), **(self._embedded("fact_embedding", vector))}

    def _embedded(self, property: str, vector: Vector | None) -> Properties:
        """An embedding in the one property where it belongs; those in others are of other words then."""
        if vector is None:
            return {}
        place = self._slot or ("palimpsest_embedding" if self._own_vectors else property)
        others = dict.fromkeys((property, "palimpsest_embedding", *([self._spare] if self._spare else [])))
        return {**others, place: [float(number) for number in vector]}

    def _next(self) -> int:
        self._numbers += 1
        return self._no + self._numbers

    # episodes

    async def _episodes(self) -> None:
        uuids = list(self._erasure.episodes)
        places = await self._run(sql.PLACES, uuids=uuids)
        await self._run(sql.ERASE_EPISODES, uuids=uuids, time=in_utc(self._erasure.at))
        await self._run(sql.ERASE_MESSAGES, uuids=uuids)
        sessions = list(dict.fromkeys(session for _, _, session in places if session is not None))
        await self._run(sql.SHRINK_SESSIONS, sessions=sessions, uuids=uuids)
        await self._works(list(dict.fromkeys(work for _, work, _ in places)), sessions)

    async def _works(self, works: list[str], sessions: list[str]) -> None:
        await self._run(sql.REVOKE, lanes=[*sessions, *works])
        left = await self._run(sql.LEFT_OF_WORKS, works=works)
        order = [{"uuid": uuid, "ordinal": n} for *_, episodes in left for n, (uuid, _) in enumerate(episodes)]
        await self._run(sql.PLACE_EPISODES, episodes=order)
        shrunk = [self._shrunk(row) for row in left]
        await self._run(sql.SHRINK_WORKS, works=shrunk)
        for work in shrunk:
            if work["state"] == WorkState.DONE:
                await self._run(sql.LEAVE_QUEUE, works=[work["uuid"]])
        empty = [work["uuid"] for work in shrunk if work["total"] == 0]
        await self._run(sql.UNLINK_WORKS, works=empty)
        await self._run(sql.ERASE_WORKS, works=empty)

    def _shrunk(self, row: rows.Row) -> Properties:
        """The Work as it goes on with the episodes that are left."""
        uuid, state, before, error, finished_at, episodes = row
        done = sum(ordinal < before for _, ordinal in episodes)
        if state != WorkState.DONE and done == len(episodes):
            state, finished_at = WorkState.DONE.value, to_micros(self._erasure.at)
        told = {"state": state, "finished_at": finished_at, "error": FORGOTTEN if error else None}
        return {"uuid": uuid, "total": len(episodes), "done": done, **told}

    # entities

    async def _entities(self) -> None:
        named, group = self._erasure.named, self._erasure.group
        versions = [_version(version, group) for of_one in named for version in of_one]
        await self._run(sql.RENAME_VERSIONS, versions=versions)
        await self._run(sql.RENAME_ENTITIES, faces=[self._face(of_one[-1]) for of_one in named])
        await self._run(sql.ERASE_VERSIONS, uuids=list(self._erasure.entities))
        await self._run(sql.ERASE_ENTITIES, uuids=list(self._erasure.entities))

    def _face(self, entity: Entity) -> Properties:
        vector = self._erasure.vectors.entities.get(entity.uuid)
        told = {"uuid": entity.uuid, "name": entity.name, "key": entity.key, "summary": ""}
        return {**told, **self._embedded("name_embedding", vector)}


RENAMED = ("name", "norm", "key", "aliases", "summary", "words", "merged_into", "apart")


def _version(version: Entity, group: str) -> Mapping[str, Any]:
    written = version_properties(version, group, to_micros(version.recorded_at))
    return {
        "entity": version.uuid,
        "recorded_at": written["recorded_at"],
        "version": {name: written[name] for name in RENAMED},
        "names": names_of(version),
    }
