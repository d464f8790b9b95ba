"""Whether what was left was left for good: a job, a club or a home, rather than a shop for the day or a bag on the bus."""

from datetime import timedelta

from spacy.tokens import Token

from extractors.local.clauses import Clause
from extractors.local.given_names import GIVEN_NAMES
from extractors.local.lexicon import BUSINESSES, GENERIC_PEOPLE, OCCUPATIONS
from extractors.local.names import is_named, name_span
from extractors.local.people import kin_role
from extractors.local.scene import Scene
from extractors.local.verbs import Tense

GROUPS = frozenset(
    "club team band choir orchestra union society association committee group league squad crew church council ensemble troupe guild gang "
    "organisation organization board staff".split()
)
THROWN_OUT = frozenset("kick throw expel exclude boot ban".split())
_SCHOOLS = frozenset("academy school college university institute gymnasium".split())
_PEOPLE = (
    GENERIC_PEOPLE
    | OCCUPATIONS
    | BUSINESSES
    | GROUPS
    | frozenset("friend colleague boss neighbour neighbor roommate flatmate coworker mate girl boy kid child captain member".split())
)
_AROUND = frozenset("with without behind on at in inside by through via after before during towards toward into onto".split())
"""Prepositions of how and where something is left for now."""
_FOR_NOW = frozenset(
    "behind early late tonight again alone together quickly home hungry just noon midnight o'clock morning afternoon evening night "
    "hour hours minute minutes min mins second seconds moment moments".split()
)
_ONWARDS = frozenset("go come walk drive head run take get grab return catch meet eat buy fly forget find see call".split())
"""What one does right after leaving somewhere for the day."""
_A_DAY = timedelta(days=1)


def is_for_good(clause: Clause, left: Token, scene: Scene) -> bool:
    """Whether `left` was left for good, as far as the words show: where they leave it open, no."""
    if clause.phrase.lemma == "quit":
        return is_named(left) or (left.tag_ != "VBG" and any(c.dep_ in ("det", "poss", "compound", "amod") for c in left.lefts))
    if _has_second_object(left, scene) or not _is_someone(clause.subject):
        return False
    lasting = _lasting_date(clause, scene)
    if lasting == _COARSE:
        return not any(word.lower_ == "behind" for word in _around(clause, left))
    if any(_is_for_now(word, left, scene) and not _is_lately(word, clause) for word in _around(clause, left)):
        return False
    return lasting == _DAY or not is_named(left) or _stands_alone(clause, left)


_NONE, _DAY, _COARSE = 0, 1, 2


def _lasting_date(clause: Clause, scene: Scene) -> int:
    """How coarsely it is said when: not at all or by the clock, by the day, by more than that."""
    periods = [(d.found.period, d.found.words.lower().split()) for d in scene.dates.of(clause.phrase) if d.found.period is not None]
    if not periods or any(_FOR_NOW & set(words) for _, words in periods):
        return _NONE
    longest = max(period.end - period.first for period, _ in periods)
    return _COARSE if longest > 1.5 * _A_DAY else _DAY if longest > 0.9 * _A_DAY else _NONE


def _has_second_object(left: Token, scene: Scene) -> bool:
    """ "I left the choir a message", also where the parser does not see it."""
    last = max(name_span(left)[-1].i, left.i) if is_named(left) else left.i
    follower = left.doc[last + 1] if last + 1 < len(left.doc) else None
    if follower is None or scene.is_time(follower) or follower.sent.start != left.sent.start:
        return False
    return follower.dep_ != "case" and (follower.pos_ in ("DET", "NOUN", "NUM") or follower.tag_ == "PRP$")


def _is_someone(subject: Token | None) -> bool:
    """ "My flight left" ends nothing: only people, and what has a name."""
    if subject is None or subject.pos_ in ("PRON", "PROPN") or is_named(subject) or subject.lower_ in GIVEN_NAMES:
        return True
    return kin_role(subject) is not None or subject.lemma_.lower() in _PEOPLE


def _around(clause: Clause, left: Token) -> list[Token]:
    """The words that stand with the verb and with what is left."""
    own = set(name_span(left)) if is_named(left) else {left}
    return [c for word in {clause.phrase.head, clause.main, *own} for c in word.children if c not in own and c.dep_ != "nsubj"]


def _is_for_now(word: Token, left: Token, scene: Scene) -> bool:
    if word.lower_ in ("after", "before") and any(t.lemma_.lower() in ("year", "month", "decade") for t in word.subtree):
        return False
    if word.dep_ in ("prep", "agent", "advmod", "prt", "npadvmod", "dative") and word.lower_ in _AROUND and word.i > left.i:
        return not list(word.children) or any(not scene.is_time(t) or t.lower_ in _FOR_NOW for t in word.subtree if t != word)
    return word.dep_ in ("advmod", "acomp", "oprd", "npadvmod", "prt", "attr") and any(t.lower_ in _FOR_NOW for t in word.subtree)


def _is_lately(word: Token, clause: Clause) -> bool:
    """ "I've just left Norte"; "I just left Norte" may be said at its door."""
    return word.lower_ == "just" and clause.phrase.tense is Tense.PERFECT


def _stands_alone(clause: Clause, left: Token) -> bool:
    """Whether nothing is said along with it that one does after a visit."""
    if clause.phrase.lemma in THROWN_OUT and clause.phrase.lemma not in ("expel", "exclude"):  # shops do so, too
        return bool({t.lower_ for t in name_span(left)} & (GROUPS | _SCHOOLS))
    after = [c for word in {clause.phrase.head, clause.main} for c in word.children if c.dep_ in ("conj", "advcl", "xcomp")]
    return not any(c.lemma_.lower() in _ONWARDS for c in after)
