"""What one request may do: the one way from a resolver to `Memory`."""

from typing import TypeAlias

import strawberry

from graph.access import LOCAL, Principal, Scope
from graph.errors import NotFound, Unauthenticated
from graph.memory import Memory, Service
from graph.model import Group
from graph.views import Page, Slice
from schema.errors import KEY_HINT
from schema.ids import GlobalId, parse_id
from schema.limits import Limits


class Request:
    """The context value of a request: who asks, within which limits. Only its methods reach the Memory."""

    def __init__(self, memory: Memory, principal: Principal | None = LOCAL, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._memory = memory
        self._principal = principal

    @property
    def principal(self) -> Principal:
        """Who asks. Raises Unauthenticated for a request that may only read the schema."""
        return self._authenticated()

    def open(self, group: str, scope: Scope = Scope.READ) -> Memory:
        """The Memory, to be used for `group` alone. Raises Forbidden."""
        self.principal.require(group, scope)
        return self._memory

    def reach(self, id: str, scope: Scope) -> tuple[GlobalId, Memory]:
        """The Memory for the group of an id. Raises NotFound where the group is not ours to see, as for an id that does not exist."""
        found = parse_id(id)
        if not self.principal.sees(found.group):
            raise NotFound(f"there is nothing with the id {id!r}", hint="Send an id as this API answered it.")
        return found, self.open(found.group, scope)

    async def groups(self, page: Page) -> Slice[Group]:
        """The groups this principal sees; others are neither listed nor counted."""
        everything = "*" in self.principal.groups
        found = await self._memory.groups(page)
        if everything:
            return found
        items, cursors = self._visible(found)
        while found.more and len(items) < page.first:
            found = await self._memory.groups(Page(page.first, found.cursors[-1]))
            more, more_cursors = self._visible(found)
            items, cursors = items + more, cursors + more_cursors
        cut = len(items) > page.first
        return Slice(tuple(items[: page.first]), tuple(cursors[: page.first]), more=cut or found.more)

    async def service(self) -> Service:
        """Open to every key, whatever its groups and scope."""
        self._authenticated()
        return await self._memory.service()

    def _authenticated(self) -> Principal:
        if self._principal is None:
            raise Unauthenticated("this needs a key", hint=KEY_HINT)
        return self._principal

    def _visible(self, found: Slice[Group]) -> tuple[list[Group], list[str]]:
        pairs = [(g, c) for g, c in zip(found.items, found.cursors, strict=True) if self.principal.sees(g.name)]
        return [group for group, _ in pairs], [cursor for _, cursor in pairs]


Info: TypeAlias = strawberry.Info[Request, None]
