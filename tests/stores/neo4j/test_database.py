"""Connections that break, run out, or are given up: what is answered is true, and the next call finds a way."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from time import monotonic

import pytest

from graph.errors import StoreAway, StoreUnavailable
from graph.stores.base import Keeping
from graph.stores.neo4j import Address, Neo4jStore
from graph.stores.neo4j.database import READING, SPARE, WRITING, Database, Transaction
from graph.views import Page
from tests.servers.proxy import COMMIT, Proxy
from tests.stores.builders import LATE, keeping, message
from tests.stores.neo4j.opening import connected, opened

FORGET_PLANS = "CALL db.clearQueryCaches() YIELD value RETURN [value]"
ONE = "RETURN [[1]]"
WRITE = "MERGE (n:Schema {name: 'cut'}) SET n.times = coalesce(n.times, 0) + 1 RETURN [[n.times]]"
LOCK = "MERGE (n:Group {group_id: 'cut'}) SET n.times = coalesce(n.times, 0) + 1 RETURN [[n.times]]"
"""As WRITE, and gone before the next test."""
TIMES = "MATCH (n:Schema {name: 'cut'}) RETURN collect(n.times)"


async def contents(store: Neo4jStore) -> list[str]:
    return [episode.content for episode in (await store.list_episodes("g", None, Page(10), LATE)).items]


def told() -> Keeping:
    return keeping(message("a", id="1"), message("b", id="2"))


async def test_a_read_over_connections_that_were_cut_is_answered(proxy: Proxy) -> None:
    async with connected(proxy.address) as database:
        await asyncio.gather(*(database.read(ONE) for _ in range(8)))
        proxy.cut()
        assert await asyncio.gather(*(database.read(ONE) for _ in range(8))) == [[[1]]] * 8


async def test_a_read_that_is_cut_is_answered(proxy: Proxy) -> None:
    async with connected(proxy.address) as database:
        proxy.cut_at(b"RETURN [[1]]", forward=True)
        assert await database.read(ONE) == [[1]]
        assert proxy.reached.is_set()


async def test_what_was_cut_before_it_was_committed_is_done_again_and_once(proxy: Proxy) -> None:
    async with opened(proxy.address) as store:
        proxy.cut_at(b"MERGE (g:Group", forward=True)
        await store.keep(told())
        assert proxy.reached.is_set()
        assert await contents(store) == ["a", "b"]


async def test_what_is_cut_before_it_was_committed_and_cannot_be_done_again_leaves_nothing(proxy: Proxy) -> None:
    async with opened(replace(proxy.address, patience=1)) as store:
        await store.list_episodes("g", None, Page(10), LATE)
        proxy.cut_at(b"MERGE (g:Group", forward=True)
        proxy.open = False
        with pytest.raises(StoreAway) as caught:
            await store.keep(told())
        assert caught.value.hint
        proxy.open = True
        assert await contents(store) == []
        assert await store.group("g") is None


@pytest.mark.parametrize("arrived", [False, True])
async def test_what_was_cut_while_it_was_committed_may_be_told_again(proxy: Proxy, arrived: bool) -> None:
    """Nobody knows whether it is in; ids make the answer the same."""
    async with opened(proxy.address) as store:
        proxy.cut_at(COMMIT, forward=arrived)
        with pytest.raises(StoreAway, match="while it committed"):
            await store.keep(told())
        kept = await store.keep(told())
        assert await contents(store) == ["a", "b"]
        assert kept.repeated in ((0, 2) if arrived else (0,))
        assert await store.waiting() == 1


async def test_a_full_pool_says_so_and_is_of_use_again(neo4j: Address) -> None:
    inside, leave = asyncio.Event(), asyncio.Event()

    async def stay(transaction: Transaction) -> None:
        await transaction.rows(ONE)
        inside.set()
        await leave.wait()

    async with connected(replace(neo4j, connections=1, patience=1)) as database:
        staying = asyncio.create_task(database.write(stay))
        await inside.wait()
        for call in (database.read, database.change):
            with pytest.raises(StoreAway, match="all connections to it are busy") as caught:
                await call(ONE)
            assert caught.value.hint
        leave.set()
        await staying
        assert await database.read(ONE) == [[1]]


async def test_an_error_of_ours_undoes_the_transaction(neo4j: Address) -> None:
    async def fail(transaction: Transaction) -> None:
        await transaction.rows(WRITE)
        raise StoreUnavailable("on purpose")

    async with connected(replace(neo4j, connections=1)) as database:
        with pytest.raises(StoreUnavailable, match="on purpose"):
            await database.write(fail)
        assert await database.read(TIMES) == []


CALLS: dict[str, Callable[[Database], Awaitable[object]]] = {
    "read": lambda database: database.read(ONE),
    "write": lambda database: database.change(WRITE),
    "lock": lambda database: database.change(LOCK),
}


@pytest.mark.parametrize(
    ("call", "moment"),
    [("read", b""), ("read", b"RETURN [[1]]"), ("write", b""), ("write", b"MERGE (n:Schema"), ("write", COMMIT)],
)
async def test_a_call_that_is_given_up_gives_its_connection_back(proxy: Proxy, call: str, moment: bytes) -> None:
    """Twice as often as there are connections, at each moment of the talk."""
    async with connected(replace(proxy.address, connections=2, patience=5)) as database:
        for _ in range(4):
            proxy.hold_at(moment)
            task = asyncio.ensure_future(CALLS[call](database))
            await proxy.reached.wait()
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            assert task.cancelled()
            proxy.release()
        assert [*await asyncio.gather(database.read(ONE), database.read(ONE))] == [[[1]], [[1]]]
        assert await database.read(TIMES) == [] or moment == COMMIT
        await database.change("MATCH (n:Schema {name: 'cut'}) DELETE n RETURN []")


async def test_who_waits_for_a_connection_and_gives_up_takes_none(neo4j: Address) -> None:
    inside, leave = asyncio.Event(), asyncio.Event()

    async def stay(transaction: Transaction) -> None:
        inside.set()
        await leave.wait()

    async with connected(replace(neo4j, connections=1)) as database:
        staying = asyncio.create_task(database.write(stay))
        await inside.wait()
        waiting = [asyncio.create_task(database.read(ONE)) for _ in range(3)]
        await asyncio.sleep(0)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        leave.set()
        await staying
        assert await database.read(ONE) == [[1]]


@pytest.mark.parametrize(
    ("call", "moment", "times"),
    [("read", b"", READING), ("read", b"RETURN [[1]]", READING), ("lock", b"MERGE (n:Group", WRITING), ("lock", COMMIT, WRITING)],
)
async def test_a_server_that_falls_silent_is_away(proxy: Proxy, call: str, moment: bytes, times: int) -> None:
    """The connection stands, and is given up with the call: its late answer would be taken for that of the next."""
    async with connected(replace(proxy.address, connections=1, patience=0.5)) as database:
        proxy.hold_at(moment)
        begun = monotonic()
        with pytest.raises(StoreAway, match="did not answer within") as caught:
            await CALLS[call](database)
        assert monotonic() - begun < times * 0.5 + SPARE + 1
        assert caught.value.hint
        assert proxy.reached.is_set()
        proxy.release()
        assert await database.read("RETURN [[2]]") == [[2]]


async def test_a_server_that_falls_silent_is_not_waited_for_at_the_end(proxy: Proxy) -> None:
    async with asyncio.timeout(10), connected(replace(proxy.address, patience=0.5)) as database:
        await database.read(ONE)
        proxy.hold_at(b"")


async def test_what_a_client_that_fell_silent_had_locked_is_free_again(proxy: Proxy, neo4j: Address) -> None:
    """The server never hears that it was given up: it still waits for the next word on the connection."""

    async def lock(transaction: Transaction) -> None:
        await transaction.rows(LOCK)
        proxy.hold_at(b"")
        await transaction.rows(ONE)

    async with connected(neo4j) as other, connected(replace(proxy.address, patience=0.2)) as database:
        await other.change(LOCK)
        with pytest.raises(StoreAway, match="did not answer within"):
            await database.write(lock)
        assert await other.change(LOCK) == [[2]]
        proxy.release()


async def test_a_read_has_an_end_at_the_server_too(proxy: Proxy) -> None:
    async with connected(proxy.address) as database:
        proxy.cut_at(b"tx_timeout", forward=True)
        assert await database.read(ONE) == [[1]]
        assert proxy.reached.is_set()


async def test_a_call_waits_for_what_its_process_has_seen(proxy: Proxy) -> None:
    """So that on a cluster a member that lags behind does not answer yet."""
    async with connected(proxy.address) as database:
        proxy.cut_at(b"bookmarks", forward=True)
        await database.change(LOCK)
        assert not proxy.reached.is_set()
        assert await database.read(ONE) == [[1]]
        assert proxy.reached.is_set()


async def test_a_statement_is_planned_once_whatever_its_parameters_are(neo4j: Address) -> None:
    """Left to itself, the server would have planned it six times."""
    async with connected(neo4j) as database:
        await database.read(FORGET_PLANS)
        for given in ([], ["a"], ["a"] * 50, "a", "a" * 200, None):
            assert await database.read("WITH $given AS given RETURN [given]", given=given) == [given]
            await database.change("WITH $given AS changed RETURN [changed]", given=given)
        assert await database.read(FORGET_PLANS) == ["Query caches successfully cleared of 2 queries."]
