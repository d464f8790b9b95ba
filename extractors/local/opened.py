"""Open readings: where the ontology has no word for a clause, its verb is the relation."""

from collections.abc import Iterator
from typing import Protocol

from spacy.tokens import Token

from extractors.local.clauses import Clause
from extractors.local.draft import Draft, Kind
from extractors.local.lexicon import AILMENTS, BARE_EVENTS, BUSINESSES, OWNED
from extractors.local.nouns import mention
from extractors.local.people import kin_role
from extractors.local.scene import Scene
from graph.language import Mention, MentionKind


class Frame(Protocol):
    """What readings of one clause share."""

    scene: Scene

    def draft(self, subject: Mention, relation: str, object: Mention, kind: Kind, head: Token | None = None) -> Draft: ...


def opened(clause: Clause, frame: Frame, subject: Mention) -> Iterator[Draft]:
    """The verb with its object, else with its first preposition and what that governs; a telling passive by itself."""
    for reading in (_had, _led, _turned, _object, _undergone, _governed):
        drafts = list(reading(clause, frame, subject))
        yield from drafts
        if drafts or (reading is _object and clause.object is not None):
            return


def _had(clause: Clause, frame: Frame, subject: Mention) -> Iterator[Draft]:
    """ "I have a car" is owned, "he has asthma" a condition."""
    thing = clause.object
    if clause.phrase.lemma != "have" or thing is None or kin_role(thing):
        return
    word = thing.lemma_.lower()
    if word not in OWNED | AILMENTS:
        return
    ill = word in AILMENTS
    found = mention(thing, frame.scene, "Condition" if ill else None)
    if found is not None:
        yield frame.draft(subject, "has_condition" if ill else "owns", found, Kind.STATE, thing)


def _led(clause: Clause, frame: Frame, subject: Mention) -> Iterator[Draft]:
    """ "I run a bakery"."""
    thing = clause.object
    if clause.phrase.lemma not in ("run", "manage") or thing is None or thing.lemma_.lower() not in BUSINESSES:
        return
    found = mention(thing, frame.scene, "Organization")
    if found is not None:
        yield frame.draft(subject, "head_of", found, Kind.STATE, thing)


def _turned(clause: Clause, frame: Frame, subject: Mention) -> Iterator[Draft]:
    """ "My daughter turned five"."""
    number = next((c for c in clause.main.children if c.pos_ == "NUM"), None)
    if clause.phrase.lemma == "turn" and number is not None and subject.type in ("Person", "Animal"):
        yield frame.draft(subject, "age", Mention(MentionKind.VALUE, number.text, "Value"), Kind.STATE, number)


def _object(clause: Clause, frame: Frame, subject: Mention) -> Iterator[Draft]:
    thing = clause.object
    found = mention(thing, frame.scene) if thing is not None else None
    if thing is not None and found is not None and found.text != subject.text and thing.dep_ != "dative":
        yield frame.draft(subject, _verb(clause), found, Kind.OPEN, thing)


def _verb(clause: Clause) -> str:
    lemma = "gave_up" if clause.phrase.lemma == "quit" else clause.phrase.lemma  # to quit is to leave a job
    return "_".join(lemma.split() + clause.phrase.particle.split())


def _undergone(clause: Clause, frame: Frame, subject: Mention) -> Iterator[Draft]:
    """ "I got promoted last week"."""
    phrase = clause.phrase
    undergone = phrase.passive or any(c.lemma_ == "get" for c in phrase.main.children) or phrase.head.lemma_ == "get"
    if phrase.lemma in BARE_EVENTS and undergone and not clause.places:
        yield frame.draft(subject, "got", Mention(MentionKind.VALUE, phrase.main.lower_, "Value"), Kind.EVENT)


def _governed(clause: Clause, frame: Frame, subject: Mention) -> Iterator[Draft]:
    for preposition, noun in clause.places:
        found = mention(noun, frame.scene)
        if found is not None and found.text != subject.text:
            yield frame.draft(subject, f"{_verb(clause)}_{preposition.replace(' ', '_')}", found, Kind.OPEN, noun)
            return
