"""What was to come and was called off: "I'm not moving to Rome after all", "the move to Rome is cancelled"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from extractors.local.clauses import Clause, clause_tokens, clauses
from extractors.local.draft import Draft, Kind
from extractors.local.nouns import mention
from extractors.local.people import owner_of
from extractors.local.rewrite import clause_text
from extractors.local.scene import Scene
from extractors.local.subjects import subjects
from extractors.local.timing import When
from extractors.local.verbs import Mood, Tense
from graph.language import Mention
from graph.ontology import Ontology

_CALLED = {
    "move": frozenset(("move", "relocate")),
    "relocation": frozenset(("move", "relocate")),
    "wedding": frozenset(("marry",)),
}
"""Nouns for what is to come, with the verbs it is told by."""
_CALLING_OFF = frozenset("cancel scrap abandon".split())
_OFF = frozenset("off cancelled canceled".split())
_ONLY_SOME = frozenset("yet alone now soon immediately just only today with without before until because".split())
"""Words that leave the thing itself to come: "I won't move to Rome yet"."""


def called_off(drafts: Sequence[Draft], scene: Scene, told: Sequence[Draft], ontology: Ontology) -> list[Draft]:
    """The drafts of a message with those that take back what earlier ones (`told`) said was to come."""
    ahead = [d for d in told if d.holds and d.when.dated and d.when.start is not None and d.when.start.first > scene.at]
    off = [draft for clause in clauses(scene) for draft in _off(clause, scene, ahead, told, ontology)] if ahead else []
    words = {token.i for draft in off for token in draft.tokens}
    return [*(d for d in drafts if d.kind is Kind.PLAN or words.isdisjoint(t.i for t in d.tokens)), *off]


def _off(clause: Clause, scene: Scene, ahead: Sequence[Draft], told: Sequence[Draft], ontology: Ontology) -> Iterator[Draft]:
    verbs, whose, about = _meant(clause, scene)
    meant = [d for d in ahead if d.subject in whose and not verbs.isdisjoint(_verbs(d))]
    named = {mention_.text for noun in about if (mention_ := mention(noun, scene)) is not None}
    of = [d for d in meant if d.object.text in named] if about else meant
    if not of or len({d.object.text for d in of}) > 1 or any(d.when != of[-1].when for d in _dated(clause, of, scene)):
        return
    for draft in {d.relation: d for d in of}.values():
        said = replace(draft, text=clause_text(clause, scene), tokens=clause_tokens(clause), hedged=False)
        yield from _taken_back(said, told, ontology)


def _meant(clause: Clause, scene: Scene) -> tuple[frozenset[str], list[Mention], list[Token]]:
    """By which verbs it was told, of whom, and the nouns that say which it is."""
    if _is_not_to_be(clause):
        nouns = [*clause.objects, *(noun for word, noun in clause.places if word != "after")]
        return frozenset((clause.phrase.lemma,)), subjects(clause, scene), nouns
    noun = clause.subject
    if noun is None or noun.lemma_.lower() not in _CALLED or not _is_off(clause):
        return frozenset(), [], []
    about = [c for to in noun.children if to.dep_ == "prep" for c in to.children if c.dep_ == "pobj"]
    return _CALLED[noun.lemma_.lower()], [owner_of(noun, scene) or scene.me], about


def _is_not_to_be(clause: Clause) -> bool:
    """ "I won't move", "I'm not going to move", "I'm not moving", "I decided not to move"."""
    phrase = clause.phrase
    ahead = phrase.tense is Tense.FUTURE or (phrase.tense is Tense.PRESENT and (phrase.progressive or phrase.mood is Mood.INTENT))
    decided = phrase.head.lemma_ == "decide" and phrase.mood is Mood.INTENT
    some = any(token.lower_ in _ONLY_SOME for token in clause_tokens(clause))
    return phrase.negated and (ahead or decided) and phrase.mood in (Mood.TOLD, Mood.INTENT) and not some


def _is_off(clause: Clause) -> bool:
    phrase = clause.phrase
    if phrase.negated or phrase.mood is not Mood.TOLD or phrase.tense is Tense.FUTURE:
        return False
    stated = phrase.lemma == "be" and any(c.lower_ in _OFF for c in clause.main.children)
    return stated or (phrase.passive and (phrase.lemma in _CALLING_OFF or (phrase.lemma == "call" and phrase.particle == "off")))


def _verbs(draft: Draft) -> set[str]:
    return {"marry" if t.lower_ == "married" else t.lemma_.lower() for t in draft.tokens if t.pos_ in ("VERB", "AUX", "ADJ")}


def _dated(clause: Clause, of: Sequence[Draft], scene: Scene) -> list[Draft]:
    """What was to come, as dated by the clause where that has a date: "I'm not moving in May" takes back no move in June."""
    return [replace(of[-1], when=replace(of[-1].when, start=d.found.period)) for d in scene.dates.of(clause.phrase)]


def _taken_back(draft: Draft, told: Sequence[Draft], ontology: Ontology) -> Iterator[Draft]:
    """Never to be so. Taking back what is recorded frees what it would have ended; of the rest it is said that it goes on from then."""
    relation = ontology.relation(draft.relation)
    same = [d for d in told if (d.subject, d.object.text) == (draft.subject, draft.object.text)]
    known = {name for d in same if d.holds for name in (d.relation, ontology.relation(d.relation).sets)}
    for name in () if relation.recorded else relation.ends:
        if name in known or len(relation.ends) == 1:
            label = ontology.relation(name).label
            yield replace(draft, relation=name, text=f"{draft.subject.text} {label} {draft.object.text}")
    was_so = any(d.relation in (draft.relation, relation.sets) and d.when != draft.when for d in same if d.holds or d.former)
    if relation.recorded or (relation.sets and not was_so):
        yield replace(draft, when=When(), holds=False, former=False, corrects=True, instead_of=draft.object)
