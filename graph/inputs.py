"""What callers hand to `Memory`. Times may be datetimes or texts (`graph.time.parse_period`), read in the group's time zone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from graph.model import Change, Entity, Episode, EpisodeKind, Fact, Json, Work

When = datetime | str


@dataclass(frozen=True, slots=True)
class MessageInput:
    role: str
    content: str
    name: str | None = None
    id: str | None = None
    said_at: When | None = None
    metadata: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DocumentInput:
    content: str
    kind: EpisodeKind = EpisodeKind.TEXT
    title: str | None = None
    id: str | None = None
    said_at: When | None = None
    metadata: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EntityInput:
    """An entity by id, or by exact name or alias (with a type to tell apart or to create)."""

    id: str | None = None
    name: str | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class FactInput:
    subject: EntityInput
    relation: str
    object: EntityInput
    text: str | None = None
    id: str | None = None
    valid_at: When | None = None
    invalid_at: When | None = None
    seen_at: When | None = None
    said_at: When | None = None
    confidence: float | None = None
    attributes: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Added:
    """`repeated`: how many were known already, by id."""

    episodes: tuple[Episode, ...]
    work: Work
    repeated: int = 0


@dataclass(frozen=True, slots=True)
class Changed:
    """What an operation changed, and when."""

    at: datetime
    changes: tuple[Change, ...] = ()
    facts: tuple[Fact, ...] = ()
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """What to forget: exactly one of these; `session` is its name."""

    episode: str | None = None
    session: str | None = None
    entity: str | None = None
    fact: str | None = None
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many records are gone, those withdrawn before included, and the log's entry that tells of it."""

    episodes: int
    facts: int
    entities: int
    tombstone: Change
