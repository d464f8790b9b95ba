"""A rule: the pattern of one kind of time expression, and the function that says which days it means."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from extractors.local.dates.calendar import Days
from extractors.local.dates.found import Role, Tense
from extractors.local.dates.words import Cue

Match = re.Match[str]
_FLAGS = re.IGNORECASE | re.ASCII


@dataclass(frozen=True, slots=True)
class Said:
    """Around an expression: when it was said, the tense of its verb, its preposition, and whether words like "early" lead to it."""

    at: datetime
    tense: Tense | None = None
    lead: str = ""
    modified: bool = False

    @property
    def today(self) -> date:
        return self.at.date()

    @property
    def introduced(self) -> bool:
        return self.modified or bool(self.lead)

    def leaning(self, tense: Tense) -> "Said":
        """The same, looking that way unless its verb says otherwise."""
        return self if self.tense else replace(self, tense=tense)


@dataclass(frozen=True, slots=True)
class Meant:
    """The days that words mean, None for FOR and REPEATED.

    `role` None: its preposition decides. `until`: the said end of a SPAN. `cycle`: it recurs after so many months (0: it does not), so that
    the other end of a span may move it ("from May to July 2021"). `weekday`: it is a day of the week without a date. `adverb`: no "in" or
    "over" leads to it, so that in "we moved in last week" that word belongs to the verb.
    """

    days: Days | None
    role: Role | None = None
    until: Days | None = None
    cycle: int = 0
    weekday: bool = False
    adverb: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """`resolve` answers None where the words mean no time after all, and may raise ValueError where the calendar has no such day.

    Its docstring holds examples, parted by " · ", that a test reads.
    """

    cues: frozenset[Cue]
    pattern: re.Pattern[str]
    resolve: Callable[[Match, Said], Meant | None]

    @property
    def examples(self) -> tuple[str, ...]:
        return tuple((self.resolve.__doc__ or "").split(" · "))


def rule(pattern: str, *cues: Cue) -> Callable[[Callable[[Match, Said], Meant | None]], Rule]:
    """Makes a Rule of a function. It is tried on texts with a word of one of `cues`."""
    compiled = re.compile(rf"(?<![\w/$#@&£€])(?<!\d[.,])(?:{pattern})(?!\w)", _FLAGS)
    return lambda resolve: Rule(frozenset(cues), compiled, resolve)


@dataclass(frozen=True, slots=True)
class Modifier:
    """Words that lead to an expression and narrow or move it: "early", "the week before". `lean`: they look that way."""

    pattern: re.Pattern[str]
    resolve: Callable[[Match, Days, Said], Days | None]
    lean: Tense | None = None

    @property
    def examples(self) -> tuple[str, ...]:
        return tuple((self.resolve.__doc__ or "").split(" · "))


def modifier(pattern: str, lean: Tense | None = None) -> Callable[[Callable[[Match, Days, Said], Days | None]], Modifier]:
    """Makes a Modifier of a function; `pattern` ends where the expression begins."""
    compiled = re.compile(rf"(?<![\w-])(?:{pattern})\Z", _FLAGS)
    return lambda resolve: Modifier(compiled, resolve, lean)
