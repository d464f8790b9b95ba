"""Open readings: where the ontology has no word for a clause, its verb is the relation."""

from collections.abc import Iterator
from typing import Protocol

from spacy.tokens import Token

from extractors.local.clauses import Clause
from extractors.local.draft import Draft, Kind
from extractors.local.lexicon import OWNED
from extractors.local.nouns import mention
from extractors.local.people import kin_role
from extractors.local.scene import Scene
from graph.language import Mention


class Frame(Protocol):
    """What readings of one clause share."""

    scene: Scene

    def draft(self, subject: Mention, relation: str, object: Mention, kind: Kind, head: Token | None = None) -> Draft: ...


def opened(clause: Clause, frame: Frame, subject: Mention) -> Iterator[Draft]:
    """The verb with its object, else with its first preposition and what that governs; `went camping` as go camping."""
    yield from _acquired(clause, frame, subject)
    verb = "_".join(clause.phrase.lemma.split() + clause.phrase.particle.split())
    thing = clause.object
    if thing is not None:
        found = mention(thing, frame.scene)
        if found is not None and found.text != subject.text and thing.dep_ != "dative":
            yield frame.draft(subject, verb, found, Kind.OPEN, thing)
        return
    for preposition, noun in clause.places:
        found = mention(noun, frame.scene)
        if found is not None and found.text != subject.text:
            agent = preposition == "by" and clause.phrase.passive
            relation = f"{verb}_by" if agent else f"{verb}_{preposition.replace(' ', '_')}"
            yield frame.draft(subject, relation, found, Kind.OPEN, noun)
            return


def _acquired(clause: Clause, frame: Frame, subject: Mention) -> Iterator[Draft]:
    """ "I have a car", "we got a new house": what is had for good is owned."""
    thing = clause.object
    if clause.phrase.lemma != "have" or thing is None or thing.lemma_.lower() not in OWNED or kin_role(thing):
        return
    found = mention(thing, frame.scene)
    if found is not None:
        yield frame.draft(subject, "owns", found, Kind.STATE, thing)


