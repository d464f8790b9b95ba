"""Reads of sessions and episodes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from graph.model import Episode, Session
from graph.stores.cursors import HIGHEST, LOWEST, Keyset
from graph.stores.neo4j import rows
from graph.stores.neo4j.database import Database
from graph.stores.neo4j.queries import episodes as cypher
from graph.stores.neo4j.view import View
from graph.views import Page, Slice

BY_INSTANT = Keyset("episodes", LOWEST)
MENTIONS = Keyset("mentions", HIGHEST)
SESSIONS = Keyset("sessions", LOWEST)


async def episodes(db: Database, view: View, uuids: Sequence[str]) -> Mapping[str, Episode]:
    found = await db.read(cypher.EPISODES, **view.params(uuids=list(uuids)))
    return {row[0]: rows.episode(view.group, row) for row in found}


async def list_episodes(db: Database, view: View, session: str | None, page: Page) -> Slice[Episode]:
    statement = cypher.LIST_GROUP if session is None else cypher.LIST_SESSION
    return await _page(db, view, statement, BY_INSTANT, page, session=session)


async def episodes_of_work(db: Database, view: View, work: str) -> Sequence[Episode]:
    return [rows.episode(view.group, row) for row in await db.read(cypher.OF_WORK, **view.params(work=work))]


async def mentions_of(db: Database, view: View, entity: str, page: Page) -> Slice[Episode]:
    """The last said first."""
    return await _page(db, view, cypher.MENTIONS_OF, MENTIONS, page, entity=entity)


async def mentioned_in(db: Database, view: View, uuids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    found = defaultdict(list)
    for episode, entity in await db.read(cypher.MENTIONED_IN, **view.params(uuids=list(dict.fromkeys(uuids)))):
        found[episode].append(entity)
    return {episode: tuple(dict.fromkeys(entities)) for episode, entities in found.items()}


async def sessions(db: Database, view: View, names: Sequence[str]) -> Mapping[str, Session]:
    found = await db.read(cypher.SESSIONS, **view.params(names=list(names)))
    return {row[1]: rows.session(view.group, row) for row in found}


async def list_sessions(db: Database, view: View, page: Page) -> Slice[Session]:
    """In the order they were first heard of; their span as far as it was known."""
    found = await db.read(cypher.LIST_SESSIONS, **view.params(**SESSIONS.params(page)))
    return SESSIONS.slice(found, page, lambda row: rows.session(view.group, row))


async def _page(db: Database, view: View, statement: str, keyset: Keyset, page: Page, **more: Any) -> Slice[Episode]:
    found = await db.read(statement, **view.params(**keyset.params(page), **more))
    return keyset.slice(found, page, lambda row: rows.episode(view.group, row))
