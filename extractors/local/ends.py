"""The two ends of a plain sentence as words alone: where a name begins and ends, whatever a parser makes of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.local.given_names import GIVEN_NAMES
from extractors.local.lexicon import (
    CLASSIFIERS,
    DESCRIPTIONS,
    GENERIC_PEOPLE,
    HE,
    KIN,
    LIGHT,
    MY,
    NOT_NAMES,
    OCCUPATIONS,
    SHE,
    UNKNOWN,
    WE,
    YOU,
    I,
)
from extractors.local.phrasings import POSSESSIVE, Word

_ARTICLES = frozenset(("the", "a", "an"))
_JOINERS = frozenset(
    "of the and de la le les el al du des di da do dos das del della delle den der die das van von vom zu zur zum ten ter te af av bin ibn "
    "am y e et i o und og och & - \u2013 / + d' l' s a an for on to no fils pas".split()
)
"""Words that stand in small letters inside a name."""
_PARTICLES = frozenset("de du von van al el d' la le".split())
_INSIDE_SUBJECT = frozenset("in at from with by as or".split())
"""And those that can only where a verb has to follow: after a verb they may tell of something else."""
_OWNERS = MY | {"your", "his", "her", "their"}
_SOMEONE = I | WE | YOU | HE | SHE | MY | UNKNOWN | {"your", "let's", "lets"}
ADJUNCT = frozenset("during on in at within throughout for as with while over under by professionally".split())
QUOTES = "\"'\u201c\u201d\u2018\u2019"
_PLAIN_WORD = re.compile(r"[^\W\d_][\w'-]*\Z")
_NAMELESS = LIGHT | GENERIC_PEOPLE | NOT_NAMES | set(KIN)
_HEADS = {"end", "side", "point"} | (OCCUPATIONS & set(KIN))
"""Words that name nothing by themselves, but do with another ("left end", "basketball coach")."""
LONGEST_PHRASE = 4
LONGEST_NAME = 14


@dataclass(frozen=True, slots=True)
class End:
    """One end as it is called, where it stands, and whether it is a proper name; `quoted`: between quotation marks;
    `loose`: with common words in it ("Iran national football team"), which only a parse can tell from a clause."""

    text: str
    start: int
    end: int
    named: bool
    quoted: bool = False
    loose: bool = False


def subject_end(words: Sequence[Word], text: str) -> End | None:
    """What a sentence begins with, without what only describes it ("the film Night Ferry"); None for what is no single thing."""
    if words and words[-1].folded in _NEARLY:
        return None
    return _end(_undescribed(words, text), text, _JOINERS | _INSIDE_SUBJECT)


def object_end(words: Sequence[Word], text: str) -> End | None:
    """What a sentence ends with, without what only tells the circumstances ("during his career")."""
    return _end(_undescribed(_without_adverb(_without_adjunct(words, text), text), text), text, _JOINERS)


_NEARLY = frozenset(("almost", "nearly"))
"""Before a verb, that it was not done: "Tom almost married Rita"."""
_LATELY = frozenset(
    "too again nowadays already currently now still also instead anymore full-time part-time together alone permanently temporarily today "
    "presently lately".split()
)


def _without_adverb(words: Sequence[Word], text: str) -> Sequence[Word]:
    """ "Norte too", "Graz again": without the adverbs behind a name."""
    while len(words) > 1 and words[-1].folded.rstrip(",") in _LATELY and text[words[-1].start].islower() and is_big(words[0], text):
        words = words[:-1]
    return words


def _end(words: Sequence[Word], text: str, joiners: frozenset[str]) -> End | None:
    if not words or len(words) > LONGEST_NAME or _points_at_someone(words, text):
        return None
    start, end = words[0].start, words[-1].end
    inner = text[start:end]
    quoted = len(inner) > 2 and inner[0] in QUOTES and inner[-1] in QUOTES
    plain = inner.strip(QUOTES) if quoted else inner.strip('"\u201c\u201d').rstrip(",;:'")
    if not any(c.isalnum() for c in plain):
        return None
    if quoted or _is_name(words, text, joiners):
        return End(plain, start, end, True, quoted)
    role = words[0].folded in _ARTICLES and len(words) > 1 and not is_big(words[1], text)
    if (
        is_big(words[0], text)
        and not role
        and all(is_big(w, text) or w.folded in joiners or _PLAIN_WORD.match(w.folded.rstrip(",")) for w in words)
    ):
        return End(plain, start, end, True, loose=True)
    return End(plain, start, end, False) if _is_phrase(words, text) else None


def _points_at_someone(words: Sequence[Word], text: str) -> bool:
    """Whether a word of it means somebody whom only the talk could tell; in a title it is written large ("Within You Without You")."""
    places = [n for n, word in enumerate(words) if _means_someone(word, text)]
    if not places:
        return False
    if any(not is_big(w, text) and w.folded not in _JOINERS | _INSIDE_SUBJECT | {"i", POSSESSIVE} for w in words):
        return True
    joined = any(n and words[n - 1].folded in ("and", "or", "&") for n in places)
    speaks = words[-1].folded == "i" and len(words) < 3 and words[0].folded not in GIVEN_NAMES
    owns = words[0].folded in _OWNERS and any(word.folded in KIN for word in words)
    namesake = words[0].folded == "another" and len(words) > 1 and words[1].folded in GIVEN_NAMES
    return joined or speaks or owns or namesake or len(words) < 2


def _means_someone(word: Word, text: str) -> bool:
    bare = word.folded.strip(QUOTES + ",.").partition("'")[0]
    return bare in _SOMEONE and (bare in I or len(bare) > 1 or text[word.start].islower())


def _is_name(words: Sequence[Word], text: str, joiners: frozenset[str]) -> bool:
    led = words[0].folded in _PARTICLES and len(words) > 1
    titled = words[0].folded == "i" and len(words) > 2 and is_big(words[1], text)
    if not is_big(words[led], text) and not titled:
        return False
    words = words[titled:]
    return all(is_big(w, text) or w.folded in joiners or w.folded == POSSESSIVE for w in words) or _is_bracketed(words, text)


def is_small(text: str) -> bool:
    """Whether a word inside a name is written as common words are, and is none of those that join its parts."""
    return text.islower() and text not in _JOINERS | _INSIDE_SUBJECT


def _is_bracketed(words: Sequence[Word], text: str) -> bool:
    """ "Naumburg (Saale)", "iPad (3rd generation)": a name with what tells it apart in brackets."""
    if not text[: words[-1].end].endswith(")"):
        return False
    opening = next((n for n, word in enumerate(words) if text[word.start] == "("), 0)
    return opening > 0 and all(is_big(word, text) or word.folded in _JOINERS for word in words[:opening])


def is_big(word: Word, text: str) -> bool:
    """Whether it is written as a name is: a capital or a number in it, or letters that know no capitals."""
    letters = text[word.start : word.end]
    return any(c.isupper() or c.isdigit() or (c.isalpha() and c.lower() == c.upper()) for c in letters) and letters.strip(QUOTES) != "I"


def _is_phrase(words: Sequence[Word], text: str) -> bool:
    """A few common words that stand for one thing: "power forward", "heavy metal"."""
    if len(words) > LONGEST_PHRASE or words[-1].folded in _NAMELESS - (_HEADS if len(words) > 1 else set()):
        return False
    return all(_PLAIN_WORD.match(w.folded) or is_big(w, text) for w in words) and words[0].folded not in _JOINERS


def _undescribed(words: Sequence[Word], text: str) -> Sequence[Word]:
    """Without an article in small letters, and without words for what kind of thing it is ("the film Night Ferry", "the Tern aircraft")."""
    if len(words) < 2 or words[0].folded not in _ARTICLES:
        return words
    last = next((n for n in range(len(words) - 1, 0, -1) if is_big(words[n], text) or text[words[n].start] in QUOTES), 0)
    kept = words[: last + 1] if last and words[-1].folded in DESCRIPTIONS else words
    at = _described(kept, text, len(kept) < len(words))
    if at is not None:
        return kept[at:]
    return kept[1:] if text[kept[0].start].islower() or len(kept) < len(words) else kept


def _described(words: Sequence[Word], text: str, kind_follows: bool) -> int | None:
    """Where the name begins in "the film Night Ferry", "the city of Porto", "the work titled ..."."""
    first = next((n for n, word in enumerate(words[1:], start=1) if is_big(word, text) or text[word.start] in QUOTES), None)
    if first is None or first == 1:
        return None
    if kind_follows:
        return first
    told = [word.folded for word in words[1:first]]
    if told[-1] in ("titled", "called", "named") or told[-2:] == ["known", "as"]:
        return first
    if told[-1] == "of":
        return first if len(told) > 1 and told[-2] in CLASSIFIERS else None
    return first if told[-1] in DESCRIPTIONS | CLASSIFIERS else None


def _without_adjunct(words: Sequence[Word], text: str) -> Sequence[Word]:
    for n, word in enumerate(words):
        tail = words[n + 1 :]
        if text[word.end - 1] == "," and len(tail) > 1 and not any(is_big(w, text) for w in tail):
            return words[: n + 1]
        if n and word.folded in ADJUNCT and not any(is_big(w, text) for w in tail) and text[word.start].islower():
            return words[:n] if tail or word.folded == "professionally" else words
    return words
