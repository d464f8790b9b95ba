"""The use cases, one class: every face (GraphQL, command line, tools) is a thin translation onto it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from graph import keep, tell
from graph.errors import BadInput, Conflict, NotFound, StoreUnavailable
from graph.graph import Graph
from graph.ingest import learn_next
from graph.inputs import Added, Changed, DocumentInput, FactInput, MessageInput, When
from graph.model import Episode, FactStatus, Group, GroupSettings, Json, UpdatePolicy, Work, WorkState
from graph.parts import Parts
from graph.stores.base import Keeping
from graph.time import FAR, AsOf, period_of
from graph.views import FactFilter, Page, Slice

FINISHED = (WorkState.DONE, WorkState.PARKED)
POLL_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Service:
    store: str
    extractor: str
    embedder: str
    ready: bool


class Memory:
    """Keeps what it is told, learns from it, and answers as of any instant. Use it in-process, or through `api`."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.kept = asyncio.Event()
        """Set whenever new Work was kept; whoever runs the worker waits for it."""
        self._learning = asyncio.Lock()

    async def add_messages(
        self,
        group: str,
        session: str,
        messages: Sequence[MessageInput],
        *,
        actor: str = "local",
        metadata: Mapping[str, Json] | None = None,
    ) -> Added:
        """Keeps messages of one session; durable when it returns. Raises BadInput and Conflict, and then nothing was kept."""
        timezone = (await self._settings(group)).timezone
        episodes = keep.message_episodes(
            self.parts.limits, keep.Place(group, session, self.parts.clock(), timezone), messages, metadata or {}
        )
        return await self._keep(group, session, episodes)

    async def add_document(self, group: str, session: str | None, document: DocumentInput, *, actor: str = "local") -> Added:
        timezone = (await self._settings(group)).timezone
        episode = keep.document_episode(self.parts.limits, keep.Place(group, session, self.parts.clock(), timezone), document)
        return await self._keep(group, session, [episode])

    async def add_facts(self, group: str, facts: Sequence[FactInput], reason: str = "", *, actor: str = "local") -> Changed:
        """Facts the caller already knows, as one operation: all of them or none."""
        return await tell.add_facts(self.parts, tell.Order(group, actor, reason), facts)

    async def end_fact(self, group: str, fact: str, at: When, reason: str, *, actor: str = "local") -> Changed:
        """It stopped being so at `at`."""
        return await tell.end_fact(self.parts, tell.Order(group, actor, reason), fact, at)

    async def correct_fact(
        self, group: str, fact: str, reason: str, replacement: FactInput | None = None, *, actor: str = "local"
    ) -> Changed:
        """It was never so; `replacement`, if given, takes its place."""
        return await tell.correct_fact(self.parts, tell.Order(group, actor, reason), fact, replacement)

    async def configure(
        self, group: str, updates: UpdatePolicy | None = None, timezone: str | None = None, extractor: str | None = None
    ) -> Group:
        """Creates the group if it is new. Raises Conflict where `updates` would change what is believed already."""
        record = await self.parts.store.group(keep.group_named(group))
        before = record.settings if record else GroupSettings()
        settings = GroupSettings(updates or before.updates, timezone or before.timezone, extractor or before.extractor)
        keep.zone_named(settings.timezone)
        if settings.extractor not in (None, self.parts.extractor.name):
            raise BadInput(f"there is no extractor {settings.extractor!r}", hint=f"Use {self.parts.extractor.name!r}.", field="extractor")
        if settings.updates is not before.updates and await self._has_learnt(group):
            raise Conflict(
                f"the group {group!r} has learnt under updates {before.updates.value}", hint="Set `updates` before the first facts."
            )
        return await self.parts.store.configure(group, settings, self.parts.clock())

    async def learn(self, worker: str = "worker") -> bool:
        """Does the next piece of Work; False when none waits."""
        async with self._learning:
            return await learn_next(self.parts, worker)

    async def finished(self, group: str, work: str, worker: str = "worker") -> Work:
        """That Work once it is done or parked, learning as needed."""
        while True:
            record = await self.parts.store.work(group, work)
            if record is None:
                raise NotFound(f"there is no work {work!r} in the group {group!r}")
            if record.state in FINISHED:
                return record
            if not await self.learn(worker):
                await asyncio.sleep(POLL_SECONDS)

    async def graph(self, group: str, valid: When | None = None, known: When | None = None) -> Graph:
        """The group at an instant; periods mean their last instant, in the group's time zone. A group without memories is empty."""
        record = await self.parts.store.group(keep.group_named(group))
        now = self.parts.clock()
        latest = max(now, record.last_at) if record else now
        zone = keep.zone_named(record.settings.timezone if record else "UTC")
        as_of = AsOf(_instant(valid, zone, latest), _instant(known, zone, latest))
        return Graph(self.parts, group, record, as_of, (_as_given(valid), _as_given(known)))

    async def groups(self, page: Page) -> Slice[Group]:
        return await self.parts.store.groups(page)

    async def work(self, group: str, uuid: str) -> Work | None:
        return await self.parts.store.work(group, uuid)

    async def retry_work(self, group: str, uuid: str) -> Work:
        """Queues a parked Work again."""
        if await self.parts.store.work(group, uuid) is None:
            raise NotFound(f"there is no work {uuid!r} in the group {group!r}")
        await self.parts.store.retry(group, uuid)
        self.kept.set()
        found = await self.parts.store.work(group, uuid)
        assert found is not None  # noqa: S101 - it was there, and Work is never deleted
        return found

    async def service(self) -> Service:
        try:
            await self.parts.store.check()
            ready = True
        except StoreUnavailable:
            ready = False
        return Service(self.parts.store.name, self.parts.extractor.name, self.parts.embedder.name, ready)

    async def _has_learnt(self, group: str) -> bool:
        ever = FactFilter(status=tuple(FactStatus))
        return bool((await self.parts.store.list_facts(group, ever, "RECORDED", Page(1), AsOf(FAR, FAR))).items)

    async def _settings(self, group: str) -> GroupSettings:
        record = await self.parts.store.group(keep.group_named(group))
        return record.settings if record else GroupSettings()

    async def _keep(self, group: str, session: str | None, episodes: Sequence[Episode]) -> Added:
        kept = await self.parts.store.keep(Keeping(group, session, episodes, str(uuid4()), self.parts.clock()))
        self.kept.set()
        return Added(kept.episodes, kept.work, kept.repeated)


def _instant(when: When | None, zone: ZoneInfo, latest: datetime) -> datetime:
    return latest if when is None else period_of(when, zone).last


def _as_given(when: When | None) -> str | None:
    return when.isoformat() if isinstance(when, datetime) else when
