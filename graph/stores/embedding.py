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

    async def remembered(self, group: str, space: Space, texts: Sequence[str]) -> Mapping[str, Vector]:
        """Vectors that were made of these texts before, as far as they are remembered."""
        ...

    async def remember(self, group: str, space: Space, vectors: Mapping[str, Vector], version: int) -> None:
        """Keeps vectors by the hash of their texts, the newest few thousand of a group, until something is forgotten in it. Keeps
        nothing where the group is not at that version: it may have forgotten a text meanwhile.
        """
        ...
