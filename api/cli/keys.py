"""`palimpsest keys`: who may reach which groups."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Literal

from cyclopts import App, Parameter
from rich.markup import escape
from rich.table import Table

from api.auth import create_key, revoke_key
from api.cli import options
from api.cli.reach import existing
from api.cli.show import out
from api.settings import read_settings
from api.wiring import open_store
from graph.access import Key, Scope
from graph.errors import BadInput
from graph.time import parse_period

keys = App(name="keys", help_format="plaintext")


@keys.command
async def create(
    *,
    group: Annotated[
        Sequence[str], Parameter(help="Patterns of the groups it reaches, such as user:* or *.", consume_multiple=True, negative="")
    ],
    scope: Annotated[Literal["read", "write", "admin"], Parameter(help="What it may do; each includes those before it.")],
    expires: Annotated[str | None, Parameter(help="Until when it works: 2027-01-31 (its first instant) or 2027-01-31T12:00:00Z.")] = None,
    store: options.Store = None,
) -> None:
    """Make a key and print it, alone on the last line. It is shown this once: only its hash is kept."""
    settings = read_settings(os.environ, store=store)
    until = _expiry(expires)
    async with open_store(settings) as opened:
        secret, key = await create_key(opened, tuple(group), Scope[scope.upper()], datetime.now(UTC), until)
    screen = out()
    screen.print(f"Key {key.id}: {scope} on {', '.join(group)}{f' until {until.isoformat()}' if until else ''}.", markup=False)
    screen.print(secret, markup=False, soft_wrap=True)


@keys.command(name="list")
async def list_all(*, store: options.Store = None) -> None:
    """List all keys, without their secrets."""
    settings = read_settings(os.environ, store=store)
    existing(settings)
    async with open_store(settings) as opened:
        found = await opened.keys()
    if not found:
        out().print("There are no keys: the service answers anyone on this machine, and no one else.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("id", "scope", "groups", "created", "expires", "state"):
        table.add_column(heading)
    for key in found:
        expires = key.expires_at.date().isoformat() if key.expires_at else "never"
        table.add_row(key.id, key.scope.name.lower(), escape(" ".join(key.groups)), key.created_at.date().isoformat(), expires, _state(key))
    out().print(table)


@keys.command
async def revoke(id: str, /, *, store: options.Store = None) -> None:
    """Make the key ID useless from now on."""
    settings = read_settings(os.environ, store=store)
    existing(settings)
    async with open_store(settings) as opened:
        await revoke_key(opened, id, datetime.now(UTC))
    out().print(f"Key {id} no longer works.", markup=False)


def _state(key: Key) -> str:
    if key.revoked_at is not None:
        return "revoked"
    return "works" if key.usable_at(datetime.now(UTC)) else "expired"


def _expiry(text: str | None) -> datetime | None:
    if text is None:
        return None
    until = parse_period(text).first
    if until <= datetime.now(UTC):
        raise BadInput(f"--expires {text!r} is in the past", hint="Give a time to come, or leave it out.", field="expires")
    return until
