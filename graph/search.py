"""Full text and vectors together over one group: a list of hits, each with the words that made it one."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.errors import BadInput
from graph.lookup import Lookup
from graph.parts import Parts
from graph.recall.seeds import Legs, relative
from graph.time import AsOf

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
    score: float
    highlight: str


async def search(parts: Parts, group: str, as_of: AsOf, text: str, kinds: Sequence[str], first: int) -> list[Hit]:
    """The `first` best hits of `kinds`, best first. Facts are those that hold. Raises BadInput for an unknown kind or a bad number."""
    _check(kinds, first)
    if not text.strip():
        return []
    terms = parts.questions.question(text, as_of.valid).terms
    vector = (await parts.embedder.embed([text]))[0]
    look = Lookup(parts.store, group, as_of)
    wanted = tuple(dict.fromkeys(kinds))
    legs = await asyncio.gather(*(look.legs(kind, terms, vector, first) for kind in wanted))
    best = _best({(kind, uuid): score for kind, leg in zip(wanted, legs, strict=True) for uuid, score in _fused(leg).items()}, first)
    texts = await _texts(look, best)
    return [Hit(kind, uuid, score, highlight(texts[uuid], terms)) for (kind, uuid), score in best.items() if uuid in texts]


def _check(kinds: Sequence[str], first: int) -> None:
    for kind in kinds:
        if kind not in KINDS:
            raise BadInput(f"there is no kind {kind!r}", hint=f"Use {', '.join(KINDS)}.", field="kinds")
    if not 0 <= first <= MOST:
        raise BadInput(f"{first!r} hits are out of range", hint=f"Ask for at most {MOST}.", field="first")


def _fused(legs: Legs) -> dict[str, float]:
    """Words and meaning in one score; where no word is found, meaning alone says how near a record is."""
    words = relative(legs.totals())
    coverage = legs.coverage()
    return {
        uuid: WORDS * (words.get(uuid, 0.0) + coverage.get(uuid, 0.0)) / 2 + (1 - WORDS) * max(0.0, legs.cosines.get(uuid, 0.0))
        for uuid in words.keys() | legs.cosines.keys()
    }


def _best(scores: Mapping[tuple[str, str], float], first: int) -> dict[tuple[str, str], float]:
    order = sorted(scores, key=lambda key: (-scores[key], key))[:first]
    return {key: scores[key] for key in order}


async def _texts(look: Lookup, hits: Mapping[tuple[str, str], float]) -> dict[str, str]:
    """What each hit says: an entity's name, a fact in words, a message."""
    uuids = {kind: [uuid for found, uuid in hits if found == kind] for kind in KINDS}
    entities, facts, episodes = await asyncio.gather(
        look.store.entities(look.group, uuids["ENTITY"], look.as_of),
        look.store.facts(look.group, uuids["FACT"]),
        look.store.episodes(look.group, uuids["EPISODE"]),
    )
    return {
        **{uuid: entity.name for uuid, entity in entities.items()},
        **{uuid: fact.text for uuid, fact in facts.items()},
        **{uuid: episode.content for uuid, episode in episodes.items()},
    }


def highlight(text: str, terms: Sequence[str]) -> str:
    """The text around the first of `terms` in it, whole words, with `...` where it was cut."""
    flat = " ".join(text.split())
    places = [found.start() for term in terms if (found := re.search(rf"\b{re.escape(term)}", flat, re.IGNORECASE))]
    at = min(places, default=0)
    start = flat.rfind(" ", 0, at - AROUND) + 1 if at > AROUND else 0
    end = flat.find(" ", at + AROUND)
    end = len(flat) if end < 0 else end
    return f"{'...' if start else ''}{flat[start:end]}{'...' if end < len(flat) else ''}"
