"""Opaque global ids: the kind, the group and the uuid of a thing, in one URL-safe text."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass
from enum import StrEnum

import orjson
import strawberry

from graph.errors import BadInput


class Kind(StrEnum):
    """What an id stands for: the names of the types that implement Node."""

    GRAPH = "Graph"
    GROUP = "Group"
    ENTITY = "Entity"
    FACT = "Fact"
    EPISODE = "Episode"
    SESSION = "Session"
    CHANGE = "Change"
    REVIEW = "Review"
    WORK = "Work"


PARTS = {Kind.GRAPH: 2, Kind.GROUP: 0}
"""How many parts follow the group, where it is not the one uuid: a Graph has its `asOf` as given, on both clocks."""


@dataclass(frozen=True, slots=True)
class GlobalId:
    """`parts` is (uuid,) - for a Session its name -, nothing for a Group, and (valid, known) for a Graph."""

    kind: Kind
    group: str
    parts: tuple[str | None, ...] = ()

    @property
    def uuid(self) -> str:
        return self.parts[0] or ""

    @property
    def text(self) -> strawberry.ID:
        packed = orjson.dumps([self.kind, self.group, *self.parts])
        return strawberry.ID(urlsafe_b64encode(packed).rstrip(b"=").decode())


def global_id(kind: Kind, group: str, uuid: str) -> GlobalId:
    return GlobalId(kind, group, (uuid,))


def parse_id(text: str) -> GlobalId:
    """The id that `GlobalId.text` wrote. Raises BadInput naming the text."""
    try:
        found = _unpacked(text)
    except (ValueError, TypeError, Base64Error) as error:
        raise BadInput(f"{text!r} is not an id", hint="Send an id as this API answered it.", field="id") from error
    if found.text != text:
        raise BadInput(f"{text!r} is not an id", hint="Send an id as this API answered it.", field="id")
    return found


def parsed(text: str) -> GlobalId | None:
    """The same, with None for a text that is no id."""
    try:
        return parse_id(text)
    except BadInput:
        return None


def _unpacked(text: str) -> GlobalId:
    padded = text.encode("ascii") + b"=" * (-len(text) % 4)
    kind, group, *parts = orjson.loads(urlsafe_b64decode(padded))
    known = Kind(kind)
    texts = (str, type(None)) if known is Kind.GRAPH else (str,)
    if not isinstance(group, str) or len(parts) != PARTS.get(known, 1) or not all(isinstance(part, texts) for part in parts):
        raise ValueError(text)
    return GlobalId(known, group, tuple(parts))
