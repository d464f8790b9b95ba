"""Where erased words left a trace: in the log's reasons, in reviews, in names, in the words of denials. Pure."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from graph.erasure import Gone
from graph.model import Assertion, Change, Entity, Fact, Review
from graph.resolve import normal
from graph.views import Beliefs

_WORD = re.compile(r"\w+")
_OWNED = re.compile(r".*['\u2019]s (?=.)")
VALUE = "Value"
EXTRACTOR = "extractor:"
"""How the actors begin whose reasons are made of rules, and no caller's words."""
FEWEST = 2
"""A Review asks about so many at least."""


class Phrases:
    """Finds any of some phrases in a text, whole words in any case."""

    def __init__(self, phrases: Iterable[str | None]) -> None:
        self._by_first: defaultdict[str, list[list[str]]] = defaultdict(list)
        for phrase in phrases:
            words = _words(phrase or "")
            if words:
                self._by_first[words[0]].append(words)

    def within(self, text: str) -> bool:
        words = _words(text)
        return any(words[n : n + len(phrase)] == phrase for n, word in enumerate(words) for phrase in self._by_first.get(word, ()))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.replace("\\n", " ").casefold())


def without(change: Change, gone: Gone, phrases: Phrases) -> Change:
    """An entry of the log without what is erased; its reason is blank where it may hold some of it."""
    facts = tuple(uuid for uuid in change.facts if uuid not in gone.facts)
    entities = tuple(uuid for uuid in change.entities if uuid not in gone.entities)
    about = (facts, entities) != (change.facts, change.entities) or change.episode in gone.episodes
    asked = change.at in gone.instants and not change.actor.startswith(EXTRACTOR)
    blank = about or asked or phrases.within(change.reason)
    return replace(
        change,
        facts=facts,
        entities=entities,
        reason="" if blank else change.reason,
        episode=None if change.episode in gone.episodes else change.episode,
        work=None if change.work in gone.works else change.work,
    )


def asking(review: Review, gone: Gone, phrases: Phrases) -> Review | None:
    """A Review without what is erased; None where it asks about nothing any more."""
    facts = tuple(uuid for uuid in review.facts if uuid not in gone.facts)
    entities = tuple(uuid for uuid in review.entities if uuid not in gone.entities)
    if (facts, entities) == (review.facts, review.entities):
        return replace(review, reason="") if phrases.within(review.reason) else review
    if max(len(facts), len(entities)) < FEWEST:
        return None
    return replace(review, facts=facts, entities=entities, reason="")


def names_in(versions: Iterable[Entity]) -> set[str]:
    return {name for version in versions for name in (version.name, *version.aliases)}


def told_in(name: str, words: Iterable[str]) -> bool:
    """Whether a name stands in some words: itself, or of "Ada's sister" the sister."""
    phrases = Phrases([name, _OWNED.sub("", name)])
    return any(phrases.within(text) for text in words)


def renamed(versions: Sequence[Entity], lost: Collection[str]) -> tuple[Entity, ...]:
    """The versions of an entity without summaries and without the `lost` names; what is left nameless is called by its type."""
    gone = {normal(name) for name in lost}
    kept = [name for version in versions for name in (version.name, *version.aliases) if normal(name) not in gone]
    return tuple(_renamed(version, gone, kept) for version in versions)


def _renamed(version: Entity, gone: Collection[str], kept: Sequence[str]) -> Entity:
    aliases = tuple(alias for alias in version.aliases if normal(alias) not in gone)
    if normal(version.name) not in gone:
        return replace(version, aliases=aliases, summary=None)
    name = next(iter((*aliases, *kept)), version.type)
    others = tuple(alias for alias in aliases if normal(alias) != normal(name))
    return replace(version, name=name, aliases=others, key=None, summary=None)


def drawn_from(a: Assertion, erased: Iterable[Assertion]) -> bool:
    """Whether it is a denial in the words of one of those erased, as ending or correcting a fact makes it."""
    return a.episode is None and not a.holds and any(_same_words(a, other) for other in erased)


def _same_words(a: Assertion, other: Assertion) -> bool:
    return (a.subject, a.relation, a.object, a.text) == (other.subject, other.relation, other.object, other.text)


def in_plain_words(a: Assertion, subject: str, label: str, object_: str) -> Assertion:
    return replace(a, text=f"{subject} {label} {object_}", quote=None, span=None)


def called(text: str, names: Mapping[str, str]) -> str:
    """A text with other names in the place of some, in any case."""
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", lambda _, name=name: names[name], text, flags=re.IGNORECASE)  # type: ignore[misc]
    return text


def denying_nothing(history: Beliefs, erased: Mapping[str, Assertion]) -> list[Assertion]:
    """Denials in the words of what is erased, where nothing is left of their value for them to deny."""
    holding = {_value(a) for a in history.assertions if a.holds and a.uuid not in erased}
    return [a for a in history.assertions if a.uuid not in erased and drawn_from(a, erased.values()) and _value(a) not in holding]


def _value(item: Assertion | Fact) -> tuple[str, frozenset[str]]:
    return item.relation, frozenset((item.subject, item.object))


def line_of(record: Fact, records: Sequence[Fact]) -> dict[str, Fact]:
    """All the records that one fact was written as, one in the place of another."""
    same = [f for f in records if _value(f) == _value(record)]
    line = {record.uuid: record}
    while more := [f for f in same if f.uuid not in line and _beside(f, line)]:
        line |= {f.uuid: f for f in more}
    return line


def _beside(record: Fact, line: Mapping[str, Fact]) -> bool:
    return record.replaced_by in line or any(f.replaced_by == record.uuid for f in line.values())


def names_since(versions: Sequence[Entity], instants: Collection[datetime]) -> set[str]:
    """The names that an entity got in one of the operations of these instants; a value's own name is told by no one."""
    found: set[str] = set()
    known: set[str] = set()
    for version in versions:
        names = names_in([version])
        if version.recorded_at in instants and version.type != VALUE:
            found |= names - known
        known |= names
    return found


def turns_of(a: Assertion) -> list[datetime]:
    """When it was made, taken back and brought back."""
    taken = [*(lapse.at for lapse in a.lapses), *([a.withdrawn_at] if a.withdrawn_at is not None else [])]
    return [a.recorded_at, *taken, *(lapse.until for lapse in a.lapses)]
