"""The part of a long text that a question needs, cut at sentence ends."""

import re
from collections.abc import Sequence

LONGEST = 1_200
"""Characters up to which a message is shown whole."""
PIECE = 900
"""Characters of a passage."""

_SENTENCE_END = re.compile(r"(?<=[.!?…。！？])\s+|\n+")  # noqa: RUF001 - sentences of other scripts end too


def passage(content: str, terms: Sequence[str], cut: str) -> str:
    """`content`, or where it is long the passage with most of `terms`, with `cut` where something was left out."""
    if len(content) <= LONGEST:
        return content
    starts = _sentence_starts(content)
    lower = content.lower()
    first = max(starts, key=lambda at: (sum(term in lower[at : at + PIECE] for term in terms), -at))
    last = _end_of_passage(starts, first, len(content))
    before = f"{cut} " if first > 0 else ""
    after = f" {cut}" if last < len(content) else ""
    return f"{before}{content[first:last].strip()}{after}"


def _sentence_starts(content: str) -> list[int]:
    return [0, *(match.end() for match in _SENTENCE_END.finditer(content) if match.end() < len(content))]


def _end_of_passage(starts: Sequence[int], first: int, end: int) -> int:
    """The last sentence end within the passage, or its full length where one sentence is longer."""
    within = [at for at in [*starts, end] if first < at <= first + PIECE]
    return max(within, default=min(end, first + PIECE))
