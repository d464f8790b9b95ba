import asyncio
from collections.abc import AsyncIterator

import pytest

from graph.stores.neo4j import Address
from tests.servers.proxy import Proxy, proxied


@pytest.fixture
async def proxy(neo4j: Address) -> AsyncIterator[Proxy]:
    """A road to the emptied database that the test may cut."""
    async with proxied(neo4j) as opened:
        yield opened


@pytest.fixture
async def http() -> AsyncIterator[int]:
    """The port of a server that takes whatever it is told for bad HTTP."""

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(4)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]
