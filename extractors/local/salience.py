"""Which nouns name something that is worth remembering."""

from spacy.tokens import Token

from extractors.local.lexicon import EVENT_NOUNS, LIGHT
from extractors.local.names import is_named
from extractors.local.people import kin_role


def names_something(noun: Token) -> bool:
    """A name, someone's kin or pet, an event or a possession; or a noun that a name tells apart."""
    if noun.lower_ in LIGHT:
        return False
    if is_named(noun) or kin_role(noun) is not None or EVENT_NOUNS & {noun.lemma_.lower(), noun.lower_}:
        return True
    return any(is_named(c) for c in noun.children if c.dep_ in ("compound", "poss", "amod", "nmod"))


def is_modified(noun: Token) -> bool:
    """Whether anything tells which one: "a pottery class" against "a class"."""
    return is_named(noun) or any(c.dep_ in ("compound", "amod", "nmod", "poss", "prep", "acl") for c in noun.children)
