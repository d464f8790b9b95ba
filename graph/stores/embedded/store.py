"""The `Store` protocol on one SQLite file: each use case is a function of a connection, run in a thread on one snapshot."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

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
from graph.stores.base import Asking, Contents, Finds, Footing, Keeping, Kept, Lease, Migrated, Records, Spot, Vicinity, Wanted
from graph.stores.embedded import (
    archive,
    forgetting,
    groups,
    learning,
    lines,
    log,
    neighborhood,
    queue,
    remembering,
    search,
    staging,
    writing,
)
from graph.stores.embedded import entities as entity_reads
from graph.stores.embedded import episodes as episode_reads
from graph.stores.embedded import facts as fact_reads
from graph.stores.embedded import keeping as keeps
from graph.stores.embedded.connection import Database
from graph.stores.embedded.held import Held
from graph.stores.embedded.matrices import Matrices
from graph.stores.embedded.memo import Memo
from graph.stores.embedded.room import DEFAULT_MEBIBYTES, Room
from graph.stores.embedded.standing import Standing
from graph.stores.embedded.view import PRESENT, View, view_of
from graph.time import AsOf
from graph.views import EVERY_CHANGE, Beliefs, ChangeFilter, Counts, EntityFilter, EpisodeNode, FactFilter, FactSlice, Page, Slice, Subgraph

P = ParamSpec("P")
T = TypeVar("T")

READERS = 3
ROOM = Room.of(DEFAULT_MEBIBYTES)


class EmbeddedStore:
    """A store in the file `path`, which is made where it is not there; its folder must be. `room` bounds what it holds in memory."""

    name = "embedded"

    def __init__(self, path: Path, room: Room = ROOM) -> None:
        self.path, self.room = Path(path), room
        self._db = Database(self.path, READERS)
        self._matrices = Matrices(room.vectors)
        self._held = Held(room.words)
        self._memo = Memo(room.records)
        self._standing = Standing(room.standing)

    # life

    async def open(self) -> Migrated:
        return await self._db.open()

    async def close(self) -> None:
        await self._db.close()

    async def check(self) -> None:
        await self._db.check()

    # groups and keys

    async def group(self, name: str) -> Group | None:
        return await self._db.read(groups.group, name)

    async def groups(self, page: Page) -> Slice[Group]:
        """By name."""
        return await self._db.read(groups.list_groups, page)

    async def configure(self, name: str, settings: GroupSettings, at: datetime, version: int | None = None) -> Group:
        """Other settings than before count as a new version: what was computed under the old ones is stale."""
        return await self._db.write(groups.configure, name, settings, at, version)

    async def keys(self) -> Sequence[Key]:
        return await self._db.read(groups.keys)

    async def save_key(self, key: Key) -> None:
        await self._db.write(groups.save_key, key)

    # accepted means kept

    async def keep(self, keeping: Keeping) -> Kept:
        kept, noted = await self._db.write(keeps.keep, keeping)
        self._held.note(noted)
        return kept

    async def lease(self, worker: str, at: datetime, until: datetime, most: int = 10) -> Lease | None:
        if not await self._db.read(queue.is_ready, at):
            return None
        return await self._db.write(queue.lease, worker, at, until, most)

    async def fail(self, token: str, error: str, at: datetime, again_at: datetime | None) -> None:
        """Raises Conflict where the lease was lost."""
        await self._db.write(queue.fail, token, error, again_at)

    async def renew(self, token: str, until: datetime) -> None:
        await self._db.write(queue.renew, token, until)

    async def release(self, token: str) -> None:
        await self._db.write(queue.release, token)

    async def take_over(self) -> None:
        """Gives back what processes that are gone had leased. For the one writer of the file, before it learns."""
        await self._db.write(queue.take_over)

    async def retry(self, group: str, work: str) -> None:
        """A parked Work goes to the end of its session's queue. Raises NotFound for an unknown one."""
        await self._db.write(_retry, group, work)

    async def parked(self, group: str | None = None, most: int = 10_000) -> Sequence[Work]:
        return await self._db.read(queue.parked, group, most)

    async def waiting(self) -> int:
        return await self._db.read(queue.waiting)

    # learning

    async def footing(self, group: str, asking: Asking) -> Footing:
        return await self._read(learning.footing, group, PRESENT, asking)

    async def near(self, group: str, keys: Sequence[str]) -> Sequence[Entity]:
        return await self._read(entity_reads.near, group, PRESENT, keys)

    async def met(self, group: str, one: str, other: str) -> bool:
        return await self._read(entity_reads.met, group, PRESENT, one, other)

    async def beliefs(self, group: str, keys: Sequence[str]) -> Beliefs:
        return await self._read(fact_reads.beliefs, group, PRESENT, keys)

    async def said_in(self, group: str, session: str, relation: str | None, most: int = 20) -> Sequence[Assertion]:
        return await self._read(fact_reads.said_in, group, PRESENT, session, relation, most)

    async def said_of(self, group: str, entities: Sequence[str]) -> Sequence[Assertion]:
        return await self._read(fact_reads.said_of, group, PRESENT, entities)

    async def apply(self, delta: Delta, lease: str | None = None) -> tuple[Change, ...]:
        changes, saved, noted = await self._db.write(writing.apply, delta, lease)
        self._matrices.append(saved)
        self._held.note(noted)
        self._memo.advance(delta.group, delta.version)
        return changes

    # vectors of another embedder

    async def unstaged(self, group: str, space: Space, kind: str, uuids: Sequence[str]) -> Sequence[str]:
        return await self._read(staging.unstaged, group, PRESENT, space, kind, uuids)

    async def stage(self, group: str, space: Space, kind: str, vectors: Mapping[str, Vector], version: int) -> None:
        await self._db.write(staging.stage, group, space, kind, vectors, version)

    async def settle(self, group: str, space: Space, version: int) -> None:
        self._matrices.drop(await self._db.write(staging.settle, group, space, version))

    async def remembered(self, group: str, space: Space, texts: Sequence[str]) -> Mapping[str, Vector]:
        return await self._read(remembering.remembered, group, PRESENT, space, texts)

    async def remember(self, group: str, space: Space, vectors: Mapping[str, Vector], version: int) -> None:
        await self._db.write(remembering.remember, group, space, vectors, version)

    # forgetting

    async def kin(self, group: str, entities: Sequence[str]) -> Sequence[str]:
        return await self._read(forgetting.kin, group, PRESENT, entities)

    async def said(self, group: str, episodes: Sequence[str], entities: Sequence[str]) -> Beliefs:
        return await self._read(forgetting.said, group, PRESENT, episodes, entities)

    async def history(self, group: str, keys: Sequence[str]) -> Beliefs:
        return await self._read(forgetting.history, group, PRESENT, keys)

    async def policies(self, group: str) -> Sequence[Operation]:
        return await self._read(forgetting.policies, group, PRESENT)

    async def needed(self, group: str, entities: Sequence[str], episodes: Sequence[str], assertions: Sequence[str]) -> Sequence[str]:
        return await self._read(forgetting.needed, group, PRESENT, entities, episodes, assertions)

    async def summaries(self, group: str) -> Sequence[tuple[str, str]]:
        return await self._read(forgetting.summaries, group, PRESENT)

    async def all_reviews(self, group: str) -> Sequence[Review]:
        return await self._read(forgetting.all_reviews, group, PRESENT)

    async def erase(self, erasure: Erasure) -> Erased:
        number, erased = await self._db.write(forgetting.erase_from, erasure)
        return await self._forgotten(number, erased, erasure.version + 1)

    async def wipe(self, version: int, tombstone: Change) -> Erased:
        number, erased = await self._db.write(forgetting.wipe, version, tombstone)
        return await self._forgotten(number, erased, version + 1)

    async def _forgotten(self, number: int, erased: Erased, version: int) -> Erased:
        """Out of memory too. `version` is the group's from then on."""
        self._matrices.drop(number)
        self._held.drop(number, version)
        self._memo.forget(erased.tombstone.group, version)
        self._standing.drop(number, version)
        await self._db.truncate_log()
        return erased

    # records by uuid

    async def entities(self, group: str, uuids: Sequence[str], as_of: AsOf) -> Mapping[str, Entity]:
        return await self._read(entity_reads.entities, group, as_of, uuids)

    async def facts(self, group: str, uuids: Sequence[str]) -> Mapping[str, Fact]:
        return await self._read(fact_reads.facts, group, PRESENT, uuids)

    async def episodes(self, group: str, uuids: Sequence[str]) -> Mapping[str, Episode]:
        return await self._read(episode_reads.episodes, group, PRESENT, uuids)

    async def assertions(self, group: str, uuids: Sequence[str]) -> Mapping[str, Assertion]:
        return await self._read(fact_reads.assertions, group, PRESENT, uuids)

    async def sessions(self, group: str, names: Sequence[str]) -> Mapping[str, Session]:
        return await self._read(episode_reads.sessions, group, PRESENT, names)

    async def work(self, group: str, uuid: str) -> Work | None:
        return await self._read(keeps.work, group, PRESENT, uuid)

    # lists

    async def find_entities(self, group: str, name: str, as_of: AsOf) -> Sequence[Entity]:
        return await self._read(entity_reads.find_entities, group, as_of, name)

    async def list_entities(self, group: str, filter: EntityFilter, order: str, page: Page, as_of: AsOf) -> Slice[Entity]:
        """Entities merged into others are left out."""
        return await self._read(entity_reads.list_entities, group, as_of, filter, order, page)

    async def list_facts(self, group: str, filter: FactFilter, order: str, page: Page, as_of: AsOf) -> FactSlice:
        """RECORDED is the last recorded first."""
        return await self._read(fact_reads.list_facts, group, as_of, filter, order, page)

    async def timeline(self, group: str, entity: str, relation: str | None, page: Page, known: datetime) -> FactSlice:
        return await self._read(fact_reads.timeline, group, AsOf(known, known), entity, relation, page)

    async def neighborhood(self, group: str, around: Sequence[str], hops: int, filter: FactFilter, limit: int, as_of: AsOf) -> Subgraph:
        """The nearest facts, of a hop the newest. `total` counts at most 2,000 a hop."""
        return await self._read(neighborhood.neighborhood, group, as_of, around, hops, filter, limit)

    async def neighbors(self, group: str, entity: str, relations: Sequence[str], page: Page, as_of: AsOf) -> Slice[Entity]:
        """In the order they were first named."""
        return await self._read(entity_reads.neighbors, group, as_of, entity, relations, page)

    async def degrees(self, group: str, entities: Sequence[str], as_of: AsOf) -> Mapping[str, int]:
        return await self._read(entity_reads.degrees, group, as_of, entities)

    async def list_episodes(self, group: str, session: str | None, page: Page, known: datetime) -> Slice[Episode]:
        return await self._read(episode_reads.list_episodes, group, AsOf(known, known), session, page)

    async def episodes_of_work(self, group: str, work: str) -> Sequence[Episode]:
        return await self._read(episode_reads.episodes_of_work, group, PRESENT, work)

    async def list_sessions(self, group: str, page: Page, known: datetime) -> Slice[Session]:
        return await self._read(episode_reads.list_sessions, group, AsOf(known, known), page)

    async def list_reviews(self, group: str, kind: ReviewKind | None, page: Page, known: datetime) -> Slice[Review]:
        """Those open at `known`."""
        return await self._read(log.list_reviews, group, AsOf(known, known), kind, page)

    async def counts(self, group: str, as_of: AsOf) -> Counts:
        return await self._read(log.counts, group, as_of)

    # connections between records

    async def successors(self, group: str, facts: Sequence[Fact], known: datetime) -> Mapping[str, Fact]:
        return await self._read(fact_reads.successors, group, AsOf(known, known), facts)

    async def predecessors(self, group: str, facts: Sequence[Fact], known: datetime) -> Mapping[str, tuple[Fact, ...]]:
        return await self._read(fact_reads.predecessors, group, AsOf(known, known), facts)

    async def facts_of_episodes(self, group: str, episodes: Sequence[str], as_of: AsOf) -> Mapping[str, tuple[Fact, ...]]:
        return await self._read(fact_reads.facts_of_episodes, group, as_of, episodes)

    async def mentioned_in(self, group: str, episodes: Sequence[str], as_of: AsOf) -> Mapping[str, tuple[str, ...]]:
        return await self._read(episode_reads.mentioned_in, group, as_of, episodes)

    async def mentions_of(self, group: str, entity: str, page: Page, known: datetime) -> Slice[Episode]:
        """The last said first."""
        return await self._read(episode_reads.mentions_of, group, AsOf(known, known), entity, page)

    async def changes_of_facts(self, group: str, facts: Sequence[str], known: datetime) -> Mapping[str, tuple[Change, ...]]:
        return await self._read(log.changes_of_facts, group, AsOf(known, known), facts)

    async def changes(self, group: str, uuids: Sequence[str], known: datetime) -> Mapping[str, Change]:
        return await self._read(log.changes, group, AsOf(known, known), uuids)

    async def operations(self, group: str, uuids: Sequence[str]) -> Sequence[Operation]:
        return await self._read(log.operations, group, PRESENT, uuids)

    async def reviews(self, group: str, uuids: Sequence[str], known: datetime) -> Mapping[str, Review]:
        return await self._read(log.reviews, group, AsOf(known, known), uuids)

    async def changes_of_work(self, group: str, work: str) -> Sequence[Change]:
        return await self._read(log.changes_of_work, group, PRESENT, work)

    async def list_changes(self, group: str, page: Page, known: datetime, filter: ChangeFilter = EVERY_CHANGE) -> Slice[Change]:
        """By seq."""
        return await self._read(log.list_changes, group, AsOf(known, known), page, filter)

    async def changes_after(self, group: str, seq: int, most: int = 100) -> Sequence[Change]:
        return await self._read(log.changes_after, group, PRESENT, seq, most)

    # recall

    async def search(self, group: str, wanted: Wanted, as_of: AsOf) -> Finds:
        return await self._read(search.search, group, as_of, wanted, search.Stocks(self._matrices, self._held, self._standing))

    async def vicinity(self, group: str, spot: Spot, as_of: AsOf) -> Vicinity:
        return await self._read(neighborhood.vicinity, group, as_of, spot, self._memo)

    async def records(
        self, group: str, episodes: Sequence[str], assertions: Sequence[str], entities: Sequence[str], as_of: AsOf
    ) -> Records:
        return await self._read(neighborhood.records, group, as_of, self._memo, episodes, assertions, entities)

    async def around(self, group: str, episodes: Sequence[str], radius: int, known: datetime) -> Mapping[str, EpisodeNode]:
        return await self._read(lines.around, group, AsOf(known, known), episodes, radius, self._memo)

    async def facts_around(
        self, group: str, entities: Sequence[str], limit: int, as_of: AsOf, current: bool = True
    ) -> Mapping[str, tuple[Fact, ...]]:
        return await self._read(neighborhood.facts_around, group, as_of, entities, limit, current)

    # a group as a whole

    async def contents(self, group: str) -> Contents:
        return await self._read(archive.contents, group, PRESENT)

    async def works(self, group: str, uuids: Sequence[str]) -> Mapping[str, Work]:
        return await self._read(archive.works, group, PRESENT, uuids)

    async def versions(self, group: str, entities: Sequence[str]) -> Mapping[str, tuple[Entity, ...]]:
        return await self._read(archive.versions, group, PRESENT, entities)

    async def vectors(self, group: str, kind: str, uuids: Sequence[str]) -> Mapping[str, Vector]:
        return await self._read(archive.vectors, group, PRESENT, kind, uuids, self._matrices)

    async def holder_of(self, uuids: Sequence[str]) -> str | None:
        """Every group has uuids of its own."""
        return None

    async def mentions(self, group: str, episodes: Sequence[str]) -> Mapping[str, tuple[tuple[str, datetime], ...]]:
        return await self._read(archive.mentions, group, PRESENT, episodes)

    async def _read(
        self, work: Callable[Concatenate[sqlite3.Connection, View, P], T], group: str, as_of: AsOf, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        def run(db: sqlite3.Connection) -> T:
            return work(db, view_of(db, group, as_of), *args, **kwargs)

        return await self._db.read(run)


def _retry(db: sqlite3.Connection, group: str, work: str) -> None:
    queue.retry(db, view_of(db, group, PRESENT).number, work)
