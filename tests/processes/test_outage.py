"""A service whose database goes away stays up, says so, and goes on without a restart when it is back; nor need it be there first."""

import asyncio
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from graph.stores.neo4j.address import Address
from tests.api.cli.command import palimpsest, refused, server_settings
from tests.api.cli.service import Service, serving_on
from tests.processes.crowd import ADD
from tests.servers.proxy import proxied

PATIENCE_SECONDS = 90
TOWNS = 'query { graph(group: "harbour") { facts { nodes { text } } } }'


async def until(holds: Callable[[], object]) -> None:
    """The check blocks, and the proxy lives in this loop: it runs in a thread."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not await asyncio.to_thread(holds):
        assert time.monotonic() < deadline
        await asyncio.sleep(0.1)


def say(service: Service, content: str) -> dict[str, list[dict[str, dict[str, str]]]]:
    answer: dict[str, list[dict[str, dict[str, str]]]] = service.query(
        ADD, session="s", messages=[{"role": "user", "name": "Ines", "content": content}]
    )
    return answer


def knows(service: Service, town: str) -> bool:
    return town in str(service.query(TOWNS))


async def test_a_database_that_goes_away_and_comes_back(neo4j: Address, tmp_path: Path) -> None:
    log = tmp_path / "serve.log"
    async with proxied(neo4j) as proxy:
        proxy.open = False
        with ExitStack() as started:
            starting = asyncio.create_task(asyncio.to_thread(started.enter_context, serving_on(proxy.address, log)))
            await until(lambda: log.exists() and "trying again" in log.read_text())
            assert proxy.address.uri in log.read_text()
            proxy.open = True
            service = await starting
            assert "errors" not in await asyncio.to_thread(say, service, "I live in Faro.")
            await until(lambda: knows(service, "Faro"))

            proxy.open = False
            proxy.cut()
            ready = await asyncio.to_thread(service.get, "/health/ready")
            assert (ready.status_code, ready.json()["code"]) == (503, "STORE_UNAVAILABLE")
            assert proxy.address.uri in ready.json()["message"]
            assert (await asyncio.to_thread(service.get, "/health/live")).status_code == 200
            refused = (await asyncio.to_thread(say, service, "I work at Harbour Books."))["errors"][0]["extensions"]
            assert refused["code"] == "STORE_UNAVAILABLE"
            assert refused["hint"]
            await until(lambda: "learning waits for the store" in log.read_text())

            proxy.open = True
            await until(lambda: service.get("/health/ready").status_code == 200)
            assert "errors" not in await asyncio.to_thread(say, service, "I visited Braga.")
            await until(lambda: knows(service, "Braga"))
            await asyncio.to_thread(started.close)
    assert log.read_text().count("learning waits for the store") == 1
    assert log.read_text().count("learning goes on") == 1


def test_what_waiting_does_not_mend_ends_a_service_at_once(neo4j: Address) -> None:
    told = refused(palimpsest("serve", "--port", "0", **server_settings(replace(neo4j, password="kept-to-ourselves"))), 1)
    assert "refuses the user or the password" in told
    assert "PALIMPSEST_NEO4J_PASSWORD" in told
    assert "kept-to-ourselves" not in told
