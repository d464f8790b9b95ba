"""A real service in a process of its own, on a free port."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from signal import SIGKILL
from typing import Any

import httpx

from api.lock import holder
from tests.api.cli.command import MAIN, environment

PATIENCE_SECONDS = 90


@dataclass(frozen=True, slots=True)
class Service:
    """`store` is its file, `url` where it answers."""

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
    """Starts `palimpsest serve`, waits until it answers, and ends it with SIGTERM, unless the test has killed it."""
    log = (store.parent / f"{store.name}.log").open("w+")
    words = [*MAIN, "serve", "--port", "0", "--store", str(store), *options]
    process = subprocess.Popen(words, env=environment(**settings), stdout=log, stderr=log, text=True)
    try:
        yield Service(process, store, _answering(process, store, log.name))
    finally:
        process.terminate()
        code = process.wait(30)
        log.close()
    assert code in (0, -SIGKILL), Path(log.name).read_text()
    assert "Traceback" not in Path(log.name).read_text()


def _answering(process: subprocess.Popen[str], store: Path, log: str) -> str:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, Path(log).read_text()
        held_by = holder(store)
        if held_by is not None and held_by.url and _is_ready(held_by.url):
            return held_by.url
        time.sleep(0.05)
    raise AssertionError(f"the service did not answer: {Path(log).read_text()}")


def _is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health/ready", timeout=5, trust_env=False).status_code == 200
    except httpx.TransportError:
        return False
