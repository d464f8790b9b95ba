"""What commands print: answers on stdout, progress on stderr."""

import logging
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import orjson
from rich.console import Console
from rich.markup import escape
from rich.table import Table

WIDE = 200
CALENDAR = ("DAY", "MONTH", "YEAR")
DATES = {"YEAR": 4, "MONTH": 7, "DAY": 10, "SAID": 10, "MINUTE": 16, "SECOND": 19}
"""How much of an RFC 3339 time a precision vouches for."""


def out() -> Console:
    """Stdout: as wide as the terminal, wide where it is a file or a pipe."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else WIDE)


def progress() -> Console:
    return Console(stderr=True, highlight=False)


def log_to_stderr(level: str) -> None:
    """For commands that run for long."""
    logging.basicConfig(level=level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")


def numbered(count: int, noun: str, plural: str | None = None) -> str:
    """The count with its noun: "1 entity", "2,000 entities"."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def told_counts(episodes: int, entities: int, facts: int) -> str:
    return ", ".join((numbered(episodes, "episode"), numbered(entities, "entity", "entities"), numbered(facts, "fact")))


def print_json(value: object) -> None:
    out().print(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode(), markup=False, soft_wrap=True)


def print_page(page: Mapping[str, Any], *, nothing: str, json: bool) -> None:
    """A connection of facts, saying so on stderr where others follow."""
    if json:
        print_json(page["nodes"])
    elif page["nodes"]:
        print_facts(page["nodes"])
    else:
        out().print(nothing, markup=False)
    if page["pageInfo"]["hasNextPage"]:
        progress().print(f"… and more than these {len(page['nodes'])}: --first lists more.", markup=False)


def print_facts(facts: Sequence[Mapping[str, Any]]) -> None:
    """A table: since and until when, the fact in words, and the words it came from."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("since", "until", "fact", "status", "said"):
        table.add_column(heading, no_wrap=heading in ("since", "until", "status"))
    for fact in facts:
        table.add_row(since(fact), until(fact), escape(fact["text"]), fact["status"].lower(), escape(_quote(fact)))
    out().print(table)


def since(fact: Mapping[str, Any]) -> str:
    """When it began, no more exactly than it is known."""
    if fact["validAtPrecision"] == "BEFORE":
        return "?"
    date = _date(fact["validAt"], fact["validAtPrecision"])
    return f"by {date}" if fact["validAtPrecision"] == "SAID" else date


def until(fact: Mapping[str, Any]) -> str:
    """When it ended; nothing while it holds."""
    return _date(fact["invalidAt"], fact["invalidAtPrecision"] or "DAY") if fact["invalidAt"] else ""


def _date(at: str, precision: str) -> str:
    """A period of the calendar begins at midnight where it was said; its noon is on the same date half the world around."""
    shift = timedelta(hours=12) if precision in CALENDAR else timedelta()
    return (datetime.fromisoformat(at) + shift).isoformat()[: DATES.get(precision, 10)].replace("T", " ")


def _quote(fact: Mapping[str, Any]) -> str:
    return next((f"“{source['quote']}”" for source in fact["sources"] if source["quote"]), "")
