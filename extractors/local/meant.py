"""The name that is meant by "it was Lisbon", "I meant Porto" or a bare "no, Braga"."""

import re

from spacy.tokens import Span, Token

from extractors.local.names import PERSON, THING, is_named, name_span, name_text, type_of_name

_OPENING = r"(?:no|nope|sorry|actually|correction|oops|wait|scratch that|my (?:mistake|bad))"
CUE = re.compile(
    rf"^(?:(?:oh|ah|hm+|um+|hey|{_OPENING})\W+)*{_OPENING}\b"
    r"|^not [^,]+, |\b(?:it|that) (?:wasn't|isn't|was not|is not)\b"
    r"|\b(?:it|that)(?:'s| is| was) (?:wrong|incorrect|not (?:right|true|correct))\b"
    r"|\bI (?:said|wrote|told you)\b|\bI meant?\b|\bI (?:was wrong|got (?:it|that) wrong|mixed (?:it|that|them) up)\b",
    re.IGNORECASE,
)
DENYING = re.compile(r"\bno(?:pe)?\b|scratch that|correction|my (?:mistake|bad)", re.IGNORECASE)
""" "Sorry, no, Porto" takes something back; "Sorry, Anna" may be said to Anna."""
_POINTING = frozenset(("it", "that", "this"))
_NEGATING = frozenset(("not", "n't", "never"))
_BARE = re.compile(
    r"[ \t]*(?:\Z|\n|[^\w\s'\u2019,]|,(?!\s*(?:that|which|where|who|whom|when|\w+ing)\b)|"
    r"(?:sorry|actually|instead|rather|though|really|too|there|not|but|of course|in the end|after all|in fact|my bad)\b|and\s+(?![A-Z]\w))"
)
""" "It was Linz, sorry" names Linz; of "It was Linz that we visited", "Linz calling", "Linz on the phone" something else is told."""
_FURTHER = re.compile(r" (?:in [A-Z]|as an? )")
""" "No, Linz in Austria", "no, at Velmar as a cook": what may follow a name that stands alone."""
_GOVERNING = frozenset("on at in for from with by".split())
""" "Apple on TV" is no name, whatever a tagger says."""
_SHORT = 6
"""Words of a sentence that is a correction by a name alone: "No, Braga"."""


def right_name(said: Span) -> Token | None:
    """The name after "it was", "I meant", or standing for itself in a short sentence."""
    for token in said:
        if not is_named(token) or token.dep_ == "compound":
            continue
        before = word_before(token)
        if before is not None and before.lower_ in _NEGATING:
            continue
        verb = token.head.head if token.dep_ == "pobj" else token.head
        subjects = {c.lower_ for c in verb.children if c.dep_ == "nsubj"}
        if token.dep_ == "pobj" and any(c.dep_ in ("acomp", "attr") for c in verb.children):
            continue
        says = verb.lemma_ == "say" and verb.head.lemma_ == "mean" and verb.dep_ == "xcomp"
        meant = (
            says
            or (before is not None and before.lemma_ == "mean" and token.dep_ != "nsubj")
            or (verb.lemma_ == "mean" and "i" in subjects)
        )
        if meant or (verb.lemma_ == "be" and subjects & _POINTING):
            return token if is_bare(token) else None
        if not subjects and _stands_alone(token, said):
            return token if is_bare(token) or _FURTHER.match(_behind(token)) else None
    return None


def is_bare(name: Token) -> bool:
    """Whether no clause, participle or preposition follows a name, and no other name is joined to it."""
    span = name_span(name)
    joined = any(is_named(other) and other.i >= span.end for other in name.conjuncts)
    return _BARE.match(_behind(name)) is not None and not joined and not any(t.text in _GOVERNING for t in span)


def _behind(name: Token) -> str:
    return name.doc.text[name_span(name).end_char :]


def is_that(name: Token) -> bool:
    """ "That was Lucy": rather who did it, or who was there, than what was meant."""
    return name.head.lower_ == "was" and any(c.dep_ == "nsubj" and c.lower_ == "that" for c in name.head.children)


def _stands_alone(token: Token, said: Span) -> bool:
    """A name and little else after "no," or "sorry,"; without the comma it is whoever is spoken to."""
    cue = CUE.search(said.text)
    if cue is None or len([t for t in said if t.is_alpha]) > _SHORT or token.dep_ in ("nsubj", "intj"):
        return False
    if token.dep_ == "npadvmod" and not DENYING.search(cue[0]) and type_of_name(name_of(token), "") in (PERSON, THING):
        return False
    between = [t for t in said if said.start_char + cue.end() <= t.idx and t.i < name_span(token).start]
    return any(t.is_punct for t in between) and all(t.is_punct or t.pos_ in ("ADP", "DET") for t in between)


def word_before(token: Token) -> Token | None:
    return next((t for t in reversed(token.doc[: token.i]) if t.pos_ not in ("ADP", "DET") and t.dep_ != "compound"), None)


def is_denied(token: Token) -> bool:
    before = word_before(token)
    return before is not None and before.lower_ in _NEGATING


def name_of(token: Token) -> str:
    return name_text(name_span(token))


def preposition_of(token: Token) -> str:
    first = name_span(token).start
    before = next((t for t in reversed(token.doc[token.sent.start : first]) if t.pos_ != "DET"), None)
    return before.lower_ if before is not None and before.pos_ == "ADP" else ""


_ALIKE = (frozenset("at for with by".split()), frozenset("in to into".split()))
"""Prepositions that go with things of one kind: "I work for Acme" - "No, at Bolt"."""


def goes_with(said: str, before: str) -> bool:
    return not said or said == before or any({said, before} <= alike for alike in _ALIKE)
