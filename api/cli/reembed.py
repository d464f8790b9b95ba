"""`palimpsest reembed`: a group's vectors made anew by the embedder of the settings."""

import os
from typing import Annotated

from cyclopts import Parameter
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from api.cli import options
from api.cli.ontology import every_group
from api.cli.reach import claimed, existing
from api.cli.show import numbered, out, progress
from api.place import store_file
from api.settings import read_settings
from api.wiring import open_memory
from graph.errors import BadInput
from graph.memory import Memory


async def reembed(
    group: Annotated[str | None, Parameter(help="The group to embed anew.")] = None,
    /,
    *,
    all_groups: Annotated[bool, Parameter(name="--all", negative="", help="Every group of the store.")] = False,
    store: options.Store = None,
) -> None:
    """Make the vectors of GROUP those of PALIMPSEST_EMBEDDER. The old ones answer until all are made; what was interrupted goes on."""
    if (group is None) != all_groups:
        raise BadInput("one group is wanted, or --all", hint="palimpsest reembed GROUP")
    settings = read_settings(os.environ, store=store)
    existing(settings)
    with claimed(store_file(settings), "reembed"):
        async with open_memory(settings) as memory:
            names = [group] if group is not None else [name async for name in every_group(memory.parts.store)]
            for name in names:
                made = await _reembed(memory, name)
                told = f"{numbered(made, 'vector')} of {memory.parts.embedder.name}" if made else "nothing to do"
                out().print(f"{name!r}: {told}.", markup=False, soft_wrap=True)


async def _reembed(memory: Memory, group: str) -> int:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=progress(), transient=True, disable=not progress().is_terminal) as bar:
        task = bar.add_task(f"embedding {group!r}", total=None)
        return await memory.reembed(group, lambda done, total: bar.update(task, completed=done, total=total))
