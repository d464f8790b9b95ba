"""Plain sentences that the ontology has no phrase for: the words between the two names are their relation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc, Token

from extractors.local.ends import ADJUNCT, QUOTES, is_big
from extractors.local.phrasings import POSSESSIVE, Word

LONGEST = 9
"""Words that a relation is named by, at most."""
_COPULAS = frozenset("is are was were".split())
_ARTICLES = frozenset(("the", "a", "an"))
_BEFORE_VALUE = frozenset("as of in with by at from for to on into is was known".split()) | _ARTICLES
_DETERMINED = _ARTICLES | {"his", "her", "its", "their"}
_UNREAL = frozenset(
    "not n't never no neither almost nearly would could should will shall might may can must cannot if when because but that which who "
    "whom whose while since until than going gonna wants want hopes hope plans plan tried tries decided wishes said says told tells "
    "asked asks thinks thought feels felt knows knew loves loved likes liked hates hated misses missed went goes came comes".split()
)
"""Words that make more of a sentence than a relation between two ends, or less."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence taken apart: the relation its words name, and the first word and the one after the last of each end."""

    relation: str
    subject: tuple[int, int]
    object: tuple[int, int]


def wordings(words: Sequence[Word], doc: Doc) -> Iterator[Wording]:
    """How the words may be parted, the more telling way first."""
    text = doc.text
    for subject, named, rest in (*_described(words, text), *_possessed(words, text), *_told(words, doc)):
        for value in _values(words, rest, text):
            middle = [word.folded for word in (*words[named[0] : named[1]], *words[rest : value[0]])]
            relation = _relation(middle)
            if relation:
                yield Wording(relation, subject, value)


_Parts = tuple[tuple[int, int], tuple[int, int], int]
"""The subject, words that name the relation, and where the verb is."""


def _possessed(words: Sequence[Word], text: str) -> Iterator[_Parts]:
    """ "Farland's highest mountain is ..." """
    at = next((n for n, word in enumerate(words) if word.folded == POSSESSIVE and not is_big(words[min(n + 1, len(words) - 1)], text)), 0)
    verb = _copula(words, at, text)
    if at and verb > at + 1:
        yield (0, at), (at + 1, verb), verb


def _described(words: Sequence[Word], text: str) -> Iterator[_Parts]:
    """ "The highest mountain of Farland is ...", "In Farland the highest mountain is ..." """
    if words[0].folded != "the" or len(words) < 4 or is_big(words[1], text):
        return
    first = next((n for n, word in enumerate(words) if n and (is_big(word, text) or text[word.start] in QUOTES)), 0)
    verb = _copula(words, first, text)
    if first and verb:
        yield (first, verb), (1, first), verb
        last = next(n for n in range(verb - 1, first - 1, -1) if is_big(words[n], text) or n == first)
        if last < verb - 1:
            yield (first, last + 1), (1, first), last + 1


def _told(words: Sequence[Word], doc: Doc) -> Iterator[_Parts]:
    """ "Mount Vale rises above ..." """
    verb = next((n for n, word in enumerate(words) if n and _is_verb(word, doc)), 0) or _unseen_verb(words, doc)
    if verb:
        last = verb - 1 if words[verb - 1].folded.endswith("ly") and verb > 1 and not is_big(words[verb - 1], doc.text) else verb
        yield (0, last), (verb, verb), verb


def _unseen_verb(words: Sequence[Word], doc: Doc) -> int:
    """ "Jon Vale excels in rowing": the word between a name and a preposition, which a parser may take for a noun."""
    small = next((n for n, word in enumerate(words) if not is_big(word, doc.text) and word.folded not in _ARTICLES), 0)
    follows = [word.folded for word in words[small + 1 :] if not word.folded.endswith("ly")]
    led = follows[:1] and follows[0] in ("in", "at", "for", "from", "with", "to", "as", "on")
    return small if small > 1 and led and words[small].folded.endswith("s") and words[small].folded != POSSESSIVE else 0


def _copula(words: Sequence[Word], after: int, text: str) -> int:
    return next((n for n, word in enumerate(words) if n > after and word.folded in _COPULAS and text[word.start].islower()), 0)


def _is_verb(word: Word, doc: Doc) -> bool:
    token = _token(word, doc)
    return token is not None and token.text.islower() and (word.folded in _COPULAS or token.tag_ in ("VBZ", "VBD", "VBN"))


def _token(word: Word, doc: Doc) -> Token | None:
    span = doc.char_span(word.start, word.end, alignment_mode="expand")
    return span[0] if span is not None and len(span) else None


def _values(words: Sequence[Word], verb: int, text: str) -> Iterator[tuple[int, int]]:
    """Where the value may stand: from the first word written as a name on, else after the last word that leads to one."""
    end = len(words)
    first = next((n for n in range(verb + 1, end) if is_big(words[n], text) or text[words[n].start] in QUOTES), 0)
    if first:
        yield first, end
        return
    led: list[int] = []
    for n in range(verb, end - 1):
        if words[n].folded in ADJUNCT and words[n + 1].folded in _DETERMINED and any(at > verb for at in led):
            break
        led += [n] if words[n].folded in _BEFORE_VALUE else []
    if led and led[-1] + 1 < end:
        yield led[-1] + 1, end
    elif not led and verb + 1 < end:
        yield verb + 1, end


def _relation(middle: Sequence[str]) -> str:
    """The words as a relation's name, the same in past and present; none for what tells more than a relation."""
    told = [word.strip(",") for word in middle]
    while told and told[-1] in _ARTICLES:
        told.pop()
    while told and told[0] in _COPULAS | _ARTICLES:
        told.pop(0)
    while told and told[-1] in _COPULAS:
        told.pop()
    habit = any(pair == ("used", "to") for pair in pairwise(told))
    if not 0 < len(told) <= LONGEST or habit or not _UNREAL.isdisjoint(told) or not all(word.replace("-", "").isalpha() for word in told):
        return ""
    return "_".join(word.replace("-", "_") for word in told)
