"""As of an instant on both clocks, defined once: what is believed, and what holds of it. Python asks it, SQL and Cypher say it.

The columns are those of a Fact: `created_at`, `retracted_from`, `valid_at`, `valid_until` and `expired_from` (when its end was
learnt); what has no such instant has a far one. The instants asked about are `valid` and `known`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.time import AsOf


@dataclass(frozen=True, slots=True)
class By:
    """The column's instant has come by the instant asked about."""

    column: str
    at: str


@dataclass(frozen=True, slots=True)
class After:
    """It is yet to come."""

    column: str
    at: str


@dataclass(frozen=True, slots=True)
class Both:
    first: "Predicate"
    second: "Predicate"


@dataclass(frozen=True, slots=True)
class Either:
    first: "Predicate"
    second: "Predicate"


Predicate = By | After | Both | Either

RECORDED: Predicate = By("created_at", "known")
RETRACTED: Predicate = By("retracted_from", "known")
NOT_RETRACTED: Predicate = After("retracted_from", "known")
BELIEVED: Predicate = Both(RECORDED, NOT_RETRACTED)
END_KNOWN: Predicate = By("expired_from", "known")
END_UNKNOWN: Predicate = After("expired_from", "known")
BEGUN: Predicate = By("valid_at", "valid")
FUTURE: Predicate = After("valid_at", "valid")
GOES_ON: Predicate = Either(END_UNKNOWN, After("valid_until", "valid"))
HOLDS: Predicate = Both(BEGUN, GOES_ON)
ENDED: Predicate = Both(BEGUN, Both(END_KNOWN, By("valid_until", "valid")))


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a language says it; columns are named as in a Fact unless `columns` says otherwise."""

    record: str
    parameter: str
    both: str
    either: str
    columns: Mapping[str, str] = field(default_factory=dict)

    def text(self, predicate: Predicate) -> str:
        match predicate:
            case By(column, at):
                return f"{self._column(column)} <= {self.parameter}{at}"
            case After(column, at):
                return f"{self._column(column)} > {self.parameter}{at}"
            case Both(first, second):
                return self.both.format(self.text(first), self.text(second))
            case Either(first, second):
                return self.either.format(self.text(first), self.text(second))

    def _column(self, name: str) -> str:
        return f"{self.record}.{self.columns.get(name, name)}"


Asked = Callable[[Any, AsOf], bool]


_PYTHON = Dialect("fact", "as_of.", "({} and {})", "({} or {})")


def asked(predicate: Predicate) -> Asked:
    """The predicate as a function of a Fact and an instant, in one expression: recall asks it of hundreds of facts."""
    made: Asked = eval(f"lambda fact, as_of: {_PYTHON.text(predicate)}")  # noqa: S307 - what is said stands above, and is of nobody else
    return made
