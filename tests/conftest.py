"""What all tests share: one Neo4j server for the whole run, and that CI skips nothing."""

import os
from collections.abc import Generator, Iterator

import pytest

from graph.stores.neo4j.address import Address
from tests.servers.neo4j import Emptied, emptied


def pytest_xdist_auto_num_workers() -> int:
    """Each process has a Neo4j of its own, so not where one is given; more than four would want more memory than it is worth."""
    return 0 if os.environ.get("NEO4J_URI") else min(os.cpu_count() or 1, 4)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if os.environ.get("CI") and (why := _why_skipped(report)):
        report.outcome, report.longrepr = "failed", f"CI skips nothing. {why}"
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for why in sorted({_why_skipped(report) for report in terminalreporter.getreports("skipped")}):
        terminalreporter.write_line(why, yellow=True)


def _why_skipped(report: pytest.TestReport) -> str:
    return report.longrepr[2].removeprefix("Skipped: ") if report.skipped and isinstance(report.longrepr, tuple) else ""


@pytest.fixture(scope="session")
def neo4j_server() -> Iterator[Emptied]:
    with emptied() as server:
        yield server


@pytest.fixture
def neo4j(neo4j_server: Emptied) -> Address:
    """The address of an empty database that has the schema, or gets it from the first store that is opened."""
    neo4j_server.empty()
    return neo4j_server.address
