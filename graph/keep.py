"""From what a caller sends to the episodes that are kept: checked whole before anything is stored."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from graph.errors import BadInput
from graph.inputs import DocumentInput, MessageInput, When
from graph.model import Episode, EpisodeKind, Json
from graph.parts import Limits
from graph.time import in_utc, parse_period

ROLES = ("user", "assistant", "system", "tool")
LONGEST_NAME = 512
FIRST_YEAR, LAST_YEAR = 2, 9998
"""Beyond these, another zone or the next message would have no time."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where episodes go, the time of the call, and the group's time zone by name."""

    group: str
    session: str | None
    now: datetime
    timezone: str


def message_episodes(limits: Limits, place: Place, messages: Sequence[MessageInput], metadata: Mapping[str, Json]) -> list[Episode]:
    """Episodes of messages in the order given. Raises BadInput naming the first unusable value and its message."""
    if not messages:
        raise BadInput("there are no messages to add", hint="Send at least one message.", field="messages")
    if len(messages) > limits.messages:
        raise BadInput(
            f"{len(messages)} messages in one call are more than {limits.messages}", hint="Send them in several calls.", field="messages"
        )
    return [_message_episode(limits, place, message, metadata, f"messages[{n}]") for n, message in enumerate(messages)]


def _message_episode(limits: Limits, place: Place, message: MessageInput, metadata: Mapping[str, Json], field: str) -> Episode:
    if message.role not in ROLES:
        raise BadInput(f"{message.role!r} is not a role", hint=f"Use one of {', '.join(ROLES)}.", field=f"{field}.role")
    _require_text(message.content, f"{field}.content")
    require_size(message.content, limits.message_bytes, f"{field}.content", "Send it as a document, or raise PALIMPSEST_MAX_MESSAGE_BYTES.")
    return Episode(
        uuid=str(uuid4()),
        group=group_named(place.group),
        session=session_named(place.session),
        kind=EpisodeKind.MESSAGE,
        role=message.role,
        name=_optional(message.name, f"{field}.name"),
        content=message.content,
        said_at=said(message.said_at, place, f"{field}.saidAt"),
        instant=place.now,
        created_at=place.now,
        external_id=_optional(message.id, f"{field}.id"),
        metadata={**metadata, **message.metadata},
    )


def document_episode(limits: Limits, place: Place, document: DocumentInput) -> Episode:
    """The one episode of a document; its title stands as the episode's name."""
    if document.kind is EpisodeKind.MESSAGE:
        raise BadInput("a document is TEXT or JSON, not 'MESSAGE'", hint="Use addMessages for messages.", field="kind")
    _require_text(document.content, "content")
    require_size(document.content, limits.document_bytes, "content", "Send it in parts.")
    return Episode(
        uuid=str(uuid4()),
        group=group_named(place.group),
        session=session_named(place.session) if place.session is not None else None,
        kind=document.kind,
        role=None,
        name=_optional(document.title, "title"),
        content=document.content,
        said_at=said(document.said_at, place, "saidAt"),
        instant=place.now,
        created_at=place.now,
        external_id=_optional(document.id, "id"),
        metadata=dict(document.metadata),
    )


def said(when: When | None, place: Place, field: str) -> datetime:
    """`when` with the offset it was given in; a period is its first instant in the group's zone; None is the time of the call."""
    if when is None:
        return place.now
    at = _given(when, zone_named(place.timezone), field)
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        hint = "Send the time at which it was said."
        raise BadInput(f"{at.isoformat()!r} lies outside the years {FIRST_YEAR} to {LAST_YEAR}", hint=hint, field=field)
    return at


def _given(when: When, zone: ZoneInfo, field: str) -> datetime:
    if isinstance(when, datetime):
        in_utc(when)
        return when
    try:
        period = parse_period(when, zone)
    except BadInput as error:
        raise BadInput(error.message, hint=error.hint, field=field) from error
    return period.first.astimezone(zone) if needs_zone(when) else datetime.fromisoformat(when.strip())


def needs_zone(when: When | None) -> bool:
    """Whether it is a period of the calendar, which is another one in each time zone."""
    return isinstance(when, str) and len(when.strip()) <= len("2024-03-10")


def group_named(name: str) -> str:
    """Any name will do that can be stored and shown; the empty one is a Graphiti group."""
    require_short(name, "group")
    return name


def session_named(name: str | None) -> str:
    if not name or not name.strip():
        raise BadInput("the session has no name", hint="Name the conversation these messages belong to.", field="session")
    require_short(name, "session")
    return name


def zone_named(name: str) -> ZoneInfo:
    """A time zone by its IANA name. Raises BadInput naming it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadInput(f"{name!r} is not a time zone", hint="Use an IANA name such as Europe/Vienna.", field="timezone") from error


def _require_text(text: str, field: str) -> None:
    if not text.strip():
        raise BadInput(f"the content {text!r} is empty", hint="Leave the message out, or send what was said.", field=field)
    require_storable(text, field)


def require_size(text: str, most: int, field: str, hint: str = "") -> None:
    """Raises BadInput for more than `most` bytes."""
    size = len(text.encode())
    if size > most:
        raise BadInput(f"the {field.rpartition('.')[2]} has {size:,} bytes, and the limit is {most:,}", hint=hint, field=field)


def require_json(value: Mapping[str, Json], most: int, field: str) -> None:
    """Raises BadInput for what is not JSON, and for more than `most` bytes of it."""
    try:
        written = json.dumps(value, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError) as error:
        what = f"the {field.rpartition('.')[2]} are not JSON: {error}"
        raise BadInput(what, hint="Send an object of texts, finite numbers and lists.", field=field) from error
    require_storable(written, field)
    require_size(written, most, field)


def require_storable(text: str, field: str) -> None:
    """Raises BadInput for what no store can keep."""
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise BadInput("the text holds a NUL or half of a surrogate pair", hint="Send well-formed Unicode.", field=field)


def require_short(name: str, field: str) -> None:
    """Raises BadInput for what is too long for a name."""
    require_storable(name, field)
    if len(name) > LONGEST_NAME:
        raise BadInput(f"{name[:40]!r}… has {len(name)} characters, and the limit is {LONGEST_NAME}", field=field)


def _optional(name: str | None, field: str) -> str | None:
    if name is None or not name.strip():
        return None
    require_short(name, field)
    return name
