"""The words that rendered times and headings are made of: data, so that another language is another value."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """Patterns with `{0}` (and `{1}`) for what stands in them. `said` marks a start known only from the saying."""

    months: tuple[str, ...]
    day: str = "{day} {month} {year}"
    month: str = "{month} {year}"
    minute: str = "{0}, {1}"
    since: str = "since {0}"
    until: str = "until {0}"
    between: str = "from {0} until {1}"
    future: str = "from {0} on"
    on_day: str = "on {0}"
    in_period: str = "in {0}"
    before: str = "at some time before {0}"
    said: str = "known on {0}"
    said_until: str = "known on {0}, until {1}"
    at_latest: str = "{0} at the latest"
    ended: str = "no longer so"
    facts: str = "Facts"
    messages: str = "Messages"
    cut: str = "[...]"


ENGLISH = Wording(
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    )
)
