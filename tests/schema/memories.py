"""A real Memory on a real store, with models small enough to read: the one part of a service that tests replace."""

import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from graph.errors import ModelUnavailable
from graph.language import Cues, Excerpt, Mention, MentionKind, Question, Reading, Statement
from graph.memory import Memory
from graph.model import Episode
from graph.ontology import load_ontology
from graph.parts import Parts, wall_clock
from graph.stores.base import Store
from graph.stores.embedded import EmbeddedStore

TOLD = re.compile(r"(?P<subject>[A-Z]\w+) (?P<words>lives in|works at|is aged) (?P<object>\w+)")
RELATIONS = {"lives in": ("lives_in", "City"), "works at": ("works_at", "Organization"), "is aged": ("age", "Value")}
DIMENSION = 256


class PatternExtractor:
    """Reads "Ana lives in Lisbon", "Ana works at Acme" and "Ana is aged 40"; fails on "(the model is down)"."""

    name = "pattern"

    async def read(self, excerpt: Excerpt) -> Sequence[Reading]:
        return [self._reading(episode) for episode in excerpt.episodes]

    def _reading(self, episode: Episode) -> Reading:
        if "(the model is down)" in episode.content:
            raise ModelUnavailable("the model did not answer", hint="Try again.")
        statements = tuple(self._statement(found) for found in TOLD.finditer(episode.content))
        return Reading(episode.uuid, statements, tuple(end for s in statements for end in (s.subject, s.object)))

    def _statement(self, found: re.Match[str]) -> Statement:
        relation, type_ = RELATIONS[found["words"]]
        kind = MentionKind.VALUE if type_ == "Value" else MentionKind.NAME
        return Statement(
            subject=Mention(MentionKind.NAME, found["subject"], "Person"),
            relation=relation,
            object=Mention(kind, found["object"], type_),
            text=f"{found[0]}.",
            quote=found[0],
            span=found.span(),
        )


class WordsReader:
    def question(self, text: str, at: datetime, speakers: Sequence[str] = ()) -> Question:
        words = re.findall(r"\w+", text)
        return Question(text, tuple(w for w in words[1:] if w[0].isupper()), tuple(word.lower() for word in words))

    def cues(self, text: str) -> Cues:
        return Cues(asks="?" in text)


class HashEmbedder:
    """A bag of words: texts that share words are near."""

    name = "hash"
    dimension = DIMENSION
    remote = False

    async def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows: NDArray[np.float32] = np.full((len(texts), DIMENSION), 1e-3, dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                row[crc32(word.encode()) % DIMENSION] += 1
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows

    async def close(self) -> None:
        """Nothing of it is open."""


class WordTokenizer:
    def count(self, text: str) -> int:
        return len(text.split())


class HashWords:
    """Each word in a direction of its own."""

    def of_words(self, words: Sequence[str]) -> NDArray[np.float32]:
        rows: NDArray[np.float32] = np.zeros((len(words), DIMENSION), dtype=np.float32)
        for row, word in zip(rows, words, strict=True):
            row[crc32(word.encode()) % DIMENSION] = 1
        return rows


def memory_on(store: Store, clock: Callable[[], datetime] = wall_clock) -> Memory:
    return Memory(
        Parts(
            store=store,
            extractor=PatternExtractor(),
            questions=WordsReader(),
            embedder=HashEmbedder(),
            tokenizer=WordTokenizer(),
            words=HashWords(),
            ontology=load_ontology(),
            clock=clock,
        )
    )


@asynccontextmanager
async def opened(path: Path, clock: Callable[[], datetime] = wall_clock) -> AsyncIterator[Memory]:
    """A Memory on the file `path` until the block ends."""
    store = EmbeddedStore(path)
    await store.open()
    try:
        yield memory_on(store, clock)
    finally:
        await store.close()


def utc(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=UTC)
