"""What a question gets back."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.model import Entity, Episode, Fact, Json
from graph.views import Subgraph


@dataclass(frozen=True, slots=True)
class RankedFact:
    """`why`: each leg's part in the score, and the path from the question to here."""

    fact: Fact
    score: float
    why: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class RankedEpisode:
    episode: Episode
    score: float
    why: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Took:
    """Wall time: in all and by leg, in milliseconds."""

    total_ms: float
    legs: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Context:
    """`facts` and `episodes` come best first and are exactly what `text` shows; `tokens` is the length of `text`."""

    text: str
    tokens: int
    truncated: bool
    facts: tuple[RankedFact, ...]
    episodes: tuple[RankedEpisode, ...]
    entities: tuple[Entity, ...]
    subgraph: Subgraph
    took: Took
