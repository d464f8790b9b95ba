"""Records for the tests of stores, told with as few words as will do."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import numpy as np

from graph.delta import Closing, Delta, Retraction, Vectors
from graph.model import Assertion, Change, ChangeKind, Entity, Episode, EpisodeKind, Fact, Vector
from graph.stores.base import Keeping, Kept, Store
from graph.time import AsOf, Precision

START = datetime(2024, 1, 1, tzinfo=UTC)
LATE = datetime(2030, 1, 1, tzinfo=UTC)


def day(number: float) -> datetime:
    """So many days after the tests' time began."""
    return START + timedelta(days=number)


def as_of(valid: float, known: float | None = None) -> AsOf:
    return AsOf(day(valid), day(valid if known is None else known))


NOW = AsOf(LATE, LATE)


def message(content: str, id: str | None = None, said: datetime = START, **given: Any) -> Episode:
    episode = Episode(
        uuid=str(uuid4()),
        group="",
        session=None,
        kind=EpisodeKind.MESSAGE,
        role="user",
        name=None,
        content=content,
        said_at=said,
        instant=said,
        created_at=said,
        external_id=id,
    )
    return replace(episode, **given)


def keeping(*episodes: Episode, group: str = "g", session: str | None = "s", at: datetime = START) -> Keeping:
    return Keeping(group, session, [replace(e, created_at=at) for e in episodes], str(uuid4()), at)


def entity(uuid: str, at: datetime, **given: Any) -> Entity:
    made = Entity(uuid=uuid, group="g", name=uuid.title(), type="Person", key=f"person:{uuid}", created_at=at, recorded_at=at)
    return replace(made, **given)


def assertion(uuid: str, subject: str, relation: str, object: str, at: datetime, **given: Any) -> Assertion:
    made = Assertion(
        uuid=uuid,
        group="g",
        subject=subject,
        relation=relation,
        object=object,
        start=at,
        precision=Precision.SAID,
        said=at,
        recorded_at=at,
        operation="op",
        text=f"{subject} {relation} {object}",
        actor="local",
    )
    return replace(made, **given)


def fact(uuid: str, subject: str, relation: str, object: str, at: datetime, **given: Any) -> Fact:
    """Believed from `at` on both clocks, under the key of an exclusive relation."""
    made = Fact(
        uuid=uuid,
        group="g",
        key=f"s:{relation}:{subject}",
        subject=subject,
        relation=relation,
        object=object,
        text=f"{subject.title()} {relation.replace('_', ' ')} {object.title()}",
        valid_at=at,
        valid_at_precision=Precision.SAID,
        created_at=at,
    )
    return replace(made, **given)


def change(kind: ChangeKind, at: datetime, **given: Any) -> Change:
    made = Change(uuid=str(uuid4()), group="g", operation="op", kind=kind, at=at, actor="local", rule="told", reason="it was said")
    return replace(made, **given)


def closing(fact: str, at: datetime) -> Closing:
    return Closing(fact, at, Precision.DAY)


def retraction(fact: str, replaced_by: str | None = None) -> Retraction:
    return Retraction(fact, replaced_by)


DIMENSION = 256


def vector(*numbers: float) -> Vector:
    """Of unit length, in the dimension that the tests' stores have; the numbers not given are 0."""
    return unit((*numbers, *[0.0] * (DIMENSION - len(numbers))))


def unit(numbers: Sequence[float]) -> Vector:
    """Of unit length, of any dimension."""
    made = np.array(numbers, dtype=np.float32)
    return np.asarray(made / np.linalg.norm(made), dtype=np.float32)


def random_vectors(count: int, seed: int = 0) -> list[Vector]:
    """Of unit length, the same ones for the same seed."""
    made = np.random.default_rng(seed).standard_normal((count, DIMENSION)).astype(np.float32)
    return list(made / np.linalg.norm(made, axis=1, keepdims=True))


def vectors(**kinds: dict[str, Vector]) -> Vectors:
    return Vectors(**kinds)


@dataclass
class Writer:
    """Applies operations to one group, each against the version the group has."""

    store: Store
    group: str
    applied: list[Delta] = field(default_factory=list)

    async def apply(self, at: float, lease: str | None = None, **parts: Any) -> tuple[Change, ...]:
        found = await self.store.group(self.group)
        given = Delta(self.group, found.version if found else 0, str(uuid4()), day(at), **parts)
        self.applied.append(given)
        return await self.store.apply(given, lease)

    async def people(self, at: float, *uuids: str) -> None:
        await self.apply(at, entities=[entity(uuid, day(at)) for uuid in uuids])

    async def keep(self, *contents: str, session: str | None = "s", at: float = 0) -> Kept:
        said = [message(content, said=day(at)) for content in contents]
        return await self.store.keep(keeping(*said, group=self.group, session=session, at=day(at)))


def uuids(records: Sequence[Entity | Fact | Episode]) -> list[str]:
    return [record.uuid for record in records]
