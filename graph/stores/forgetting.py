"""The part of the `Store` protocol by which a group forgets."""

from collections.abc import Sequence
from typing import Protocol

from graph.erasure import Erased, Erasure
from graph.model import Change, Operation, Review
from graph.views import Beliefs


class Forgetting(Protocol):
    async def kin(self, group: str, entities: Sequence[str]) -> Sequence[str]:
        """Those that some entities are or once were merged into, and those that are or once were merged into them."""
        ...

    async def said(self, group: str, episodes: Sequence[str], entities: Sequence[str]) -> Beliefs:
        """All that was ever said in these episodes, or of these entities (whomever they are one with), withdrawn or not, and the
        records that rest on it.
        """
        ...

    async def history(self, group: str, keys: Sequence[str]) -> Beliefs:
        """As `beliefs`, with all that was withdrawn and retracted."""
        ...

    async def policies(self, group: str) -> Sequence[Operation]:
        """The operations that set the group's `updates`, in order."""
        ...

    async def needed(self, group: str, entities: Sequence[str], episodes: Sequence[str], assertions: Sequence[str]) -> Sequence[str]:
        """Those of the entities that are told of in an assertion, or mentioned in an episode, which is none of these."""
        ...

    async def summaries(self, group: str) -> Sequence[tuple[str, str]]:
        """All that entities are or were summed up as, by uuid."""
        ...

    async def all_reviews(self, group: str) -> Sequence[Review]:
        """Those resolved, too."""
        ...

    async def erase(self, erasure: Erasure) -> Erased:
        """For good, in one transaction: of what is erased no read, index or file of the store holds a word afterwards, as far as
        that is in its power. Whoever has leased Work with one of the episodes has lost the lease. Raises StaleVersion.
        """
        ...

    async def wipe(self, version: int, tombstone: Change) -> Erased:
        """Erases all that the group has but its settings and its log, which is without words then. Raises StaleVersion."""
        ...
