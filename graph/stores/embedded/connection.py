"""The file's connections: one writer on a thread of its own, and a few readers that can only read."""

import asyncio
import logging
import os
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from graph.errors import StoreUnavailable
from graph.stores.base import Migrated
from graph.stores.embedded.faults import translated
from graph.stores.embedded.migrations import LATEST, migrate, require_engine, require_ours, version_of

P = ParamSpec("P")
T = TypeVar("T")

BUSY_SECONDS = 5.0
PATIENT_SECONDS = 900.0
"""While another process converts an earlier file: minutes, where it is a big one."""
# A checkpoint stalls a write for tens of milliseconds; every 8,000 pages keeps that rare and the log near 32 MB.
CHECKPOINT_PAGES = 8_000
# A search looks at a thousand records, which stand far apart in a big group.
READER_KIBIBYTES = 16 * 1024
PAUSES = (0.05, 0.2, 0.8)
"""Seconds between attempts at emptying the log, which readers stand in the way of."""

log = logging.getLogger("palimpsest")


class Database:
    """Runs functions of a connection in threads: `write` in one transaction each, `read` on one snapshot each."""

    def __init__(self, path: Path, readers: int) -> None:
        self.path = path
        self._readers = readers
        self._threads: tuple[ThreadPoolExecutor, ThreadPoolExecutor] | None = None
        self._writer: sqlite3.Connection | None = None
        self._local = threading.local()
        self._made: list[sqlite3.Connection] = []

    async def open(self) -> Migrated:
        """Raises StoreUnavailable, naming the path, where the file cannot be opened, made or migrated."""
        if self._threads is not None:
            return Migrated(LATEST, LATEST)
        threads = ThreadPoolExecutor(1, "store-writer"), ThreadPoolExecutor(self._readers, "store-reader")
        try:
            self._writer, found = await asyncio.get_running_loop().run_in_executor(threads[0], self._open_writer)
        except BaseException:
            for pool in threads:
                pool.shutdown(wait=False)
            raise
        self._threads = threads
        self._local = threading.local()
        return Migrated(found, LATEST)

    async def close(self) -> None:
        """Waits for what is under way. Closing twice is once."""
        if self._threads is not None:
            threads, self._threads = self._threads, None
            await asyncio.to_thread(self._close, threads)

    async def read(self, work: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        def run() -> T:
            with translated(self.path):
                return _in_transaction(self._reader(), "BEGIN", lambda db: work(db, *args, **kwargs))

        return await asyncio.get_running_loop().run_in_executor(self._pools()[1], run)

    async def write(self, work: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """All that `work` does, or nothing. Raises StoreBusy where another process writes for longer than five seconds."""

        def run() -> T:
            assert self._writer is not None  # noqa: S101 - open() made it before there was a pool to run this
            with translated(self.path):
                return _in_transaction(self._writer, "BEGIN IMMEDIATE", lambda db: work(db, *args, **kwargs))

        return await asyncio.get_running_loop().run_in_executor(self._pools()[0], run)

    async def truncate_log(self) -> None:
        """Brings all that was written from the write-ahead log into the file, and empties the log, which holds pages as they were.

        Where readers of other processes stand in the way for long, it is said in our log, and the next one to close the file does it.
        """
        for pause in PAUSES:
            if await asyncio.get_running_loop().run_in_executor(self._pools()[0], self._truncate):
                return
            await asyncio.sleep(pause)
        log.warning("%s-wal still holds pages as they were: another process reads the file. End it, or wait until it ends.", self.path)

    def _truncate(self) -> bool:
        assert self._writer is not None  # noqa: S101 - as in write()
        with translated(self.path):
            self._writer.execute("PRAGMA busy_timeout = 0")  # nobody else's write waits behind it
            try:
                busy, _, _ = self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                self._writer.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")
        return not busy

    async def check(self) -> None:
        """Raises StoreUnavailable unless the file is there, answers and has the schema this code knows."""
        if not await asyncio.to_thread(self.path.exists):
            raise StoreUnavailable(f"the store {str(self.path)!r} is gone", hint="Restore the file, and start again.")
        version = await self.read(version_of)
        if version != LATEST:
            raise StoreUnavailable(
                f"the store {str(self.path)!r} has schema {version}, and this process knows {LATEST}", hint="Restart with one version."
            )

    def _pools(self) -> tuple[ThreadPoolExecutor, ThreadPoolExecutor]:
        if self._threads is None:
            raise StoreUnavailable(f"the store {str(self.path)!r} is not open", hint="Open it first.")
        return self._threads

    def _reader(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = self._local.connection = _connect(f"{self.path.absolute().as_uri()}?mode=rw")
            found.execute("PRAGMA wal_autocheckpoint = 0")
            found.execute("PRAGMA query_only = ON")
            found.execute(f"PRAGMA cache_size = -{READER_KIBIBYTES}")
            self._made.append(found)
        return found

    def _open_writer(self) -> tuple[sqlite3.Connection, int]:
        """The connection, and the version of the schema that the file was found with."""
        _require_place(self.path)
        with translated(self.path):
            db = _connect(self.path)
            try:
                found = _prepare(db, self.path)
            except BaseException:
                db.close()
                raise
            return db, found

    def _close(self, threads: tuple[ThreadPoolExecutor, ThreadPoolExecutor]) -> None:
        for pool in threads:
            pool.shutdown(wait=True)
        with translated(self.path):
            while self._made:
                self._made.pop().close()
            if self._writer is not None:
                self._writer.close()
                self._writer = None


def _in_transaction(db: sqlite3.Connection, begin: str, work: Callable[[sqlite3.Connection], T]) -> T:
    db.execute(begin)
    try:
        done = work(db)
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            # SQLite has rolled back by itself where the disk is full; that error is the one to tell.
            with suppress(sqlite3.OperationalError):
                db.execute("ROLLBACK")
        raise
    return done


def _connect(place: Path | str) -> sqlite3.Connection:
    """`place` is a path, or a URI (which, unlike a path, can say that a file is not to be made)."""
    uri = isinstance(place, str)
    db = sqlite3.connect(place, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=256, check_same_thread=False, uri=uri)
    db.create_function("folded", 1, _folded, deterministic=True)
    return db


def _folded(text: str | None) -> str | None:
    return None if text is None else text.casefold()


def _prepare(db: sqlite3.Connection, path: Path) -> int:
    has_fts5 = bool(db.execute("SELECT count(*) FROM pragma_module_list WHERE name = 'fts5'").fetchone()[0])
    require_engine(sqlite3.sqlite_version_info, has_fts5)
    require_ours(db, path)
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA secure_delete = ON")
    mode = db.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if mode != "wal":
        raise StoreUnavailable(
            f"{str(path)!r} is on a file system without shared memory", hint="Put the store on a local disk: --store PATH."
        )
    db.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    found = version_of(db)
    db.execute(f"PRAGMA busy_timeout = {PATIENT_SECONDS * 1000:.0f}")
    try:
        migrate(db)
    finally:
        db.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")
    return found


def _require_place(path: Path) -> None:
    if path.is_dir():
        raise StoreUnavailable(f"{str(path)!r} is a folder, not a file", hint="Name a file in it: --store PATH.")
    if not path.parent.is_dir():
        raise StoreUnavailable(
            f"the folder of {str(path)!r} does not exist", hint="Create the folder, or choose another file: --store PATH."
        )
    if not all(os.access(place, os.W_OK) for place in (path.parent, path) if place.exists()):
        raise StoreUnavailable(f"{str(path)!r} cannot be written", hint="Give this user the right to write the file and its folder.")
