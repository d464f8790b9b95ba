"""The words in which a clause may say a relation, as the surface forms of the ontology spell them."""

from collections.abc import Iterator

from spacy.tokens import Token

from extractors.local.agreement import with_s
from extractors.local.clauses import Clause
from extractors.local.names import is_named


def spellings(clause: Clause) -> Iterator[tuple[str, Token]]:
    """Phrases like "is employed by" with the noun that is their object, the most telling first."""
    verbs = list(_verb_words(clause))
    yield from ((verb, noun) for noun in clause.objects if _is_named_first(noun, clause) for verb in verbs)
    for preposition, noun in clause.places:
        yield from _classified(verbs, preposition, noun)
        for verb in verbs:
            yield f"{verb} {preposition}", noun
    for noun in clause.objects:
        yield from _with_noun(verbs, noun, clause)
        for verb in verbs:
            yield verb, noun


def _is_named_first(noun: Token, clause: Clause) -> bool:
    """ "Jon speaks Portuguese in the office": the name beside the verb tells more than what a preposition adds."""
    active = clause.phrase.lemma != "be" and not clause.phrase.passive
    return active and is_named(noun) and bool(clause.places) and all(noun.i < place.i for _, place in clause.places)


def _verb_words(clause: Clause) -> Iterator[str]:
    phrase, particle = clause.phrase, clause.phrase.particle
    tail = f" {particle}" if particle else ""
    main = phrase.main
    if phrase.lemma == "be":
        yield "is"
        if clause.state is not None:
            yield f"is {clause.state.lower_}"
        return
    if phrase.passive:
        yield f"was {main.lower_}{tail}"
        yield f"is {main.lower_}{tail}"
        return
    yield f"{with_s(phrase.lemma)}{tail}"
    yield f"{main.lower_}{tail}"
    if main.tag_ == "VBG":
        yield f"is {main.lower_}{tail}"


def _classified(verbs: list[str], preposition: str, noun: Token) -> Iterator[tuple[str, Token]]:
    """ "was born in the city of": the phrase reaches through a noun to the name behind it."""
    for inner in _of(noun):
        for verb in verbs:
            yield f"{verb} {preposition} the {noun.lower_} of", inner


def _with_noun(verbs: list[str], noun: Token, clause: Clause) -> Iterator[tuple[str, Token]]:
    """ "is a member of", "plays the position of", "holds citizenship in"."""
    for child in noun.children:
        if child.dep_ != "prep":
            continue
        for inner in (c for c in child.children if c.dep_ == "pobj"):
            for verb in verbs:
                for article in ("a ", "the ", "an ", ""):
                    yield f"{verb} {article}{core_words(noun)} {child.lower_}", inner
                    yield f"{verb} {article}{noun.lower_} {child.lower_}", inner


def _of(noun: Token) -> Iterator[Token]:
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            yield from (c for c in child.children if c.dep_ == "pobj")


def core_words(noun: Token) -> str:
    """A noun with its compounds and adjectives: "chief executive officer"."""
    words = [
        t.lower_ for t in noun.lefts if t.dep_ in ("compound", "amod", "nmod") and t.lower_ not in ("current", "new", "present", "former")
    ]
    return " ".join((*words, noun.lower_))
