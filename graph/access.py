"""Who may do what to which groups: keys, their scopes, and the one rule that decides."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from fnmatch import fnmatchcase

from graph.errors import Forbidden


class Scope(IntEnum):
    """What a key may do; each scope includes those before it."""

    READ = 1
    WRITE = 2
    ADMIN = 3


@dataclass(frozen=True, slots=True)
class Key:
    """A stored API key: only its hash is kept. `groups` are patterns such as `user:*`."""

    id: str
    hash: str
    groups: tuple[str, ...]
    scope: Scope
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None

    def usable_at(self, at: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)


@dataclass(frozen=True, slots=True)
class Principal:
    """Whoever sent a request: a name for the Change log, group patterns and a scope."""

    name: str
    groups: tuple[str, ...] = ("*",)
    scope: Scope = Scope.ADMIN

    def sees(self, group: str) -> bool:
        return any(fnmatchcase(group, pattern) for pattern in self.groups)

    def require(self, group: str, scope: Scope) -> None:
        """Raises Forbidden unless this principal may act on `group` with `scope`."""
        if not self.sees(group):
            raise Forbidden(f"this key does not reach the group {group!r}", hint="Use a key whose group patterns match it.")
        if self.scope < scope:
            raise Forbidden(
                f"this key may {self.scope.name.lower()}, and this needs {scope.name.lower()}",
                hint=f"Use a key of scope {scope.name.lower()}.",
            )


LOCAL = Principal("local")
"""The person at this machine, while no key exists."""
