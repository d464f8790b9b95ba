"""Verb phrases: what is said to happen, when as against now, and whether it is told as so, wanted, or merely imagined."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from spacy.tokens import Token


class Tense(StrEnum):
    PAST = "PAST"
    PERFECT = "PERFECT"
    PRESENT = "PRESENT"
    FUTURE = "FUTURE"


class Mood(StrEnum):
    """TOLD as so · INTENT of the subject · WISH of the subject · UNREAL: imagined, conditional, ordered or asked."""

    TOLD = "TOLD"
    INTENT = "INTENT"
    WISH = "WISH"
    UNREAL = "UNREAL"


class Phase(StrEnum):
    NONE = "NONE"
    BEGUN = "BEGUN"
    STOPPED = "STOPPED"
    FORMER = "FORMER"
    LIKED = "LIKED"
    DISLIKED = "DISLIKED"


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb with what stands around it: in "I'm not going to start working there", `head` is going and `main` working."""

    head: Token
    main: Token
    tense: Tense = Tense.PRESENT
    mood: Mood = Mood.TOLD
    phase: Phase = Phase.NONE
    negated: bool = False
    progressive: bool = False
    passive: bool = False

    @property
    def lemma(self) -> str:
        word = MISTAKEN.get(self.main.lower_, str(self.main.lemma_).lower())
        return PARTICIPLES.get(word, word) if self.main.dep_ == "acomp" else word

    @property
    def particle(self) -> str:
        return " ".join(child.lower_ for child in self.main.children if child.dep_ == "prt")


MISTAKEN = {"hated": "hate", "hating": "hate"}
"""Words whose base form the parser gets wrong."""
PARTICIPLES = {
    "married": "marry",
    "engaged": "engage",
    "divorced": "divorce",
    "separated": "separate",
    "injured": "injure",
    "promoted": "promote",
    "hired": "hire",
    "fired": "fire",
    "accepted": "accept",
    "elected": "elect",
}
"""What "to get" turns into a passive, where the parser takes it for an adjective."""
INTENDING = frozenset("plan intend aim decide prepare arrange schedule set consider contemplate think look".split())
WISHING = frozenset("want hope wish wanna dream long crave aspire".split())
LINKS = {
    **dict.fromkeys(("start", "begin", "commence"), Phase.BEGUN),
    **dict.fromkeys(("stop", "quit", "cease", "give"), Phase.STOPPED),
    **dict.fromkeys(("like", "love", "enjoy", "adore", "prefer"), Phase.LIKED),
    **dict.fromkeys(("hate", "dislike", "detest", "loathe"), Phase.DISLIKED),
}
THROUGH = frozenset("get manage happen continue keep end finish".split())
"""Verbs that only lead to the next one: "got to meet", "ended up moving"."""
DOUBTING = frozenset(
    "hope wish wonder doubt imagine bet pretend dream fear ask want like need suggest recommend expect prefer wait love "
    "request demand".split()
)
"""What is told under these verbs is not told as so."""
SAYING = frozenset("say tell write claim mean".split())
""" "I never said that I live there" tells nothing."""
UNSURE = frozenset("might may".split())
BEARING = frozenset(("stand", "bear"))
""" "I can't stand loud music" tells a dislike."""
UNREAL_MODALS = frozenset("would could should must can 'd ca ought".split())
CONDITIONS = frozenset("if unless whether whenever once until when as lest provided".split())


def _auxiliaries(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in ("aux", "auxpass")]


def _has_own_subject(verb: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for child in verb.children)


def is_shared(verb: Token) -> bool:
    """Whether a coordinated verb takes subject and auxiliaries from the one before: "going to quit and move"."""
    if verb.dep_ != "conj" or verb.head.pos_ not in ("VERB", "AUX") or _has_own_subject(verb):
        return False
    return verb.tag_ in ("VB", "VBG", "VBN") and not any(a.lower_ != "to" for a in _auxiliaries(verb))


def finite(verb: Token) -> Token:
    """The verb that carries tense and subject for `verb`: up from "open" to "going" in "going to open"."""
    while True:
        if verb.dep_ == "xcomp" and verb.head.pos_ in ("VERB", "AUX", "ADJ"):
            verb = verb.head
        elif verb.dep_ == "pcomp" and verb.head.head.pos_ in ("VERB", "AUX"):
            verb = verb.head.head
        elif is_shared(verb) or (verb.dep_ == "acomp" and verb.head.lemma_ == "get"):
            verb = verb.head
        else:
            return verb


def predicate(verb: Token) -> Predicate:
    """The verb phrase that `verb` heads, or continues where it is coordinated without a subject of its own."""
    if is_shared(verb):
        base = predicate(finite(verb))
        own = _walk(Predicate(head=verb, main=verb))
        return replace(base, main=own.main, phase=own.phase, mood=own.mood if own.mood != Mood.TOLD else base.mood)
    head = Predicate(
        head=verb,
        main=verb,
        tense=_tense(verb),
        mood=_modal_mood(verb),
        phase=next((LINKS[a.lemma_] for a in _auxiliaries(verb) if a.lemma_ in LINKS), Phase.NONE),
        negated=_negated(verb),
        progressive=verb.tag_ == "VBG" and any(a.lemma_ == "be" for a in _auxiliaries(verb)),
        passive=any(a.dep_ == "auxpass" for a in _auxiliaries(verb)) or (verb.dep_ == "acl" and verb.tag_ == "VBN"),
    )
    return _embedded(_walk(head))


def _tense(verb: Token) -> Tense:
    auxiliaries = _auxiliaries(verb)
    if any(a.lower_ in ("will", "'ll", "shall", "wo") for a in auxiliaries):
        return Tense.FUTURE
    if any(a.lemma_ == "have" or a.lower_ == "'ve" for a in auxiliaries if a.tag_ in ("VBP", "VBZ")):
        return Tense.PERFECT
    if verb.tag_ == "VBD" or any(a.tag_ == "VBD" for a in auxiliaries):
        return Tense.PAST
    if verb.tag_ == "VBN" and not any(a.tag_ in ("VBP", "VBZ") for a in auxiliaries):
        return Tense.PAST
    return Tense.PRESENT


def _modal_mood(verb: Token) -> Mood:
    modals = [a.lower_ for a in _auxiliaries(verb) if a.tag_ == "MD"]
    if any(m in UNSURE for m in modals):
        return Mood.INTENT
    if verb.lemma_ in BEARING and _negated(verb):
        return Mood.TOLD
    if any(m in UNREAL_MODALS for m in modals):
        return Mood.WISH if verb.lemma_ in ("love", "like") else Mood.UNREAL
    return Mood.TOLD


def _negated(verb: Token) -> bool:
    around = (child for word in (verb, *_auxiliaries(verb)) for child in word.children)
    return any(child.dep_ == "neg" or child.lower_ in ("never", "hardly", "rarely", "barely") for child in around)


def _next(verb: Token) -> Token | None:
    """The verb that `verb` governs: "plan to open", "thinking of opening", "loves hiking"."""
    for child in verb.children:
        if child.dep_ == "xcomp" and child.pos_ in ("VERB", "AUX"):
            return child
        if child.dep_ == "dobj" and child.tag_ == "VBG" and child.pos_ == "VERB":
            return child
        if child.dep_ == "acomp" and verb.lemma_ == "get" and (child.tag_ == "VBN" or child.lower_ in PARTICIPLES):
            return child
        if child.dep_ == "prep" and child.lower_ in ("of", "about", "on", "in", "to", "up"):
            inner = next((c for c in child.children if c.dep_ == "pcomp" and c.tag_ == "VBG"), None)
            if inner is not None:
                return inner
    return None


def _walk(phrase: Predicate) -> Predicate:
    """Follows verbs that govern verbs while each only adds intent, phase or liking."""
    while (inner := _next(phrase.main)) is not None:
        step = _step(phrase, phrase.main, inner)
        if step is None:
            return phrase
        passive = phrase.passive or inner.dep_ == "acomp"
        phrase = replace(step, main=inner, negated=phrase.negated or _negated(inner), passive=passive)
    return phrase


def _step(phrase: Predicate, verb: Token, inner: Token) -> Predicate | None:
    lemma = verb.lemma_.lower()
    if lemma == "use" and verb.tag_ in ("VBD", "VBN") and any(c.lower_ == "to" for c in inner.children):
        return replace(phrase, phase=Phase.FORMER)
    if lemma in ("go", "gon") and verb.lower_ != "went" and inner.tag_ == "VB":
        unreal = phrase.tense in (Tense.PAST, Tense.PERFECT) and phrase.head.tag_ == "VBD"
        return replace(phrase, mood=Mood.UNREAL if unreal or "was" in _aux_words(verb) or "were" in _aux_words(verb) else Mood.INTENT)
    if lemma in WISHING or phrase.mood == Mood.WISH:
        return replace(phrase, mood=Mood.WISH)
    if lemma in INTENDING and not (lemma in ("think", "look", "set") and inner.tag_ != "VBG"):
        return replace(phrase, mood=Mood.INTENT if phrase.mood == Mood.TOLD else phrase.mood)
    if lemma in LINKS and (lemma != "give" or any(c.dep_ == "prt" for c in verb.children)):
        return replace(phrase, phase=LINKS[lemma])
    if lemma in THROUGH or (lemma == "have" and inner.tag_ == "VB" and phrase.tense in (Tense.PAST, Tense.PERFECT)):
        return phrase
    return None


def _aux_words(verb: Token) -> set[str]:
    return {a.lower_ for a in _auxiliaries(verb)}


def _embedded(phrase: Predicate) -> Predicate:
    """UNREAL where the clause hangs under a condition, a doubt, an order or a question."""
    if phrase.mood != Mood.UNREAL and any(_voids(verb, phrase) for verb in _chain_up(phrase.head)):
        return replace(phrase, mood=Mood.UNREAL)
    return phrase


def _chain_up(verb: Token) -> Iterator[Token]:
    yield verb
    while verb.dep_ in ("ccomp", "conj", "advcl", "relcl", "acl", "pcomp", "xcomp", "prep", "parataxis") and verb.head != verb:
        verb = verb.head
        if verb.pos_ in ("VERB", "AUX"):
            yield verb


def _voids(verb: Token, phrase: Predicate) -> bool:
    if _is_order(verb) or _has_condition(verb):
        return True
    if any(child.dep_ == "advcl" and _marker(child) in ("if", "unless") for child in verb.children):
        return True
    if verb != phrase.head and verb.pos_ in ("VERB", "AUX") and _modal_mood(verb) == Mood.UNREAL and phrase.head.dep_ != "conj":
        return True
    if verb.dep_ != "ccomp" or verb.head == verb:
        return False
    lemma = verb.head.lemma_.lower()
    return lemma in DOUBTING or (lemma in SAYING and _negated(verb.head))


def _marker(verb: Token) -> str:
    return next((child.lower_ for child in verb.children if child.dep_ in ("mark", "advmod") and child.lower_ in CONDITIONS), "")


def _has_condition(verb: Token) -> bool:
    marker = _marker(verb)
    if not marker or verb.dep_ not in ("advcl", "ccomp", "relcl", "pcomp"):
        return False
    return marker in ("if", "unless", "whether", "whenever", "lest", "provided") or _tense(verb) not in (Tense.PAST, Tense.PERFECT)


def _is_order(verb: Token) -> bool:
    """Imperatives: a bare verb that begins a clause and has no subject."""
    if verb.tag_ not in ("VB", "VBP") or verb.dep_ not in ("ROOT", "conj", "ccomp", "parataxis") or is_shared(verb):
        return False
    return not _has_own_subject(verb) and not _auxiliaries(verb) and not (verb.dep_ == "conj" and verb.tag_ == "VBP")
