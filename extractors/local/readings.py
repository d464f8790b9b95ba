"""A clause read as triples: plans, tastes, states and events of the ontology, and open verbs where it has no word for them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from spacy.tokens import Token

from extractors.local.activities import activity
from extractors.local.clauses import Clause, clause_tokens
from extractors.local.contracts import ended_job
from extractors.local.copula import became, copular
from extractors.local.draft import Draft, Kind, Never
from extractors.local.given_names import GIVEN_NAMES
from extractors.local.lexicon import AIMS, NO_MORE, UNKNOWN
from extractors.local.matching import LEAVING, Match, match, matches
from extractors.local.names import is_named, is_surely_typed
from extractors.local.namesakes import is_same
from extractors.local.never import never
from extractors.local.nominal import nominal
from extractors.local.nouns import listed, mention
from extractors.local.opened import opened
from extractors.local.patterns import LASTING, OVER_WHEN_PAST, PAIRS, PREPARING, SETTLING, WANTING
from extractors.local.people import owner_of
from extractors.local.rewrite import clause_text, said_tokens
from extractors.local.salience import names_something
from extractors.local.scene import Scene
from extractors.local.subjects import subjects
from extractors.local.there import there
from extractors.local.timing import When, when
from extractors.local.unsettled import settles
from extractors.local.verbs import BEARING, Mood, Phase, Predicate, Tense
from extractors.local.vital import vital
from graph.language import Mention, MentionKind
from graph.ontology import Ontology, Relation

_HEDGES = frozenset("think believe guess suppose reckon assume".split())


def read_clause(clause: Clause, scene: Scene, ontology: Ontology) -> list[Draft]:
    """The triples that a clause says, as drafts; none for what is asked, wished away or only imagined."""
    if clause.phrase.mood == Mood.UNREAL:
        return []
    tokens = clause_tokens(clause)
    frame = _Frame(clause, scene, ontology, tokens)
    drafts = [draft for draft in frame.drafts() if settles(draft, clause, scene, ontology)]
    return [replace(draft, hedged=True) if _is_hedged(clause) else draft for draft in drafts]


def _is_hedged(clause: Clause) -> bool:
    head = clause.phrase.head
    return head.dep_ == "ccomp" and head.head.lemma_ in _HEDGES


def is_over(clause: Clause) -> bool:
    """ "any more", "no longer": it was so until now."""
    verbs = {clause.phrase.head, clause.main}
    near = [
        t for t in clause_tokens(clause) if t.dep_ in ("advmod", "acomp", "neg", "npadvmod") and (t.head in verbs or t.head.head in verbs)
    ]
    return any(t.lower_ in NO_MORE and (t.lower_ == "anymore" or (t.i and t.nbor(-1).lower_ in ("any", "no"))) for t in near)


def _with_object(clause: Clause, tokens: list[Token]) -> list[Token]:
    """The clause's words, and those of its object where that stands before it."""
    return [*clause.objects[0].lefts, clause.objects[0], *tokens] if clause.gapped else tokens


class _Frame:
    """One clause with what its readings share: text, time and subjects."""

    def __init__(self, clause: Clause, scene: Scene, ontology: Ontology, tokens: list[Token]) -> None:
        self.clause = clause
        self.scene = scene
        self.ontology = ontology
        self.tokens = _with_object(clause, said_tokens(tokens, clause, scene))
        self.text = clause_text(clause, scene)
        self.when = when(clause.phrase, scene.dates)
        self.subjects = subjects(clause, scene)
        self.over = is_over(clause)
        self.never = never(clause)

    def drafts(self) -> list[Draft]:
        aim = self._aim()
        named = [aim] if aim is not None else list(ended_job(self.clause, self)) or nominal(self.clause, self, self.ontology)
        if named or not self.subjects:
            return named
        pair = self._pair()
        if pair is not None:
            return [pair]
        return [draft for subject in self.subjects for draft in self._of(subject)]

    def _aim(self) -> Draft | None:
        """ "My dream is to open a bakery"."""
        subject = self.clause.subject
        if self.clause.phrase.lemma != "be" or subject is None or subject.lemma_.lower() not in AIMS:
            return None
        verb = next((c for c in self.clause.main.children if c.dep_ in ("xcomp", "advcl", "ccomp") and c.tag_ in ("VB", "VBG")), None)
        owner = owner_of(subject, self.scene)
        if verb is None or owner is None or self.clause.phrase.tense != Tense.PRESENT:
            return None
        doing = activity(replace(self.clause, phrase=Predicate(head=verb, main=verb)), self.scene)
        relation = "plans" if subject.lemma_.lower() == "plan" else "wants"
        return self.draft(owner, relation, doing, Kind.PLAN, verb) if doing is not None else None

    def draft(self, subject: Mention, relation: str, object: Mention, kind: Kind, head: Token | None = None) -> Draft:
        return Draft(subject, relation, object, self.text, self.tokens, kind, self.when, head=head)

    def _of(self, subject: Mention) -> list[Draft]:
        if self._is_intent():
            return list(self._intended(subject))
        if self.clause.phrase.phase in (Phase.LIKED, Phase.DISLIKED):
            return list(self._liked_doing(subject))
        if self.clause.phrase.lemma == "be" or became(self.clause):
            return list(self._been(subject))
        return list(self._said(subject))

    def _been(self, subject: Mention) -> Iterator[Draft]:
        """What someone is; what they are not is told only where they once were, or of a taste."""
        past = self.clause.phrase.tense == Tense.PAST and not became(self.clause)
        for draft in copular(self.clause, self, subject, self.ontology):
            if self.never is not None:
                yield from self._never(draft)
            elif self.over or (draft.kind is Kind.TASTE and self.clause.phrase.negated):
                yield self._denied(draft)
            elif not self.clause.phrase.negated and not (past and draft.kind in (Kind.STATE, Kind.TASTE)):
                yield draft
            elif past and not self.clause.phrase.negated and draft.when.start is None and draft.kind is Kind.STATE:
                yield replace(draft, holds=False, former=True)

    def _is_intent(self) -> bool:
        """Intent and wishes, and what is to come without being settled by a date."""
        phrase = self.clause.phrase
        if phrase.mood in (Mood.INTENT, Mood.WISH):
            return True
        if phrase.tense == Tense.FUTURE:
            return not (self._is_future() and phrase.lemma in SETTLING | LASTING)
        if phrase.tense == Tense.PRESENT and phrase.progressive and phrase.lemma in SETTLING:
            return not self._is_future()
        return phrase.tense == Tense.PRESENT and phrase.progressive and self._is_future() and phrase.lemma not in LASTING

    def _is_future(self) -> bool:
        return self.when.start is not None and self.when.start.end > self.scene.at

    def _intended(self, subject: Mention) -> Iterator[Draft]:
        phrase = self.clause.phrase
        doing = activity(self.clause, self.scene)
        if doing is None or subject.kind is MentionKind.THING or self._is_promise() or self._is_of_the_day():
            return
        relation = "wants" if phrase.mood == Mood.WISH else "plans"
        if phrase.negated:
            if relation == "plans" and phrase.lemma in SETTLING:
                yield replace(self.draft(subject, "dropped_plan", doing, Kind.PLAN), when=When())
            return
        yield replace(self.draft(subject, relation, doing, Kind.PLAN, self.clause.main), when=When(end=self.when.start or self.when.end))

    def _is_promise(self) -> bool:
        """ "I'll keep you posted": without a date, what one will do is said in passing; so is what one was going to do."""
        phrase = self.clause.phrase
        longing = phrase.tense == Tense.PERFECT and phrase.mood == Mood.WISH
        if phrase.tense in (Tense.PAST, Tense.PERFECT) and phrase.head.lemma_ != "decide" and not longing:
            return True
        return phrase.tense == Tense.FUTURE and phrase.mood == Mood.TOLD and self.when.start is None

    def _is_of_the_day(self) -> bool:
        """Meant for the day it was said, or for a day already gone."""
        period = self.when.start
        return period is not None and (period.end <= self.scene.at or period.end - self.scene.at <= timedelta(days=1))

    def _liked_doing(self, subject: Mention) -> Iterator[Draft]:
        doing = activity(self.clause, self.scene)
        if doing is not None and self.clause.phrase.tense == Tense.PRESENT:
            liked = (self.clause.phrase.phase == Phase.LIKED) != self.clause.phrase.negated
            yield self.draft(subject, "likes" if liked else "dislikes", doing, Kind.TASTE, self.clause.main)

    def _awaited(self, subject: Mention) -> Iterator[Draft]:
        """ "I'm looking forward to the tournament next month"."""
        thing = self.clause.governed("to", "forward to")
        if self.clause.phrase.lemma == "look" and thing is not None and names_something(thing):
            awaited = mention(thing, self.scene)
            if awaited is not None and any(c.lower_ == "forward" for c in self.clause.main.children):
                yield replace(self.draft(subject, "plans", awaited, Kind.PLAN, thing), when=When(end=self.when.start or self.when.end))

    def _prepared(self, subject: Mention) -> Iterator[Draft]:
        """ "I'm planning a tournament": the thing planned stands for doing it."""
        thing = self.clause.object
        if thing is not None and not self.clause.phrase.negated and names_something(thing):
            planned = mention(thing, self.scene)
            relation = "wants" if self.clause.phrase.lemma in WANTING else "plans"
            if planned is not None:
                yield replace(self.draft(subject, relation, planned, Kind.PLAN, thing), when=When(end=self.when.start or self.when.end))

    def _said(self, subject: Mention) -> Iterator[Draft]:
        wanting = self.clause.phrase.lemma in WANTING and self.clause.phrase.tense == Tense.PRESENT
        if wanting or (self.clause.phrase.lemma in PREPARING and self.clause.phrase.progressive):
            yield from self._prepared(subject)
            return
        yield from self._awaited(subject)
        yield from vital(self.clause, self, subject)
        found = matches(self.clause, self.scene, self.ontology)
        if not found and self.clause.phrase.phase == Phase.BEGUN:
            drafts = list(self._begun(subject))
        elif self.clause.phrase.lemma == "learn" and (skill := self._skill()) is not None:
            drafts = [self.draft(subject, "studies", skill, Kind.HABIT, self.clause.main)]
        elif not found:
            drafts = self._left(subject) or list(opened(self.clause, self, subject))
        else:
            drafts = [draft for each in found for draft in self._matched(subject, each)]
        for draft in drafts:
            yield from self._phased(draft)

    def _left(self, subject: Mention) -> list[Draft]:
        """ "I no longer work there": the place that is known; "I used to live there" may be said of any place."""
        left = self.over or self.clause.phrase.phase == Phase.STOPPED
        return list(there(self.clause, self, subject)) if left and self.never is None else []

    def _skill(self) -> Mention | None:
        """ "I'm learning how to play the piano": what is learnt, where it is something one does."""
        verb = next((c for c in self.clause.main.children if c.dep_ in ("xcomp", "ccomp") and c.tag_ == "VB"), None)
        return activity(replace(self.clause, phrase=Predicate(head=verb, main=verb)), self.scene) if verb is not None else None

    def _begun(self, subject: Mention) -> Iterator[Draft]:
        """ "I just started doing aerial yoga": a new habit."""
        doing = activity(self.clause, self.scene)
        if doing is not None and self.clause.phrase.tense in (Tense.PAST, Tense.PERFECT):
            yield self.draft(subject, "started", doing, Kind.HABIT, self.clause.main)

    def _matched(self, subject: Mention, found: Match) -> Iterator[Draft]:
        kind = kind_of(found.relation)
        if found.relation.name == "lives_in" and subject.type not in ("Person", "Animal") and self.clause.phrase.lemma != "live":
            found = replace(found, relation=self.ontology.relation("located_in"))
        subject = self._retyped(subject, found.relation)
        if not self._may_be(subject, found.relation) or (subject.kind is MentionKind.THING and self.clause.phrase.head.dep_ == "relcl"):
            return
        if found.object is None:
            yield self.draft(subject, found.relation.name, Mention(MentionKind.ANY, ""), kind)
            return
        nouns = listed(found.object) if kind != Kind.EVENT or is_named(found.object) else [found.object]
        for noun in nouns[:1] if "lives_in" in (found.relation.name, found.relation.sets) else nouns:
            thing = mention(noun, self.scene, expected_type(found.relation, noun, self.scene, self.ontology), len(nouns) > 1)
            if thing is not None and not is_same(thing, subject) and noun.lower_ not in UNKNOWN:
                ends = (thing, subject) if found.turned else (subject, thing)
                yield self.draft(ends[0], found.relation.name, ends[1], kind, noun)

    def _retyped(self, subject: Mention, relation: Relation) -> Mention:
        """A name whose type is only the tagger's guess takes the one that the relation asks for."""
        named = subject.kind in (MentionKind.NAME, MentionKind.FIRST_NAME) and subject.owner is None
        relation = self.ontology.relation(relation.sets) if relation.sets else relation
        if named and subject.type == "Place" and "Person" in relation.subject and "Place" not in relation.subject:
            return replace(subject, type="Person") if subject.text.lower() in GIVEN_NAMES else subject
        if not named or not relation.subject or is_surely_typed(subject.text):
            return subject
        fits = subject.type != "Thing" and self._may_be(subject, relation)
        return subject if fits else replace(subject, kind=MentionKind.NAME, type=relation.subject[0])

    def _may_be(self, subject: Mention, relation: Relation) -> bool:
        """Whether the relation takes subjects of this type."""
        return not relation.subject or any(self.ontology.compatible(subject.type, wanted) for wanted in relation.subject)

    def _phased(self, draft: Draft) -> Iterator[Draft]:
        """As begun, stopped or former; denied where negated; nothing where a denial of it says nothing."""
        phase = self.clause.phrase.phase
        if phase == Phase.STOPPED and self.clause.phrase.negated:
            return
        if phase == Phase.FORMER or phase == Phase.STOPPED:
            former = phase == Phase.FORMER or draft.when.start is None
            yield replace(draft, holds=False, former=former, when=draft.when if phase == Phase.STOPPED else When())
        elif self.never is Never.EVER:
            yield from self._never(draft)
        elif self._denies() and self.clause.phrase.lemma in BEARING:
            yield draft
        elif self._denies():
            if self._is_deniable(draft):
                yield self._denied(draft)
            elif self.never is Never.THEN:
                yield from self._never(draft)
        else:
            yield from self._past(draft)

    def _denies(self) -> bool:
        return self.clause.phrase.negated or self.over

    def _is_deniable(self, draft: Draft) -> bool:
        relation = self.ontology.relation(draft.relation)
        if relation.event or relation.ends or relation.name == "prefers" or self.clause.phrase.tense != Tense.PRESENT:
            return False
        return self.over or draft.relation in self.ontology.relations

    def _denied(self, draft: Draft) -> Draft:
        if draft.relation == "likes" and not self.over:
            return replace(draft, relation="dislikes")
        return replace(draft, holds=False, former=self.over and draft.when.start is None)

    def _never(self, draft: Draft) -> Iterator[Draft]:
        """Takes back that it ever was so; what was so instead is over as it would be ("I never lived there, it was Oslo")."""
        relation = self.ontology.relation(draft.relation)
        if draft.when != When() or draft.relation not in self.ontology.relations or relation.ends:
            return
        lasted = draft.kind is Kind.STATE and not self.clause.phrase.passive and self.clause.phrase.lemma in OVER_WHEN_PAST | {"be"}
        over = lasted or relation.sets is not None
        yield replace(draft, never=self.never, holds=not over, former=over)

    def _past(self, draft: Draft) -> Iterator[Draft]:
        """A state told in the past without an end is over: "I lived in Rome"; one merely done once is no state."""
        phrase = self.clause.phrase
        if phrase.tense == Tense.PAST and self._has_just_ended(draft):
            yield replace(draft, holds=False, former=True)
        elif draft.kind != Kind.STATE or phrase.lemma not in LASTING or phrase.passive or phrase.phase != Phase.NONE:
            yield draft
        elif phrase.tense == Tense.PERFECT:
            if draft.when.vouched or phrase.progressive or phrase.lemma in OVER_WHEN_PAST:
                yield draft
        elif phrase.tense != Tense.PAST or draft.when.end is not None:
            yield draft
        elif draft.when.start is not None:
            yield draft if draft.when.vouched else replace(draft, when=replace(draft.when, end=draft.when.start))
        elif phrase.lemma in OVER_WHEN_PAST:
            yield replace(draft, holds=False, former=True)

    def _has_just_ended(self, draft: Draft) -> bool:
        """ "I lived in Rome until this year": the period of its end goes on, and only the tense says that it is over."""
        end = draft.when.end
        told_alone = draft.kind in (Kind.STATE, Kind.WORLD) and draft.when.start is None
        return told_alone and end is not None and end.first <= self.scene.at < end.end

    def _pair(self) -> Draft | None:
        """ "Tom and I broke up": the subjects are both ends."""
        key = (self.clause.phrase.lemma, self.clause.phrase.particle or _adverb(self.clause))
        relation = PAIRS.get(key)
        if relation is None or self.clause.objects or self.clause.governed("in") is not None or self.clause.phrase.phase != Phase.NONE:
            return None
        if (self._is_intent() and not self._is_future()) or self.clause.phrase.negated:
            return None
        if match(self.clause, self.scene, self.ontology) is not None:
            return None
        first = self.subjects[0]
        kind = kind_of(self.ontology.relation(relation))
        if len(self.subjects) == 2:
            return self.draft(first, relation, self.subjects[1], kind)
        return self._with_partner(first, relation, kind)

    def _with_partner(self, first: Mention, relation: str, kind: Kind) -> Draft | None:
        """The other half left out: "we broke up" ends what holds, "I'm getting married" is to the partner."""
        if relation == "met" or first.type != "Person" or first == self.scene.you:
            return None
        if self.ontology.relation(relation).ends:
            return self.draft(first, relation, Mention(MentionKind.ANY, ""), kind)
        if relation == "partner_of":
            return None
        partner = Mention(MentionKind.ROLE, f"{phrase_possessive(first)} partner", "Person", first, "partner")
        return self.draft(first, relation, partner, kind)


def phrase_possessive(mention_: Mention) -> str:
    return f"{mention_.text}'" if mention_.text.endswith("s") else f"{mention_.text}'s"


def _adverb(clause: Clause) -> str:
    words = {"together", "up"}
    return next((c.lower_ for c in clause.main.children if c.lower_ in words and c.dep_ in ("advmod", "acomp", "prt")), "")


_TASTES = frozenset(("likes", "dislikes", "prefers", "loves"))


def kind_of(relation: Relation) -> Kind:
    if relation.name in _TASTES:
        return Kind.TASTE
    if relation.name in ("plans", "wants", "dropped_plan"):
        return Kind.PLAN
    if relation.event and not relation.ends:
        return Kind.EVENT
    if (relation.subject and "Person" not in relation.subject) or relation.name.endswith("_by") or not relation.subject:
        return Kind.WORLD if relation.name not in ("moved_to", "moved_from", "joined") else Kind.STATE
    return Kind.STATE


def expected_type(relation: Relation, noun: Token, scene: Scene, ontology: Ontology) -> str | None:
    """The type that a relation asks of its object, unless the noun is known to be of a kind of it."""
    from_target = relation if not relation.sets else ontology.relation(relation.sets)
    if not from_target.object:
        return None
    known = mention(noun, scene)
    if known is not None and any(ontology.is_a(known.type, wanted) for wanted in from_target.object):
        return known.type
    if known is not None and known.kind is MentionKind.ROLE and known.role:
        return known.type
    if relation.name in LEAVING and known is not None and known.type == "Person":
        return "Thing"
    return from_target.object[0]
