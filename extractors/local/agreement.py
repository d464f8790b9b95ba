"""Verb forms for a subject put into the third person: "I work" becomes "Anna works"."""

import re

from spacy.tokens import Token

from extractors.local.lexicon import WE, YOU

_IRREGULAR = {"am": "is", "'m": "is", "are": "is", "'re": "is", "have": "has", "'ve": "has", "do": "does", "go": "goes", "were": "was"}
_PLURAL = {"am": "are", "'m": "are", "'re": "are", "'ve": "have"}
_SPELT = {"'ll": "will", "wo": "will", "ca": "can", "sha": "shall", "'s": "is"}


def third_person(token: Token, singular: bool) -> str:
    """A verb token as it reads after a name (`singular`) or after several."""
    word = token.lower_
    if token.tag_ == "MD" or word in ("wo", "ca", "sha"):
        return _SPELT.get(word, _would(token) if word == "'d" else token.text)
    if word == "'d":
        return "had"
    if not singular:
        return _PLURAL.get(word, token.text)
    if word in _IRREGULAR and (token.tag_ in ("VBP", "VBZ", "VBD", "VB")):
        return _IRREGULAR[word]
    present = token.tag_ == "VBP" or (token.tag_ == "VB" and (_is_finite(token) or (token.dep_ == "conj" and token.head.tag_ == "VBP")))
    return with_s(token.text) if present and token.lemma_.lower() == word else str(token.text)


def _is_finite(verb: Token) -> bool:
    """ "I no longer live there": a present tense that a tagger takes for an infinitive."""
    begun = any(c.dep_ == "nsubj" and c.lower_ in ("i", "we", "you") and c.i < verb.i for c in verb.children)
    return begun and not any(c.dep_ in ("aux", "auxpass") for c in verb.children)


def _would(token: Token) -> str:
    """ "I'd been waiting" is had, "I'd go" would."""
    return "had" if token.i + 1 < len(token.doc) and token.nbor().tag_ == "VBN" else "would"


def with_s(verb: str) -> str:
    if re.search(r"(s|sh|ch|x|z|o)$", verb):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if re.search(r"[^aeiou]y$", verb) else f"{verb}s"


def subject_of(verb: Token) -> Token | None:
    """The subject a finite verb or auxiliary agrees with."""
    if verb.dep_ in ("aux", "auxpass"):
        verb = verb.head
    while True:
        own = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if own is not None:
            return own
        if verb.dep_ in ("conj", "xcomp") and verb.head.pos_ in ("VERB", "AUX"):
            verb = verb.head
        else:
            return None


def agrees_with_speech(verb: Token, you_known: bool) -> bool | None:
    """Whether the verb follows I, we or you alone (True), one of them with others (False), or a third person (None)."""
    if verb.tag_ not in ("VBP", "VBD", "VBZ", "MD", "VB") and verb.lower_ not in ("'m", "'re", "'ve"):
        return None
    if any(a.dep_ in ("aux", "auxpass") and (a.tag_ == "MD" or a.lower_ in ("to", "do", "did", "does")) for a in verb.children):
        return None
    subject = subject_of(verb)
    if subject is None:
        return None
    several = [subject, *subject.conjuncts]
    spoken = [t.lower_ in WE or t.lower_ == "i" or (t.lower_ in YOU and you_known) for t in several]
    return len(several) == 1 if any(spoken) else None
