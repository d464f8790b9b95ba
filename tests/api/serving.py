"""A service over real HTTP: uvicorn on a free port, in the loop of the test."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import uvicorn
from starlette.types import ASGIApp


class Server(uvicorn.Server):
    def install_signal_handlers(self) -> None:
        """Signals belong to the test runner."""


@asynccontextmanager
async def served(app: ASGIApp) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application until the block ends."""
    server = Server(uvicorn.Config(app, port=0, log_level="error", lifespan="on", timeout_graceful_shutdown=2))
    serving = asyncio.create_task(server.serve())
    try:
        async with httpx.AsyncClient(base_url=await _url(server, serving), timeout=30, trust_env=False) as client:
            yield client
    finally:
        server.should_exit = True
        await serving


async def _url(server: Server, serving: asyncio.Task[None]) -> str:
    while not server.started:
        assert not serving.done(), "the service did not start"
        await asyncio.sleep(0.01)
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    return f"http://{host}:{port}"
