"""How the keys of a stream stand: what holds of the latest value, of stale ones, and what was closed that should hold."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.truth.streams import Stream, Told
from graph.resolve import normal


@dataclass(frozen=True, slots=True)
class Shown:
    """A fact as a system shows it: the names of its ends, the statements behind it, and whether it holds. `single`: its relation
    allows one value at a time. `closed_by`: the statement that closed it."""

    subject: frozenset[str]
    relation: str
    object: frozenset[str]
    behind: frozenset[int]
    holds: bool
    single: bool = True
    closed_by: int | None = None

    def says(self, told: Told) -> bool:
        """Whether it was drawn from the statement, and stands between the things this is about."""
        ends = normal(told.subject), normal(told.object)
        right = (ends[0] in self.subject and ends[1] in self.object) or (ends[1] in self.subject and ends[0] in self.object)
        return told.serial in self.behind and right


@dataclass(slots=True)
class Standing:
    """Counts over the keys of a stream; `causes` of wrong closings, and `unread` the relations of what was not read."""

    keys: int = 0
    latest: int = 0
    changed: int = 0
    stale: int = 0
    closed: int = 0
    unresolved: int = 0
    causes: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)

    def shares(self) -> dict[str, Any]:
        """In percent: of all keys, and stale ones of those that changed."""
        return {
            "keys": self.keys,
            "latest held %": percent(self.latest, self.keys),
            "stale held %": percent(self.stale, self.changed),
            "wrongly closed %": percent(self.closed, self.keys),
            "unresolved %": percent(self.unresolved, self.keys),
        }


def percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 0.0


def latest_counts(stream: Stream, shown: Iterable[Shown]) -> Standing:
    """Where every relation has one value at a time: the latest statement of a key holds, and no earlier one does."""
    by_serial = _by_serial(shown)
    current = {told[-1].serial for told in stream.keys().values()}
    standing = Standing()
    for told in stream.keys().values():
        last = told[-1]
        standing.keys += 1
        standing.changed += len(told) > 1
        standing.stale += any(_is_stale(fact, current) for old in told[:-1] for fact in by_serial[old.serial])
        _count(standing, last, [fact for fact in by_serial[last.serial] if fact.says(last)], stream)
    return standing


def ontology_counts(stream: Stream, shown: Iterable[Shown]) -> tuple[Standing, Standing]:
    """Where the ontology says what has one value: keys that a statement was read so of, and all others, whose values all hold."""
    by_serial = _by_serial(shown)
    current = {told[-1].serial for told in stream.keys().values()}
    single, several = Standing(), Standing()
    for told in stream.keys().values():
        found = [[fact for fact in by_serial[one.serial] if fact.says(one)] for one in told]
        if any(fact.single for facts in found for fact in facts):
            single.keys += 1
            single.changed += len(told) > 1
            single.stale += any(_is_stale(fact, current) for old in told[:-1] for fact in by_serial[old.serial])
            _count(single, told[-1], found[-1], stream)
            continue
        for one, facts in zip(told, found, strict=True):
            several.keys += 1
            _count(several, one, facts, stream)
    return single, several


def _by_serial(shown: Iterable[Shown]) -> Mapping[int, Sequence[Shown]]:
    by_serial: defaultdict[int, list[Shown]] = defaultdict(list)
    for fact in shown:
        for serial in fact.behind:
            by_serial[serial].append(fact)
    return by_serial


def _is_stale(fact: Shown, current: set[int]) -> bool:
    """Held, and behind it nothing that is not superseded."""
    return fact.holds and fact.behind.isdisjoint(current)


def _count(standing: Standing, told: Told, facts: Sequence[Shown], stream: Stream) -> None:
    if any(fact.holds for fact in facts):
        standing.latest += 1
    elif facts:
        standing.closed += 1
        by = next((fact.closed_by for fact in facts if fact.closed_by is not None), None)
        closing = stream.told[by] if by is not None else None
        standing.causes[f"{told.relation} closed by {closing.relation if closing else 'itself'}, as {facts[0].relation}"] += 1
    else:
        standing.unresolved += 1
        standing.unread[told.relation] += 1
