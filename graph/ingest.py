"""The pipeline of a piece of Work, readable top to bottom: read, cast, assert, believe, commit."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from graph.assertions import Source, assertion, contradicted_in_breath, triples
from graph.belief import belief_key
from graph.cast import Cast, Scene, cast, names_in
from graph.commit import Moment, Proposal, commit
from graph.errors import Conflict, PalimpsestError, StoreUnavailable
from graph.keep import zone_named
from graph.language import Excerpt, MentionKind, Reading, Statement
from graph.model import Assertion, Episode, Fact, Vector
from graph.parts import Parts, wall_clock
from graph.reconcile import Note
from graph.stores.base import Lease
from graph.time import AsOf

LEASE = timedelta(minutes=5)
MOST_EPISODES = 10
MOST_ATTEMPTS = 5
MOST_EARLIER = 50
"""How many earlier assertions of a session a correction is compared with."""
MOST_HELD = 50
"""How many facts of an entity "I quit my job" is compared with."""

log = logging.getLogger("palimpsest")


async def learn_next(parts: Parts, worker: str) -> bool:
    """Leases the next piece of Work and learns from it; False when none waits. What fails is tried again, then parked."""
    now = wall_clock()
    lease = await parts.store.lease(worker, now, now + LEASE, MOST_EPISODES)
    if lease is None:
        return False
    try:
        await learn(parts, lease)
    except (asyncio.CancelledError, StoreUnavailable):
        await parts.store.release(lease.token)
        raise
    except Exception as error:  # noqa: BLE001 - whatever goes wrong, the episode stays queued and the error is shown with it
        await _give_back(parts, lease, error)
    return True


async def _give_back(parts: Parts, lease: Lease, error: Exception) -> None:
    if not isinstance(error, PalimpsestError):
        log.exception("learning from %s of %r failed", lease.work.uuid, lease.work.group, exc_info=error)
    elif isinstance(error, Conflict):
        log.warning("another worker took over %s of %r", lease.work.uuid, lease.work.group)
    again = None if lease.work.attempts >= MOST_ATTEMPTS else wall_clock() + timedelta(seconds=2**lease.work.attempts)
    with suppress(Conflict):  # the lease is another worker's by now, and so is the Work
        await parts.store.fail(lease.token, f"{type(error).__name__}: {error}", wall_clock(), again)


async def learn(parts: Parts, lease: Lease) -> None:
    """Learns from the leased episodes in one operation."""
    group = await parts.store.group(lease.work.group)
    zone = zone_named(group.settings.timezone) if group else None
    readings = await parts.extractor.read(Excerpt(lease.episodes, lease.before, lease.speakers, zone))
    lesson = Lesson(lease, tuple(readings), await _episode_vectors(parts, lease.episodes))

    async def propose(moment: Moment) -> Proposal:
        return await interpret(parts, lesson, moment)

    await commit(parts, lease.work.group, f"extractor:{parts.extractor.name}", propose, lease.token)


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was read, before it meets the graph."""

    lease: Lease
    readings: tuple[Reading, ...]
    vectors: dict[str, Vector]


async def _episode_vectors(parts: Parts, episodes: Sequence[Episode]) -> dict[str, Vector]:
    """Who speaks is embedded with what is said, since questions name people."""
    rows = await parts.embedder.embed([f"{episode.name or episode.role or ''}: {episode.content}" for episode in episodes])
    return {episode.uuid: row for episode, row in zip(episodes, rows, strict=True)}


async def interpret(parts: Parts, lesson: Lesson, moment: Moment) -> Proposal:
    """The readings as seen from the group as it is now: their entities, assertions, and what they take back."""
    group, session = moment.group.name, lesson.lease.work.session
    instants = {episode.uuid: episode.instant for episode in lesson.lease.episodes}
    candidates = await parts.store.candidates(group, names_in(lesson.readings), session)
    known = cast([(reading, instants[reading.episode]) for reading in lesson.readings], candidates, Scene(group, moment.at, parts.ontology))
    background = await _background(parts, lesson, known, moment)
    told = _Telling(parts, known, moment, background)
    for episode, reading in zip(lesson.lease.episodes, lesson.readings, strict=True):
        for statement in reading.statements:
            told.tell(statement, episode)
    return replace(told.proposal(), episodes=lesson.vectors)


@dataclass(frozen=True, slots=True)
class Background:
    """What corrections and "I quit my job" are compared with.

    `earlier`: assertions of the session, newest first, and of other sessions those that a correction names. `held`: facts
    by entity.
    """

    earlier: tuple[Assertion, ...]
    held: dict[str, tuple[Fact, ...]]


async def _background(parts: Parts, lesson: Lesson, known: Cast, moment: Moment) -> Background:
    """Asks only for what some statement needs; entities made just now have no past."""
    group, session = moment.group.name, lesson.lease.work.session
    statements = [statement for reading in lesson.readings for statement in reading.statements]
    fresh = {entity.uuid for entity in known.entities}
    unnamed = {known.of[s.subject] for s in statements if s.object.kind is MentionKind.ANY and s.subject in known.of} - fresh
    correcting = session is not None and any(s.corrects for s in statements)

    named = _keys_taken_back(parts, statements, known, moment)

    async def earlier() -> Sequence[Assertion]:
        said = await parts.store.said_in(group, session, None, MOST_EARLIER) if correcting and session else ()
        elsewhere = (await parts.store.beliefs(group, named)).assertions if named else ()
        return [*said, *sorted(elsewhere, key=lambda a: a.said, reverse=True)]

    async def held() -> dict[str, tuple[Fact, ...]]:
        as_of = AsOf(moment.at, moment.at)
        return dict(await parts.store.facts_around(group, sorted(unnamed), MOST_HELD, as_of, current=False)) if unnamed else {}

    said, facts = await asyncio.gather(earlier(), held())
    return Background(tuple(said), facts)


def _keys_taken_back(parts: Parts, statements: Sequence[Statement], known: Cast, moment: Moment) -> list[str]:
    """The belief keys of what corrections name as wrong: it may have been said in any session."""
    policy = moment.group.settings.updates
    keys: dict[str, None] = {}
    for statement in statements:
        if statement.corrects and statement.instead_of:
            ends = (known.of[statement.subject], known.of[statement.instead_of])
            for triple in triples(parts.ontology, statement.relation, ends, True, policy):
                keys[belief_key(triple.relation, triple.subject, triple.object, policy)] = None
    return list(keys)


class _Telling:
    """Turns the statements of one lesson into assertions, in the order they were said."""

    def __init__(self, parts: Parts, known: Cast, moment: Moment, background: Background) -> None:
        self._parts = parts
        self._known = known
        self._moment = moment
        self._policy = moment.group.settings.updates
        self._background = background
        self._told: list[tuple[Statement, Assertion, str]] = []
        self._dead: dict[str, Assertion] = {}
        self._withdrawn: dict[str, Assertion] = {}
        self._notes: dict[str, Note] = {}

    def tell(self, statement: Statement, episode: Episode) -> None:
        ends = self._ends(statement, episode.instant)
        if ends is None or ends[0] == ends[1]:
            return
        source = Source(episode, self._moment.operation, self._moment.at, self._moment.actor)
        for triple in triples(self._parts.ontology, statement.relation, ends, statement.holds, self._policy):
            made = assertion(statement, triple, source)
            if statement.corrects:
                made = self._corrected(statement, made)
            key = belief_key(triple.relation, triple.subject, triple.object, self._policy)
            self._told.append((statement, made, key))

    def proposal(self) -> Proposal:
        gone = contradicted_in_breath(self._told) | self._dead.keys()
        return Proposal(
            added=[made for _, made, _ in self._told if made.uuid not in gone],
            dead=list(self._dead.values()),
            withdrawn=list(self._withdrawn.values()),
            entities=self._known.entities,
            revised=self._known.revised,
            mentions=self._known.mentions,
            notes=self._notes,
            reviews=self._known.reviews,
        )

    def _ends(self, statement: Statement, instant: datetime) -> tuple[str, str] | None:
        """Subject and object; an object left open is whatever held then, and nothing where nothing is known to have held."""
        subject = self._known.of[statement.subject]
        if statement.object.kind is not MentionKind.ANY:
            return subject, self._known.of[statement.object]
        at = statement.start.first if statement.start else instant
        for triple in triples(self._parts.ontology, statement.relation, (subject, subject), statement.holds, self._policy):
            other = self._held(subject, triple.relation.name, min(at, instant))
            if other:
                return subject, other
        return None

    def _held(self, subject: str, relation: str, at: datetime) -> str | None:
        just_told = [made for _, made, _ in self._told if made.holds and made.start <= at and made.uuid not in self._dead]
        for made in reversed(just_told):
            if other := self._other_end(made, subject, relation):
                return other
        facts = [fact for fact in self._background.held.get(subject, ()) if fact.valid_at <= at]
        for fact in sorted(facts, key=lambda f: (f.invalid_at is None, f.valid_at), reverse=True):
            if other := self._other_end(fact, subject, relation):
                return other
        return None

    def _other_end(self, told: Assertion | Fact, subject: str, relation: str) -> str | None:
        if told.relation != relation:
            return None
        if told.subject == subject:
            return told.object
        symmetric = self._parts.ontology.relation(relation).symmetric
        return told.subject if symmetric and told.object == subject else None

    def _corrected(self, statement: Statement, made: Assertion) -> Assertion:
        """Takes back what the statement corrects: what it names, else the last contrary thing said of the same.

        Without a date of its own the correction takes over when that began, as `correctFact` does (DECISIONS 8).
        """
        wrong = self._known.of.get(statement.instead_of) if statement.instead_of else None
        just_told = [a for _, a, _ in reversed(self._told) if a.uuid not in self._dead]
        earlier = [a for a in self._background.earlier if a.uuid not in self._withdrawn]
        taken_back = next((a for a in (*just_told, *earlier) if _takes_back(made, a, wrong)), None)
        if taken_back is None:
            return made
        home = self._dead if taken_back in just_told else self._withdrawn
        home[taken_back.uuid] = taken_back
        self._notes[made.uuid] = Note("corrected", f"said before: {taken_back.text!r}")
        self._notes[taken_back.uuid] = Note("corrected", f"taken back: {made.text!r}")
        if statement.start is not None:
            return made
        return replace(made, start=taken_back.start, within=taken_back.within, precision=taken_back.precision)


def _takes_back(made: Assertion, said: Assertion, wrong: str | None) -> bool:
    same_line = said.subject == made.subject and said.relation == made.relation and said.holds
    return same_line and (said.object == wrong if wrong else said.object != made.object)
