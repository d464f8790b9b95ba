"""Embeddings on their way to the server: as bytes, which cost the driver a fifth of a list of numbers."""

import neo4j.vector
import numpy as np

from graph.errors import BadInput
from graph.model import Vector


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
