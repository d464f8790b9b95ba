"""One store for all histories of a module, each in a group of its own."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from typing import Any, TypeVar

import pytest

from graph.stores.base import Store
from graph.stores.embedded import EmbeddedStore
from graph.stores.neo4j import Neo4jStore
from tests.laws.model import Model
from tests.laws.stage import History, Stage, Theatre
from tests.servers.neo4j import Emptied

T = TypeVar("T")


class Playing:
    """A theatre and the loop that it plays in, for functions that wait."""

    def __init__(self, store: Store, loop: asyncio.AbstractEventLoop) -> None:
        self.store = store
        self._loop = loop

    def run(self, waiting: Coroutine[Any, Any, T]) -> T:
        return self._loop.run_until_complete(waiting)

    def play(self, history: History, then: Callable[[Stage], Awaitable[None]]) -> None:
        """A history that goes on where its steps end."""
        self.run(Theatre(self.store).show(history, then))

    def show(self, history: History, model: type[Model] = Model) -> Stage:
        return self.run(Theatre(self.store, model).show(history))


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def playing(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Playing]:
    store: Store
    if request.param == "neo4j":
        server: Emptied = request.getfixturevalue("neo4j_server")
        server.empty()
        store = Neo4jStore(server.address)
    else:
        store = EmbeddedStore(tmp_path_factory.mktemp("laws") / "laws.db")
    with asyncio.Runner() as runner:
        runner.run(store.open())
        yield Playing(store, runner.get_loop())
        runner.run(store.close())
