"""The surface forms of an ontology as sentences with two gaps: what stands before, between and after a subject and an object.

A phrase stands between the two ("is employed by"), after a possessor ("'s capital is", which is also "the capital of … is"), or
shows with "…" where they go ("the company that produced … is", "… played as … for the team"). It is compared word by word and in any case.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.ontology import Ontology, Relation

GAP = "\u2026"
POSSESSIVE = "'s"
_COPULAS = ("is", "are", "was", "were")
_LEADING = ("of", "in", "for", "by", "at", "on", "to", "from", "with", "as")
_ADVERBS = frozenset(
    "currently presently originally initially primarily mainly mostly typically usually commonly officially predominantly generally "
    "widely often also now still today".split()
)
"""Words that a phrase is the same without."""
_LEFT_TO_CLAUSES = frozenset("plans wants dropped_plan likes loves dislikes prefers favorite hobby named age visited met".split())
"""Relations whose tense and mood decide what is meant, so that a phrase alone does not say them."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, folded as phrases are compared, and where it stands."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Split:
    """A sentence taken apart: indices of the first word and after the last one of each end. `said`: words that the phrase takes."""

    relation: Relation
    subject: tuple[int, int]
    object: tuple[int, int]
    said: int


@dataclass(frozen=True, slots=True)
class _Form:
    relation: Relation
    before: tuple[str, ...]
    after: tuple[str, ...]
    turned: bool


def words_of(text: str, offset: int = 0) -> list[Word]:
    """The words of a text, a possessive ending apart, without the adverbs that change nothing."""
    found: list[Word] = []
    at = 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        found += _parted(word, start + offset)
    return [word for word in found if word.folded not in _ADVERBS or text[word.start - offset].isupper()]


def _parted(word: str, start: int) -> Iterator[Word]:
    folded = word.casefold()
    cut = len(word) - (2 if folded.endswith("'s") else 1 if folded.endswith("s'") else 0)
    if cut in (0, len(word)):
        yield Word(folded, start, start + len(word))
        return
    yield Word(folded[:cut], start, start + cut)
    yield Word(POSSESSIVE, start + cut, start + len(word))


class Phrasings:
    """All that the phrases of an ontology may say, looked up by the words between the two ends."""

    def __init__(self, ontology: Ontology) -> None:
        self._forms: defaultdict[tuple[str, ...], dict[tuple[tuple[str, ...], tuple[str, ...]], _Form]] = defaultdict(dict)
        phrases = [
            (words_of(words), ontology.relations[name]) for words, name in ontology.surfaces.items() if _stands_alone(ontology, name)
        ]
        for forms in (_as_written, _as_nouns):
            for words, relation in phrases:
                for between, form in forms(tuple(word.folded for word in words), relation):
                    self._forms[between].setdefault((form.before, form.after), form)
        self._longest = max(map(len, self._forms), default=0)

    def splits(self, words: Sequence[Word]) -> list[Split]:
        """How the sentence can be taken apart, the longest phrase first."""
        folded = tuple(word.folded for word in words)
        found = [split for at in range(1, len(words)) for split in self._at(at, folded)]
        return sorted(found, key=lambda split: -split.said)

    def _at(self, at: int, folded: tuple[str, ...]) -> Iterator[Split]:
        for length in range(1, min(self._longest, len(folded) - at - 1) + 1):
            for form in self._forms.get(folded[at : at + length], {}).values():
                first, last = len(form.before), len(folded) - len(form.after)
                if first < at and at + length < last and folded[:first] == form.before and folded[last:] == form.after:
                    ends = ((first, at), (at + length, last))
                    subject, object_ = reversed(ends) if form.turned else ends
                    yield Split(form.relation, subject, object_, length + first + len(form.after))


def _stands_alone(ontology: Ontology, name: str) -> bool:
    relation = ontology.relations[name]
    return name not in _LEFT_TO_CLAUSES and not (relation.event or relation.sets or relation.ends)


def _as_written(words: tuple[str, ...], relation: Relation) -> Iterator[tuple[tuple[str, ...], _Form]]:
    if GAP in words:
        first = words.index(GAP)
        rest = words[first + 1 :]
        second = rest.index(GAP) if GAP in rest else len(rest)
        yield rest[:second], _Form(relation, words[:first], rest[second + 1 :], False)
        return
    if len(words) > 1 or words[0].endswith(("s", "ed", "te")):
        yield words, _Form(relation, (), (), False)
    if words[0] == POSSESSIVE:
        yield from _of_whom(words[1:], relation)


def _as_nouns(words: tuple[str, ...], relation: Relation) -> Iterator[tuple[tuple[str, ...], _Form]]:
    """What the words amount to where they, or a part of them, name a role: "capital", "is the author of"."""
    if words[:2] == ("is", "the") and words[-1] in ("of", "in", "for"):
        yield ("is",), _Form(relation, words[1:], (), True)
        yield (POSSESSIVE, *words[2:-1], "is"), _Form(relation, (), (), True)
    elif GAP not in words and words[0] not in (POSSESSIVE, "has", *_COPULAS) and words[-1] not in _LEADING:
        yield (POSSESSIVE, *words, "is"), _Form(relation, (), (), False)
        yield from _of_whom((*words, "is"), relation)


def _of_whom(words: tuple[str, ...], relation: Relation) -> Iterator[tuple[tuple[str, ...], _Form]]:
    """ "'s capital is": the capital of ... is"""
    verb = next((n for n, word in enumerate(words) if word in _COPULAS), 0)
    if verb:
        for preposition in ("of", "for", "in"):
            yield words[verb:], _Form(relation, ("the", *words[:verb], preposition), (), False)
