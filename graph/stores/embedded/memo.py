"""Records that were made of rows lately: asking a row for its number is a small part of making one. Bounded by bytes, never stale."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from sys import getsizeof
from typing import Any, Generic, Protocol, TypeVar

from graph.model import Assertion, Entity, Episode, Fact, Json

K = TypeVar("K", bound=Hashable)
R = TypeVar("R")

UUID = 90
"""Bytes of one in a tuple."""
GROUP = 1_000
"""Bytes that a group takes of which nothing is kept."""


class Viewpoint(Protocol):
    """From where a group is read: which one, and at which version."""

    @property
    def group(self) -> str: ...
    @property
    def version(self) -> int: ...


@dataclass(frozen=True, eq=False)
class Kind(Generic[K, R]):
    """What is kept under what key, and about how many bytes one takes. What `lasts` no operation changes: it can only be forgotten."""

    bytes: Callable[[R], int]
    lasts: bool = False


def _bytes_of_fact(fact: Fact) -> int:
    uuids = len(fact.assertions) + len(fact.episodes) + len(fact.confidences)
    return 1_200 + getsizeof(fact.text) + UUID * uuids + _bytes_of(fact.attributes)


def _bytes_of_assertion(said: Assertion) -> int:
    return 1_200 + getsizeof(said.text) + getsizeof(said.quote) + UUID * 3 * len(said.lapses) + _bytes_of(said.attributes)


def _bytes_of_entity(entity: Entity) -> int:
    return 800 + getsizeof(entity.summary) + UUID * (len(entity.aliases) + len(entity.apart))


def _bytes_of_episode(episode: Episode) -> int:
    return 1_000 + getsizeof(episode.content) + _bytes_of(episode.metadata)


def _bytes_of(values: Mapping[str, Json]) -> int:
    return 3 * len(str(values)) if values else 0


FACTS: Kind[int, Fact] = Kind(_bytes_of_fact)
ASSERTIONS: Kind[str, Assertion] = Kind(_bytes_of_assertion)
ENTITIES: Kind[str, Entity] = Kind(_bytes_of_entity)
"""As they read now."""
EPISODES: Kind[str, Episode] = Kind(_bytes_of_episode, lasts=True)
TOUCHING: Kind[tuple[str, int], Sequence[int]] = Kind(lambda ids: 350 + 40 * len(ids))
"""Row ids of the facts that touch an entity now, so many at most."""
DRAWN: Kind[str, Sequence[int]] = Kind(lambda ids: 250 + 40 * len(ids))
"""Row ids of the facts that are drawn from an episode now."""


@dataclass(slots=True)
class _Held:
    """What is kept of one group, as of one version."""

    version: int
    records: dict[Kind[Any, Any], dict[Any, Any]] = field(default_factory=dict)
    bytes: int = GROUP


class Memo:
    """What was read last, in all about `most` bytes; of a group only what whoever reads its latest version would read. Safe in threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._bytes = 0
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, view: Viewpoint, kind: Kind[K, R], keys: Iterable[K], read: Callable[[list[K]], Mapping[K, R]]) -> dict[K, R]:
        """The records of the keys; those that are not kept are read. A key without a record is absent."""
        wanted = list(keys)
        kept = self._take(view, kind, wanted)
        missing = [key for key, record in kept.items() if record is None]
        if not missing:
            return kept
        found = {key: record for key, record in kept.items() if record is not None}
        if made := read(missing):
            self._put(view, kind, made)
            found.update(made)
        return found

    def advance(self, group: str, version: int) -> None:
        """An operation of this process brought the group from `version` to the next. What lasts is kept."""
        with self._lock:
            held = self._held.get(group)
            if held is not None and held.version == version:
                held.version += 1
                for kind in [kind for kind in held.records if not kind.lasts]:
                    self._count(held, -sum(map(kind.bytes, held.records.pop(kind).values())))

    def forget(self, group: str, version: int) -> None:
        """Keeps nothing of what the group was before `version`, nor what those who still read it then would have kept."""
        with self._lock:
            self._hold(group, version)

    def _take(self, view: Viewpoint, kind: Kind[K, R], keys: Sequence[K]) -> dict[K, Any]:
        """What is kept of each key, None where that is nothing."""
        with self._lock:
            held = self._held.get(view.group)
            if held is None or held.version != view.version:
                return dict.fromkeys(keys)
            self._held.move_to_end(view.group)
            return dict(zip(keys, map(held.records.get(kind, {}).get, keys), strict=True))

    def _put(self, view: Viewpoint, kind: Kind[K, R], made: Mapping[K, R]) -> None:
        """Where another process wrote, all that was kept before goes. A reader of an older version has nothing to keep."""
        with self._lock:
            held = self._held.get(view.group)
            if held is None or held.version < view.version:
                held = self._hold(view.group, view.version)
            if held.version > view.version:
                return
            kept = held.records.setdefault(kind, {})
            self._count(held, sum(kind.bytes(record) for key, record in made.items() if key not in kept))
            kept.update(made)
            while self._bytes > self._most:
                self._drop(next(iter(self._held)))

    def _hold(self, group: str, version: int) -> _Held:
        self._drop(group)
        held = self._held[group] = _Held(version)
        self._bytes += held.bytes
        return held

    def _drop(self, group: str) -> None:
        held = self._held.pop(group, None)
        if held is not None:
            self._bytes -= held.bytes

    def _count(self, held: _Held, more: int) -> None:
        held.bytes += more
        self._bytes += more
