"""Which way the words around an expression look, for callers that know no verb."""

import re

from extractors.local.dates.found import Tense

_AHEAD = (
    r"will|won't|gonna|going\s+to|(?:plan|plans|planning)|hope|hoping|want|wants|wanna|looking\s+forward|can't\s+wait|let's|upcoming|might"
    r"|could|should|would\s+like|scheduled|booked|due|intend|excited\s+(?:for|about)|ready\s+for|see\s+(?:you|ya|u)|are\s+you|do\s+you\s+have|doing"
)
_NOT_PAST = (
    "(?:(?:[nsfw]|ind|sp|bl|br|gr|st|exc|proc|succ|agr)eed|hundred|naked|excited|thrilled|interested|supposed|tired|married|stoked|allowed|scheduled"
    "|booked)"
)
_BACK = (
    r"was|were|did|didn't|had|went|got|came|saw|took|made|met|said|told|felt|began|bought|left|found|spent|gave|knew|ran|won|lost|took|ate|sang"
    rf"|wrote|drove|flew|broke|fell|grew|held|kept|led|paid|sent|sold|slept|spoke|taught|thought|wore|been|seen|(?<!be\s)(?<!get\s)(?!{_NOT_PAST}\b)[a-z]{{2,}}ed"
)
_LOOKS = re.compile(rf"(?<![\w'])(?:(?P<ahead>{_AHEAD})|(?P<back>{_BACK}))(?![\w'])|(?P<shall>'ll)\b", re.IGNORECASE | re.ASCII)
_CLAUSE_ENDS = re.compile(r"[.!?\n;]|\b(?:and|but|so)\s+(?=(?:i|we|he|she|they|it|you)\b)", re.IGNORECASE)
_DUE = re.compile(r"\b(?:starts?|begins?|opens?|leaves?|arrives?)\s+\Z", re.IGNORECASE)
_NEAR = 80


def tense_around(text: str, start: int, end: int) -> Tense | None:
    """The way of the last telling word before the expression in its clause, else of the first one after it.

    Right after "starts" it lies ahead: "the show starts on Friday".
    """
    if _DUE.search(text, max(0, start - 10), start):
        return Tense.FUTURE
    opening = max((match.end() for match in _CLAUSE_ENDS.finditer(text, max(0, start - _NEAR), start)), default=max(0, start - _NEAR))
    before = [*_LOOKS.finditer(text, opening, start)]
    if before:
        return _way(before[-1])
    closing = _CLAUSE_ENDS.search(text, end)
    after = _LOOKS.search(text, end, min(closing.start() if closing else len(text), end + _NEAR))
    return _way(after) if after else None


def _way(match: re.Match[str]) -> Tense:
    return Tense.PAST if match["back"] else Tense.FUTURE
