"""Reads of sessions and episodes."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.model import Episode, Session
from graph.stores.embedded import rows
from graph.stores.embedded.cursors import HIGHEST, LOWEST, Keyset
from graph.stores.embedded.queries import episodes as sql
from graph.stores.embedded.rows import Row
from graph.stores.embedded.view import View, listed
from graph.views import EpisodeNode, Page, Slice

BY_INSTANT = Keyset("episodes", LOWEST)
MENTIONS = Keyset("mentions", HIGHEST)
SESSIONS = Keyset("sessions", LOWEST)


def episodes(db: sqlite3.Connection, view: View, uuids: Sequence[str]) -> Mapping[str, Episode]:
    return {row[0]: rows.episode(view.group, row) for row in view.rows(db, sql.EPISODES, uuids=listed(uuids))}


def list_episodes(db: sqlite3.Connection, view: View, session: str | None, page: Page) -> Slice[Episode]:
    statement = sql.LIST_GROUP if session is None else sql.LIST_SESSION
    return _page(db, view, statement, BY_INSTANT, page, session=session)


def episodes_of_work(db: sqlite3.Connection, view: View, work: str) -> Sequence[Episode]:
    return [rows.episode(view.group, row) for row in view.rows(db, sql.OF_WORK, work=work)]


def mentions_of(db: sqlite3.Connection, view: View, entity: str, page: Page) -> Slice[Episode]:
    """The last said first."""
    return _page(db, view, sql.MENTIONS_OF, MENTIONS, page, entity=entity)


def mentioned_in(db: sqlite3.Connection, view: View, uuids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    found = defaultdict(list)
    for episode, entity in view.rows(db, sql.MENTIONED_IN, uuids=listed(uuids)):
        found[episode].append(entity)
    return {episode: tuple(entities) for episode, entities in found.items()}


def sessions(db: sqlite3.Connection, view: View, names: Sequence[str]) -> Mapping[str, Session]:
    return {row[1]: rows.session(view.group, row) for row in view.rows(db, sql.SESSIONS, names=listed(names))}


def list_sessions(db: sqlite3.Connection, view: View, page: Page) -> Slice[Session]:
    """In the order they were first heard of; their span as far as it was known."""
    found = view.rows(db, sql.LIST_SESSIONS, **SESSIONS.params(page))
    return SESSIONS.slice(found, page, lambda row: rows.session(view.group, row))


def _page(db: sqlite3.Connection, view: View, statement: str, keyset: Keyset, page: Page, **more: Any) -> Slice[Episode]:
    found = view.rows(db, statement, **keyset.params(page), **more)
    return keyset.slice(found, page, lambda row: rows.episode(view.group, row))


@dataclass(slots=True)
class _Neighbours:
    """Episodes met around some, and who stands beside whom."""

    met: dict[int, Row] = field(default_factory=dict)
    next: dict[int, int] = field(default_factory=dict)
    previous: dict[int, int] = field(default_factory=dict)

    def follow(self, found: Sequence[Row], forward: bool) -> dict[int, int]:
        """Walks from each first column through its row ids, nearest first; answers how many steps off each row was met."""
        steps: dict[int, int] = {}
        at, last, step = None, 0, 0
        for start, *node in found:
            if start != at:
                at, last, step = start, start, 0
            step += 1
            one, other = (last, node[0]) if forward else (node[0], last)
            self.next[one], self.previous[other] = other, one
            self.met[node[0]] = node
            steps[node[0]] = min(step, steps.get(node[0], step))
            last = node[0]
        return steps

    def node(self, id_: int) -> EpisodeNode:
        _, uuid, session, speaker, instant, length, asks = self.met[id_]
        previous, following = self.previous.get(id_), self.next.get(id_)
        return EpisodeNode(
            uuid=uuid,
            session=session,
            speaker=speaker,
            instant=rows.moment(instant),
            previous=self.met[previous][1] if previous is not None else None,
            next=self.met[following][1] if following is not None else None,
            length=length,
            asks=bool(asks),
        )


def around(db: sqlite3.Connection, view: View, uuids: Sequence[str], radius: int) -> Mapping[str, EpisodeNode]:
    """One step more than the radius is read on either side, so that the outermost know their neighbours too."""
    hits = view.rows(db, sql.NODES, uuids=listed(uuids))
    walked = _Neighbours({row[0]: row for row in hits})
    ids = listed(row[0] for row in hits)
    before = walked.follow(view.rows(db, sql.NODES_BEFORE, ids=ids, n=radius + 1), forward=False)
    after = walked.follow(view.rows(db, sql.NODES_AFTER, ids=ids, n=radius + 1), forward=True)
    near = [id_ for steps in (before, after) for id_, step in steps.items() if step <= radius]
    nodes = (walked.node(id_) for id_ in dict.fromkeys([*(row[0] for row in hits), *near]))
    return {node.uuid: node for node in nodes}
