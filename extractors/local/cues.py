"""What the words of an English message show at a glance, without a parse."""

import re
from functools import lru_cache

from graph.language import Cues

LOOKED_AT = 4_000
"""Characters of a long text that are looked at."""

DATES = frozenset(
    (
        "yesterday today tonight tomorrow last next ago recently week weeks weekend month months year years "
        "monday tuesday wednesday thursday friday saturday sunday "
        "january february march april june july august september october november december"
    ).split()
)
NUMBERS = frozenset("one two three four five six seven eight nine ten dozen once twice".split())
OF_SPEAKER = frozenset("i my me mine we our us".split())
OF_HEARER = frozenset("you your yours".split())

_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_GREETS = re.compile(r"^(?:hey|hi|hello|bye|take care|talk soon|thanks|thank you|good (?:morning|evening|night)|see you|you're welcome)\b")


@lru_cache(maxsize=65_536)
def cues(text: str) -> Cues:
    """Messages recur from one question to the next, so each is looked at once."""
    lower = text[:LOOKED_AT].lower()
    words, digits = frozenset(_WORD.findall(lower)), bool(_DIGIT.search(lower))
    return Cues(
        dated=not words.isdisjoint(DATES) or (digits and any(len(word) == 4 and word.isdecimal() for word in words)),
        numbered=digits or not words.isdisjoint(NUMBERS),
        of_speaker=not words.isdisjoint(OF_SPEAKER),
        of_hearer=not words.isdisjoint(OF_HEARER),
        greets=bool(_GREETS.match(lower)),
        asks="?" in lower,
    )
