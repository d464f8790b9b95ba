"""Words as numbers: a text that was met before is an array, and what many texts say together is found without looking at a letter."""

import re
import threading
from array import array
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

LOOKED_AT = 4_000
"""Characters of a long text that are looked at."""
MOST_TEXTS = 32_768
MOST_WORDS = 100_000
"""Texts and words that are kept: some 20 MB of usual ones, and the words themselves."""

_WORD = re.compile(r"[^\W_]+(?:['.&-][^\W_]+)*")
_NUMBER = np.dtype(np.intc)
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
    return tuple(dict.fromkeys(chain.from_iterable(map(_words_in, text[:LOOKED_AT].lower().split()))))


@lru_cache(maxsize=32_768)
def _words_in(written: str) -> tuple[str, ...]:
    """The words of what stands between two spaces. They recur more than texts."""
    return tuple([word.removesuffix("'s") for word in _WORD.findall(written.replace("\u2019", "'"))])


class _Numbers(dict[str, int]):
    """A number for each word that it is asked for, and the words in their order."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self.words)
        self.words.append(word)
        return number


class Vocabulary:
    """Gives each word a number, and keeps those of the texts it met last. Where there are too many words, it begins anew. Safe in
    threads.
    """

    def __init__(self, most_texts: int = MOST_TEXTS, most_words: int = MOST_WORDS) -> None:
        self._most_texts, self._most_words = most_texts, most_words
        self._numbers = _Numbers()
        self._texts: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def said(self, texts: Sequence[str]) -> Said:
        with self._lock:
            if len(self._numbers) > self._most_words:
                self._numbers = _Numbers()
                self._texts.clear()
            of_each = [self._texts.get(text) or self._add(text) for text in [text[:LOOKED_AT] for text in texts]]
            while len(self._texts) > self._most_texts:
                self._texts.popitem(last=False)
            every = np.frombuffer(b"".join(of_each), dtype=_NUMBER).astype(np.intp)
            once, numbers = _in_order(every, len(self._numbers))
            words = tuple(map(self._numbers.words.__getitem__, once.tolist()))
        return Said(words, numbers, np.array(list(map(len, of_each)), dtype=np.intp) // _NUMBER.itemsize)

    def _add(self, text: str) -> bytes:
        """The numbers of a text's words, as bytes: they take half as much as an array, and are put together in no time."""
        added = self._texts[text] = array("i", map(self._numbers.__getitem__, words_of(text))).tobytes()
        return added


def _in_order(numbers: Numbers, most: int) -> tuple[Numbers, Numbers]:
    """The different ones among numbers below `most`, in the order in which they come first, and for each of all its place there."""
    place, at = np.zeros(most, dtype=np.intp), np.arange(len(numbers))
    place[numbers[::-1]] = at[::-1]  # of several values for one place the last counts: where it comes first
    once = numbers[place[numbers] == at]
    place[once] = np.arange(len(once))
    return once, place[numbers]
