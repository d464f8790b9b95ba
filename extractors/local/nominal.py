"""Nominal statements: "The author of X is Y", "X's capital is Y", "my favourite food is Y"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from extractors.local.clauses import Clause
from extractors.local.dates import period_in_words
from extractors.local.draft import Draft, Kind
from extractors.local.given_names import GIVEN_NAMES
from extractors.local.lexicon import UNKNOWN
from extractors.local.names import is_named, name_span, name_text
from extractors.local.nouns import conjuncts, mention
from extractors.local.opened import Frame
from extractors.local.people import kin_role, possessive, possessor_mention
from extractors.local.spelling import core_words
from extractors.local.timing import When
from extractors.local.verbs import Mood, Tense
from graph.language import Mention, MentionKind
from graph.ontology import Ontology, Relation

_FAVOURITE = re.compile(r"favou?rite (?!ones?$|things?$|parts?$|memory$|memories$|moments?$|way$)")
_RELATIVES = frozenset("who which that where whom".split())


@dataclass(frozen=True, slots=True)
class Role:
    """ "capital of Serbia": what something is (`words`) to what (`of`)."""

    words: str
    of: Token
    clause: str = ""
    """The words of a relative clause that say it instead: "the company that produced"."""


def nominal(clause: Clause, frame: Frame, ontology: Ontology) -> list[Draft]:
    """The triples of a sentence whose subject says what its object is to something else."""
    if changed := list(_changed(clause, frame, ontology)):
        return changed
    if changed := list(_changed_before(clause, frame, ontology)):
        return changed
    subject = clause.subject
    if subject is None or (kin_role(subject) and not _is_office_of(subject)) or clause.phrase.mood == Mood.UNREAL or clause.phrase.negated:
        return []
    for role in roles(subject):
        drafts = list(_read(role, clause, frame, ontology))
        if drafts:
            return drafts
    if clause.phrase.lemma == "be" and (drafts := list(_turned(clause, frame, ontology))):
        return drafts
    return [*_home(clause, frame), *_office(clause, frame)] if clause.phrase.lemma == "be" else []


def _changed(clause: Clause, frame: Frame, ontology: Ontology) -> Iterator[Draft]:
    """ "I changed my email to anna@example.org", "my number changed to 555-0101": what it is from then on."""
    thing, value = clause.object or clause.subject, clause.governed("to")
    told = clause.phrase.mood == Mood.TOLD and not clause.phrase.negated
    if clause.phrase.lemma not in ("change", "update", "switch") or not told or thing is None or value is None:
        return
    owner = next((c for c in thing.children if c.dep_ == "poss"), None)
    known = possessor_mention(owner, frame.scene) if owner is not None else None
    found = _relation(Role(core_words(thing), owner), "is", ontology, known) if owner is not None and known is not None else None
    if found is not None and known is not None:
        yield from _drafted(*found, known, value, frame)


def _changed_before(clause: Clause, frame: Frame, ontology: Ontology) -> Iterator[Draft]:
    """ "My email changed, it's anna@example.org now"."""
    if clause.subject is None or clause.subject.lower_ != "it" or clause.phrase.lemma != "be":
        return
    verb = next((c for c in clause.main.children if c.dep_ in ("ccomp", "parataxis") and c.lemma_ == "change"), None)
    thing = next((c for c in verb.children if c.dep_ == "nsubj"), None) if verb is not None else None
    owner = next((c for c in thing.children if c.dep_ == "poss"), None) if thing is not None else None
    if thing is None or owner is None:
        return
    for draft in _read(Role(core_words(thing), owner), clause, frame, ontology):
        yield replace(draft, text=re.sub(r"^It\b", f"{possessive(draft.subject.text)} {core_words(thing)}", draft.text))


def _turned(clause: Clause, frame: Frame, ontology: Ontology) -> Iterator[Draft]:
    """ "The Long Tide is my favourite book": what something is to someone stands after the verb."""
    noun, subject = clause.object, clause.subject
    if noun is None or subject is None or subject.pos_ == "PRON" or kin_role(noun):
        return
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    known = possessor_mention(owner, frame.scene) if owner is not None else None
    if owner is None or known is None:
        return
    found = _relation(Role(core_words(noun), owner), "is", ontology, known)
    if found is not None:
        yield from _drafted(found[0], found[1], known, subject, frame)


def _is_office_of(noun: Token) -> bool:
    """ "the head coach of Leeds United": no one's kin."""
    return any(c.dep_ == "prep" and c.lower_ == "of" for c in noun.children) and not any(c.dep_ == "poss" for c in noun.children)


def roles(noun: Token) -> Iterator[Role]:
    """What the subject may be said to be, and to what."""
    if noun.lower_ == "name" and (inner := _governed(noun, "of")) is not None:
        yield from roles(inner)
        return
    words = core_words(noun)
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is not None and not is_named(noun):
        yield Role(words, owner)
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "in", "for", "at"):
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            if inner is not None:
                yield from _through(noun, words, child, inner)
        elif child.dep_ == "relcl":
            inner = _governed(noun, "of")
            if inner is not None:
                yield from _relative(noun, f"{words} of {inner.lower_}", child)
            yield from _relative(noun, words, child)


def _through(noun: Token, words: str, preposition: Token, inner: Token) -> Iterator[Role]:
    """Either what is governed is the thing itself, or it is part of what is said: "head of state in X", "type of music that X plays"."""
    if is_named(inner):
        yield Role(words, inner)
    longer = f"{words} {preposition.lower_} {inner.lower_}"
    for child in inner.children:
        if child.dep_ in ("compound", "poss", "nmod", "amod") and is_named(child):
            yield Role(longer, child)
        elif child.dep_ == "relcl":
            yield from _relative(noun, longer, child)
    for holder in (inner, noun):
        for word in ("in", "of"):
            place = _governed(holder, word)
            if place is not None and place != inner:
                yield Role(longer, place)
    if not is_named(inner):
        yield Role(words, inner)


def _relative(noun: Token, words: str, verb: Token) -> Iterator[Role]:
    """ "the university where X was educated", "the company that produced X"."""
    thing = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "dobj") and c.lower_ not in _RELATIVES), None)
    if thing is None:
        return
    inside = {t.i for t in thing.subtree}
    said = " ".join(t.lower_ for t in verb.subtree if t.i not in inside and not t.is_punct)
    yield Role(words, thing, f"the {words} {said} is")


def _governed(noun: Token, word: str) -> Token | None:
    return next((c for p in noun.children if p.dep_ == "prep" and p.lower_ == word for c in p.children if c.dep_ == "pobj"), None)


def _read(role: Role, clause: Clause, frame: Frame, ontology: Ontology) -> Iterator[Draft]:
    if role.of.lower_ in UNKNOWN:
        return
    owner = possessor_mention(role.of, frame.scene) or mention(role.of, frame.scene)
    if owner is None:
        return
    for verb, noun in _values(clause):
        found = _relation(role, verb, ontology, owner)
        if found is None:
            continue
        relation, turned = found
        for each in conjuncts(noun):
            yield from _drafted(relation, turned, owner, each, frame)
        return
    yield from _dated(role, owner, clause, frame)


def _values(clause: Clause) -> Iterator[tuple[str, Token]]:
    """What the sentence says it is, with the verb words before it."""
    if clause.phrase.lemma == "be":
        yield from (("is", noun) for noun in clause.objects)
        yield from (("is", c) for c in clause.main.children if c.dep_ in ("acomp", "xcomp") and _names_a_thing(c, clause))
    verb = "is" if clause.phrase.lemma == "be" else f"is {clause.main.lower_}"
    for preposition, noun in clause.places:
        if clause.subject is not None and noun.i > clause.main.i:
            inner = next((c for p in noun.children if p.lower_ == "of" for c in p.children if c.dep_ == "pobj"), None)
            if inner is not None:
                yield f"{verb} {preposition} the {noun.lower_} of", inner
            yield f"{verb} {preposition}", noun


def _names_a_thing(token: Token, clause: Clause) -> bool:
    """Whether what the parser takes for an adjective or a verb names something: "my favourite colour is green"."""
    favourite = clause.subject is not None and _FAVOURITE.match(core_words(clause.subject)) is not None
    return favourite or token.pos_ in ("PROPN", "NOUN") or token.tag_ == "VBG" or token.text[0].isupper()


def _relation(role: Role, verb: str, ontology: Ontology, owner: Mention) -> tuple[Relation, bool] | None:
    """The relation, and whether what the sentence says it is comes first in it."""
    if role.clause and (found := ontology.named(role.clause)) is not None:
        return found, False
    if found := ontology.named(f"'s {role.words} {verb}"):
        return found, False
    if verb == "is":
        if found := ontology.named(role.words):
            return found, False
        if found := ontology.named(f"is the {role.words} of"):
            return found, True
        if _FAVOURITE.match(role.words) and owner.type == "Person":
            return ontology.relation("favorite"), False
    return None


def _drafted(relation: Relation, turned: bool, owner: Mention, noun: Token, frame: Frame) -> Iterator[Draft]:
    ends = relation.subject if turned else relation.object
    known = mention(noun, frame.scene)
    value = known if known is None or not ends or known.type in ends else mention(noun, frame.scene, ends[0])
    if value is None or value.text == owner.text or noun.lower_ in UNKNOWN:
        return
    subject, object = (value, owner) if turned else (owner, value)
    kind = Kind.TASTE if relation.name.startswith("favorite") else Kind.STATE if owner.kind is MentionKind.SPEAKER else Kind.WORLD
    yield frame.draft(subject, relation.name, object, kind, noun)


def _dated(role: Role, owner: Mention, clause: Clause, frame: Frame) -> Iterator[Draft]:
    """ "My birthday is on 14 May"."""
    if role.words not in ("birthday", "date of birth") or clause.phrase.lemma != "be":
        return
    found = next((d.found for d in frame.scene.dates.of(clause.phrase) if d.found.period), None)
    if found is None or found.period is None:
        return
    words = period_in_words(found.period, found.zone).removeprefix("on ")
    day = words.rsplit(" ", 1)[0] if role.words == "birthday" else words
    draft = frame.draft(owner, "birthday" if role.words == "birthday" else "born_on", Mention(MentionKind.VALUE, day, "Date"), Kind.STATE)
    yield replace(draft, when=When())


def _office(clause: Clause, frame: Frame) -> Iterator[Draft]:
    """ "The harbour master is Jon Vale": an office without an owner, and who holds it."""
    subject, holder = clause.subject, clause.object
    if subject is None or holder is None or (is_named(subject) and not _is_office(subject)) or not is_named(holder):
        return
    if not any(c.dep_ == "det" and c.lower_ == "the" for c in subject.children) or holder.ent_type_ not in ("PERSON", ""):
        return
    named_of = any(c.dep_ == "prep" and c.lower_ == "of" for c in subject.children)
    surely = holder.ent_type_ == "PERSON" or name_span(holder)[0].lower_ in GIVEN_NAMES
    office = mention(subject, frame.scene) if surely or not named_of else None
    if office is None or (named_of and " of " not in office.text):
        return
    person = mention(holder, frame.scene, "Person")
    if person is not None and " " in name_text(name_span(holder)):
        yield frame.draft(office, "held_by", person, Kind.WORLD, holder)


_HOMES = frozenset("apartment flat house home place".split())
_NOT_LIVED_IN = frozenset("old former previous childhood first holiday summer beach dream second vacation family future other".split())


def _home(clause: Clause, frame: Frame) -> Iterator[Draft]:
    """ "My new flat is in Porto": whose home it is lives there."""
    home, place = clause.subject, clause.governed("in")
    if home is None or place is None or home.lemma_.lower() not in _HOMES or not is_named(place):
        return
    owner = next((c for c in home.children if c.dep_ == "poss"), None)
    known = possessor_mention(owner, frame.scene) if owner is not None else None
    whereabouts = mention(place, frame.scene, "Place")
    lived_in = clause.phrase.tense == Tense.PRESENT and not any(c.lower_ in _NOT_LIVED_IN for c in home.lefts)
    if known is not None and known.type == "Person" and whereabouts is not None and lived_in:
        yield frame.draft(known, "lives_in", whereabouts, Kind.STATE, place)


def _is_office(noun: Token) -> bool:
    return noun.lower_ in ("president", "minister", "mayor", "king", "queen", "chancellor", "governor", "secretary", "chief", "pope")
