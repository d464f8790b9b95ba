"""The prepositions of time, and what each makes of the expression after it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from extractors.local.dates.found import Role, Tense
from extractors.local.dates.words import one_of


@dataclass(frozen=True, slots=True)
class Lead:
    """A preposition as written at `start`, under its plain `word` ("back in" is "in"). `joins`: it leads to the end of a span."""

    start: int
    word: str
    role: Role
    lean: Tense | None = None
    joins: bool = False


_PLAIN: Mapping[str, str] = {
    **{
        word: word
        for word in ("in", "on", "at", "during", "over", "around", "about", "throughout", "within", "for", "from", "of", "between")
    },
    "back in": "in",
    "sometime in": "in",
    "some time in": "in",
    "sometime around": "around",
    "back on": "on",
    "circa": "in",
    "since": "since",
    "ever since": "since",
    "as of": "since",
    "starting": "starting",
    "starting in": "starting",
    "starting on": "starting",
    "starting from": "starting",
    "beginning": "starting",
    "beginning in": "starting",
    "beginning on": "starting",
    "until": "until",
    "up until": "until",
    "up to": "until",
    "till": "till",
    "til": "till",
    "'til": "till",
    "through": "through",
    "thru": "through",
    "by": "by",
    "no later than": "by",
    "before": "before",
    "prior to": "before",
    "after": "after",
    "to": "to",
    "and": "and",
}
_ROLES: Mapping[str, tuple[Role, Tense | None]] = {
    "since": (Role.SINCE, Tense.PAST),
    "starting": (Role.SINCE, Tense.FUTURE),
    "until": (Role.UNTIL, Tense.FUTURE),
    "till": (Role.UNTIL, Tense.FUTURE),
    "through": (Role.UNTIL, Tense.FUTURE),
    "by": (Role.UNTIL, Tense.FUTURE),
    "before": (Role.BEFORE, Tense.FUTURE),
    "after": (Role.AFTER, None),
}
"""Those not listed say when it was: AT. Each looks its way where the verb does not tell."""

_JOINING = frozenset(("to", "and", "-", "until", "till", "through"))
_ROUGHLY = r"(?:(?:about|around|roughly|approximately|like|maybe|sometime|say)\s+(?:in\s+|on\s+)?)?"
_PATTERN = re.compile(rf"(?<![\w'-])(?P<word>{one_of(_PLAIN)})\s+{_ROUGHLY}\Z".replace(" ", r"\s+"), re.IGNORECASE | re.ASCII)
_DASH = re.compile(r"(?<=\S)\s*-\s*\Z")
_WIDEST = 36


def lead_before(text: str, start: int, floor: int = 0) -> Lead:
    """The preposition that ends where an expression starts, no further back than `floor`; an empty word where there is none."""
    match = _PATTERN.search(text, max(floor, start - _WIDEST), start)
    if match:
        return _lead(match.start(), _PLAIN[" ".join(match["word"].lower().split())])
    dash = _DASH.search(text, max(floor, start - 4), start)
    return _lead(dash.start(), "-") if dash else no_lead(start)


def no_lead(start: int) -> Lead:
    return _lead(start, "")


def _lead(start: int, word: str) -> Lead:
    role, lean = _ROLES.get(word, (Role.AT, None))
    return Lead(start, word, role, lean, word in _JOINING)
