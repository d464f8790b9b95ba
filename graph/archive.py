"""An archive: a group as lines of JSON, whatever store it is in, a line a record.

The lines hold the state with its history on both clocks: `graph.export` reads them from a store, `graph.restore` makes a group of
them again.
"""

import base64
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

import numpy as np
from pydantic import Field, TypeAdapter, ValidationError

from graph.errors import BadInput
from graph.model import Assertion, Change, Entity, Episode, Fact, GroupSettings, Review, Space, Vector, Work

FORMAT = 1
UNCHANGED = "Import a file that `palimpsest export` wrote, as it was written."
_FLOATS = np.dtype("<f4")


@dataclass(frozen=True, slots=True)
class GroupLine:
    """The first line. `palimpsest` is the version of the format."""

    kind: Literal["group"]
    palimpsest: int
    name: str
    settings: GroupSettings
    created_at: datetime
    last_at: datetime
    ontology_hash: str | None = None
    space: Space | None = None


@dataclass(frozen=True, slots=True)
class SessionLine:
    kind: Literal["session"]
    uuid: str
    name: str
    title: str | None


@dataclass(frozen=True, slots=True)
class WorkLine:
    kind: Literal["work"]
    work: Work


@dataclass(frozen=True, slots=True)
class EpisodeLine:
    """In the order they were kept. `vector` is the Base64 of 32-bit floats, little-endian."""

    kind: Literal["episode"]
    episode: Episode
    vector: str | None


@dataclass(frozen=True, slots=True)
class EntityLine:
    """All that an entity was ever recorded as, oldest first."""

    kind: Literal["entity"]
    versions: tuple[Entity, ...]
    vector: str | None


@dataclass(frozen=True, slots=True)
class AssertionLine:
    kind: Literal["assertion"]
    assertion: Assertion


@dataclass(frozen=True, slots=True)
class FactLine:
    kind: Literal["fact"]
    fact: Fact
    vector: str | None


@dataclass(frozen=True, slots=True)
class MentionLine:
    kind: Literal["mention"]
    episode: str
    entity: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class ReviewLine:
    kind: Literal["review"]
    review: Review


@dataclass(frozen=True, slots=True)
class ChangeLine:
    kind: Literal["change"]
    change: Change


@dataclass(frozen=True, slots=True)
class EndLine:
    """The last line, so that a file that was cut is not taken for whole: how many lines stand before it."""

    kind: Literal["end"]
    lines: int


Line = (
    EndLine
    | GroupLine
    | SessionLine
    | WorkLine
    | EpisodeLine
    | EntityLine
    | AssertionLine
    | FactLine
    | MentionLine
    | ReviewLine
    | ChangeLine
)
_LINE: TypeAdapter[Line] = TypeAdapter(Annotated[Line, Field(discriminator="kind")])


def written(line: Line) -> bytes:
    """With the line's end. Of whom an assertion was said stands as its ends."""
    return _LINE.dump_json(line, exclude={"assertion": {"said_of"}}) + b"\n"


def parsed(text: bytes, number: int) -> Line:
    """Raises BadInput naming the line and what is wrong with it."""
    try:
        return _LINE.validate_json(text, strict=False)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the line"
        raise BadInput(f"line {number}: {where}: {first['msg']}", hint=UNCHANGED) from error
    except BadInput as error:
        raise BadInput(f"line {number}: {error.message}", hint=error.hint) from error


def encoded(vector: Vector | None) -> str | None:
    return None if vector is None else base64.b64encode(np.asarray(vector, _FLOATS).tobytes()).decode()


def decoded(text: str) -> Vector:
    return np.frombuffer(base64.b64decode(text), _FLOATS).astype(np.float32)
