"""Two services and two workers on one Neo4j: the same graph as one writer makes, and what a killed worker had goes on."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from neo4j import Driver, GraphDatabase

from api.settings import Settings, read_settings
from api.wiring import open_memory
from graph.model import WorkState
from graph.stores.neo4j.address import Address
from tests.api.cli.command import server_settings
from tests.api.cli.service import Service, running, serving_on
from tests.processes.crowd import ADD, GROUP, changes, conversation, tell, told_alone, world

LEASE_SECONDS = 5
PATIENCE_SECONDS = 120
IDLE = "MATCH (w:Work) WHERE w.state IN ['QUEUED', 'RUNNING', 'FAILED'] RETURN count(w)"
STATES = "MATCH (w:Work) RETURN w.uuid, w.state, w.attempts"
HELD_BY = "MATCH (w:Work) WHERE w.worker ENDS WITH $pid RETURN w.uuid"


def settings_of(server: Address) -> Settings:
    return read_settings({f"PALIMPSEST_{name.upper()}": value for name, value in server_settings(server).items()})


@pytest.fixture
def database(neo4j: Address) -> Iterator[Driver]:
    with GraphDatabase.driver(neo4j.uri, auth=(neo4j.user, neo4j.password)) as driver:
        yield driver


def rows(database: Driver, statement: str, **params: str) -> list[list[object]]:
    return [list(record) for record in database.execute_query(statement, params).records]


def await_idle(database: Driver) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while rows(database, IDLE) != [[0]]:
        assert time.monotonic() < deadline, rows(database, STATES)
        time.sleep(0.1)


async def test_two_services_and_two_workers_make_the_graph_of_one_writer(neo4j: Address, database: Driver, tmp_path: Path) -> None:
    lines = conversation()
    with ExitStack() as started:
        services = [started.enter_context(serving_on(neo4j, tmp_path / f"serve{n}.log", "--no-work")) for n in range(2)]
        for number in range(2):
            started.enter_context(running(tmp_path / f"work{number}.log", "work", **server_settings(neo4j)))
        await tell([service.url for service in services], lines)
        await asyncio.to_thread(await_idle, database)
    assert [state for _, state, _ in rows(database, STATES)] == [WorkState.DONE] * len(lines)
    async with open_memory(settings_of(neo4j)) as memory:
        found = await world(memory)
        log = await changes(memory)
        counts = await (await memory.graph(GROUP)).counts()
    assert found == await told_alone(tmp_path / "alone.db", lines)
    assert len(found.entities) == len(set(found.entities))
    assert [change.seq for change in log] == list(range(1, len(log) + 1))
    assert counts.episodes == len(lines)


def test_what_a_killed_worker_had_goes_on_when_its_lease_is_over(neo4j: Address, database: Driver, tmp_path: Path) -> None:
    settings = server_settings(neo4j) | {"lease_seconds": str(LEASE_SECONDS)}
    with serving_on(neo4j, tmp_path / "serve.log", "--no-work") as service:
        messages = [{"role": "user", "name": "Ines", "content": f"I visited {town} on {day} May 2024."} for day, town in visited()]
        for session in range(6):
            assert "errors" not in service.query(ADD, session=str(session), messages=messages)
        with running(tmp_path / "victim.log", "work", **settings) as victim:
            begun = killed_with_a_lease(database, victim.pid)
        assert service.query("{ service { ready } }")["data"]["service"]["ready"] is True
        with running(tmp_path / "heir.log", "work", "--until-idle", **settings) as heir:
            assert heir.wait(PATIENCE_SECONDS) == 0
        assert towns(service) == sorted(town for _, town in visited())
    found = {uuid: (state, attempts) for uuid, state, attempts in rows(database, STATES)}
    assert {state for state, _ in found.values()} == {WorkState.DONE}
    assert [found[uuid][1] for uuid in begun] == [2]


def visited() -> list[tuple[int, str]]:
    return list(enumerate(("Faro", "Braga", "Porto", "Lagos", "Sintra", "Tomar", "Evora", "Aveiro"), start=1))


def killed_with_a_lease(database: Driver, pid: int) -> list[object]:
    """Kills a worker while it has Work, and which: it is stopped first, so that it cannot finish in between."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        time.sleep(0.02)
        os.kill(pid, signal.SIGSTOP)
        if begun := [uuid for (uuid,) in rows(database, HELD_BY, pid=f":{pid}")]:
            os.kill(pid, signal.SIGKILL)
            return begun
        os.kill(pid, signal.SIGCONT)
    raise AssertionError(f"the worker leased nothing: {rows(database, STATES)}")


def towns(service: Service) -> list[str]:
    """Where Ines has been; each place once, though every session tells of it."""
    document = 'query { graph(group: "harbour") { facts(first: 500) { nodes { relation object { name } } } } }'
    nodes = service.query(document)["data"]["graph"]["facts"]["nodes"]
    return sorted(node["object"]["name"] for node in nodes if node["relation"] == "visited")
