"""Where a question touches the graph: what its words and its meaning found, and the entities it names or describes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.model import Entity
from graph.views import Hits

NAMED = 1.0
NAMESAKE = 0.7
DESCRIBED = 0.6
ALIKE = 0.3
MOST_SEEDS = 12
MEANT = 0.3
"""From this strength on an entity is taken to be meant."""


@dataclass(frozen=True)
class Legs:
    """What searching the records of one kind gave: for each word the records that have it with their BM25, and cosines."""

    words: Mapping[str, Mapping[str, float]]
    cosines: Mapping[str, float]

    @classmethod
    def of(cls, words: Mapping[str, Hits], near: Hits) -> "Legs":
        return cls({word: hits.scores for word, hits in words.items()}, near.scores)

    def without(self, words: Iterable[str]) -> "Legs":
        dropped = frozenset(words)
        return Legs({word: hits for word, hits in self.words.items() if word not in dropped}, self.cosines)

    def weights(self) -> dict[str, float]:
        """How much each word that was found tells: its best score. Rare words tell more."""
        return {word: max(hits.values()) for word, hits in self.words.items() if hits}

    def totals(self) -> dict[str, float]:
        """The BM25 of all words together, by record."""
        sums: dict[str, float] = {}
        for hits in self.words.values():
            for uuid, score in hits.items():
                sums[uuid] = sums.get(uuid, 0.0) + score
        return sums

    @cached_property
    def coverage(self) -> Mapping[str, float]:
        """The share of the words that a record has, each counted with its weight; one found nowhere is as rare as any. 0 to 1."""
        weights = self.weights()
        whole = sum(weights.values()) + (len(self.words) - len(weights)) * max(weights.values(), default=0.0)
        sums: dict[str, float] = {}
        for word, weight in weights.items():
            share = weight / whole
            for uuid in self.words[word]:
                sums[uuid] = sums.get(uuid, 0.0) + share
        return sums

    def best(self, limit: int) -> list[str]:
        """The records that words and meaning together find most, best first; ties by uuid."""
        fused = dict(self.cosines)
        for uuid, total in relative(self.totals()).items():
            fused[uuid] = total + fused.get(uuid, 0.0)
        return ranked(fused)[:limit]


def relative(scores: Mapping[str, float]) -> dict[str, float]:
    """The scores as shares of the best one."""
    best = max(scores.values(), default=0.0)
    return {uuid: score / best for uuid, score in scores.items()} if best > 0 else dict.fromkeys(scores, 0.0)


def by_example(hits: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """How much each record has of one of the kinds that a question asks for, as a share of the record that has most of it."""
    shares: dict[str, float] = {}
    for scores in hits:
        for uuid, share in relative(scores).items():
            _raise(shares, uuid, share)
    return shares


def ranked(scores: Mapping[str, float]) -> list[str]:
    """Keys by score, best first; equal ones by name, so that the same question has the same answer twice."""
    return [uuid for _, uuid in sorted([(-score, uuid) for uuid, score in scores.items()])]


def entity_seeds(named: Iterable[Sequence[Entity]], found: Legs, around: Iterable[str]) -> dict[str, float]:
    """How strongly each entity is meant, 0 to 1: given by the caller, named (best connected first), described, alike."""
    seeds = dict.fromkeys(around, NAMED)
    for namesakes in named:
        for rank, entity in enumerate(namesakes):
            _raise(seeds, entity.uuid, NAMED if rank == 0 else NAMESAKE)
    for uuid, share in relative(found.totals()).items():
        _raise(seeds, uuid, DESCRIBED * share)
    for uuid, cosine in found.cosines.items():
        _raise(seeds, uuid, ALIKE * max(0.0, cosine))
    return {uuid: seeds[uuid] for uuid in ranked(seeds)[:MOST_SEEDS]}


def _raise(seeds: dict[str, float], uuid: str, weight: float) -> None:
    seeds[uuid] = max(weight, seeds.get(uuid, 0.0))
