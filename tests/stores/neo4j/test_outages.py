"""A server of the test's own goes away and comes back while messages are kept and learnt: nothing that was answered is lost."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field, replace

import httpx
import pytest
from starlette.applications import Starlette

from api.health import health_routes
from api.worker import working
from graph.errors import StoreAway
from graph.inputs import MessageInput
from graph.memory import Memory
from graph.stores.neo4j import Neo4jStore
from graph.views import Page
from tests.schema.memories import memory_on
from tests.servers.neo4j import Server, started
from tests.stores.builders import LATE
from tests.stores.neo4j.opening import opened
from tests.stores.neo4j.races import rows

MESSAGES = 30
LEARNT = "MATCH (a:Assertion) RETURN a.episode, count(*)"
WORKS = "MATCH (w:Work) RETURN w.state, w.done = w.total, count(*)"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with started() as server:
        yield server


@pytest.fixture
async def store(server: Server) -> AsyncIterator[Neo4jStore]:
    async with opened(replace(server.address, patience=1)) as store:
        yield store


@dataclass
class Client:
    """Tells each message until it is acknowledged, always under the same id."""

    memory: Memory
    acknowledged: list[str] = field(default_factory=list)
    refused: asyncio.Event = field(default_factory=asyncio.Event)

    async def tell(self, number: int) -> None:
        said = MessageInput("user", f"P{number} lives in C{number}", id=f"m{number}")
        while True:
            try:
                added = await self.memory.add_messages("g", f"s{number % 3}", [said])
            except StoreAway as error:
                assert error.hint
                self.refused.set()
                await asyncio.sleep(0.05)
            else:
                self.acknowledged += [episode.uuid for episode in added.episodes]
                return

    async def tell_all(self, numbers: range) -> None:
        for number in numbers:
            await self.tell(number)


async def readiness(store: Neo4jStore) -> httpx.Response:
    transport = httpx.ASGITransport(app=Starlette(routes=health_routes(store)))
    async with httpx.AsyncClient(transport=transport, base_url="http://palimpsest") as client:
        return await client.get("/health/ready")


async def away_and_back(server: Server, store: Neo4jStore, client: Client, leave: Callable[[], None]) -> None:
    """While the client goes on telling."""
    await asyncio.to_thread(leave)
    client.refused.clear()
    await client.refused.wait()
    missing = await readiness(store)
    assert missing.status_code == 503
    assert missing.json()["code"] == "STORE_UNAVAILABLE"
    assert missing.json()["hint"]
    await asyncio.to_thread(server.start)


async def idle(store: Neo4jStore) -> None:
    while await store.waiting():
        await asyncio.sleep(0.05)


async def test_nothing_acknowledged_is_lost_and_everything_is_learnt_once(server: Server, store: Neo4jStore) -> None:
    memory = memory_on(store)
    client = Client(memory)
    async with working(memory):
        await client.tell_all(range(MESSAGES // 3))
        telling = asyncio.create_task(client.tell_all(range(MESSAGES // 3, MESSAGES)))
        await away_and_back(server, store, client, server.kill)
        more = asyncio.create_task(client.tell_all(range(MESSAGES, 2 * MESSAGES)))
        await away_and_back(server, store, client, server.stop)
        await asyncio.gather(telling, more)
        await idle(store)
    assert (await readiness(store)).status_code == 200
    kept = (await store.list_episodes("g", None, Page(500), LATE)).items
    assert sorted(e.uuid for e in kept) == sorted(client.acknowledged)
    assert sorted(e.external_id or "" for e in kept) == sorted(f"m{n}" for n in range(2 * MESSAGES))
    assert sorted(await rows(server.address, LEARNT)) == sorted([uuid, 1] for uuid in client.acknowledged)
    assert await rows(server.address, WORKS) == [["DONE", True, 2 * MESSAGES]]
