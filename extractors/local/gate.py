"""The gate: which readings are worth keeping. It prefers leaving something out to keeping what nobody will ask for."""

import re

from spacy.tokens import Token

from extractors.local.draft import Draft, Kind
from extractors.local.lexicon import (
    BROAD,
    DULL,
    FLEETING,
    GAINED,
    GENERIC_PEOPLE,
    HABITUAL,
    KNOWN_PLACES,
    LIGHT,
    NOT_NAMES,
    PLACE_NOUNS,
    STRONG,
    TITLED,
    WORK_NOUNS,
)
from extractors.local.names import is_named
from extractors.local.namesakes import is_same
from extractors.local.salience import is_modified, names_something
from extractors.local.scene import Scene
from extractors.local.subjects import is_someone
from extractors.local.verbs import Tense, finite, predicate
from graph.language import Mention, MentionKind

_UNRESOLVED = re.compile(
    r"\b(it|its|they|them|their|this|that|these|those|your|you|yours|who|which|what|something|his|her|him|everyone|one|each other|"
    r"other's)\b",
    re.IGNORECASE,
)
_DANGLING = re.compile(r"\b(of|for|with|to|in|at|on|about|from|by|and|or|as)$", re.IGNORECASE)
_LONGEST_TEXT = 40


def passes(draft: Draft, scene: Scene) -> bool:
    """Whether a draft is about someone, says something whole, and is salient for its kind."""
    return _is_whole(draft, scene) and _is_about_someone(draft) and _RULES[draft.kind](draft, scene)


def _is_whole(draft: Draft, scene: Scene) -> bool:
    ends = [end for end in (draft.subject, draft.object) if end.kind is not MentionKind.ANY]
    return (
        all(_is_sound(end) for end in ends)
        and _is_meeting(draft)
        and len(draft.text.split()) <= _LONGEST_TEXT
        and not is_same(draft.subject, draft.object)
    )


def _is_sound(mention: Mention) -> bool:
    text = mention.text
    if not text or not any(c.isalnum() for c in text):
        return False
    if mention.kind in (MentionKind.NAME, MentionKind.FIRST_NAME):
        return text.lower() not in NOT_NAMES and (text.split()[-1][0].isupper() or not _DANGLING.search(text))
    return not _DANGLING.search(text) and _UNRESOLVED.search(text) is None and text.lower() not in LIGHT | GENERIC_PEOPLE


_BETWEEN_PEOPLE = frozenset(
    "partner_of married_to engaged_to met knows lives_with boss_of colleague_of teacher_of student_of friend_of "
    "broke_up_with divorced".split()
)


def _is_meeting(draft: Draft) -> bool:
    """Relations between people need someone at each end, not a common noun."""
    if draft.relation not in _BETWEEN_PEOPLE:
        return True
    if draft.relation == "met" and _is_dated(draft):
        return True
    return all(
        end.kind is MentionKind.ANY or (is_someone(end) and end.kind is not MentionKind.THING) for end in (draft.subject, draft.object)
    )


_KINDS_OF_KNOWLEDGE = frozenset(("Sport", "Language", "Religion", "Country", "Continent"))
"""Types of what is true of things at large: "a goalkeeper belongs to football"."""


def _is_about_someone(draft: Draft) -> bool:
    if is_someone(draft.subject) or draft.subject.kind is MentionKind.ROLE:
        return True
    return draft.kind is Kind.WORLD and (is_someone(draft.object) or draft.object.type in _KINDS_OF_KNOWLEDGE)


def _always(draft: Draft, scene: Scene) -> bool:
    return True


def _state(draft: Draft, scene: Scene) -> bool:
    head = draft.head
    if head is None:
        return True
    return (head.lower_ not in LIGHT or (is_named(head) and head.pos_ == "PROPN")) and not _is_bare_work(head)


def _is_bare_work(head: Token) -> bool:
    """ "a project", "the homework": work without a word of which."""
    telling = any(c.dep_ in ("compound", "nmod", "poss", "prep") for c in head.children)
    return head.lemma_.lower() in WORK_NOUNS and not telling


def _event(draft: Draft, scene: Scene) -> bool:
    """What happened: told of the past or dated, with an object that says what."""
    if draft.head is None:
        return True
    dull = draft.head.lemma_.lower() in DULL
    if draft.relation == "visited" and draft.head.lemma_.lower() in PLACE_NOUNS and _has_happened(draft, scene):
        return not _is_shown(draft.head)
    return (not dull and _has_happened(draft, scene) and is_modified(draft.head) and not _is_shown(draft.head)) or _is_dated(draft)


def _taste(draft: Draft, scene: Scene) -> bool:
    """Lasting likes: not of what the other one just said or showed."""
    head = draft.head
    if draft.subject == scene.you or head is None or head.lower_ in LIGHT or _is_pointed_at(head) or not _is_lasting(draft):
        return False
    if draft.clause_is_gapped and not is_named(head):
        return False
    if draft.object.owner is not None and draft.object.owner != draft.subject:
        return False
    if scene.other is not None and scene.other in draft.object.text:
        return False
    return not any(c.lower_ in ("this", "that", "these", "those", "your", "how") for c in head.children)


def _is_pointed_at(head: Token) -> bool:
    """ "I love the texture": of what was just shown, unless it is one that everybody knows ("the sea")."""
    pointed = any(c.lower_ == "the" for t in (head, *head.conjuncts) for c in t.children)
    told = any(c.dep_ == "compound" or (c.dep_ == "prep" and c.lower_ == "of") for c in head.children)
    return pointed and not is_named(head) and head.lower_ not in KNOWN_PLACES and not told


def _is_lasting(draft: Draft) -> bool:
    verb = next((t for t in draft.tokens if t.pos_ == "VERB" and t.dep_ not in ("aux", "auxpass", "amod")), None)
    return not draft.holds or verb is None or predicate(finite(verb)).tense in (Tense.PRESENT, Tense.PERFECT)


def _plan(draft: Draft, scene: Scene) -> bool:
    return draft.subject != scene.you and not (scene.other is not None and scene.other in draft.object.text)


def _open(draft: Draft, scene: Scene) -> bool:
    """Open verbs carry a fact only with an object that names something, told as having happened."""
    head = draft.head
    if head is not None and draft.former and head.lower_ not in LIGHT:
        return draft.subject != scene.you
    if head is None or draft.object.kind is MentionKind.ANY or not _has_happened(draft, scene) or draft.subject == scene.you:
        return False
    verb = draft.relation.split("_")[0]
    if not verb.isalpha() or _is_participle(draft) or not _can_act(draft.subject):
        return False
    if verb in TITLED and is_named(head) and draft.object.type != "Person":
        return True
    if verb in FLEETING or head.lemma_.lower() in DULL:
        return False
    if _is_achieved(verb, head, draft):
        return True
    if draft.relation.endswith(_CIRCUMSTANCES):
        return False
    if verb in BROAD and "_" in draft.relation and draft.relation not in ("go_to", "go_on", "run_for"):
        return False
    told = names_something(head) and any(c.dep_ in ("compound", "nmod") for c in head.children)
    if verb in BROAD and not told and not ((draft.when.dated or draft.when.repeats) and (is_modified(head) or names_something(head))):
        return False
    return _is_salient(head, draft, scene)


def _is_habit(verb: Token) -> bool:
    """ "I usually bake on Sundays"."""
    return verb.tag_ in ("VBP", "VBZ") and any(c.lower_ in HABITUAL for c in verb.children)


_CIRCUMSTANCES = (
    "_after",
    "_before",
    "_because",
    "_because_of",
    "_for",
    "_without",
    "_like",
    "_than",
    "_during",
    "_of",
    "_despite",
    "_through",
)
"""Prepositions that tell of how and when, not of what."""
_REACHING = frozenset("apply compete perform travel camp audition interview volunteer donate qualify".split())


def _is_participle(draft: Draft) -> bool:
    verb = next((t for t in draft.tokens if t.pos_ == "VERB" and t.dep_ not in ("aux", "auxpass", "amod")), None)
    return verb is not None and verb.dep_ == "acl"


def _can_act(subject: Mention) -> bool:
    return subject.kind in (MentionKind.SPEAKER, MentionKind.ROLE) or subject.type in ("Person", "Animal", "Organization")


def _is_achieved(verb: str, head: Token, draft: Draft) -> bool:
    """What someone made, changed or got, without it being shown or mere talk."""
    word = head.lemma_.lower()
    if draft.relation in ("get", "land", "receive", "find") and word in GAINED:
        return True
    if "_" in draft.relation and verb not in _REACHING:
        return False
    whole = is_modified(head) or names_something(head)
    return verb in STRONG and whole and word not in LIGHT | WORK_NOUNS and not _is_shown(head)


def _has_happened(draft: Draft, scene: Scene) -> bool:
    verb = next((t for t in draft.tokens if t.pos_ in ("VERB", "AUX") and t.dep_ not in ("aux", "auxpass", "amod")), None)
    if draft.when.start is not None or draft.when.repeats is not None or (verb is not None and _is_habit(verb)):
        return True
    if verb is None:
        return False
    phrase = predicate(finite(verb))
    return phrase.tense in (Tense.PAST, Tense.PERFECT) or (phrase.progressive and phrase.lemma in STRONG | TITLED)


def _is_salient(head: Token, draft: Draft, scene: Scene) -> bool:
    if head.lower_ in LIGHT or _is_shown(head):
        return False
    return _is_dated(draft) or (is_modified(head) and ("_" not in draft.relation or names_something(head)))


def _is_dated(draft: Draft) -> bool:
    return draft.when.dated and draft.when.start is not None


def _is_shown(head: Token) -> bool:
    """ "this pic": something that only who was there could see."""
    return any(c.lower_ in ("this", "that", "these", "those") for c in head.children)


_RULES = {
    Kind.KIN: _always,
    Kind.STATE: _state,
    Kind.WORLD: _state,
    Kind.EVENT: _event,
    Kind.TASTE: _taste,
    Kind.PLAN: _plan,
    Kind.HABIT: _plan,
    Kind.OPEN: _open,
}
