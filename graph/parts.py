"""What a Memory is made of, put together once by `api.wiring` or by whoever uses it in-process."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from weakref import WeakValueDictionary

from graph.language import Extractor, QuestionReader, WordVectors
from graph.model import Embedder, Tokenizer
from graph.ontology import Ontology
from graph.stores.base import Store

Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes above which input is refused."""

    message_bytes: int = 64 * 1024
    document_bytes: int = 4 * 1024 * 1024
    messages: int = 5_000
    facts: int = 1_000
    merged: int = 100
    """Entities merged at once."""
    aliases: int = 500
    """Of one entity."""
    text_bytes: int = 16 * 1024
    """Of a fact's sentence, and of a reason."""
    attribute_bytes: int = 16 * 1024


class Turns:
    """Who of this process writes again to a group that others wrote to: one at a time.

    Where others write to it all the time, one gives up after so many `attempts` that took so many `seconds`.
    """

    def __init__(self, attempts: int = 100, seconds: float = 30.0) -> None:
        self.attempts = attempts
        self.seconds = seconds
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def of(self, group: str) -> asyncio.Lock:
        lock = self._locks.get(group) or asyncio.Lock()
        self._locks[group] = lock
        return lock


@dataclass(frozen=True, slots=True)
class Parts:
    """The store, the models and the rules. `clock` tells the recorded time.

    `worker` is the name under which this process leases Work, and `lease` how long it may keep silent before others take over.
    """

    store: Store
    extractor: Extractor
    questions: QuestionReader
    embedder: Embedder
    tokenizer: Tokenizer
    words: WordVectors
    ontology: Ontology
    clock: Clock = wall_clock
    limits: Limits = Limits()
    turns: Turns = field(default_factory=Turns)
    worker: str = "worker"
    lease: timedelta = timedelta(seconds=60)
