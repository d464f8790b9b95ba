"""The example in other orders: its assertions, which must end in the same world, and its sessions, which may be understood otherwise."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from graph.memory import Memory
from graph.model import Assertion
from tests.laws.example import Heard, Named, heard, real_memory, sessions
from tests.laws.order import arrived, key_of

WORDS_FOR_OTHERS = re.compile(r"\b(she|he|they|her|his|him|their|them|it|my|our|we|us|the)\b", re.IGNORECASE)


@dataclass
class Shuffled:
    """Differences by what they are and how often they were met, each with its cause."""

    assertions: int = 0
    arrivals: int = 0
    arrivals_that_differ: int = 0
    orders: int = 0
    orders_that_differ: int = 0
    unexplained: int = 0
    differences: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def rows(self) -> list[dict[str, Any]]:
        return [
            {"orders": count, "cause": cause, "message": message, "difference": difference}
            for (cause, message, difference), count in self.differences.most_common()
        ]


async def measure(arrivals: int, orders: int, seed: int, advance: Callable[[int], None]) -> Shuffled:
    found, shuffle = Shuffled(orders=orders), Random(seed)  # noqa: S311 - a shuffle hides nothing
    async with real_memory() as memory:
        first = await heard(memory, "in order", list(sessions()))
        _arrivals(found, list(first.living), arrivals, shuffle, advance)
        for n in range(orders):
            await _order(found, memory, first, f"order {n}", shuffle)
            advance(1)
    return found


def _arrivals(found: Shuffled, told: list[Assertion], arrivals: int, shuffle: Random, advance: Callable[[int], None]) -> None:
    world = arrived(told)
    found.assertions = len(told)
    for _ in range(arrivals):
        shuffle.shuffle(told)
        found.arrivals += 1
        found.arrivals_that_differ += arrived(told) != world
        advance(1)


async def _order(found: Shuffled, memory: Memory, first: Heard, group: str, shuffle: Random) -> None:
    order = list(sessions())
    shuffle.shuffle(order)
    other = await heard(memory, group, order)
    differing = list(_differences(first, other))
    found.orders_that_differ += bool(differing)
    found.unexplained += _unexplained(first, other)
    found.differences.update(differing)


def _differences(first: Heard, other: Heard) -> Sequence[tuple[str, str, str]]:
    """(cause, message, difference) of each message that was understood otherwise."""
    one, two = by_message(first), by_message(other)
    out = []
    for message in sorted(one.keys() | two.keys()):
        missing = sorted((one.get(message, Counter()) - two.get(message, Counter())).elements())
        more = sorted((two.get(message, Counter()) - one.get(message, Counter())).elements())
        if missing or more:
            quotes = {a.quote or "" for of in (first, other) for a in (*of.living, *of.withdrawn) if of.message(a) == message}
            out.append((_cause(missing, more, quotes), message, f"{_words(missing)} | {_words(more)}"))
    return out


def by_message(of: Heard) -> Mapping[str, Counter[tuple[bool, Named]]]:
    """What each message says, and whether that was taken back."""
    said: defaultdict[str, Counter[tuple[bool, Named]]] = defaultdict(Counter)
    for living, told in ((True, of.living), (False, of.withdrawn)):
        for one in told:
            said[of.message(one)][living, of.named(one)] += 1
    return said


def _cause(missing: Sequence[tuple[bool, Named]], more: Sequence[tuple[bool, Named]], quotes: set[str]) -> str:
    if sorted(named for _, named in missing) == sorted(named for _, named in more):
        return "the correction was heard before what it takes back, or took back something else"
    if {named[1] for _, named in missing} != {named[1] for _, named in more}:
        return "what it left open (which job, which home) was not known yet, or was something else then"
    who = [(a[1][0] != b[1][0] or a[1][2] != b[1][2]) for a, b in zip(missing, more, strict=False)]
    if any(who):
        pointing = any(WORDS_FOR_OTHERS.search(quote) for quote in quotes)
        return "a pronoun or kin word meant whom it could mean then" if pointing else "a name meant whom it could mean then"
    return "a date was taken over from what was known then"


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
