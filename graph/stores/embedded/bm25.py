"""How much a word tells of each text that has it: BM25, as full text everywhere counts it."""

import math

import numpy as np
from numpy.typing import NDArray

from graph.stores.embedded.postings import Counted, Postings

K1 = 1.2
B = 0.75


def scores(postings: Postings, of: Counted) -> NDArray[np.float64]:
    """Higher is better, and always above 0; a word that few of a kind's texts have counts more."""
    rarity = math.log1p((of.texts - len(postings.texts) + 0.5) / (len(postings.texts) + 0.5))
    counts = postings.counts.astype(np.float64)
    mean = of.words / of.texts
    return rarity * (K1 + 1) * counts / (counts + (K1 * (1 - B) + K1 * B / mean * postings.lengths))
