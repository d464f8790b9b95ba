"""Along the relations that a question names: "the capital of the country of the author of X" is three facts, each found by the last."""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.language import Link
from graph.model import Entity, Fact
from graph.ontology import Ontology
from graph.recall.spread import WIDEST, Affinity, Reached

NAMED_EXACTLY = 1.0
PERHAPS = 0.5
"""What an entity is worth as a start that is only described, or alike."""
UNNAMED = 0.6
"""What a step keeps, of what the question points to it, that no relation of the question names."""
AGAINST = 0.9
"""What a step from the object to the subject keeps."""
CROWD = -0.25
"""The power by which one of many facts of the same relation around an entity tells less."""
ON_THE_WAY = 0.95
"""What a fact is worth on the way to the one that the question asks for."""
WAYS = 3
"""Ways followed on from an entity."""

LEADS_TO = 0.8
"""What a step keeps whose relation is not named, but what it leads to: "the country of Anna"."""
BEGINS_ALIKE = 5
"""Letters by which a word of a relation that the ontology does not know is known in a question."""


@dataclass(frozen=True, slots=True)
class Named:
    """What some words of a question name: relations with how sure they are, and words that a relation of no ontology may have."""

    relations: Mapping[str, float]
    roots: frozenset[str] = frozenset()
    known: Container[str] = ()
    """The relations of the ontology."""

    @classmethod
    def of(cls, link: Link, ontology: Ontology) -> "Named":
        to = {r.name: LEADS_TO for r in ontology.relations.values() if set(link.types).intersection(r.object)}
        named = dict.fromkeys(related(link.relations, ontology), 1.0)
        return cls(to | named, frozenset(word[:BEGINS_ALIKE] for word in link.words if len(word) >= BEGINS_ALIKE), ontology.relations)

    def by(self, relation: str) -> float:
        """How surely it names a relation; 0 for not at all."""
        if relation in self.known or not self.roots:
            return self.relations.get(relation, 0.0)
        return LEADS_TO if any(word[:BEGINS_ALIKE] in self.roots for word in relation.split("_")) else 0.0


def related(names: Iterable[str], ontology: Ontology) -> frozenset[str]:
    """The relations, with those that theirs are recorded as, set or end: "moved to" tells where someone lives."""
    relations = [ontology.relation(name) for name in names]
    return frozenset(name for r in relations for name in (r.name, r.inverse, r.sets, *r.ends) if name)


@dataclass(frozen=True, slots=True)
class Way:
    """From a start to an entity: how sure it is, which links of the question were not yet followed, and the facts on it."""

    end: str
    strength: float
    left: frozenset[int]
    path: tuple[str, ...] = ()
    met: frozenset[str] = frozenset()


@dataclass(slots=True)
class Walk:
    """All ways at once, a hop at a time. A fact that a link leads to is worth the share of all links followed on the way to it."""

    links: Sequence[Named]
    affinity: Affinity
    ways: Mapping[str, Sequence[Way]]
    facts: dict[str, Fact] = field(default_factory=dict)
    reached: dict[str, Reached] = field(default_factory=dict)
    _named: dict[tuple[frozenset[int], str], tuple[frozenset[int], float]] = field(default_factory=dict)
    """The links that relations follow: many facts have few relations."""

    @classmethod
    def of(cls, links: Sequence[Named], affinity: Affinity, starts: Mapping[str, float]) -> "Walk":
        every = frozenset(range(len(links)))
        return cls(links, affinity, {start: [Way(start, weight, every, (), frozenset([start]))] for start, weight in starts.items()})

    def follow(self, around: Mapping[str, Sequence[Fact]]) -> list[str]:
        """Takes one hop over the facts around each entity and returns the entities to go on from, the best first."""
        arrived: dict[tuple[str, frozenset[int]], Way] = {}
        for entity in sorted(self.ways.keys() & around.keys()):
            kinds = [(fact.relation, fact.subject == entity) for fact in around[entity]]
            crowds = {kind: count**CROWD for kind, count in Counter(kinds).items()}
            for fact, kind in zip(around[entity], kinds, strict=True):
                for way in self.ways[entity]:
                    self._step(way, fact, crowds[kind], arrived)
        self.ways = self._best(arrived.values())
        return list(self.ways)

    def _step(self, way: Way, fact: Fact, crowd: float, arrived: dict[tuple[str, frozenset[int]], Way]) -> None:
        forward = fact.subject == way.end
        end = fact.object if forward else fact.subject
        if end in way.met:
            return
        link, named = self._link(way.left, fact.relation)
        kept = crowd * (1.0 if forward else AGAINST) * (named if link else UNNAMED * self.affinity.to(fact))
        strength, left, path = way.strength * kept, way.left - link, (*way.path, fact.uuid)
        self.facts[fact.uuid] = fact
        worth = strength * (1 - len(left) / len(self.links))
        if link and (fact.uuid not in self.reached or self.reached[fact.uuid].strength < worth):
            self.reached[fact.uuid] = Reached(fact, worth, path)
        at = (end, left)
        if left and (at not in arrived or arrived[at].strength < strength):
            arrived[at] = Way(end, strength, left, path, way.met | {end})

    def _link(self, left: frozenset[int], relation: str) -> tuple[frozenset[int], float]:
        """The link of those left that a relation follows, as a set of at most one, and how surely."""
        found = self._named.get((left, relation))
        if found is None:
            named, link = max(((self.links[link].by(relation), -link) for link in left), default=(0.0, 0))
            found = self._named[left, relation] = frozenset([-link] if named else ()), named
        return found

    def _best(self, arrived: Iterable[Way]) -> dict[str, list[Way]]:
        """The best ways, by the entity that they lead to."""
        best: dict[str, list[Way]] = {}
        for way in sorted(arrived, key=lambda way: (-self._promise(way), way.path)):
            if way.end in best and len(best[way.end]) < WAYS:
                best[way.end].append(way)
            elif way.end not in best and len(best) < WIDEST:
                best[way.end] = [way]
        return best

    def _promise(self, way: Way) -> float:
        return round(way.strength * (1 + len(self.links) - len(way.left)) / (1 + len(self.links)), 9)

    def worths(self) -> dict[str, float]:
        """What each fact is worth, for itself or as a step to another; 0 to 1."""
        worths: dict[str, float] = {}
        for last, found in self.reached.items():
            for fact in found.path:
                worth = found.strength * (1.0 if fact == last else ON_THE_WAY)
                worths[fact] = max(worth, worths.get(fact, 0.0))
        return worths


def starts(exact: Mapping[str, Sequence[Entity]], seeds: Mapping[str, float]) -> dict[str, float]:
    """Where to begin: at the entities of exactly a name in the question, the longest name of several, then at those perhaps meant."""
    names = [name for name, entities in exact.items() if entities]
    longest = [name for name in names if not any(_within(name, other) for other in names)]
    begun = {entity: PERHAPS * strength for entity, strength in seeds.items()}
    for name in longest:
        begun.update((entity.uuid, NAMED_EXACTLY) for entity in exact[name])
    return begun


def _within(name: str, other: str) -> bool:
    """Whether a name is a part of another one."""
    return len(name) < len(other) and f" {name.casefold()} " in f" {other.casefold()} "
