"""Clauses with "be": what someone is, where they are from, how old, what they are allergic to or fond of."""

import re
from collections.abc import Iterator

from spacy.tokens import Token

from extractors.local.clauses import Clause
from extractors.local.draft import Draft, Kind
from extractors.local.lexicon import AILMENTS, CONDITIONS_OF_LIFE, DIETS, FANS, OCCUPATIONS, PASSIONS
from extractors.local.matching import match, type_told
from extractors.local.names import is_named
from extractors.local.nouns import listed, mention, phrase
from extractors.local.opened import Frame
from extractors.local.people import kin_name, kin_role, possessor_mention
from extractors.local.verbs import Tense
from graph.language import Mention, MentionKind
from graph.ontology import Ontology

_OCCUPATIONAL = re.compile(r"(?:ologist|ician|ographer|therapist|maker|keeper|worker|engineer|nurse|manager|teacher|officer|assistant)$")


def became(clause: Clause) -> bool:
    """ "I've gone vegetarian", "she became vegan"."""
    states = [clause.state, *clause.objects]
    return clause.phrase.lemma in ("go", "turn", "become") and any(state is not None and state.lower_ in DIETS for state in states)


def copular(clause: Clause, frame: Frame, subject: Mention, ontology: Ontology) -> list[Draft]:
    """The states that a copula ascribes to `subject`."""
    for reading in (_occupation, _adjective, _fan, _passion, _whereabouts):
        drafts = list(reading(clause, frame, subject))
        if drafts:
            return drafts
    return list(_by_phrase(clause, frame, subject, ontology))


def _by_phrase(clause: Clause, frame: Frame, subject: Mention, ontology: Ontology) -> Iterator[Draft]:
    """ "is a citizen of", "is fond of": the surface forms of the ontology."""
    found = match(clause, frame.scene, ontology)
    if found is None or found.object is None:
        return
    taste = found.relation.name in ("likes", "loves")
    kind = Kind.TASTE if taste else Kind.STATE if subject.kind is MentionKind.SPEAKER else Kind.WORLD
    wanted = found.relation.object[0] if found.relation.object and found.relation.object[0] != "Thing" else None
    nouns = listed(found.object)
    for noun in nouns:
        thing = mention(noun, frame.scene, wanted, len(nouns) > 1)
        if thing is not None and thing.text != subject.text:
            yield frame.draft(subject, "likes" if taste else found.relation.name, thing, kind, noun)


def _occupation(clause: Clause, frame: Frame, subject: Mention) -> Iterator[Draft]:
    """ "I'm a nurse at St Mary's"."""
    noun = clause.object
    if noun is None or subject.type != "Person" or not is_occupation(noun):
        return
    job = Mention(MentionKind.THING, phrase(noun, frame.scene, tail=False), "Occupation")
    yield frame.draft(subject, "works_as", job, Kind.STATE, noun)
    place = clause.governed("at", "for")
    employer = mention(place, frame.scene, "Organization") if place is not None else None
    if employer is not None:
        yield frame.draft(subject, "works_at", employer, Kind.STATE, place)


def is_occupation(noun: Token) -> bool:
    """Whether a noun says what someone does for a living; a possessed one says whom they are that to."""
    if any(c.dep_ == "poss" or c.lower_ in ("no", "such") for c in noun.children) or noun.tag_ == "NNS" or noun.dep_ != "attr":
        return False
    if noun.tag_ == "NNP" and is_named(noun):
        return False
    if kin_role(noun) and (any(c.dep_ == "prep" and c.lower_ == "of" for c in noun.children) or kin_name(noun)):
        return False
    if any(c.lower_ == "the" for c in noun.children) and any(c.dep_ == "prep" and c.lower_ == "of" for c in noun.children):
        return False
    word = noun.lemma_.lower()
    return word in OCCUPATIONS or _OCCUPATIONAL.search(word) is not None


def _adjective(clause: Clause, frame: Frame, subject: Mention) -> Iterator[Draft]:
    """ "I'm vegetarian", "she's allergic to nuts", "he's 7 years old"."""
    state = clause.state or next((o for o in clause.objects if o.lower_ in DIETS | CONDITIONS_OF_LIFE), None)
    if state is None or subject.type not in ("Person", "Animal"):
        return
    word = state.lower_
    if word in DIETS:
        yield frame.draft(subject, "diet", Mention(MentionKind.VALUE, word, "Value"), Kind.STATE, state)
    elif word == "allergic":
        yield from _allergies(clause, state, frame, subject)
    elif word == "old":
        yield from _age(state, frame, subject)
    elif word in AILMENTS | CONDITIONS_OF_LIFE and not clause.places and not any(c.dep_ == "prep" for c in state.children):
        relation = "has_condition" if word in AILMENTS else "is"
        yield frame.draft(subject, relation, Mention(MentionKind.VALUE, word, "Value"), Kind.STATE, state)


def _allergies(clause: Clause, state: Token, frame: Frame, subject: Mention) -> Iterator[Draft]:
    inside = (c for p in state.children if p.dep_ == "prep" and p.lower_ == "to" for c in p.children if c.dep_ == "pobj")
    allergen = clause.governed("to") or next(inside, None)
    nouns = listed(allergen) if allergen is not None else []
    for noun in nouns:
        found = mention(noun, frame.scene, alone=len(nouns) > 1)
        if found is not None:
            yield frame.draft(subject, "allergic_to", found, Kind.STATE, noun)


def _age(state: Token, frame: Frame, subject: Mention) -> Iterator[Draft]:
    years = next((c for c in state.children if c.dep_ == "npadvmod" and c.lemma_ in ("year", "month", "week")), None)
    number = next((c for c in years.children if c.dep_ == "nummod"), None) if years is not None else None
    if number is not None and years is not None:
        unit = "" if years.lemma_ == "year" else f" {years.lower_}"
        yield frame.draft(subject, "age", Mention(MentionKind.VALUE, f"{number.text}{unit}", "Value"), Kind.STATE, state)


def _fan(clause: Clause, frame: Frame, subject: Mention) -> Iterator[Draft]:
    """ "I'm a huge jazz fan"."""
    noun = clause.object
    if noun is None or noun.lemma_.lower() not in FANS or subject.type != "Person":
        return
    told = [t for c in noun.lefts if c.dep_ in ("compound", "nmod") for t in c.subtree]
    of = clause.governed("of", "for")
    if of is not None:
        yield from _liked(of, frame, subject)
    elif told:
        text = " ".join(t.text for t in told)
        kind = MentionKind.NAME if is_named(told[-1]) else MentionKind.THING
        yield frame.draft(subject, "likes", Mention(kind, text), Kind.TASTE, told[-1])


def _liked(token: Token, frame: Frame, subject: Mention) -> Iterator[Draft]:
    nouns = listed(token)
    for noun in nouns:
        thing = mention(noun, frame.scene, alone=len(nouns) > 1)
        if thing is not None:
            yield frame.draft(subject, "likes", thing, Kind.TASTE, noun)


def _passion(clause: Clause, frame: Frame, subject: Mention) -> Iterator[Draft]:
    """ "Painting is my passion": the subject is what the owner likes."""
    noun = clause.object
    if noun is None or noun.lemma_.lower() not in PASSIONS or subject.type == "Person" or clause.subject is None:
        return
    possessor = next((c for c in noun.children if c.dep_ == "poss"), None)
    owner = possessor_mention(possessor, frame.scene) if possessor is not None else None
    if owner is not None and owner.type == "Person":
        yield frame.draft(owner, "likes", subject, Kind.TASTE, clause.subject)


def _whereabouts(clause: Clause, frame: Frame, subject: Mention) -> Iterator[Draft]:
    """ "I'm from Porto", "I've been to Rome"."""
    if subject.type != "Person":
        return
    visited = clause.phrase.tense == Tense.PERFECT
    if visited and (home := _stays(clause, frame)) is not None:
        yield frame.draft(subject, "lives_in", home, Kind.STATE)
        return
    place = clause.governed("to") if visited else clause.governed("from", "originally from")
    if place is None or type_told(place, frame.scene) != "Place" or not is_named(place):
        return
    found = mention(place, frame.scene, "Place")
    if found is not None:
        yield frame.draft(subject, "visited" if visited else "grew_up_in", found, Kind.EVENT if visited else Kind.STATE, place)


_AWAY = frozenset("vacation holiday holidays trip tour visit visiting hospital".split())


def _stays(clause: Clause, frame: Frame) -> Mention | None:
    """ "I've been in Porto for two months now": where one has come to live, unless it is said to be a trip."""
    place = clause.governed("in")
    if place is None or not is_named(place) or type_told(place, frame.scene) != "Place":
        return None
    words = {token.lower_ for token in clause.verb.sent}
    lasting = "for" in words and "now" in words and _AWAY.isdisjoint({token.lower_ for token in frame.scene.doc})
    return mention(place, frame.scene, "Place") if lasting else None
