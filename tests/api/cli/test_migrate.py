"""`palimpsest migrate` says what it did, on both stores, and doing it twice is doing it once."""

from pathlib import Path

from neo4j import GraphDatabase

from api.lock import held
from graph.stores.neo4j.address import Address
from tests.api.cli.command import palimpsest, refused, server_settings


def test_a_new_file_is_made_once(tmp_path: Path) -> None:
    store = str(tmp_path / "memory.db")
    first, second = palimpsest("migrate", store=store), palimpsest("migrate", store=store)
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert first.stdout.startswith("Made the schema, version ")
    assert second.stdout.startswith("Nothing to do: the schema is version ")
    assert store in first.stdout


def test_a_file_that_a_service_holds_is_left_alone(tmp_path: Path) -> None:
    with held(tmp_path / "memory.db", "serve", 0):
        assert "palimpsest serve" in refused(palimpsest("migrate", store=str(tmp_path / "memory.db")), 1)


def test_a_database_without_the_schema_gets_it_once(neo4j: Address) -> None:
    forget_schema(neo4j)
    settings = server_settings(neo4j)
    first, second = palimpsest("migrate", **settings), palimpsest("migrate", **settings)
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert first.stdout.startswith("Made the schema, version ")
    assert second.stdout.startswith("Nothing to do: the schema is version ")
    assert neo4j.uri in first.stdout


def forget_schema(address: Address) -> None:
    """As in a database whose indexes are made but whose migration did not come to its end."""
    with GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver:
        driver.execute_query("MATCH (s:Schema {name: 'palimpsest'}) DELETE s", database_=address.database)
