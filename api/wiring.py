"""Puts a Memory together from the settings: the one place where the parts are chosen."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cached_property
from pathlib import Path

from api.settings import Settings
from extractors.embed import WordLlama, WordLlamaEmbedder, WordLlamaTokenizer
from extractors.local.question import LocalQuestionReader
from graph.errors import BadInput
from graph.language import Excerpt, Extractor, Reading
from graph.memory import Memory
from graph.ontology import Ontology, load_ontology
from graph.parts import Limits, Parts
from graph.stores.base import Store
from graph.stores.embedded import EmbeddedStore

SERVERS = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


def store_file(settings: Settings) -> Path:
    """The store's file. Raises BadInput for an address, which the embedded store cannot use."""
    scheme, separator, _ = settings.store.partition("://")
    if separator and scheme in SERVERS:
        raise BadInput(
            f"the store {settings.store!r} comes with the Neo4j store, which is not in this version", hint="Name a file: --store PATH."
        )
    if separator:
        raise BadInput(f"the store {settings.store!r} is not a file", hint="Name a file: --store PATH.")
    return Path(settings.store).expanduser()


def limits_of(settings: Settings) -> Limits:
    return Limits(message_bytes=settings.max_message_bytes)


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[EmbeddedStore]:
    """The store, migrated, until the block ends. Raises StoreUnavailable."""
    store = EmbeddedStore(store_file(settings))
    await store.open()
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def open_memory(settings: Settings, *, sole_writer: bool = False) -> AsyncIterator[Memory]:
    """A Memory on the store until the block ends. No model is loaded before it is needed.

    A `sole_writer` holds the store's lock, so it takes over the Work that killed processes had leased.
    """
    async with open_store(settings) as store:
        if sole_writer:
            await store.take_over()
        yield Memory(parts_of(settings, store))


def parts_of(settings: Settings, store: Store) -> Parts:
    ontology = load_ontology(Path(settings.ontology) if settings.ontology else None)
    words = WordLlama()
    return Parts(
        store=store,
        extractor=ExtractorWhenNeeded(ontology, settings.learn_from),
        questions=LocalQuestionReader(ontology),
        embedder=WordLlamaEmbedder(words),
        tokenizer=WordLlamaTokenizer(words),
        ontology=ontology,
        limits=limits_of(settings),
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
