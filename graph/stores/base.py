"""The `Store` protocol: what the use cases need of a database, as few and as large methods as will do.

Every read takes an `AsOf` or a known time and sees one group. A store raises StoreUnavailable (never a driver's own
error), StaleVersion where the group moved on, and Conflict where a kept id comes with other content.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from graph.access import Key
from graph.model import (
    Assertion,
    Change,
    Delta,
    Entity,
    Episode,
    Fact,
    Group,
    GroupSettings,
    Review,
    ReviewKind,
    Session,
    Vector,
    Work,
)
from graph.time import AsOf
from graph.views import Beliefs, Candidate, Counts, EntityFilter, EpisodeNode, FactFilter, Hits, Page, Slice, Subgraph


@dataclass(frozen=True, slots=True)
class Keeping:
    """Episodes of one session to keep with one Work, as one transaction. Their `instant` and `work` are set by the store."""

    group: str
    session: str | None
    episodes: Sequence[Episode]
    work: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """The episodes as stored, in the order given; `repeated` of them were known already by id."""

    episodes: tuple[Episode, ...]
    work: Work
    repeated: int = 0


@dataclass(frozen=True, slots=True)
class Lease:
    """Part of a Work for one worker: the next episodes to learn from, with those before them, and the session's speakers."""

    work: Work
    token: str
    episodes: tuple[Episode, ...]
    before: tuple[Episode, ...]
    speakers: tuple[str, ...]


class Store(Protocol):
    """See the module's docstring. Names of lists are plural; a missing uuid is absent from a mapping, never an error."""

    name: str

    # life
    async def open(self) -> None:
        """Connects and applies migrations. Raises StoreUnavailable with what to do."""
        ...

    async def close(self) -> None: ...
    async def check(self) -> None:
        """Raises StoreUnavailable unless a read and the migrations are in order."""
        ...

    # groups and keys
    async def group(self, name: str) -> Group | None: ...
    async def groups(self, page: Page) -> Slice[Group]: ...
    async def configure(self, name: str, settings: GroupSettings, at: datetime) -> Group: ...
    async def keys(self) -> Sequence[Key]: ...
    async def save_key(self, key: Key) -> None: ...

    # accepted means kept
    async def keep(self, keeping: Keeping) -> Kept: ...
    async def lease(self, worker: str, at: datetime, until: datetime, most: int = 10) -> Lease | None:
        """The oldest part of any Work that no living lease holds, never two of one session at a time."""
        ...

    async def fail(self, token: str, error: str, at: datetime, again_at: datetime | None) -> None:
        """Gives a lease back: to be tried again from `again_at` on, or parked where that is None."""
        ...

    async def release(self, token: str) -> None:
        """Gives a lease back untouched (a worker that stops)."""
        ...

    async def retry(self, group: str, work: str) -> None:
        """Queues a parked Work again."""
        ...

    async def waiting(self) -> int:
        """Work that is queued or running."""
        ...

    # learning
    async def candidates(self, group: str, names: Sequence[str], session: str | None) -> Sequence[Candidate]:
        """Entities of the present whose normalised key name, alias or first name is one of `names` (already normalised)."""
        ...

    async def beliefs(self, group: str, keys: Sequence[str]) -> Beliefs: ...
    async def said_in(self, group: str, session: str, relation: str | None, most: int = 20) -> Sequence[Assertion]:
        """The last living assertions of a session's episodes, newest first: what a correction may take back."""
        ...

    async def apply(self, delta: Delta, lease: str | None = None) -> tuple[Change, ...]:
        """One transaction; with a lease, the Work's progress too. Raises StaleVersion, and Conflict for a lost lease."""
        ...

    # records by uuid
    async def entities(self, group: str, uuids: Sequence[str], as_of: AsOf) -> Mapping[str, Entity]: ...
    async def facts(self, group: str, uuids: Sequence[str]) -> Mapping[str, Fact]:
        """Retracted ones included."""
        ...

    async def episodes(self, group: str, uuids: Sequence[str]) -> Mapping[str, Episode]: ...
    async def assertions(self, group: str, uuids: Sequence[str]) -> Mapping[str, Assertion]: ...
    async def sessions(self, group: str, names: Sequence[str]) -> Mapping[str, Session]: ...
    async def changes(self, group: str, uuids: Sequence[str], known: datetime) -> Mapping[str, Change]: ...
    async def reviews(self, group: str, uuids: Sequence[str], known: datetime) -> Mapping[str, Review]: ...
    async def work(self, group: str, uuid: str) -> Work | None: ...
    async def external_assertions(self, group: str, ids: Sequence[str]) -> Mapping[str, Assertion]:
        """Assertions made through the API, by the caller's idempotency id."""
        ...

    # lists, as of an instant
    async def find_entities(self, group: str, name: str, as_of: AsOf) -> Sequence[Entity]:
        """Of exactly this name or alias (normalised), best connected first."""
        ...

    async def list_entities(self, group: str, filter: EntityFilter, order: str, page: Page, as_of: AsOf) -> Slice[Entity]:
        """`order` is MOST_CONNECTED, RECENT or NAME."""
        ...

    async def list_facts(self, group: str, filter: FactFilter, order: str, page: Page, as_of: AsOf) -> Slice[Fact]:
        """`order` is NEWEST, OLDEST (both by valid_at) or RECORDED."""
        ...

    async def timeline(self, group: str, entity: str, relation: str | None, page: Page, known: datetime) -> Slice[Fact]:
        """All that was ever believed by `known`, in order of validity, without records replaced by a rewrite."""
        ...

    async def neighborhood(self, group: str, around: Sequence[str], hops: int, filter: FactFilter, limit: int, as_of: AsOf) -> Subgraph: ...
    async def neighbors(self, group: str, entity: str, relations: Sequence[str], page: Page, as_of: AsOf) -> Slice[Entity]: ...
    async def degrees(self, group: str, entities: Sequence[str], as_of: AsOf) -> Mapping[str, int]: ...
    async def list_episodes(self, group: str, session: str | None, page: Page, known: datetime) -> Slice[Episode]:
        """In order of instant."""
        ...

    async def episodes_of_work(self, group: str, work: str) -> Sequence[Episode]: ...
    async def list_sessions(self, group: str, page: Page, known: datetime) -> Slice[Session]: ...
    async def list_reviews(self, group: str, kind: ReviewKind | None, page: Page, known: datetime) -> Slice[Review]: ...
    async def counts(self, group: str, as_of: AsOf) -> Counts: ...

    # connections between records
    async def successors(self, group: str, facts: Sequence[Fact], known: datetime) -> Mapping[str, Fact]:
        """For each fact that a later one of the same key closed: that later fact."""
        ...

    async def predecessors(self, group: str, facts: Sequence[Fact], known: datetime) -> Mapping[str, tuple[Fact, ...]]: ...
    async def facts_of_episodes(self, group: str, episodes: Sequence[str], as_of: AsOf) -> Mapping[str, tuple[Fact, ...]]:
        """Believed at `as_of.known`, whether they hold at `as_of.valid` or not."""
        ...

    async def mentioned_in(self, group: str, episodes: Sequence[str], as_of: AsOf) -> Mapping[str, tuple[str, ...]]:
        """Entity uuids by episode."""
        ...

    async def mentions_of(self, group: str, entity: str, page: Page, known: datetime) -> Slice[Episode]: ...
    async def changes_of_facts(self, group: str, facts: Sequence[str], known: datetime) -> Mapping[str, tuple[Change, ...]]: ...
    async def changes_of_work(self, group: str, work: str) -> Sequence[Change]: ...
    async def list_changes(self, group: str, page: Page, known: datetime) -> Slice[Change]: ...

    # recall
    async def search_text(self, group: str, kind: str, words: Sequence[str], limit: int, as_of: AsOf, current: bool = True) -> Hits:
        """Full text (stemmed, BM25, higher is better) over ENTITY, FACT or EPISODE; `current` keeps facts that hold."""
        ...

    async def search_words(
        self, group: str, kind: str, words: Sequence[str], limit: int, as_of: AsOf, current: bool = True
    ) -> Mapping[str, Hits]:
        """As search_text, each word for itself in one round trip: BM25 adds up, so recall can weigh the words it knows."""
        ...

    async def search_vector(self, group: str, kind: str, vector: Vector, limit: int, as_of: AsOf, current: bool = True) -> Hits:
        """Cosine over ENTITY, FACT or EPISODE."""
        ...

    async def around(self, group: str, episodes: Sequence[str], radius: int, known: datetime) -> Mapping[str, EpisodeNode]:
        """The episodes and up to `radius` neighbours of each on either side in its session."""
        ...

    async def facts_around(
        self, group: str, entities: Sequence[str], limit: int, as_of: AsOf, current: bool = True
    ) -> Mapping[str, tuple[Fact, ...]]:
        """Facts that touch each entity, at most `limit` an entity, newest first."""
        ...
