"""From the seeds along the facts: best first, weighed by the question, a little weaker with every step."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.model import Fact
from graph.recall.seeds import Legs, ranked

DECAY = 0.85
AGAINST = 0.8
"""What following a fact from its object to its subject keeps."""
PLAIN = 0.35
"""What a fact keeps that nothing in the question points to."""
WIDEST = 12
"""Entities followed on from a hop."""


@dataclass(frozen=True, slots=True)
class Affinity:
    """How much the question points to a fact: by its relation, its words, its meaning; 0.35 to 1."""

    relations: frozenset[str]
    coverage: Mapping[str, float]
    cosines: Mapping[str, float]

    @classmethod
    def of(cls, relations: Iterable[str], legs: Legs) -> "Affinity":
        return cls(frozenset(relations), legs.coverage, legs.cosines)

    def to(self, fact: Fact) -> float:
        said, cosine = self.coverage.get(fact.uuid, 0.0) / 2, self.cosines.get(fact.uuid, 0.0)
        if cosine > 0:
            said += cosine / 2
        if fact.relation in self.relations:
            said += 0.5
        return PLAIN + (1 - PLAIN) * (said if said < 1.0 else 1.0)


class Reached(NamedTuple):
    """A fact, how strongly the question reaches it, and the facts passed on the way, itself last. Made for every step, so a tuple."""

    fact: Fact
    strength: float
    path: tuple[str, ...]


class Trail(NamedTuple):
    """How an entity was reached. Made for nearly every step, too."""

    strength: float
    path: tuple[str, ...] = ()


@dataclass(slots=True)
class Spread:
    """The facts reached so far, and the entities to follow on from."""

    affinity: Affinity
    trails: dict[str, Trail]
    reached: dict[str, Reached] = field(default_factory=dict)

    def follow(self, facts: Mapping[str, Iterable[Fact]]) -> list[str]:
        """Takes one hop over the facts around each entity and returns the entities reached anew or more strongly, strongest first."""
        arrived: dict[str, Trail] = {}
        for entity, touching in facts.items():
            self._step(entity, touching, arrived)
        fresh = {uuid: trail for uuid, trail in arrived.items() if uuid not in self.trails or self.trails[uuid].strength < trail.strength}
        self.trails.update(fresh)
        return ranked({uuid: trail.strength for uuid, trail in fresh.items()})[:WIDEST]

    def _step(self, entity: str, touching: Iterable[Fact], arrived: dict[str, Trail]) -> None:
        trail, reached = self.trails[entity], self.reached
        for fact in touching:
            strength = trail.strength * self.affinity.to(fact)
            path = (*trail.path, fact.uuid)
            before = reached.get(fact.uuid)
            if before is None or before.strength < strength:
                reached[fact.uuid] = Reached(fact, strength, path)
            forward = fact.subject == entity
            other = fact.object if forward else fact.subject
            onward = strength * DECAY * (1.0 if forward else AGAINST)
            earlier = arrived.get(other)
            if earlier is None or earlier.strength < onward:
                arrived[other] = Trail(onward, path)


def from_seeds(seeds: Mapping[str, float], affinity: Affinity) -> Spread:
    return Spread(affinity, {uuid: Trail(weight) for uuid, weight in seeds.items()})
