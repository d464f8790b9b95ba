"""Places in a row, some of which bear a value; the next that bears another one is found without walking past those that do not. Pure."""

from typing import Generic, TypeVar

V = TypeVar("V")


class _Mixed:
    """Below a node stand several values."""


class Places(Generic[V]):
    """A binary tree over the row: each node knows the one value below it, that there is none (None), or that there are several."""

    def __init__(self, count: int) -> None:
        self._width = 1 << max(count - 1, 0).bit_length()
        self._nodes: list[V | type[_Mixed] | None] = [None] * (2 * self._width)

    def put(self, place: int, value: V) -> None:
        node = self._width + place
        self._nodes[node] = value
        while node > 1:
            node //= 2
            left, right = self._nodes[2 * node], self._nodes[2 * node + 1]
            self._nodes[node] = left if right is None or left == right else right if left is None else _Mixed

    def next_other(self, value: V, begin: int) -> int | None:
        """The first place from `begin` on that bears another value than this one."""
        if begin >= self._width:
            return None
        node = self._width + begin
        while not self._bears_other(node, value):
            while node % 2:
                node //= 2
            if node == 0:
                return None
            node += 1
        while node < self._width:
            node = 2 * node if self._bears_other(2 * node, value) else 2 * node + 1
        return node - self._width

    def _bears_other(self, node: int, value: V) -> bool:
        found = self._nodes[node]
        return found is not None and found != value
