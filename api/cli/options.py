"""Options that several commands share."""

import os
from dataclasses import dataclass
from typing import Annotated

from cyclopts import Parameter

from api.settings import Settings, read_settings
from graph.errors import BadInput
from graph.time import parse_period

Store = Annotated[
    str | None,
    Parameter(
        name="--store", help="The file that holds everything, or neo4j://host:7687. Default: PALIMPSEST_STORE, else ./palimpsest.db."
    ),
]
First = Annotated[int, Parameter(name="--first", help="How many to list at most.")]


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Look:
    """How a command that reads looks at a store, and how it prints what it sees."""

    as_of: Annotated[str | None, Parameter(help="What held then: 2024, 2024-03, 2024-03-10 or 2024-03-10T09:00:00+01:00.")] = None
    known: Annotated[str | None, Parameter(help="As far as was known then.")] = None
    json: Annotated[bool, Parameter(negative="", help="Print the answer as JSON.")] = False
    store: Store = None

    def settings(self) -> Settings:
        return read_settings(os.environ, store=self.store)

    def instant(self) -> dict[str, str] | None:
        """The `asOf` of a query; None is now on both clocks. Raises BadInput naming the option."""
        given = {"valid": ("--as-of", self.as_of), "known": ("--known", self.known)}
        return {clock: _time(option, text) for clock, (option, text) in given.items() if text is not None} or None


NOW = Look()


def _time(option: str, text: str) -> str:
    try:
        parse_period(text)
    except BadInput as error:
        raise BadInput(f"{option}: {error.message}", hint=error.hint) from error
    return text
