"""Who is one with whom: once entities read as they did before (no one is merged into an entity that is merged itself), and as it was at
any instant. Pure.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from graph.counted import said_of
from graph.model import Assertion, Entity
from graph.resolve import distinct, normal

Pair = tuple[Entity, Entity]
"""How an entity reads now, and how it is to read from now on."""


def asked(pairs: Sequence[Pair]) -> list[str]:
    """The entities whose families must be known: those of pairs that are to be one with others than now, or with none."""
    moving = [pair for pair in pairs if pair[0].merged_into != pair[1].merged_into]
    return list(dict.fromkeys(uuid for now, then in moving for uuid in (now.uuid, now.merged_into, then.merged_into) if uuid))


def by_way(pairs: Sequence[Pair]) -> list[str]:
    """Those that are freed of one that they came to by way of another, and that one: of these all versions must be known."""
    own = {then.uuid for _, then in pairs}
    freed = [now for now, then in pairs if now.merged_into is not None and then.merged_into is None]
    return list(dict.fromkeys(uuid for now in freed if now.merged_into not in own for uuid in (now.uuid, now.merged_into) if uuid))


def settled(pairs: Sequence[Pair], family: Mapping[str, Entity], past: "Family") -> list[Pair]:
    """The pairs with what follows for others. `family` are the entities that were `asked` for, with whom they are one with; `past`
    has those that are freed `by_way` of others.

    Whoever is freed takes the names along that it alone brought; whoever returns to one that was merged meanwhile is one with whom
    that is; those that it took with it follow. Where two were merged the other way round meanwhile, it stays so.
    """
    done = {then.uuid: (now, then) for now, then in pairs}
    own = frozenset(done)
    for now, then in pairs:
        if then.merged_into == now.merged_into:
            continue
        if then.merged_into is None:
            kept = family.get(now.merged_into or "")
            if kept is not None and kept.uuid not in own:
                present = done[kept.uuid][1] if kept.uuid in done else kept
                others = (e for e in _with(done, family) if e.merged_into == kept.uuid)
                done[kept.uuid] = (kept, _without_names(present, then, past.brought([then.uuid], kept.uuid), others))
            continue
        into = _one_with(then.merged_into, done, family)
        one = replace(then, merged_into=None if into == then.uuid else into)
        done[then.uuid] = (now, one)
        kept = family.get(into)
        if kept is not None and into not in own and into != then.uuid:
            done[into] = (kept, _with_names(done[into][1] if into in done else kept, one))
        if one.merged_into is not None:
            members = (e for e in family.values() if e.merged_into == then.uuid and e.uuid not in done)
            done |= {e.uuid: (e, replace(e, merged_into=one.merged_into, recorded_at=then.recorded_at)) for e in members}
    return [(now, then) for now, then in done.values() if replace(then, recorded_at=now.recorded_at) != now]


def _one_with(uuid: str, done: Mapping[str, Pair], family: Mapping[str, Entity]) -> str:
    found = done[uuid][1] if uuid in done else family.get(uuid)
    return (found.merged_into if found else None) or uuid


def _with(done: Mapping[str, Pair], family: Mapping[str, Entity]) -> list[Entity]:
    """How all read from now on."""
    return [*(then for _, then in done.values()), *(e for e in family.values() if e.uuid not in done)]


def _with_names(kept: Entity, come: Entity) -> Entity:
    return replace(kept, aliases=distinct((*kept.aliases, come.name, *come.aliases), but=[kept.name]), recorded_at=come.recorded_at)


def _without_names(kept: Entity, gone: Entity, brought: Iterable[str], others: Iterable[Entity]) -> Entity:
    """Without the names that one brought which was merged into it by way of another, save those that others in it have too."""
    stay = {normal(name) for e in others for name in (e.name, *e.aliases)}
    names = {normal(name) for name in brought} - stay
    aliases = tuple(alias for alias in kept.aliases if normal(alias) not in names)
    return replace(kept, aliases=aliases, recorded_at=gone.recorded_at)


@dataclass(frozen=True, slots=True)
class Family:
    """All versions of entities that ever were one with another, by uuid; none where nothing was ever merged."""

    versions: Mapping[str, Sequence[Entity]] = field(default_factory=dict)

    def relatives(self, uuid: str) -> tuple[str, ...]:
        """Itself, and all that were ever one with it, or with one of these."""
        pairs = [(one, v.merged_into) for one, versions in self.versions.items() for v in versions if v.merged_into is not None]
        found = {uuid: None}
        while new := {end: None for pair in pairs if not found.keys().isdisjoint(pair) for end in pair if end not in found}:
            found |= new
        return tuple(found)

    def at(self, uuid: str, known: datetime) -> str:
        """Whom an entity was one with at an instant: itself, or another."""
        version = next((v for v in reversed(self.versions.get(uuid, ())) if v.recorded_at <= known), None)
        return (version.merged_into if version else None) or uuid

    def turns(self, uuid: str) -> dict[datetime, str]:
        """When it came to be one with another, or itself again, and with whom."""
        found: dict[datetime, str] = {}
        before = uuid
        for version in self.versions.get(uuid, ()):
            if (one := version.merged_into or uuid) != before:
                found[version.recorded_at] = before = one
        return found

    def members(self, of: Collection[str]) -> list[str]:
        """Those that are one with some entities now, beside these."""
        return [uuid for uuid, versions in self.versions.items() if versions[-1].merged_into in of and uuid not in of]

    def without(self, gone: Collection[str]) -> "Family":
        """As if those that are gone had never been there to be merged into."""
        return Family({uuid: alone(versions, gone) for uuid, versions in self.versions.items() if uuid not in gone})

    def ended_by(self, gone: Collection[str]) -> list[datetime]:
        """Since when others counted for those that are gone."""
        others = (uuid for uuid in self.versions if uuid not in gone)
        return [at for uuid in others for at, one in self.turns(uuid).items() if one in gone]

    def counted_for(self, gone: Collection[str]) -> list[str]:
        """Those of the others that ever were one with any that is gone."""
        return [uuid for uuid in self.versions if uuid not in gone and not set(gone).isdisjoint(self.turns(uuid).values())]

    def brought(self, gone: Collection[str], to: str) -> set[str]:
        """The names that an entity took over from those that are gone when these were merged into it."""
        instants = {at for uuid in gone for at, one in self.turns(uuid).items() if one == to}
        names = {name for uuid in gone for version in self.versions.get(uuid, ()) for name in (version.name, *version.aliases)}
        found: set[str] = set()
        known: set[str] = set()
        for version in self.versions.get(to, ()):
            here = {version.name, *version.aliases}
            found |= (here - known) & names if version.recorded_at in instants else set()
            known |= here
        return found


def alone(versions: Iterable[Entity], gone: Collection[str]) -> tuple[Entity, ...]:
    return tuple(
        replace(v, merged_into=None if v.merged_into in gone else v.merged_into, apart=tuple(a for a in v.apart if a not in gone))
        for v in versions
    )


def ends_of(assertions: Iterable[Assertion]) -> set[str]:
    """The entities that assertions were said of, and those that they count for."""
    return {end for a in assertions for end in (*said_of(a), a.subject, a.object)}
