"""Neo4j decides as Python does what is believed, what holds and how a fact stands."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j import Driver, GraphDatabase

from graph.asof import BELIEVED, FUTURE, HOLDS, RETRACTED, asked
from graph.model import Fact
from graph.stores.neo4j.queries import clocks
from graph.time import AsOf, to_micros
from tests.graph.test_asof import facts, instants
from tests.servers.neo4j import Emptied

PROPERTIES = {
    "created_from": "created_at",
    "retracted_from": "retracted_from",
    "valid_from": "valid_at",
    "valid_until": "valid_until",
    "expired_from": "expired_from",
}
STATEMENT = f"UNWIND $rows AS r RETURN {clocks.BELIEVED}, {clocks.HOLDS}, {clocks.RETRACTED}, {clocks.FUTURE}"


@pytest.fixture(scope="module")
def driver(neo4j_server: Emptied) -> Iterator[Driver]:
    address = neo4j_server.address
    with GraphDatabase.driver(address.uri, auth=(address.user, address.password), notifications_min_severity="OFF") as opened:
        yield opened


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(facts(), min_size=1, max_size=20), instants())
def test_cypher_decides_as_python_does(driver: Driver, rows: list[Fact], at: AsOf) -> None:
    written = [{name: to_micros(getattr(row, column)) for name, column in PROPERTIES.items()} for row in rows]
    params = {"rows": written, "valid": to_micros(at.valid), "known": to_micros(at.known)}
    found = driver.execute_query(STATEMENT, params).records
    predicates = [asked(predicate) for predicate in (BELIEVED, HOLDS, RETRACTED, FUTURE)]
    assert [list(record) for record in found] == [[predicate(row, at) for predicate in predicates] for row in rows]
