"""`palimpsest import`: a group from the lines that `palimpsest export` wrote."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO

from cyclopts import Parameter
from rich.progress import Progress

from api.cli import options
from api.cli.reach import claimed
from api.cli.show import out, progress, told_counts
from api.embedder import embedder_of
from api.place import store_file
from api.settings import read_settings
from api.wiring import open_store
from extractors.embed import WordLlama
from graph.archive import parsed
from graph.errors import BadInput
from graph.gather import Archive, gathered
from graph.restore import restore as restore_group
from graph.restore import steps
from graph.space import space_of
from graph.stores.base import Store


async def restore(
    file: Annotated[Path | None, Parameter(help="What `palimpsest export` wrote. Default: standard input.")] = None,
    /,
    *,
    group: Annotated[str | None, Parameter(help="Another name for the group.")] = None,
    store: options.Store = None,
) -> None:
    """Make a group of the lines in FILE. All are checked first; an import that was interrupted goes on when it is repeated."""
    settings = read_settings(os.environ, store=store)
    with _from(file) as source:
        lines = (parsed(line, number) for number, line in enumerate(source, start=1))
        archive = gathered(lines, group, space_of(embedder_of(settings, WordLlama())))
    with claimed(store_file(settings), "import"):
        async with open_store(settings) as opened:
            await _restore(opened, archive)
    told = told_counts(len(archive.episodes), len(archive.entities), len(archive.facts))
    out().print(f"Imported {archive.head.name!r}: {told}.", markup=False)


async def _restore(store: Store, archive: Archive) -> None:
    with Progress(console=progress(), transient=True, disable=not progress().is_terminal) as bar:
        task = bar.add_task("importing", total=steps(archive))
        await restore_group(store, archive, lambda: bar.advance(task))


@contextmanager
def _from(file: Path | None) -> Iterator[BinaryIO]:
    if file is None:
        yield sys.stdin.buffer
        return
    try:
        with file.open("rb") as source:
            yield source
    except OSError as error:
        raise BadInput(f"{str(file)!r} cannot be read: {error.strerror}", hint="Name a file that `palimpsest export` wrote.") from error
