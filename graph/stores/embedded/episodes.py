"""Reads of sessions and episodes."""

import heapq
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from graph.model import Episode, Session
from graph.stores.cursors import HIGHEST, LOWEST, Keyset
from graph.stores.embedded import rows
from graph.stores.embedded.queries import entities as entity_sql
from graph.stores.embedded.queries import episodes as sql
from graph.stores.embedded.view import View, listed
from graph.views import Page, Slice

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
    """The last said first, each once, of the entity and of those that are one with it."""
    ones = [uuid for (uuid,) in view.rows(db, entity_sql.ONES, entity=entity)]
    found = [view.rows(db, sql.MENTIONS_OF, entity=uuid, **MENTIONS.params(page)) for uuid in ones]
    once = {row[1]: row for row in heapq.merge(*found, key=lambda row: (row[0], row[1]), reverse=True)}
    return MENTIONS.slice(list(once.values())[: page.first + 1], page, lambda row: rows.episode(view.group, row))


def mentioned_in(db: sqlite3.Connection, view: View, uuids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    found = defaultdict(list)
    for episode, entity in view.rows(db, sql.MENTIONED_IN, uuids=listed(uuids)):
        found[episode].append(entity)
    return {episode: tuple(dict.fromkeys(entities)) for episode, entities in found.items()}


def sessions(db: sqlite3.Connection, view: View, names: Sequence[str]) -> Mapping[str, Session]:
    return {row[1]: rows.session(view.group, row) for row in view.rows(db, sql.SESSIONS, names=listed(names))}


def list_sessions(db: sqlite3.Connection, view: View, page: Page) -> Slice[Session]:
    """In the order they were first heard of; their span as far as it was known."""
    found = view.rows(db, sql.LIST_SESSIONS, **SESSIONS.params(page))
    return SESSIONS.slice(found, page, lambda row: rows.session(view.group, row))


def _page(db: sqlite3.Connection, view: View, statement: str, keyset: Keyset, page: Page, **more: Any) -> Slice[Episode]:
    found = view.rows(db, statement, **keyset.params(page), **more)
    return keyset.slice(found, page, lambda row: rows.episode(view.group, row))
