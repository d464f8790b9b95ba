"""The vocabulary: the records that stores keep and interfaces show. Frozen values over `graph.time` and `graph.errors`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from graph.asof import BELIEVED, FUTURE, HOLDS, asked
from graph.errors import BadInput
from graph.time import FAR, AsOf, Precision

Json = Any
Vector = NDArray[np.float32]

_believed, _future, _holds = asked(BELIEVED), asked(FUTURE), asked(HOLDS)


class EpisodeKind(StrEnum):
    MESSAGE = "MESSAGE"
    TEXT = "TEXT"
    JSON = "JSON"


class UpdatePolicy(StrEnum):
    """What a new value of the same subject and relation does to the old one."""

    ONTOLOGY = "ONTOLOGY"
    LATEST = "LATEST"


class FactStatus(StrEnum):
    HOLDS = "HOLDS"
    ENDED = "ENDED"
    FUTURE = "FUTURE"
    RETRACTED = "RETRACTED"


class WorkState(StrEnum):
    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"
    PARKED = "PARKED"


class ReviewKind(StrEnum):
    CONTRADICTION = "CONTRADICTION"
    DUPLICATE = "DUPLICATE"


class ChangeKind(StrEnum):
    FACT_ADDED = "FACT_ADDED"
    FACT_REINFORCED = "FACT_REINFORCED"
    FACT_ENDED = "FACT_ENDED"
    FACT_RETRACTED = "FACT_RETRACTED"
    FACT_RESTORED = "FACT_RESTORED"
    ENTITY_ADDED = "ENTITY_ADDED"
    ENTITY_RENAMED = "ENTITY_RENAMED"
    ENTITIES_MERGED = "ENTITIES_MERGED"
    MERGE_UNDONE = "MERGE_UNDONE"
    REVIEW_OPENED = "REVIEW_OPENED"
    REVIEW_RESOLVED = "REVIEW_RESOLVED"
    FORGOTTEN = "FORGOTTEN"


@dataclass(frozen=True, slots=True)
class GroupSettings:
    updates: UpdatePolicy = UpdatePolicy.ONTOLOGY
    timezone: str = "UTC"
    extractor: str | None = None


@dataclass(frozen=True, slots=True)
class Space:
    """Where the vectors of one embedder lie."""

    embedder: str
    dimension: int


@dataclass(frozen=True, slots=True)
class Group:
    """The isolated graph of one tenant. `version` grows by one with each operation; `last_at` is the last one's instant.

    `space` is that of its vectors, None where it has none yet.
    """

    name: str
    version: int
    created_at: datetime
    last_at: datetime
    settings: GroupSettings = GroupSettings()
    ontology_hash: str | None = None
    space: Space | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One conversation in a group; `uuid` identifies it, `name` is the caller's."""

    uuid: str
    group: str
    name: str
    title: str | None
    started_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Episode:
    """One message or document exactly as received.

    `said_at` keeps the offset it was given with; `instant` (UTC) is when it counts as said (`graph.time.spaced`).
    `name` is the speaker of a message, the title of a document. `session` is the session's name.
    """

    uuid: str
    group: str
    session: str | None
    kind: EpisodeKind
    role: str | None
    name: str | None
    content: str
    said_at: datetime
    instant: datetime
    created_at: datetime
    external_id: str | None = None
    metadata: Mapping[str, Json] = field(default_factory=dict)
    work: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, place, organisation, thing or value that facts are about, as one version of it reads.

    `key` (`graph.resolve.entity_key`) is unique in its group. `recorded_at` is when this version was recorded. `merged_into` is the
    entity that it is one with, which is never itself merged; `apart` are those that it was said not to be.
    """

    uuid: str
    group: str
    name: str
    type: str
    key: str | None
    created_at: datetime
    recorded_at: datetime
    aliases: tuple[str, ...] = ()
    summary: str | None = None
    merged_into: str | None = None
    apart: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lapse:
    """A span over which an assertion was withdrawn: by which operation, since when, and when it was reinstated."""

    by: str
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Assertion:
    """What one source said: subject -relation-> object holds from `start` (to `end`), or from `start` on no longer holds.

    `start` is the first instant of the period within which it began, `within` that period's end (None: `start` is exact,
    or `precision` is SAID: it was known to hold when said). `seen` is the last instant the words vouch for, `said` when
    they were said. A denial (`holds` False) of precision BEFORE says "it once was so, and is over". `withdrawn_by` is the
    operation that it is withdrawn by now, `lapses` are the spans before that, if it was reinstated, in order.
    `said_of` are the entities that it was said about, where these have been merged into `subject` and `object` since.
    """

    uuid: str
    group: str
    subject: str
    relation: str
    object: str
    start: datetime
    precision: Precision
    said: datetime
    recorded_at: datetime
    operation: str
    text: str
    actor: str
    within: datetime | None = None
    seen: datetime | None = None
    end: datetime | None = None
    end_precision: Precision | None = None
    holds: bool = True
    confidence: float = 1.0
    episode: str | None = None
    quote: str | None = None
    span: tuple[int, int] | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None
    external_id: str | None = None
    attributes: Mapping[str, Json] = field(default_factory=dict)
    lapses: tuple[Lapse, ...] = ()
    said_of: tuple[str, str] | None = None

    def lives(self) -> list[tuple[datetime, datetime | None]]:
        """Since when until when it lived, in order; None is until further notice. What was taken back in the same breath never did."""
        begun = (self.recorded_at, *(lapse.until for lapse in self.lapses))
        over = (*(lapse.at for lapse in self.lapses), self.withdrawn_at)
        return [(since, until) for since, until in zip(begun, over, strict=True) if since != until]

    def withdrawn_as_known(self, known: datetime) -> datetime | None:
        """When it was withdrawn, as far as was known at `known`; None where it then lived."""
        if self.withdrawn_at is not None and self.withdrawn_at <= known:
            return self.withdrawn_at
        return next((lapse.at for lapse in self.lapses if lapse.at <= known < lapse.until), None)


@dataclass(frozen=True, slots=True)
class Confidence:
    """How sure a fact was, from the one before or from its making on, `until` more was said of it or something was taken back."""

    value: float
    until: datetime


@dataclass(frozen=True, slots=True)
class Fact:
    """One record of what is believed: subject -relation-> object over one interval, in words. Ends are half-open.

    `key` is the belief key it was drawn under (`graph.belief.belief_key`); `assertions` are the uuids behind it, `episodes` those
    of the episodes in which these were said. `confidence` is how sure it is now, `confidences` how sure it was before, in order.
    """

    uuid: str
    group: str
    key: str
    subject: str
    relation: str
    object: str
    text: str
    valid_at: datetime
    valid_at_precision: Precision
    created_at: datetime
    invalid_at: datetime | None = None
    invalid_at_precision: Precision | None = None
    expired_at: datetime | None = None
    retracted_at: datetime | None = None
    replaced_by: str | None = None
    confidence: float = 1.0
    assertions: tuple[str, ...] = ()
    episodes: tuple[str, ...] = ()
    attributes: Mapping[str, Json] = field(default_factory=dict)
    confidences: tuple[Confidence, ...] = ()

    def __post_init__(self) -> None:
        if self.invalid_at is not None and self.invalid_at < self.valid_at:
            raise BadInput(f"it cannot have ended at {self.invalid_at} before it began at {self.valid_at}")

    @property
    def valid_until(self) -> datetime:
        """When it ended; far where it has not."""
        return FAR if self.invalid_at is None else self.invalid_at

    @property
    def expired_from(self) -> datetime:
        """When its end was learnt: with the record, if not later; far where it has none."""
        return FAR if self.invalid_at is None else self.expired_at or self.created_at

    @property
    def retracted_from(self) -> datetime:
        return FAR if self.retracted_at is None else self.retracted_at

    def end_as_known(self, known: datetime) -> datetime | None:
        """When it ended, as far as was known at `known`; None is until further notice."""
        return None if self.expired_at is not None and known < self.expired_at else self.invalid_at

    def confidence_as_known(self, known: datetime) -> float:
        if not self.confidences:
            return self.confidence
        return next((before.value for before in self.confidences if known < before.until), self.confidence)

    def weighed(self, confidence: float, at: datetime) -> "Fact":
        """As sure as that from an instant on."""
        return replace(self, confidence=confidence, confidences=(*self.confidences, Confidence(self.confidence, at)))

    def believed_at(self, known: datetime) -> bool:
        return _believed(self, AsOf(known, known))

    def status(self, as_of: AsOf) -> FactStatus:
        """How it stands at an instant on both clocks (DESIGN: the law of time)."""
        # Recall asks it of hundreds of facts, of which nearly all go on and were never taken back.
        if self.retracted_at is None and self.invalid_at is None and self.created_at <= as_of.known and self.valid_at <= as_of.valid:
            return FactStatus.HOLDS
        if not _believed(self, as_of):
            return FactStatus.RETRACTED
        if _future(self, as_of):
            return FactStatus.FUTURE
        return FactStatus.HOLDS if _holds(self, as_of) else FactStatus.ENDED


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of a group's append-only log. `seq` is 0 until the store has numbered it; `work` is the Work it came of."""

    uuid: str
    group: str
    operation: str
    kind: ChangeKind
    at: datetime
    actor: str
    rule: str
    reason: str
    seq: int = 0
    episode: str | None = None
    facts: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    undoes: str | None = None
    work: str | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """What one message batch or mutation did, by the uuids of what it touched; the unit of undo.

    It `undoes` another operation or none; `root` is where that chain of undoings began, itself where it undoes none.
    `withdrew` are assertions it took back itself, not those that live no more because it undid what said them. `revised` are
    entities, `reviews` those it opened or resolved, `updates` the group's policy before and after.
    """

    uuid: str
    at: datetime
    root: str
    undoes: str | None = None
    changes: tuple[str, ...] = ()
    asserted: tuple[str, ...] = ()
    withdrew: tuple[str, ...] = ()
    revised: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    updates: tuple[UpdatePolicy, UpdatePolicy] | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """A question for a person; `resolution` is the Change that answered it."""

    uuid: str
    group: str
    kind: ReviewKind
    reason: str
    opened_at: datetime
    facts: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    resolved_at: datetime | None = None
    resolution: str | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """The durable task of learning from kept episodes; `done` of its episodes have been learnt from."""

    uuid: str
    group: str
    session: str | None
    state: WorkState
    queued_at: datetime
    total: int
    done: int = 0
    attempts: int = 0
    error: str | None = None
    finished_at: datetime | None = None


class Embedder(Protocol):
    name: str
    dimension: int
    remote: bool
    """Whether it is asked over the network: what it made is worth remembering."""

    async def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of unit length a text; shape (len(texts), dimension)."""
        ...

    async def close(self) -> None:
        """Ends its connections; a text that comes afterwards opens them again."""
        ...


class Tokenizer(Protocol):
    def count(self, text: str) -> int:
        """How many tokens a model would read."""
        ...
