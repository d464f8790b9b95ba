"""Which SQLite this process runs on, and what follows from it."""

import sqlite3

ENGINE = f"SQLite {sqlite3.sqlite_version}"
RACE_FIXED = (3, 51, 3)


def several_writers_safe(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Whether two processes may write one file: before 3.51.3, one that checkpoints while another writes can corrupt it."""
    return version >= RACE_FIXED
