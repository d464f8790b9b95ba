"""Every store passes the tests of this folder; those of one store alone are in a folder of its name."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from graph.stores.base import Store
from graph.stores.embedded import EmbeddedStore
from tests.stores.builders import Writer


@pytest.fixture(params=["embedded"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    stores = {"embedded": lambda: EmbeddedStore(tmp_path / "store.db")}
    opened: Store = stores[request.param]()
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
def writer(store: Store) -> Writer:
    return Writer(store, "g")
