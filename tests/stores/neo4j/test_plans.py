"""No statement reads more than it needs, whatever is there: the plan of each is looked at, on an empty database and on one with records.

A statement is a public constant of a module in `queries`, or an item of one, that begins with a clause and returns something. What
names its answer (`RETURN ... AS name`) is a part of others and seen there.
"""

import asyncio
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from neo4j import Driver, GraphDatabase

from graph.stores.neo4j import Address, Neo4jStore, queries
from tests.servers.neo4j import Emptied

CLAUSES = ("MATCH", "OPTIONAL", "UNWIND", "CALL", "MERGE", "CREATE", "WITH", "RETURN", "SHOW", "CYPHER")
PART = re.compile(r" AS \w+$")
OF_THE_SCHEMA = ("schema.", "foreign.", "report.INDEXES")
# Those of the schema, and parts of others' statements.
WITHOUT_STATEMENTS = {"schema", "foreign", "caseless", "clocks", "walks"}
WHOLE_BY_INTENT = {"report.GROUPS"}
# An end of these has few: a version its names, an episode the next. Any other expand grows with an entity or a session.
BOUNDED_TYPES = {"OF", "NEXT_EPISODE"}
RECORDS = 400


def statements() -> Iterator[tuple[str, str]]:
    for module in pkgutil.iter_modules(queries.__path__):
        for name, value in vars(importlib.import_module(f"{queries.__name__}.{module.name}")).items():
            if name.isupper() and not name.startswith("_") and not f"{module.name}.{name}".startswith(OF_THE_SCHEMA):
                yield from ((f"{module.name}.{name}{key}", text) for key, text in texts(value) if is_statement(text))


def texts(value: Any) -> Iterator[tuple[str, str]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, tuple) else [("", value)]
    return ((f"{key}", text.strip()) for key, text in items if isinstance(text, str))


def is_statement(text: str) -> bool:
    return text.startswith(CLAUSES) and "RETURN" in text and not PART.search(text)


STATEMENTS = dict(statements())


@pytest.fixture(scope="module")
def driver(neo4j_server: Emptied) -> Iterator[Driver]:
    address = neo4j_server.address
    with GraphDatabase.driver(address.uri, auth=(address.user, address.password), notifications_min_severity="OFF") as opened:
        yield opened


@pytest.fixture(scope="module", params=["empty", "filled"])
def planner(request: pytest.FixtureRequest, neo4j_server: Emptied, driver: Driver) -> Driver:
    neo4j_server.empty()
    asyncio.run(migrate(neo4j_server.address))
    if request.param == "filled":
        fill(driver)
    driver.execute_query("CALL db.awaitIndexes(60)")
    driver.execute_query("CALL db.clearQueryCaches()")
    return driver


async def migrate(address: Address) -> None:
    store = Neo4jStore(address)
    await store.open()
    await store.close()


def fill(driver: Driver) -> None:
    """Records of every label and type, with every property that an index holds."""
    columns: dict[tuple[str, str], set[str]] = {}
    for kind, names, properties in driver.execute_query(
        "SHOW INDEXES YIELD type, entityType, labelsOrTypes, properties WHERE type = 'RANGE' RETURN entityType, labelsOrTypes, properties"
    ).records:
        columns.setdefault((kind, names[0]), set()).update(properties)
    for (kind, name), properties in columns.items():
        values = ", ".join(f"{p}: toString(i)" for p in sorted(properties))
        pattern = f"(:`{name}` {{{values}}})" if kind == "NODE" else f"(:Entity)-[:`{name}` {{{values}}}]->(:Entity)"
        if name != "Schema":
            driver.execute_query(f"UNWIND range(1, {RECORDS}) AS i CREATE {pattern}")
    driver.execute_query("CALL db.resampleOutdatedIndexes()")


@pytest.mark.parametrize("name", STATEMENTS)
def test_no_statement_scans_or_expands_without_bound(planner: Driver, name: str) -> None:
    refused = [step for step in steps(plan(planner, STATEMENTS[name])) if is_unbounded(*step)]
    assert not refused or name in WHOLE_BY_INTENT, f"{name}: {refused}"


def plan(driver: Driver, statement: str) -> dict[str, Any]:
    options, rest = re.fullmatch(r"(CYPHER(?: \d+| \w+=\w+)* )?(.*)", statement, re.DOTALL).groups("")  # type: ignore[union-attr]
    found = driver.execute_query(f"{options}EXPLAIN {rest}", dict.fromkeys(re.findall(r"\$(\w+)", rest)))
    assert found.summary.plan is not None
    return found.summary.plan


def steps(node: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each operator and what it does."""
    yield node["operatorType"].split("@")[0], node["args"].get("Details", "")
    for child in node.get("children", ()):
        yield from steps(child)


def is_unbounded(operator: str, details: str) -> bool:
    """Between two known ends (Into), the one with fewer decides."""
    if "Expand" in operator and "(Into)" not in operator:
        types = re.findall(r"\[[^:\]]*:([^*\]{]*)", details)
        return (
            not types
            or not set(re.split(r"[|&]", types[0].strip())) <= BOUNDED_TYPES
            or bool(re.search(r"\*(\d+)?\.\.(?!\d)|\*\]", details))
        )
    return "Scan" in operator


@pytest.mark.parametrize(
    ("statement", "operator"),
    [
        ("MATCH (n) RETURN collect(n)", "AllNodesScan"),
        ("MATCH (n:Message) RETURN collect(n)", "NodeByLabelScan"),
        ("MATCH (n:Message) WHERE n.uuid CONTAINS $x RETURN collect(n)", "Scan"),
        ("MATCH ()-[r:RELATES_TO]->() RETURN collect(r)", "RelationshipTypeScan"),
        ("MATCH ()-[r]->() RETURN collect(r)", "AllRelationshipsScan"),
        ("MATCH (e:Entity {uuid: $x})-[r:RELATES_TO]->() RETURN collect(r)", "Expand"),
        ("MATCH (e:Entity {uuid: $x})-[r]->() RETURN collect(r)", "Expand"),
        ("MATCH (e:Episodic {uuid: $x})-[r:NEXT_EPISODE*]->() RETURN collect(r)", "VarLengthExpand"),
        ("MATCH (e:Episodic {uuid: $x})-[:NEXT_EPISODE]->{1,}(o) RETURN collect(o)", "Expand"),
        ("MATCH (e:Episodic {uuid: $x})-[:NEXT_EPISODE|MENTIONS]->(o) RETURN collect(o)", "Expand"),
    ],
)
def test_such_statements_are_refused(planner: Driver, statement: str, operator: str) -> None:
    assert any(operator in kind for kind, details in steps(plan(planner, statement)) if is_unbounded(kind, details))


@pytest.mark.parametrize(
    "statement",
    [
        "MATCH (e:Episodic {uuid: $x})-[r:NEXT_EPISODE]->() RETURN collect(r)",
        "MATCH (e:Episodic {uuid: $x})-[r:NEXT_EPISODE*1..3]->() RETURN collect(r)",
        "MATCH ()-[r:RELATES_TO]->() WHERE r.uuid = $x RETURN collect(r)",
    ],
)
def test_such_statements_are_not(planner: Driver, statement: str) -> None:
    assert not any(is_unbounded(*step) for step in steps(plan(planner, statement)))


def test_every_statement_is_looked_at() -> None:
    """Of each module in `queries`, found as a file."""
    modules = {path.stem for folder in queries.__path__ for path in Path(folder).glob("*.py")} - {"__init__"}
    assert modules - {name.split(".")[0] for name in STATEMENTS} == WITHOUT_STATEMENTS
