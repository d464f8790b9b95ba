"""Made-up groups of any size: people who do things with places and things, each fact said in one message. Nothing was tuned on it."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

START = datetime(2024, 1, 1, tzinfo=UTC)
SYLLABLES = ("ba", "de", "fi", "go", "ku", "la", "me", "ni", "or", "pa", "qui", "ro", "sa", "ti", "un", "va", "wen", "xi", "yo", "ze")
NOUNS = ("harbour", "library", "orchard", "workshop", "museum", "bakery", "stable", "theatre", "garden", "mill", "tower", "ferry")
COLOURS = ("amber", "azure", "crimson", "golden", "ivory", "jade", "lilac", "maroon", "olive", "scarlet", "silver", "teal")
RELATIONS = (
    ("visited", "visited", "What did {} visit?"),
    ("painted", "painted", "What did {} paint?"),
    ("repaired", "repaired", "What did {} repair?"),
    ("photographed", "took pictures of", "What did {} take pictures of?"),
    ("described", "wrote a letter about", "What did {} write a letter about?"),
    ("dreamt_of", "dreamt of", "What did {} dream of?"),
)
TAILS = (
    "on a rainy morning",
    "with a friend",
    "before the summer fair",
    "after the long winter",
    "for the second time",
    "without telling anybody",
)
FACTS_A_MESSAGE = 3


@dataclass(frozen=True, slots=True)
class Told:
    """A fact as made: who did what with what, in words, with the question that asks for it."""

    subject: str
    relation: str
    object: str
    text: str
    question: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Size:
    """So many facts over so many groups."""

    facts: int
    groups: int

    @classmethod
    def of(cls, text: str) -> "Size":
        """As written: 100000/100; of one group, 1000. Raises ValueError where no group would get a fact."""
        facts, _, groups = text.partition("/")
        size = cls(int(facts), int(groups or 1))
        if not 0 < size.groups <= size.facts:
            raise ValueError(f"{text!r} is no number of facts and of the groups they are in, such as 100000/100")
        return size

    def __str__(self) -> str:
        return f"{self.facts:,} facts, {self.groups:,} group{'' if self.groups == 1 else 's'}"

    def names(self) -> list[str]:
        return [f"bench-{self.facts}-{self.groups}-{number}" for number in range(self.groups)]


def told(group: str, facts: int) -> Iterator[Told]:
    """The facts of a group, always the same for the same name: a third as many people, and as many things."""
    chance = random.Random(group)  # noqa: S311 - data, no secret
    people = list(_distinct(chance, _person, max(1, facts // 6)))
    things = list(_distinct(chance, _thing, max(1, facts // 6)))
    for number in range(facts):
        subject, thing = people[number % len(people)], chance.choice(things)
        relation, words, question = chance.choice(RELATIONS)
        text = f"{subject} {words} {thing} {chance.choice(TAILS)}"
        yield Told(subject, relation, thing, text, question.format(subject), START + timedelta(minutes=number))


def _distinct(chance: random.Random, make: Callable[[random.Random], str], count: int) -> Iterator[str]:
    met: set[str] = set()
    while len(met) < count:
        name = make(chance)
        if name not in met:
            met.add(name)
            yield name


def _word(chance: random.Random, syllables: int) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(syllables)).capitalize()


def _person(chance: random.Random) -> str:
    return f"{_word(chance, 2)} {_word(chance, 3)}"


def _thing(chance: random.Random) -> str:
    return f"the {chance.choice(COLOURS)} {chance.choice(NOUNS)} of {_word(chance, 3)}"
