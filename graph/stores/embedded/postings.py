"""What a group's concordance says of words: which texts have one, how often, and in texts of which length.

A word's texts stand in blocks: one row for all it has among 1,024 neighbouring texts, so that a new text appends to few rows and a
common word is read in few. Texts that no longer stand (retracted facts, former names) have rows of their own.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from graph.stores.embedded.queries import concordance as sql
from graph.stores.embedded.vectors import KINDS
from graph.stores.embedded.view import bounds, listed

BLOCK_BITS = 10
PLACE_BITS = 16
MOST = 0xFFFF
"""Places are counted up to here: a phrase is found in the first 65,535 words of a text, and a longer text counts as just so long."""
TEXT = np.dtype([("text", "<u2"), ("count", "<u2"), ("length", "<u2")])
"""A text in a block: its number there, how often it has the word, and its length."""
PLACE = np.dtype("<u2")

Phrase: TypeAlias = tuple[str, ...]
"""Words in a row; mostly one."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The texts that have a phrase, by row id, ascending: how often each has it, and how long each is."""

    texts: NDArray[np.int64]
    counts: NDArray[np.float32]
    lengths: NDArray[np.float32]

    @property
    def size(self) -> int:
        return self.texts.nbytes + self.counts.nbytes + self.lengths.nbytes


@dataclass(frozen=True, slots=True)
class Counted:
    """Of how many texts of a kind, and of how many words together, scores are drawn."""

    texts: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class Log:
    """A group's texts as they are counted: by kind, and how many changes there were."""

    written: int
    kinds: Mapping[str, Counted]


def log_of(db: sqlite3.Connection, number: int, past: bool = True) -> Log:
    """With `past`, texts that no longer stand are counted."""
    written = 0
    kinds: dict[str, Counted] = {}
    for kind, buried, texts, words, changes in db.execute(sql.LOG, {"grp": number}):
        written += changes
        if past or not buried:
            before = kinds.get(KINDS[kind], Counted())
            kinds[KINDS[kind]] = Counted(before.texts + texts, before.words + words)
    return Log(written, kinds)


def read(db: sqlite3.Connection, number: int, phrases: Collection[Phrase], past: bool) -> dict[Phrase, dict[str, Postings]]:
    """By phrase and kind the texts that have it; with `past` also those that no longer stand."""
    found: dict[Phrase, dict[str, Postings]] = {phrase: {} for phrase in phrases}
    blocks: defaultdict[tuple[str, int], list[tuple[int, bytes]]] = defaultdict(list)
    words = [phrase[0] for phrase in phrases if len(phrase) == 1]
    for word, kind, block, texts in db.execute(sql.TEXTS, {"grp": number, "words": listed(words), "past": past}):
        blocks[word, kind].append((block, texts))
    for (word, kind), parts in blocks.items():
        found[word,][KINDS[kind]] = _postings(number, parts)
    for phrase in phrases:
        if len(phrase) > 1:
            found[phrase] = _in_a_row(db, number, phrase, past)
    return found


def _postings(number: int, blocks: Sequence[tuple[int, bytes]]) -> Postings:
    found = np.frombuffer(b"".join(texts for _, texts in blocks), TEXT)
    postings = Postings(_ids(number, blocks, found["text"]), found["count"].astype(np.float32), found["length"].astype(np.float32))
    if (postings.texts[1:] > postings.texts[:-1]).all():
        return postings
    order = np.argsort(postings.texts)  # what forgetting drew anew, or texts that stand and others
    return Postings(postings.texts[order], postings.counts[order], postings.lengths[order])


def _ids(number: int, blocks: Sequence[tuple[int, bytes]], texts: NDArray[np.uint16]) -> NDArray[np.int64]:
    low, _ = bounds(number)
    starts = np.array([low + (block << BLOCK_BITS) for block, _ in blocks], dtype=np.int64)
    return np.repeat(starts, [len(part) // TEXT.itemsize for _, part in blocks]) + texts


def _in_a_row(db: sqlite3.Connection, number: int, phrase: Phrase, past: bool) -> dict[str, Postings]:
    words = {word: _spots(db, number, word, past) for word in dict.fromkeys(phrase)}
    found = {}
    for kind in set.intersection(*map(set, words.values())):
        starts = words[phrase[0]][kind].places
        for n, word in enumerate(phrase[1:], start=1):
            starts = starts[np.isin(starts + n, words[word][kind].places, assume_unique=True)]
        if len(starts):
            texts, counts = np.unique(starts >> PLACE_BITS, return_counts=True)
            texts += bounds(number)[0]
            first = words[phrase[0]][kind].postings
            found[KINDS[kind]] = Postings(texts, counts.astype(np.float32), first.lengths[np.searchsorted(first.texts, texts)])
    return found


@dataclass(frozen=True, slots=True)
class _Spots:
    """A word's texts, and where it stands in them: (text << 16) + place."""

    postings: Postings
    places: NDArray[np.int64]


def _spots(db: sqlite3.Connection, number: int, word: str, past: bool) -> dict[int, _Spots]:
    blocks: defaultdict[int, list[tuple[int, bytes, bytes]]] = defaultdict(list)
    for kind, *block in db.execute(sql.PLACES, {"grp": number, "word": word, "past": past}):
        blocks[kind].append(tuple(block))
    found = {}
    for kind, parts in blocks.items():
        counted = np.frombuffer(b"".join(texts for _, texts, _ in parts), TEXT)
        at = np.frombuffer(b"".join(places for _, _, places in parts), PLACE)
        within = [(block, texts) for block, texts, _ in parts]
        texts = _ids(number, within, counted["text"]) - bounds(number)[0]
        places = (np.repeat(texts, counted["count"]) << PLACE_BITS) + at
        found[kind] = _Spots(_postings(number, within), places[at < MOST])
    return found
