"""Results as a table to read and as JSON to keep."""

import json
import os
import platform
import resource
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

RESULTS = Path(__file__).parent / "results"
CONSOLE = Console()


def peak_megabytes() -> float:
    """The most memory this process has held so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / 2**20 if sys.platform == "darwin" else peak / 2**10, 1)


def show(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Prints a table; the first column is text, the others are numbers."""
    table = Table(title=title, title_justify="left")
    for place, column in enumerate(columns):
        table.add_column(column, justify="left" if place == 0 else "right")
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    CONSOLE.print(table)


def _cell(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) and value < 10 else f"{value:.1f}" if isinstance(value, float) else str(value)


def save(name: str, results: Mapping[str, Any], folder: Path = RESULTS) -> Path:
    """Writes the results, with the machine they are from, and returns the file."""
    folder.mkdir(exist_ok=True)
    file = folder / f"{name}.json"
    machine = {"python": platform.python_version(), "system": platform.system(), "cores": os.cpu_count()}
    document = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine, **results}
    file.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    CONSOLE.print(f"Written to bench/results/{file.name}")
    return file
