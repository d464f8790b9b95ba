"""The use cases, one class: every face (GraphQL, command line, tools) is a thin translation onto it."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from graph import keep, merge, redraw, reembed, review, revise, tell, undo
from graph.errors import BadInput, NotFound, StaleVersion, StoreUnavailable
from graph.forget import forget
from graph.graph import Graph, Standpoint
from graph.inputs import Added, Changed, DocumentInput, FactInput, Forgotten, MessageInput, Target, When
from graph.learner import FINISHED, Learner
from graph.model import Episode, FactStatus, Group, GroupSettings, Json, UpdatePolicy, Work
from graph.parts import Parts
from graph.reembed import Progress, unseen
from graph.revise import Revision
from graph.stores.base import Keeping
from graph.time import EPOCH, FAR, AsOf, period_of
from graph.views import FactFilter, Page, Slice

FIRST_PAUSE, LONGEST_PAUSE = 0.02, 0.25
"""Seconds between looks at Work that another process has; doubled each time."""

MOST_DECISIONS = 10
"""How often settings are decided anew where the group moved on meanwhile."""


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
        self._learner = Learner(parts)

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
        place = await self._place(group, session, [message.said_at for message in messages])
        return await self._keep(place, keep.message_episodes(self.parts.limits, place, messages, metadata or {}))

    async def add_document(self, group: str, session: str | None, document: DocumentInput, *, actor: str = "local") -> Added:
        place = await self._place(group, session, [document.said_at])
        return await self._keep(place, [keep.document_episode(self.parts.limits, place, document)])

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

    async def undo(self, group: str, change: str, reason: str = "", *, actor: str = "local") -> Changed:
        """Takes back the whole operation of a change, as a new operation; undoing that one brings it back."""
        return await undo.undo(self.parts, tell.Order(group, actor, reason), change)

    async def forget(self, group: str, target: Target, *, actor: str = "local") -> Forgotten:
        """Erases for good, and leaves a tombstone in the log; it cannot be undone. Raises BadInput unless one thing is named."""
        return await forget(self.parts, group, target, actor)

    async def merge_entities(self, group: str, keep: str, merged: Sequence[str], reason: str, *, actor: str = "local") -> Changed:
        """They are one with `keep` from now on; undoing it keeps them apart again."""
        return await merge.merge_entities(self.parts, tell.Order(group, actor, reason), keep, merged)

    async def update_entity(self, group: str, entity: str, revision: Revision, *, actor: str = "local") -> Changed:
        """It reads so from now on."""
        return await revise.update_entity(self.parts, tell.Order(group, actor, ""), entity, revision)

    async def resolve_review(self, group: str, uuid: str, keep: Sequence[str], reason: str, *, actor: str = "local") -> Changed:
        """Keeps facts or entities that a review asks about; see `graph.review`."""
        return await review.resolve_review(self.parts, tell.Order(group, actor, reason), uuid, keep)

    async def configure(
        self,
        group: str,
        updates: UpdatePolicy | None = None,
        timezone: str | None = None,
        extractor: str | None = None,
        *,
        actor: str = "local",
    ) -> Group:
        """Creates the group if it is new. Where it has learnt, other `updates` draw its facts anew, as one operation."""

        def decided(before: GroupSettings) -> GroupSettings:
            return GroupSettings(updates or before.updates, timezone or before.timezone, extractor or before.extractor)

        for _ in range(MOST_DECISIONS - 1):
            with suppress(StaleVersion):
                return await self._configure(tell.Order(group, actor, ""), decided)
        return await self._configure(tell.Order(group, actor, ""), decided)

    async def apply_ontology(self, group: str, reason: str = "", *, actor: str = "local") -> Changed:
        """Draws what is believed anew under this service's ontology, as one operation; changes nothing where it is so already."""
        done = await redraw.apply_ontology(self.parts, tell.Order(group, actor, reason))
        return Changed(done.at, done.changes, done.facts, done.entities)

    async def reembed(self, group: str, progress: Progress = unseen) -> int:
        """Makes the group's vectors those of this memory's embedder, and says how many were made. Raises NotFound."""
        return await reembed.reembed(self.parts, group, progress)

    async def learn(self) -> bool:
        """Does the next piece of Work; False when none waits."""
        return await self._learner.next() is not None

    async def finished(self, group: str, work: str) -> Work:
        """That Work once it is done or parked, learning as needed. The store is asked only about what others learn."""
        pause = FIRST_PAUSE
        with self._learner.awaiting(work) as done:
            while not done.done():
                learnt = await self._learner.next(unless=done)
                if done.done() or (learnt is not None and learnt.uuid == work):
                    continue
                record = await self.parts.store.work(group, work)
                if record is None:
                    raise NotFound(f"there is no work {work!r} in the group {group!r}")
                if record.state in FINISHED:
                    return record
                if learnt is None:
                    await asyncio.wait([done], timeout=pause)
                    pause = min(2 * pause, LONGEST_PAUSE)
            return done.result()

    async def graph(self, group: str, valid: When | None = None, known: When | None = None) -> Graph:
        """The group at an instant; periods mean their last instant, in the group's time zone. A group without memories is empty."""
        graph = self.look(group, valid, known)
        await graph.record()
        return graph

    def look(self, group: str, valid: When | None = None, known: When | None = None, since: datetime | None = None) -> Graph:
        """The same without waiting: what is asked of it first is read together with the group. Now is not before `since`."""
        keep.group_named(group)
        now = max(self.parts.clock(), since or EPOCH)

        def place(record: Group | None) -> AsOf:
            latest = max(now, record.last_at) if record else now
            zone = keep.zone_named(record.settings.timezone if record else "UTC")
            return AsOf(_instant(valid, zone, latest), _instant(known, zone, latest))

        standpoint = Standpoint(place, lambda: self.parts.store.group(group))
        return Graph(self.parts, group, standpoint, (_as_given(valid), _as_given(known)))

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

    async def _configure(self, order: tell.Order, decided: Callable[[GroupSettings], GroupSettings]) -> Group:
        """Raises StaleVersion where the group is not any more what this was decided upon."""
        group = keep.group_named(order.group)
        record = await self.parts.store.group(group)
        before = record.settings if record else GroupSettings()
        settings = decided(before)
        keep.zone_named(settings.timezone)
        if settings.extractor not in (None, self.parts.extractor.name):
            raise BadInput(f"there is no extractor {settings.extractor!r}", hint=f"Use {self.parts.extractor.name!r}.", field="extractor")
        if settings.updates is not before.updates and await self._has_learnt(group):
            await redraw.set_updates(self.parts, order, decided)
            found = await self.parts.store.group(group)
            assert found is not None  # noqa: S101 - it was just written to, and groups are never deleted
            return found
        return await self.parts.store.configure(group, settings, self.parts.clock(), record.version if record else 0)

    async def _has_learnt(self, group: str) -> bool:
        ever = FactFilter(status=tuple(FactStatus))
        return bool((await self.parts.store.list_facts(group, ever, "RECORDED", Page(1), AsOf(FAR, FAR))).items)

    async def _place(self, group: str, session: str | None, said: Sequence[When | None]) -> keep.Place:
        """Reads the group's time zone only where some time needs one."""
        keep.group_named(group)
        record = await self.parts.store.group(group) if any(keep.needs_zone(when) for when in said) else None
        return keep.Place(group, session, self.parts.clock(), record.settings.timezone if record else "UTC")

    async def _keep(self, place: keep.Place, episodes: Sequence[Episode]) -> Added:
        keeping = Keeping(place.group, place.session, episodes, str(uuid4()), place.now)
        kept = await self.parts.store.keep(keeping)
        self.kept.set()
        return Added(kept.episodes, kept.work, kept.repeated)


def _instant(when: When | None, zone: ZoneInfo, latest: datetime) -> datetime:
    return latest if when is None else period_of(when, zone).last


def _as_given(when: When | None) -> str | None:
    return when.isoformat() if isinstance(when, datetime) else when
