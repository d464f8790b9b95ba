"""A Graph as one request sees it: its records in their GraphQL shapes, fetched in batches."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from strawberry.dataloader import DataLoader

from graph import model
from graph.errors import BadInput, NotFound
from graph.graph import Graph
from graph.memory import Memory
from graph.search import Record
from graph.views import FactSlice, Page, Slice
from schema.change import Change, change
from schema.entity import Entity, entity
from schema.episode import Episode, episode
from schema.fact import Fact, fact
from schema.ids import Kind, parse_id, parsed
from schema.limits import Limits
from schema.review import Review, review
from schema.session import Session, session
from schema.work import Work, work

K = TypeVar("K")
V = TypeVar("V")

VALUE = "Value"
MOST_ATTRIBUTES = 500


def _batched(load: Callable[[Sequence[K]], Awaitable[Mapping[str, V]]], key: Callable[[K], str]) -> DataLoader[K, V | None]:
    async def batch(keys: list[K]) -> list[V | None]:
        found = await load(keys)
        return [found.get(key(one)) for one in keys]

    return DataLoader(load_fn=batch, cache_key_fn=key)


def _itself(uuid: str) -> str:
    return uuid


def _uuid(record: model.Fact) -> str:
    return record.uuid


class Seen:
    """One Graph in one request. Each kind of record is asked for once a wave, however many fields want it."""

    def __init__(self, memory: Memory, graph: Graph, limits: Limits) -> None:
        self.memory = memory
        self.graph = graph
        self.limits = limits
        self.entity_records = _batched(graph.load_entities, _itself)
        self.fact_records = _batched(graph.load_facts, _itself)
        self.episode_records = _batched(graph.load_episodes, _itself)
        self.session_records = _batched(graph.load_sessions, _itself)
        self.degrees = _batched(graph.load_degrees, _itself)
        self.attributes = _batched(self._load_attributes, _itself)
        self.sources = _batched(graph.load_sources, _uuid)
        self.successors = _batched(graph.load_successors, _uuid)
        self.predecessors = _batched(graph.load_predecessors, _uuid)
        self.fact_changes = _batched(graph.load_changes, _itself)
        self.undone_by = _batched(graph.load_undone_by, _itself)
        self.change_records = _batched(graph.load_change_records, _itself)
        self.episode_facts = _batched(graph.load_episode_facts, _itself)
        self.episode_entities = _batched(graph.load_episode_entities, _itself)
        self.places = _batched(graph.load_nodes, _itself)

    def page(self, first: int | None, after: str | None) -> Page:
        return self.limits.page(first, after)

    def known_by(self, at: datetime | None) -> datetime | None:
        """`at`, if what happened then was known at this Graph's instant."""
        return at if at is not None and at <= self.graph.as_of.known else None

    def show_entity(self, record: model.Entity) -> Entity:
        return entity(record, self)

    def show_fact(self, record: model.Fact) -> Fact:
        return fact(record, self)

    def show_episode(self, record: model.Episode) -> Episode:
        return episode(record, self)

    def show_session(self, record: model.Session) -> Session:
        return session(record, self)

    def show_change(self, record: model.Change) -> Change:
        return change(record, self)

    def show_work(self, record: model.Work) -> Work:
        return work(record, self)

    def show(self, record: Record) -> Entity | Fact | Episode:
        if isinstance(record, model.Entity):
            self.meet([record])
            return self.show_entity(record)
        return self.show_fact(record) if isinstance(record, model.Fact) else self.show_episode(record)

    def meet(self, records: Iterable[model.Entity]) -> None:
        """Entities that came with something else are not asked for again."""
        self.entity_records.prime_many({record.uuid: record for record in records})

    def met(self, found: Slice[model.Entity]) -> Slice[model.Entity]:
        self.meet(found.items)
        return found

    def met_ends(self, found: FactSlice) -> FactSlice:
        self.meet(found.ends.values())
        return found

    async def entity_named(self, name: str) -> Entity | None:
        record = await self.graph.entity_named(name)
        if record is None:
            return None
        self.meet([record])
        return self.show_entity(record)

    async def entity(self, uuid: str) -> Entity | None:
        record = await self.entity_records.load(uuid)
        return self.show_entity(record) if record else None

    async def fact(self, uuid: str) -> Fact | None:
        record = await self.fact_records.load(uuid)
        return self.show_fact(record) if record else None

    async def episode(self, uuid: str) -> Episode | None:
        record = await self.episode_records.load(uuid)
        return self.show_episode(record) if record else None

    async def session(self, name: str) -> Session | None:
        record = await self.session_records.load(name)
        return self.show_session(record) if record else None

    async def work(self, uuid: str) -> Work | None:
        record = await self.memory.work(self.graph.group, uuid)
        return self.show_work(record) if record else None

    async def change(self, uuid: str) -> Change | None:
        record = await self.change_records.load(uuid)
        return self.show_change(record) if record else None

    async def review(self, uuid: str) -> Review | None:
        record = (await self.graph.load_reviews([uuid])).get(uuid)
        return review(record, self) if record else None

    async def entities(self, uuids: Sequence[str]) -> list[Entity]:
        """Those that this Graph has, in the order given."""
        return [self.show_entity(record) for record in await self.entity_records.load_many(uuids) if record]

    async def facts(self, uuids: Sequence[str]) -> list[Fact]:
        """Those that this Graph has, in the order given."""
        return [self.show_fact(record) for record in await self.fact_records.load_many(uuids) if record]

    async def end_of(self, record: model.Fact, uuid: str) -> Entity:
        """The subject or object of a fact, which a store never lacks."""
        found = await self.entity(uuid)
        if found is None:
            raise LookupError(f"the fact {record.uuid!r} of the group {record.group!r} names an entity {uuid!r} that is not there")
        return found

    async def episodes_of_work(self, uuid: str) -> list[Episode]:
        return [self.show_episode(record) for record in await self.graph.work_episodes(uuid)]

    async def changes_of_work(self, uuid: str) -> list[Change]:
        return [self.show_change(record) for record in await self.graph.work_changes(uuid)]

    def uuid_in(self, id: str, kind: Kind) -> str | None:
        """The uuid that an id names in this group; None for an id of another group or kind, or no id at all."""
        found = parsed(id)
        return found.uuid if found and found.kind is kind and found.group == self.graph.group else None

    def entity_in(self, id: str, field: str) -> str:
        """The uuid in an entity's id. Raises BadInput for what is no entity's id, NotFound for one of another group."""
        return self._uuid_of(id, Kind.ENTITY, field)

    def fact_in(self, id: str, field: str) -> str:
        """The same of a fact's."""
        return self._uuid_of(id, Kind.FACT, field)

    def _uuid_of(self, id: str, kind: Kind, field: str) -> str:
        found = parse_id(id)
        if found.kind is not kind:
            article = "an" if kind is Kind.ENTITY else "a"
            raise BadInput(f"{id!r} is an id of kind {found.kind}", hint=f"Send the id of {article} {kind}.", field=field)
        if found.group != self.graph.group:
            raise self._not_here(id, kind, field)
        return found.uuid

    async def entity_uuid(self, id: str, field: str) -> str:
        """The uuid of an entity of this Graph, or of the one that it is one with. Raises NotFound, too, for one that is not here."""
        known = await self.entity_records.load(self.entity_in(id, field))
        if known is None:
            raise self._not_here(id, Kind.ENTITY, field)
        return known.merged_into or known.uuid

    def _not_here(self, id: str, kind: Kind, field: str) -> NotFound:
        return NotFound(f"there is no {kind.lower()} {id!r} in the group {self.graph.group!r} at that instant", field=field)

    async def _load_attributes(self, uuids: Sequence[str]) -> Mapping[str, Mapping[str, object]]:
        """What holds of each entity in values, by relation: a text, or several."""
        touching = await self.graph.load_facts_around(uuids, MOST_ATTRIBUTES)
        own = {uuid: [found for found in touching.get(uuid, ()) if found.subject == uuid] for uuid in uuids}
        objects = await self.entity_records.load_many({found.object for facts in own.values() for found in facts})
        values = {found.uuid: found.name for found in objects if found and self.graph.is_a(found.type, VALUE)}
        return {uuid: _by_relation(facts, values) for uuid, facts in own.items()}


def _by_relation(facts: Sequence[model.Fact], values: Mapping[str, str]) -> dict[str, object]:
    told: defaultdict[str, list[str]] = defaultdict(list)
    for found in facts:
        if found.object in values:
            told[found.relation].append(values[found.object])
    return {relation: names[0] if len(names) == 1 else names for relation, names in told.items()}
