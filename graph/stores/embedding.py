"""The part of the `Store` protocol by which a group's vectors come to be those of another embedder."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from graph.model import Space, Vector


class Embedding(Protocol):
    """New vectors are staged beside the old ones, which answer until all are there and take their place at once.

    A staged vector goes where its record goes, or reads otherwise. `kind` is ENTITY, FACT or EPISODE.
    """

    async def vectors(self, group: str, kind: str, uuids: Sequence[str]) -> Mapping[str, Vector]:
        """Those that the records have now."""
        ...

    async def unstaged(self, group: str, space: Space, kind: str, uuids: Sequence[str]) -> Sequence[str]:
        """Those of the records that have no staged vector of the space, in their order."""
        ...

    async def stage(self, group: str, space: Space, kind: str, vectors: Mapping[str, Vector], version: int) -> None:
        """Keeps vectors of texts as they were at that version. Raises StaleVersion where the group moved on."""
        ...

    async def settle(self, group: str, space: Space, version: int) -> None:
        """The staged vectors are the group's from now on, and no others. Raises StaleVersion where the group moved on."""
        ...
