"""What can be said of whom: entity types and relations, read from the packaged TOML file and one of the user's own."""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from graph.errors import BadInput
from graph.model import UpdatePolicy

ANY_TYPE = "Thing"
"""The type of what is not known to be of any other."""


class Side(StrEnum):
    """The end of a relation that has one other end at a time."""

    SUBJECT = "subject"
    OBJECT = "object"


@dataclass(frozen=True, slots=True)
class EntityType:
    """`also`: a type that the same entity may bear as well: a library is an organisation and a place."""

    name: str
    parent: str | None = None
    also: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation and how it behaves; `ontology.toml` says what each field means. Without any it is an open one."""

    name: str
    label: str
    subject: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    exclusive: Side | None = None
    symmetric: bool = False
    inverse: str | None = None
    ends: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    closes_all: tuple[str, ...] = ()
    sets: str | None = None
    event: bool = False
    surface: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    @property
    def recorded(self) -> bool:
        """Whether it makes facts of its own, beside what it sets and ends: "moved to" and "moved away from" do not."""
        return self.event or not (self.sets or self.ends or self.inverse)


@dataclass(frozen=True)
class Ontology:
    """`hash` changes with what decides belief, not with words: labels, phrases, examples and entity types may change freely."""

    types: Mapping[str, EntityType]
    relations: Mapping[str, Relation]
    surfaces: Mapping[str, str]
    """Folded phrase to relation name."""
    hash: str

    def relation(self, name: str) -> Relation:
        """The relation of that name; an unknown one is open: no constraints, its name in lower snake case."""
        name = snake(name)
        return self.relations.get(name) or Relation(name, name.replace("_", " "))

    def named(self, words: str) -> Relation | None:
        """The relation whose name, label or surface form is exactly `words`, in any case; None otherwise."""
        name = self.surfaces.get(_folded(words))
        return None if name is None else self.relations[name]

    def is_a(self, type: str, ancestor: str) -> bool:
        return ancestor in _ancestry(type, self.types)

    def compatible(self, one: str, other: str) -> bool:
        """Whether one entity may be of both types: one is a kind of the other, or may be it too, or one is not known."""
        if ANY_TYPE in (one, other) or self.is_a(one, other) or self.is_a(other, one):
            return True
        return self._may_be(one, other) or self._may_be(other, one)

    def _may_be(self, type: str, other: str) -> bool:
        also = (self.types[line].also for line in _ancestry(type, self.types) if line in self.types)
        return any(self.is_a(other, name) for name in also if name)


def snake(name: str) -> str:
    """A relation's name as it is kept: lower snake case."""
    return re.sub(r"\W+", "_", name.strip().lower()).strip("_") or name


def canonical(
    ontology: Ontology, relation: Relation, subject: str, object: str, policy: UpdatePolicy = UpdatePolicy.ONTOLOGY
) -> tuple[Relation, str, str]:
    """The triple as it is stored: a mirror turned round, the ends of a symmetric relation in order of their uuids.

    Under LATEST a symmetric one stays as it was said, since there the subject is what has one value at a time.
    """
    if relation.inverse is not None:
        return ontology.relation(relation.inverse), object, subject
    if relation.symmetric and policy is UpdatePolicy.ONTOLOGY:
        return relation, min(subject, object), max(subject, object)
    return relation, subject, object


def load_ontology(extra: Path | None = None) -> Ontology:
    """The packaged ontology, extended by the file `extra`. Raises BadInput naming file, line and value."""
    packaged = files("graph").joinpath("ontology.toml")
    drafts = [_read("ontology.toml", packaged.read_text("utf-8"))]
    if extra is not None:
        drafts.append(_read(str(extra), _text(extra)))
    return _built(drafts)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A parsed file, able to say where in it something stands."""

    path: str
    lines: tuple[str, ...]
    tables: Mapping[str, Any]

    def refuse(self, message: str, at: tuple[str, ...], hint: str = "") -> BadInput:
        return BadInput(f"{self.path}, line {self._line(at)}: {message}", hint=hint)

    def _line(self, at: tuple[str, ...]) -> int:
        """The line where the last part of `at` (kind, name, field, value) is first seen below the line of the one before."""
        number = 0
        for pattern in _patterns(at):
            found = next((n for n, line in enumerate(self.lines[number:], number) if re.search(pattern, line)), number)
            number = found
        return number + 1


def _patterns(at: tuple[str, ...]) -> Iterator[str]:
    kind, *rest = map(re.escape, at)
    if not rest:
        yield rf"^\s*\[?\s*{kind}\b"
    if rest:
        name = rf"[\"']?{rest[0]}[\"']?"
        yield rf"^\s*(?:\[\s*{kind}\s*\.\s*{name}\s*[.\]]|(?:{kind}\s*\.\s*)?{name}\s*[.=])"
    if len(rest) > 1:
        yield rf"(?:^|[.{{,])\s*{rest[1]}\s*="
    if len(rest) > 2:
        yield rf"[\"']{rest[2]}[\"']"


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"the ontology {str(path)!r} cannot be read: {error}", hint="Name a TOML file in UTF-8.") from error


def _read(path: str, text: str) -> _Draft:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        told = re.sub(r" \(at [^)]*\)$", "", str(error))
        raise BadInput(f"{path}, line {_line_of(error, text)}: not TOML: {told}", hint="See https://toml.io for the syntax.") from error
    draft = _Draft(path, tuple(text.split("\n")), tables)
    for kind, of_kind in tables.items():
        _check_tables(draft, kind, of_kind)
    return draft


def _line_of(error: tomllib.TOMLDecodeError, text: str) -> int:
    """Of a list without its end the parser names the place where it noticed: whatever comes next."""
    found = re.search(r"at line (\d+)", str(error))
    lines = text.rstrip().split("\n")
    number = int(found.group(1)) if found else len(lines)
    if "Unclosed array" in str(error):
        number = next((n for n in range(min(number - 1, len(lines)), 0, -1) if lines[n - 1].strip()), number)
    return number


_SCHEMA: Mapping[str, Mapping[str, type]] = MappingProxyType(
    {
        "types": {"parent": str, "also": str},
        "relations": {
            "label": str,
            "subject": list,
            "object": list,
            "exclusive": str,
            "symmetric": bool,
            "inverse": str,
            "ends": list,
            "closes": list,
            "closes_all": list,
            "sets": str,
            "event": bool,
            "surface": list,
            "examples": list,
        },
    }
)
_WORDS = {str: "a text", bool: "true or false", list: "a list of texts"}
_SIDES: Mapping[str, Side | None] = MappingProxyType({**{side.value: side for side in Side}, "none": None})
_ADDED = ("surface", "examples")
"""Fields that a second file adds to; the others it replaces."""


def _check_tables(draft: _Draft, kind: str, of_kind: object) -> None:
    if kind not in _SCHEMA or not isinstance(of_kind, dict):
        raise draft.refuse(f"unknown table {kind!r}", (kind,), "Tables are [types.NAME] and [relations.NAME].")
    for name, table in of_kind.items():
        if not isinstance(table, dict):
            raise draft.refuse(f"{name!r} is not a table", (kind, name), f"Write [{kind}.{name}].")
        if kind == "relations" and snake(name) != name:
            raise draft.refuse(f"the relation name {name!r} is not lower snake case", (kind, name), f"Call it {snake(name)!r}.")
        for field, value in table.items():
            _check_field(draft, (kind, name, field), value)


def _check_field(draft: _Draft, at: tuple[str, str, str], value: object) -> None:
    kind, _, field = at
    wanted = _SCHEMA[kind].get(field)
    if wanted is None:
        raise draft.refuse(f"unknown field {field!r}", at, f"Fields of {kind} are {', '.join(_SCHEMA[kind])}.")
    fits = isinstance(value, wanted) and (not isinstance(value, list) or all(isinstance(item, str) for item in value))
    if not fits:
        raise draft.refuse(f"{field} is {value!r}", at, f"It is {_WORDS[wanted]}.")
    if field == "exclusive" and value not in _SIDES:
        raise draft.refuse(f"exclusive is {value!r}", at, f"It is one of {', '.join(_SIDES)}.")


def _built(drafts: list[_Draft]) -> Ontology:
    types = {name: EntityType(name, **table) for name, table in _merged(drafts, "types").items()}
    relations = {name: _relation(drafts, name, table) for name, table in _merged(drafts, "relations").items()}
    _check_types(drafts, types)
    for relation in relations.values():
        _check_relation(drafts, relation, relations, types)
    surfaces = _surfaces(drafts, relations)
    return Ontology(MappingProxyType(types), MappingProxyType(relations), MappingProxyType(surfaces), _hash(relations))


def _merged(drafts: list[_Draft], kind: str) -> dict[str, dict[str, Any]]:
    merged: dict[str, dict[str, Any]] = {}
    for draft in drafts:
        for name, table in draft.tables.get(kind, {}).items():
            known = merged.setdefault(name, {})
            added = {field: [*known.get(field, ()), *table[field]] for field in _ADDED if field in table}
            known.update({**table, **added})
    return merged


def _relation(drafts: list[_Draft], name: str, table: Mapping[str, Any]) -> Relation:
    if "label" not in table:
        at = ("relations", name)
        raise _where(drafts, *at).refuse(f"the relation {name!r} has no label", at, 'Add label = "…": the words that read as a fact.')
    values: dict[str, Any] = {field: tuple(dict.fromkeys(value)) if isinstance(value, list) else value for field, value in table.items()}
    return Relation(name, **{**values, "exclusive": _SIDES[table.get("exclusive", "none")]})


def _where(drafts: list[_Draft], kind: str, name: str, field: str = "", value: str = "") -> _Draft:
    """The last file that says this of it."""

    def says(draft: _Draft) -> bool:
        table = draft.tables.get(kind, {}).get(name)
        return table is not None and (not field or field in table) and (not value or value == table[field] or value in table[field])

    return next((draft for draft in reversed(drafts) if says(draft)), drafts[-1])


def _check_types(drafts: list[_Draft], types: Mapping[str, EntityType]) -> None:
    for type_ in types.values():
        at = ("types", type_.name, "parent", type_.parent or "")
        if type_.parent is not None and type_.parent not in types:
            raise _where(drafts, *at).refuse(f"unknown type {type_.parent!r}", at, f"Types are {', '.join(types)}.")
        if type_.parent is not None and type_.name in _ancestry(type_.parent, types):
            raise _where(drafts, *at).refuse(f"the type {type_.name!r} is its own ancestor", at, "Break the circle of parents.")
        if type_.also is not None and type_.also not in types:
            at = ("types", type_.name, "also", type_.also)
            raise _where(drafts, *at).refuse(f"unknown type {type_.also!r}", at, f"Types are {', '.join(types)}.")


def _ancestry(type_: str, types: Mapping[str, EntityType]) -> dict[str, None]:
    """The type and its parents, nearest first; it ends where a circle would close."""
    line: dict[str, None] = {}
    at: str | None = type_
    while at is not None and at not in line:
        line[at] = None
        at = types[at].parent if at in types else None
    return line


def _check_relation(drafts: list[_Draft], relation: Relation, relations: Mapping[str, Relation], types: Mapping[str, EntityType]) -> None:
    def refuse(field: str, value: str, message: str, hint: str) -> BadInput:
        at = ("relations", relation.name, field, value)
        return _where(drafts, *at).refuse(message, at, hint)

    for field, named in (("subject", relation.subject), ("object", relation.object)):
        for type_ in named:
            if type_ not in types:
                raise refuse(field, type_, f"unknown type {type_!r}", f"Types are {', '.join(types)}.")
    for field, others in (("inverse", (relation.inverse,)), ("sets", (relation.sets,)), *_closing(relation)):
        for other in others:
            if other is not None and other not in relations:
                raise refuse(field, other, f"unknown relation {other!r}", f"Add [relations.{other}].")
            if other is not None and (relations[other].inverse or relations[other].sets or relations[other].ends):
                raise refuse(field, other, f"{other!r} is not stored under that name itself", "Name the relation it leads to.")
    if relation.symmetric and relation.exclusive:
        raise refuse("exclusive", relation.exclusive, "a symmetric relation has no exclusive side", "Leave one of the two out.")


def _closing(relation: Relation) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "ends", relation.ends
    yield "closes", relation.closes
    yield "closes_all", relation.closes_all


def _surfaces(drafts: list[_Draft], relations: Mapping[str, Relation]) -> dict[str, str]:
    surfaces: dict[str, str] = {}
    for relation in relations.values():
        for field, words in _phrases(relation):
            first = surfaces.setdefault(_folded(words), relation.name)
            if first != relation.name:
                at = ("relations", relation.name, field, words)
                raise _where(drafts, *at[: 2 if field == "name" else 4]).refuse(
                    f"{words!r} already stands for {first!r}", at, "One phrase means one relation: choose."
                )
    return surfaces


def _phrases(relation: Relation) -> Iterator[tuple[str, str]]:
    yield "name", relation.name
    yield "label", relation.label
    for words in relation.surface:
        yield "surface", words


def _folded(words: str) -> str:
    return " ".join(words.replace("_", " ").replace("\u2019", "'").casefold().split())


def _hash(relations: Mapping[str, Relation]) -> str:
    deciding = {f.name for f in fields(Relation)} - {"name", "label", "subject", "object", "surface", "examples"}
    content = {name: {field: getattr(relation, field) for field in sorted(deciding)} for name, relation in sorted(relations.items())}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]
