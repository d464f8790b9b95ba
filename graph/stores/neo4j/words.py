"""Texts and words as the full-text indexes hold them: without accents and punctuation, so that no word of a question is syntax."""

import re
import unicodedata

_ACCENTS = re.compile("[\u0300-\u036f]+")
_BETWEEN = re.compile(r"[\W_]+")


def plain_words(text: str) -> str:
    """The words of a text with single blanks between them, accents removed: what is written to `words`."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _ACCENTS.sub("", unicodedata.normalize("NFKD", text)))
    return _BETWEEN.sub(" ", text).strip()
