"""What one operation changes, as values: what stores apply in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from graph.model import Assertion, Change, Entity, Fact, GroupSettings, Review, Space, Vector
from graph.time import Precision


@dataclass(frozen=True, slots=True)
class Closing:
    """A record's end, learnt after the record was made."""

    fact: str
    invalid_at: datetime
    precision: Precision


@dataclass(frozen=True, slots=True)
class Retraction:
    """A record's withdrawal; `replaced_by` names the record that took its place when it was rewritten."""

    fact: str
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Vectors:
    """Embeddings by uuid, each of unit length."""

    entities: Mapping[str, Vector] = field(default_factory=dict)
    facts: Mapping[str, Vector] = field(default_factory=dict)
    episodes: Mapping[str, Vector] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (self.entities or self.facts or self.episodes)


@dataclass(frozen=True, slots=True)
class Delta:
    """What one operation changes, applied in one transaction against the group version it was computed from."""

    group: str
    version: int
    operation: str
    at: datetime
    entities: Sequence[Entity] = ()
    revised: Sequence[Entity] = ()
    """New versions of entities that exist."""
    assertions: Sequence[Assertion] = ()
    withdrawn: Sequence[str] = ()
    facts: Sequence[Fact] = ()
    closings: Sequence[Closing] = ()
    retractions: Sequence[Retraction] = ()
    supports: Sequence[tuple[str, str]] = ()
    """(fact, assertion) pairs to add to facts that exist."""
    confidences: Sequence[tuple[str, float]] = ()
    """(fact, how sure it is from now on) for facts that exist."""
    mentions: Sequence[tuple[str, str]] = ()
    """(episode, entity) pairs."""
    changes: Sequence[Change] = ()
    reviews: Sequence[Review] = ()
    vectors: Vectors = Vectors()
    reinstated: Sequence[str] = ()
    """Withdrawn assertions that live again."""
    undoes: str | None = None
    """The operation that this one undoes."""
    settings: tuple[GroupSettings, GroupSettings] | None = None
    """The group's before and after, where it sets them."""
    ontology: str | None = None
    """The hash of the ontology that the group believes under from now on; None leaves it as it is."""
    space: Space | None = None
    """That of the vectors, where the group has none yet."""
