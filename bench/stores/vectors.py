"""How much of the exact answer the store's filtered vector search gives, in small groups among many and in large ones."""

import random
from dataclasses import dataclass
from statistics import fmean
from time import perf_counter

import numpy as np

from bench.score import percentile
from bench.stores.fill import Filled
from graph.model import Embedder
from graph.stores.base import Store, Wanted
from graph.time import AsOf

TOP = 20
QUESTIONS = 100


@dataclass(frozen=True, slots=True)
class Nearness:
    """The part of the exact top 20 that was found: the mean, the worst question's, and the milliseconds a search took."""

    mean: float
    worst: float
    p50: float


async def nearness(store: Store, embedder: Embedder, group: Filled, as_of: AsOf) -> Nearness:
    """Compares with the exact search over the vectors of the group's facts."""
    uuids, matrix = list(group.vectors), np.stack(list(group.vectors.values()))
    chance = random.Random(11)  # noqa: S311 - data, no secret
    questions = chance.choices(sorted(group.gold), k=QUESTIONS)
    found: list[float] = []
    took: list[float] = []
    for row in await embedder.embed(questions):
        scores = matrix @ row
        best = np.sort(scores)[::-1][: min(TOP, len(uuids))]
        start = perf_counter()
        hits = (await store.search(group.group, Wanted((), row, {"FACT": TOP}), as_of)).near["FACT"].scores
        took.append((perf_counter() - start) * 1000)
        exact = dict(zip(uuids, scores, strict=True))
        # Equal texts have equal vectors, so what counts is how near a hit is, not which of them it is.
        near = [uuid for uuid in hits if exact[uuid] >= best[-1] - 1e-5]
        found.append(len(near[: len(best)]) / len(best))
    return Nearness(round(fmean(found), 3), round(min(found), 3), round(percentile(took, 0.5), 2))
