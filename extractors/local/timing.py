"""The dates of a message, each with the verb it belongs to, and what they say of when a statement holds."""

from dataclasses import dataclass
from datetime import datetime

from spacy.tokens import Doc, Token

from extractors.local.dates import Found, Role, find
from extractors.local.dates import Tense as Direction
from extractors.local.lasting import began
from extractors.local.verbs import Mood, Phase, Predicate, Tense, finite, predicate
from graph.time import Period

_BEGINNING = (Role.AT, Role.SINCE, Role.SPAN)
"""What a date tells that says when something begins."""
_BEFORE = (Tense.PAST, Tense.PERFECT)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and the tokens that say it; `verb` is the one it tells the time of."""

    found: Found
    tokens: tuple[int, ...]
    verb: int | None


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a message said at `at`; `tokens` are all that say one."""

    at: datetime
    all: tuple[Dated, ...] = ()
    tokens: frozenset[int] = frozenset()

    def of(self, phrase: Predicate) -> list[Dated]:
        """The dates that tell when what `phrase` says happened."""
        verbs = {phrase.head.i, phrase.main.i}
        own = [dated for dated in self.all if dated.verb in verbs]
        if any(dated.found.role in _BEGINNING for dated in own):
            return own
        return [dated for dated in self.all if dated in own or (dated.verb is not None and _leads(phrase, dated))]


def _leads(phrase: Predicate, dated: Dated) -> bool:
    """A date at the front of a sentence tells of all its coordinated verbs that have none: "Last week I sang and danced"."""
    head = phrase.head
    while head.dep_ == "conj" and head.head.pos_ in ("VERB", "AUX"):
        head = head.head
        if dated.verb == head.i and dated.tokens[0] < head.i:
            return True
    return False


@dataclass(frozen=True, slots=True)
class When:
    """What the words say of when: see `graph.language.Statement`."""

    start: Period | None = None
    end: Period | None = None
    vouched: bool = False
    repeats: str | None = None
    dated: bool = False


def dates_in(doc: Doc, at: datetime) -> Dates:
    """The dates of a message said at `at`, read in the tense of the verbs that they belong to."""
    plain = find(doc.text, at, None)
    if not plain:
        return Dates(at)
    by_tense = {tense: {f.start: f for f in find(doc.text, at, tense)} for tense in Direction}
    every = tuple(_dated(doc, found, by_tense) for found in plain)
    return Dates(at, every, frozenset(i for dated in every for i in dated.tokens))


def _dated(doc: Doc, found: Found, by_tense: dict[Direction, dict[int, Found]]) -> Dated:
    span = doc.char_span(found.start, found.end, alignment_mode="expand")
    if span is None:
        return Dated(found, (), None)
    verb = None if _describes_noun(span.root) else _governor(span.root)
    tense = _direction(verb, found.role)
    best = by_tense[tense].get(found.start, found) if tense else found
    return Dated(best, tuple(range(span.start, span.end)), None if verb is None else verb.i)


def _describes_noun(token: Token) -> bool:
    """ "a book from the 1900s", "the class of 2010": the date is the noun's, not the verb's."""
    preposition = token if token.dep_ == "prep" else token.head
    return preposition.dep_ == "prep" and preposition.lower_ in ("from", "of") and preposition.head.pos_ in ("NOUN", "PROPN")


def _governor(token: Token) -> Token | None:
    while token.pos_ not in ("VERB", "AUX") or token.dep_ in ("aux", "auxpass"):
        if token.head == token:
            return None
        token = token.head
    return token


def _direction(verb: Token | None, role: Role) -> Direction | None:
    """Where a date lies as the verb's tense has it: "I have an interview on the 12th" is to come."""
    if verb is None:
        return None
    phrase = predicate(finite(verb))
    if phrase.tense in _BEFORE:
        return Direction.PAST
    if phrase.tense == Tense.FUTURE or phrase.progressive or phrase.mood in (Mood.INTENT, Mood.WISH):
        return Direction.FUTURE
    if phrase.tense == Tense.PRESENT and role is Role.AT:
        return Direction.FUTURE
    return None


def when(phrase: Predicate, dates: Dates) -> When:
    """What the dates around a verb phrase say of when it holds, as far as its tense lets them."""
    result = When()
    for dated in dates.of(phrase):
        result = _joined(result, _meaning(dated.found, phrase, dates.at))
    return result


def _meaning(found: Found, phrase: Predicate, at: datetime) -> When:
    lasting = phrase.tense in (Tense.PRESENT, Tense.PERFECT) and phrase.phase != Phase.FORMER
    match found.role:
        case Role.AT:
            return When(start=found.period, dated=True)
        case Role.SINCE:
            return When(start=found.period, vouched=lasting, dated=True)
        case Role.UNTIL:
            return When(end=found.period, dated=True)
        case Role.SPAN:
            return When(start=found.period, end=found.until, dated=True)
        case Role.FOR:
            since = began(found.words, at) if phrase.tense == Tense.PERFECT else None
            return When(start=since, vouched=since is not None, dated=since is not None)
        case Role.REPEATED:
            return When(repeats=found.words)
        case _:
            return When()


def _joined(one: When, other: When) -> When:
    return When(
        start=one.start or other.start,
        end=one.end or other.end,
        vouched=one.vouched or other.vouched,
        repeats=one.repeats or other.repeats,
        dated=one.dated or other.dated,
    )
