"""Texts to vectors, each text once: what an embedder over the network has made before, the store remembers."""

from collections.abc import Iterable

from graph.model import Group, Vector
from graph.parts import Parts
from graph.space import space_of


async def embedded(parts: Parts, group: Group, texts: Iterable[str]) -> dict[str, Vector]:
    """By text. What it made is remembered unless the group has moved on: it may have forgotten the text meanwhile.

    An embedder of this machine is asked again, since that takes less than looking.
    """
    embedder, space, wanted = parts.embedder, space_of(parts.embedder), list(dict.fromkeys(texts))
    found = dict(await parts.store.remembered(group.name, space, wanted)) if embedder.remote and wanted else {}
    new = [text for text in wanted if text not in found]
    if new:
        made = dict(zip(new, await embedder.embed(new), strict=True))
        if embedder.remote:
            await parts.store.remember(group.name, space, made, group.version)
        found |= made
    return found
