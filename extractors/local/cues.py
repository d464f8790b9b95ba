"""What the words of an English message show at a glance, without a parse."""

import re
from functools import lru_cache, reduce
from operator import or_

from graph.language import Cues

LOOKED_AT = 4_000
"""Characters of a long text that are looked at."""
KEPT = 32_768
"""Messages, and words, whose cues are kept: some 10 MB of usual ones."""

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
    r"(?:wow|that'?s|that is|that sounds|sounds|congrat\w*|awesome|great|thanks?|glad|absolutely|definitely|yeah|yes|yep|totally|nice|cool|"
    r"so (?:glad|happy|sorry|proud)|oh|aww?|i'?m (?:so )?(?:glad|happy|sorry|proud)|no problem|you'?re|your|good|exactly|i agree|i totally|"
    r"i hear|i understand|i bet|hey|hi|hello)\b"
)
# Each begins with a space, which makes looking for it four times as fast.
_DONE = re.compile(
    r" (?:i|we|my \w+) (?:(?:just|also|even|actually|really|recently|finally) )?"
    r"(?:(?!(?:need|indeed|feed|speed|proceed|exceed)\b)\w+ed|went|got|made|had|was|were|took|saw|did|bought|found|met|began|gave|won|lost|"
    r"came|left|felt|ran|wrote|read|ate|drove|built|taught)\b"
)
# What may be a capital of any alphabet. A name after a comma may be whom it speaks to.
_CAPITAL = r"[^\W\d_a-z]"
_NAMED = re.compile(rf" (?<=[^\W\d_A-Z] )({_CAPITAL}[^\W\d_A-Z]{{2,}})")
_PLACED = re.compile(rf" (?:in|at|to|from|near|around|through|visit|visited|visiting) (?:the )?({_CAPITAL}[^\W\d_A-Z])")
NAMES = 2
"""So many names of others make a message full of them."""


def cues(text: str) -> Cues:
    """Messages recur from one question to the next, so each is looked at once."""
    return _cues(text[:LOOKED_AT])


@lru_cache(maxsize=KEPT)
def _cues(looked_at: str) -> Cues:
    plain = " ".join(looked_at.replace("\u2019", "'").split())
    lower = plain.lower()
    shown = reduce(or_, set(map(_shown_by, lower.split(" "))), 0)
    return Cues(
        dated=bool(shown & DATED),
        numbered=bool(shown & NUMBERED),
        of_speaker=bool(shown & SPEAKER),
        of_hearer=bool(shown & HEARER),
        greets=bool(_GREETS.match(lower)),
        asks="?" in lower,
        reacts=bool(_REACTS.match(lower)),
        done=bool(_DONE.search(f" {lower}")),
        named=min(1.0, len({name for name in _NAMED.findall(plain) if name[0].isupper()}) / NAMES),
        placed=any(place[0].isupper() for place in _PLACED.findall(f" {plain}")),
    )


@lru_cache(maxsize=KEPT)
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
