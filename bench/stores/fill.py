"""Loads made-up groups through the Store protocol, in large operations, as a learnt conversation stands there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import uuid4

from bench.stores.world import FACTS_A_MESSAGE, Told, told
from graph.belief import belief_key
from graph.delta import Delta, Vectors
from graph.model import Assertion, Change, ChangeKind, Embedder, Entity, Episode, EpisodeKind, Fact, UpdatePolicy, Vector
from graph.ontology import Ontology
from graph.resolve import entity_key
from graph.stores.base import Keeping, Store
from graph.time import TICK, Precision

T = TypeVar("T")

MESSAGES_AT_ONCE = 100
"""Messages kept, and learnt from, in one operation; each session is as long."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What a group holds: by question the uuids of the facts that answer it, entities' uuids by name, facts' vectors by uuid."""

    group: str
    gold: dict[str, frozenset[str]]
    entities: dict[str, str]
    vectors: dict[str, Vector]


def in_parts(items: Sequence[T], size: int) -> list[Sequence[T]]:
    return [items[start : start + size] for start in range(0, len(items), size)]


class Filler:
    """Writes groups into one store. `at` is when all of it was recorded."""

    def __init__(self, store: Store, embedder: Embedder, ontology: Ontology, at: datetime) -> None:
        self._store = store
        self._embedder = embedder
        self._ontology = ontology
        self._at = at

    async def fill(self, group: str, facts: int) -> Filled:
        entities: dict[str, str] = {}
        gold: dict[str, set[str]] = {}
        vectors: dict[str, Vector] = {}
        for number, part in enumerate(in_parts(list(told(group, facts)), MESSAGES_AT_ONCE * FACTS_A_MESSAGE)):
            facts_at = await self._learn(group, number, part, entities)
            vectors |= facts_at
            for one, uuid in zip(part, facts_at, strict=True):
                gold.setdefault(one.question, set()).add(uuid)
        return Filled(group, {question: frozenset(uuids) for question, uuids in gold.items()}, entities, vectors)

    async def _learn(self, group: str, number: int, part: Sequence[Told], entities: dict[str, str]) -> Mapping[str, Vector]:
        at = self._at + number * TICK
        messages = [". ".join(t.text for t in said) for said in in_parts(part, FACTS_A_MESSAGE)]
        said = [t.at for t in part[::FACTS_A_MESSAGE]]
        episodes = [self._episode(group, text, when) for text, when in zip(messages, said, strict=True)]
        await self._store.keep(Keeping(group, f"session {number}", episodes, str(uuid4()), at))
        lease = await self._store.lease("bench", at, at + timedelta(hours=1), MESSAGES_AT_ONCE)
        if lease is None:
            raise RuntimeError(f"nothing to lease in {group}")
        delta = await self._delta(group, part, episodes, entities, at)
        await self._store.apply(delta, lease.token)
        return delta.vectors.facts

    def _episode(self, group: str, content: str, at: datetime) -> Episode:
        return Episode(str(uuid4()), group, None, EpisodeKind.MESSAGE, "user", "Teller", content, at, at, self._at)

    async def _delta(self, group: str, part: Sequence[Told], episodes: Sequence[Episode], known: dict[str, str], at: datetime) -> Delta:
        new = {name: str(uuid4()) for t in part for name in (t.subject, t.object) if name not in known}
        known |= new
        record = await self._store.group(group)
        entities = [self._entity(group, name, uuid, at) for name, uuid in new.items()]
        operation = str(uuid4())
        assertions = [self._assertion(group, t, episodes[n // FACTS_A_MESSAGE], known, (operation, at)) for n, t in enumerate(part)]
        facts = [self._fact(a) for a in assertions]
        texts = [*new, *(f.text for f in facts), *(e.content for e in episodes)]
        rows = iter(await self._embedder.embed(texts))
        return Delta(
            group=group,
            version=record.version if record else 0,
            operation=operation,
            at=at,
            entities=entities,
            assertions=assertions,
            facts=facts,
            mentions=sorted({(a.episode or "", end) for a in assertions for end in (a.subject, a.object)}),
            changes=[self._change(group, fact, operation, at) for fact in facts],
            vectors=Vectors(
                entities={uuid: next(rows) for uuid in new.values()},
                facts={f.uuid: next(rows) for f in facts},
                episodes={e.uuid: next(rows) for e in episodes},
            ),
        )

    def _entity(self, group: str, name: str, uuid: str, at: datetime) -> Entity:
        type_ = "Place" if name.startswith("the ") else "Person"
        return Entity(uuid, group, name, type_, entity_key(name, type_), at, at)

    def _assertion(self, group: str, t: Told, episode: Episode, known: dict[str, str], recorded: tuple[str, datetime]) -> Assertion:
        operation, at = recorded
        return Assertion(
            uuid=str(uuid4()),
            group=group,
            subject=known[t.subject],
            relation=t.relation,
            object=known[t.object],
            start=t.at,
            precision=Precision.SAID,
            said=t.at,
            recorded_at=at,
            operation=operation,
            text=t.text,
            actor="bench",
            episode=episode.uuid,
            quote=t.text,
            span=(0, len(t.text)),
        )

    def _fact(self, a: Assertion) -> Fact:
        return Fact(
            uuid=str(uuid4()),
            group=a.group,
            key=belief_key(self._ontology.relation(a.relation), a.subject, a.object, UpdatePolicy.ONTOLOGY),
            subject=a.subject,
            relation=a.relation,
            object=a.object,
            text=a.text,
            valid_at=a.start,
            valid_at_precision=a.precision,
            created_at=a.recorded_at,
            assertions=(a.uuid,),
            episodes=(a.episode,) if a.episode else (),
        )

    def _change(self, group: str, fact: Fact, operation: str, at: datetime) -> Change:
        return Change(str(uuid4()), group, operation, ChangeKind.FACT_ADDED, at, "bench", "told", "it was said", facts=(fact.uuid,))
