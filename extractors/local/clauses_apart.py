"""What one sentence tells of two, told in two: in "I live in Ghent and Daniel lives in Antwerp" a parser takes both names for places."""

import re
from collections.abc import Iterator

from extractors.local.ellipsis import SENTENCE
from extractors.local.normalise import Edit, Normalised

_LASTING = "live|work|study|teach"
_VERB = (
    rf"(?:{_LASTING}|lives|works|studies|teaches|lived|worked|studied|taught|moved|quit|joined|left|married|retired|graduated"
    r"|is married to|was born in|got a job)"
)
_KIN = r"(?:[Mm]y|[Oo]ur|[Hh]is|[Hh]er) (?:[a-z]+ ){1,2}?(?:[A-Z][\w'-]+ )?"
_NAME = r"[A-Z][\w'-]+ (?:[A-Z][\w'-]+ )?"
_FIRST = re.compile(rf"\s*(?:I|We|He|She|They|{_KIN}|{_NAME}) ?{_VERB}\b ?")
_SECOND = re.compile(rf",? (?:and|but|while) (?=(?:{_KIN}|{_NAME}){_VERB}\b)")
_TURN = re.compile(r"\b(?:that|which|who|whom|where|when|whether|if|because|since|so|not|never)\b|n't\b|,", re.IGNORECASE)
"""After these what follows "and" may hang on them."""


def told_in_two(text: Normalised) -> Normalised:
    """I live in Ghent and Daniel lives in Antwerp -> I live in Ghent. Daniel lives in Antwerp"""
    return text.edited(_breaks(text.text))


def _breaks(text: str) -> Iterator[Edit]:
    for sentence in SENTENCE.finditer(text):
        first = _FIRST.match(sentence[0])
        further = _SECOND.search(sentence[0], first.end()) if first else None
        if first is None or further is None or _TURN.search(sentence[0], first.end(), further.start()):
            continue
        yield Edit(sentence.start() + further.start(), sentence.start() + further.end(), ". ")
