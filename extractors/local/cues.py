"""What the words of an English message show at a glance, without a parse."""

import re
from functools import lru_cache

from graph.language import Cues

LOOKED_AT = 4_000
"""Characters of a long text that are looked at."""

_DATED = re.compile(
    r"\b(?:yesterday|today|tonight|tomorrow|last|next|ago|recently|weeks?|weekend|months?|years?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"january|february|march|april|june|july|august|september|october|november|december|\d{4})\b"
)
_NUMBERED = re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|once|twice)\b")
_OF_SPEAKER = re.compile(r"\b(?:i|my|me|mine|we|our|us)\b")
_OF_HEARER = re.compile(r"\b(?:you|your|yours)\b")
_GREETS = re.compile(r"^(?:hey|hi|hello|bye|take care|talk soon|thanks|thank you|good (?:morning|evening|night)|see you|you're welcome)\b")


@lru_cache(maxsize=8_192)
def cues(text: str) -> Cues:
    """Messages recur from one question to the next, so each is looked at once."""
    lower = text[:LOOKED_AT].lower()
    return Cues(
        dated=bool(_DATED.search(lower)),
        numbered=bool(_NUMBERED.search(lower)),
        of_speaker=bool(_OF_SPEAKER.search(lower)),
        of_hearer=bool(_OF_HEARER.search(lower)),
        greets=bool(_GREETS.match(lower)),
        asks="?" in lower,
    )
