"""Which relation a clause says: rows of the pattern table first, then the surface forms of the ontology."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from extractors.local.clauses import Clause
from extractors.local.given_names import GIVEN_NAMES
from extractors.local.leaving import GROUPS, THROWN_OUT, is_for_good
from extractors.local.lexicon import EVENT_NOUNS, PLACE_NOUNS, UNKNOWN
from extractors.local.names import PERSON, PLACE, is_named, name_span, name_text, type_of_name
from extractors.local.nouns import EVENTS, classified
from extractors.local.patterns import JOB, NAMED, PATTERNS, Pattern
from extractors.local.people import kin_role
from extractors.local.places import PLACES
from extractors.local.scene import Scene
from extractors.local.spelling import spellings
from graph.ontology import Ontology, Relation


@dataclass(frozen=True, slots=True)
class Match:
    """A relation with the noun that is its object; None: the words leave open which."""

    relation: Relation
    object: Token | None
    turned: bool = False


_BY_VERB: Mapping[str, tuple[Pattern, ...]] = {
    verb: tuple(p for p in PATTERNS if verb in p.verbs.split()) for pattern in PATTERNS for verb in pattern.verbs.split()
}


TOGETHER = frozenset("works_at works_as works_on worked_in studies studies_at lives_in lives_with".split())
"""Relations that one clause may say at once: "I work in Porto as a nurse"."""


def matches(clause: Clause, scene: Scene, ontology: Ontology) -> list[Match]:
    """The relations that a clause says: the best one, and those that go along with it."""
    best = match(clause, scene, ontology)
    if best is not None and best.object is not None and _leaves(best, clause):
        return [best, Match(ontology.relation("left_group"), best.object)]
    if best is None or best.relation.name not in TOGETHER:
        return [best] if best is not None else []
    found = {best.relation.name: best}
    for pattern in _BY_VERB.get(clause.phrase.lemma, ()):
        other = _fits(pattern, clause, scene, ontology)
        if other is not None and pattern.relation in TOGETHER and other.object not in [m.object for m in found.values()]:
            found.setdefault(pattern.relation, other)
    return list(found.values())


LEAVING = ("quit", "left_group", "dropped_out_of")


def _leaves(best: Match, clause: Clause) -> bool:
    """Whether what the tagger takes for a place may be an employer or a club: whichever it was, it is over."""
    if best.relation.name != "moved_from" or best.object is None:
        return False
    return clause.phrase.lemma == "leave" and is_named(best.object) and name_text(name_span(best.object)).lower() not in PLACES


def match(clause: Clause, scene: Scene, ontology: Ontology) -> Match | None:
    """The best relation for a clause, None where only its verb can name it."""
    found = _match(clause, scene, ontology)
    return None if found is not None and _is_left_for_now(found, clause, scene) else found


def _is_left_for_now(found: Match, clause: Clause, scene: Scene) -> bool:
    """ "I left Norte at six with two bags": the shop, not the job."""
    thrown_out = clause.phrase.lemma in THROWN_OUT and found.relation.name == "left_group"
    if not thrown_out and (clause.phrase.lemma not in ("leave", "quit") or found.relation.name not in (*LEAVING, "moved_from")):
        return False
    left = found.object if thrown_out else clause.object
    return left is not None and left.lemma_.lower() not in JOB.split() and not is_for_good(clause, left, scene)


def _match(clause: Clause, scene: Scene, ontology: Ontology) -> Match | None:
    for words, noun in spellings(clause):
        if " the " in words and words.endswith(" of") and (named := ontology.named(words)) is not None:
            return Match(named, noun)
    if (home := _into_home(clause)) is not None:
        return Match(ontology.relation("moved_to"), home)
    for pattern in _BY_VERB.get(clause.phrase.lemma, ()):
        found = _fits(pattern, clause, scene, ontology)
        if found is not None:
            return found
    return _by_surface(clause, scene, ontology)


def _by_surface(clause: Clause, scene: Scene, ontology: Ontology) -> Match | None:
    if (left := _left(clause, scene)) is not None:
        return Match(ontology.relation("left_group"), left)
    for words, noun in spellings(clause):
        relation = ontology.named(words)
        if relation is None or noun.lower_ in UNKNOWN or scene.is_time(noun):
            continue
        if relation.name in INTENTIONS and not (relation.name in ("likes", "loves") and clause.phrase.lemma == "be"):
            continue
        fits = any(ontology.compatible(type_told(noun, scene), wanted) for wanted in relation.object)
        if not relation.object or fits or (_joins_people(relation) and may_be_person(noun, scene)):
            return Match(relation, noun)
    return None


_HOMES = frozenset("place home flat apartment house room studio loft".split())


def _into_home(clause: Clause) -> Token | None:
    """ "We moved into our new flat in Porto": the place, behind the home that is there."""
    if clause.phrase.lemma not in ("move", "settle"):
        return None
    homes = (noun for word, noun in clause.places if word in ("into", "in", "in to") and noun.lemma_.lower() in _HOMES)
    inside = (c for home in homes for p in home.children if p.dep_ == "prep" and p.lower_ in ("in", "at") for c in p.children)
    return next((noun for noun in inside if noun.dep_ == "pobj" and is_named(noun)), None)


def _left(clause: Clause, scene: Scene) -> Token | None:
    """ "I left the choir", "she was kicked out of the band": what is left, where it is a group or has a name that nobody is given."""
    phrase = clause.phrase
    if phrase.lemma in ("leave", "quit") and not phrase.passive:
        left = clause.object
    elif (phrase.lemma in THROWN_OUT and phrase.passive) or (phrase.lemma == "drop" and phrase.particle == "out"):
        left = clause.governed("of", "out of", "from")
    else:
        return None
    if left is None or scene.is_time(left) or len(clause.objects) > 1:
        return None
    if not is_named(left):
        return left if left.lemma_.lower() in GROUPS else None
    given = name_text(name_span(left)).split()[0].lower() in GIVEN_NAMES
    return None if given or type_told(left, scene) in (PLACE, "Event", "Work", "Language") else left


INTENTIONS = frozenset(("plans", "wants", "dropped_plan", "likes", "loves", "dislikes", "named", "hobby"))
"""Relations read from mood and liking, never from a bare phrase like "is into"."""


def _fits(pattern: Pattern, clause: Clause, scene: Scene, ontology: Ontology) -> Match | None:
    phrase = clause.phrase
    if phrase.particle != pattern.particle and not (pattern.particle and _as_adverb(clause, pattern.particle)):
        return None
    if pattern.passive is not None and phrase.passive != pattern.passive:
        return None
    relation = ontology.relation(pattern.relation)
    if pattern.nouns:
        return _by_noun(pattern, clause, relation)
    for noun in _objects(pattern, clause):
        if _allowed(pattern, noun, scene, ontology):
            return Match(relation, noun, pattern.turned)
    bare = pattern.bare and not clause.objects and not any(word in pattern.prepositions.split() for word, _ in clause.places)
    return Match(relation, None) if bare else None


def _as_adverb(clause: Clause, particle: str) -> bool:
    """Particles that the parser took for an adverb or an adjective: "got together"."""
    return any(c.lower_ == particle and c.dep_ in ("advmod", "acomp", "prep", "prt") for c in clause.main.children)


def _objects(pattern: Pattern, clause: Clause) -> Iterator[Token]:
    if not pattern.prepositions:
        yield from clause.objects
        return
    accepted = pattern.prepositions.split("|") if "|" in pattern.prepositions else pattern.prepositions.split()
    yield from (noun for word, noun in clause.places if word in accepted)


def _by_noun(pattern: Pattern, clause: Clause, relation: Relation) -> Match | None:
    """ "I quit my job at Bolt": the noun tells the relation, what follows it the object."""
    nouns = pattern.nouns.split()
    told = [noun for noun in clause.objects if noun.lemma_.lower() in nouns]
    if not told or (clause.phrase.lemma == "leave" and told[0].lemma_.lower() == "work" and not list(told[0].lefts)):  # for the day
        return None
    place = next(_objects(pattern, clause), None)
    if place is not None:
        return Match(relation, place)
    return Match(relation, None) if relation.ends else None


def _allowed(pattern: Pattern, noun: Token, scene: Scene, ontology: Ontology) -> bool:
    if noun.lower_ in UNKNOWN or noun.lower_ in ("noon", "midnight") or scene.is_time(noun):
        return False
    if not pattern.types:
        return noun.pos_ != "PRON"
    known = type_told(noun, scene)
    if pattern.types == (PERSON,) and _joins_people(ontology.relation(pattern.relation)) and may_be_person(noun, scene):
        return True
    if NAMED in pattern.types and is_named(noun) and known not in ("Person", "Event"):
        return True
    return any(known == wanted or (ontology.is_a(known, wanted) and wanted != "Thing") for wanted in pattern.types)


def _joins_people(relation: Relation) -> bool:
    """Whether only people can stand at its end; one can know a city, too."""
    return relation.object == (PERSON,) and relation.name != "knows"


def may_be_person(token: Token, scene: Scene) -> bool:
    """ "Sofia", "Paris": of what a place or anything may be called, people are too; a relation that joins people tells that it is one."""
    if not is_named(token) or kin_role(token):
        return False
    name = name_text(name_span(token))
    return (" " not in name and type_told(token, scene) == PLACE) or name.split()[0].lower() in GIVEN_NAMES


def type_told(token: Token, scene: Scene) -> str:
    """The type that a noun by itself tells, Thing where it tells none."""
    token = classified(token)
    if token.lower_ in ("i", "me", "you", "him", "her", "us", "he", "she"):
        return "Person"
    role = kin_role(token)
    if role is not None:
        return "Animal" if role == "pet" else "Person"
    if is_named(token):
        return type_of_name(name_text(name_span(token)), token.ent_type_)
    word = token.lemma_.lower()
    if word in ("university", "college", "school", "kindergarten"):
        return "School"
    if word in PLACE_NOUNS:
        return "Place"
    return "Event" if word in EVENTS or (word in EVENT_NOUNS and word.endswith("ing")) else "Thing"
