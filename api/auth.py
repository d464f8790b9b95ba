"""Keys: who may reach which groups. Only hashes are kept, and secrets are random, so a plain hash is enough."""

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from graph.access import LOCAL, Key, Principal, Scope
from graph.errors import BadInput, NotFound, Unauthenticated
from graph.stores.base import Store
from schema.errors import KEY_HINT

PREFIX = "plk_"
SHORTEST = 20
CACHED_FOR = timedelta(seconds=2)
"""How long a revoked key may go on working."""


async def create_key(store: Store, groups: tuple[str, ...], scope: Scope, at: datetime, expires: datetime | None = None) -> tuple[str, Key]:
    """A new key's secret, which is kept nowhere, and its record. Raises BadInput."""
    secret = PREFIX + secrets.token_urlsafe(32)
    return secret, await ensure_key(store, secret, groups, scope, at, expires)


async def ensure_key(
    store: Store, secret: str, groups: tuple[str, ...], scope: Scope, at: datetime, expires: datetime | None = None
) -> Key:
    """The key of this secret, made if there is none. Raises BadInput."""
    if not groups or not all(groups):
        raise BadInput("the key would reach no group", hint="Name groups or patterns, such as user:* or *.", field="groups")
    if len(secret) < SHORTEST or not secret.isascii() or not secret.isprintable() or " " in secret:
        raise BadInput(
            f"a key of {len(secret)} characters can be guessed or not be sent",
            hint=f"Use at least {SHORTEST} printable ASCII characters, such as what `openssl rand -base64 32` prints.",
            field="key",
        )
    digest = hashed(secret)
    if known := next((key for key in await store.keys() if key.hash == digest), None):
        return known
    key = Key(secrets.token_hex(4), digest, groups, scope, at, expires)
    await store.save_key(key)
    return key


async def revoke_key(store: Store, id: str, at: datetime) -> Key:
    """The key, useless from now on. Raises NotFound."""
    found = next((key for key in await store.keys() if key.id == id), None)
    if found is None:
        raise NotFound(f"there is no key {id!r}", hint="`palimpsest keys list` shows the ids.")
    revoked = found if found.revoked_at else replace(found, revoked_at=at)
    await store.save_key(revoked)
    return revoked


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class Door:
    """Tells who sent a request. While no key exists, everyone is the person at this machine."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._keys: Mapping[str, Key] = {}
        self._read_at: datetime | None = None

    async def principal(self, authorization: str | None) -> Principal:
        """Raises Unauthenticated unless the header names a usable key, or none is needed."""
        now = self._clock()
        keys = await self._known_keys(now)
        if not keys:
            return LOCAL
        key = keys.get(hashed(_secret(authorization)))
        if key is None:
            raise Unauthenticated("there is no such key", hint=KEY_HINT)
        if not key.usable_at(now):
            raise Unauthenticated(f"the key {key.id!r} {'was revoked' if key.revoked_at else 'has expired'}", hint=KEY_HINT)
        return Principal(key.id, key.groups, key.scope)

    async def is_locked(self) -> bool:
        """Whether a key is needed."""
        return bool(await self._known_keys(self._clock()))

    async def _known_keys(self, now: datetime) -> Mapping[str, Key]:
        """By hash. While there is none each request looks again, so that the first key counts at once."""
        fresh = self._read_at is not None and timedelta() <= now - self._read_at < CACHED_FOR
        if not fresh or not self._keys:
            self._keys = {key.hash: key for key in await self._store.keys()}
            self._read_at = now
        return self._keys


def _secret(authorization: str | None) -> str:
    if not authorization:
        raise Unauthenticated("this needs a key", hint=KEY_HINT)
    scheme, _, secret = authorization.strip().partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise Unauthenticated("the Authorization header holds no Bearer key", hint=KEY_HINT)
    return secret.strip()
