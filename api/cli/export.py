"""`palimpsest export`: a group as JSON lines, to keep or to move to another store."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO

from cyclopts import Parameter

from api.cli import options
from api.cli.groups import MOST, unknown_group
from api.cli.reach import existing
from api.cli.show import numbered, progress
from api.settings import read_settings
from api.wiring import open_store
from graph.archive import written
from graph.errors import BadInput, StoreUnavailable
from graph.export import archived
from graph.stores.base import Store
from graph.views import Page


async def export(
    group: Annotated[str, Parameter(help="Whose memory it is.")],
    *,
    out: Annotated[Path | None, Parameter(help="The file to write, which must be new. Default: standard output.")] = None,
    store: options.Store = None,
) -> None:
    """Write all of a group as JSON lines: what was said, what is and was believed, the log. A service may run meanwhile."""
    settings = read_settings(os.environ, store=store)
    existing(settings)
    async with open_store(settings) as opened:
        if await opened.group(group) is None:
            raise unknown_group(group, [found.name for found in (await opened.groups(Page(MOST))).items])
        with _to(out) as target:
            lines = await _write(opened, group, target)
    progress().print(f"Exported {group!r}: {numbered(lines, 'line')}.", markup=False)


async def _write(store: Store, group: str, target: BinaryIO) -> int:
    lines = 0
    with progress().status("exporting") as status:
        async for line in archived(store, group):
            target.write(written(line))
            lines += 1
            if lines % 1_000 == 0:
                status.update(f"exporting: {lines:,} lines")
    return lines


@contextmanager
def _to(file: Path | None) -> Iterator[BinaryIO]:
    """The file appears whole, when all is written, or not at all."""
    if file is None:
        yield sys.stdout.buffer
        return
    if file.exists():
        raise BadInput(f"{str(file)!r} is there already", hint="Name a new file.")
    part = file.with_name(file.name + ".part")
    try:
        with part.open("wb") as target:
            yield target
        part.replace(file)
    except OSError as error:
        raise StoreUnavailable(f"{str(file)!r} cannot be written: {error.strerror}", hint="Choose another place.") from error
    finally:
        part.unlink(missing_ok=True)
