"""The demo as a user starts it: a process of its own, on a free port, with a store of its own."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import httpx
import pytest

from tests.api.cli.service import Service, serving, serving_on
from tests.servers.neo4j import Emptied


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("demo")
    with _served(request, folder, "--demo") as service, httpx.Client(base_url=service.url, timeout=30, trust_env=False) as client:
        yield client


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Without the demo: a store that is empty."""
    with _served(request, tmp_path_factory.mktemp("service")) as running:
        yield running


def _served(request: pytest.FixtureRequest, folder: Path, *options: str) -> AbstractContextManager[Service]:
    if request.param == "embedded":
        return serving(folder / "memory.db", *options)
    server: Emptied = request.getfixturevalue("neo4j_server")
    server.empty()
    return serving_on(server.address, folder / "serve.log", *options)
