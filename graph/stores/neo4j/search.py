"""Words, meanings and names: statements sent together. Each leg takes more than it is asked for and says where it gave up."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from graph.errors import BadInput
from graph.model import Entity
from graph.resolve import normal
from graph.space import require_space
from graph.stores.base import Finds, Wanted
from graph.stores.neo4j import rows
from graph.stores.neo4j.database import Database, Rows
from graph.stores.neo4j.queries import search as cypher
from graph.stores.neo4j.vectors import Place, require_dimension, sent
from graph.stores.neo4j.view import FAR_MICROS, View, past_token, token_of
from graph.stores.neo4j.words import plain_words
from graph.stores.reach import COUNTED
from graph.views import Hits

KINDS = {"FACT": "fact", "ENTITY": "entity", "EPISODE": "message"}
SPARE = 16
LEAST = 128
"""Of how many of the nearest the best are taken: an approximate index that is asked for few misses some of them."""
MOST = 4_096
"""How many matches a leg looks at before it gives up and says so."""
LAST = FAR_MICROS - 1_000_000
"""The latest an index is asked about: it keeps numbers as floats, to which what is nearer to the far date is the far date."""


async def search(db: Database, view: View, wanted: Wanted, place: Place) -> Finds:
    """Raises BadInput for an unknown kind, and for a vector of another dimension."""
    for kind in wanted.limits:
        if kind not in KINDS:
            raise BadInput(f"{kind!r} cannot be searched", hint=f"Use one of {', '.join(KINDS)}.", field="kinds")
    require_dimension(wanted.vector, place.dimension)
    (words, examples), others, (facts, named) = await asyncio.gather(
        _words(db, view, wanted), _near_others(db, view, wanted, place), _near_facts(db, view, wanted, place)
    )
    near = others | facts
    return Finds(words, {kind: next(iter(near.get(kind, ())), Hits({})) for kind in wanted.limits}, named, examples)


async def _words(db: Database, view: View, wanted: Wanted) -> tuple[dict[str, dict[str, Hits]], dict[str, Hits]]:
    """By kind and word, and by word the messages with examples of it. A word of which nothing is indexed is not asked for."""
    words = list(dict.fromkeys(wanted.words))
    asked = [word for word in words if plain_words(word)]
    named = {word: told for word, examples in wanted.examples.items() if (told := [one for one in examples if plain_words(one)])}
    mark = token_of(view.group)
    sought: dict[str, list[Any]] = {
        "fact_words": [_query([word], mark) for word in asked],
        "entity_words": [[_query([word], *tokens) for tokens in _name_tokens(view)] for word in asked],
        "message_words": [_query(told, mark) for told in (*([word] for word in asked), *named.values())],
    }
    found = await _legs(db, cypher.WORDS, view, wanted, sought, _spared) if asked or named else {}
    by_word = {kind: {word: Hits({}) for word in words} | dict(zip(asked, found.get(kind, ()), strict=False)) for kind in wanted.limits}
    with_examples = found.get("EPISODE", [])[len(asked) :]
    return by_word, {word: Hits({}) for word in wanted.examples} | dict(zip(named, with_examples, strict=False))


async def _near_others(db: Database, view: View, wanted: Wanted, place: Place) -> dict[str, list[Hits]]:
    sought = {f"{KINDS[kind]}_vectors": [sent(wanted.vector)] for kind in ("ENTITY", "EPISODE")}
    return await _legs(db, cypher.at(place.key, cypher.NEAR_OTHERS), view, wanted, sought, _of_near)


async def _near_facts(db: Database, view: View, wanted: Wanted, place: Place) -> tuple[dict[str, list[Hits]], dict[str, Sequence[Entity]]]:
    """And for each name the living entities of exactly that name or alias, best connected first."""
    names = {name: normal(name) for name in dict.fromkeys(wanted.names)}
    asked = _asked(view, wanted, {"fact_vectors": [sent(wanted.vector)]}, _of_near)
    if not (names or asked["fact_limit"]):
        return {}, {}
    found = await db.read(cypher.at(place.key, cypher.NEAR_FACTS), **asked, names=list(set(names.values())), counted=COUNTED)
    facts, called, made_by = found or ([], [], (None, None))
    _require_space(view, wanted, made_by)
    return {"FACT": [_hits(*leg) for leg in facts]}, _named(view, names, called)


def _spared(limit: int) -> int:
    """Some of the texts that have a word will not stand."""
    return limit + limit // 2 + SPARE


def _of_near(limit: int) -> int:
    """The index leaves out nearly all that does not stand."""
    return max(limit, LEAST)


async def _legs(
    db: Database, statement: str, view: View, wanted: Wanted, sought: Mapping[str, list[Any]], take: Callable[[int], int]
) -> dict[str, list[Hits]]:
    """By kind the hits of each that was sought. A kind that is not wanted has nothing sought."""
    kinds = [kind for kind, name in KINDS.items() if any(part.startswith(f"{name}_") for part in sought)]
    if not any(wanted.limits.get(kind, 0) > 0 for kind in kinds):
        return {}
    found: Rows = await db.read(statement, **_asked(view, wanted, sought, take))
    if found:
        _require_space(view, wanted, found[-1])
    return {kind: [_hits(*leg) for leg in legs] for kind, legs in zip(kinds, found, strict=False)}


def _require_space(view: View, wanted: Wanted, made_by: Sequence[Any]) -> None:
    if wanted.space is not None:
        require_space(wanted.space, view.group, rows.space(*made_by))


def _asked(view: View, wanted: Wanted, sought: Mapping[str, list[Any]], take: Callable[[int], int]) -> dict[str, Any]:
    """What is sought, how much of each kind, and as of when."""
    limits = {name: max(wanted.limits.get(kind, 0), 0) for kind, name in KINDS.items()}
    begun, ending = (view.valid, min(view.valid, LAST)) if wanted.current else (FAR_MICROS, -1 - FAR_MICROS)
    return {
        **view.params(current=wanted.current, begun=begun, ending=ending, most=MOST),
        **{f"{name}_limit": limit for name, limit in limits.items()},
        **{f"{name}_take": min(take(limit), MOST) for name, limit in limits.items()},
        **{part: asked if limits[part.partition("_")[0]] else [] for part, asked in sought.items()},
    }


def _hits(uuids: Sequence[str], scores: Sequence[float], short: bool) -> Hits:
    return Hits(dict(zip(uuids, scores, strict=True)), short)


def _query(words: Sequence[str], *tokens: str) -> str:
    """What to match: one of the words, quoted, in the group's texts, whose mark counts for nothing."""
    quoted = " OR ".join(f'"{plain_words(word)}"' for word in words)
    return f"+token:({' OR '.join(tokens)})^0 +words:({quoted})"


def _name_tokens(view: View) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The marks of what entities are called now, and of what they were ever called."""
    return (token_of(view.group),), (token_of(view.group), past_token(view.group))


def _named(view: View, names: Mapping[str, str], called: Rows) -> dict[str, Sequence[Entity]]:
    found: defaultdict[str, list[tuple[int, Entity]]] = defaultdict(list)
    for name, links, *row in called:
        found[name].append((links, rows.entity(view.group, row)))
    return {name: [entity for _, entity in sorted(found[normalised], key=_connected)] for name, normalised in names.items()}


def _connected(found: tuple[int, Entity]) -> tuple[int, Any, str]:
    links, entity = found
    return -links, entity.created_at, entity.uuid
