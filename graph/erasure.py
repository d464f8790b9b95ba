"""What forgetting erases and what it leaves in its place, as one value that a store writes in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from graph.delta import Vectors
from graph.model import Assertion, Change, Entity, Fact, Review

FORGOTTEN = "what failed here was forgotten"
"""The error of Work that had failed and of which an episode was forgotten: its words may have been the episode's."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """Computed against one version of a group, as a Delta is. `tombstone` is the Change that tells of it, without content.

    With the episodes go their places in Work (which is not learnt from by whoever has it leased), their mentions, and sessions of
    which nothing is left; with the entities all that they were ever recorded as.
    """

    group: str
    version: int
    tombstone: Change
    episodes: Sequence[str] = ()
    entities: Sequence[str] = ()
    assertions: Sequence[str] = ()
    facts: Sequence[str] = ()
    """Records, those retracted long ago too."""
    redrawn: Sequence[Fact] = ()
    """Records as they stand from now on: in the place of those of their uuid, or new ones."""
    reworded: Sequence[Assertion] = ()
    """Assertions that stay, in other words."""
    named: Sequence[Sequence[Entity]] = ()
    """All versions of entities that stay, oldest first, with what is left of their names and summaries."""
    changes: Sequence[Change] = ()
    """Entries of the log without what is erased."""
    reviews: Sequence[str] = ()
    asked: Sequence[Review] = ()
    """Reviews that stay, without what is erased."""
    vectors: Vectors = field(default_factory=Vectors)

    @property
    def at(self) -> datetime:
        return self.tombstone.at


@dataclass(frozen=True, slots=True)
class Erased:
    """How many records a step erased, and its entry in the log."""

    episodes: int
    facts: int
    entities: int
    tombstone: Change


@dataclass(frozen=True, slots=True)
class Gone:
    """What is to be erased, by uuid. `instants` are those of the operations that made it, took it back or brought it back: the reasons
    that callers gave for these may speak of it.
    """

    episodes: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()
    assertions: Mapping[str, Assertion] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    works: frozenset[str] = frozenset()
    instants: frozenset[datetime] = frozenset()
