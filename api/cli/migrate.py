"""`palimpsest migrate`: brings a store to the schema of this version."""

import os

from api.cli import options
from api.cli.reach import claimed
from api.cli.show import out
from api.place import place, store_file
from api.settings import read_settings
from api.wiring import store_of
from graph.stores.base import Migrated


async def migrate(*, store: options.Store = None) -> None:
    """Make what the store needs, or bring it up to date. `serve` and `work` do the same when they start; twice is as once."""
    settings = read_settings(os.environ, store=store)
    with claimed(store_file(settings), "migrate"):
        opened = store_of(settings)
        done = await opened.open()
        await opened.close()
    out().print(f"{_told(done)} (store: {place(settings)})", markup=False, soft_wrap=True)


def _told(done: Migrated) -> str:
    if done.found == 0:
        return f"Made the schema, version {done.reached}."
    if done.found < done.reached:
        return f"Brought the schema from version {done.found} to {done.reached}."
    return f"Nothing to do: the schema is version {done.reached}."
