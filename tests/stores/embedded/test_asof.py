"""SQLite decides as Python does what is believed and what holds."""

# ruff: noqa: S608 - what is put together here are constants

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.asof import BELIEVED, HOLDS, asked
from graph.model import Fact
from graph.stores.embedded.queries.facts import BELIEVED as BELIEVED_SQL
from graph.stores.embedded.queries.facts import HOLDS as HOLDS_SQL
from graph.time import AsOf, to_micros
from tests.graph.test_asof import facts, instants

COLUMNS = ("created_at", "retracted_from", "valid_at", "valid_until", "expired_from")


@pytest.fixture(scope="module")
def db() -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(":memory:")
    opened.execute(f"CREATE TABLE fact (n INTEGER, {', '.join(COLUMNS)})")
    yield opened
    opened.close()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(facts(), min_size=1, max_size=20), instants())
def test_sql_decides_as_python_does(db: sqlite3.Connection, rows: list[Fact], at: AsOf) -> None:
    db.execute("DELETE FROM fact")
    written = [(n, *(to_micros(getattr(row, column)) for column in COLUMNS)) for n, row in enumerate(rows)]
    db.executemany("INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?)", written)
    params = {"valid": to_micros(at.valid), "known": to_micros(at.known)}
    found = db.execute(f"SELECT {BELIEVED_SQL}, {HOLDS_SQL} FROM fact f ORDER BY n", params).fetchall()
    assert [(bool(believed), bool(holds)) for believed, holds in found] == [(asked(BELIEVED)(r, at), asked(HOLDS)(r, at)) for r in rows]
