"""What recall is compared with, over the same turns: words alone, meaning alone, both, and the latest that fit."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bench.bm25 import Baseline
from bench.data import Conversation
from graph.model import Embedder, Tokenizer

Vectors: TypeAlias = NDArray[np.float32]
FUSED = 60
"""The constant of reciprocal rank fusion."""


class Baselines:
    """Rankings of one conversation's turns, all turns each."""

    def __init__(self, conversation: Conversation, vectors: Vectors, costs: Sequence[int]) -> None:
        self._words = Baseline(conversation)
        self._ids = [turn.id for turn in conversation.turns]
        self._vectors = vectors
        self._costs = dict(zip(self._ids, costs, strict=True))
        self._latest = [turn.id for turn in reversed(conversation.turns)]

    @classmethod
    async def of(cls, conversation: Conversation, embedder: Embedder, tokenizer: Tokenizer) -> "Baselines":
        texts = [f"{turn.speaker}: {turn.text}" for turn in conversation.turns]
        return cls(
            conversation, await embedder.embed([turn.text for turn in conversation.turns]), [tokenizer.count(f"\n{t}") for t in texts]
        )

    def rankings(self, question: str, vector: NDArray[np.float32]) -> Mapping[str, Sequence[str]]:
        words = list(self._words.rank(question))
        near = [self._ids[place] for place in np.argsort(-(self._vectors @ vector), kind="stable").tolist()]
        return {"bm25": words, "vectors": near, "fused": fused(words, near), "latest": self._latest}

    def within(self, ranking: Sequence[str], budget: int) -> list[str]:
        """The first that fit into `budget` tokens, as lines with the speaker's name."""
        shown, left = [], budget
        for turn in ranking:
            left -= self._costs[turn]
            if left < 0:
                break
            shown.append(turn)
        return shown


def fused(*rankings: Sequence[str]) -> list[str]:
    """By the sum of the reciprocals of the ranks; equal ones as the first ranking has them."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + 1 / (FUSED + rank)
    return sorted(scores, key=lambda item: -scores[item])
