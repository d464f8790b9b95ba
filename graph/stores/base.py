"""The `Store` protocol: what the use cases need of a database, as few and as large methods as will do.

Every read takes an `AsOf` or a known time and sees one group. A store raises StoreUnavailable (never a driver's own
error), StaleVersion where the group moved on, and Conflict where a kept id comes with other content.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from graph.access import Key
from graph.delta import Delta
from graph.model import (
    Assertion,
    Change,
    Entity,
    Episode,
    Fact,
    Group,
    GroupSettings,
    Operation,
    Review,
    ReviewKind,
    Session,
    Space,
    Vector,
    Work,
)
from graph.stores.embedding import Embedding
from graph.stores.forgetting import Forgetting
from graph.stores.parking import Parking
from graph.time import AsOf
from graph.views import (
    EVERY_CHANGE,
    Beliefs,
    Candidate,
    ChangeFilter,
    Counts,
    EntityFilter,
    EpisodeNode,
    FactFilter,
    FactSlice,
    Hits,
    Page,
    Slice,
    Subgraph,
)


@dataclass(frozen=True, slots=True)
class Keeping:
    """Episodes of one session to keep with one Work, as one transaction. Their `instant` and `work` are set by the store.

    For an import: `session_uuid` is the uuid of a session that is new, `restored` the Work as it stood, which is not queued; the
    episodes keep their instants.
    """

    group: str
    session: str | None
    episodes: Sequence[Episode]
    work: str
    at: datetime
    session_uuid: str | None = None
    restored: Work | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The episodes as stored, in the order given; `repeated` of them were known already by id."""

    episodes: tuple[Episode, ...]
    work: Work
    repeated: int = 0


@dataclass(frozen=True, slots=True)
class Lease:
    """Part of a Work for one worker: the next episodes to learn from, with those before them, and the session's speakers.

    `timezone` is the group's.
    """

    work: Work
    token: str
    timezone: str
    episodes: tuple[Episode, ...]
    before: tuple[Episode, ...]
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """What an operation wants to know before it proposes anything.

    `names` are normalised; with a `session` candidates say when they were last mentioned in it. `external` are callers' ids of
    assertions.
    """

    names: Sequence[str] = ()
    session: str | None = None
    entities: Sequence[str] = ()
    facts: Sequence[str] = ()
    external: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Footing:
    """What an operation stands on. `group` is None where there is none yet; it was read before all else, so that what was
    written since makes the operation stale. `entities` are those asked for, the ones they are merged into, and those merged into
    them. `candidates` are entities of the present whose normalised key name, alias or first name is one of the names; `external`
    assertions go by the caller's id, the first of each; `reviews` are the open ones that ask about any of the `entities`.
    """

    group: Group | None
    candidates: Sequence[Candidate] = ()
    entities: Mapping[str, Entity] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    external: Mapping[str, Assertion] = field(default_factory=dict)
    reviews: Sequence[Review] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to search for: `words`, each for itself (BM25 adds up, so that recall can weigh them), and the meaning `vector`, in the
    kinds of `limits` (ENTITY, FACT, EPISODE), each leg with so many hits at most; and entities of exactly one of `names` (or alias,
    normalised). `current` keeps facts that hold. `space` is that of the vector, None that of the group, whichever it is. `examples`:
    for a word that asks for a kind of thing ("sports") words that name one ("swimming"), looked for in episodes.
    """

    words: Sequence[str]
    vector: Vector
    limits: Mapping[str, int]
    names: Sequence[str] = ()
    current: bool = True
    space: Space | None = None
    examples: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finds:
    """What a search found: by kind and word the hits, by kind the nearest by meaning, by name the entities of that name, best connected
    first, by word the episodes with examples of it (their BM25 together). All that was asked for is there, found or not.
    """

    words: Mapping[str, Mapping[str, Hits]]
    near: Mapping[str, Hits]
    named: Mapping[str, Sequence[Entity]]
    examples: Mapping[str, Hits] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where to look around. Each field asks for one field of a Vicinity:

    `entities`: the facts that touch each, at most `limit` an entity, newest first, whatever their status (`around`);
    `facts`: these (`facts`); `relations`: the newest `most_related` facts of these relations that hold or are to come, with `past`
    also those that have ended (`related`); `drawn_from`: the facts drawn from each of these episodes (`drawn`); `episodes`: these
    and up to `radius` neighbours of each on either side in its session (`nodes`).
    """

    entities: Sequence[str] = ()
    limit: int = 150
    facts: Sequence[str] = ()
    relations: Sequence[str] = ()
    most_related: int = 60
    past: bool = False
    drawn_from: Sequence[str] = ()
    episodes: Sequence[str] = ()
    radius: int = 2


@dataclass(frozen=True, slots=True)
class Vicinity:
    """What lies around a Spot: facts believed at `known`, episodes and mentions recorded by then. What has nothing is absent."""

    around: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    related: tuple[Fact, ...] = ()
    drawn: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)
    nodes: Mapping[str, EpisodeNode] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Records:
    """Records of three kinds by uuid."""

    episodes: Mapping[str, Episode]
    assertions: Mapping[str, Assertion]
    entities: Mapping[str, Entity]


@dataclass(frozen=True, slots=True)
class Migrated:
    """The schema's version that a store was found with (0: none), and the one that it has now."""

    found: int
    reached: int


@dataclass(frozen=True, slots=True)
class Contents:
    """The uuids of all that a group has ever recorded, each in the order of recording."""

    episodes: Sequence[str] = ()
    entities: Sequence[str] = ()
    assertions: Sequence[str] = ()
    facts: Sequence[str] = ()
    reviews: Sequence[str] = ()
    changes: Sequence[str] = ()


class Store(Forgetting, Embedding, Parking, Protocol):
    """See the module's docstring. Names of lists are plural; a missing uuid is absent from a mapping, never an error."""

    name: str

    # life
    async def open(self) -> Migrated:
        """Connects and applies migrations. Raises StoreUnavailable with what to do."""
        ...

    async def close(self) -> None: ...
    async def check(self) -> None:
        """Raises StoreUnavailable unless a read and the migrations are in order."""
        ...

    # groups and keys
    async def group(self, name: str) -> Group | None: ...
    async def groups(self, page: Page) -> Slice[Group]: ...
    async def configure(self, name: str, settings: GroupSettings, at: datetime, version: int | None = None) -> Group:
        """Makes the group if it is new. Raises StaleVersion where it is not at `version` (0 for a new one; None: whatever it is)."""
        ...

    async def keys(self) -> Sequence[Key]: ...
    async def save_key(self, key: Key) -> None: ...

    # accepted means kept
    async def keep(self, keeping: Keeping) -> Kept: ...
    async def lease(self, worker: str, at: datetime, until: datetime, most: int = 10) -> Lease | None:
        """The oldest part of any Work that no living lease holds, never two of one session at a time.

        That counts as an attempt, unless it repeats one that was given back with StaleVersion or ModelAway: losing to others costs nothing.
        """
        ...

    async def fail(self, token: str, error: str, at: datetime, again_at: datetime | None) -> None:
        """Gives a lease back: to be tried again from `again_at` on, or parked where that is None."""
        ...

    async def renew(self, token: str, until: datetime) -> None:
        """Makes a lease last until then. Raises Conflict where it was lost."""
        ...

    async def release(self, token: str) -> None:
        """Gives a lease back untouched (a worker that stops)."""
        ...

    async def waiting(self) -> int:
        """Work that is queued or running."""
        ...

    # learning
    async def footing(self, group: str, asking: Asking) -> Footing: ...
    async def near(self, group: str, keys: Sequence[str]) -> Sequence[Entity]:
        """Those of the present, merged ones too, whose name has one of these keys of near spelling: of each the last `reach.NEAREST`."""
        ...

    async def met(self, group: str, one: str, other: str) -> bool:
        """Whether one message names both, or a fact that stands was told of both or those one with them, in `reach.MEETINGS` of either."""
        ...

    async def beliefs(self, group: str, keys: Sequence[str]) -> Beliefs: ...
    async def said_in(self, group: str, session: str, relation: str | None, most: int = 20) -> Sequence[Assertion]:
        """The last living assertions of a session's episodes, newest first: what a correction may take back."""
        ...

    async def said_of(self, group: str, entities: Sequence[str]) -> Sequence[Assertion]:
        """Living assertions that were said of these entities, whomever they are one with since."""
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
    async def operations(self, group: str, uuids: Sequence[str]) -> Sequence[Operation]:
        """These, and all that are of one chain of undoings with any of them, in order."""
        ...

    async def work(self, group: str, uuid: str) -> Work | None: ...

    # lists, as of an instant
    async def find_entities(self, group: str, name: str, as_of: AsOf) -> Sequence[Entity]:
        """Of exactly this name or alias (normalised), best connected first."""
        ...

    async def list_entities(self, group: str, filter: EntityFilter, order: str, page: Page, as_of: AsOf) -> Slice[Entity]:
        """`order` is MOST_CONNECTED, RECENT or NAME."""
        ...

    async def list_facts(self, group: str, filter: FactFilter, order: str, page: Page, as_of: AsOf) -> FactSlice:
        """`order` is NEWEST, OLDEST (both by valid_at) or RECORDED."""
        ...

    async def timeline(self, group: str, entity: str, relation: str | None, page: Page, known: datetime) -> FactSlice:
        """All that was ever believed by `known`, in order of validity, without records replaced by a rewrite."""
        ...

    async def neighborhood(self, group: str, around: Sequence[str], hops: int, filter: FactFilter, limit: int, as_of: AsOf) -> Subgraph: ...
    async def neighbors(self, group: str, entity: str, relations: Sequence[str], page: Page, as_of: AsOf) -> Slice[Entity]:
        """In the order they were first named: those that the last `reach.COUNTED` facts begun, of each end, lead to."""
        ...

    async def degrees(self, group: str, entities: Sequence[str], as_of: AsOf) -> Mapping[str, int]:
        """How many facts hold that touch each, counted up to the last `reach.COUNTED` begun, of each end."""
        ...

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
    async def list_changes(self, group: str, page: Page, known: datetime, filter: ChangeFilter = EVERY_CHANGE) -> Slice[Change]: ...
    async def changes_after(self, group: str, seq: int, most: int = 100) -> Sequence[Change]:
        """Those that follow a number in the log, without a gap: who goes on after the last of them misses none, whoever writes."""
        ...

    # recall
    async def search(self, group: str, wanted: Wanted, as_of: AsOf) -> Finds:
        """Full text (stemmed, BM25, higher is better) and cosine, best first.

        Raises BadInput for another kind, and for a vector of another dimension than the group's; Conflict for one of another space.
        """
        ...

    async def vicinity(self, group: str, spot: Spot, as_of: AsOf) -> Vicinity: ...

    async def records(
        self, group: str, episodes: Sequence[str], assertions: Sequence[str], entities: Sequence[str], as_of: AsOf
    ) -> Records:
        """What `episodes`, `assertions` and `entities` read, at once; only entities read as of an instant."""
        ...

    async def around(self, group: str, episodes: Sequence[str], radius: int, known: datetime) -> Mapping[str, EpisodeNode]:
        """The episodes and up to `radius` neighbours of each on either side in its session."""
        ...

    async def facts_around(
        self, group: str, entities: Sequence[str], limit: int, as_of: AsOf, current: bool = True
    ) -> Mapping[str, tuple[Fact, ...]]:
        """Facts that touch each entity, at most `limit` an entity, newest first."""
        ...

    # a group as a whole, for an archive
    async def contents(self, group: str) -> Contents: ...
    async def works(self, group: str, uuids: Sequence[str]) -> Mapping[str, Work]: ...
    async def versions(self, group: str, entities: Sequence[str]) -> Mapping[str, tuple[Entity, ...]]:
        """All that each entity was ever recorded as, oldest first."""
        ...

    async def mentions(self, group: str, episodes: Sequence[str]) -> Mapping[str, tuple[tuple[str, datetime], ...]]:
        """By episode the entities it mentions, in the order they were made, and when that was recorded."""
        ...

    async def holder_of(self, uuids: Sequence[str]) -> str | None:
        """The group that has an episode or an entity of these uuids, where a store can have each uuid only once; else None."""
        ...
