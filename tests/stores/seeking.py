"""One leg of a search at a time."""

from collections.abc import Mapping

from graph.model import Vector
from graph.stores.base import Store, Wanted
from graph.time import AsOf
from graph.views import Hits
from tests.stores.builders import NOW, vector

KINDS = ("ENTITY", "FACT", "EPISODE")


async def having(store: Store, kind: str, *words: str, at: AsOf = NOW, limit: int = 10, current: bool = True) -> Mapping[str, Hits]:
    """By word the hits of one kind."""
    finds = await store.search("g", Wanted(words, vector(1), {kind: limit}, current=current), at)
    return finds.words[kind]


async def having_one(store: Store, kind: str, word: str, at: AsOf = NOW, current: bool = True) -> list[str]:
    """The records of one kind that have a word, best first."""
    return list((await having(store, kind, word, at=at, current=current))[word].scores)


async def near(store: Store, kind: str, wanted: Vector, at: AsOf = NOW, limit: int = 10, current: bool = True) -> Hits:
    """The nearest of one kind."""
    finds = await store.search("g", Wanted((), wanted, {kind: limit}, current=current), at)
    return finds.near[kind]
