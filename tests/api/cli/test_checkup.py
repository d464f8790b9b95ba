"""`palimpsest doctor` on a Neo4j server: what it finds, what to do, and never the password."""

from dataclasses import replace

import pytest

from graph.stores.neo4j.address import Address
from tests.api.cli.command import Done, palimpsest, server_settings
from tests.api.cli.test_migrate import forget_schema

SECRET = "kept-to-ourselves"


@pytest.fixture
def server(neo4j: Address) -> Address:
    assert palimpsest("migrate", **server_settings(neo4j)).returncode == 0
    return neo4j


def doctor(address: Address) -> Done:
    done = palimpsest("doctor", **server_settings(address))
    assert SECRET not in done.stdout + done.stderr
    return done


def wrong(done: Done) -> str:
    return "\n".join(done.stdout.partition("\nwrong")[1:])


def test_a_healthy_server(server: Address) -> None:
    done = doctor(server)
    assert done.returncode == 0, done.stdout
    for words in ("Neo4j Kernel 20", server.uri, "0 groups", "all online", "ms for a short read", "nothing waits"):
        assert words in done.stdout
    assert "SQLite" not in done.stdout
    assert "GiB free" not in done.stdout


def test_a_database_without_the_schema(server: Address) -> None:
    forget_schema(server)
    done = doctor(server)
    assert done.returncode == 0, done.stdout
    assert "version 0 of " in done.stdout
    assert "→ Run palimpsest migrate" in done.stdout
    assert "version 0 of " in doctor(server).stdout, "a doctor changes nothing"
    assert palimpsest("migrate", **server_settings(server)).returncode == 0


def test_a_server_that_is_not_there() -> None:
    done = doctor(Address("bolt://127.0.0.1:1", password=SECRET))
    assert done.returncode == 1
    assert "bolt://127.0.0.1:1" in wrong(done)
    assert "→ Start the server" in wrong(done)


def test_a_wrong_password(server: Address) -> None:
    done = doctor(replace(server, password=SECRET))
    assert done.returncode == 1
    assert "→ Set PALIMPSEST_NEO4J_USER and PALIMPSEST_NEO4J_PASSWORD" in wrong(done)


def test_a_database_that_is_not_there(server: Address) -> None:
    done = doctor(replace(server, database="nosuch"))
    assert done.returncode == 1
    assert "'nosuch'" in wrong(done)
    assert "PALIMPSEST_NEO4J_DATABASE" in wrong(done)
