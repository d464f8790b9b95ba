"""Takes an English question apart: names, content words, the relations its words point to, periods, what it asks for."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import snowballstemmer

from extractors.local.cues import cues
from extractors.local.dates import Found, Role, find
from extractors.local.examples import examples
from extractors.local.links import Run, runs, topics
from extractors.local.question_words import (
    ASKING,
    ASKS,
    CALENDAR,
    DONE,
    LEFT_OUT,
    NAMED,
    ONE_YEAR,
    ORIGIN,
    PAST,
    PAST_TENSE,
    PLANNED,
    STOP_WORDS,
    TURNING,
    VAGUE,
)
from graph.language import Asks, Link, Question
from graph.ontology import Ontology
from graph.time import Period, Precision

MOST_NAMES = 8
MOST_TERMS = 16
YEARS_BACK = 10
"""How far back "in May" is looked for."""

MONTHS_AND_DAYS = CALENDAR | {word[:3] for word in CALENDAR}
OF_DATE, OF_ASKING, OF_VAGUE = 0.3, 0.4, 0.6
"""What a word of a date still says where the date is understood, and one by which one asks, and one of many meanings."""

UNTOLD = frozenset(("Thing", "Person", "Group", "Value", "Date", "Event", "Work", "Activity", "Topic"))
"""Types whose names say too little of which relation leads to one."""

_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"'})
_WORD = re.compile(r"[^\W_]+(?:['.&-][^\W_]+)*")
_CAPITALISED = r"[^\W\d_a-z][\w.&-]*(?:'[^\W\d_]{2,})?"
_NAME = re.compile(rf"\b(?:{_CAPITALISED})(?: (?:(?:of|the|de|del|di|da|van|von|der|la|le|al|bin|ibn) )*{_CAPITALISED})*")
_OWNED = re.compile(r"'s? (?:(?:best|ex|little|older|younger|elder|big|new|old|late) )?([a-z][a-z-]+)")
_OFFICE = re.compile(r"^[A-Z]{2,4} of (?:the )?")
_QUOTED = re.compile(r'"([^"]{2,60})"')


class LocalQuestionReader:
    """Implements `graph.language.QuestionReader` with word lists and the ontology's surface forms; no parse, no model."""

    def __init__(self, ontology: Ontology) -> None:
        self._relations = _relation_index(ontology)
        self._types = {stem(name.lower()): name for name in ontology.types if name not in UNTOLD}
        self._vague = {stem(word): OF_VAGUE for word in VAGUE} | {stem(word): OF_ASKING for word in ASKING}
        self._examples = {stem(word): named for word, named in examples().items()}

    def question(self, text: str, at: datetime, speakers: Sequence[str] = ()) -> Question:
        """Takes `text` apart; periods in it are relative to `at`, in its offset. `speakers` are known in any case."""
        plain = text.translate(_APOSTROPHES)
        dates, wanted = find(plain, at), _wanted(plain)
        terms = content_terms(wanted)
        periods = tuple(dict.fromkeys(period for date in dates for period in _periods(date)))
        words, said = _marked(plain), frozenset(_words(plain))
        named = runs([word.stem for word in words], self._relations, self._types)
        return Question(
            text=text,
            names=find_names(plain, speakers),
            terms=terms,
            relations=self._relations_in(plain),
            periods=periods,
            asks=_asked_for(plain),
            past=_past(plain) or any(date.period is not None and date.period.end <= at for date in dates),
            examples=self._examples_of(terms, frozenset(_words(plain)).difference(_words(wanted))),
            links=tuple(Link(tuple(words[place].text.lower() for place in run.places), run.relations, run.types) for run in named),
            topics=topics([word.text for word in words], _telling(words, named)),
            vague=self._vague_terms(terms, _of_calendar(dates) if periods else ()),
            done=not said.isdisjoint(DONE) and said.isdisjoint(PLANNED),
            named=not said.isdisjoint(NAMED),
            wanted=text if wanted == plain else wanted,
        )

    cues = staticmethod(cues)

    def _examples_of(self, terms: Iterable[str], left_out: Container[str]) -> dict[str, tuple[str, ...]]:
        asked = ((term, self._examples.get(stem(term))) for term in terms)
        return {term: tuple(word for word in named if word not in left_out) for term, named in asked if named}

    def _vague_terms(self, terms: Iterable[str], dated: Container[str]) -> dict[str, float]:
        """How much the terms still say of which an answer need not have one. `dated`: words of the dates."""
        return {term: OF_DATE if term in dated else self._vague[stem(term)] for term in terms if term in dated or stem(term) in self._vague}

    def _relations_in(self, text: str) -> tuple[str, ...]:
        """Relations of which one surface form has all its content words in `text`, the fullest match first."""
        stems = _stems(text)
        found: dict[str, int] = {}
        for word in stems:
            for needed, relation in self._relations.get(word, ()):
                if needed <= stems:
                    found[relation] = max(found.get(relation, 0), len(needed))
        return tuple(sorted(found, key=lambda relation: (-found[relation], relation)))


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a question. `stem`: None where it carries no content or is part of a longer name."""

    text: str
    stem: str | None
    name: bool


def _marked(text: str) -> list[_Word]:
    found = [(match.group().removesuffix("'s"), *match.span()) for match in _WORD.finditer(text)]
    names = [span for pattern in (_NAME, _QUOTED) for match in pattern.finditer(text) if (span := _of_several_words(match))]
    within = [any(first <= start and end <= last for first, last in names) for _, start, end in found]
    return [_Word(word, None if inside else _stem(word.lower()), inside) for (word, *_), inside in zip(found, within, strict=True)]


def _of_several_words(match: re.Match[str]) -> tuple[int, int] | None:
    """Where a name stands. A question word at the begin of a sentence is none of its words, nor is an office in capitals: "Does the CEO
    of Tidewater Books".
    """
    begins = match.string[: match.start()].rstrip()[-1:] in ("", ".", "?", "!")
    name = match.group().rstrip(".&-")
    name = _OFFICE.sub("", _without_openers(name) if begins else name)
    end = match.start() + len(match.group().rstrip(".&-"))
    return (end - len(name), end) if " " in name else None


def _stem(word: str) -> str | None:
    return stem(word) if word in TURNING or word not in STOP_WORDS else None


def _telling(words: Sequence[_Word], named: Sequence[Run]) -> list[int]:
    """Places of the words that could begin or end a name: those with content that name no relation, and those of a name."""
    linking = {place for run in named for place in run.places}
    return [place for place, word in enumerate(words) if word.name or (word.stem is not None and place not in linking)]


def find_names(text: str, speakers: Sequence[str] = ()) -> tuple[str, ...]:
    """Proper names as written, quoted titles, and what belongs to a name ("Anna's sister"), without repeats."""
    names = dict.fromkeys(_QUOTED.findall(text))
    for match in _NAME.finditer(text):
        if name := _without_openers(match.group()):
            names[name] = None
            if owned := _OWNED.match(text, match.end()):
                names[text[match.end() - len(name) : owned.end()]] = None
    lower = f" {' '.join(_words(text))} "
    names.update((speaker, None) for speaker in speakers if f" {speaker.lower()} " in lower)
    return tuple(names)[:MOST_NAMES]


def content_terms(text: str) -> tuple[str, ...]:
    """The words that carry meaning, in lower case and order, each once, possessive endings removed."""
    return tuple(dict.fromkeys(word for word in _words(text) if word not in STOP_WORDS))[:MOST_TERMS]


def _wanted(text: str) -> str:
    """A question without what it leaves out ("besides tennis"), where anything else is asked for."""
    rest = LEFT_OUT.sub(" ", text)
    return rest if content_terms(rest) else text


def _of_calendar(dates: Sequence[Found]) -> frozenset[str]:
    """The words of dates that stand in a calendar. Those of "last summer" do not, and are told as they are asked."""
    words = {word for date in dates for word in _words(date.words)}
    return frozenset(word for word in words if word in MONTHS_AND_DAYS or not word.isalpha())


def _periods(date: Found) -> Iterator[Period]:
    """When a date of the question is; one that names no year is looked for in all of the last years."""
    if date.period is None or date.role in (Role.BEFORE, Role.AFTER):
        return
    period = date.period if date.until is None else Period(date.period.first, date.until.end, date.until.precision)
    yield period
    if period.precision in (Precision.MONTH, Precision.DAY) and not ONE_YEAR.search(date.words):
        yield from (earlier for years in range(1, YEARS_BACK + 1) if (earlier := _earlier(period, years)))


def _earlier(period: Period, years: int) -> Period | None:
    try:
        return Period(
            period.first.replace(year=period.first.year - years), period.end.replace(year=period.end.year - years), period.precision
        )
    except ValueError:  # 29 February
        return None


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The Snowball stem of a word in lower case."""
    # The stemmer keeps the word it works on in itself, so that one shared by threads would mix words up.
    return str(snowballstemmer.stemmer("english").stemWord(word))


def _stems(text: str) -> frozenset[str]:
    """What a surface form and a question are compared by: content words, and the small words that turn a meaning round."""
    return frozenset(stem(word) for word in _words(text) if word in TURNING or word not in STOP_WORDS)


def _words(text: str) -> list[str]:
    return [word.removesuffix("'s") for word in _WORD.findall(text.lower())]


def _without_openers(name: str) -> str:
    """A run of capitalised words without the question words and month names that begin it ("Did Anna" is Anna)."""
    words = name.rstrip(".&-").split(" ")
    while words and (words[0].lower() in STOP_WORDS or words[0].lower() in CALENDAR):
        words.pop(0)
    return " ".join(words)


def _asked_for(text: str) -> Asks:
    return next((asks for asks, pattern in ASKS if pattern.search(text)), Asks.WHAT)


def _past(text: str) -> bool:
    """Whether it asks for what was: in so many words, or in the past tense and not for an origin."""
    return bool(PAST.search(text)) or bool(PAST_TENSE.search(text) and not ORIGIN.search(text))


def _relation_index(ontology: Ontology) -> Mapping[str, Sequence[tuple[frozenset[str], str]]]:
    """For each stem the surface forms that contain it, as sets of stems, with their relation."""
    index: dict[str, list[tuple[frozenset[str], str]]] = {}
    for relation in ontology.relations.values():
        for surface in {relation.label, *relation.surface}:
            needed = _stems(surface)
            for word in needed:
                index.setdefault(word, []).append((needed, relation.name))
    return index
