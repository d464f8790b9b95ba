"""`palimpsest adopt`, on a graph that graphiti-core wrote."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from api.cli.adopt import MOST_NAMES, told
from graph.adopt import Survey
from graph.stores.neo4j import Address
from tests.api.cli.command import palimpsest, refused, server_settings
from tests.stores.neo4j.opening import connected
from tests.stores.neo4j.peers import Says, peering

SURVEY = Survey("g", 1, 2, 3, 4, (), (256,), 256, (), ())


@pytest.fixture(params=["talk", ""])
def group(neo4j: Address, request: pytest.FixtureRequest) -> Iterator[str]:
    """A group of Graphiti's, the one without a name too."""

    async def write() -> None:
        async with peering(neo4j) as peer:
            await peer.hear(request.param, 1, Says("Ana", "LIVES_IN", "Lisbon", since=0), saga="chat")

    asyncio.run(write())
    yield request.param


def run(address: Address, *words: str) -> str:
    done = palimpsest(*words, **server_settings(address))
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_looks_first_and_adopts_when_told_to(neo4j: Address, group: str) -> None:
    first = run(neo4j, "adopt", "--group", group)
    assert "1 episode, 2 entities, 1 fact, 2 mentions" in first
    assert "Nothing was changed" in first
    assert run(neo4j, "adopt", "--group", group, "--dry-run") == first
    assert "Adopted." in run(neo4j, "adopt", "--group", group, "--yes")
    assert "Ana lives in Lisbon" in run(neo4j, "ask", group, "Where does Ana live?")
    assert "Nothing is left to adopt" in run(neo4j, "adopt", "--group", group)


def test_obstacles_are_named_and_nothing_is_done(neo4j: Address, group: str) -> None:
    async def spoil() -> None:
        async with connected(neo4j) as database:
            await database.change("MATCH (n:Entity {name: 'Ana'}) SET n.type = 'mine' RETURN []")

    asyncio.run(spoil())
    done = palimpsest("adopt", "--group", group, "--yes", **server_settings(neo4j))
    refused(done, 1)
    assert "'type'" in done.stdout


def test_a_group_that_is_not_there(neo4j: Address, group: str) -> None:
    for option in ("--dry-run", "--yes"):
        assert "'nowhere'" in refused(palimpsest("adopt", "--group", "nowhere", option, **server_settings(neo4j)), 1)


def test_a_file_holds_no_graph_of_graphiti(tmp_path: Path) -> None:
    assert "is a file" in refused(palimpsest("adopt", "--group", "g", store=str(tmp_path / "a.db")), 2)


def test_contrary_options(tmp_path: Path) -> None:
    assert "contrary" in refused(palimpsest("adopt", "--group", "g", "--yes", "--dry-run", store=str(tmp_path / "a.db")), 2)


def test_duplicates_vectors_and_indexes_are_told() -> None:
    many = tuple(f"n{i} (Thing)" for i in range(MOST_NAMES + 1))
    lines = told(replace(SURVEY, duplicates=many, lengths=(1024,), indexes=("entity_uuid",), obstacles=("a stone",)))
    assert f"n{MOST_NAMES - 1} (Thing) …." in lines[1]
    assert f"n{MOST_NAMES} " not in lines[1]
    assert "1024 numbers stay" in lines[2]
    assert "entity_uuid" in lines[3]
    assert lines[4] == "In the way: a stone."
