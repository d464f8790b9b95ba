"""A group read from its store as the lines of an archive, always the same lines for the same group.

Leases are left out, and Work that was not finished is written as queued.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from graph.archive import (
    FORMAT,
    AssertionLine,
    ChangeLine,
    EndLine,
    EntityLine,
    EpisodeLine,
    FactLine,
    GroupLine,
    Line,
    MentionLine,
    ReviewLine,
    SessionLine,
    WorkLine,
    encoded,
)
from graph.counted import said_of
from graph.errors import Conflict, NotFound
from graph.model import Work, WorkState
from graph.stores.base import Contents, Store
from graph.time import FAR, TICK

T = TypeVar("T")

PAGE = 500
_EVER = FAR - TICK
"""As far as anything will ever be known."""


async def archived(store: Store, group: str) -> AsyncIterator[Line]:
    """The lines of a group in order. Raises NotFound where there is none, Conflict at the end where it moved on meanwhile."""
    record = await store.group(group)
    if record is None:
        raise NotFound(f"there is no group {group!r}", hint="Check the name; it is the one that messages were sent to.")
    yield GroupLine("group", FORMAT, group, record.settings, record.created_at, record.last_at, record.ontology_hash, record.space)
    lines = 1
    async for line in _records(_Reading(store, group), await store.contents(group)):
        yield line
        lines += 1
    after = await store.group(group)
    if after is None or after.version != record.version:
        raise moved_on()
    yield EndLine("end", lines)


async def _records(reading: "_Reading", contents: Contents) -> AsyncIterator[Line]:
    parts = (
        reading.kept(contents.episodes),
        reading.entities(contents.entities),
        reading.assertions(contents.assertions),
        reading.facts(contents.facts),
        reading.mentions(contents.episodes),
        reading.log(contents.reviews, contents.changes),
    )
    for part in parts:
        async for line in part:
            yield line


class _Reading:
    """The lines of one group, a page of records at a time."""

    def __init__(self, store: Store, group: str) -> None:
        self._store = store
        self._group = group

    async def kept(self, uuids: Sequence[str]) -> AsyncIterator[Line]:
        """Each session and each Work stands before its first episode."""
        met: set[str] = set()
        for page in pages(uuids):
            records = await self._store.episodes(self._group, page)
            vectors = await self._store.vectors(self._group, "EPISODE", page)
            works = await self._store.works(self._group, sorted({e.work for e in records.values() if e.work} - met))
            sessions = await self._store.sessions(self._group, sorted({e.session for e in records.values() if e.session is not None}))
            for episode in (_there(records, uuid) for uuid in page):
                if episode.session is not None and (session := _there(sessions, episode.session)).uuid not in met:
                    met.add(session.uuid)
                    yield SessionLine("session", session.uuid, session.name, session.title)
                if episode.work is not None and episode.work not in met:
                    met.add(episode.work)
                    yield WorkLine("work", settled(_there(works, episode.work)))
                yield EpisodeLine("episode", episode, encoded(vectors.get(episode.uuid)))

    async def entities(self, uuids: Sequence[str]) -> AsyncIterator[Line]:
        for page in pages(uuids):
            versions = await self._store.versions(self._group, page)
            vectors = await self._store.vectors(self._group, "ENTITY", page)
            for uuid in page:
                yield EntityLine("entity", _there(versions, uuid), encoded(vectors.get(uuid)))

    async def assertions(self, uuids: Sequence[str]) -> AsyncIterator[Line]:
        async for assertion in _in_order(uuids, lambda page: self._store.assertions(self._group, page)):
            subject, object_ = said_of(assertion)
            yield AssertionLine("assertion", replace(assertion, subject=subject, object=object_, said_of=None))

    async def facts(self, uuids: Sequence[str]) -> AsyncIterator[Line]:
        for page in pages(uuids):
            records = await self._store.facts(self._group, page)
            vectors = await self._store.vectors(self._group, "FACT", page)
            for uuid in page:
                yield FactLine("fact", _there(records, uuid), encoded(vectors.get(uuid)))

    async def mentions(self, episodes: Sequence[str]) -> AsyncIterator[Line]:
        for page in pages(episodes):
            found = await self._store.mentions(self._group, page)
            for episode in page:
                for entity, at in found.get(episode, ()):
                    yield MentionLine("mention", episode, entity, at)

    async def log(self, reviews: Sequence[str], changes: Sequence[str]) -> AsyncIterator[Line]:
        async for review in _in_order(reviews, lambda page: self._store.reviews(self._group, page, _EVER)):
            yield ReviewLine("review", review)
        async for change in _in_order(changes, lambda page: self._store.changes(self._group, page, _EVER)):
            yield ChangeLine("change", change)


async def _in_order(uuids: Sequence[str], load: Callable[[Sequence[str]], Awaitable[Mapping[str, T]]]) -> AsyncIterator[T]:
    for page in pages(uuids):
        records = await load(page)
        for uuid in page:
            yield _there(records, uuid)


def _there(records: Mapping[str, T], uuid: str) -> T:
    """Raises Conflict for a record that was being rewritten just then."""
    if uuid not in records:
        raise moved_on()
    return records[uuid]


def moved_on() -> Conflict:
    return Conflict("the group was written to while it was exported", hint="Export it again, or stop its workers first.")


def pages(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[start : start + PAGE] for start in range(0, len(items), PAGE))


def settled(work: Work) -> Work:
    """As it stands in a file: what was not finished waits for its first attempt."""
    if work.state in (WorkState.DONE, WorkState.PARKED):
        return work
    return replace(work, state=WorkState.QUEUED, attempts=0, error=None)
