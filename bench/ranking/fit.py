"""A linear table of weights, learnt listwise: each message that is evidence against all candidates that are none. Convex, so that the
same data give the same table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.score import CUTS

Numbers = NDArray[np.float64]
STEPS = 20
CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class Example:
    """A question's candidates: a row each with a value a leg, and which of them are `evidence`, of which there is `whole` in all."""

    values: Numbers
    evidence: NDArray[np.bool_]
    whole: int
    category: str = ""
    weight: float = 1.0
    """How much it counts when learning."""


@dataclass(frozen=True, slots=True)
class _Told:
    """One message that is evidence, and all that are not."""

    evidence: Numbers
    others: Numbers
    weight: float

    def loss(self, weights: Numbers) -> float:
        own = float(self.evidence @ weights)
        return self.weight * float(np.logaddexp(own, np.logaddexp.reduce(self.others @ weights)) - own)

    def slope_and_curve(self, weights: Numbers) -> tuple[Numbers, Numbers]:
        scores = np.concatenate([[self.evidence @ weights], self.others @ weights])
        chance = np.exp(scores - np.logaddexp.reduce(scores))
        mean = chance[0] * self.evidence + chance[1:] @ self.others
        spread = (self.others.T * chance[1:]) @ self.others + chance[0] * np.outer(self.evidence, self.evidence)
        return self.weight * (mean - self.evidence), self.weight * (spread - np.outer(mean, mean))


def learn(examples: Sequence[Example], ridge: float) -> Numbers:
    """A weight a leg. `ridge` draws weights towards 0, on the scale that each leg has in the examples."""
    every = np.concatenate([example.values for example in examples])
    scale: Numbers = np.asarray(every.std(axis=0), dtype=np.float64)
    scale[scale < CLOSE] = 1.0
    told = [part for example in examples for part in _told(example, scale)]
    weights = np.zeros(every.shape[1])
    loss = _loss(told, weights, ridge)
    for _ in range(STEPS):
        step = _newton_step(told, weights, ridge)
        while (lower := _loss(told, weights - step, ridge)) > loss + CLOSE:
            step = step / 2
        weights, improved, loss = weights - step, loss - lower, lower
        if improved < CLOSE * abs(loss):
            break
    learnt: Numbers = weights / scale
    return learnt


def _told(example: Example, scale: Numbers) -> list[_Told]:
    """Each message that is evidence, against what is none: two of them do not compete."""
    values = example.values / scale
    others, evidence = values[~example.evidence], values[example.evidence]
    return [_Told(row, others, example.weight / len(evidence)) for row in evidence]


def _loss(told: Sequence[_Told], weights: Numbers, ridge: float) -> float:
    return sum(one.loss(weights) for one in told) + ridge * float(weights @ weights) / 2


def _newton_step(told: Sequence[_Told], weights: Numbers, ridge: float) -> Numbers:
    slope: Numbers = ridge * weights
    curve: Numbers = ridge * np.eye(len(weights), dtype=np.float64)
    for one in told:
        more, bend = one.slope_and_curve(weights)
        slope += more
        curve += bend
    step: Numbers = np.asarray(np.linalg.solve(curve, slope), dtype=np.float64)
    return step


def found_at_cuts(example: Example, scores: Numbers) -> dict[str, float]:
    """The part of the evidence among the first candidates, by cut. `scores`: one a candidate."""
    order = np.argsort(-np.round(scores, 9), kind="stable")
    hits = np.cumsum(example.evidence[order])
    return {f"@{cut}": float(hits[:cut][-1]) / example.whole if len(hits) else 0.0 for cut in CUTS}


def table_of(legs: Sequence[str], weights: Numbers) -> Mapping[str, float]:
    """By leg, so that the positive ones sum to 1; rounded, and without what that leaves at 0."""
    whole = float(weights[weights > 0].sum()) or 1.0
    rounded = {leg: round(float(weight) / whole, 3) for leg, weight in zip(legs, weights, strict=True)}
    return {leg: weight for leg, weight in rounded.items() if weight}
