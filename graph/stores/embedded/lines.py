"""Sessions as lines of episodes: what stands beside each is looked up on the line, where that is kept, and else in the file."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import orjson

from graph.stores.embedded import rows
from graph.stores.embedded.memo import Kind, Memo
from graph.stores.embedded.queries import episodes as sql
from graph.stores.embedded.view import View, listed
from graph.stores.making import maker
from graph.views import EpisodeNode

LONGEST = 128
"""Episodes of a session up to which all of its line is read; of a longer one only what is around those asked for."""

Place = tuple[int, int | None]
"""The row ids of an episode and of its session."""
Key = tuple[int, int]
"""The row ids of a session, and of the last episode of its group: when another is kept, the line is another."""


@dataclass(frozen=True, slots=True)
class Line:
    """A session's episodes in order, as row ids; none where it is too long. The last of them to be recorded was so at `recorded_by`."""

    ids: tuple[int, ...] = ()
    recorded_by: int = 0
    places: dict[int, int] = field(init=False)
    nodes: dict[int, EpisodeNode] = field(default_factory=dict)
    """Those made so far, by place."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", {id_: place for place, id_ in enumerate(self.ids)})

    def make(self, places: Iterable[int], met: Mapping[int, rows.Row]) -> None:
        """The nodes at these places, of rows that are there for them and for the places beside them."""
        ids, last = self.ids, len(self.ids) - 1
        for place in places:
            previous, following = ids[place - 1] if place else None, ids[place + 1] if place < last else None
            self.nodes[place] = _node(met, ids[place], previous, following)


PLACES: Kind[str, Place] = Kind(lambda place: 250, lasts=True)
NODES: Kind[int, rows.Row] = Kind(lambda row: 500, lasts=True)
LINES: Kind[Key, Line] = Kind(lambda line: 500 + 700 * len(line.ids))

_made = maker(EpisodeNode)


def around(db: sqlite3.Connection, view: View, uuids: Sequence[str], radius: int, memo: Memo) -> dict[str, EpisodeNode]:
    """These episodes, and so many neighbours of each on either side."""
    found = memo.of(view, PLACES, uuids, lambda missing: _places(db, view, missing))
    lines = _lines(db, view, dict.fromkeys(session for _, session in found.values() if session is not None), memo)
    near: dict[int, set[int]] = {session: set() for session in lines}
    elsewhere = []
    for uuid, (id_, session) in found.items():
        line = None if session is None else lines.get(session)
        if session is not None and line is not None:
            place = line.places[id_]
            near[session].update(range(max(place - radius, 0), min(place + radius + 1, len(line.ids))))
        else:
            elsewhere.append(uuid)
    on_lines = _on_lines(db, view, [(lines[session], places) for session, places in near.items()], memo)
    return on_lines | (_looked_up(db, view, elsewhere, radius, memo) if elsewhere else {})


def _places(db: sqlite3.Connection, view: View, uuids: Sequence[str]) -> dict[str, Place]:
    return {uuid: (id_, session) for uuid, id_, session in view.rows(db, sql.HOMES, uuids=listed(uuids))}


def _lines(db: sqlite3.Connection, view: View, sessions: Iterable[int], memo: Memo) -> dict[int, Line]:
    """The lines of these sessions that are short enough, and had no other episode at the known time."""
    ((last,),) = view.rows(db, sql.LAST)

    def read(keys: Iterable[Key]) -> dict[Key, Line]:
        return {key: _line(view.rows(db, sql.LINE, session=key[0], n=LONGEST + 1)) for key in keys}

    kept = memo.of(view, LINES, [(session, last) for session in sessions], read)
    return {session: line for (session, _), line in kept.items() if line.ids and line.recorded_by <= view.known}


def _line(found: Sequence[rows.Row]) -> Line:
    if len(found) > LONGEST:
        return Line()
    return Line(tuple(id_ for id_, _ in found), max((recorded for _, recorded in found), default=0))


def _on_lines(db: sqlite3.Connection, view: View, near: Sequence[tuple[Line, set[int]]], memo: Memo) -> dict[str, EpisodeNode]:
    """The nodes at places of lines."""
    lacking = [(line, places) for line, wanted in near if (places := wanted.difference(line.nodes))]
    if lacking:
        ids = {id_ for line, places in lacking for place in places for id_ in line.ids[max(place - 1, 0) : place + 2]}
        met = _rows(db, view, ids, memo)
        for line, places in lacking:
            line.make(places, met)
    nodes = [node for line, wanted in near for node in map(line.nodes.__getitem__, wanted)]
    return {node.uuid: node for node in nodes}


def _looked_up(db: sqlite3.Connection, view: View, uuids: Sequence[str], radius: int, memo: Memo) -> dict[str, EpisodeNode]:
    """One step more than the radius is read on either side, so that the outermost know their neighbours too."""
    near: dict[int, None] = {}
    following: dict[int, int] = {}
    for id_, before, after in view.rows(db, sql.PLACES, uuids=listed(uuids), n=radius + 1):
        back, on = orjson.loads(before), orjson.loads(after)
        line = [*reversed(back), id_, *on]
        following.update(pairwise(line))
        at = len(back)
        near.update(dict.fromkeys(line[max(at - radius, 0) : at + radius + 1]))
    previous = {after: before for before, after in following.items()}
    met = _rows(db, view, near.keys() | following.keys() | previous.keys(), memo)
    nodes = (_node(met, id_, previous.get(id_), following.get(id_)) for id_ in near)
    return {node.uuid: node for node in nodes}


def _rows(db: sqlite3.Connection, view: View, ids: Iterable[int], memo: Memo) -> dict[int, rows.Row]:
    return memo.of(view, NODES, ids, lambda missing: {row[0]: row for row in view.rows(db, sql.NODES, ids=listed(missing))})


def _node(met: Mapping[int, rows.Row], id_: int, previous: int | None, following: int | None) -> EpisodeNode:
    _, uuid, session, speaker, instant, length, asks = met[id_]
    before, after = None if previous is None else met[previous][1], None if following is None else met[following][1]
    return _made(uuid, session, speaker, rows.moment(instant), before, after, length, bool(asks))
