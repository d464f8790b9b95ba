"""The one boundary where SQLite's errors become ours."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import BadInput, Conflict, PalimpsestError, StoreBusy, StoreUnavailable

_WHAT_TO_DO = {
    sqlite3.SQLITE_FULL: ("the disk is full", "Free some space, then do the same again; what was kept before stays."),
    sqlite3.SQLITE_READONLY: ("it cannot be written", "Give this user the right to write the file and its folder."),
    sqlite3.SQLITE_PERM: ("it cannot be written", "Give this user the right to write the file and its folder."),
    sqlite3.SQLITE_CANTOPEN: (
        "it cannot be opened",
        "Give this user the right to write the file and its folder, or choose another: --store PATH.",
    ),
    sqlite3.SQLITE_NOTADB: ("it is not a database", "Choose another file: --store PATH."),
    sqlite3.SQLITE_CORRUPT: ("it is damaged", "Restore it from a backup, or recover it with the sqlite3 shell's .recover."),
    sqlite3.SQLITE_IOERR: ("reading or writing it failed", "Check the disk; the file must be on a local file system."),
    sqlite3.SQLITE_NOMEM: ("there is not enough memory", "Give the process more memory."),
}
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raises what SQLite raises as one of `graph.errors`, naming the file."""
    try:
        yield
    except sqlite3.Error as error:
        raise fault(error, path) from error
    except UnicodeEncodeError as error:
        raise BadInput(f"{error.object[:40]!r} is not well-formed Unicode", hint="Leave out unpaired surrogates.") from error


def fault(error: sqlite3.Error, path: Path) -> PalimpsestError:
    """Our error for one of SQLite's."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _BUSY:
        return StoreBusy(f"{str(path)!r} is being written by another process", hint="Try again, or end the other process.")
    if isinstance(error, sqlite3.IntegrityError):
        return Conflict(f"a record of this id or key is there already ({error})", hint="Read the present state and try again.")
    if code == sqlite3.SQLITE_TOOBIG or isinstance(error, sqlite3.DataError):
        return BadInput("a value is larger than the store can hold", hint="Send it in parts.")
    what, hint = _WHAT_TO_DO.get(code, (str(error), "Run `palimpsest doctor`."))
    return StoreUnavailable(f"the store {str(path)!r} cannot be used: {what}", hint=hint)
