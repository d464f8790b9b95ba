"""Slips of the tongue repaired within a sentence, before it is parsed: "Mara moved to Milan, no, Turin" is "Mara moved to Turin"."""

import re
from collections.abc import Iterator

from extractors.local.given_names import GIVEN_NAMES
from extractors.local.lexicon import MONTHS, NOT_NAMES
from extractors.local.places import PLACES

_PREPOSITION = r"(?:(?:in|at|on|to|for|from|with|near|by|since|until|till|as)\s+)?"
_ARTICLE = r"(?:(?:the|a|an|my|his|her)\s+)?"
_LEAD = _PREPOSITION + _ARTICLE
_CAPITAL = "A-Z\u00c0-\u00d6\u00d8-\u00de"
_NAME = rf"[{_CAPITAL}][\w'&.-]*\w(?:\s+(?:of|de|du|da|van|von|the)(?=\s+[{_CAPITAL}])|\s+[{_CAPITAL}][\w'&-]*)*"
_MONTH = "|".join(month.title() for month in sorted({*MONTHS, "may"}, key=len, reverse=True))
_DATE = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:(?:{_MONTH})(?:\s+\d{{1,4}})?|\d{{1,4}})"
_EDIT = (
    r"\s*(?:,|\s[-\u2013\u2014]|\.\.\.|\u2026|\()\s*"
    r"(?:(?:oh|um+|uh|er|hm+|well)\s*,?\s+)?"
    r"(?:(?:no|nope)(?:\s+(?:wait|sorry|actually))?\s*,|(?:no\s*,?\s+)?wait\s*,(?:\s*no\s*,)?|sorry\s*,(?:\s*no\s*,)?|(?:or\s+)?rather,?|or,?\s+actually,?|"
    r"correction\s*[,:]|scratch\s+that\s*,|make\s+that|no\s*,?\s*I\s+mean)\s*"
)
_FOLLOWING = "and|but|so|in|on|at|to|since|from|until|till|for|with|because|where|last|this|next|as|by|now|ago|yesterday"
_ENDS = rf"(?=\s*(?:[.,;:!?)]|$|\s(?:{_FOLLOWING})\b))"
_COMMON = r"(?<=\ba\s)[a-z]+(?:\s[a-z]+)?|(?<=\ban\s)[a-z]+(?:\s[a-z]+)?"
_WHAT = rf"{_LEAD}(?:{_DATE}|{_NAME}|{_COMMON})"
_CLOSES = r"(?:\)|,(?=\s(?:in|on|at|to|since|from|until|till|for|with|as|last|this|next)\b))?"
_SLIP = re.compile(rf"(?<=[\w'] )(?P<wrong>\b{_WHAT})(?P<edit>{_EDIT})(?P<right>{_WHAT}){_CLOSES}{_ENDS}")
_BREAK = re.compile(rf"(?<=\w)\s*,\s+(?:wait|oops|hang on|hold on)\s*,\s+(?=(?!I\b){_NAME}\s+(?!(?:{_FOLLOWING}|or)\b)[a-z])")
_SPLIT = re.compile(rf"(?P<preposition>{_PREPOSITION})(?P<article>{_ARTICLE})(?P<rest>.*)\Z", re.DOTALL)


def slips(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, words) for each slip that is repaired: what was meant in the place of both; what breaks in is a sentence."""
    yield from ((match.start(), match.end(), ". ") for match in _BREAK.finditer(text))
    for match in _SLIP.finditer(text):
        wrong, right = (_SPLIT.match(match[group]) for group in ("wrong", "right"))
        if wrong is None or right is None or not _is_of_one_kind(wrong["rest"], right["rest"]):
            continue
        if (wrong["preposition"] or _CALLING.search(match["edit"])) and _may_call(wrong["rest"], right["rest"]):
            continue
        article = right["article"] or ("" if right["preposition"] else wrong["article"])
        yield match.start(), match.end(), (right["preposition"] or wrong["preposition"]) + article + right["rest"]


_CALLING = re.compile(r"\b(?:sorry|wait)\b", re.IGNORECASE)


def _may_call(wrong: str, right: str) -> bool:
    """A given name where none was may be whom one speaks to: "I live in Rome, sorry, Anna"."""
    first, other = (words.split()[0].lower() for words in (wrong, right))
    return other in GIVEN_NAMES and other not in PLACES and first not in GIVEN_NAMES and not _IS_DATE.match(right)


def _is_of_one_kind(wrong: str, right: str) -> bool:
    """A date for a date, a name for a name, a common noun for another."""
    if _IS_DATE.match(wrong) and _IS_DATE.match(right):
        return True
    kinds = [(_IS_DATE.match(words) is not None, words[0].isupper()) for words in (wrong, right)]
    words = {part.split()[0].lower() for part in (wrong, right)}
    return kinds[0] == kinds[1] and NOT_NAMES.isdisjoint(words) and "i" not in words


_IS_DATE = re.compile(rf"{_DATE}\Z")
