"""What `palimpsest doctor` finds, and how it shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rich.markup import escape
from rich.table import Table

from api.cli.show import out
from graph.errors import PalimpsestError


class State(StrEnum):
    OK = "ok"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """`advice` is what to do, where something is to be done."""

    about: str
    state: State
    words: str
    advice: str = ""


def wrong(about: str, error: PalimpsestError) -> Finding:
    return Finding(about, State.WRONG, error.message, error.hint)


def print_findings(findings: Sequence[Finding]) -> None:
    table = Table(box=None, pad_edge=False, show_header=False)
    for finding in findings:
        advice = f"\n→ {finding.advice}" if finding.advice else ""
        table.add_row(finding.state, finding.about, escape(finding.words + advice))
    out().print(table)
