"""Corrections: "no, it was Lisbon", "I said Porto but meant Braga", "not Porto, Braga"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from extractors.local.draft import Draft, Kind
from extractors.local.names import PERSON, is_named, is_surely_typed, name_span, name_text
from extractors.local.nouns import mention
from extractors.local.people import named
from extractors.local.scene import Scene
from extractors.local.verbs import Tense, finite, predicate
from graph.language import Mention, MentionKind

_OPENING = r"(?:no|nope|sorry|actually|correction|oops|wait|scratch that|my (?:mistake|bad))"
_CUE = re.compile(
    rf"^(?:(?:oh|ah|hm+|um+|hey|{_OPENING})\W+)*{_OPENING}\b"
    r"|^not [^,]+, |\b(?:it|that) (?:wasn't|isn't|was not|is not)\b"
    r"|\bI (?:said|wrote|told you)\b|\bI meant?\b|\bI (?:was wrong|got (?:it|that) wrong|mixed (?:it|that|them) up)\b",
    re.IGNORECASE,
)
_DENYING = re.compile(r"\bno(?:pe)?\b", re.IGNORECASE)
""" "Sorry, no, Porto" takes something back; "Sorry, Anna" may be said to Anna."""
_REPORTING = frozenset("say write tell".split())
_POINTING = frozenset(("it", "that", "this"))
_NEGATING = frozenset(("not", "n't", "never"))
_FIXED = (Kind.STATE, Kind.WORLD, Kind.KIN, Kind.EVENT)
_SHORT = 6
"""Words of a sentence that is a correction by a name alone: "No, Braga"."""


def corrected(drafts: list[Draft], scene: Scene, told: Sequence[Draft]) -> list[Draft]:
    """The drafts of a message, with what takes something back marked, and what was only said again as wrong left out.

    `told` are the drafts of earlier messages, which a correction may be about.
    """
    cues = [cue for sentence in scene.doc.sents if (cue := _from_cue(sentence)) is not None]
    if not cues:
        return drafts
    reported = [draft for draft in drafts if _is_reported(draft)]
    earlier = [*told, *(draft for draft in drafts if draft.tokens[0].i < cues[0].start), *reported]
    fresh = [draft for draft in drafts if draft not in reported]
    meant = list(_meant(scene, cues[0], earlier))
    marked = [_marked(draft, cues, earlier) for draft in fresh]
    takes_back = bool(meant) or any(draft.corrects for draft in marked)
    return [*marked, *meant] if takes_back else drafts


def _from_cue(sentence: Span) -> Span | None:
    """The part of a sentence that corrects: "I mean Porto" of "I live in Lisbon, I mean Porto"."""
    found = _CUE.search(sentence.text)
    if found is None:
        return None
    begins = sentence.start_char + found.start()
    return sentence.doc[next(token.i for token in sentence if token.idx >= begins) : sentence.end]


def _is_reported(draft: Draft) -> bool:
    """ "I said she was born in Graz": a report of words."""
    verb = next((t for t in draft.tokens if t.dep_ == "ccomp"), None)
    return verb is not None and verb.head.lemma_ in _REPORTING


def _marked(draft: Draft, cues: Sequence[Span], earlier: Sequence[Draft]) -> Draft:
    """A whole clause said as a correction of what was just said of the same; what happened since is a change."""
    cue = next((cue for cue in cues if cue.start <= draft.tokens[0].i < cue.end), None)
    wrong = next((e for e in reversed(earlier) if _contradicts(draft, e)), None)
    if cue is None or wrong is None or draft.when.start is not None or not _tells_a_state(draft):
        return draft
    return replace(draft, corrects=True, instead_of=wrong.object)


def _contradicts(draft: Draft, earlier: Draft) -> bool:
    same_line = (draft.subject.text, draft.relation) == (earlier.subject.text, earlier.relation)
    return same_line and draft.holds and earlier.holds and draft.object.text != earlier.object.text and draft.kind in _FIXED


def _tells_a_state(draft: Draft) -> bool:
    verb = next((t for t in draft.tokens if t.pos_ in ("VERB", "AUX") and t.dep_ not in ("aux", "auxpass")), None)
    if verb is None or draft.relation in ("moved_to", "moved_from", "quit", "joined"):
        return False
    return predicate(finite(verb)).tense in (Tense.PRESENT, Tense.PAST)


def _meant(scene: Scene, cue: Span, earlier: Sequence[Draft]) -> Iterator[Draft]:
    """ "It was Lisbon": the name that takes the place of the last one said of its kind."""
    for sentence in scene.doc.sents:
        said = scene.doc[max(sentence.start, cue.start) : sentence.end] if sentence.end > cue.start else None
        right = _right_name(said) if said is not None else None
        if right is None or "?" in sentence.text:
            continue
        wrong = _wrong_name(scene.doc[cue.start : sentence.end], right, scene)
        meant = _replacing(right, wrong, scene, earlier)
        if meant is not None:
            yield replace(meant, tokens=list(sentence))


def _right_name(said: Span) -> Token | None:
    """The name after "it was", "I meant", or standing for itself in a short sentence."""
    for token in said:
        if not is_named(token) or token.dep_ == "compound":
            continue
        before = _word_before(token)
        if before is not None and before.lower_ in _NEGATING:
            continue
        verb = token.head.head if token.dep_ == "pobj" else token.head
        subjects = {c.lower_ for c in verb.children if c.dep_ == "nsubj"}
        meant = (before is not None and before.lemma_ == "mean" and token.dep_ != "nsubj") or (verb.lemma_ == "mean" and "i" in subjects)
        if meant or (verb.lemma_ == "be" and subjects & _POINTING) or (not subjects and _stands_alone(token, said)):
            return token
    return None


def _stands_alone(token: Token, said: Span) -> bool:
    """A name and little else after "no," or "sorry,"; without the comma it is whoever is spoken to."""
    cue = _CUE.search(said.text)
    if cue is None or len([t for t in said if t.is_alpha]) > _SHORT or token.dep_ in ("nsubj", "intj"):
        return False
    if token.dep_ == "npadvmod" and not _DENYING.search(cue[0]):
        return False
    between = [t for t in said if said.start_char + cue.end() <= t.idx and t.i < token.i]
    return any(t.is_punct for t in between) and all(t.is_punct or t.pos_ in ("ADP", "DET") for t in between)


def _word_before(token: Token) -> Token | None:
    return next((t for t in reversed(token.doc[: token.i]) if t.pos_ not in ("ADP", "DET") and t.dep_ != "compound"), None)


def _is_denied(token: Token) -> bool:
    before = _word_before(token)
    return before is not None and before.lower_ in _NEGATING


def _wrong_name(said: Span, right: Token, scene: Scene) -> Mention | None:
    others = [t for t in said if t.i != right.i and is_named(t) and t.dep_ != "compound"]
    denied = next((t for t in others if _is_denied(t) or t.head.lemma_ in _REPORTING), None)
    return mention(denied, scene) if denied is not None else None


def _replacing(right: Token, wrong: Mention | None, scene: Scene, earlier: Sequence[Draft]) -> Draft | None:
    for draft in reversed(earlier):
        by_name = draft.object.kind in (MentionKind.NAME, MentionKind.FIRST_NAME) and draft.holds and draft.kind in _FIXED
        if not by_name or (wrong is not None and wrong.text != draft.object.text):
            continue
        thing = None if _is_someone_else(right, draft.object) else mention(right, scene, draft.object.type)
        if thing is not None and thing.text not in (draft.object.text, scene.other) and draft.object.text in draft.text:
            text = draft.text.removesuffix(f", {thing.text}").replace(draft.object.text, thing.text)
            return replace(draft, object=thing, text=text, corrects=True, instead_of=draft.object, head=right)
    return None


def _is_someone_else(right: Token, said: Mention) -> bool:
    """Whether a person is named where no person was."""
    return named(right).type == PERSON and is_surely_typed(name_text(name_span(right))) and said.type != PERSON
