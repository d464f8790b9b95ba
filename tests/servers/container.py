"""Neo4j in a container, where Docker runs and Java does not."""

import subprocess
import time

from graph.stores.neo4j.address import Address
from tests.servers.absent import Absent
from tests.servers.jars import VERSION
from tests.servers.process import PASSWORD, PATIENCE, answers, free_port

IMAGE = f"neo4j:{VERSION}"
MEMORY = ("-e", "NEO4J_server_memory_heap_max__size=1g", "-e", "NEO4J_server_memory_pagecache_size=256m")


class Neo4jContainer:
    """As Neo4jProcess; its data goes with it."""

    def __init__(self) -> None:
        self._port = free_port()
        self._id = ""
        self.address = Address(f"bolt://127.0.0.1:{self._port}", password=PASSWORD)

    def start(self) -> None:
        """Returns once it answers. Raises Absent where no engine runs."""
        if self._id:
            _docker("start", self._id)
        else:
            _docker("info")
            where = ("-p", f"127.0.0.1:{self._port}:7687", "-e", f"NEO4J_AUTH=neo4j/{PASSWORD}")
            self._id = _docker("run", "--detach", "--volume", "/data", *where, *MEMORY, IMAGE).strip()
        self._wait()

    def stop(self) -> None:
        _docker("stop", "--time", "60", self._id)

    def kill(self) -> None:
        _docker("kill", self._id)

    def end(self) -> None:
        if self._id:
            _docker("rm", "--force", "--volumes", self._id)

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while not answers(self.address):
            if time.monotonic() > deadline:
                raise RuntimeError("Neo4j did not start:\n" + _docker("logs", "--tail", "20", self._id))
            time.sleep(0.2)


def _docker(*arguments: str) -> str:
    try:
        done = subprocess.run(["docker", *arguments], capture_output=True, text=True, check=False)  # noqa: S607 - the user's own
    except FileNotFoundError as error:
        raise Absent("no container engine (docker)") from error
    if done.returncode:
        raise Absent(f"docker {arguments[0]}: {(done.stderr or done.stdout).strip()[-200:]}")
    return done.stdout
