"""`palimpsest doctor`: what this installation and its store look like, and what to do about what is wrong."""

import os
import platform
import shutil
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from api.cli import options
from api.cli.backlog import backlog
from api.cli.checkup import server_findings
from api.cli.findings import Finding, State, print_findings, wrong
from api.cli.reach import reading
from api.cli.show import numbered
from api.embedder import embedder_of
from api.lock import holder
from api.place import store_file
from api.settings import Settings, read_settings
from api.wiring import open_store
from extractors.embed import WordLlama
from extractors.local import nlp
from graph.errors import PalimpsestError
from graph.ontology import load_ontology
from graph.stores.embedded.engine import ENGINE, several_writers_safe

DOCUMENT = "{ service { version store extractor embedder ready } groups(first: 500) { nodes { name } pageInfo { hasNextPage } } }"
LOW_DISK = 1 << 30
GIB = 1 << 30
MIB = 1 << 20


async def doctor(*, store: options.Store = None) -> int:
    """Check versions, models, settings, the store and the disk. Exits with 1 where something is wrong."""
    settings = read_settings(os.environ, store=store)
    path = store_file(settings)
    findings = [
        Finding(
            "version",
            State.OK,
            f"palimpsest {version('palimpsest')}, Python {platform.python_version()}, {platform.system()} {platform.machine()}",
        ),
        _tried("language model", lambda: "{lang}_{name} {version}".format(**nlp.load().meta)),
        await _embedder(settings),
        _tried("ontology", lambda: _ontology(settings)),
        *((_engine(), *await _store(settings, path), _disk(path)) if path else await server_findings(settings)),
    ]
    print_findings(findings)
    return 1 if any(finding.state is State.WRONG for finding in findings) else 0


async def _embedder(settings: Settings) -> Finding:
    embedder = embedder_of(settings, WordLlama())
    try:
        await embedder.embed(["a test"])
    except PalimpsestError as error:
        return wrong("embedder", error)
    finally:
        await embedder.close()
    return Finding("embedder", State.OK, f"{embedder.name}, {embedder.dimension} dimensions")


def _engine() -> Finding:
    if several_writers_safe():
        return Finding("engine", State.OK, ENGINE)
    advice = (
        "One writing process a file is safe, and the lock sees to it; do not point other programs at the file while the service writes."
    )
    return Finding("engine", State.NOTE, f"{ENGINE}, older than 3.51.3: two processes that write one file could damage it", advice)


def _ontology(settings: Settings) -> str:
    ontology = load_ontology(Path(settings.ontology) if settings.ontology else None)
    return f"{len(ontology.types)} types, {len(ontology.relations)} relations{f', with {settings.ontology}' if settings.ontology else ''}"


def _tried(about: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(about, State.OK, check())
    except PalimpsestError as error:
        return wrong(about, error)


async def _store(settings: Settings, path: Path) -> list[Finding]:
    if not path.exists():
        return [Finding("store", State.NOTE, f"{path} is not there yet", "palimpsest serve --demo or palimpsest remember makes it.")]
    try:
        async with reading(settings) as channel:
            data = await channel.execute(DOCUMENT, {})
        async with open_store(settings) as opened:
            found = await backlog(settings, opened)
    except PalimpsestError as error:
        return [wrong("store", error)]
    count, more = len(data["groups"]["nodes"]), data["groups"]["pageInfo"]["hasNextPage"]
    groups = f"{count}+ groups" if more else numbered(count, "group")
    held_by = holder(path)
    held = f", held by process {held_by.pid}{f' at {held_by.url}' if held_by.url else ''}" if held_by else ""
    state = State.OK if data["service"]["ready"] else State.WRONG
    return [Finding("store", state, f"{path}, {_size(path) / MIB:.1f} MiB, {groups}{held}"), *found]


def _size(path: Path) -> int:
    """Of the file and what was written to it since its last checkpoint (the WAL)."""
    wal = path.with_name(f"{path.name}-wal")
    return path.stat().st_size + (wal.stat().st_size if wal.exists() else 0)


def _disk(path: Path) -> Finding:
    folder = path.resolve().parent
    if not folder.is_dir():
        return Finding("disk", State.WRONG, f"the folder {folder} is not there", "Make it, or name another file: --store PATH.")
    free = shutil.disk_usage(folder).free
    words = f"{free / GIB:.1f} GiB free in {folder}"
    if free < LOW_DISK:
        return Finding("disk", State.WRONG, words, "Make room: writes are refused when the disk is full.")
    return Finding("disk", State.OK, words)
