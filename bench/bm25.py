"""The baseline: BM25 over single turns, stemmed, without stop words and without the speakers' names."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from bench.data import Conversation
from extractors.local.question import stem
from extractors.local.question_words import STOP_WORDS

K1 = 1.5
B = 0.75

_WORD = re.compile(r"[^\W_]+")


def tokens(text: str, dropped: Iterable[str] = ()) -> list[str]:
    """Stems of the words of `text` without stop words and without `dropped` (in lower case)."""
    left_out = STOP_WORDS | frozenset(dropped)
    return [stem(word) for word in _WORD.findall(text.lower().replace("'s", "")) if word not in left_out]


class Baseline:
    """An index of the turns of one conversation."""

    def __init__(self, conversation: Conversation) -> None:
        self._ids = [turn.id for turn in conversation.turns]
        self._names = frozenset(word for speaker in conversation.speakers for word in _WORD.findall(speaker.lower()))
        self._counts = [Counter(tokens(turn.text)) for turn in conversation.turns]
        self._lengths = [sum(counts.values()) for counts in self._counts]
        self._mean = sum(self._lengths) / max(1, len(self._lengths)) or 1.0
        self._having = Counter(word for counts in self._counts for word in counts)

    def rank(self, question: str) -> Sequence[str]:
        """All turns, best first; equal ones in the order of the conversation."""
        words = dict.fromkeys(tokens(question, self._names))
        scores = [sum(self._score(word, place) for word in words) for place in range(len(self._ids))]
        return [self._ids[place] for place in sorted(range(len(scores)), key=lambda place: -scores[place])]

    def _score(self, word: str, place: int) -> float:
        count = self._counts[place][word]
        if not count:
            return 0.0
        having = self._having[word]
        rarity = math.log(1 + (len(self._ids) - having + 0.5) / (having + 0.5))
        return rarity * count * (K1 + 1) / (count + K1 * (1 - B + B * self._lengths[place] / self._mean))
