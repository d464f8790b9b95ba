"""Where the store is: files, servers, and what is neither, without ever showing a password."""

from pathlib import Path

import pytest

from api.place import place, store_file
from api.settings import Settings, read_settings
from graph.errors import BadInput

PASSWORD = "a/p@ss:w0rd"


def settings_of(store: str, password: str = PASSWORD) -> Settings:
    return read_settings({"PALIMPSEST_NEO4J_PASSWORD": password}, store=store)


@pytest.mark.parametrize("address", ["neo4j://localhost:7687", "bolt://db", "neo4j+s://db", "bolt+ssc://[::1]:7687", "NEO4J://db/"])
def test_an_address_is_a_server(address: str) -> None:
    assert store_file(settings_of(address)) is None
    assert place(settings_of(address)) == f"{address}, database neo4j"


@pytest.mark.parametrize("name", ["./here.db", "neo4j", "neo4j.db", "folder/bolt"])
def test_a_path_is_a_file(name: str) -> None:
    assert store_file(settings_of(name, password="")) == Path(name)


def test_home_is_known() -> None:
    assert store_file(settings_of("~/here.db")) == Path.home() / "here.db"


@pytest.mark.parametrize(
    ("store", "shown"),
    [
        ("http://localhost:7474", "'http://localhost:7474'"),
        ("postgres://anna:secret@db/memory", "'postgres://…@db/memory'"),
        ("neo4j://anna:se/cr@et@db:7687", "'neo4j://…@db:7687'"),
        ("bolt://anna@db", "'bolt://…@db'"),
        ("neo4j:7687", "'neo4j:7687'"),
        ("neo4j://", "'neo4j://'"),
        ("neo4j://db:99999", "'neo4j://db:99999'"),
        ("neo4j://[db", "'neo4j://[db'"),
        ("neo4j://db/memory", "'/memory'"),
        ("bolt://db/?password=secret", "'bolt://db/'"),
        ("neo4j://db#secret", "'neo4j://db'"),
    ],
)
def test_what_is_neither_is_refused_by_its_name_without_its_password(store: str, shown: str) -> None:
    with pytest.raises(BadInput) as caught:
        store_file(settings_of(store))
    assert shown in caught.value.message
    assert caught.value.hint
    assert not any(word in caught.value.message + caught.value.hint for word in ("anna", "secret", "se/cr", "et@"))


def test_a_server_wants_a_password() -> None:
    with pytest.raises(BadInput, match="PALIMPSEST_NEO4J_PASSWORD") as caught:
        store_file(settings_of("neo4j://db", password=""))
    assert "'neo4j://db'" in caught.value.message


def test_no_secret_shows_in_what_is_printed_of_the_settings() -> None:
    settings = read_settings({"PALIMPSEST_NEO4J_PASSWORD": PASSWORD, "PALIMPSEST_KEY": "the-first-admin-key"}, store="neo4j://db")
    assert PASSWORD not in repr(settings) + place(settings)
    assert "the-first-admin-key" not in repr(settings)
