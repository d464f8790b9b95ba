"""The part of the `Store` protocol that Work which was given up stands in."""

from collections.abc import Sequence
from typing import Protocol

from graph.model import Work


class Parking(Protocol):
    async def parked(self, group: str | None = None, most: int = 10_000) -> Sequence[Work]:
        """Work that was given up, of one group or (None) of all, the first queued first."""
        ...

    async def retry(self, group: str, work: str) -> None:
        """Queues a parked Work again."""
        ...
