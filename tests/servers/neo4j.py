"""The Neo4j servers of the tests: one for the whole run, which every test finds empty, and others that a test may stop."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pytest
from neo4j import Driver, GraphDatabase

from graph.stores.neo4j.address import Address
from tests.servers.absent import Absent
from tests.servers.container import Neo4jContainer
from tests.servers.process import PASSWORD, Neo4jProcess

MARK = "MERGE (:Schema {name: 'emptied by tests'})"
MARKED = "RETURN COUNT { (:Schema {name: 'emptied by tests'}) }"
# Both counts come from the count store: an empty database costs one short read.
FILLED = "RETURN COUNT { () } - COUNT { (:Schema) }"
EMPTY = "MATCH (n) WHERE NOT n:Schema CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"


class Server(Protocol):
    """One that we may stop and start; its data stays until it is ended."""

    @property
    def address(self) -> Address: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def kill(self) -> None: ...

    def end(self) -> None: ...


class Emptied:
    """A running server whose database is emptied before each test."""

    def __init__(self, address: Address, driver: Driver) -> None:
        self.address = address
        self._driver = driver
        self._require_ours()
        self._run(MARK)

    def empty(self) -> None:
        """Leaves only what says that the schema is there."""
        if self._count(FILLED):
            self._run(EMPTY)

    def _require_ours(self) -> None:
        """It is empty, or was emptied by tests before: nobody loses what NEO4J_URI was not meant to name."""
        if self._count(FILLED) and not self._count(MARKED):
            message = f"{self.address.uri} is not empty, and the tests would empty it: name another, or run MATCH (n) DETACH DELETE n"
            pytest.fail(message, pytrace=False)

    def _count(self, statement: str) -> int:
        with self._driver.session(database=self.address.database) as session:
            return int(session.run(statement).single(strict=True)[0])

    def _run(self, statement: str) -> None:
        with self._driver.session(database=self.address.database) as session:
            session.run(statement).consume()


@contextmanager
def emptied() -> Iterator[Emptied]:
    """The server that NEO4J_URI names, else one of our own."""
    if uri := os.environ.get("NEO4J_URI"):
        yield from _connected(Address(uri, os.environ.get("NEO4J_USER", "neo4j"), os.environ.get("NEO4J_PASSWORD", PASSWORD)))
    else:
        with started() as server:
            yield from _connected(server.address)


@contextmanager
def started() -> Iterator[Server]:
    """A new server, from jars or from an image. Skips where this machine has neither."""
    with tempfile.TemporaryDirectory(prefix="neo4j-") as folder:
        missing: list[str] = []
        for server in (Neo4jProcess(Path(folder)), Neo4jContainer()):
            try:
                server.start()
            except Absent as why:
                missing.append(str(why))
                continue
            try:
                yield server
            finally:
                server.end()
            return
    _give_up(missing)


def _connected(address: Address) -> Iterator[Emptied]:
    with GraphDatabase.driver(address.uri, auth=(address.user, address.password), notifications_min_severity="OFF") as driver:
        yield Emptied(address, driver)


def _give_up(missing: list[str]) -> None:
    what_to_do = "install Java 21 or newer and Maven, or start Docker, or set NEO4J_URI and NEO4J_PASSWORD"
    pytest.skip(f"Neo4j was not tested: {what_to_do} ({'; '.join(missing)})")
