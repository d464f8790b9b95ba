"""What other processes run in the tests of this folder."""

import sys
from pathlib import Path

from graph.stores.embedded import EmbeddedStore
from tests.stores.builders import Writer, day, entity, fact, vector, vectors


async def write_forever(path: str, start: str) -> None:
    """Keeps a message and learns a fact from it, over and over; prints each number once it is durable."""
    store = EmbeddedStore(Path(path))
    await store.open()
    writer = Writer(store, "g")
    for number in range(int(start), 100_000):
        await writer.keep(f"message {number}", at=number)
        sys.stdout.write(f"kept {number}\n")
        lease = await store.lease("w", day(number + 1), day(number + 1.5))
        assert lease is not None
        uuid = f"e{number}"
        await writer.apply(
            number + 1,
            lease.token,
            entities=[entity(uuid, day(number))],
            facts=[fact(f"f{number}", uuid, "knows", uuid, day(number))],
            vectors=vectors(facts={f"f{number}": vector(1, number)}),
        )
        sys.stdout.write(f"learnt {number}\n")
        sys.stdout.flush()


async def write_some(path: str, who: str, count: str) -> None:
    store = EmbeddedStore(Path(path))
    await store.open()
    for number in range(int(count)):
        await Writer(store, "g").keep(f"{who} {number}", session=who)
    await store.close()
