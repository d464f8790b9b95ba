"""The two scalars: DateTime, which callers may also write as a period, and JSON."""

from collections.abc import Mapping
from datetime import datetime
from typing import NewType

import orjson
from strawberry.scalars import JSON
from strawberry.types.scalar import ScalarDefinition

from graph.errors import BadInput
from graph.time import parse_period

WhenText = NewType("WhenText", str)
"""A time as the caller wrote it, well-formed; `graph.memory.Memory` reads it in the group's time zone."""


def _written(at: datetime) -> str:
    text = at.isoformat()
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text


def _read_time(value: object) -> str:
    if not isinstance(value, str):
        raise BadInput(f"{value!r} is not a time", hint='Write it as text, such as "2024-03-10T09:00:00Z" or "2024-03".')
    parse_period(value)
    return value


def _read_json(value: object) -> object:
    try:
        kept = orjson.loads(orjson.dumps(value))
    except (TypeError, ValueError) as error:
        raise BadInput(f"this JSON cannot be kept: {error}", hint="Send large numbers as texts.") from error
    if kept != value:
        raise BadInput("this JSON cannot be kept: a number in it is too large", hint="Send large numbers as texts.")
    return value


DATETIME = ScalarDefinition(
    name="DateTime",
    description=(
        "An instant. Answers are RFC 3339 with the full microseconds: in UTC, save `Episode.saidAt` and `Source.saidAt`, which keep the "
        "offset they were given with. Inputs are RFC 3339 with an offset (`2024-03-10T09:00:00+01:00`), or a period in the group's time "
        "zone: `2024`, `2024-03`, `2024-03-10`. In `asOf` a period means its last instant; as `at` and `invalidAt` its first; as "
        "`validAt` the period itself."
    ),
    specified_by_url=None,
    serialize=_written,
    parse_value=_read_time,
    parse_literal=None,
    origin=datetime,
)

JSON_VALUE = ScalarDefinition(
    name="JSON",
    description="Any JSON value.",
    specified_by_url="https://ecma-international.org/wp-content/uploads/ECMA-404_2nd_edition_december_2017.pdf",
    serialize=lambda value: value,
    parse_value=_read_json,
    parse_literal=None,
)

SCALARS: Mapping[object, ScalarDefinition] = {datetime: DATETIME, WhenText: DATETIME, JSON: JSON_VALUE}
