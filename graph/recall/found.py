"""What a question means, and what searching the graph for it found."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from graph.language import Question
from graph.model import Entity, Fact, FactStatus, Vector
from graph.recall.chains import Named
from graph.recall.facts import showable
from graph.recall.seeds import MEANT, Legs, ranked
from graph.time import AsOf

SEED_EPISODES = 100
SEED_EXAMPLES = 40
"""So many messages more that name something of a kind asked for, where words and meaning did not find them."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The question as understood, with all relations that its words may point to."""

    question: Question
    vector: Vector
    zone: ZoneInfo
    relations: frozenset[str]
    links: Sequence[Named] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What searching found, and the entities that the question is taken to be about, with how strongly."""

    episodes: Legs
    facts: Legs
    named: Mapping[str, Sequence[Entity]]
    seeds: Mapping[str, float]
    starts: Mapping[str, float]
    """Where chains begin."""
    examples: Mapping[str, float]
    """The messages that name something of a kind that is asked for, with how much they do."""

    def messages(self) -> list[str]:
        """Those to look around: what words and meaning found, and what names something of the kind beside."""
        best = self.episodes.best(SEED_EPISODES)
        looked_at = frozenset(best)
        others = [uuid for uuid in ranked(self.examples) if uuid not in looked_at]
        return [*best, *others[:SEED_EXAMPLES]]

    def meant(self) -> frozenset[str]:
        return frozenset(entity for entity, strength in self.seeds.items() if strength >= MEANT)

    def names(self, question: Question) -> frozenset[str]:
        """The question's names and words and all names of the entities they stand for, folded: who may be meant as a speaker."""
        known = [name for namesakes in self.named.values() for entity in namesakes for name in (entity.name, *entity.aliases)]
        return frozenset(name.casefold() for name in [*question.terms, *question.names, *known])


@dataclass(frozen=True, slots=True)
class Sight:
    """Which facts may be shown in answer to a question. A fact is met around both its ends and in messages, and looked at once."""

    as_of: AsOf
    past: bool
    meant: Container[str]
    _seen: dict[str, bool] = field(default_factory=dict)

    def of(self, facts: Iterable[Fact]) -> list[Fact]:
        return [fact for fact in facts if (seen if (seen := self._seen.get(fact.uuid)) is not None else self._look(fact))]

    def _look(self, fact: Fact) -> bool:
        seen = self._seen[fact.uuid] = showable(fact, self.as_of, self.past, self.meant)
        return seen

    def passable(self, facts: Iterable[Fact]) -> list[Fact]:
        """What leads on from further hops: where the past is not asked for, only what holds."""
        if self.past:
            return self.of(facts)
        return [fact for fact in facts if fact.status(self.as_of) is FactStatus.HOLDS]
