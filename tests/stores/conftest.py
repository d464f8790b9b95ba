"""Every store passes the tests of this folder; those of one store alone are in a folder of its name."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from graph.stores.base import Store
from graph.stores.embedded import EmbeddedStore
from graph.stores.neo4j import Neo4jStore
from tests.stores.builders import Writer


@pytest.fixture(params=["embedded", "neo4j"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    opened: Store = Neo4jStore(request.getfixturevalue("neo4j")) if request.param == "neo4j" else EmbeddedStore(tmp_path / "store.db")
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
def writer(store: Store) -> Writer:
    return Writer(store, "g")
