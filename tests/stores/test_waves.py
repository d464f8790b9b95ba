"""The count of waves is the depth of what waits for each other, whatever else goes on."""

import asyncio
from collections.abc import Awaitable
from pathlib import Path

import pytest

from graph.stores.embedded import EmbeddedStore
from graph.stores.neo4j.address import Address
from graph.stores.neo4j.database import Database, Rows, Transaction
from tests.stores.waves import Waves, counted, statements


async def call(waves: Waves, name: str, seconds: float = 0.0) -> None:
    await waves.run(name, lambda: asyncio.sleep(seconds))


async def in_turn(*calls: Awaitable[None]) -> None:
    for one in calls:
        await one


async def test_calls_together_are_one_wave() -> None:
    waves = Waves()
    await asyncio.gather(call(waves, "a"), call(waves, "b"), call(waves, "a"))
    assert (waves.calls, len(waves), waves.statements) == ([["a", "a", "b"]], 1, 3)


async def test_calls_that_wait_for_each_other_are_as_many() -> None:
    waves = Waves()
    await in_turn(call(waves, "a"), call(waves, "b"))
    waves.reset()
    await in_turn(call(waves, "c"), call(waves, "d"), call(waves, "e"))
    assert waves.calls == [["c"], ["d"], ["e"]]


async def test_a_slow_call_beside_a_fast_one_does_not_make_a_wave_more() -> None:
    waves = Waves()
    await asyncio.gather(
        in_turn(call(waves, "slow", 0.05), call(waves, "after slow")), in_turn(call(waves, "fast"), call(waves, "after fast", 0.05))
    )
    assert waves.calls == [["fast", "slow"], ["after fast", "after slow"]]


async def test_what_fails_or_is_given_up_holds_nobody_up() -> None:
    waves = Waves()

    async def failing() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await waves.run("a", failing)
    given_up = asyncio.create_task(call(waves, "b"))
    await asyncio.sleep(0)
    given_up.cancel()
    await call(waves, "c")
    assert waves.calls == [["a"], ["c"]]


async def test_calls_of_a_store_are_counted_by_name(tmp_path: Path) -> None:
    store, waves = counted(EmbeddedStore(tmp_path / "store.db"))
    await store.open()
    await asyncio.gather(store.group("g"), store.keys())
    assert await store.group("g") is None
    await store.close()
    assert (waves.calls, store.name) == ([["open"], ["group", "keys"], ["group"], ["close"]], "embedded")


async def test_statements_are_counted_at_the_driver(neo4j: Address) -> None:
    async def two(transaction: Transaction) -> Rows:
        await transaction.rows("RETURN [1]")
        return await transaction.rows("RETURN [2]")

    database = Database(neo4j)
    await database.connect()
    with statements() as waves:
        await asyncio.gather(*(database.read("RETURN [0]") for _ in range(5)))
        assert (len(waves), waves.statements) == (1, 5)
        await database.write(two)
        assert waves.calls[1:] == [["RETURN [1]"], ["RETURN [2]"]]
    await database.read("RETURN [3]")
    assert waves.statements == 7
    await database.close()
