"""A road to a server that can be cut, at a chosen moment of the talk on it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from urllib.parse import urlsplit

from graph.stores.neo4j.address import Address

COMMIT = b"\x00\x02\xb0\x12\x00\x00"
"""What a client of Bolt sends to commit."""


class Proxy:
    """`open` says whether it takes new connections."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.open = True
        self.reached = asyncio.Event()
        self._to = urlsplit(address.uri)
        self._connections: set[asyncio.StreamWriter] = set()
        self._moment: bytes | None = None
        self._forward = self._hold = False
        self._released = asyncio.Event()
        self._released.set()

    def cut(self) -> None:
        """All connections there are."""
        for writer in self._connections:
            writer.transport.abort()

    async def end(self) -> None:
        self.release()
        self.open = False
        self.cut()
        while self._connections:
            await asyncio.sleep(0)

    def cut_at(self, moment: bytes, *, forward: bool) -> None:
        """All connections once a client sends this, before or after the server gets it; `reached` is set then."""
        self._moment, self._forward, self._hold = moment, forward, False
        self.reached.clear()

    def hold_at(self, moment: bytes) -> None:
        """From when a client sends this, all that clients send waits for `release`; `reached` is set then."""
        self._moment, self._hold = moment, True
        self.reached.clear()

    def release(self) -> None:
        self._released.set()

    async def serve(self, client: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        if not self.open:
            answer.transport.abort()
            return
        server, ask = await asyncio.open_connection(self._to.hostname, self._to.port)
        self._connections |= {answer, ask}
        try:
            await asyncio.gather(self._ask(client, ask), self._answer(server, answer))
        except OSError:
            pass
        finally:
            for writer in (answer, ask):
                writer.transport.abort()
                self._connections.discard(writer)

    async def _ask(self, client: asyncio.StreamReader, ask: asyncio.StreamWriter) -> None:
        while said := await client.read(65536):
            met = self._moment is not None and self._moment in said
            if met:
                self._meet()
            await self._released.wait()
            if not met or self._hold or self._forward:
                ask.write(said)
                await ask.drain()
            if met and not self._hold:
                self.cut()
        ask.transport.abort()

    def _meet(self) -> None:
        self._moment = None
        self.reached.set()
        if self._hold:
            self._released.clear()

    async def _answer(self, server: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        while said := await server.read(65536):
            answer.write(said)
            await answer.drain()
        answer.transport.abort()


@asynccontextmanager
async def proxied(address: Address) -> AsyncIterator[Proxy]:
    """Its own address is that of the server, by way of the proxy."""
    proxy = Proxy(address)
    listening = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    proxy.address = replace(address, uri=f"bolt://127.0.0.1:{port}")
    try:
        yield proxy
    finally:
        listening.close()
        await proxy.end()
