"""`palimpsest retry`: takes up again what was given up."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from api.cli import options
from api.cli.channel import Http
from api.cli.groups import MOST, unknown_group
from api.cli.reach import claimed, existing
from api.cli.show import numbered, out
from api.lock import holder
from api.settings import Settings, read_settings
from api.wiring import open_memory, open_store
from graph.errors import PalimpsestError
from graph.model import Work, WorkState
from graph.views import Page
from schema.ids import Kind, global_id

RETRY = "mutation Retry($id: ID!) { retryWork(id: $id) { state } }"


async def retry(
    group: Annotated[str | None, Parameter(help="Only of this group.")] = None,
    /,
    *,
    store: options.Store = None,
) -> None:
    """Learn from Work that was given up (parked): palimpsest doctor says which and why. Mend that first; what fails is parked again."""
    settings = read_settings(os.environ, store=store)
    path = existing(settings)
    works = await _parked(settings, group)
    held_by = holder(path) if path else None
    if not works:
        out().print(f"Nothing is parked{f' in the group {group!r}' if group is not None else ''}.", markup=False)
    elif held_by is not None and held_by.url:
        for work in works:
            await Http(held_by.url, settings.key).execute(RETRY, {"id": global_id(Kind.WORK, work.group, work.uuid).text})
        told = f"{numbered(len(works), 'piece')} of Work {'is' if len(works) == 1 else 'are'} queued again"
        out().print(f"{told}: the service at {held_by.url} learns from what it can.", markup=False)
    else:
        await _learn(settings, path, works)


async def _parked(settings: Settings, group: str | None) -> Sequence[Work]:
    """Raises NotFound for a group that is not there."""
    async with open_store(settings) as opened:
        if group is not None and await opened.group(group) is None:
            raise unknown_group(group, [found.name for found in (await opened.groups(Page(MOST))).items])
        return await opened.parked(group)


async def _learn(settings: Settings, path: Path | None, works: Sequence[Work]) -> None:
    """All are queued before the first is learnt from, so that those of a session keep their order."""
    with claimed(path, "retry"):
        async with open_memory(settings, sole_writer=True) as memory:
            for work in works:
                await memory.retry_work(work.group, work.uuid)
            done = [await memory.finished(work.group, work.uuid) for work in works]
    failed = [work for work in done if work.state is WorkState.PARKED]
    if len(done) > len(failed):
        out().print(f"Learnt from {numbered(len(done) - len(failed), 'piece')} of Work.", markup=False)
    if failed:
        raise PalimpsestError(
            f"could not learn from {numbered(len(failed), 'piece')} of Work, parked again: {failed[0].error}",
            hint="Mend what it says (palimpsest doctor tells more), then: palimpsest retry",
        )
