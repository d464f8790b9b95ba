"""The relations that a question names one after another: "the capital of the country where Anna was born" names two or three."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

MOST_LINKS = 8
APART = 1
"""Content words that may stand between two words of a phrase: "the city where the author was born" is "born in the city of" too."""
REACH = 8
"""Words of any kind over which a phrase may stretch."""
MOST_TOPICS = 48
LONGEST_TOPIC = 6
"""Words of the name of something."""

Phrases = Mapping[str, Sequence[tuple[frozenset[str], str]]]
"""For each stem the phrases that have it, as sets of stems, with the relation that they say."""


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of the ontology in a question: the places of its words."""

    places: tuple[int, ...]
    relation: str

    @property
    def rank(self) -> tuple[int, int, int, str]:
        """The fullest first, of those the tightest, of those the first."""
        return -len(self.places), self.places[-1] - self.places[0], self.places[0], self.relation


@dataclass(frozen=True, slots=True)
class Run:
    """Words that name relations or types, by their places."""

    places: tuple[int, ...]
    relations: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


def runs(stems: Sequence[str | None], phrases: Phrases, types: Mapping[str, str]) -> tuple[Run, ...]:
    """In the order of the text. No word counts twice: "country of origin" is no "country".

    `stems` has the stem of each content word, None for any other; `types` the types of entity by the stems of their names.
    """
    chosen: dict[tuple[int, ...], list[str]] = {}
    for found in sorted(_matches(stems, phrases), key=lambda match: match.rank):
        if found.places in chosen:
            chosen[found.places].append(found.relation)
        elif not any(set(found.places) & set(places) for places in chosen):
            chosen[found.places] = [found.relation]
    taken = {place for places in chosen for place in places}
    chosen |= {(place,): [] for place, stem in enumerate(stems) if stem in types and place not in taken}
    named = [Run(places, tuple(dict.fromkeys(relations)), _types(stems, places, types)) for places, relations in sorted(chosen.items())]
    return tuple(named[:MOST_LINKS])


def _types(stems: Sequence[str | None], places: tuple[int, ...], types: Mapping[str, str]) -> tuple[str, ...]:
    """The type that a single word names."""
    named = types.get(stems[places[0]] or "") if len(places) == 1 else None
    return (named,) if named else ()


def _matches(stems: Sequence[str | None], phrases: Phrases) -> Iterator[Found]:
    there = frozenset(stem for stem in stems if stem is not None)
    for place, stem in enumerate(stems):
        for needed, relation in phrases.get(stem, ()) if stem is not None else ():
            if needed <= there and (places := _from(place, stems, needed)):
                yield Found(places, relation)


def _from(first: int, stems: Sequence[str | None], needed: Collection[str]) -> tuple[int, ...]:
    """The places of all words of a phrase of which one stands at `first`, and the others soon after it; none where one lacks."""
    places, left, between = [first], set(needed) - {stems[first]}, 0
    for place in range(first + 1, min(first + REACH, len(stems))):
        if not left:
            break
        stem = stems[place]
        if stem in left:
            places.append(place)
            left.discard(stem)
            between = 0
        elif stem is not None and (between := between + 1) > APART:
            return ()
    return () if left else tuple(places)


def topics(words: Sequence[str], telling: Collection[int]) -> tuple[str, ...]:
    """Runs of words that may be the name of something, the longest first; one begins and ends with one of the `telling` places."""
    ends = sorted(telling)
    runs = [(first, last) for first in ends for last in ends if first <= last < first + LONGEST_TOPIC]
    runs.sort(key=lambda run: (run[0] - run[1], run[0]))
    return tuple(dict.fromkeys(" ".join(words[first : last + 1]) for first, last in runs))[:MOST_TOPICS]
