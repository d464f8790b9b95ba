"""Where in a text a time expression may stand: around a word that announces one."""

import re
from collections.abc import Mapping

from extractors.local.dates.holidays import HOLIDAY_CUES
from extractors.local.dates.words import CUES, Cue

_WORD = re.compile(r"[a-z]+|\d")
_PLACED_WORD = re.compile(r"\d+|[A-Za-z]+")
_BEFORE, _AFTER = 64, 80
"""No expression reaches further from the word that announces it, in characters."""

_CUES: Mapping[str, Cue] = {
    **dict.fromkeys(HOLIDAY_CUES, Cue.HOLIDAY),
    **CUES,
    **dict.fromkeys("0123456789", Cue.DIGIT),
}


Windows = list[tuple[int, int]]


def cues_in(text: str) -> Mapping[Cue, Windows]:
    """The kinds of words in `text` that announce a time, and the parts where an expression with one may stand; most texts have none."""
    if _CUES.keys().isdisjoint(_WORD.findall(text.lower())):
        return {}
    cues: dict[Cue, Windows] = {}
    for match in _PLACED_WORD.finditer(text):
        if cue := _CUES.get(match[0].lower()) or (None if match[0].isalpha() else Cue.DIGIT):
            _widen(cues.setdefault(cue, []), max(0, match.start() - _BEFORE), match.end() + _AFTER)
    return cues


def _widen(windows: Windows, start: int, end: int) -> None:
    """Adds a window, one with the last where they overlap."""
    if windows and start <= windows[-1][1]:
        start = windows.pop()[0]
    windows.append((start, end))
