"""Keys: made once, kept as hashes, looked up briefly."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from api.auth import CACHED_FOR, PREFIX, Door, create_key, ensure_key, revoke_key
from graph.access import LOCAL, Scope
from graph.errors import BadInput, NotFound, Unauthenticated
from graph.memory import Memory
from tests.schema.memories import utc

NOW = utc(2024, 6, 1)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


async def test_a_key_is_shown_once_and_kept_as_a_hash(memory: Memory, tmp_path: Path) -> None:
    secret, key = await create_key(memory.parts.store, ("user:*",), Scope.WRITE, NOW)
    assert secret.startswith(PREFIX) and len(secret) >= 40
    assert await memory.parts.store.keys() == [key] or tuple(await memory.parts.store.keys()) == (key,)
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert secret.encode() not in kept and key.hash.encode() in kept


async def test_two_keys_are_never_the_same(memory: Memory) -> None:
    made = [await create_key(memory.parts.store, ("*",), Scope.READ, NOW) for _ in range(3)]
    assert len({secret for secret, _ in made}) == len({key.id for _, key in made}) == 3


async def test_a_given_key_is_made_once(memory: Memory) -> None:
    secret = "a secret of the container".replace(" ", "-")
    first = await ensure_key(memory.parts.store, secret, ("*",), Scope.ADMIN, NOW)
    assert await ensure_key(memory.parts.store, secret, ("*",), Scope.ADMIN, NOW) == first
    assert len(await memory.parts.store.keys()) == 1


@pytest.mark.parametrize("secret", ["short", "x" * 30 + "é", "with a space in the middle", "tab\t" + "x" * 30])
async def test_a_key_that_can_be_guessed_or_not_be_sent_is_refused(memory: Memory, secret: str) -> None:
    with pytest.raises(BadInput) as refused:
        await ensure_key(memory.parts.store, secret, ("*",), Scope.ADMIN, NOW)
    assert secret not in refused.value.message


@pytest.mark.parametrize("groups", [(), ("",)])
async def test_a_key_reaches_something(memory: Memory, groups: tuple[str, ...]) -> None:
    with pytest.raises(BadInput, match="no group"):
        await create_key(memory.parts.store, groups, Scope.READ, NOW)


async def test_revoking_names_the_key(memory: Memory) -> None:
    _, key = await create_key(memory.parts.store, ("*",), Scope.READ, NOW)
    revoked = await revoke_key(memory.parts.store, key.id, NOW)
    assert revoked.revoked_at == NOW
    assert await revoke_key(memory.parts.store, key.id, NOW + timedelta(days=1)) == revoked
    with pytest.raises(NotFound, match="'nobody'"):
        await revoke_key(memory.parts.store, "nobody", NOW)


async def test_the_first_key_counts_at_once_and_a_revoked_one_soon(memory: Memory) -> None:
    clock = Clock()
    door = Door(memory.parts.store, clock)
    assert await door.principal(None) is LOCAL
    secret, key = await create_key(memory.parts.store, ("user:*",), Scope.WRITE, NOW)
    principal = await door.principal(f"bearer {secret}")
    assert (principal.name, principal.groups, principal.scope) == (key.id, ("user:*",), Scope.WRITE)
    await revoke_key(memory.parts.store, key.id, NOW)
    clock.now += CACHED_FOR
    with pytest.raises(Unauthenticated, match="was revoked"):
        await door.principal(f"Bearer {secret}")


async def test_a_key_expires_while_it_is_cached(memory: Memory) -> None:
    clock = Clock()
    door = Door(memory.parts.store, clock)
    secret, _ = await create_key(memory.parts.store, ("*",), Scope.READ, NOW, NOW + timedelta(seconds=1))
    assert (await door.principal(f"Bearer {secret}")).scope is Scope.READ
    clock.now += timedelta(seconds=1)
    with pytest.raises(Unauthenticated, match="has expired"):
        await door.principal(f"Bearer {secret}")
