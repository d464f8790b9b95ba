"""What `palimpsest doctor` looks at on a Neo4j server. It changes nothing there."""

import time
from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING

from api.cli.backlog import backlog
from api.cli.findings import Finding, State, wrong
from api.cli.show import numbered
from api.place import place
from api.settings import Settings
from api.wiring import neo4j_store
from graph.errors import PalimpsestError

if TYPE_CHECKING:
    from graph.stores.neo4j import Neo4jStore
    from graph.stores.neo4j.report import Report

READS = 5
SLOW = 0.1
"""Seconds for one short read, above which everything that stands on it is slow."""
REMAKE = (
    "The server's log says why. Drop them (DROP INDEX name), delete the Schema node, and run palimpsest migrate: it makes what is missing."
)
MIGRATE = "Run palimpsest migrate; serve and work do the same when they start."


async def server_findings(settings: Settings) -> Sequence[Finding]:
    store = neo4j_store(settings)
    try:
        await store.connect()
    except PalimpsestError as error:
        return [wrong("store", error)]
    try:
        report = await store.report()
        found = [_server(settings, report), _schema(report)]
        return [*found, await _latency(store), *await backlog(settings, store)] if report.is_migrated else found
    except PalimpsestError as error:
        return [wrong("store", error)]
    finally:
        await store.close()


def _server(settings: Settings, report: "Report") -> Finding:
    return Finding(
        "store", State.OK, f"{report.server} at {place(settings)}, user {settings.neo4j_user}, {numbered(report.groups, 'group')}"
    )


def _schema(report: "Report") -> Finding:
    words = f"version {report.schema} of {report.latest}, {report.indexes} indexes"
    if report.schema > report.latest:
        return Finding("schema", State.WRONG, words, "A newer Palimpsest made it: upgrade this one.")
    if not report.is_migrated:
        return Finding("schema", State.NOTE if report.schema == 0 else State.WRONG, words, MIGRATE)
    if report.failed:
        return Finding("schema", State.WRONG, f"{words}, failed: {', '.join(report.failed)}", REMAKE)
    if report.building:
        return Finding("schema", State.NOTE, f"{words}, being built: {', '.join(report.building)}", "Wait: until then searches miss facts.")
    return Finding("schema", State.OK, f"{words}, all online")


async def _latency(store: "Neo4jStore") -> Finding:
    """Of the short read that every readiness probe makes."""
    seconds = [await _timed(store) for _ in range(READS)]
    words = f"{median(seconds) * 1000:.1f} ms for a short read"
    if median(seconds) > SLOW:
        return Finding("latency", State.NOTE, words, "Run Palimpsest nearer to the server, or give the server more memory.")
    return Finding("latency", State.OK, words)


async def _timed(store: "Neo4jStore") -> float:
    begun = time.perf_counter()
    await store.check()
    return time.perf_counter() - begun
