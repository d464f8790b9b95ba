"""Curves of worth in place of weights: each leg's values bend at their own quantiles, and a line for each stretch is learnt.

A sum of such curves is an additive model (Hastie and Tibshirani, Generalized Additive Models, 1990) of linear splines; in the columns
made here it is linear, so that learning it stays convex.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bench.ranking.fit import Numbers
from graph.recall.rank import Curve, Weight, worth

QUANTILES = (0.25, 0.5, 0.75, 0.9)
FEWEST = 200
"""A leg with fewer values that are not 0, or with only a handful of different ones (a flag), is a line."""
HANDFUL = 8


@dataclass(frozen=True, slots=True)
class Bends:
    """Where a leg's line may bend, between its lowest value and its highest."""

    lowest: float
    at: tuple[float, ...]
    highest: float

    @classmethod
    def of(cls, values: Numbers) -> "Bends":
        told = values[np.abs(values) > 1e-9]
        lowest, highest = (round(float(end), 3) for end in (values.min(initial=0.0), values.max(initial=0.0)))
        if len(told) < FEWEST or len(np.unique(np.round(told, 6))) < HANDFUL:
            return cls(lowest, (), highest)
        inner = {round(float(at), 3) for at in np.quantile(told, QUANTILES)}
        return cls(lowest, tuple(sorted(at for at in inner if lowest < at < highest)), highest)

    def columns(self, values: Numbers) -> list[Numbers]:
        """The values, and for each bend how far they are above it."""
        return [values, *(np.maximum(0.0, values - at) for at in self.at)]

    def curve(self, weights: Sequence[float]) -> Curve:
        """Through the points where it bends; 0 at 0, so that a leg that says nothing gives nothing."""
        at = np.array(sorted({self.lowest, 0.0, *self.at, self.highest}))
        worths = np.stack(self.columns(at), axis=1) @ np.asarray(weights)
        worths -= worths[np.flatnonzero(at == 0.0)]
        return tuple(zip(at.tolist(), worths.tolist(), strict=True))


def bends_of(values: Numbers) -> list[Bends]:
    """Of each leg (a column)."""
    return [Bends.of(column) for column in values.T]


def bent(values: Numbers, bends: Sequence[Bends]) -> Numbers:
    """The columns of all legs side by side."""
    return np.stack([made for leg, column in zip(bends, values.T, strict=True) for made in leg.columns(column)], axis=1)


def curves_of(legs: Sequence[str], bends: Sequence[Bends], weights: Numbers) -> Mapping[str, Weight]:
    """By leg, so that what they give at most sums to 1; rounded, and without the legs that this leaves at 0."""
    parts = np.split(weights, np.cumsum([1 + len(leg.at) for leg in bends])[:-1])
    curves = {leg: one.curve(part.tolist()) for leg, one, part in zip(legs, bends, parts, strict=True)}
    whole = sum(max(told for _, told in curve) for curve in curves.values()) or 1.0
    rounded = {leg: tuple((at, round(told / whole, 4) + 0.0) for at, told in curve) for leg, curve in curves.items()}
    return {leg: as_line(straightened(curve)) for leg, curve in rounded.items() if any(told for _, told in curve)}


def as_line(curve: Curve) -> Weight:
    """A plain weight where a curve is a straight line from 0 to 1, as a flag's is: the same worth between them, found sooner."""
    return curve[1][1] if len(curve) == 2 and (curve[0], curve[1][0]) == ((0.0, 0.0), 1.0) else curve


def straightened(curve: Curve) -> Curve:
    """Without the points that lie on the line between those before and after them."""
    kept = list(curve[:1])
    for place in range(1, len(curve) - 1):
        without = (kept[-1], curve[place + 1])
        at, told = curve[place]
        if abs(float(worth(np.array([at]), without)[0]) - told) > 1e-4:
            kept.append(curve[place])
    return (*kept, *curve[1:][-1:])
