"""One group seen at one instant: what every read starts from, so that none can forget the time."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from graph.context import gather_context
from graph.inputs import When
from graph.inquiry import Asked, Inquiry
from graph.keep import zone_named
from graph.model import Assertion, Change, Entity, Episode, Fact, FactStatus, Group, Review, ReviewKind, Session
from graph.operations import undone
from graph.parts import Parts
from graph.recall.answer import Context
from graph.search import Hit, search
from graph.slips import like_relations, like_types, slip, unknown_relations, unknown_types
from graph.stores.base import Store
from graph.time import FAR, AsOf, period_of
from graph.views import EVERY_CHANGE, ChangeFilter, Counts, EntityFilter, EpisodeNode, FactFilter, FactSlice, Page, Slice, Subgraph

T = TypeVar("T")

EVER = AsOf(FAR, FAR)
"""As far as anything will ever be known."""


class Standpoint:
    """The instant from which a group is seen, and the group's record, which is read beside the first read.

    Until then the instant is taken from our clock. Where that turns out wrong - another process has a faster clock, the group a time
    zone of its own - what was read is read again.
    """

    def __init__(self, place: Callable[[Group | None], AsOf], load: Callable[[], Awaitable[Group | None]]) -> None:
        self.as_of = place(None)
        self._place = place
        self._load = load
        self._loading: asyncio.Task[Group | None] | None = None
        self._settled = False

    async def record(self) -> Group | None:
        """None for a group that has nothing yet."""
        if self._loading is None:
            self._loading = asyncio.create_task(self._settle())
        return await asyncio.shield(self._loading)

    async def read(self, ask: Callable[[AsOf], Awaitable[T]]) -> T:
        tried = self.as_of
        if self._settled:
            return await ask(tried)
        found, _ = await asyncio.gather(ask(tried), self.record())
        return found if self.as_of == tried else await ask(self.as_of)

    async def _settle(self) -> Group | None:
        record = await self._load()
        self.as_of = self._place(record)
        self._settled = True
        return record


@dataclass(frozen=True, slots=True)
class Graph:
    """A group as of (valid, known). `given` is `asOf` as the caller wrote it."""

    parts: Parts
    group: str
    standpoint: Standpoint
    given: tuple[str | None, str | None] = (None, None)

    @property
    def as_of(self) -> AsOf:
        """As far as it is known; certain once anything was read."""
        return self.standpoint.as_of

    async def record(self) -> Group | None:
        """The group's own record; None for one that has nothing yet."""
        return await self.standpoint.record()

    async def first_instant(self, when: When) -> datetime:
        """Where a period begins, in the group's time zone."""
        record = await self.record()
        return period_of(when, zone_named(record.settings.timezone if record else "UTC")).first

    async def context(
        self,
        question: str,
        budget: int = 1500,
        hops: int = 2,
        session: str | None = None,
        around: Sequence[str] = (),
        template: str = "default",
    ) -> Context:
        asked = Asked(question, budget, hops, session, tuple(around), template)
        return await self.standpoint.read(lambda as_of: gather_context(Inquiry(self.parts, self.group, as_of, asked, self.record)))

    async def search(self, text: str, kinds: Sequence[str], first: int = 10) -> Sequence[Hit]:
        return await self.standpoint.read(lambda as_of: search(self.parts, self.group, as_of, text, kinds, first))

    async def entity(self, uuid: str) -> Entity | None:
        return (await self.load_entities([uuid])).get(uuid)

    async def entity_named(self, name: str) -> Entity | None:
        """The best connected entity of exactly this name or alias."""
        found = await self._read(lambda store, as_of: store.find_entities(self.group, name, as_of))
        return found[0] if found else None

    async def entities(self, filter: EntityFilter, order: str, page: Page) -> Slice[Entity]:
        await self._require_names(types=filter.types)
        return await self._read(lambda store, as_of: store.list_entities(self.group, filter, order, page, as_of))

    async def fact(self, uuid: str) -> Fact | None:
        return (await self.load_facts([uuid])).get(uuid)

    async def facts(self, filter: FactFilter, order: str, page: Page) -> FactSlice:
        await self._require_names(filter.relations, filter.types)
        return await self._read(lambda store, as_of: store.list_facts(self.group, filter, order, page, as_of))

    async def timeline(self, entity: str, relation: str | None, page: Page) -> FactSlice:
        await self._require_names(() if relation is None else (relation,))
        return await self._read(lambda store, as_of: store.timeline(self.group, entity, relation, page, as_of.known))

    async def neighborhood(self, around: Sequence[str], hops: int, filter: FactFilter, limit: int) -> Subgraph:
        await self._require_names(filter.relations, filter.types)
        return await self._read(lambda store, as_of: store.neighborhood(self.group, around, hops, filter, limit, as_of))

    async def neighbors(self, entity: str, relations: Sequence[str], page: Page) -> Slice[Entity]:
        await self._require_names(relations)
        return await self._read(lambda store, as_of: store.neighbors(self.group, entity, relations, page, as_of))

    async def mentions(self, entity: str, page: Page) -> Slice[Episode]:
        return await self._read(lambda store, as_of: store.mentions_of(self.group, entity, page, as_of.known))

    async def episode(self, uuid: str) -> Episode | None:
        return (await self.load_episodes([uuid])).get(uuid)

    async def episodes(self, session: str | None, page: Page) -> Slice[Episode]:
        return await self._read(lambda store, as_of: store.list_episodes(self.group, session, page, as_of.known))

    async def sessions(self, page: Page) -> Slice[Session]:
        return await self._read(lambda store, as_of: store.list_sessions(self.group, page, as_of.known))

    async def reviews(self, kind: ReviewKind | None, page: Page) -> Slice[Review]:
        return await self._read(lambda store, as_of: store.list_reviews(self.group, kind, page, as_of.known))

    async def changes(self, page: Page, filter: ChangeFilter = EVERY_CHANGE) -> Slice[Change]:
        return await self._read(lambda store, as_of: store.list_changes(self.group, page, as_of.known, filter))

    async def counts(self) -> Counts:
        return await self._read(lambda store, as_of: store.counts(self.group, as_of))

    async def load_entities(self, uuids: Sequence[str]) -> Mapping[str, Entity]:
        return await self._read(lambda store, as_of: store.entities(self.group, uuids, as_of))

    async def load_facts(self, uuids: Sequence[str]) -> Mapping[str, Fact]:
        """Records made by `known`, those retracted since or before included."""
        found = await self._read(lambda store, _: store.facts(self.group, uuids))
        return {uuid: fact for uuid, fact in found.items() if fact.created_at <= self.as_of.known}

    async def load_episodes(self, uuids: Sequence[str]) -> Mapping[str, Episode]:
        found = await self._read(lambda store, _: store.episodes(self.group, uuids))
        return {uuid: episode for uuid, episode in found.items() if episode.created_at <= self.as_of.known}

    async def load_sessions(self, names: Sequence[str]) -> Mapping[str, Session]:
        return await self.parts.store.sessions(self.group, names)

    async def load_sources(self, facts: Sequence[Fact]) -> Mapping[str, tuple[Assertion, ...]]:
        """The assertions behind each fact that were recorded by `known`, in the order they were said."""
        wanted = list({uuid for fact in facts for uuid in fact.assertions})
        found = await self._read(lambda store, _: store.assertions(self.group, wanted))
        return {fact.uuid: _recorded_by(self.as_of, fact, found) for fact in facts}

    async def load_degrees(self, entities: Sequence[str]) -> Mapping[str, int]:
        return await self._read(lambda store, as_of: store.degrees(self.group, entities, as_of))

    async def load_successors(self, facts: Sequence[Fact]) -> Mapping[str, Fact]:
        return await self._read(lambda store, as_of: store.successors(self.group, facts, as_of.known))

    async def load_predecessors(self, facts: Sequence[Fact]) -> Mapping[str, tuple[Fact, ...]]:
        return await self._read(lambda store, as_of: store.predecessors(self.group, facts, as_of.known))

    async def load_changes(self, facts: Sequence[str]) -> Mapping[str, tuple[Change, ...]]:
        return await self._read(lambda store, as_of: store.changes_of_facts(self.group, facts, as_of.known))

    async def load_episode_facts(self, episodes: Sequence[str]) -> Mapping[str, tuple[Fact, ...]]:
        return await self._read(lambda store, as_of: store.facts_of_episodes(self.group, episodes, as_of))

    async def load_episode_entities(self, episodes: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        return await self._read(lambda store, as_of: store.mentioned_in(self.group, episodes, as_of))

    async def load_change_records(self, uuids: Sequence[str]) -> Mapping[str, Change]:
        return await self._read(lambda store, as_of: store.changes(self.group, uuids, as_of.known))

    async def load_undone_by(self, operations: Sequence[str]) -> Mapping[str, Change]:
        """For each operation that is undone as far as is known: the first change of the one that undoes it."""
        return await self._read(lambda store, as_of: self._undone_by(store, operations, as_of.known))

    async def _undone_by(self, store: Store, operations: Sequence[str], known: datetime) -> Mapping[str, Change]:
        logged = [operation for operation in await store.operations(self.group, operations) if operation.at <= known]
        by = {of: undoing.changes[0] for of, undoing in undone(logged).items() if undoing.changes}
        changes = await store.changes(self.group, list(by.values()), known) if by else {}
        return {of: changes[first] for of, first in by.items() if first in changes}

    async def load_reviews(self, uuids: Sequence[str]) -> Mapping[str, Review]:
        return await self._read(lambda store, as_of: store.reviews(self.group, uuids, as_of.known))

    async def load_facts_around(self, entities: Sequence[str], limit: int) -> Mapping[str, tuple[Fact, ...]]:
        """Facts that hold and touch each entity, at most `limit` an entity."""
        return await self._read(lambda store, as_of: store.facts_around(self.group, entities, limit, as_of))

    async def work_episodes(self, work: str) -> Sequence[Episode]:
        return await self.parts.store.episodes_of_work(self.group, work)

    async def work_changes(self, work: str) -> Sequence[Change]:
        return await self.parts.store.changes_of_work(self.group, work)

    def is_a(self, type: str, ancestor: str) -> bool:
        """Whether one entity type is a kind of another."""
        return self.parts.ontology.is_a(type, ancestor)

    async def load_nodes(self, episodes: Sequence[str]) -> Mapping[str, EpisodeNode]:
        """Each episode's place in its session."""
        return await self._read(lambda store, as_of: store.around(self.group, episodes, 0, as_of.known))

    async def _require_names(self, relations: Sequence[str] = (), types: Sequence[str] = ()) -> None:
        """Raises BadInput for a name that nothing in the group ever had and that is like one that is known."""
        ontology, store = self.parts.ontology, self.parts.store
        unknown, strange = unknown_relations(ontology, relations), unknown_types(ontology, types)
        if not (unknown or strange):
            return
        used = await store.counts(self.group, EVER)
        for name in unknown:
            ever = FactFilter(relations=(name,), status=tuple(FactStatus))
            like = like_relations(ontology, name, used.relations)
            if like and not (await store.list_facts(self.group, ever, "RECORDED", Page(1), EVER)).items:
                raise slip("relation", name, like)
        for name in strange:
            like = like_types(ontology, name, used.entity_types)
            if like and not (await store.list_entities(self.group, EntityFilter(types=(name,)), "NAME", Page(1), EVER)).items:
                raise slip("type", name, like)

    async def _read(self, ask: Callable[[Store, AsOf], Awaitable[T]]) -> T:
        return await self.standpoint.read(lambda as_of: ask(self.parts.store, as_of))


def _recorded_by(as_of: AsOf, fact: Fact, found: Mapping[str, Assertion]) -> tuple[Assertion, ...]:
    known = (found[uuid] for uuid in fact.assertions if uuid in found)
    return tuple(sorted((a for a in known if a.recorded_at <= as_of.known), key=lambda a: (a.said, a.start, a.uuid)))
