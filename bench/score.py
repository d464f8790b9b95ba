"""How much of the evidence was found."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

CUTS = (5, 10, 25, 50)


def share_found(shown: Iterable[str], evidence: frozenset[str]) -> float:
    """The part of `evidence` that is in `shown`; 0 to 1."""
    return len(evidence.intersection(shown)) / len(evidence)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` of the values do not exceed (nearest rank); 0 for none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0


@dataclass(slots=True)
class Tally:
    """Means of measures, added one question at a time; measures may differ in how often they were taken."""

    sums: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, measures: Mapping[str, float]) -> None:
        for name, value in measures.items():
            self.sums[name] += value
            self.counts[name] += 1

    def join(self, other: "Tally") -> None:
        """Adds all that `other` has taken."""
        for name, total in other.sums.items():
            self.sums[name] += total
            self.counts[name] += other.counts[name]

    def means(self) -> dict[str, float]:
        return {name: round(total / self.counts[name], 4) for name, total in self.sums.items()}


def ranked_measures(name: str, order: Sequence[str], evidence: frozenset[str]) -> dict[str, float]:
    """Evidence recall of a ranking at each cut, and whether any evidence is among the first ten."""
    measures = {f"{name} @{cut}": share_found(order[:cut], evidence) for cut in CUTS}
    return {**measures, f"{name} any@10": float(bool(evidence.intersection(order[:10])))}
