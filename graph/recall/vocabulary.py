"""Words as numbers: a text that was met before is an array, and what many texts say together is found without looking at a letter."""

import re
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LOOKED_AT = 4_000
"""Characters of a long text that are looked at."""
MOST_TEXTS = 8_192
MOST_WORDS = 100_000
"""Texts and words that are kept: about 20 MB, and 40 at most, whatever the length of the texts."""

_WORD = re.compile(r"[^\W_]+(?:['.&-][^\W_]+)*")
Numbers = NDArray[np.intp]


@dataclass(frozen=True)
class Said:
    """The words of some texts together, in the order in which they come first: `numbers` has the places of each text's words in
    `words`, one text after the other, `lengths` how many each has.
    """

    words: tuple[str, ...]
    numbers: Numbers
    lengths: Numbers


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, each once."""
    lower = text[:LOOKED_AT].lower().replace("\u2019", "'")
    found = _WORD.findall(lower)
    return tuple(dict.fromkeys([word.removesuffix("'s") for word in found] if "'s" in lower else found))


class _Numbers(dict[str, int]):
    """A number for each word that it is asked for, and the words in their order."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self.words)
        self.words.append(word)
        return number


class Vocabulary:
    """Gives each word a number, and keeps those of the texts met last. Where there are too many words, it begins anew. Safe in threads."""

    def __init__(self, most_texts: int = MOST_TEXTS, most_words: int = MOST_WORDS) -> None:
        self._most_texts, self._most_words = most_texts, most_words
        self._numbers = _Numbers()
        self._texts: OrderedDict[str, Numbers] = OrderedDict()
        self._lock = threading.Lock()

    def said(self, texts: Sequence[str]) -> Said:
        with self._lock:
            if len(self._numbers) > self._most_words:
                self._numbers = _Numbers()
                self._texts.clear()
            of_each = [self._of(text[:LOOKED_AT]) for text in texts]
            while len(self._texts) > self._most_texts:
                self._texts.popitem(last=False)
            every = np.concatenate([*of_each, np.zeros(0, dtype=np.intp)])
            once, numbers = _in_order(every, len(self._numbers))
            words = tuple(map(self._numbers.words.__getitem__, once.tolist()))
        return Said(words, numbers, np.array([len(numbers) for numbers in of_each], dtype=np.intp))

    def _of(self, text: str) -> Numbers:
        found = self._texts.get(text)
        if found is None:
            found = self._texts[text] = np.array(list(map(self._numbers.__getitem__, words_of(text))), dtype=np.intp)
        else:
            self._texts.move_to_end(text)
        return found


def _in_order(numbers: Numbers, most: int) -> tuple[Numbers, Numbers]:
    """The different ones among numbers below `most`, in the order in which they come first, and for each of all its place there."""
    place, at = np.zeros(most, dtype=np.intp), np.arange(len(numbers))
    place[numbers[::-1]] = at[::-1]  # of several values for one place the last counts: where it comes first
    once = numbers[place[numbers] == at]
    place[once] = np.arange(len(once))
    return once, place[numbers]
