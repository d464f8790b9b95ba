"""What the words of an English message show at a glance, without a parse."""

import re
from functools import lru_cache, reduce
from operator import or_

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

DATED, NUMBERED, SPEAKER, HEARER = 1, 2, 4, 8

_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_GREETS = re.compile(r"^(?:hey|hi|hello|bye|take care|talk soon|thanks|thank you|good (?:morning|evening|night)|see you|you're welcome)\b")
_REACTS = re.compile(
    r"(?:wow|that'?s|that is|that sounds|sounds|congrat|awesome|great|thanks?|glad|absolutely|definitely|yeah|yes|yep|totally|nice|cool|"
    r"so (?:glad|happy|sorry|proud)|oh|aww?|i'?m (?:so )?(?:glad|happy|sorry|proud)|no problem|you'?re|your|good|exactly|i agree|i totally|"
    r"i hear|i understand|i bet|hey|hi|hello)\b"
)
# Each begins with a space, which makes looking for it four times as fast.
_DONE = re.compile(
    r" (?:i|we|my \w+) (?:(?:just|also|even|actually|really|recently|finally) )?"
    r"(?:\w+ed|went|got|made|had|was|were|took|saw|did|bought|found|met|began|gave|won|lost|came|left|felt|ran|wrote|read|ate|drove|built|"
    r"taught)\b"
)
_NAMED = re.compile(r" (?<=[a-z] )[A-Z][a-z]{2,}")
_PLACED = re.compile(r" (?:in|at|to|from|near|around|through|visit|visited|visiting) (?:the )?[A-Z][a-z]")
NAMES = 2
"""So many names of others make a message full of them."""


@lru_cache(maxsize=65_536)
def cues(text: str) -> Cues:
    """Messages recur from one question to the next, so each is looked at once."""
    looked_at = text[:LOOKED_AT]
    lower = looked_at.lower()
    shown = reduce(or_, set(map(_shown_by, lower.split())), 0)
    return Cues(
        dated=bool(shown & DATED),
        numbered=bool(shown & NUMBERED),
        of_speaker=bool(shown & SPEAKER),
        of_hearer=bool(shown & HEARER),
        greets=bool(_GREETS.match(lower)),
        asks="?" in lower,
        reacts=bool(_REACTS.match(lower)),
        done=bool(_DONE.search(f" {lower}")),
        named=min(1.0, len(set(_NAMED.findall(looked_at))) / NAMES),
        placed=bool(_PLACED.search(looked_at)),
    )


@lru_cache(maxsize=65_536)
def _shown_by(written: str) -> int:
    """What stands between two spaces shows. Words recur more than messages."""
    words = frozenset(_WORD.findall(written))
    shown = {
        DATED: not words.isdisjoint(DATES) or any(len(word) == 4 and word.isdecimal() for word in words),
        NUMBERED: bool(_DIGIT.search(written)) or not words.isdisjoint(NUMBERS),
        SPEAKER: not words.isdisjoint(OF_SPEAKER),
        HEARER: not words.isdisjoint(OF_HEARER),
    }
    return sum(flag for flag, is_shown in shown.items() if is_shown)
