"""Vectors of two embedders cannot be compared, whatever their length: a group has those of one. Pure."""

from graph.errors import SetUpOtherwise
from graph.model import Embedder, Episode, Space


def space_of(embedder: Embedder) -> Space:
    return Space(embedder.name, embedder.dimension)


def embedded_as(episode: Episode) -> str:
    """Who speaks is embedded with what is said, since questions name people."""
    return f"{episode.name or episode.role or ''}: {episode.content}"


def require_space(space: Space, group: str, known: Space | None) -> None:
    """Raises SetUpOtherwise where the group's vectors are `known` to be of another embedder than these."""
    if known not in (None, space):
        raise SetUpOtherwise(
            f"the vectors of the group {group!r} were made by {known.embedder!r} ({known.dimension} numbers), "
            f"and this service embeds with {space.embedder!r} ({space.dimension})",
            hint=f"Start the service with the former PALIMPSEST_EMBEDDER; or stop it and run: palimpsest reembed {group}",
        )
