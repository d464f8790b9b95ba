"""The composition root: what settings make, and what they cannot."""

import logging
import os
from pathlib import Path

import pytest

from api.settings import read_settings
from api.wiring import limits_of, open_memory, opened, store_of
from graph.errors import BadInput, StoreAway, StoreUnavailable
from graph.inputs import MessageInput
from graph.stores.base import Migrated
from graph.stores.embedded import EmbeddedStore
from graph.stores.embedded.room import Room
from graph.stores.neo4j import Neo4jStore


def test_a_path_makes_the_embedded_store_and_an_address_that_of_neo4j(tmp_path: Path) -> None:
    assert isinstance(store_of(read_settings({}, store=str(tmp_path / "memory.db"))), EmbeddedStore)
    environ = {"PALIMPSEST_NEO4J_PASSWORD": "secret", "PALIMPSEST_NEO4J_USER": "anna", "PALIMPSEST_NEO4J_DATABASE": "memory"}
    store = store_of(read_settings(environ, store="bolt://db:7687"))
    assert isinstance(store, Neo4jStore)
    assert (store.address.uri, store.address.user, store.address.database) == ("bolt://db:7687", "anna", "memory")
    assert store.address.password == "secret"
    assert "secret" not in repr(store.address)


def test_the_embedded_store_gets_the_room_that_is_set(tmp_path: Path) -> None:
    store = store_of(read_settings({"PALIMPSEST_CACHE_MB": "64"}, store=str(tmp_path / "memory.db")))
    assert isinstance(store, EmbeddedStore)
    assert store.room == Room.of(64)


async def test_settings_reach_the_memory(tmp_path: Path) -> None:
    environ = {"PALIMPSEST_MAX_MESSAGE_BYTES": "10", "PALIMPSEST_LEASE_SECONDS": "7"}
    settings = read_settings(environ, store=str(tmp_path / "memory.db"))
    assert limits_of(settings).message_bytes == 10
    async with open_memory(settings) as memory:
        assert (await memory.service()).ready
        assert memory.parts.lease.total_seconds() == 7
        assert memory.parts.worker.endswith(f":{os.getpid()}")
        with pytest.raises(BadInput, match="10"):
            await memory.add_messages("mine", "today", [MessageInput("user", "More than ten bytes.")])


class Starting(EmbeddedStore):
    """A store whose server answers at the third call."""

    def __init__(self, error: StoreUnavailable) -> None:
        super().__init__(Path("nowhere.db"))
        self.error = error
        self.calls = 0

    async def open(self) -> Migrated:
        self.calls += 1
        if self.calls < 3:
            raise self.error
        return Migrated(0, 1)


async def test_a_server_that_starts_too_is_waited_for_and_said_to_be(caplog: pytest.LogCaptureFixture) -> None:
    store = Starting(StoreAway("it does not answer"))
    with caplog.at_level(logging.WARNING, "palimpsest"):
        assert await opened(store, patience=60) == Migrated(0, 1)
    assert caplog.text.count("it does not answer; trying again") == 2


async def test_commands_do_not_wait_for_a_server() -> None:
    store = Starting(StoreAway("it does not answer"))
    with pytest.raises(StoreAway):
        await opened(store, patience=0)
    assert store.calls == 1


async def test_what_waiting_does_not_mend_is_not_waited_for() -> None:
    store = Starting(StoreUnavailable("it refuses the password"))
    with pytest.raises(StoreUnavailable, match="password"):
        await opened(store, patience=60)
    assert store.calls == 1
