"""The lines of a file taken together: each fits those before it, and nothing is named that is not there. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from graph.archive import (
    FORMAT,
    UNCHANGED,
    AssertionLine,
    ChangeLine,
    EndLine,
    EntityLine,
    EpisodeLine,
    FactLine,
    GroupLine,
    Line,
    MentionLine,
    ReviewLine,
    SessionLine,
    WorkLine,
    decoded,
)
from graph.errors import BadInput
from graph.model import Assertion, Change, Review, Space, Work


@dataclass(frozen=True, slots=True)
class Archive:
    """The lines of a file, by kind, each in the order of the file; all that one names is there."""

    head: GroupLine
    sessions: Mapping[str, SessionLine]
    works: Mapping[str, Work]
    episodes: Mapping[str, EpisodeLine]
    entities: Mapping[str, EntityLine]
    assertions: Mapping[str, Assertion]
    facts: Mapping[str, FactLine]
    mentions: Sequence[MentionLine]
    reviews: Sequence[Review]
    changes: Sequence[Change]


def gathered(lines: Iterable[Line], name: str | None = None, space: Space | None = None) -> Archive:
    """The lines as an archive of the group `name` (None: of the name they have). Raises BadInput naming the line that does not fit,
    also where the vectors are not of `space` (None: any will do).
    """
    gathering = _Gathering(name, space)
    for number, line in enumerate(lines, start=1):
        gathering.add(number, line)
    return gathering.archive()


class _Gathering:
    def __init__(self, name: str | None, space: Space | None) -> None:
        self._name = name
        self._space = space
        self._head: GroupLine | None = None
        self._found: defaultdict[type, dict[str, Any]] = defaultdict(dict)
        self._number = 0
        self._ended = False

    def add(self, number: int, line: Line) -> None:
        self._number = number
        if isinstance(line, GroupLine):
            self._begin(line)
            return
        if self._head is None:
            self._refuse("the first line is not that of a group")
        if self._ended:
            self._refuse("a line stands after the end")
        if isinstance(line, EndLine):
            self._end(line)
            return
        if isinstance(line, EntityLine) and not line.versions:
            self._refuse("an entity has no versions")
        self._require_dimension(line)
        key, value = _keyed(line, self._name or "")
        if key in self._found[type(line)]:
            self._refuse(f"{key!r} was there before")
        for kind, uuid in _named(line):
            if uuid not in self._found[kind]:
                self._refuse(f"it names {uuid!r}, which no line before has")
        self._found[type(line)][key] = value

    def archive(self) -> Archive:
        if self._head is None:
            raise BadInput("the file is empty", hint=UNCHANGED)
        if not self._ended:
            raise BadInput(f"the file breaks off after line {self._number}: its last line is not the end", hint=UNCHANGED)
        found = self._found
        changes = list(found[ChangeLine].values())
        if [c.seq for c in changes] != list(range(1, len(changes) + 1)):
            raise BadInput("the changes are not numbered from 1 on without a gap", hint=UNCHANGED)
        return Archive(
            head=self._head,
            sessions={line.name: line for line in found[SessionLine].values()},
            works=found[WorkLine],
            episodes=found[EpisodeLine],
            entities=found[EntityLine],
            assertions=found[AssertionLine],
            facts=found[FactLine],
            mentions=list(found[MentionLine].values()),
            reviews=list(found[ReviewLine].values()),
            changes=changes,
        )

    def _begin(self, line: GroupLine) -> None:
        if self._number != 1:
            self._refuse("a group begins in the middle of the file")
        if line.palimpsest != FORMAT:
            self._refuse(f"the format is {line.palimpsest}, and this Palimpsest reads {FORMAT}")
        if self._space is not None and line.space not in (None, self._space):
            raise BadInput(
                f"the vectors in the file were made by {line.space.embedder!r} ({line.space.dimension} numbers), "
                f"and this service embeds with {self._space.embedder!r} ({self._space.dimension})",
                hint="Import it with the PALIMPSEST_EMBEDDER that it was exported with; then run: palimpsest reembed",
            )
        self._name = line.name if self._name is None else self._name
        self._head = replace(line, name=self._name)

    def _end(self, line: EndLine) -> None:
        if line.lines != self._number - 1:
            self._refuse(f"{line.lines} lines should stand before the end, and {self._number - 1} do")
        self._ended = True

    def _require_dimension(self, line: Line) -> None:
        if not isinstance(line, EpisodeLine | EntityLine | FactLine) or line.vector is None or self._space is None:
            return
        try:
            numbers = len(decoded(line.vector))
        except ValueError:
            self._refuse("its vector is not the Base64 of 32-bit floats")
        if numbers != self._space.dimension:
            self._refuse(f"its vector has {numbers} numbers, and this embedder's have {self._space.dimension}")

    def _refuse(self, what: str) -> NoReturn:
        raise BadInput(f"line {self._number}: {what}", hint=UNCHANGED)


def _keyed(line: Line, group: str) -> tuple[str, Any]:
    """What identifies a line among those of its kind, and what is kept of it, in the group that is imported to."""
    if isinstance(line, EntityLine):
        return line.versions[0].uuid, replace(line, versions=tuple(replace(v, group=group) for v in line.versions))
    if isinstance(line, EpisodeLine):
        return line.episode.uuid, replace(line, episode=replace(line.episode, group=group))
    if isinstance(line, FactLine):
        return line.fact.uuid, replace(line, fact=replace(line.fact, group=group))
    if isinstance(line, MentionLine):
        return f"{line.episode} {line.entity}", line
    if isinstance(line, SessionLine):
        return line.uuid, line
    record = _record(line)
    return record.uuid, replace(record, group=group)


def _record(line: Line) -> Work | Assertion | Review | Change:
    match line:
        case WorkLine(_, work):
            return work
        case AssertionLine(_, assertion):
            return assertion
        case ReviewLine(_, review):
            return review
        case ChangeLine(_, change):
            return change
    raise AssertionError("the other lines are more than one record")


def _named(line: Line) -> list[tuple[type, str]]:
    """The records that a line names, which must stand before it."""
    match line:
        case EpisodeLine():
            return [(WorkLine, line.episode.work or "")]
        case AssertionLine(_, a):
            ends = [(EntityLine, a.subject), (EntityLine, a.object)]
            return [*ends, *([(EpisodeLine, a.episode)] if a.episode is not None else [])]
        case FactLine(_, f):
            return [(EntityLine, f.subject), (EntityLine, f.object), *((AssertionLine, uuid) for uuid in f.assertions)]
        case MentionLine():
            return [(EpisodeLine, line.episode), (EntityLine, line.entity)]
        case ChangeLine(_, c):
            return [(FactLine, uuid) for uuid in c.facts] + ([(WorkLine, c.work)] if c.work is not None else [])
    return []
