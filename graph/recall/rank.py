"""A sum of what each leg is worth, and the parts of the sum as the reason why."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import repeat
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.model import Json

MOST_EPISODES = 300
MOST_FACTS = 200

Column = NDArray[np.float64]
Curve: TypeAlias = tuple[tuple[float, float], ...]
"""A leg's worth by its value: straight lines between points in order of value, and beyond the last ones as there."""
Weight: TypeAlias = float | Curve


def worth(values: Column, weight: Weight) -> Column:
    """What a leg gives to each candidate's score."""
    if isinstance(weight, tuple):
        bent: Column = np.interp(values, *_points(weight))
        return bent
    return weight * values


@lru_cache(maxsize=256)
def _points(curve: Curve) -> tuple[Column, Column]:
    at, worths = np.array(curve, dtype=float).T.copy()
    return at, worths


@dataclass(frozen=True, slots=True)
class Table:
    """The candidates of one kind in order of uuid, and for each leg a column with one value a candidate."""

    uuids: tuple[str, ...]
    legs: Mapping[str, Column]

    def __post_init__(self) -> None:
        if any(len(column) != len(self.uuids) for column in self.legs.values()):
            raise ValueError("every leg needs one value a candidate")

    def with_leg(self, name: str, values: Mapping[str, float]) -> "Table":
        """The same with one column more, or another in its place; 0 for candidates without a value."""
        return Table(self.uuids, {**self.legs, name: np.array(list(map(values.get, self.uuids, repeat(0.0))))})

    def with_legs(self, legs: Mapping[str, Column]) -> "Table":
        return Table(self.uuids, {**self.legs, **legs})

    def of(self, uuids: Container[str]) -> "Table":
        """Only these candidates."""
        places = [place for place, uuid in enumerate(self.uuids) if uuid in uuids]
        return Table(tuple(self.uuids[place] for place in places), {leg: column[places] for leg, column in self.legs.items()})


@dataclass(frozen=True)
class Ranking:
    """The best candidates, best first; ties by uuid, so that the same question has the same answer twice."""

    table: Table
    weights: Mapping[str, Weight]
    most: int

    @cached_property
    def uuids(self) -> tuple[str, ...]:
        return tuple([self.table.uuids[place] for place in self._order])

    def __len__(self) -> int:
        return len(self._order)

    def score(self, uuid: str) -> float:
        """Of a ranked one."""
        return self.scores[uuid]

    def shares(self) -> dict[str, float]:
        """Every ranked candidate's score as a share of the best one's; 0 to 1."""
        sums = self._sums[self._order]
        best = float(sums.max(initial=0.0))
        shares = np.maximum(0.0, sums / best) if best > 0 else np.zeros(len(sums))
        return dict(zip(self.uuids, shares.tolist(), strict=True))

    def why(self, uuid: str, path: tuple[str, ...] = ()) -> dict[str, Json]:
        """What each leg gave to the score, rounded, and the facts passed on the way from the question to here."""
        parts = self._parts[:, self._places[uuid]].round(4).tolist()
        why: dict[str, Json] = {leg: part for leg, part in zip(self._worths, parts, strict=True) if part}
        return {**why, "path": list(path)} if path else why

    @cached_property
    def _order(self) -> list[int]:
        order: list[int] = np.argsort(-self._sums, kind="stable")[: self.most].tolist()
        return order

    @cached_property
    def _worths(self) -> dict[str, Column]:
        return {leg: worth(self.table.legs[leg], weight) for leg, weight in self.weights.items() if leg in self.table.legs}

    @cached_property
    def _parts(self) -> Column:
        """A row a leg, a column a candidate."""
        return np.array([*self._worths.values()]).reshape(len(self._worths), len(self.table.uuids))

    @cached_property
    def _places(self) -> dict[str, int]:
        """Of the ranked ones in the table."""
        return dict(zip(self.uuids, self._order, strict=True))

    @cached_property
    def scores(self) -> dict[str, float]:
        """Of the ranked ones, best first."""
        return dict(zip(self.uuids, self._sums[self._order].tolist(), strict=True))

    @cached_property
    def _sums(self) -> Column:
        # Rounding makes the order independent of the order of summation.
        sums = np.zeros(len(self.table.uuids))
        for worths in self._worths.values():
            sums += worths
        return np.round(sums, 9)
