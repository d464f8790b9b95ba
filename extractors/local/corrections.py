"""Corrections: "no, it was Lisbon", "I said Porto but meant Braga", "not Porto, Braga"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from extractors.local.draft import Draft, Kind, Never
from extractors.local.gate import passes
from extractors.local.meant import CUE, DENYING, goes_with, is_bare, is_denied, is_that, name_of, preposition_of, right_name, word_before
from extractors.local.names import PERSON, THING, is_named, is_surely_typed, name_span, name_text, type_of_name
from extractors.local.nouns import mention
from extractors.local.people import named
from extractors.local.redated import date_alone
from extractors.local.remarks import Heard, Remark, remark_before
from extractors.local.scene import Scene
from extractors.local.timing import When
from extractors.local.verbs import Tense, finite, predicate
from graph.language import Mention, MentionKind
from graph.ontology import Ontology

_DATE = "Date"
"""What a birth is told with: such a draft's time is its object, no other time of the same."""
_REPORTING = frozenset("say write tell".split())
_FIXED = (Kind.STATE, Kind.WORLD, Kind.KIN, Kind.EVENT)
_SURE = re.compile(rf"{DENYING.pattern}|sorry|actually|\b(?:meant?|said|wrong)\b", re.IGNORECASE)


def corrected(drafts: list[Draft], scene: Scene, told: Sequence[Draft], heard: Sequence[Heard], ontology: Ontology) -> list[Draft]:
    """The drafts of a message, with what takes something back marked, and what was only said again as wrong left out.

    `told` are the drafts of earlier messages, which a correction that names what was wrong may be about; one that does not is
    about what was said last (`heard`).
    """
    denied = [draft for draft in drafts if draft.never]
    drafts = list(never_so(drafts, scene, ontology))
    sentences = [s for s in scene.doc.sents if not _says_never([*denied, *drafts], s)]
    said = [cue for sentence in sentences if (cue := _from_cue(sentence)) is not None]
    cues = [cue for cue in said if date_alone(cue[0].sent, scene.at) is None]
    if not said:
        return drafts
    reported = [draft for draft in drafts if _is_reported(draft)]
    fresh = [draft for draft in drafts if draft not in reported]
    kept = [draft for draft in fresh if passes(draft, scene)]
    meant: list[Draft] = []
    open_cue: Span | None = None
    for cue in cues:
        whole = scene.doc[open_cue.start : cue.end] if open_cue is not None and open_cue.end == cue[0].sent.start else cue
        before = [draft for draft in [*kept, *meant] if draft.tokens[0].i < whole.start]
        found = list(_meant(_Correction(whole, scene, [*told, *before, *reported], before, kept, reported, heard, ontology)))
        meant += found
        open_cue = None if found or any(cue.start <= draft.tokens[0].i < cue.end for draft in kept) else whole
    marked = [_marked(draft, said, [*told, *(d for d in drafts if d.tokens[0].i < said[0].start), *reported]) for draft in fresh]
    takes_back = bool(meant) or any(draft.corrects for draft in marked)
    return [*marked, *meant] if takes_back else drafts


def _says_never(drafts: Sequence[Draft], sentence: Span) -> bool:
    """ "No, I never lived in Rome, it was Oslo" says itself what it takes back."""
    return any((d.never or (d.corrects and not d.holds)) and sentence.start <= d.tokens[0].i < sentence.end for d in drafts)


def _from_cue(sentence: Span) -> Span | None:
    """The part of a sentence that corrects: "I mean Porto" of "I live in Lisbon, I mean Porto"."""
    found = CUE.search(sentence.text)
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
    dated = draft.object.type == _DATE
    cue = next((cue for cue in cues if cue.start <= draft.tokens[0].i < cue.end or (dated and _begins_after(draft, cue))), None)
    wrong = next((e for e in reversed(earlier) if _contradicts(draft, e)), None)
    if cue is None or wrong is None or (draft.when.start is not None and not dated) or not _tells_a_state(draft):
        return draft
    return replace(draft, corrects=True, instead_of=wrong.object)


def _begins_after(draft: Draft, cue: Span) -> bool:
    """ "No, not Tuesday. She was born on Wednesday": the next sentence says what is right."""
    return draft.tokens[0].sent.start == cue.end


def _contradicts(draft: Draft, earlier: Draft) -> bool:
    same_line = (draft.subject.text, draft.relation) == (earlier.subject.text, earlier.relation)
    return same_line and draft.holds and earlier.holds and draft.object.text != earlier.object.text and draft.kind in _FIXED


def _tells_a_state(draft: Draft) -> bool:
    return draft.relation not in ("moved_to", "moved_from", "quit", "joined") and _tense(draft) in (Tense.PRESENT, Tense.PAST)


def _tense(draft: Draft) -> Tense | None:
    verb = next((t for t in draft.tokens if t.pos_ in ("VERB", "AUX") and t.dep_ not in ("aux", "auxpass")), None)
    return None if verb is None else predicate(finite(verb)).tense


@dataclass(frozen=True, slots=True)
class _Correction:
    """A cue with all that it may be about: `earlier` where it names what was wrong, else what was said last."""

    cue: Span
    scene: Scene
    earlier: Sequence[Draft]
    before: Sequence[Draft]
    fresh: Sequence[Draft]
    reported: Sequence[Draft]
    heard: Sequence[Heard]
    ontology: Ontology


def _meant(of: _Correction) -> Iterator[Draft]:
    """ "It was Lisbon": the name that takes the place of the last one said of its kind."""
    for sentence in _where_meant(of):
        said = of.scene.doc[max(sentence.start, of.cue.start) : sentence.end]
        right = right_name(said)
        if right is None or "?" in sentence.text:
            continue
        meant = _replacing(right, of, _wrong_name(of.scene.doc[of.cue.start : sentence.end], right, of.scene))
        if meant is not None:
            yield replace(meant, tokens=list(sentence))
            return


def _where_meant(of: _Correction) -> Iterator[Span]:
    """The sentences of the cue, and the next one unless these tell something of their own: "Sorry, I said Graz. It was Linz"."""
    doc, cue = of.scene.doc, of.cue
    within = [s for s in doc.sents if s.end > cue.start and s.start < cue.end]
    yield from within
    last = within[-1].end
    telling = any(cue.start <= d.tokens[0].i < last for d in of.fresh)
    if last < len(doc) and not telling and _from_cue(doc[last].sent) is None:
        yield doc[last].sent


_RATHER = frozenset("but only rather just".split())


def never_so(drafts: Sequence[Draft], scene: Scene, ontology: Ontology) -> Iterator[Draft]:
    """Drafts marked `never` as what they take back, and with what was so instead: "I never lived in Rome, it was Oslo"."""
    never = {(d.subject.text, d.relation): d for d in drafts if d.never}
    for draft in drafts:
        if not draft.never:
            wrong = never.get((draft.subject.text, draft.relation))
            instead = wrong is not None and draft.former and draft.when == When() and draft.tokens[0].i > wrong.tokens[0].i
            yield replace(draft, corrects=True, instead_of=wrong.object) if wrong is not None and instead else draft
            continue
        right = _so_instead(draft, scene)
        if _is_beside(draft, right, scene):
            continue
        thing = mention(right, scene, draft.object.type) if right is not None and _may_be_so(right, draft, scene, ontology) else None
        if thing is not None or (draft.never is Never.EVER and _is_state(draft, ontology)):
            yield replace(
                draft, text=_as_far_as_object(draft), holds=False, former=False, corrects=True, instead_of=draft.object, never=None
            )
        if right is not None and thing is not None:
            text = f"{draft.subject.text} {ontology.relation(draft.relation).label} {thing.text}"
            yield replace(
                draft, object=thing, text=text, tokens=list(right.sent), corrects=True, instead_of=draft.object, head=right, never=None
            )


def _as_far_as_object(draft: Draft) -> str:
    before, object_, _ = draft.text.partition(draft.object.text)
    return before + object_


def _is_state(draft: Draft, ontology: Ontology) -> bool:
    relation = ontology.relation(draft.relation)
    return draft.kind is Kind.STATE and draft.relation in ontology.relations and not (relation.event or relation.ends or relation.sets)


def _so_instead(draft: Draft, scene: Scene) -> Token | None:
    """ "it was Oslo", "but in Oslo" after the clause of a draft, in its sentence or the next one."""
    sentence, last = draft.tokens[0].sent, (draft.head or draft.tokens[-1]).i
    rest = scene.doc[last + 1 : sentence.end]
    following = scene.doc[sentence.end].sent if sentence.end < len(scene.doc) else None
    rather = (t for t in rest if is_named(t) and t.dep_ != "compound" and (b := word_before(t)) is not None and b.lower_ in _RATHER)
    found = next(rather, None) or right_name(rest)
    if found is None and following is not None and "?" not in following.text:
        found = right_name(following)
    return found if found is not None and name_of(found) != draft.object.text else None


def _is_beside(draft: Draft, right: Token | None, scene: Scene) -> bool:
    """Whether the clause names more than its object: of "I never married Tom in Vegas" only the place may not be so."""
    last, end = _object_head(draft).i, right.i if right is not None else len(scene.doc)
    return any(last < t.i < end and t.dep_ == "pobj" and is_named(t) and not scene.is_time(t) for t in draft.tokens)


def _object_head(draft: Draft) -> Token:
    return draft.head or draft.tokens[-1]


_MONTHS = frozenset(("may", "april", "june"))
"""Months that are names too."""


def _may_be_so(right: Token, draft: Draft, scene: Scene, ontology: Ontology) -> bool:
    """Whether a name can take the place of the object of what never was: one of its kind, said alike, with nothing behind it.

    Where the words leave open whether it is meant ("I didn't go to Rome. It was Covid"), it must be known to be of that kind.
    """
    by_name = draft.object.kind in (MentionKind.NAME, MentionKind.FIRST_NAME)
    is_date = scene.is_time(right) or (right.lower_ in _MONTHS and draft.object.type != PERSON)
    if not by_name or is_date or is_that(right) or not is_bare(right) or not _has_article(right, draft):
        return False
    if not goes_with(preposition_of(right), preposition_of(_object_head(draft))):
        return False
    told, same, state = type_of_name(name_of(right), ""), right.sent == draft.tokens[0].sent, _is_state(draft, ontology)
    sure = state + same + (draft.never is Never.EVER) > 1
    return (sure and told == THING) or _is_wanted(told, draft, ontology)


def _is_wanted(told: str, draft: Draft, ontology: Ontology) -> bool:
    target = _target(draft, ontology)
    wanted = target[0] if target and target[0] != THING else draft.object.type
    return told == draft.object.type or (wanted is not None and ontology.is_a(told, wanted))


def _target(draft: Draft, ontology: Ontology) -> Sequence[str]:
    relation = ontology.relation(draft.relation)
    return (ontology.relation(relation.sets) if relation.sets else relation).object


def _wrong_name(said: Span, right: Token, scene: Scene) -> Mention | None:
    others = [t for t in said if t.i != right.i and is_named(t) and t.dep_ != "compound"]
    denied = next((t for t in others if is_denied(t) or t.head.lemma_ in _REPORTING), None)
    return mention(denied, scene) if denied is not None else None


def _replacing(right: Token, of: _Correction, wrong: Mention | None) -> Draft | None:
    found = _said_last(right, of) if wrong is None else next((d for d in reversed(of.earlier) if _is_of(d, wrong)), None)
    if found is None or _is_someone_else(right, found.object) or not _may_be_now(right, found, of.cue):
        return None
    thing = mention(right, of.scene, found.object.type)
    if thing is None or thing.text in (found.object.text, of.scene.other) or found.object.text not in found.text:
        return None
    text = found.text.removesuffix(thing.text).rstrip(", ").replace(found.object.text, thing.text)
    return replace(found, object=thing, text=text, corrects=True, instead_of=found.object, head=right)


def _may_be_now(right: Token, found: Draft, cue: Span) -> bool:
    """ "Oops, that was Max" is no word on whom one knows: what was so corrects what is so only after "no", "sorry" and the like."""
    past = right.head.lower_ == "was" or right.head.head.lower_ == "was"
    tense = _tense(found)
    sure = _SURE.search(cue.text) is not None and not is_that(right)
    return (not past or tense != Tense.PRESENT or sure) and _has_article(right, found)


def _has_article(right: Token, draft: Draft) -> bool:
    """Whether "a" stands before neither name or before both: "It was a Porsche" names no town."""
    first = name_span(right).start
    article = first > 0 and right.doc[first - 1].lower_ in ("a", "an")
    return not article or re.search(rf"\ban? {re.escape(draft.object.text)}", draft.text) is not None


def _is_of(draft: Draft, wrong: Mention) -> bool:
    return _is_replaceable(draft) and draft.object.text == wrong.text


def _is_replaceable(draft: Draft) -> bool:
    by_name = draft.object.kind in (MentionKind.NAME, MentionKind.FIRST_NAME)
    return by_name and draft.kind in _FIXED and (draft.holds or (draft.former and not draft.corrects))


def _said_last(right: Token, of: _Correction) -> Draft | None:
    """What was said just before with a name that `right` can stand for; None where that gave no draft, or leaves open which is meant."""
    if of.reported:
        return next((d for d in reversed(of.reported) if _is_replaceable(d)), None)
    remark = remark_before(of.cue, of.scene, of.before, of.heard)
    if remark is None:
        return None
    drafts = [d for d in remark.drafts if _is_replaceable(d) and remark.is_about(d, of.scene.speaker)]
    subjects = {d.subject.text for d in remark.drafts} - {d.object.text for d in drafts}
    one_kind = len({(d.relation, d.object.text) for d in drafts}) == 1
    for said in reversed(remark.span):
        if not is_named(said) or said.dep_ == "compound" or remark.scene.is_time(said) or name_of(said) in subjects:
            continue
        found = _with(said, drafts)
        fits = goes_with(preposition_of(right), preposition_of(said)) and _is_of_type(right, said, found, of.ontology)
        if fits or (goes_with(preposition_of(right), preposition_of(said)) and _may_be_of_type(right, one_kind)):
            return found[-1] if found and _ends_remark(said, found, remark) else None
    return None


def _may_be_of_type(right: Token, one_kind: bool) -> bool:
    """A name that does not tell what it names: where only one thing can be meant, or the preposition tells."""
    return bool(preposition_of(right)) or (one_kind and not is_surely_typed(name_of(right)))


def _with(name: Token, drafts: Sequence[Draft]) -> list[Draft]:
    return [d for d in drafts if name_of(name) in d.object.text or d.object.text in name_of(name)]


def _is_of_type(right: Token, said: Token, drafts: Sequence[Draft], ontology: Ontology) -> bool:
    """Whether `right` names what `said` does: something of the type that the relation asks for first of all."""
    told, known = (type_of_name(name_of(t), t.ent_type_) for t in (right, said))
    if not drafts:
        return THING in (told, known) or told == known
    target = _target(drafts[-1], ontology)
    if not target or target[0] == THING:
        return told == known or THING in (told, known)
    return ontology.is_a(told, target[0]) or (told != THING and ontology.is_a(target[0], told))


def _ends_remark(said: Token, found: Sequence[Draft], remark: Remark) -> bool:
    """Whether nothing was said after the name that is not understood: "I live in Rome and think of a holiday. No, Spain"."""
    read = {t.i for draft in remark.drafts if draft not in found for t in draft.tokens}
    return all(t.i in read for t in remark.span if t.i > said.i and t.pos_ == "VERB")


def _is_someone_else(right: Token, said: Mention) -> bool:
    """Whether a person is named where no person was."""
    return named(right).type == PERSON and is_surely_typed(name_text(name_span(right))) and said.type != PERSON
