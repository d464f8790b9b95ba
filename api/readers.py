"""Files to remember, by format: each is read and checked whole before anything is sent."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from graph import keep
from graph.errors import BadInput
from graph.inputs import DocumentInput, MessageInput
from graph.parts import Limits

FIELDS: Mapping[str, tuple[type, str]] = {
    "session": (str, "text"),
    "role": (str, "text"),
    "name": (str, "text"),
    "content": (str, "text"),
    "at": (str, "text"),
    "id": (str, "text"),
    "metadata": (dict, "an object"),
}
REQUIRED = ("role", "content")
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A message of a file and the session it belongs to; `where` names its file and line."""

    session: str
    message: MessageInput
    where: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of a file."""

    session: str | None
    document: DocumentInput
    where: str


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller says about all files: a session and a time for what names none, and the sizes allowed."""

    session: str | None = None
    at: str | None = None
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Material:
    """All that was read, in the order of the files."""

    lines: tuple[Line, ...] = ()
    papers: tuple[Paper, ...] = ()


def read_files(paths: Sequence[Path], given: Given) -> Material:
    """Everything in `paths`, checked as the service would. Raises BadInput naming file, line and value."""
    lines: list[Line] = []
    papers: list[Paper] = []
    for path in paths:
        for item in _reader(path)(path, _text(path), given):
            if isinstance(item, Line):
                lines.append(item)
            else:
                papers.append(item)
    _refuse_two_contents(lines)
    return Material(tuple(lines), tuple(papers))


def by_session(lines: Sequence[Line]) -> Mapping[str, Sequence[Line]]:
    """The lines of each session in their order, sessions in the order of their first line."""
    sessions: dict[str, list[Line]] = {}
    for line in lines:
        sessions.setdefault(line.session, []).append(line)
    return sessions


def _reader(path: Path) -> "Reader":
    try:
        return READERS[path.suffix.lower()]
    except KeyError as error:
        formats = ", ".join(READERS)
        raise BadInput(f"{str(path)!r} is of no known format", hint=f"Known by their endings: {formats}.", field=str(path)) from error


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except FileNotFoundError as error:
        raise BadInput(f"there is no file {str(path)!r}", field=str(path)) from error
    except OSError as error:
        raise BadInput(f"{str(path)!r} cannot be read: {error.strerror}", field=str(path)) from error
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInput(
            f"{path} line {line}: {data[error.start : error.end]!r} is not UTF-8", hint="Save the file as UTF-8.", field=str(path)
        ) from error
    if not text.strip():
        raise BadInput(f"{str(path)!r} is empty", hint="Nothing was imported.", field=str(path))
    return text


def read_json_lines(path: Path, text: str, given: Given) -> Iterable[Line]:
    """One message a line: {"session", "role", "name", "content", "at", "id", "metadata"}; role and content are needed.

    A line without an id gets one made of its session, its place in the session and all it says: the same file read
    again, or a file that only grew, gives the same ids.
    """
    places: Counter[str] = Counter()
    for number, row in enumerate(text.split("\n"), start=1):
        if row.strip():
            where = f"{path} line {number}"
            record = _record(row, where)
            session = record.get("session") or given.session or path.stem
            yield _line(record, session, places[session], _Origin(where, given))
            places[session] += 1


@dataclass(frozen=True, slots=True)
class _Origin:
    where: str
    given: Given


def _record(row: str, where: str) -> dict[str, Any]:
    try:
        record = orjson.loads(row)
    except orjson.JSONDecodeError as error:
        raise BadInput(
            f"{where}: {_short(row.strip())!r} is not complete JSON ({error})", hint="One JSON object a line.", field=where
        ) from error
    if not isinstance(record, dict):
        raise BadInput(f"{where}: {_short(row.strip())!r} is not a JSON object", hint="One JSON object a line.", field=where)
    for name, value in record.items():
        _check_field(name, value, where)
    for name in REQUIRED:
        if record.get(name) is None:
            raise BadInput(
                f"{where}: {name!r} is missing in {_short(row.strip())!r}", hint=f"Each line needs {' and '.join(REQUIRED)}.", field=where
            )
    return record


def _check_field(name: str, value: Any, where: str) -> None:
    if name not in FIELDS:
        raise BadInput(f"{where}: {name!r} is not a field", hint=f"Fields are {', '.join(FIELDS)}; put others under metadata.", field=where)
    kind, words = FIELDS[name]
    if value is not None and not isinstance(value, kind):
        raise BadInput(
            f"{where}: {name!r} is {_short(orjson.dumps(value).decode())}, not {words}", hint=f"Write {words} there.", field=where
        )


def _line(record: Mapping[str, Any], session: str, place: int, origin: _Origin) -> Line:
    said_at = record.get("at") or origin.given.at
    parts = (session, str(place), record["role"], record.get("name"), record.get("at"), record["content"])
    message = MessageInput(
        role=record["role"],
        content=record["content"],
        name=record.get("name"),
        id=record.get("id") or _made_id("line", parts),
        said_at=said_at,
        metadata=record.get("metadata") or {},
    )
    _checked(lambda: keep.message_episodes(origin.given.limits, _place(session), [message], {}), origin.where)
    return Line(session, message, origin.where)


def read_document(path: Path, text: str, given: Given) -> Iterable[Paper]:
    """The whole file as one document titled with its name; its id is made of title and content."""
    document = DocumentInput(content=text, title=path.stem, id=_made_id("text", (path.stem, text)), said_at=given.at)
    _checked(lambda: keep.document_episode(given.limits, _place(given.session), document), str(path))
    yield Paper(given.session, document, str(path))


def _checked(check: Callable[[], object], where: str) -> None:
    try:
        check()
    except BadInput as error:
        raise BadInput(f"{where}: {error.message}", hint=error.hint, field=where) from error


def _place(session: str | None) -> keep.Place:
    return keep.Place("", session, datetime.now(UTC), "UTC")


def _made_id(kind: str, parts: Iterable[str | None]) -> str:
    digest = hashlib.sha256("\x1f".join(part or "" for part in parts).encode("utf-8", "surrogatepass"))
    return f"{kind}-{digest.hexdigest()[:24]}"


def _refuse_two_contents(lines: Sequence[Line]) -> None:
    first: dict[str | None, Line] = {}
    for line in lines:
        before = first.setdefault(line.message.id, line)
        if (before.session, before.message) != (line.session, line.message):
            raise BadInput(
                f"{line.where}: the id {line.message.id!r} stands at {before.where} too, with other content",
                hint="Ids are unique within a group.",
                field=line.where,
            )


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


Reader = Callable[[Path, str, Given], Iterable[Line | Paper]]

READERS: Mapping[str, Reader] = {
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".txt": read_document,
    ".md": read_document,
}
"""To take a new format, write a function of this type and name its ending here."""
