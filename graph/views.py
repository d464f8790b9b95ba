"""What reads ask for and get: pages, filters, search hits, and the pieces that resolution and recall work on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from graph.model import Assertion, ChangeKind, Entity, Fact, FactStatus

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page:
    """Part of a list: the `first` items after the item whose cursor is `after`."""

    first: int = 50
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """Items in order with the cursor of each; `more` says that others follow; `total` is None where counting would scan."""

    items: tuple[T, ...]
    cursors: tuple[str, ...]
    more: bool = False
    total: int | None = None


@dataclass(frozen=True, slots=True)
class FactSlice(Slice[Fact]):
    """A page of facts, with the entities at their ends by uuid, so that showing them takes no further read."""

    ends: Mapping[str, Entity] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EntityFilter:
    types: tuple[str, ...] = ()
    name: str | None = None
    """A part of a name or alias, any case."""


@dataclass(frozen=True, slots=True)
class FactFilter:
    entity: str | None = None
    subject: str | None = None
    object: str | None = None
    relations: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    """Types that the subject or the object has."""
    text: str | None = None
    session: str | None = None
    """Only facts drawn from an assertion of this session's episodes."""
    status: tuple[FactStatus, ...] = (FactStatus.HOLDS,)


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """Those that meet every condition. A change is about an entity that it names, or that a fact it names has at an end."""

    kinds: tuple[ChangeKind, ...] = ()
    entity: str | None = None
    fact: str | None = None
    since: datetime | None = None


EVERY_CHANGE = ChangeFilter()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a name may stand for. `matched` is how: KEY, ALIAS or FIRST_NAME; `seen_at` its last mention in the session."""

    name: str
    entity: Entity
    matched: str
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Beliefs:
    """All living assertions and unretracted facts under some belief keys."""

    assertions: tuple[Assertion, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Hits:
    """One search leg's uuids with scores, best first. `short` says that the leg was cut before its limit was reached."""

    scores: Mapping[str, float]
    short: bool = False


@dataclass(frozen=True, slots=True)
class EpisodeNode:
    """An episode as recall spreads over it: its place in the conversation graph, without its content."""

    uuid: str
    session: str | None
    speaker: str | None
    instant: datetime
    previous: str | None
    next: str | None
    length: int
    """Characters of the content."""
    asks: bool
    """The content ends as a question."""


@dataclass(frozen=True, slots=True)
class Subgraph:
    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]
    total: int
    truncated: bool


@dataclass(frozen=True, slots=True)
class Counts:
    entities: int
    facts: int
    episodes: int
    sessions: int
    entity_types: Mapping[str, int]
    relations: Mapping[str, int]
