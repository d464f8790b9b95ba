"""A linear table of weights, learnt listwise: each question's evidence against all other candidates. Convex, so that the same data
give the same table.
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
    values: Numbers
    target: Numbers
    weight: float


def learn(examples: Sequence[Example], ridge: float) -> Numbers:
    """A weight a leg. `ridge` draws weights towards 0, on the scale that each leg has in the examples."""
    every = np.concatenate([example.values for example in examples])
    scale: Numbers = np.asarray(every.std(axis=0), dtype=np.float64)
    scale[scale < CLOSE] = 1.0
    told = [_Told(one.values / scale, one.evidence / one.evidence.sum(), one.weight) for one in examples if one.evidence.any()]
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


def _loss(told: Sequence[_Told], weights: Numbers, ridge: float) -> float:
    parts = (one.weight * float(np.logaddexp.reduce(one.values @ weights) - one.target @ one.values @ weights) for one in told)
    return sum(parts) + ridge * float(weights @ weights) / 2


def _newton_step(told: Sequence[_Told], weights: Numbers, ridge: float) -> Numbers:
    slope: Numbers = ridge * weights
    curve: Numbers = ridge * np.eye(len(weights), dtype=np.float64)
    for one in told:
        scores = one.values @ weights
        chance = np.exp(scores - np.logaddexp.reduce(scores))
        mean = chance @ one.values
        slope += one.weight * (mean - one.target @ one.values)
        curve += one.weight * ((one.values * chance[:, None]).T @ one.values - np.outer(mean, mean))
    step: Numbers = np.asarray(np.linalg.solve(curve, slope), dtype=np.float64)
    return step


def found_at_cuts(example: Example, weights: Numbers) -> dict[str, float]:
    """The part of the evidence among the first candidates, by cut."""
    order = np.argsort(-np.round(example.values @ weights, 9), kind="stable")
    hits = np.cumsum(example.evidence[order])
    return {f"@{cut}": float(hits[:cut][-1]) / example.whole if len(hits) else 0.0 for cut in CUTS}


def table_of(legs: Sequence[str], weights: Numbers) -> Mapping[str, float]:
    """By leg, so that the positive ones sum to 1; rounded, and without what that leaves at 0."""
    whole = float(weights[weights > 0].sum()) or 1.0
    rounded = {leg: round(float(weight) / whole, 3) for leg, weight in zip(legs, weights, strict=True)}
    return {leg: weight for leg, weight in rounded.items() if weight}
