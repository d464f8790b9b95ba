"""Who is one with whom once entities read as they did before: no one is merged into an entity that is merged itself."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from graph.model import Entity
from graph.resolve import normal

Pair = tuple[Entity, Entity]
"""How an entity reads now, and how it is to read from now on."""


def asked(pairs: Sequence[Pair]) -> list[str]:
    """The entities whose families must be known: those of pairs that are to be one with others than now, or with none."""
    moving = [pair for pair in pairs if pair[0].merged_into != pair[1].merged_into]
    return list(dict.fromkeys(uuid for now, then in moving for uuid in (now.uuid, now.merged_into, then.merged_into) if uuid))


def settled(pairs: Sequence[Pair], family: Mapping[str, Entity]) -> list[Pair]:
    """The pairs with what follows for others. `family` are the entities that were `asked` for, with whom they are one with.

    Whoever returns to one that was merged meanwhile is one with whom that is; those that it took with it follow. Where two were merged
    the other way round meanwhile, it stays so.
    """
    done = {then.uuid: (now, then) for now, then in pairs}
    for now, then in pairs:
        if then.merged_into == now.merged_into:
            continue
        if then.merged_into is None:
            kept = family.get(now.merged_into or "")
            if kept is not None and kept.uuid not in done:
                done[kept.uuid] = (kept, _without_names(kept, then))
            continue
        into = _one_with(then.merged_into, done, family)
        one = replace(then, merged_into=None if into == then.uuid else into)
        done[then.uuid] = (now, one)
        if one.merged_into is not None:
            members = (e for e in family.values() if e.merged_into == then.uuid and e.uuid not in done)
            done |= {e.uuid: (e, replace(e, merged_into=one.merged_into, recorded_at=then.recorded_at)) for e in members}
    return [(now, then) for now, then in done.values() if replace(then, recorded_at=now.recorded_at) != now]


def _one_with(uuid: str, done: Mapping[str, Pair], family: Mapping[str, Entity]) -> str:
    found = done[uuid][1] if uuid in done else family.get(uuid)
    return (found.merged_into if found else None) or uuid


def _without_names(kept: Entity, gone: Entity) -> Entity:
    """Without the names of one that was merged into it by way of another."""
    names = {normal(name) for name in (gone.name, *gone.aliases)}
    aliases = tuple(alias for alias in kept.aliases if normal(alias) not in names)
    return replace(kept, aliases=aliases, recorded_at=gone.recorded_at)
