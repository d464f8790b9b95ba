"""The part of the `Store` protocol that Work which was given up stands in."""

from collections.abc import Sequence
from typing import Protocol

from graph.model import Work


class Parking(Protocol):
    async def parked(self, most: int = 500) -> Sequence[Work]:
        """Work of any group that was given up, the first queued first."""
        ...

    async def retry(self, group: str, work: str) -> None:
        """Queues a parked Work again."""
        ...
