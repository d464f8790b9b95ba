"""Whether a death is meant: nobody who nearly died, died of laughter or died in a game has, and nobody tells of their own."""

from collections.abc import Iterator

from spacy.tokens import Token

from extractors.local.dates import find
from extractors.local.draft import Draft
from extractors.local.lexicon import PLACE_NOUNS
from extractors.local.names import PLACE, is_named, name_span, name_text, type_of_name
from extractors.local.scene import Scene
from graph.language import Mention, MentionKind

_NOT_QUITE = frozenset("nearly almost practically basically virtually literally figuratively kinda sorta half totally".split())
_IN_JEST = frozenset(
    "inside laughing laughter laugh giggles embarrassment embarrassed shame boredom cringe cringing cuteness happiness joy excitement envy "
    "jealousy curiosity shock fright anticipation suspense nerves awkwardness twice again bit "
    "game level boss match round quest dungeon minecraft fortnite zelda tetris roguelike movie film show series episode season finale "
    "book novel story play stage scene sequel chapter comic comics manga anime dream nightmare campaign simulation zoom call".split()
)
"""What one dies of in jest, and where only in play."""
_ON = frozenset("way road ship train plane mountain duty island farm spot board table street field battlefield motorway highway".split())
_DEATHBEDS = PLACE_NOUNS | frozenset(
    "home hospital hospice clinic prison camp jail monastery convent palace island region province".split()
)
_TRAILING = frozenset("in on at inside".split())


def is_death(draft: Draft, scene: Scene) -> bool:
    """Whether a draft that tells of dying means it; True for every other draft."""
    if draft.relation.split("_")[0] not in ("die", "died"):
        return True
    if draft.subject.kind is MentionKind.SPEAKER or not _has_fitting_object(draft, scene):
        return False
    verb = next((t for t in draft.tokens if t.lemma_.lower() in ("die", "pass")), None)
    return verb is None or not (_is_in_jest(verb, draft) or any(not ok for ok in _grounds(verb, draft, scene)))


def _has_fitting_object(draft: Draft, scene: Scene) -> bool:
    text = draft.object.text
    if draft.relation == "died_on":
        found = find(text, scene.at, None)
        return (draft.when.start is not None and draft.object.type == "Date") or any(f.end - f.start == len(text) for f in found)
    if draft.relation != "died_in":
        return True
    words = text.split()
    if words[-1].lower() in ("yesterday", "today"):
        return False
    if words[-1][0].isupper():
        return True
    return bool(_DEATHBEDS & {word.lower() for word in words})


def _is_in_jest(verb: Token, draft: Draft) -> bool:
    if any(t.lower_ in _NOT_QUITE for t in verb.doc[max(verb.sent.start, verb.i - 3) : verb.i]):
        return True
    after = [t for t in draft.tokens if t.i > verb.i]
    if any(t.lower_ in _IN_JEST or (t.lower_ == "little" and t.nbor(-1).lower_ == "a") or t.lower_ == "times" for t in after):
        return True
    above = verb.head
    return verb.dep_ in ("ccomp", "advcl") and any(t.lower_ in ("so", "such") for t in above.subtree if t.i < verb.i)


def _grounds(verb: Token, draft: Draft, scene: Scene) -> Iterator[bool]:
    """For each "in", "on" and "at" of the verb, whether it leads to a time or to where people die."""
    for preposition in (t for t in draft.tokens if t.i > verb.i and t.lower_ in _TRAILING and t.head == verb):
        noun = next((c for c in preposition.children if c.dep_ == "pobj"), None)
        if noun is None or scene.is_time(noun):
            continue
        if noun.pos_ == "PROPN" or is_named(noun):
            yield _is_place(noun) or (preposition.lower_ != "on" and _is_of_record(draft.subject))
        else:
            yield preposition.lower_ != "on" or noun.lemma_.lower() in _ON


def _is_place(noun: Token) -> bool:
    return type_of_name(name_text(name_span(noun)) if is_named(noun) else noun.text, noun.ent_type_) == PLACE


def _is_of_record(subject: Mention) -> bool:
    """A full name: "Jon Vale died in Velmar", of a place that only records know."""
    return subject.kind is MentionKind.NAME and " " in subject.text and subject.owner is None
