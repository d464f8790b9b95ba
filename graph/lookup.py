"""What recall and search ask of a store: one group, one instant, the calls that do not wait for each other sent together."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import Entity, Vector
from graph.recall.seeds import Legs
from graph.stores.base import Store
from graph.time import AsOf


@dataclass(frozen=True, slots=True)
class Lookup:
    """A store seen from one group at one instant. `current` keeps facts that hold."""

    store: Store
    group: str
    as_of: AsOf
    current: bool = True

    async def legs(self, kind: str, words: Sequence[str], vector: Vector, limit: int) -> Legs:
        """Full text word by word, and vectors, over the records of one kind."""
        hits, near = await asyncio.gather(
            self.store.search_words(self.group, kind, words, limit, self.as_of, self.current),
            self.store.search_vector(self.group, kind, vector, limit, self.as_of, self.current),
        )
        return Legs({word: hits[word].scores if word in hits else {} for word in words}, near.scores)

    async def named(self, names: Sequence[str]) -> list[Sequence[Entity]]:
        """For each name the entities of exactly that name, best connected first."""
        return list(await asyncio.gather(*(self.store.find_entities(self.group, name, self.as_of) for name in names)))
