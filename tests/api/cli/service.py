"""A real service in a process of its own, on a free port."""

import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from signal import SIGKILL
from typing import Any

import httpx

from graph.stores.neo4j.address import Address
from tests.api.cli.command import MAIN, environment, server_settings

ANSWERS_AT = re.compile(r"answers at (http://\S+)")
PATIENCE_SECONDS = 90


@dataclass(frozen=True, slots=True)
class Service:
    """`store` is its file (its log, where it has none), `url` where it answers."""

    process: subprocess.Popen[str]
    store: Path
    url: str

    def query(self, document: str, key: str | None = None, **variables: object) -> Any:
        """The body of the answer, whatever it is."""
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        body = {"query": document, "variables": variables}
        return httpx.post(f"{self.url}/graphql", json=body, headers=headers, timeout=60, trust_env=False).json()

    def get(self, path: str) -> httpx.Response:
        return httpx.get(self.url + path, timeout=30, trust_env=False)


@contextmanager
def serving(store: Path, *options: str, **settings: str) -> Iterator[Service]:
    """Starts `palimpsest serve` on a file, waits until it answers, and ends it with SIGTERM, unless the test has killed it."""
    log = store.parent / f"{store.name}.log"
    with running(log, "serve", "--port", "0", "--store", str(store), *options, **settings) as process:
        yield Service(process, store, _answering(process, log))


@contextmanager
def serving_on(server: Address, log: Path, *options: str, **settings: str) -> Iterator[Service]:
    """As `serving`, on a Neo4j server."""
    with running(log, "serve", "--port", "0", *options, **server_settings(server), **settings) as process:
        yield Service(process, log, _answering(process, log))


@contextmanager
def running(log: Path, *words: str, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """A command in a process of its own, ended with SIGTERM unless the test has killed it; it must end well, and log no traceback."""
    with log.open("w") as told:
        process = subprocess.Popen([*MAIN, *words], env=environment(**settings), stdout=told, stderr=told, text=True)
    try:
        yield process
    finally:
        process.terminate()
        code = process.wait(30)
    assert code in (0, -SIGKILL), log.read_text()
    assert "Traceback" not in log.read_text()


def _answering(process: subprocess.Popen[str], log: Path) -> str:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        found = ANSWERS_AT.search(log.read_text())
        if found and _is_ready(found[1]):
            return found[1]
        time.sleep(0.05)
    raise AssertionError(f"the service did not answer: {log.read_text()}")


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health/ready", timeout=5, trust_env=False).status_code == 200
    except httpx.TransportError:
        return False
