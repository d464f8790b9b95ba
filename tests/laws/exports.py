"""What a group's export says of the present, without what is new whenever records are written anew: their ids, and when that was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from graph.archive import AssertionLine, EntityLine, EpisodeLine, FactLine, Line, ReviewLine
from graph.export import archived
from graph.model import Assertion, Entity, Fact
from graph.stores.base import Store

Row = tuple[object, ...]


@dataclass(frozen=True)
class Exported:
    facts: Sequence[Row]
    entities: Sequence[Row]
    told: Sequence[Row]
    open_reviews: Sequence[Row]

    def without(self, named_since: Sequence[Row]) -> "Exported":
        """Who was named once stays."""
        return replace(self, entities=[row for row in self.entities if row not in named_since])


async def exported(store: Store, group: str) -> Exported:
    """By names and contents, so that it compares groups too."""
    lines = [line async for line in archived(store, group)]
    return _Present(lines).exported()


class _Present:
    def __init__(self, lines: Sequence[Line]) -> None:
        self._entities = {line.versions[-1].uuid: line.versions[-1] for line in lines if isinstance(line, EntityLine)}
        self._told = {line.assertion.uuid: line.assertion for line in lines if isinstance(line, AssertionLine)}
        self._facts = {line.fact.uuid: line.fact for line in lines if isinstance(line, FactLine)}
        self._episodes = {line.episode.uuid: line.episode.content for line in lines if isinstance(line, EpisodeLine)}
        self._reviews = [line.review for line in lines if isinstance(line, ReviewLine)]

    def exported(self) -> Exported:
        open_ = [r for r in self._reviews if r.resolved_at is None]
        return Exported(
            facts=sorted((self._fact(f) for f in self._facts.values() if f.retracted_at is None), key=str),
            entities=sorted((self._entity(e) for e in self._entities.values()), key=str),
            told=sorted((self._assertion(a) for a in self._told.values() if a.withdrawn_at is None), key=str),
            open_reviews=sorted(((r.kind, self._about(r.facts), sorted(map(self._name, r.entities))) for r in open_), key=str),
        )

    def _about(self, facts: Sequence[str]) -> Sequence[str]:
        """A review names records as they were when it was opened."""
        return sorted(str((self._name(f.subject), f.relation, self._name(f.object))) for f in (self._facts[uuid] for uuid in facts))

    def _name(self, uuid: str) -> str:
        return self._entities[uuid].name

    def _fact(self, f: Fact) -> Row:
        behind = [self._told[uuid] for uuid in f.assertions]
        ends = f.key.partition(":")[0], self._name(f.subject), f.relation, self._name(f.object)
        span = f.valid_at, f.valid_at_precision, f.invalid_at, f.invalid_at_precision
        episodes = {self._episodes[uuid] for uuid in f.episodes}
        assert episodes == {self._episodes[a.episode] for a in behind if a.episode}
        living = sorted(str(self._assertion(a)) for a in behind if a.withdrawn_at is None)
        return (*ends, *span, f.text, _plain(f.attributes), f.confidence, living)

    def _assertion(self, a: Assertion) -> Row:
        episode = self._episodes[a.episode] if a.episode else None
        times = a.start, a.within, a.precision, a.seen, a.end, a.end_precision, a.said
        return self._name(a.subject), a.relation, self._name(a.object), *times, a.holds, a.text, a.confidence, episode, a.quote

    def _entity(self, e: Entity) -> Row:
        into, apart = (self._name(e.merged_into) if e.merged_into else None), sorted(map(self._name, e.apart))
        return e.name, e.type, e.key, sorted(e.aliases), e.summary, into, apart


def _plain(attributes: Mapping[str, object]) -> Sequence[tuple[str, object]]:
    return sorted(attributes.items())
