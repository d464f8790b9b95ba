"""How the reason of a change tells of times: no more exactly than they are known. Pure."""

from datetime import UTC, datetime

from graph.belief import Stretch
from graph.model import Assertion
from graph.time import Precision, inside

_FORMS = {Precision.DAY: "%Y-%m-%d", Precision.MONTH: "%Y-%m", Precision.YEAR: "%Y"}


def is_closed_by_other_words(stretch: Stretch) -> bool:
    """Whether it had ended by what else was told in one breath with it: who tells the end with the fact has said why."""
    return stretch.end not in (None, stretch.start) and stretch.closed_by != stretch.lead.uuid


def holds(stretch: Stretch) -> str:
    start = when(stretch.start, stretch.start_precision)
    if stretch.start_precision is Precision.BEFORE:
        return f"was so before {start}"
    if stretch.end is not None and not is_closed_by_other_words(stretch):
        return f"holds from {start} until {when(stretch.end, stretch.end_precision)}"
    return f"holds from {start} on"


def ends(closing: Assertion, stretch: Stretch) -> str:
    """What was said of an end, by whether it was still to come then."""
    ahead = stretch.end is not None and stretch.end > closing.said
    return "was said to end" if ahead else "was said to have ended"


def when(at: datetime | None, precision: Precision | None = None) -> str:
    """An instant as reasons name it: no more exactly than it is known."""
    if at is None:
        return ""
    if form := _FORMS.get(precision or Precision.SECOND):
        return f"{inside(at.astimezone(UTC)):{form}}"
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
