"""Taking over a Graphiti graph in place: what is left to take over, and our records beside theirs, a batch a transaction."""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any, NamedTuple, TypeVar
from uuid import uuid4

from graph.adopt import Adoption, Survey, TheirEntity, TheirEpisode, TheirFact, apart, changes, entity, episode, fact, review, said
from graph.errors import Conflict
from graph.model import Assertion, Embedder, Entity, Episode, Fact, Review, UpdatePolicy, WorkState
from graph.ontology import Ontology
from graph.space import require_space, space_of
from graph.stores.kept import asks, speaker_of
from graph.stores.neo4j import foreign, rows
from graph.stores.neo4j.database import Database, Row, Transaction
from graph.stores.neo4j.groups import properties_of_new
from graph.stores.neo4j.queries import adopting as cypher
from graph.stores.neo4j.rows import Properties
from graph.stores.neo4j.vectors import SLOT, Place, sent
from graph.stores.neo4j.view import FAR_MICROS, token_of
from graph.stores.neo4j.words import plain_words
from graph.stores.neo4j.writing import change_properties, names_of, review_properties, version_properties
from graph.time import EPOCH, from_micros, in_utc, to_micros

T = TypeVar("T")
Progress = Callable[[str, int, int], object]
"""Told what is under way, how much of it is done, and of how much."""


def unseen(what: str, done: int, total: int) -> None:
    """For callers that do not look."""


BATCH = 500
OF_GRAPHITI = ("uuid", "group_id", "name", "fact", "episodes", "created_at", "valid_at", "invalid_at", "expired_at", "reference_time")
NO_ATTRIBUTES = frozenset((*OF_GRAPHITI, "fact_embedding", "source_node_uuid", "target_node_uuid", "source_uuid", "target_uuid"))
ENTITY_PROPERTIES = ("key", "type", "no", "palimpsest_embedding")
FACT_PROPERTIES = (
    *("token", "words", "key", "subject", "relation", "object", "valid_from", "precision", "created_from", "valid_until"),
    *("end_precision", "expired_from", "retracted_from", "replaced_by", "confidence", "assertions", "attributes"),
    *("sure_before", "sure_until"),
    *("no", "changes", "palimpsest_embedding"),
)
"""What we write beside theirs."""
GIVEN = {"entities": ("entity_vectors", "uuid"), "facts": ("fact_vectors", "fact"), "episodes": ("episode_vectors", "uuid")}
"""How the statements that set vectors call what they are given."""


class Locked(NamedTuple):
    """A group as it is while nobody else writes to it."""

    version: int
    last_at: int
    seq: int
    no: int
    own_vectors: bool
    updates: str


@dataclass(frozen=True, slots=True)
class Adopter:
    """Adopts one group. `at` is told anew for each batch."""

    database: Database
    group: str
    ontology: Ontology
    place: Place
    clock: Callable[[], datetime]

    # looking

    async def survey(self) -> Survey:
        """What there is to do; changes nothing."""
        left = {kind: await self._left(kind) for kind in cypher.LEFT}
        names = await self._entities(left["entities"])
        lengths = await self.database.read(cypher.LENGTHS, group=self.group)
        return Survey(
            group=self.group,
            episodes=len(left["episodes"]),
            entities=len(left["entities"]),
            mentions=len(left["mentions"]),
            facts=len(left["facts"]),
            duplicates=_shared(names),
            lengths=tuple(sorted(int(str(length)) for length in lengths)),
            dimension=self.place.dimension,
            indexes=tuple(await foreign.indexes(self.database)),
            obstacles=(*await foreign.obstacles(self.database), *await self._taken()),
        )

    async def _left(self, kind: str) -> list[str]:
        return [str(uuid) for uuid in await self.database.read(cypher.LEFT[kind], group=self.group)]

    async def _entities(self, uuids: Sequence[str]) -> list[Entity]:
        found: list[Entity] = []
        for batch in _batches(uuids):
            given = await self.database.read(cypher.ENTITIES, group=self.group, uuids=batch)
            found += [entity(_their_entity(row), self.group, self.ontology) for row in given]
        return found

    async def _taken(self) -> list[str]:
        ours = {"entities": ENTITY_PROPERTIES, "facts": FACT_PROPERTIES}
        taken = {kind: await self.database.read(cypher.TAKEN[kind], group=self.group, ours=list(names)) for kind, names in ours.items()}
        return [
            f"{n} {kind} have a property {name!r} of their own, which Palimpsest would write over"
            for kind, found in taken.items()
            for name, n in found
        ]

    # taking over

    async def adopt(self, embedder: Embedder, progress: Progress = unseen) -> Survey:
        """Does what the survey says, which is returned. Raises Conflict where there are obstacles."""
        survey = await self.survey()
        if survey.obstacles:
            raise Conflict(f"the group {self.group!r} cannot be adopted: {'; '.join(survey.obstacles)}", hint=foreign.HINT)
        steps: Mapping[str, Callable[[Transaction, Locked, Sequence[str]], Awaitable[object]]] = {
            "episodes": self._adopt_episodes,
            "entities": self._adopt_entities,
            "mentions": self._adopt_mentions,
            "facts": self._adopt_facts,
        }
        for kind, step in steps.items():
            uuids = await self._left(kind)
            for done, batch in _counted(_batches(uuids)):
                progress(kind, done, len(uuids))
                await self._locked(batch, step)
        if survey.own_vectors:
            await self.database.change(cypher.OWN_VECTORS, group=self.group)
        await self._embed(embedder, progress)
        return survey

    async def _locked(self, batch: Sequence[str], step: Callable[[Transaction, Locked, Sequence[str]], Awaitable[object]]) -> None:
        async def work(transaction: Transaction) -> None:
            new = properties_of_new(self.group, self._now())
            found: Row = await transaction.rows(cypher.LOCK, group=self.group, new_group=new)
            await step(transaction, Locked(*found), batch)

        await self.database.write(work)

    def _now(self) -> int:
        return to_micros(self.clock())

    def _adoption(self, now: Locked) -> Adoption:
        at = from_micros(max(self._now(), now.last_at + 1))
        return Adoption(self.group, at, self.ontology, UpdatePolicy(now.updates))

    # episodes

    async def _adopt_episodes(self, transaction: Transaction, now: Locked, batch: Sequence[str]) -> None:
        found = await transaction.rows(cypher.EPISODES, group=self.group, uuids=batch)
        sagas = {saga[1]: saga[0] for *_, saga in found if saga is not None}
        episodes = sorted((episode(_their_episode(row), self.group) for row in found), key=lambda e: e.instant)
        if episodes:
            await transaction.rows(cypher.KEEP, group=self.group, earliest=_earliest(episodes), **_kept(episodes, sagas, self._now()))

    # what is believed

    async def _adopt_entities(self, transaction: Transaction, now: Locked, batch: Sequence[str]) -> None:
        adoption = self._adoption(now)
        found = [
            entity(_their_entity(row), self.group, self.ontology)
            for row in await transaction.rows(cypher.ENTITIES, group=self.group, uuids=batch)
        ]
        holders = await transaction.rows(cypher.HOLDERS, group=self.group, keys=[e.key for e in found])
        entities, duplicates = apart(found, {row[0]: row[1] for row in holders})
        reviews = [review(adoption, holder, one) for holder, one in duplicates]
        if entities:
            await self._believe(transaction, _Believed(adoption, entities, reviews=reviews))

    async def _adopt_mentions(self, transaction: Transaction, now: Locked, batch: Sequence[str]) -> None:
        await transaction.rows(cypher.MENTION, group=self.group, uuids=batch, far=FAR_MICROS)

    async def _adopt_facts(self, transaction: Transaction, now: Locked, batch: Sequence[str]) -> None:
        adoption = self._adoption(now)
        found = await transaction.rows(cypher.FACTS, group=self.group, uuids=batch, far=FAR_MICROS)
        theirs = [_their_fact(self.group, row) for row in found]
        told = [(one, list(one.known) or [said(one, adoption)]) for one in theirs]
        facts = [(fact(one, behind, adoption), bool(one.known)) for one, behind in told]
        new = [behind[0] for one, behind in told if not one.known]
        if facts:
            await self._believe(transaction, _Believed(adoption, facts=facts, assertions=new))

    async def _believe(self, transaction: Transaction, believed: "_Believed") -> None:
        at = to_micros(believed.adoption.at)
        await transaction.rows(cypher.BELIEVE, group=self.group, at=at, far=FAR_MICROS, **believed.params())

    # vectors

    async def _embed(self, embedder: Embedder, progress: Progress) -> None:
        made_by: Row = await self.database.change(cypher.MARK, **self._mark(embedder))
        if made_by:
            require_space(space_of(embedder), self.group, rows.space(*made_by))
        for kind in cypher.EMBED:
            (own,) = await self.database.read(cypher.OWNS, group=self.group) or (False,)
            left = await self.database.read(cypher.UNEMBEDDED[kind], group=self.group, own=own, slot=self.place.slot)
            uuids = [str(uuid) for uuid in left]
            for done, batch in _counted(_batches(uuids)):
                progress(f"vectors of {kind}", done, len(uuids))
                await self._embed_batch(kind, batch, embedder)

    async def _embed_batch(self, kind: str, batch: Sequence[str], embedder: Embedder) -> None:
        texts = await self.database.read(cypher.TEXTS[kind], group=self.group, uuids=batch)
        if not texts:
            return
        vectors = await embedder.embed([text for _, text in texts])
        parameter, name = GIVEN[kind]
        given = [{name: uuid, "vector": sent(vector)} for (uuid, _), vector in zip(texts, vectors, strict=True)]
        await self.database.change(cypher.EMBED[kind], group=self.group, slot=self.place.slot, **{parameter: given})

    def _mark(self, embedder: Embedder) -> Properties:
        return {"group": self.group, "embedder": embedder.name, "dimension": embedder.dimension, "slot": self.place.slot}


@dataclass(frozen=True, slots=True)
class _Believed:
    """What one operation writes beside what Graphiti has; a fact may be one that was ours before (True)."""

    adoption: Adoption
    entities: Sequence[Entity] = ()
    facts: Sequence[tuple[Fact, bool]] = ()
    assertions: Sequence[Assertion] = ()
    reviews: Sequence[Review] = ()

    def params(self) -> Properties:
        places = count(1)
        group, facts = self.adoption.group, [one for one, _ in self.facts]
        log = changes(self.adoption, self.entities, self.facts, self.reviews)
        logged = {uuid: change.uuid for change in log for uuid in change.facts}
        rests = {uuid: one.uuid for one in facts for uuid in one.assertions}
        known = [e.recorded_at for e in self.entities] + [f.created_at for f in facts]
        return {
            "entities": [{"uuid": e.uuid, "key": e.key, "type": e.type, "no": next(places)} for e in self.entities],
            "versions": [{"version": version_properties(e, group, to_micros(e.recorded_at)), "names": names_of(e)} for e in self.entities],
            "assertions": [
                {"told": {**rows.assertion_properties(a), "facts": [rests[a.uuid]]}, "no": next(places)} for a in self.assertions
            ],
            "facts": [
                {"uuid": f.uuid, "text": f.text, "beside": {**_beside(f), "changes": [logged[f.uuid]]}, "no": next(places)} for f in facts
            ],
            "reviews": [{"review": {**review_properties(r), "group_id": group}, "no": next(places)} for r in self.reviews],
            "changes": [{"change": {**change_properties(c), "group_id": group}, "no": n} for n, c in enumerate(log, start=1)],
            "earliest": to_micros(min(known)),
            "numbers": next(places) - 1,
        }


def _beside(one: Fact) -> Properties:
    """What is ours of a fact."""
    return {name: value for name, value in rows.fact_properties(one, token_of(one.group)).items() if name not in OF_GRAPHITI}


def _kept(episodes: Sequence[Episode], sagas: Mapping[str, str], now: int) -> Properties:
    """A Work for each session and one for what is in none, as if it had been learnt then."""
    places = count(1)
    sessions: dict[str | None, list[Episode]] = {}
    for one in episodes:
        sessions.setdefault(one.session, []).append(one)
    works = {name: str(uuid4()) for name in sessions}
    ordinals = {one.uuid: n for of_one in sessions.values() for n, one in enumerate(of_one)}
    return {
        "sessions": [
            {
                "session": {"uuid": sagas[name], "name": name, "created_at": _earliest(of_one), "speakers": []},
                "speakers": list(dict.fromkeys(s for e in of_one if (s := speaker_of(e)))),
                "last": max(to_micros(e.instant) for e in of_one),
                "no": next(places),
            }
            for name, of_one in sessions.items()
            if name is not None
        ],
        "works": [{"work": _work(works[name], of_one, now), "no": next(places)} for name, of_one in sessions.items()],
        "messages": [{"message": _message(e, works[e.session], ordinals[e.uuid]), "no": next(places)} for e in episodes],
        "numbers": next(places) - 1,
    }


def _work(uuid: str, episodes: Sequence[Episode], now: int) -> Properties:
    return {
        "uuid": uuid,
        "group_id": episodes[0].group,
        "session": episodes[0].session,
        "state": WorkState.DONE.value,
        "queued_at": _earliest(episodes),
        "finished_at": now,
        "total": len(episodes),
        "done": len(episodes),
        "attempts": 0,
    }


def _message(one: Episode, work: str, ordinal: int) -> Properties:
    return {
        "uuid": one.uuid,
        "group_id": one.group,
        "token": token_of(one.group),
        "session": one.session,
        "kind": one.kind.value,
        "role": one.role,
        "name": one.name,
        "speaker": speaker_of(one),
        "content": one.content,
        "words": plain_words(one.content),
        "said_at": one.said_at.isoformat(),
        "instant": to_micros(one.instant),
        "created_at": to_micros(one.created_at),
        "metadata": "{}",
        "work": work,
        "ordinal": ordinal,
        "length": len(one.content),
        "asks": asks(one.content),
    }


def _earliest(episodes: Iterable[Episode]) -> int:
    return min(to_micros(one.created_at) for one in episodes)


# what the driver gives


def _their_episode(row: Row) -> TheirEpisode:
    uuid, source, content, created_at, valid_at, saga = row
    created = _time(created_at) or _time(valid_at) or EPOCH
    return TheirEpisode(uuid, source or "", content or "", in_utc(created), _time(valid_at) or created, saga[1] if saga else None)


def _their_entity(row: Row) -> TheirEntity:
    uuid, name, labels, summary, created_at = row
    return TheirEntity(uuid, name, labels, summary or "", in_utc(_time(created_at) or EPOCH))


def _their_fact(group: str, row: Row) -> TheirFact:
    subject, object_, since, episodes, known, given = row
    return TheirFact(
        uuid=given["uuid"],
        subject=subject,
        object=object_,
        name=given.get("name") or "relates_to",
        text=given.get("fact") or given.get("name") or "",
        created_at=_time(given.get("created_at")) or EPOCH,
        ends_since=from_micros(since),
        valid_at=_time(given.get("valid_at")),
        invalid_at=_time(given.get("invalid_at")),
        expired_at=_time(given.get("expired_at")),
        reference_time=_time(given.get("reference_time")),
        episodes=tuple(episodes),
        attributes={name: _plain(value) for name, value in given.items() if _is_attribute(name) and value is not None},
        known=tuple(rows.assertion(group, a) for a in known),
    )


def _is_attribute(name: str) -> bool:
    return name not in NO_ATTRIBUTES and not name.startswith(SLOT)


def _time(value: Any) -> datetime | None:
    """An instant as Graphiti writes it, or as text, which older ones did; without a zone it is in UTC."""
    if value is None or value == "":
        return None
    at: datetime = datetime.fromisoformat(value) if isinstance(value, str) else value.to_native()
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _plain(value: Any) -> Any:
    """An attribute as JSON has it."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if isinstance(value, (str, int, float, bool)) else str(value)


def _shared(entities: Iterable[Entity]) -> tuple[str, ...]:
    """Names that several have, each with its type."""
    seen = Counter(one.key for one in entities)
    names = {one.key: f"{one.name} ({one.type})" for one in entities}
    return tuple(sorted(names[key] for key, n in seen.items() if n > 1))


def _batches(uuids: Sequence[T]) -> list[list[T]]:
    return [list(uuids[start : start + BATCH]) for start in range(0, len(uuids), BATCH)]


def _counted(batches: Sequence[list[T]]) -> Iterable[tuple[int, list[T]]]:
    """Each batch with how much was before it."""
    done = 0
    for batch in batches:
        yield done, batch
        done += len(batch)
