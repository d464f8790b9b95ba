"""Clauses of a parse: a verb phrase with its subject, objects and prepositional phrases."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from extractors.local.lexicon import LIGHT, NOT_NAMES
from extractors.local.scene import Scene
from extractors.local.verbs import Mood, Phase, Predicate, finite, is_shared, predicate

_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_OPENERS = frozenset("just finally recently also already still so really currently and actually then , - well oh today yesterday".split())


@dataclass(frozen=True, slots=True)
class Clause:
    """`subject` None: the speaker, left out ("Went to the park")."""

    verb: Token
    """The verb that leads it; that of `phrase.head` too, unless it shares that with a verb before it."""
    phrase: Predicate
    subject: Token | None
    objects: tuple[Token, ...] = ()
    places: tuple[tuple[str, Token], ...] = ()
    """Prepositions with what they govern, dates left out, in the order said."""
    state: Token | None = None
    """The adjective a copula ascribes."""
    gapped: bool = False
    """The object stands before the clause: "a trip I took"."""

    @property
    def main(self) -> Token:
        return self.phrase.main

    def governed(self, *prepositions: str) -> Token | None:
        return next((noun for word, noun in self.places if word in prepositions), None)

    @property
    def object(self) -> Token | None:
        return self.objects[0] if self.objects else None


def clauses(scene: Scene) -> Iterator[Clause]:
    """The clauses of a message in the order of their verbs; questions make none."""
    for sentence in scene.doc.sents:
        if not is_question(sentence):
            yield from sentence_clauses(sentence, scene)


def is_question(sentence: Span) -> bool:
    return "?" in sentence.text[-3:]


def sentence_clauses(sentence: Span, scene: Scene) -> Iterator[Clause]:
    for token in sentence:
        if token.pos_ in ("VERB", "AUX") and _leads_clause(token):
            clause = clause_of(token, scene)
            if clause is not None:
                yield clause


def _leads_clause(token: Token) -> bool:
    if token.dep_ in ("aux", "auxpass", "amod", "compound") or (token.dep_ in ("xcomp", "pcomp") and token.head.pos_ != "SCONJ"):
        return False
    if token.dep_ == "acl":
        return token.tag_ == "VBN"
    if token.dep_ == "advcl" and token.tag_ in ("VBG", "VBN") and not any(c.dep_ in _SUBJECTS for c in token.children):
        return False
    return not (token.dep_ == "dobj" and token.tag_ == "VBG")


def clause_of(token: Token, scene: Scene) -> Clause | None:
    """The clause that a verb leads; None where nobody can be told to be its subject."""
    phrase = predicate(token)
    subject, found = _subject(token, scene)
    if not found:
        return None
    gap = _gap(token, phrase)
    objects = (gap,) if gap is not None else _objects(phrase)
    return Clause(token, phrase, subject, objects, tuple(_places(phrase, scene)), _state(phrase), gap is not None)


def _gap(verb: Token, phrase: Predicate) -> Token | None:
    """The noun that a relative clause leaves its object to: "a trip I took"."""
    if (
        verb.dep_ != "relcl"
        or any(c.dep_ == "xcomp" for c in phrase.main.children)
        or _objects(phrase)
        or phrase.passive
        or not any(c.dep_ == "nsubj" and c.tag_ != "WP" for c in verb.children)
    ):
        return None
    if any(c.dep_ == "prep" and not list(c.children) for v in _verbs(phrase) for c in v.children) or any(
        c.tag_ == "WRB" for c in verb.children
    ):
        return None
    if phrase.main != phrase.head or verb.head.lower_ in LIGHT:
        return None
    return verb.head if verb.head.pos_ in ("NOUN", "PROPN") else None


def _subject(verb: Token, scene: Scene) -> tuple[Token | None, bool]:
    own = _nearest([c for c in verb.children if c.dep_ in _SUBJECTS], verb)
    if (own is not None and own.lower_ in _OBLIQUE) or _asks_within(verb):
        return None, False
    if verb.dep_ == "relcl" and (own is None or own.lower_ in ("who", "which", "that")):
        return verb.head, True
    if verb.dep_ == "acl":
        return verb.head, True
    if own is not None:
        return own, own.dep_ != "expl"
    carrier = finite(verb)
    if carrier != verb:
        return _subject(carrier, scene)
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return _subject(verb.head, scene) if not any(c.dep_ == "expl" for c in verb.children) else (None, False)
    return None, _leaves_out_speaker(verb)


def _nearest(subjects: Sequence[Token], verb: Token) -> Token | None:
    """ "The harbour actually, I live there": of two subjects the one that stands by the verb."""
    before = [c for c in subjects if c.i < verb.i]
    return before[-1] if before else next(iter(subjects), None)


_OBLIQUE = frozenset(("me", "us", "him", "them"))
"""Subjects of no clause of their own: "it made me love the game"."""


def _asks_within(verb: Token) -> bool:
    """ "what I'm having", "how it went": what is left open is no statement."""
    return any((c.tag_ in ("WP", "WDT") and c.dep_ in ("dobj", "attr", "pobj")) or c.lower_ == "how" for c in verb.children if c.i < verb.i)


_TOWARDS = frozenset("back over away out together along here there up down".split())
"""Adverbs that a preposition may hang on: "back to Porto"."""
_MEANT = frozenset("go gon plan think move head hope".split())
"""Verbs whose -ing form may open a sentence for the speaker: "Moving to Oslo next month"."""


def _leaves_out_speaker(verb: Token) -> bool:
    """ "Went to the park yesterday": a past or -ing verb at the head of a sentence without a subject."""
    if (
        verb.dep_ not in ("ROOT", "ccomp")
        or verb.tag_ not in ("VBD", "VBN", "VBG")
        or verb.lower_ in ("been", "thanks", "speaking", "sounds")
    ):
        return False
    if any(c.dep_ in ("expl", "csubj") for c in verb.children) or (verb.tag_ == "VBG" and verb.lemma_ not in _MEANT):
        return False
    before = [t.lower_ for t in verb.doc[verb.sent.start : verb.i]]
    return len(before) <= 4 and all(word in _OPENERS or word in NOT_NAMES for word in before)


def _verbs(phrase: Predicate) -> list[Token]:
    """The verbs of a phrase from its main one outwards: their objects belong together."""
    chain = [phrase.main]
    while chain[-1] != phrase.head and chain[-1].dep_ in ("xcomp", "pcomp", "dobj", "prep", "acomp"):
        chain.append(chain[-1].head)
    return [t for t in chain if t.pos_ in ("VERB", "AUX") or t == phrase.main]


def _objects(phrase: Predicate) -> tuple[Token, ...]:
    objects = [c for c in phrase.main.children if _is_object(c) and c.i > phrase.main.i]
    if not objects and phrase.main != phrase.head and phrase.phase == Phase.NONE and phrase.mood == Mood.TOLD:
        objects = [c for c in phrase.head.children if c.dep_ == "dobj" and c != phrase.main]
    return tuple(sorted(objects, key=lambda t: (t.dep_ == "dative", t.i)))


def _is_object(token: Token) -> bool:
    if token.dep_ == "xcomp":
        return token.pos_ == "NOUN"
    return token.dep_ in ("dobj", "attr", "oprd", "dative") and token.pos_ != "ADP"


def _places(phrase: Predicate, scene: Scene) -> Iterator[tuple[str, Token]]:
    for verb in _verbs(phrase):
        for child in verb.children:
            if child.dep_ in ("prep", "agent") and child.i > phrase.head.i - 1:
                yield from _governed(child, scene)
            elif child.dep_ == "acomp" or (child.dep_ == "advmod" and child.lower_ in _TOWARDS):
                for preposition in (c for c in child.children if c.dep_ == "prep"):
                    yield from _governed(preposition, scene)
    for noun in _objects(phrase):
        for child in noun.children:
            if child.dep_ == "prep":
                yield from _governed(child, scene)


def _governed(preposition: Token, scene: Scene) -> Iterator[tuple[str, Token]]:
    for child in preposition.children:
        if child.dep_ == "pobj" and not scene.is_time(child):
            yield preposition.lower_, child
        elif child.dep_ == "prep":
            yield from ((f"{preposition.lower_} {word}", noun) for word, noun in _governed(child, scene))


def _state(phrase: Predicate) -> Token | None:
    return next((c for c in phrase.main.children if c.dep_ == "acomp"), None)


def subject_tokens(clause: Clause) -> list[Token]:
    """The subject and those coordinated with it: Tom and I."""
    if clause.subject is None:
        return []
    later = [t for t in clause.subject.conjuncts if t.i > clause.subject.i and t.pos_ in ("NOUN", "PROPN", "PRON")]
    return [*joined_before(clause.subject), clause.subject, *later]


def joined_before(token: Token) -> list[Token]:
    """The one in "Tom and I" where the parser tears them apart."""
    if token.lower_ != "i" or token.i < 2 or token.nbor(-1).lower_ not in ("and", "&"):
        return []
    other = token.nbor(-2)
    apart = other not in token.conjuncts and other.pos_ in ("PROPN", "NOUN")
    return [other] if apart else []


def clause_tokens(clause: Clause) -> list[Token]:
    """The tokens that say this clause and no other: its verb's subtree without coordinated and subordinate clauses of their own."""
    kept: set[int] = set()
    _gather(clause.verb, kept, top=True)
    if not is_shared(clause.verb):
        kept |= {verb.i for verb in _verbs(clause.phrase)}
    return [clause.verb.doc[i] for i in sorted(kept)]


def _gather(token: Token, kept: set[int], top: bool = False) -> None:
    kept.add(token.i)
    for child in token.children:
        if not _is_other_clause(child, top):
            _gather(child, kept)


def _is_other_clause(child: Token, top: bool) -> bool:
    if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX") and child.head.pos_ in ("VERB", "AUX"):
        return True
    if child.dep_ == "cc" and child.head.pos_ in ("VERB", "AUX"):
        return True
    if child.dep_ == "advcl" and any(c.dep_ in _SUBJECTS for c in child.children):
        return True
    if child.dep_ == "ccomp" and child.i < child.head.i:
        return True
    return child.dep_ in ("intj", "parataxis") or (top and child.dep_ == "punct")


def first_and_last(tokens: Sequence[Token]) -> tuple[int, int]:
    """The characters of the text from the first to the last token, without the punctuation at its ends."""
    words = [t for t in tokens if not t.is_punct and not t.is_space] or list(tokens)
    first, last = min(words, key=lambda t: t.i), max(words, key=lambda t: t.i)
    return first.idx, last.idx + len(last.text)
