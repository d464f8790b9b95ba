"""Full text and vectors together over one group: a list of hits, each with the words that made it one."""

import asyncio
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from graph.errors import BadInput
from graph.model import Entity, Episode, Fact
from graph.parts import Parts
from graph.recall.seeds import Legs, relative
from graph.space import space_of
from graph.stores.base import Store, Wanted
from graph.time import AsOf

Record: TypeAlias = Entity | Fact | Episode

KINDS = ("ENTITY", "FACT", "EPISODE")
MOST = 500
WORDS = 0.7
"""The part of the words in a hit's score; the rest is its meaning's."""
AROUND = 80
"""Characters of a highlight on either side of its first word."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that a search found. `kind` is ENTITY, FACT or EPISODE, `score` 0 to 1, `highlight` its text around the words."""

    kind: str
    uuid: str
    record: Record
    score: float
    highlight: str


async def search(parts: Parts, group: str, as_of: AsOf, text: str, kinds: Sequence[str], first: int) -> list[Hit]:
    """The `first` best hits of `kinds`, best first. Facts are those that hold. Raises BadInput for an unknown kind or a bad number."""
    _check(kinds, first)
    if not text.strip():
        return []
    terms = parts.questions.question(text, as_of.valid).terms
    vector = (await parts.embedder.embed([text]))[0]
    finds = await parts.store.search(group, Wanted(terms, vector, dict.fromkeys(kinds, first), space=space_of(parts.embedder)), as_of)
    legs = {kind: Legs.of(finds.words[kind], finds.near[kind]) for kind in finds.near}
    best = _best({(kind, uuid): score for kind, leg in legs.items() for uuid, score in _fused(leg).items()}, first)
    found = await _records(parts.store, group, as_of, best)
    records = [(found[uuid], kind, score) for (kind, uuid), score in best.items() if uuid in found]
    return [Hit(kind, record.uuid, record, score, highlight(_words_of(record), terms)) for record, kind, score in records]


def _check(kinds: Sequence[str], first: int) -> None:
    for kind in kinds:
        if kind not in KINDS:
            raise BadInput(f"there is no kind {kind!r}", hint=f"Use {', '.join(KINDS)}.", field="kinds")
    if not 0 <= first <= MOST:
        raise BadInput(f"{first!r} hits are out of range", hint=f"Ask for at most {MOST}.", field="first")


def _fused(legs: Legs) -> dict[str, float]:
    """Words and meaning in one score; where no word is found, meaning alone says how near a record is."""
    words = relative(legs.totals())
    coverage = legs.coverage
    return {
        uuid: WORDS * (words.get(uuid, 0.0) + coverage.get(uuid, 0.0)) / 2 + (1 - WORDS) * max(0.0, legs.cosines.get(uuid, 0.0))
        for uuid in words.keys() | legs.cosines.keys()
    }


def _best(scores: Mapping[tuple[str, str], float], first: int) -> dict[tuple[str, str], float]:
    order = sorted(scores, key=lambda key: (-scores[key], key))[:first]
    return {key: scores[key] for key in order}


async def _records(store: Store, group: str, as_of: AsOf, hits: Iterable[tuple[str, str]]) -> dict[str, Record]:
    uuids = {kind: [uuid for found, uuid in hits if found == kind] for kind in KINDS}
    entities, facts, episodes = await asyncio.gather(
        store.entities(group, uuids["ENTITY"], as_of),
        store.facts(group, uuids["FACT"]),
        store.episodes(group, uuids["EPISODE"]),
    )
    believed = {uuid: fact for uuid, fact in facts.items() if fact.believed_at(as_of.known)}  # one may have been made meanwhile
    return {**entities, **believed, **episodes}


def _words_of(record: Record) -> str:
    """An entity's name, a fact in words, a message."""
    if isinstance(record, Entity):
        return record.name
    return record.text if isinstance(record, Fact) else record.content


def highlight(text: str, terms: Sequence[str]) -> str:
    """The text around the first of `terms` in it, whole words, with `...` where it was cut."""
    flat = " ".join(text.split())
    places = [found.start() for term in terms if (found := re.search(rf"\b{re.escape(term)}", flat, re.IGNORECASE))]
    at = min(places, default=0)
    start = flat.rfind(" ", 0, at - AROUND) + 1 if at > AROUND else 0
    end = flat.find(" ", at + AROUND)
    end = len(flat) if end < 0 else end
    return f"{'...' if start else ''}{flat[start:end]}{'...' if end < len(flat) else ''}"
