"""The `Store` protocol on Neo4j: each use case is a function of a Database, one wave of statements wherever one will do."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from graph.access import Key
from graph.delta import Delta
from graph.erasure import Erased, Erasure
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
from graph.ontology import Ontology
from graph.stores.base import Asking, Contents, Finds, Footing, Keeping, Kept, Lease, Migrated, Records, Spot, Vicinity, Wanted
from graph.stores.neo4j import (
    archive,
    forgetting,
    groups,
    learning,
    log,
    neighborhood,
    queue,
    remembering,
    search,
    staging,
    vicinity,
    wiping,
    writing,
)
from graph.stores.neo4j import entities as entity_reads
from graph.stores.neo4j import episodes as episode_reads
from graph.stores.neo4j import facts as fact_reads
from graph.stores.neo4j import keeping as keeps
from graph.stores.neo4j.address import Address
from graph.stores.neo4j.adopting import Adopter
from graph.stores.neo4j.database import Database
from graph.stores.neo4j.migrations import FIRST, migrate, require_migrated
from graph.stores.neo4j.report import Report, report
from graph.stores.neo4j.vectors import Place
from graph.stores.neo4j.view import PRESENT, view_of
from graph.time import AsOf
from graph.views import EVERY_CHANGE, Beliefs, ChangeFilter, Counts, EntityFilter, EpisodeNode, FactFilter, FactSlice, Page, Slice, Subgraph


class Neo4jStore:
    """A store in one Neo4j database. `space` is that of the vectors it is given; None, the one the database was made with."""

    name = "neo4j"

    def __init__(self, address: Address, *, space: Space | None = None) -> None:
        self.address = address
        self._space = space
        self._place = Place((space or FIRST).dimension)
        self._db = Database(address)

    # life

    async def open(self) -> Migrated:
        await self._db.connect()
        try:
            migrated, self._place = await migrate(self._db, self._space)
            return migrated
        except BaseException:
            await self._db.close()
            raise

    async def close(self) -> None:
        await self._db.close()

    async def check(self) -> None:
        await require_migrated(self._db)

    async def connect(self) -> None:
        """As `open`, without the schema: for those who only look."""
        await self._db.connect()

    async def report(self) -> Report:
        return await report(self._db)

    def adopter(self, group: str, ontology: Ontology, clock: Callable[[], datetime]) -> Adopter:
        """What takes over a group that Graphiti wrote."""
        return Adopter(self._db, group, ontology, self._place, clock)

    # groups and keys

    async def group(self, name: str) -> Group | None:
        return await groups.group(self._db, name)

    async def groups(self, page: Page) -> Slice[Group]:
        """By name."""
        return await groups.list_groups(self._db, page)

    async def configure(self, name: str, settings: GroupSettings, at: datetime, version: int | None = None) -> Group:
        """Other settings than before count as a new version: what was computed under the old ones is stale."""
        return await groups.configure(self._db, name, settings, at, version)

    async def keys(self) -> Sequence[Key]:
        return await groups.keys(self._db)

    async def save_key(self, key: Key) -> None:
        await groups.save_key(self._db, key)

    # accepted means kept

    async def keep(self, keeping: Keeping) -> Kept:
        return await keeps.keep(self._db, keeping)

    async def lease(self, worker: str, at: datetime, until: datetime, most: int = 10) -> Lease | None:
        return await queue.lease(self._db, worker, at, until, most)

    async def fail(self, token: str, error: str, at: datetime, again_at: datetime | None) -> None:
        """Raises Conflict where the lease was lost."""
        await queue.fail(self._db, token, error, again_at)

    async def renew(self, token: str, until: datetime) -> None:
        await queue.renew(self._db, token, until)

    async def release(self, token: str) -> None:
        await queue.release(self._db, token)

    async def retry(self, group: str, work: str) -> None:
        """A parked Work goes to the end of its session's queue. Raises NotFound for an unknown one."""
        await queue.retry(self._db, group, work)

    async def parked(self, group: str | None = None, most: int = 10_000) -> Sequence[Work]:
        return await queue.parked(self._db, group, most)

    async def waiting(self) -> int:
        return await queue.waiting(self._db)

    # learning

    async def footing(self, group: str, asking: Asking) -> Footing:
        return await learning.footing(self._db, group, asking)

    async def beliefs(self, group: str, keys: Sequence[str]) -> Beliefs:
        return await learning.beliefs(self._db, group, keys)

    async def said_in(self, group: str, session: str, relation: str | None, most: int = 20) -> Sequence[Assertion]:
        return await learning.said_in(self._db, group, session, relation, most)

    async def near(self, group: str, keys: Sequence[str]) -> Sequence[Entity]:
        return await learning.near(self._db, group, keys)

    async def met(self, group: str, one: str, other: str) -> bool:
        return await learning.met(self._db, group, one, other)

    async def said_of(self, group: str, entities: Sequence[str]) -> Sequence[Assertion]:
        return await learning.said_of(self._db, group, entities)

    async def apply(self, delta: Delta, lease: str | None = None) -> tuple[Change, ...]:
        return await writing.apply(self._db, delta, lease, self._place)

    # vectors of another embedder

    async def unstaged(self, group: str, space: Space, kind: str, uuids: Sequence[str]) -> Sequence[str]:
        return await staging.unstaged(self._db, group, self._place, kind, uuids)

    async def stage(self, group: str, space: Space, kind: str, vectors: Mapping[str, Vector], version: int) -> None:
        await staging.stage(self._db, group, self._place, kind, vectors, version)

    async def settle(self, group: str, space: Space, version: int) -> None:
        await staging.settle(self._db, group, self._place, space, version)

    async def remembered(self, group: str, space: Space, texts: Sequence[str]) -> Mapping[str, Vector]:
        return await remembering.remembered(self._db, group, space, texts)

    async def remember(self, group: str, space: Space, vectors: Mapping[str, Vector], version: int) -> None:
        await remembering.remember(self._db, group, space, vectors, version)

    # forgetting

    async def kin(self, group: str, entities: Sequence[str]) -> Sequence[str]:
        return await forgetting.kin(self._db, group, entities)

    async def said(self, group: str, episodes: Sequence[str], entities: Sequence[str]) -> Beliefs:
        return await forgetting.said(self._db, group, episodes, entities)

    async def history(self, group: str, keys: Sequence[str]) -> Beliefs:
        return await forgetting.history(self._db, group, keys)

    async def policies(self, group: str) -> Sequence[Operation]:
        return await forgetting.policies(self._db, group)

    async def needed(self, group: str, entities: Sequence[str], episodes: Sequence[str], assertions: Sequence[str]) -> Sequence[str]:
        return await forgetting.needed(self._db, group, entities, episodes, assertions)

    async def summaries(self, group: str) -> Sequence[tuple[str, str]]:
        return await forgetting.summaries(self._db, group)

    async def all_reviews(self, group: str) -> Sequence[Review]:
        return await forgetting.all_reviews(self._db, group)

    async def erase(self, erasure: Erasure) -> Erased:
        return await forgetting.erase(self._db, erasure, self._place)

    async def wipe(self, version: int, tombstone: Change) -> Erased:
        """In many transactions; one that was interrupted leaves a smaller group, and goes on when it is repeated."""
        return await wiping.wipe(self._db, version, tombstone)

    # records by uuid

    async def entities(self, group: str, uuids: Sequence[str], as_of: AsOf) -> Mapping[str, Entity]:
        return await entity_reads.entities(self._db, view_of(group, as_of), uuids)

    async def facts(self, group: str, uuids: Sequence[str]) -> Mapping[str, Fact]:
        return await fact_reads.facts(self._db, view_of(group, PRESENT), uuids)

    async def episodes(self, group: str, uuids: Sequence[str]) -> Mapping[str, Episode]:
        return await episode_reads.episodes(self._db, view_of(group, PRESENT), uuids)

    async def assertions(self, group: str, uuids: Sequence[str]) -> Mapping[str, Assertion]:
        return await fact_reads.assertions(self._db, view_of(group, PRESENT), uuids)

    async def sessions(self, group: str, names: Sequence[str]) -> Mapping[str, Session]:
        return await episode_reads.sessions(self._db, view_of(group, PRESENT), names)

    async def work(self, group: str, uuid: str) -> Work | None:
        return await queue.work(self._db, group, uuid)

    # lists

    async def find_entities(self, group: str, name: str, as_of: AsOf) -> Sequence[Entity]:
        return await entity_reads.find_entities(self._db, view_of(group, as_of), name)

    async def list_entities(self, group: str, filter: EntityFilter, order: str, page: Page, as_of: AsOf) -> Slice[Entity]:
        """Entities merged into others are left out."""
        return await entity_reads.list_entities(self._db, view_of(group, as_of), filter, order, page)

    async def list_facts(self, group: str, filter: FactFilter, order: str, page: Page, as_of: AsOf) -> FactSlice:
        """RECORDED is the last recorded first."""
        return await fact_reads.list_facts(self._db, view_of(group, as_of), filter, order, page)

    async def timeline(self, group: str, entity: str, relation: str | None, page: Page, known: datetime) -> FactSlice:
        return await fact_reads.timeline(self._db, view_of(group, AsOf(known, known)), entity, relation, page)

    async def neighborhood(self, group: str, around: Sequence[str], hops: int, filter: FactFilter, limit: int, as_of: AsOf) -> Subgraph:
        """The nearest facts, of a hop the newest. `total` counts at most 2,000 a hop."""
        return await neighborhood.neighborhood(self._db, view_of(group, as_of), around, hops, filter, limit)

    async def neighbors(self, group: str, entity: str, relations: Sequence[str], page: Page, as_of: AsOf) -> Slice[Entity]:
        """In the order they were first named."""
        return await entity_reads.neighbors(self._db, view_of(group, as_of), entity, relations, page)

    async def degrees(self, group: str, entities: Sequence[str], as_of: AsOf) -> Mapping[str, int]:
        return await entity_reads.degrees(self._db, view_of(group, as_of), entities)

    async def list_episodes(self, group: str, session: str | None, page: Page, known: datetime) -> Slice[Episode]:
        return await episode_reads.list_episodes(self._db, view_of(group, AsOf(known, known)), session, page)

    async def episodes_of_work(self, group: str, work: str) -> Sequence[Episode]:
        return await episode_reads.episodes_of_work(self._db, view_of(group, PRESENT), work)

    async def list_sessions(self, group: str, page: Page, known: datetime) -> Slice[Session]:
        return await episode_reads.list_sessions(self._db, view_of(group, AsOf(known, known)), page)

    async def list_reviews(self, group: str, kind: ReviewKind | None, page: Page, known: datetime) -> Slice[Review]:
        """Those open at `known`."""
        return await log.list_reviews(self._db, view_of(group, AsOf(known, known)), kind, page)

    async def counts(self, group: str, as_of: AsOf) -> Counts:
        return await log.counts(self._db, view_of(group, as_of))

    # connections between records

    async def successors(self, group: str, facts: Sequence[Fact], known: datetime) -> Mapping[str, Fact]:
        return await fact_reads.successors(self._db, view_of(group, AsOf(known, known)), facts)

    async def predecessors(self, group: str, facts: Sequence[Fact], known: datetime) -> Mapping[str, tuple[Fact, ...]]:
        return await fact_reads.predecessors(self._db, view_of(group, AsOf(known, known)), facts)

    async def facts_of_episodes(self, group: str, episodes: Sequence[str], as_of: AsOf) -> Mapping[str, tuple[Fact, ...]]:
        return await fact_reads.facts_of_episodes(self._db, view_of(group, as_of), episodes)

    async def mentioned_in(self, group: str, episodes: Sequence[str], as_of: AsOf) -> Mapping[str, tuple[str, ...]]:
        return await episode_reads.mentioned_in(self._db, view_of(group, as_of), episodes)

    async def mentions_of(self, group: str, entity: str, page: Page, known: datetime) -> Slice[Episode]:
        """The last said first."""
        return await episode_reads.mentions_of(self._db, view_of(group, AsOf(known, known)), entity, page)

    async def changes_of_facts(self, group: str, facts: Sequence[str], known: datetime) -> Mapping[str, tuple[Change, ...]]:
        return await log.changes_of_facts(self._db, view_of(group, AsOf(known, known)), facts)

    async def changes(self, group: str, uuids: Sequence[str], known: datetime) -> Mapping[str, Change]:
        return await log.changes(self._db, view_of(group, AsOf(known, known)), uuids)

    async def operations(self, group: str, uuids: Sequence[str]) -> Sequence[Operation]:
        return await log.operations(self._db, group, uuids)

    async def reviews(self, group: str, uuids: Sequence[str], known: datetime) -> Mapping[str, Review]:
        return await log.reviews(self._db, view_of(group, AsOf(known, known)), uuids)

    async def changes_of_work(self, group: str, work: str) -> Sequence[Change]:
        return await log.changes_of_work(self._db, view_of(group, PRESENT), work)

    async def list_changes(self, group: str, page: Page, known: datetime, filter: ChangeFilter = EVERY_CHANGE) -> Slice[Change]:
        """By seq."""
        return await log.list_changes(self._db, view_of(group, AsOf(known, known)), page, filter)

    async def changes_after(self, group: str, seq: int, most: int = 100) -> Sequence[Change]:
        return await log.changes_after(self._db, view_of(group, PRESENT), seq, most)

    # recall

    async def search(self, group: str, wanted: Wanted, as_of: AsOf) -> Finds:
        return await search.search(self._db, view_of(group, as_of), wanted, self._place)

    async def vicinity(self, group: str, spot: Spot, as_of: AsOf) -> Vicinity:
        return await vicinity.vicinity(self._db, view_of(group, as_of), spot)

    async def records(
        self, group: str, episodes: Sequence[str], assertions: Sequence[str], entities: Sequence[str], as_of: AsOf
    ) -> Records:
        return await vicinity.records(self._db, view_of(group, as_of), episodes, assertions, entities)

    async def around(self, group: str, episodes: Sequence[str], radius: int, known: datetime) -> Mapping[str, EpisodeNode]:
        return await vicinity.around(self._db, view_of(group, AsOf(known, known)), episodes, radius)

    async def facts_around(
        self, group: str, entities: Sequence[str], limit: int, as_of: AsOf, current: bool = True
    ) -> Mapping[str, tuple[Fact, ...]]:
        return await vicinity.facts_around(self._db, view_of(group, as_of), entities, limit, current)

    # a group as a whole

    async def contents(self, group: str) -> Contents:
        return await archive.contents(self._db, group)

    async def works(self, group: str, uuids: Sequence[str]) -> Mapping[str, Work]:
        return await archive.works(self._db, group, uuids)

    async def versions(self, group: str, entities: Sequence[str]) -> Mapping[str, tuple[Entity, ...]]:
        return await archive.versions(self._db, group, entities)

    async def vectors(self, group: str, kind: str, uuids: Sequence[str]) -> Mapping[str, Vector]:
        return await archive.vectors(self._db, group, kind, uuids)

    async def holder_of(self, uuids: Sequence[str]) -> str | None:
        return await archive.holder_of(self._db, uuids)

    async def mentions(self, group: str, episodes: Sequence[str]) -> Mapping[str, tuple[tuple[str, datetime], ...]]:
        return await archive.mentions(self._db, group, episodes)
