"""A group's vectors made anew by this service's embedder: staged batch by batch beside the old ones, which answer until all are there.

What was interrupted goes on where it was: what is staged already is not embedded again.
"""

from collections.abc import Callable, Mapping, Sequence

from graph.commit import insisted
from graph.embedding import embedded
from graph.errors import NotFound
from graph.model import Group, Space
from graph.parts import Parts
from graph.space import embedded_as, space_of
from graph.stores.base import Contents

BATCH = 250
Progress = Callable[[int, int], object]
"""Told how many records are done, and of how many."""


def unseen(done: int, total: int) -> None:
    """For callers that do not look."""


async def reembed(parts: Parts, group: str, progress: Progress = unseen) -> int:
    """How many vectors were made; none where they are of this embedder already. Raises NotFound."""
    work = _Reembedding(parts, group, progress)
    await insisted(parts.turns, group, work.attempt)
    return work.made


class _Reembedding:
    """Over its attempts: where the group moved on, what is new or reads otherwise is all there is left to do."""

    def __init__(self, parts: Parts, group: str, progress: Progress) -> None:
        self._parts = parts
        self._store = parts.store
        self._group = group
        self._progress = progress
        self._space: Space = space_of(parts.embedder)
        self.made = 0

    async def attempt(self) -> None:
        """Raises StaleVersion where the group moved on meanwhile."""
        record = await self._store.group(self._group)
        if record is None:
            raise NotFound(f"there is no group {self._group!r}", hint="Name one that was written to, or give --all.")
        if record.space == self._space:
            return
        contents = await self._store.contents(self._group)
        total, done = sum(len(uuids) for uuids in _kinds(contents).values()), 0
        for kind, uuids in _kinds(contents).items():
            for start in range(0, len(uuids), BATCH):
                self._progress(done, total)
                batch = uuids[start : start + BATCH]
                await self._stage(kind, batch, record)
                done += len(batch)
        self._progress(total, total)
        await self._store.settle(self._group, self._space, record.version)

    async def _stage(self, kind: str, batch: Sequence[str], record: Group) -> None:
        left = await self._store.unstaged(self._group, self._space, kind, batch)
        if not left:
            return
        texts = await self._texts(kind, left)
        rows = await embedded(self._parts, record, texts.values())
        await self._store.stage(self._group, self._space, kind, {uuid: rows[text] for uuid, text in texts.items()}, record.version)
        self.made += len(texts)

    async def _texts(self, kind: str, uuids: Sequence[str]) -> Mapping[str, str]:
        if kind == "EPISODE":
            return {uuid: embedded_as(e) for uuid, e in (await self._store.episodes(self._group, uuids)).items()}
        if kind == "FACT":
            return {uuid: fact.text for uuid, fact in (await self._store.facts(self._group, uuids)).items()}
        return {uuid: versions[-1].name for uuid, versions in (await self._store.versions(self._group, uuids)).items()}


def _kinds(contents: Contents) -> dict[str, Sequence[str]]:
    return {"EPISODE": contents.episodes, "ENTITY": contents.entities, "FACT": contents.facts}
