"""What Graphiti wrote, as records of ours: what it said of episodes, entities and facts, read by our rules. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import uuid4

from graph.belief import belief_key
from graph.model import Assertion, Change, ChangeKind, Entity, Episode, EpisodeKind, Fact, Json, Review, ReviewKind, UpdatePolicy
from graph.ontology import ANY_TYPE, Ontology
from graph.resolve import entity_key
from graph.time import Precision, in_utc

ACTOR = "graphiti"
RULE = "adopted"
KINDS = {"message": EpisodeKind.MESSAGE, "json": EpisodeKind.JSON}
"""By Graphiti's `source`; all else is a text."""
ROLES = ("user", "assistant", "system", "tool")
_ACTOR = re.compile(r"\s*([^\n:.!?]{0,60}?)\s*(?:\((\w+)\))?\s*:(?:\s|\Z)")
"""How a message begins: `Ana: `, `user: `, or as Graphiti's own service writes it, `Ana(user): `."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TheirEpisode:
    """An Episodic; `session` is the name of its saga."""

    uuid: str
    source: str
    content: str
    created_at: datetime
    valid_at: datetime
    session: str | None = None


@dataclass(frozen=True, slots=True)
class TheirEntity:
    uuid: str
    name: str
    labels: Sequence[str]
    summary: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class TheirFact:
    """A fact of theirs; `known` are assertions of ours that it rests on already, where Graphiti wrote a fact of ours anew.

    `episodes` are those that are there, `ends_since` is when both ends were known.
    """

    uuid: str
    subject: str
    object: str
    name: str
    text: str
    created_at: datetime
    ends_since: datetime
    valid_at: datetime | None = None
    invalid_at: datetime | None = None
    expired_at: datetime | None = None
    reference_time: datetime | None = None
    episodes: Sequence[str] = ()
    attributes: Mapping[str, Json] = field(default_factory=dict)
    known: Sequence[Assertion] = ()


@dataclass(frozen=True, slots=True)
class Adoption:
    """One operation that takes over records of a group, and the rules by which they are read."""

    group: str
    at: datetime
    ontology: Ontology
    policy: UpdatePolicy = UpdatePolicy.ONTOLOGY
    operation: str = field(default_factory=lambda: str(uuid4()))


@dataclass(frozen=True, slots=True)
class Survey:
    """What adopting a group would do. `duplicates` are names that several entities of a type share; `lengths` those of its
    vectors; `indexes` of Graphiti's give way to constraints; `obstacles` must be removed first.
    """

    group: str
    episodes: int
    entities: int
    mentions: int
    facts: int
    duplicates: tuple[str, ...]
    lengths: tuple[int, ...]
    dimension: int
    indexes: tuple[str, ...]
    obstacles: tuple[str, ...]

    @property
    def own_vectors(self) -> bool:
        """Whether vectors of ours must stand beside theirs."""
        return any(length != self.dimension for length in self.lengths)

    @property
    def is_done(self) -> bool:
        return not (self.episodes or self.entities or self.mentions or self.facts)


# episodes


def episode(theirs: TheirEpisode, group: str) -> Episode:
    kind = KINDS.get(theirs.source, EpisodeKind.TEXT)
    role, name = speaker(theirs.content) if kind is EpisodeKind.MESSAGE else (None, None)
    return Episode(
        uuid=theirs.uuid,
        group=group,
        session=theirs.session,
        kind=kind,
        role=role,
        name=name,
        content=theirs.content,
        said_at=theirs.valid_at,
        instant=in_utc(theirs.valid_at),
        created_at=theirs.created_at,
    )


def speaker(content: str) -> tuple[str, str | None]:
    """Role and name of who a message says it is from."""
    found = _ACTOR.match(content)
    if found is None:
        return "user", None
    name, role = found[1], (found[2] or "").lower()
    if role in ROLES:
        return role, name or None
    if name.lower() in ROLES:
        return name.lower(), None
    return "user", name or None


# entities


def type_of(labels: Sequence[str], group: str, ontology: Ontology) -> str:
    """A type of the ontology, in any case, the narrowest where there are several; else the first label; else any."""
    own = [label for label in labels if label != "Entity" and label != f"Entity_{group.replace('-', '')}"]
    known = {name.lower(): name for name in ontology.types}
    types = [known[label.lower()] for label in own if label.lower() in known]
    narrow = [t for t in types if not any(other != t and ontology.is_a(other, t) for other in types)]
    return next(iter((*narrow, *own)), ANY_TYPE)


def entity(theirs: TheirEntity, group: str, ontology: Ontology) -> Entity:
    """With the key it has unless another one has it."""
    type_ = type_of(theirs.labels, group, ontology)
    return Entity(
        uuid=theirs.uuid,
        group=group,
        name=theirs.name,
        type=type_,
        key=entity_key(theirs.name, type_),
        created_at=theirs.created_at,
        recorded_at=theirs.created_at,
        summary=theirs.summary or None,
    )


def apart(entities: Sequence[Entity], holders: Mapping[str, str]) -> tuple[list[Entity], list[tuple[str, Entity]]]:
    """The entities with each key once, and of those that lost theirs, who has it. `holders` have keys already."""
    taken = dict(holders)
    kept: list[Entity] = []
    duplicates: list[tuple[str, Entity]] = []
    for one in entities:
        holder = taken.setdefault(one.key or "", one.uuid)
        kept.append(one if holder == one.uuid else replace(one, key=None))
        if holder != one.uuid:
            duplicates.append((holder, one))
    return kept, duplicates


def review(adoption: Adoption, holder: str, duplicate: Entity) -> Review:
    reason = f"Graphiti has {duplicate.name!r} ({duplicate.type}) more than once: are these one?"
    return Review(str(uuid4()), adoption.group, ReviewKind.DUPLICATE, reason, adoption.at, entities=(holder, duplicate.uuid))


# facts


def said(theirs: TheirFact, adoption: Adoption) -> Assertion:
    """The one assertion behind a fact. What ended no later than it began was so some time before, and is over."""
    since = in_utc(theirs.reference_time or theirs.created_at)
    start = in_utc(theirs.valid_at) if theirs.valid_at else since
    precision = _precision(start) if theirs.valid_at else Precision.SAID
    end = _end(theirs)
    over = end is not None and end <= start
    return Assertion(
        uuid=str(uuid4()),
        group=adoption.group,
        subject=theirs.subject,
        relation=adoption.ontology.relation(theirs.name).name,
        object=theirs.object,
        start=start,
        precision=Precision.BEFORE if over else precision,
        said=since,
        recorded_at=_known_since(theirs),
        operation=adoption.operation,
        text=theirs.text,
        actor=ACTOR,
        within=start + _DAY if precision is Precision.DAY and not over else None,
        end=None if over else end,
        end_precision=None if over else _end_precision(theirs),
        holds=not over,
        episode=next(iter(theirs.episodes), None),
        attributes=theirs.attributes,
    )


def fact(theirs: TheirFact, behind: Sequence[Assertion], adoption: Adoption) -> Fact:
    """As Graphiti believed it, in our words; `behind` are the assertions it rests on."""
    lead = behind[0]
    formerly = not lead.holds
    start = in_utc(theirs.valid_at) if theirs.known and theirs.valid_at else lead.start
    end = start if formerly else _end(theirs)
    known = _known_since(theirs)
    learnt = theirs.expired_at is not None and theirs.expired_at > known
    return Fact(
        uuid=theirs.uuid,
        group=adoption.group,
        key=belief_key(adoption.ontology.relation(lead.relation), theirs.subject, theirs.object, adoption.policy),
        subject=theirs.subject,
        relation=lead.relation,
        object=theirs.object,
        text=theirs.text,
        valid_at=start,
        valid_at_precision=lead.precision,
        created_at=known,
        invalid_at=None if end is None else max(start, end),
        invalid_at_precision=Precision.BEFORE if formerly else _end_precision(theirs),
        expired_at=theirs.expired_at if learnt and end is not None else None,
        confidence=max(a.confidence for a in behind),
        assertions=tuple(a.uuid for a in behind),
        episodes=tuple(theirs.episodes),
        attributes=theirs.attributes,
    )


def _known_since(theirs: TheirFact) -> datetime:
    """No fact is known before what it is about."""
    return max(in_utc(theirs.created_at), theirs.ends_since)


def _end(theirs: TheirFact) -> datetime | None:
    """One that expired without an end had ended by then."""
    end = theirs.invalid_at or theirs.expired_at
    return None if end is None else in_utc(end)


def _end_precision(theirs: TheirFact) -> Precision | None:
    if theirs.invalid_at is not None:
        return _precision(in_utc(theirs.invalid_at))
    return None if theirs.expired_at is None else Precision.SAID


def _precision(at: datetime) -> Precision:
    """Graphiti writes a day as its midnight."""
    return Precision.DAY if (at.hour, at.minute, at.second, at.microsecond) == (0, 0, 0, 0) else Precision.SECOND


# the log


def changes(adoption: Adoption, entities: Iterable[Entity], facts: Iterable[tuple[Fact, bool]], reviews: Iterable[Review]) -> list[Change]:
    """One for each record; a fact may be one that was ours before (True)."""

    def change(kind: ChangeKind, reason: str, **about: object) -> Change:
        made = Change(str(uuid4()), adoption.group, adoption.operation, kind, adoption.at, ACTOR, RULE, reason)
        return replace(made, **about)  # type: ignore[arg-type]

    found = [change(ChangeKind.ENTITY_ADDED, f"Graphiti knew {e.name!r}", entities=(e.uuid,)) for e in entities]
    for one, was_ours in facts:
        kind = ChangeKind.FACT_RESTORED if was_ours else ChangeKind.FACT_ADDED
        reason = "Graphiti wrote anew: " if was_ours else "Graphiti believed: "
        found.append(change(kind, reason + one.text, facts=(one.uuid,), episode=next(iter(one.episodes), None)))
    return found + [change(ChangeKind.REVIEW_OPENED, r.reason, entities=r.entities) for r in reviews]
