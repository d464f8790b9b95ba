"""The pipeline of a piece of Work, readable top to bottom: read, cast, assert, believe, commit."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from graph.amend import Saying
from graph.assertions import Source, assertion, contradicted_in_breath, triples
from graph.belief import Stretch, belief_key, keys_around
from graph.cast import Cast, Scene, cast, names_in
from graph.closing import closed_by, denied
from graph.commit import Moment, Proposal, commit
from graph.confirm import AGAIN, confirm
from graph.errors import PalimpsestError
from graph.keep import zone_named
from graph.language import Excerpt, Mention, MentionKind, Reading, Statement
from graph.model import Assertion, Entity, Episode, UpdatePolicy, Vector
from graph.ontology import Ontology
from graph.parts import Parts
from graph.reconcile import Note
from graph.space import embedded_as
from graph.spelling import near_keys
from graph.stores.base import Asking, Lease
from graph.time import Precision
from graph.twin import pairs

log = logging.getLogger("palimpsest")

MOST_EARLIER = 50
"""How many earlier assertions of a session a correction is compared with."""


async def learn(parts: Parts, lease: Lease) -> datetime:
    """Learns from the leased episodes in one operation, and says when that was."""
    excerpt = Excerpt(lease.episodes, lease.before, lease.speakers, zone_named(lease.timezone))
    readings = await parts.extractor.read(excerpt)
    lesson = Lesson(lease, tuple(readings), await _episode_vectors(parts, lease.episodes))

    told_of: list[Entity] = []

    async def propose(moment: Moment) -> Proposal:
        proposal = await interpret(parts, lesson, moment)
        told_of[:] = _touched(proposal, moment)
        return proposal

    asking = Asking(names_in(lesson.readings), lease.work.session)
    actor = f"extractor:{parts.extractor.name}"
    async with _near(parts, lease.work.group, _near_keys(lesson.readings)) as near:
        learnt = await commit(parts, lease.work.group, actor, asking, propose, lease.token)
        await _judge(parts, lease.work.group, told_of, near)
    return learnt.at


async def _judge(parts: Parts, group: str, told_of: Sequence[Entity], near: Awaitable[Sequence[Entity]]) -> None:
    """What was learnt is committed by now: a failure is told in the log, and fails it no more."""
    try:
        found = await near
    except PalimpsestError as error:
        log.warning("near names of those just told of in %r were not looked up: %s; %s", group, error, AGAIN)
        return
    await confirm(parts, group, pairs(told_of, found, parts.ontology))


NAMED = (MentionKind.NAME, MentionKind.FIRST_NAME, MentionKind.SPEAKER)


def _near_keys(readings: Sequence[Reading]) -> list[str]:
    """The keys of near spelling of all that something is told of by name."""
    ends = (end for reading in readings for told in reading.statements for end in (told.subject, told.object))
    named = dict.fromkeys((end.text, end.type) for end in ends if end.kind in NAMED)
    return list(dict.fromkeys(key for name, type in named for key in near_keys(name, type)))


@asynccontextmanager
async def _near(parts: Parts, group: str, keys: Sequence[str]) -> AsyncIterator[Awaitable[Sequence[Entity]]]:
    """Those of near names, looked for while the block runs: they propose only, so that it matters little of which moment they are."""

    async def look() -> Sequence[Entity]:
        return await parts.store.near(group, keys) if keys else ()

    looking = asyncio.create_task(look(), name="near")
    try:
        yield looking
    finally:
        looking.cancel()


def _touched(proposal: Proposal, moment: Moment) -> list[Entity]:
    """The entities of which something is told."""
    known = {c.entity.uuid: c.entity for c in moment.footing.candidates}
    known |= {e.uuid: e for e in (*proposal.entities, *proposal.revised)}
    ends = dict.fromkeys(end for told in proposal.added for end in (told.subject, told.object))
    return [known[end] for end in ends if end in known]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was read, before it meets the graph."""

    lease: Lease
    readings: tuple[Reading, ...]
    vectors: dict[str, Vector]


async def _episode_vectors(parts: Parts, episodes: Sequence[Episode]) -> dict[str, Vector]:
    rows = await parts.embedder.embed([embedded_as(episode) for episode in episodes])
    return {episode.uuid: row for episode, row in zip(episodes, rows, strict=True)}


async def interpret(parts: Parts, lesson: Lesson, moment: Moment) -> Proposal:
    """The readings as seen from the group as it is now: their entities, assertions, and what they take back."""
    instants = {episode.uuid: episode.instant for episode in lesson.lease.episodes}
    said = [(reading, instants[reading.episode]) for reading in lesson.readings]
    known = cast(said, moment.footing.candidates, Scene(moment.group.name, moment.at, parts.ontology))
    background = await _background(parts, lesson, known, moment)
    told = _Telling(parts, known, moment, background)
    for episode, reading in zip(lesson.lease.episodes, lesson.readings, strict=True):
        for statement in reading.statements:
            told.tell(statement, episode)
    return replace(told.proposal(), episodes=lesson.vectors)


@dataclass(frozen=True, slots=True)
class Background:
    """What corrections and "I quit my job" are compared with.

    `earlier`: assertions of the session, newest first, and of other sessions those that a correction names. `held`: what is
    believed of entities whose object is left open, by entity and relation. `said`: all of that, and what a correction may free.
    """

    earlier: tuple[Assertion, ...]
    held: dict[tuple[str, str], list[Stretch]]
    said: tuple[Assertion, ...]


async def _background(parts: Parts, lesson: Lesson, known: Cast, moment: Moment) -> Background:
    """Asks only for what some statement needs, and at once for the beliefs it is sure to touch; entities made just now have no past."""
    session, standing, policy = lesson.lease.work.session, moment.standing, moment.group.settings.updates
    statements = [statement for reading in lesson.readings for statement in reading.statements]
    wrong = _keys(parts.ontology, policy, known, [(s, s.instead_of, True) for s in statements if s.corrects and s.instead_of])
    right = _keys(parts.ontology, policy, known, [(s, s.object, True) for s in statements if s.instead_of and s.object in known.of])
    told = _keys(parts.ontology, policy, known, [(s, s.object, s.holds) for s in statements if s.object in known.of])
    left_open = _left_open(parts.ontology, policy, known, statements)
    around = [key for entity, relation in left_open for key in keys_around(parts.ontology.relation(relation), entity)]

    async def said() -> Sequence[Assertion]:
        if session is None or not any(s.corrects for s in statements):
            return ()
        return await parts.store.said_in(moment.group.name, session, None, MOST_EARLIER)

    fresh = {entity.uuid for entity in known.entities}
    earlier, _ = await asyncio.gather(said(), standing.read((*wrong, *right, *told, *around), fresh))
    elsewhere = sorted(standing.under((*wrong, *right)).assertions, key=lambda a: a.said, reverse=True)
    held = {of: standing.stretches(of[1], of[0]) for of in left_open}
    return Background((*earlier, *elsewhere), held, (*earlier, *standing.all_said()))


def _left_open(ontology: Ontology, policy: UpdatePolicy, known: Cast, statements: Sequence[Statement]) -> list[tuple[str, str]]:
    """The subjects and relations of statements that leave their object open, or end whatever holds."""
    open_ended = [(s, known.of[s.subject]) for s in statements if s.object.kind is MentionKind.ANY and s.subject in known.of]
    made = ((subject, triples(ontology, s.relation, (subject, subject), s.holds, policy)) for s, subject in open_ended)
    closed = ((known.of[s.subject], relation) for s in statements for relation in closing_all(ontology, s))
    return list(dict.fromkeys((*((subject, triple.relation.name) for subject, of_one in made for triple in of_one), *closed)))


def _keys(ontology: Ontology, policy: UpdatePolicy, known: Cast, told: Iterable[tuple[Statement, Mention, bool]]) -> dict[str, None]:
    """The belief keys of statements about these objects, that hold or do not."""
    made = (
        triple
        for statement, object_, holds in told
        for triple in triples(ontology, statement.relation, (known.of[statement.subject], known.of[object_]), holds, policy)
    )
    return {belief_key(triple.relation, triple.subject, triple.object, policy): None for triple in made}


def closing_all(ontology: Ontology, statement: Statement) -> tuple[str, ...]:
    """The relations that a statement may close of its subject, whatever their objects, or open again."""
    return ontology.relation(statement.relation).closes_all if statement.holds or statement.corrects else ()


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
        self._freed: list[Assertion] = []
        """What was closed by what the present statement takes back."""
        self._withdrawn: dict[str, Assertion] = {}
        self._notes: dict[str, Note] = {}
        self._never: dict[tuple[str | None, str, str, str], list[Assertion]] = {}
        """What was taken back as never so, by the episode that says it, subject, relation and object."""

    def tell(self, statement: Statement, episode: Episode) -> None:
        ends = self._ends(statement, episode.instant)
        if ends is None or ends[0] == ends[1]:
            return
        source = Source(episode, self._moment.operation, self._moment.at, self._moment.actor)
        told = triples(self._parts.ontology, statement.relation, ends, statement.holds, self._policy)
        self._freed = []
        for triple in told:
            made = assertion(statement, triple, source)
            for each in self._corrected(statement, made) if statement.corrects else [made]:
                self._add(statement, each)
                for closed in self._closed_by(each):
                    self._add(statement, closed)

    def _add(self, statement: Statement, made: Assertion) -> None:
        relation = self._parts.ontology.relation(made.relation)
        self._told.append((statement, made, belief_key(relation, made.subject, made.object, self._policy)))

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
        told = triples(self._parts.ontology, statement.relation, (subject, subject), statement.holds, self._policy)
        ended = self._parts.ontology.relation(statement.relation).ends
        for triple in [triple for triple in told if triple.relation.name in ended] or told:
            other = self._held(subject, triple.relation.name, min(at, instant))
            if other:
                return subject, other
        return None

    def _closed_by(self, cause: Assertion) -> Iterator[Assertion]:
        """ "Rosa died in May": what else held of her, with whomever, holds no more."""
        saying = Saying(self._moment.operation, self._moment.actor, self._moment.at)
        for relation in self._parts.ontology.relation(cause.relation).closes_all if cause.holds else ():
            for other in self._all_held(cause.subject, relation, min(cause.start, cause.said)):
                for kept in triples(self._parts.ontology, relation, (cause.subject, other), False, self._policy):
                    yield denied(cause, kept.subject, kept.relation.name, kept.object, saying)

    def _all_held(self, subject: str, relation: str, at: datetime) -> Iterable[str]:
        """The other ends of what held then, and of what was only closed by what turned out wrong."""
        told = [made for _, made, _ in self._told if made.holds and made.start <= at and made.uuid not in self._dead]
        held = [s.lead for s in self._background.held.get((subject, relation), ()) if s.start <= at and (s.end is None or s.end > at)]
        return dict.fromkeys(other for made in (*told, *held, *self._freed) if (other := self._other_end(made, subject, relation)))

    def _held(self, subject: str, relation: str, at: datetime) -> str | None:
        just_told = [made for _, made, _ in self._told if made.holds and made.start <= at and made.uuid not in self._dead]
        for made in reversed(just_told):
            if other := self._other_end(made, subject, relation):
                return other
        held = [stretch for stretch in self._background.held.get((subject, relation), ()) if stretch.start <= at]
        for stretch in sorted(held, key=lambda s: (s.end is None, s.start), reverse=True):
            if other := self._other_end(stretch.lead, subject, relation):
                return other
        return None

    def _other_end(self, told: Assertion, subject: str, relation: str) -> str | None:
        if told.relation != relation:
            return None
        if told.subject == subject:
            return told.object
        symmetric = self._parts.ontology.relation(relation).symmetric
        return told.subject if symmetric and told.object == subject else None

    def _corrected(self, statement: Statement, made: Assertion) -> list[Assertion]:
        """Takes back what the statement corrects: what it names, else the last contrary thing said of the same; all that was said
        where it was never so.

        Without a date of its own the correction takes over when that began, as `correctFact` does (DECISIONS 8).
        """
        wrong = self._known.of.get(statement.instead_of) if statement.instead_of else None
        subject = self._known.of[statement.subject]
        seen_from = self._turned(made, subject)
        of = made.episode, seen_from.subject, made.relation
        if wrong is not None and (gone := self._never.get((*of, wrong))) is not None:
            return self._instead(statement, made, gone)
        never = _is_never(seen_from, wrong)
        found = [a for a in self._earlier() if _takes_back(seen_from, self._turned(a, subject), wrong)]
        taken_back = found if never else found[:1]
        self._take_back(taken_back, statement)
        if never and wrong is not None:
            self._never[*of, wrong] = taken_back
        if not taken_back:
            return [made]
        self._notes[made.uuid] = Note("corrected", f"said before: {taken_back[0].text!r}")
        first = min(taken_back, key=lambda a: a.start)
        if statement.start is not None or wrong == seen_from.object or (made.end is not None and made.end <= first.start):
            return [made]
        seen = made.seen and max(made.seen, first.start)
        return [replace(made, start=first.start, within=first.within, precision=first.precision, seen=seen)]

    def _turned(self, a: Assertion, subject: str) -> Assertion:
        """ "Mia is married to Tom" as told of Mia, however its ends are kept."""
        turn = a.object == subject and self._parts.ontology.relation(a.relation).symmetric
        return replace(a, subject=a.object, object=a.subject) if turn else a

    def _earlier(self) -> list[Assertion]:
        """What a correction may take back, the last said first."""
        just_told = [a for _, a, _ in reversed(self._told) if a.uuid not in self._dead]
        earlier = [a for a in self._background.earlier if a.uuid not in self._withdrawn]
        return list({a.uuid: a for a in (*self._freed, *just_told, *earlier)}.values())

    def _take_back(self, gone: Sequence[Assertion], statement: Statement) -> None:
        just_told = {a.uuid: a for _, a, _ in self._told}
        said = {a.uuid: a for a in (*just_told.values(), *self._background.said)}
        freed = closed_by(self._parts.ontology, gone, said.values())
        self._freed += freed
        for a in (*gone, *freed):
            home = self._dead if a.uuid in just_told else self._withdrawn
            home[a.uuid] = a
            self._notes[a.uuid] = Note("corrected", f"taken back: {statement.quote!r}")

    def _instead(self, statement: Statement, made: Assertion, gone: Sequence[Assertion]) -> list[Assertion]:
        """ "I never lived in Rome, it was Oslo": Oslo over each span that was said of Rome; where none was, unless Oslo is known anyway."""
        if not gone:
            same = (made.subject, made.relation, made.object)
            return [] if any(a.holds and (a.subject, a.relation, a.object) == same for a in self._earlier()) else [made]
        wrong = statement.instead_of.text if statement.instead_of else ""
        taken_over = [
            replace(
                made,
                uuid=str(uuid4()),
                text=a.text.replace(wrong, statement.object.text) if wrong in a.text else made.text,
                start=a.start,
                within=a.within,
                precision=a.precision,
                seen=a.seen,
                end=a.end,
                end_precision=a.end_precision,
                holds=a.holds,
            )
            for a in gone
        ]
        self._notes |= {a.uuid: Note("corrected", f"said before: {before.text!r}") for a, before in zip(taken_over, gone, strict=True)}
        return taken_over


def _is_never(made: Assertion, wrong: str | None) -> bool:
    """Whether it says that something was at no time so."""
    return not made.holds and made.precision is Precision.SAID and wrong == made.object


def _takes_back(made: Assertion, said: Assertion, wrong: str | None) -> bool:
    if (said.subject, said.relation) != (made.subject, made.relation):
        return False
    if _is_never(made, wrong):
        return said.object == wrong and (said.holds or said.precision is not Precision.SAID)
    return said.holds == made.holds and (said.object == wrong if wrong else said.object != made.object)
