"""`palimpsest work`: a process that only learns. Any number of them share a Neo4j store."""

import asyncio
import os
import signal
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from api.cli import options
from api.cli.reach import claimed, existing
from api.cli.show import log_to_stderr, progress
from api.lock import holder
from api.place import place
from api.settings import Settings, read_settings
from api.wiring import START_PATIENCE, open_memory
from api.worker import working
from graph.errors import StoreBusy


async def work(
    *,
    until_idle: Annotated[bool, Parameter(help="End once nothing waits to be learnt from.", negative="")] = False,
    store: options.Store = None,
) -> None:
    """Learn from what was kept, until Ctrl-C or SIGTERM. With Neo4j, run as many workers as you like, on any machine."""
    settings = read_settings(os.environ, store=store)
    log_to_stderr(settings.log_level)
    path = existing(settings)
    if path is not None:
        _refuse_beside_a_service(path)
    with claimed(path, "work"):
        await _work(settings, until_idle)


async def _work(settings: Settings, until_idle: bool) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with open_memory(settings, sole_writer=True, patience=START_PATIENCE) as memory:
        progress().print(f"Working as {memory.parts.worker} (store: {place(settings)}). Ctrl-C ends it.", markup=False, soft_wrap=True)
        stopped = asyncio.create_task(stop.wait(), name="stop")
        async with working(memory, until_idle=until_idle) as worker:
            await asyncio.wait([worker, stopped], return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()


def _refuse_beside_a_service(path: Path) -> None:
    held_by = holder(path)
    if held_by is not None and held_by.command == "serve":
        raise StoreBusy(
            f"{str(path)!r} is in use by process {held_by.pid} (palimpsest serve), and a file has one writer",
            hint="There is nothing to do: the service learns too. Several workers need Neo4j: --store neo4j://host:7687.",
        )
