"""The example in other orders: its assertions, which must end in the same world, and its sessions, which may be understood otherwise."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from graph.model import Assertion
from tests.laws.example import Heard, Named, heard, real_memory, sessions
from tests.laws.order import STORY, arrived, every_arrival, key_of

Difference = tuple[str, str, str]
"""Its cause, the message, and what it was understood to say in the order told and in the other."""


@dataclass
class Arrivals:
    assertions: int
    shuffles: int = 0
    differing: int = 0


@dataclass
class Orders:
    """`listed`: each other order of the sessions with its differences. `unexplained`: keys of which the same was heard, and something
    else is believed."""

    unexplained: int = 0
    listed: list[tuple[Sequence[str], Sequence[Difference]]] = field(default_factory=list)

    @property
    def differing(self) -> int:
        return sum(bool(differences) for _, differences in self.listed)

    def rows(self) -> list[dict[str, Any]]:
        """Each difference once, with the numbers of the orders that it was met in."""
        met: defaultdict[Difference, list[int]] = defaultdict(list)
        for number, (_, differences) in enumerate(self.listed, start=1):
            for difference in differences:
                met[difference].append(number)
        return [
            {"message": message, "in order | in other orders": difference, "cause": cause, "in orders": numbers}
            for (cause, message, difference), numbers in sorted(met.items(), key=lambda item: (-len(item[1]), item[0][1]))
        ]


def permutations() -> dict[str, int]:
    """Every order in which the words of the story of seven episodes can arrive."""
    worlds = [records.shown() for records in every_arrival(STORY)]
    return {"assertions": len(STORY), "orders": len(worlds), "that differ": sum(world != worlds[0] for world in worlds)}


async def arrivals(shuffles: int, seed: int, advance: Callable[[int], None]) -> Arrivals:
    """Of what the example's messages were resolved to."""
    shuffle = Random(seed)  # noqa: S311 - a shuffle hides nothing
    async with real_memory() as memory:
        told = list((await heard(memory, "in order", list(sessions()))).living)
    world, found = arrived(told), Arrivals(len(told))
    for _ in range(shuffles):
        shuffle.shuffle(told)
        found.shuffles += 1
        found.differing += arrived(told) != world
        advance(1)
    return found


async def orders(count: int, seed: int, advance: Callable[[int], None]) -> Orders:
    """Of the example's sessions, learnt from end to end."""
    found, shuffle = Orders(), Random(seed)  # noqa: S311 - a shuffle hides nothing
    async with real_memory() as memory:
        first = await heard(memory, "in order", list(sessions()))
        for number in range(count):
            order = list(sessions())
            shuffle.shuffle(order)
            other = await heard(memory, f"order {number}", order)
            found.unexplained += _unexplained(first, other)
            found.listed.append((order, _differences(first, other)))
            advance(1)
    return found


def _differences(first: Heard, other: Heard) -> Sequence[Difference]:
    """Of each message that was understood otherwise."""
    one, two = by_message(first), by_message(other)
    out = []
    for message in sorted(one.keys() | two.keys()):
        missing = sorted((one.get(message, Counter()) - two.get(message, Counter())).elements())
        more = sorted((two.get(message, Counter()) - one.get(message, Counter())).elements())
        if missing or more:
            out.append((_cause(missing, more), message, f"{_words(missing)} | {_words(more)}"))
    return out


def by_message(of: Heard) -> Mapping[str, Counter[tuple[bool, Named]]]:
    """What each message says, and whether that was taken back."""
    said: defaultdict[str, Counter[tuple[bool, Named]]] = defaultdict(Counter)
    for living, told in ((True, of.living), (False, of.withdrawn)):
        for one in told:
            said[of.message(one)][living, of.named(one)] += 1
    return said


def _cause(missing: Sequence[tuple[bool, Named]], more: Sequence[tuple[bool, Named]]) -> str:
    if sorted(named for _, named in missing) == sorted(named for _, named in more):
        return "what takes it back was heard before it, and takes back nothing that comes later"
    if {named[1] for _, named in missing} != {named[1] for _, named in more}:
        return "what it left open (which job, which home) was not known yet, or was something else then"
    names = [(one, other) for a, b in zip(missing, more, strict=False) for one, other in zip(a[1], b[1], strict=True) if one != other]
    ends = {n for a, b in zip(missing, more, strict=False) for n in (0, 2) if a[1][n] != b[1][n]}
    if not ends:
        return "what it corrects was not heard yet, so that it takes over no date"
    if any("'s " in f"{one} {other}" for one, other in names):
        return "a kin word (my sister, a girlfriend) had no name yet, or the one of that name was known as a former one by then"
    if all(f"{one}".split()[:1] == f"{other}".split()[:1] for one, other in names):
        return "a first name meant the one who was known by it then, or of two nobody for sure"
    return "of unknown cause"


def _words(said: Sequence[tuple[bool, Named]]) -> str:
    return "; ".join(_in_words(living, named) for living, named in said) or "nothing"


def _in_words(living: bool, named: Named) -> str:
    subject, relation, object_, holds, start, end = named
    span = f"{start} to {end}" if end else start
    return f"{subject} {'' if holds else 'not '}{relation} {object_} {span}{'' if living else ' (taken back)'}"


def _unexplained(first: Heard, other: Heard) -> int:
    """Keys of which the same was heard, and something else is believed: there must be none."""
    return sum(_worlds(first).get(said) != world for said, world in _worlds(other).items() if said in _worlds(first))


def _worlds(of: Heard) -> Mapping[tuple[Any, ...], Any]:
    by_key: defaultdict[str, list[Assertion]] = defaultdict(list)
    for one in of.living:
        by_key[key_of(one)].append(one)
    worlds = {}
    for told in by_key.values():
        said = tuple(sorted((of.message(a), of.named(a), a.start, a.said) for a in told))
        shown = (held for of_key in arrived(told).values() for held in of_key)
        worlds[said] = sorted((*sorted((of.names[s], of.names[o])), str(begin), str(end)) for s, o, begin, end in shown)
    return worlds
