"""Clauses with "be": what someone is, where they are from, how old, what they are allergic to."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Token

from extractors.local.clauses import Clause
from extractors.local.draft import Draft, Kind
from extractors.local.lexicon import AILMENTS, CONDITIONS_OF_LIFE, DIETS, OCCUPATIONS
from extractors.local.matching import match, type_told
from extractors.local.names import is_named
from extractors.local.nouns import conjuncts, mention, phrase
from extractors.local.opened import Frame
from extractors.local.people import kin_name, kin_role
from extractors.local.scene import Scene
from graph.language import Mention, MentionKind
from graph.ontology import Ontology

if TYPE_CHECKING:
    pass

_OCCUPATIONAL = re.compile(r"(?:ologist|ician|ographer|therapist|maker|keeper|worker|engineer|nurse|manager|teacher|officer|assistant)$")


def copular(clause: Clause, frame: Frame, subject: Mention, ontology: Ontology) -> Iterator[Draft]:
    """The states that a copula ascribes to `subject`."""
    for reading in (_attribute, _adjective, _whereabouts):
        drafts = list(reading(clause, frame, subject, ontology))
        if drafts:
            yield from drafts
            return
    found = match(clause, frame.scene, ontology)
    if found is not None and found.object is not None:
        for noun in conjuncts(found.object):
            wanted = found.relation.object[0] if found.relation.object else None
            thing = mention(noun, frame.scene, wanted if wanted != "Thing" else None)
            if thing is not None and thing.text != subject.text:
                taste = found.relation.name in ("likes", "loves")
                kind = Kind.TASTE if taste else Kind.STATE if subject.kind is MentionKind.SPEAKER else Kind.WORLD
                yield frame.draft(subject, "likes" if taste else found.relation.name, thing, kind, noun)


def _attribute(clause: Clause, frame: Frame, subject: Mention, ontology: Ontology) -> Iterator[Draft]:
    """ "I'm a nurse at St Mary's"."""
    noun = clause.object
    if noun is None or subject.type != "Person":
        return
    if is_occupation(noun):
        job = Mention(MentionKind.THING, phrase(noun, frame.scene, tail=False), "Occupation")
        yield frame.draft(subject, "works_as", job, Kind.STATE, noun)
        place = clause.governed("at", "for")
        employer = mention(place, frame.scene, "Organization") if place is not None else None
        if employer is not None:
            yield frame.draft(subject, "works_at", employer, Kind.STATE, place)


def is_occupation(noun: Token) -> bool:
    """Whether a noun says what someone does for a living; a possessed one says whom they are that to."""
    if any(c.dep_ == "poss" or c.lower_ in ("no", "such") for c in noun.children) or noun.tag_ in ("NNS", "NNP") and is_named(noun) or noun.dep_ != "attr":
        return False
    word = noun.lemma_.lower()
    if kin_role(noun) and (any(c.dep_ == "prep" and c.lower_ == "of" for c in noun.children) or kin_name(noun)):
        return False
    return word in OCCUPATIONS or _OCCUPATIONAL.search(word) is not None


def _adjective(clause: Clause, frame: Frame, subject: Mention, ontology: Ontology) -> Iterator[Draft]:
    """ "I'm vegetarian", "she's allergic to nuts", "he's 7 years old"."""
    state = clause.state or next((o for o in clause.objects if o.lower_ in DIETS | CONDITIONS_OF_LIFE), None)
    if state is None or subject.type not in ("Person", "Animal"):
        return
    word = state.lower_
    if word in DIETS:
        yield frame.draft(subject, "diet", Mention(MentionKind.VALUE, word, "Value"), Kind.STATE, state)
    elif word == "allergic":
        yield from _allergies(clause, frame, subject)
    elif word == "old":
        yield from _age(state, frame, subject)
    elif word in AILMENTS | CONDITIONS_OF_LIFE and not clause.places:
        yield frame.draft(subject, "has_condition" if word in AILMENTS else "is", Mention(MentionKind.VALUE, word, "Value"), Kind.STATE, state)


def _allergies(clause: Clause, frame: Frame, subject: Mention) -> Iterator[Draft]:
    allergen = clause.governed("to") or next((c for p in clause.state.children for c in p.children if p.dep_ == "prep"), None)  # type: ignore[union-attr]
    for noun in conjuncts(allergen) if allergen is not None else ():
        found = mention(noun, frame.scene, alone=True)
        if found is not None:
            yield frame.draft(subject, "allergic_to", found, Kind.STATE, noun)


def _age(state: Token, frame: Frame, subject: Mention) -> Iterator[Draft]:
    years = next((c for c in state.children if c.dep_ == "npadvmod" and c.lemma_ in ("year", "month", "week")), None)
    number = next((c for c in years.children if c.dep_ == "nummod"), None) if years is not None else None
    if number is not None and years is not None:
        unit = "" if years.lemma_ == "year" else f" {years.lower_}"
        yield frame.draft(subject, "age", Mention(MentionKind.VALUE, f"{number.text}{unit}", "Value"), Kind.STATE, state)


def _whereabouts(clause: Clause, frame: Frame, subject: Mention, ontology: Ontology) -> Iterator[Draft]:
    """ "I'm from Porto"."""
    origin = clause.governed("from", "originally from")
    if origin is None or type_told(origin, frame.scene) != "Place" or subject.type != "Person" or not is_named(origin):
        return
    place = mention(origin, frame.scene, "Place")
    if place is not None:
        yield frame.draft(subject, "grew_up_in", place, Kind.STATE, origin)


__all__ = ["Scene", "copular", "is_occupation"]
