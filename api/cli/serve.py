"""`palimpsest serve`: the service, and its one writer."""

import asyncio
import os
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Annotated

import uvicorn
from cyclopts import Parameter
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from api.app import create_app
from api.auth import ensure_key
from api.cli import options
from api.cli.reach import claimed
from api.cli.show import log_to_stderr, progress
from api.demo import load_demo
from api.lock import StoreLock
from api.place import place, store_file
from api.settings import Settings, read_settings
from api.wiring import START_PATIENCE, open_memory
from graph.access import Scope
from graph.errors import BadInput, Forbidden
from graph.memory import Memory

GRACE_SECONDS = 5
"""How long requests may take to end once the service was told to."""


async def serve(
    *,
    demo: Annotated[bool, Parameter(help="Start with a conversation in the group `demo`.", negative="")] = False,
    host: Annotated[str | None, Parameter(help="Address to listen on. Default: PALIMPSEST_HOST, else 127.0.0.1.")] = None,
    port: Annotated[str | None, Parameter(help="Port to listen on. Default: PALIMPSEST_PORT, else 8000.")] = None,
    work: Annotated[bool | None, Parameter(help="Learn too, beside answering. Default: PALIMPSEST_WORK, else yes.")] = None,
    store: options.Store = None,
) -> None:
    """Answer over HTTP until Ctrl-C: GraphQL at /graphql, a page to ask from at /, health at /health/live and /health/ready."""
    settings = read_settings(os.environ, host=host, port=port, store=store, work=None if work is None else str(work).lower())
    log_to_stderr(settings.log_level)
    path = store_file(settings)
    if path is not None and not settings.work:
        raise BadInput(
            f"without work nothing learns: the file {str(path)!r} has one writer, and this is it",
            hint="Leave --no-work (PALIMPSEST_WORK=false) out; workers apart from the service need Neo4j.",
        )
    with claimed(path, "serve") as lock, _listening(settings) as listener:
        await _serve(settings, lock, listener, demo=demo)


async def _serve(settings: Settings, lock: StoreLock | None, listener: socket.socket, *, demo: bool) -> None:
    async with open_memory(settings, sole_writer=True, patience=START_PATIENCE) as memory:
        await _admit(memory, settings)
        if demo:
            await _tell_demo(memory)
        app = create_app(memory, max_page=settings.max_page, open_introspection=settings.introspection, work=settings.work)
        url = _url(settings.host, listener.getsockname()[1])
        listener.listen()
        if lock is not None:
            lock.describe("serve", url)
        progress().print(f"Palimpsest answers at {url} (store: {place(settings)}). Ctrl-C ends it.", markup=False, soft_wrap=True)
        config = uvicorn.Config(app, log_config=None, access_log=settings.log_level == "debug", timeout_graceful_shutdown=GRACE_SECONDS)
        await Server(config).serve(sockets=[listener])


class Server(uvicorn.Server):
    """A signal ends it as asked for: uvicorn's own would raise the signal again when all is done, and the process would seem to fail."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, self.handle_exit, number, None)
        yield


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    """A socket bound to the address. Raises BadInput where it cannot be had."""
    with ExitStack() as opened:
        try:
            family, _, _, _, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
            listener = opened.enter_context(socket.socket(family, socket.SOCK_STREAM))
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
        except OSError as error:
            raise BadInput(
                f"cannot listen on {settings.host} port {settings.port}: {error.strerror}",
                hint="Choose another with --port or --host; --port 0 takes a free one.",
            ) from error
        yield listener


async def _admit(memory: Memory, settings: Settings) -> None:
    """Makes PALIMPSEST_KEY a key, and refuses to be reached from elsewhere while there is none."""
    store = memory.parts.store
    if settings.key:
        await ensure_key(store, settings.key, ("*",), Scope.ADMIN, datetime.now(UTC))
    if not _is_loopback(settings.host) and not await store.keys():
        raise Forbidden(
            f"{settings.host!r} can be reached from other machines, and no key exists yet, so anyone could read and write everything",
            hint=f"Make one first: palimpsest keys create --group '*' --scope admin --store {settings.store} (or set PALIMPSEST_KEY).",
        )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _url(host: str, port: int) -> str:
    """Where this machine reaches the service."""
    try:
        address = ip_address(host)
    except ValueError:
        return f"http://{host}:{port}"
    if address.is_unspecified:
        return f"http://{'127.0.0.1' if address.version == 4 else '[::1]'}:{port}"
    return f"http://{f'[{address}]' if address.version == 6 else address}:{port}"


async def _tell_demo(memory: Memory) -> None:
    columns = (TextColumn("telling the demo conversation"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=progress(), transient=True, disable=not progress().is_terminal) as bar:
        task = bar.add_task("", total=None)
        new = await load_demo(memory.parts, lambda done, total: bar.update(task, completed=done, total=total))
    if new:
        progress().print(f"The group demo holds a conversation of {new} new messages.", markup=False)
