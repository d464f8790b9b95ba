"""Slips in the names of relations and types that a caller filters by: told with what was meant, not answered with nothing.

Relations and types are open: a name that is like no known one may be one that nothing was told of yet, and finds nothing.
"""

from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz

from graph.errors import BadInput
from graph.ontology import Ontology

NEAR = 80.0
"""How alike two names are, of 100, before the one is taken for a slip in the other."""
SHOWN = 3


def unknown_relations(ontology: Ontology, given: Iterable[str]) -> list[str]:
    return [name for name in given if name.casefold() not in ontology.relations]


def unknown_types(ontology: Ontology, given: Iterable[str]) -> list[str]:
    return [name for name in given if name not in ontology.types]


def like_relations(ontology: Ontology, name: str, used: Iterable[str]) -> list[str]:
    """The relations, of the ontology or in use, of which a name or surface form is like `name`, the nearest first."""
    phrases = {**ontology.surfaces} | {_words(relation): relation for relation in used}
    return _like(name, phrases)


def like_types(ontology: Ontology, name: str, used: Iterable[str]) -> list[str]:
    return _like(name, {_words(known): known for known in (*ontology.types, *used)})


def slip(what: str, name: str, like: list[str]) -> BadInput:
    """`what` is "relation" or "type"."""
    meant = ", ".join(map(repr, like[:SHOWN]))
    return BadInput(f"no {what} {name!r} is known here", hint=f"Did you mean {meant}?", field=f"{what}s")


def _like(name: str, phrases: Mapping[str, str]) -> list[str]:
    words = _words(name)
    scored = ((fuzz.ratio(words, phrase), known) for phrase, known in phrases.items())
    near = sorted(((score, known) for score, known in scored if score >= NEAR), key=lambda found: (-found[0], found[1]))
    return list(dict.fromkeys(known for _, known in near))


def _words(name: str) -> str:
    return " ".join(name.replace("_", " ").casefold().split())
