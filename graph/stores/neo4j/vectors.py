"""Embeddings on their way to the server: as bytes, which cost the driver a fifth of a list of numbers."""

from dataclasses import dataclass
from hashlib import sha256

import neo4j.vector
import numpy as np

from graph.errors import BadInput
from graph.model import Space, Vector

SLOT = "palimpsest_embedding_"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a service's vectors stand: how many numbers they have, and the property of their own (`slot`). None: those that the
    database was made with, in Graphiti's properties or, of a group that came with others, in `palimpsest_embedding`.
    """

    dimension: int
    slot: str | None = None

    @property
    def key(self) -> str:
        """What the indexes of the slot are called by."""
        return (self.slot or "").removeprefix(SLOT)


def place_of(space: Space, first: Space) -> Place:
    """`first` is the space that the database was made with."""
    if space == first:
        return Place(space.dimension)
    return Place(space.dimension, SLOT + sha256(f"{space.dimension} {space.embedder}".encode()).hexdigest()[:16])


def sent(vector: Vector) -> neo4j.vector.Vector:
    """As a statement takes it; to be stored it is made a list there (`toFloatList`), which is how Graphiti keeps it."""
    return neo4j.vector.Vector.from_numpy(np.asarray(vector, dtype=np.float32))


def require_dimension(vector: Vector, dimension: int) -> None:
    """Raises BadInput for a vector that the indexes would leave out."""
    if vector.shape != (dimension,):
        given = vector.shape[0] if vector.ndim == 1 else vector.shape
        raise BadInput(
            f"an embedding has {given} numbers, and this database's have {dimension}",
            hint="Use the embedder that the database was filled with.",
        )
