"""Leases on Neo4j: any number of processes take them, and none takes another's."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from graph.delta import Delta
from graph.errors import Conflict, StaleVersion
from graph.model import WorkState
from graph.stores.base import Lease, Store
from graph.stores.neo4j import Neo4jStore
from graph.stores.neo4j.address import Address
from tests.stores.builders import START, Writer, day, keeping, message
from tests.stores.neo4j.races import at_once, rows, stores

LOCK_WORK = "MATCH (w:Work) SET w.held = true"
LOCK_SAGA = "MATCH (s:Saga) SET s.held = true"


class Crew:
    """Workers that share nothing but the database, what they lease at the moment, and what they have learnt."""

    def __init__(self) -> None:
        self.busy: set[tuple[str, str | None]] = set()
        self.learnt: Counter[str] = Counter()
        self.leases = 0

    async def work(self, store: Neo4jStore, name: str) -> None:
        while await store.waiting():
            now = datetime.now(UTC)
            lease = await store.lease(name, now, now + timedelta(minutes=5), 3)
            if lease is None:
                await asyncio.sleep(0.01)
            else:
                await self.use(store, lease)

    async def use(self, store: Neo4jStore, lease: Lease) -> None:
        place = (lease.work.group, lease.work.session)
        assert place not in self.busy
        self.busy.add(place)
        await store.waiting()
        self.busy.remove(place)
        self.leases += 1
        await self.finish(store, lease, self.leases)

    async def finish(self, store: Neo4jStore, lease: Lease, number: int) -> None:
        if number % 7 == 0:
            await store.fail(lease.token, "busy", START, START)
        elif number % 11 == 0:
            await store.release(lease.token)
        elif number % 13 == 0:
            await store.fail(lease.token, "unreadable", START, None)
            await store.retry(lease.work.group, lease.work.uuid)
        else:
            await learn(store, lease)
            self.learnt.update(e.uuid for e in lease.episodes)


async def learn(store: Store, lease: Lease) -> None:
    """An operation that changes nothing else, computed again where the group moved on."""
    while True:
        group = await store.group(lease.work.group)
        assert group is not None
        try:
            await store.apply(Delta(group.name, group.version, str(uuid4()), group.last_at + timedelta(seconds=1)), lease.token)
        except StaleVersion:
            continue
        return


async def take(store: Store, at: float = 1, until: float = 2) -> Lease | None:
    return await store.lease("worker", day(at), day(until))


async def taken(store: Store, at: float = 1, until: float = 2) -> Lease:
    found = await take(store, at, until)
    assert found is not None
    return found


async def test_eight_workers_learn_from_every_message_once(neo4j: Address) -> None:
    async with stores(neo4j, 8) as opened:
        calls = [
            keeping(*(message(f"{session}.{work}.{n}") for n in range(4)), group=f"g{session % 3}", session=f"s{session}")
            for work in range(3)
            for session in range(6)
        ]
        kept = await asyncio.gather(*(opened[n % 8].keep(call) for n, call in enumerate(calls)))
        crew = Crew()
        async with asyncio.TaskGroup() as running:
            for n, store in enumerate(opened):
                running.create_task(crew.work(store, f"worker {n}"))
        assert crew.learnt == Counter(e.uuid for k in kept for e in k.episodes)
        for call in calls:
            work = await opened[0].work(call.group, call.work)
            assert work is not None
            assert (work.state, work.done) == (WorkState.DONE, 4)


async def test_workers_that_see_the_same_head_take_different_ones(neo4j: Address) -> None:
    async with stores(neo4j, 6) as opened:
        for session in ("a", "b", "c"):
            await Writer(opened[0], "g").keep(session, session=session)
        found = await at_once(neo4j, LOCK_WORK, *(take(store) for store in opened))
        assert sorted(lease.work.session for lease in found if lease) == ["a", "b", "c"]
        assert len({lease.token for lease in found if lease}) == 3


async def test_a_lease_that_ran_out_is_either_finished_or_taken_over(neo4j: Address) -> None:
    async with stores(neo4j, 2) as (first, second):
        await Writer(first, "g").keep("a")
        lease = await taken(first)
        delta = Delta("g", 0, "op", day(3))
        applied, again = await at_once(neo4j, LOCK_WORK, first.apply(delta, lease.token), take(second, 3, 4))
        if again is None:
            assert applied == ()
            assert await first.waiting() == 0
        else:
            assert isinstance(applied, Conflict)
            assert again.work.attempts == 2
            assert (await first.group("g")).version == 0  # type: ignore[union-attr]


async def test_a_work_kept_while_the_one_before_is_parked_becomes_the_head(neo4j: Address) -> None:
    """The keeping waits for the Saga, after it saw its lane's head."""
    async with stores(neo4j, 2) as (first, second):
        await Writer(first, "g").keep("a")
        lease = await taken(first)
        await at_once(neo4j, LOCK_SAGA, Writer(second, "g").keep("b"), first.fail(lease.token, "unreadable", day(1), None))
        assert [e.content for e in (await taken(first)).episodes] == ["b"]


async def test_a_work_kept_while_the_one_before_is_finished_becomes_the_head(neo4j: Address) -> None:
    async with stores(neo4j, 2) as (first, second):
        await Writer(first, "g").keep("a")
        lease = await taken(first)
        delta = Delta("g", 0, "op", day(1))
        _, applied = await at_once(neo4j, LOCK_SAGA, Writer(second, "g").keep("b"), first.apply(delta, lease.token))
        assert applied == ()
        assert [e.content for e in (await taken(first)).episodes] == ["b"]


async def test_a_work_kept_while_one_is_retried_leaves_the_lane_one_head(neo4j: Address) -> None:
    async with stores(neo4j, 2) as (first, second):
        kept = await Writer(first, "g").keep("a")
        await first.fail((await taken(first)).token, "unreadable", day(1), None)
        await at_once(neo4j, LOCK_SAGA, Writer(second, "g").keep("b"), first.retry("g", kept.work.uuid))
        assert [e.content for e in (await taken(first)).episodes] == ["b"]
        assert await take(first) is None


async def test_a_worker_that_finds_nothing_writes_nothing(neo4j: Address) -> None:
    async with stores(neo4j, 1) as (store,):
        await Writer(store, "g").keep("a")
        await taken(store)
        before = await rows(neo4j, "MATCH (n) RETURN elementId(n), properties(n) ORDER BY elementId(n)")
        assert await take(store) is None
        assert await rows(neo4j, "MATCH (n) RETURN elementId(n), properties(n) ORDER BY elementId(n)") == before
