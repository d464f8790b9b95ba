"""No statement reads a whole table, whatever is in it: the plan of each is looked at, on an empty file and on one with statistics."""

import asyncio
import importlib
import pkgutil
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from graph.stores.embedded import EmbeddedStore, queries
from graph.stores.embedded.queries import tokens
from tests.stores.builders import Writer, assertion, day, entity, fact

WHOLE_BY_INTENT = {"groups.KEYS", "concordance.EPISODES", "concordance.FACTS", "concordance.VERSIONS"}
VERBS = ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")


def statements() -> Iterator[tuple[str, str]]:
    for module in pkgutil.iter_modules(queries.__path__):
        for name, value in vars(importlib.import_module(f"{queries.__name__}.{module.name}")).items():
            if name.startswith("_") or not name.isupper():
                continue
            for key, text in texts(value):
                if text.lstrip().startswith(VERBS):
                    yield f"{module.name}.{name}{key or ''}", text


def texts(value: Any) -> Iterable[tuple[Any, str]]:
    return value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, tuple) else [("", value)]


STATEMENTS = dict(statements())


@pytest.fixture(scope="module", params=["empty", "analysed"])
def database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("plans") / "store.db"
    asyncio.run(fill(path, 20 if request.param == "analysed" else 0))
    with closing(sqlite3.connect(path)) as db:
        db.create_function("folded", 1, str.casefold)
        for statement in tokens.DESK:
            db.execute(statement)
        if request.param == "analysed":
            db.execute("ANALYZE")
        yield db


async def fill(path: Path, groups: int) -> None:
    store = EmbeddedStore(path)
    await store.open()
    for group in range(groups):
        writer = Writer(store, f"g{group}")
        for session in range(3):
            await writer.keep("a", "b", "c", session=f"s{session}")
        await writer.apply(1, entities=[entity(f"e{n}", day(1)) for n in range(12)])
        told = [assertion(f"a{n}", "e1", "knows", f"e{n}", day(2)) for n in range(12)]
        made = [fact(f"f{n}", "e1", "knows", f"e{n}", day(2), key=str(n), assertions=(f"a{n}",)) for n in range(12)]
        await writer.apply(2, assertions=told, facts=made)
    await store.close()


@pytest.mark.parametrize("name", STATEMENTS)
def test_no_statement_scans_a_table(database: sqlite3.Connection, name: str) -> None:
    text = STATEMENTS[name]
    params = dict.fromkeys(re.findall(r":(\w+)", text))
    tables = {table for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    aliases = {alias for table, alias in re.findall(r"(?:FROM|JOIN)\s+(\w+)(?:\s+(?:AS\s+)?(\w+))?", text) if table in tables}
    plan = [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {text}", params)]
    scanned = [
        step for step in plan if (match := re.match(r"SCAN (\w+)", step)) and match[1] in tables | aliases and "VIRTUAL TABLE" not in step
    ]
    assert not scanned or name in WHOLE_BY_INTENT, plan
    assert not any("BLOOM" in step for step in plan), plan


def test_every_statement_is_looked_at() -> None:
    assert len(STATEMENTS) > 100
