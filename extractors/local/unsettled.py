"""What changes nothing that lasts: things moved, a move that nearly came, a leaving for the day, what others say of the speaker."""

import re

from spacy.tokens import Token

from extractors.local.clauses import Clause, clause_tokens
from extractors.local.dates import Role
from extractors.local.draft import Draft
from extractors.local.lexicon import WE, I
from extractors.local.names import is_named
from extractors.local.patterns import JOB
from extractors.local.scene import Scene
from extractors.local.verbs import Tense
from graph.ontology import Ontology

_NEARLY = frozenset("almost nearly practically virtually".split())
_MOVES = frozenset(("moved_to", "moved_from"))
_LEAVES = frozenset("moved_from left_group quit".split())
_HOME = frozenset("house home flat apartment life".split())
"""What one moves with: "I moved house to Rome"."""
_TELLING = frozenset("think believe assume guess suppose claim say tell reckon insist swear hear imagine".split())
_HOUR = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}[:.]\d\d|1[0-2]|[1-9])"
_OUTING = re.compile(
    rf"\bat (?:noon|midday|midnight|dawn|dusk|lunchtime|\d{{1,2}} ?[ap]\.?m|(?:half past )?{_HOUR}(?! \d)\b(?! (?:years?|months?)))"
    r"|\bfor (?:an? |the |my |our |some |his |her |their )?"
    r"(?:(?:few|couple of|short|long|quick|two|three|\w+-day|summer|winter|weekend|day) )*"
    r"(?:holidays?|vacation|weekend|trip|break|visit|getaway|honeymoon|conference|meeting|wedding|funeral|festival|concert|"
    r"lunch|dinner|day|days|night|nights|evening|morning|afternoon|week|weeks|hours?|minutes?|while|bit|christmas|easter|summer|winter)\b",
    re.IGNORECASE,
)
_UNTIL_NOW = re.compile(r"\b(?:until|till|up to|up until) now\b", re.IGNORECASE)
_RETURNING = frozenset("come go get be head fly drive".split())


def settles(draft: Draft, clause: Clause, scene: Scene, ontology: Ontology) -> bool:
    """Whether what a clause was read to say may change what holds."""
    if _is_nearly(clause) or (draft.relation in _MOVES and clause.phrase.lemma != "leave" and _moves_a_thing(clause, scene)):
        return False
    if draft.relation in _LEAVES and clause.phrase.lemma == "leave" and not _leaves_a_job(clause) and _is_for_a_while(clause, scene):
        return False
    if (draft.relation == "moved_to" and _has_its_length(clause, scene)) or _goes_on_until_now(clause):
        return False
    return not (_decides(draft, ontology) and _is_word_of_others(clause))


def _is_nearly(clause: Clause) -> bool:
    """ "I almost moved": the adverb before the verb; one before a number ("almost ten years ago") tells of that."""
    verbs = {clause.phrase.head, clause.main}
    return any(c.lower_ in _NEARLY and c.i < clause.main.i for verb in verbs for c in verb.children)


def _moves_a_thing(clause: Clause, scene: Scene) -> bool:
    """ "I moved the sofa to Daniel's room"."""
    things = [thing for thing in clause.objects if not scene.is_time(thing) and thing.pos_ != "ADV"]
    return any(thing.lemma_.lower() not in _HOME and not thing.lower_.endswith(("self", "selves")) for thing in things)


def _is_for_a_while(clause: Clause, scene: Scene) -> bool:
    """ "I left Ghent at noon and came back", "I'm leaving Ghent for the weekend"."""
    until = any(dated.found.role is Role.UNTIL for dated in scene.dates.of(clause.phrase))
    return until or _OUTING.search(_words(clause)) is not None or any(_is_return(verb, clause) for verb in clause.verb.subtree)


def _leaves_a_job(clause: Clause) -> bool:
    """ "I left my job at noon" is no leaving for a while."""
    return any(noun.lemma_.lower() in JOB.split() and list(noun.lefts) for noun in clause.objects)


def _words(clause: Clause) -> str:
    return " ".join(token.text for token in clause_tokens(clause))


def _is_return(verb: Token, clause: Clause) -> bool:
    """ "... and came back", unless to another place or never."""
    around = {c.lower_ for c in verb.children}
    if verb.i <= clause.main.i or not (verb.lemma_ == "return" or (verb.lemma_ in _RETURNING and "back" in around)):
        return False
    left = {noun.lower_ for noun in clause.objects}
    elsewhere = any(is_named(t) and t.dep_ == "pobj" and t.head.lower_ == "to" and t.lower_ not in left for t in verb.subtree)
    return not elsewhere and around.isdisjoint(("never", "not", "n't"))


def _goes_on_until_now(clause: Clause) -> bool:
    """ "I've lived in Ghent until now": whether it goes on is not said."""
    return clause.phrase.tense is Tense.PERFECT and _UNTIL_NOW.search(_words(clause)) is not None


def _has_its_length(clause: Clause, scene: Scene) -> bool:
    """ "I had to move to Oslo for a month": a stay that ended, or will, nobody says when."""
    return clause.phrase.tense is not Tense.PERFECT and any(d.found.role is Role.FOR for d in scene.dates.of(clause.phrase))


def _decides(draft: Draft, ontology: Ontology) -> bool:
    """Whether it takes the place of something else or ends it."""
    relation = ontology.relation(draft.relation)
    return bool(relation.exclusive or relation.sets or relation.ends or relation.closes) or not draft.holds


def _is_word_of_others(clause: Clause) -> bool:
    """ "Daniel thinks I live in Antwerp": the speaker would know, and does not say so."""
    head = clause.phrase.head
    if clause.subject is None or clause.subject.lower_ not in I | WE or head.dep_ != "ccomp" or head.head.lemma_ not in _TELLING:
        return False
    teller = next((c for c in head.head.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    return teller is not None and teller.lower_ not in I | WE
