"""Puts a Memory together from the settings: the one place where the parts are chosen."""

import asyncio
import logging
import os
import socket
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from api.embedder import embedder_of
from api.place import store_file
from api.settings import Settings
from extractors.embed import WordLlama, WordLlamaTokenizer, WordLlamaWords
from extractors.local.question import LocalQuestionReader
from extractors.tokens import FileTokenizer
from graph.errors import StoreAway
from graph.language import Excerpt, Extractor, Reading
from graph.memory import Memory
from graph.ontology import Ontology, load_ontology
from graph.parts import Limits, Parts
from graph.space import space_of
from graph.stores.base import Migrated, Store
from graph.stores.embedded import EmbeddedStore
from graph.stores.embedded.room import Room

if TYPE_CHECKING:
    from graph.stores.neo4j import Neo4jStore

START_PATIENCE = 60.0
"""Seconds for which what runs for long waits for a server that starts together with it."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 5.0
"""Seconds between attempts to reach a server that is away at the start; doubled each time."""

log = logging.getLogger("palimpsest")


def limits_of(settings: Settings) -> Limits:
    return Limits(message_bytes=settings.max_message_bytes)


def store_of(settings: Settings) -> "EmbeddedStore | Neo4jStore":
    """The store that the settings name, not open yet. Raises BadInput."""
    path = store_file(settings)
    return neo4j_store(settings) if path is None else EmbeddedStore(path, Room.of(settings.cache_mb))


def neo4j_store(settings: Settings) -> "Neo4jStore":
    from graph.stores.neo4j import Address, Neo4jStore  # noqa: PLC0415 - the driver takes most of a second to import

    logging.getLogger("neo4j").setLevel(logging.ERROR)  # what it tries again is told once, by us, when it gives up
    address = Address(settings.store, settings.neo4j_user, settings.neo4j_password or "", settings.neo4j_database)
    return Neo4jStore(address, space=space_of(embedder_of(settings, WordLlama())))


@asynccontextmanager
async def open_store(settings: Settings, patience: float = 0) -> AsyncIterator[Store]:
    """The store, migrated, until the block ends; a server that is away is waited for that many seconds. Raises StoreUnavailable."""
    store = store_of(settings)
    await opened(store, patience)
    try:
        yield store
    finally:
        await store.close()


async def opened(store: Store, patience: float) -> Migrated:
    """Opens the store, and tries again for `patience` seconds while its server is away. Raises StoreUnavailable."""
    deadline, pause = time.monotonic() + patience, FIRST_PAUSE
    while True:
        try:
            return await store.open()
        except StoreAway as error:
            left = deadline - time.monotonic()
            if left <= 0:
                raise
            log.warning("%s; trying again for %.0f s", error.message, left)
            await asyncio.sleep(min(pause, left))
            pause = min(2 * pause, LONGEST_PAUSE)


@asynccontextmanager
async def open_memory(settings: Settings, *, sole_writer: bool = False, patience: float = 0) -> AsyncIterator[Memory]:
    """A Memory on the store until the block ends. No model is loaded before it is needed.

    The `sole_writer` of a file holds its lock, so it takes over the Work that killed processes had leased.
    """
    async with open_store(settings, patience) as store:
        if sole_writer and isinstance(store, EmbeddedStore):
            await store.take_over()
        parts = parts_of(settings, store)
        try:
            yield Memory(parts)
        finally:
            await parts.embedder.close()


def parts_of(settings: Settings, store: Store) -> Parts:
    ontology = load_ontology(Path(settings.ontology) if settings.ontology else None)
    model = WordLlama()
    return Parts(
        store=store,
        extractor=ExtractorWhenNeeded(ontology, settings.learn_from),
        questions=LocalQuestionReader(ontology),
        embedder=embedder_of(settings, model),
        tokenizer=FileTokenizer(Path(settings.tokenizer)) if settings.tokenizer else WordLlamaTokenizer(model),
        words=WordLlamaWords(model),
        ontology=ontology,
        limits=limits_of(settings),
        worker=f"{socket.gethostname()}:{os.getpid()}",
        lease=timedelta(seconds=settings.lease_seconds),
    )


class ExtractorWhenNeeded:
    """The local extractor, imported with its parser when the first episode is read: commands that read nothing start at once."""

    name = "local"

    def __init__(self, ontology: Ontology, learn_from: Sequence[str]) -> None:
        self._ontology = ontology
        self._learn_from = learn_from

    async def read(self, excerpt: Excerpt) -> Sequence[Reading]:
        extractor = await asyncio.to_thread(lambda: self._extractor)
        return await extractor.read(excerpt)

    @cached_property
    def _extractor(self) -> Extractor:
        from extractors.local.extractor import LocalExtractor  # noqa: PLC0415 - the parser takes a second to import

        return LocalExtractor(self._ontology, self._learn_from)
