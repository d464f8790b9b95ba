"""One writer a store: a lock file beside it that says who writes and, for a service, where it answers."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from graph.errors import StoreBusy, StoreUnavailable

POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that holds a store. `url` is where it answers; None for a command, and for a service that still starts."""

    pid: int
    command: str
    url: str | None = None


class StoreLock:
    """A held lock. The system frees it when the process ends, however it ends."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def describe(self, command: str, url: str | None = None) -> None:
        """Writes down who holds the store, for those who find it locked."""
        self._file.seek(0)
        self._file.truncate()
        self._file.write(json.dumps(asdict(Holder(os.getpid(), command, url))))
        self._file.flush()

    def release(self) -> None:
        self._file.seek(0)
        self._file.truncate()
        self._file.close()


def lock_path(store: Path) -> Path:
    path = store.resolve()
    return path.with_name(path.name + ".lock")


def take(store: Path, command: str) -> StoreLock | None:
    """The lock of `store`, or None where another process holds it. Raises StoreUnavailable where none can be made."""
    file = _opened(store)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    lock = StoreLock(file)
    lock.describe(command)
    return lock


@contextmanager
def held(store: Path, command: str, patience: float) -> Iterator[StoreLock]:
    """Holds the lock of `store`, waiting up to `patience` seconds for it. Raises StoreBusy naming the process that has it."""
    deadline = time.monotonic() + patience
    while (lock := take(store, command)) is None:
        if time.monotonic() >= deadline:
            raise busy(store)
        time.sleep(POLL_SECONDS)
    try:
        yield lock
    finally:
        lock.release()


def holder(store: Path) -> Holder | None:
    """Who holds `store` now; None when nobody does."""
    try:
        file = lock_path(store).open()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreUnavailable(
            f"{str(lock_path(store))!r}, which says who uses the store, cannot be read: {error.strerror}",
            hint="Give this user the right to read and write the store's folder, or choose another: --store PATH.",
        ) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return _described(file.read())
    return None


def busy(store: Path) -> StoreBusy:
    """The error to raise where another process holds `store`."""
    by = holder(store)
    who = f"by process {by.pid} (palimpsest {by.command})" if by and by.pid else "by another process"
    hint = f"It answers at {by.url}; end it first, or use --store for another file." if by and by.url else "Wait for it to end, or end it."
    return StoreBusy(f"{str(store)!r} is in use {who}", hint=hint)


def _opened(store: Path) -> IO[str]:
    try:
        return os.fdopen(os.open(lock_path(store), os.O_RDWR | os.O_CREAT, 0o600), "r+")
    except OSError as error:
        raise StoreUnavailable(
            f"{str(store)!r} cannot be opened: {error.strerror}", hint="Choose a file in a folder you can write to: --store PATH."
        ) from error


def _described(text: str) -> Holder:
    try:
        return Holder(**json.loads(text))
    except (ValueError, TypeError):
        return Holder(0, "")
