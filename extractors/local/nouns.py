"""Noun phrases as mentions of entities."""

import re
from collections.abc import Iterator

from spacy.tokens import Token

from extractors.local.lexicon import (
    CLASSIFIERS,
    EVENT_NOUNS,
    GENERIC_PEOPLE,
    HE,
    LANGUAGES,
    LIGHT,
    SHE,
    UNKNOWN,
    WE,
    YOU,
    I,
)
from extractors.local.names import ACTIVITY, EVENT, LANGUAGE, PERSON, PLACE, THING, VALUE, is_named, name_span, name_text, quoted_span
from extractors.local.people import kin_called, kin_mention, kin_role, named, owner_of, possessive
from extractors.local.places import PLACES
from extractors.local.scene import Scene
from extractors.local.words import joined, reworded
from graph.language import Mention, MentionKind

LONGEST = 8
"""A phrase of more words than this is a clause rather than a thing."""
_GROUPS = re.compile(r"(?:\+\d+|\(\d+\))(?:[-. ]?\d+)+|\b\d+(?:-\d+)+\b")
"""Numbers in groups, such as those of telephones."""
_LEFT = frozenset(("compound", "amod", "nummod", "nmod", "quantmod", "poss", "advmod", "npadvmod", "neg"))
_JOINED = frozenset(("of", "for", "about", "with", "in", "from", "to", "on", "at", "by", "against", "between", "as"))


def mention(token: Token, scene: Scene, expected: str | None = None, alone: bool = False) -> Mention | None:
    """The entity that the phrase headed by `token` stands for; None where only the talk around it could tell.

    `expected` is the type that the relation asks of it, where it asks for one. `alone` leaves out what is coordinated with it.
    """
    word = token.lower_
    if (word in I or word in WE) and token.text not in ("US", "Me"):
        return scene.me
    if word in YOU:
        return scene.you
    if word in HE or word in SHE:
        return scene.referents.get(token.i)
    if word in UNKNOWN or token.pos_ in ("PRON", "DET") or scene.is_time(token):
        return None
    return _named_or_common(classified(token), scene, expected, alone)


def classified(token: Token) -> Token:
    """The name behind a classifier: "Porto" in "the city of Porto"."""
    if token.lower_ not in CLASSIFIERS:
        return token
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            return next((c for c in child.children if c.dep_ == "pobj"), token)
        if child.dep_ == "appos" and is_named(child):
            return child
    return token


def _named_or_common(token: Token, scene: Scene, expected: str | None, alone: bool) -> Mention | None:
    quoted = quoted_span(token)
    if quoted is not None:
        return Mention(MentionKind.NAME, name_text(quoted), expected or "Work")
    if kin_role(token):
        kin = kin_mention(token, scene)
        if kin is not None:
            return kin
    number = _number(token) if token.pos_ == "NUM" or token.text.startswith("+") else None
    if number is not None:
        return Mention(MentionKind.VALUE, number, expected or VALUE)
    if is_named(token):
        return _name(token, scene, expected)
    if token.lower_ in PLACES and token.text.islower():
        return Mention(MentionKind.NAME, token.text.title(), PLACE)
    return _common(token, scene, expected, alone)


def _name(token: Token, scene: Scene, expected: str | None) -> Mention:
    if (kin := kin_called(token, scene) or scene.referents.get(token.i)) is not None:
        return kin
    found = named(token, expected)
    if found.text == scene.speaker:
        return scene.me
    if scene.other is not None and found.text.lower() in (scene.other.lower(), scene.other.split()[0].lower()):
        return Mention(MentionKind.NAME, scene.other, PERSON)
    return found


def _common(token: Token, scene: Scene, expected: str | None, alone: bool) -> Mention | None:
    vague = token.lower_ in GENERIC_PEOPLE and not (token.lower_ in ("team", "group") and _telling(token))
    if vague or (token.lower_ in LIGHT and not _telling(token)):
        return None
    owner = owner_of(token, scene) if any(c.dep_ == "poss" for c in token.children) else None
    text = phrase(token, scene, tail=not alone)
    if not text or len(text.split()) > LONGEST:
        text = phrase(token, scene, tail=False)
    if not text or len(text.split()) > LONGEST or text.lower() in LIGHT:
        return None
    if owner is not None and text.startswith(possessive(owner.text)):
        return Mention(MentionKind.ROLE, text, expected or type_of_noun(token), owner, "owner")
    if token.pos_ == "NUM":
        return Mention(MentionKind.VALUE, text, expected or VALUE)
    return Mention(MentionKind.THING, text, expected or type_of_noun(token))


def _number(token: Token) -> str | None:
    """The whole of a number that is written in groups: "555-1234", "(020) 7946 0958"; a "747-400" after a name is part of it."""
    if any(c.dep_ in ("compound", "nmod") for c in token.lefts):
        return None
    groups = _GROUPS.finditer(token.doc.text)
    return next((found[0] for found in groups if found.start() <= token.idx < found.end()), None)


def _telling(token: Token) -> bool:
    return any(c.dep_ in ("compound", "poss") for c in token.lefts)


def type_of_noun(token: Token) -> str:
    if token.tag_ == "VBG":
        return ACTIVITY
    if token.lower_ in LANGUAGES:
        return LANGUAGE
    return EVENT if token.lemma_.lower() in EVENTS else THING


EVENTS = EVENT_NOUNS & frozenset(
    "class course workshop lesson concert show festival conference meeting seminar lecture retreat race marathon tournament "
    "game match party wedding birthday anniversary funeral graduation ceremony parade exhibition exhibit exam trip vacation "
    "holiday cruise tour fundraiser competition contest event meetup reunion picnic convention campaign fair protest march "
    "rally".split()
)


def phrase(token: Token, scene: Scene, tail: bool = True) -> str:
    """The words of a noun phrase in the third person, without its article, dates and side clauses."""
    words = [reworded(t, scene) for t in phrase_tokens(token, scene, tail)]
    return joined(words).strip(" -,'\"").removesuffix("'s")


def phrase_tokens(token: Token, scene: Scene, tail: bool = True) -> list[Token]:
    kept = {t.i: t for t in _core(token, scene)}
    if tail:
        kept |= {t.i: t for t in _tail(token, scene, depth=0)}
    return [kept[i] for i in sorted(kept)]


def _core(token: Token, scene: Scene) -> Iterator[Token]:
    if is_named(token):
        yield from name_span(token)
        return
    for child in token.lefts:
        if child.dep_ in _LEFT and not scene.is_time(child):
            yield from _left(child, scene)
        elif child.dep_ == "punct" and child.text == "-":
            yield child
    yield token
    yield from (c for c in token.rights if c.dep_ == "case" or (c.dep_ == "nummod" and not scene.is_time(c)))


def _left(child: Token, scene: Scene) -> Iterator[Token]:
    if child.dep_ in ("advmod", "npadvmod") and child.head.pos_ in ("NOUN", "PROPN"):
        return
    yield from (t for t in child.subtree if t.dep_ not in ("det", "punct", "relcl") or t.text in "-" or t.lower_ in ("his", "her"))


def _tail(token: Token, scene: Scene, depth: int) -> Iterator[Token]:
    if depth > 2:
        return
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in _JOINED:
            yield from _prepositional(child, scene, depth)
        elif child.dep_ == "cc" and child.lower_ in ("and", "or", "&"):
            yield from _coordinated(token, child, scene, depth)


def _prepositional(preposition: Token, scene: Scene, depth: int) -> Iterator[Token]:
    inner = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    if inner is None or scene.is_time(inner) or inner.lower_ in UNKNOWN:
        return
    if inner.pos_ == "PRON" and inner.lower_ not in I | WE | YOU | HE | SHE:
        return
    yield preposition
    yield from _core(inner, scene)
    yield from _tail(inner, scene, depth + 1)


def _coordinated(token: Token, joiner: Token, scene: Scene, depth: int) -> Iterator[Token]:
    other = next((c for c in token.rights if c.dep_ == "conj" and c.i > joiner.i), None)
    if other is None or other.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM") or any(c.dep_ in ("nsubj", "nsubjpass") for c in other.children):
        return
    yield joiner
    yield from _core(other, scene)
    yield from _tail(other, scene, depth + 1)


def conjuncts(token: Token) -> list[Token]:
    """`token` and the nouns coordinated with it."""
    return [token, *(t for t in token.conjuncts if t.i > token.i and t.pos_ in ("NOUN", "PROPN", "PRON"))]


def listed(token: Token) -> list[Token]:
    """The nouns of a plain list, each of which can be said alone; of "action and horror films" only the whole."""
    several = conjuncts(token)
    modified = any(c.dep_ in ("compound", "amod", "nmod", "prep") for t in several if not is_named(t) for c in t.children)
    return [token] if modified else several
