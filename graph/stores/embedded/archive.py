"""Reads of a group as a whole, a page of records at a time."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np

from graph.model import Entity, Vector, Work
from graph.stores.base import Contents
from graph.stores.embedded import rows
from graph.stores.embedded.matrices import Matrices
from graph.stores.embedded.queries import archive as sql
from graph.stores.embedded.vectors import Shelf
from graph.stores.embedded.view import View, listed


def contents(db: sqlite3.Connection, view: View) -> Contents:
    found = {table: tuple(uuid for (uuid,) in view.rows(db, statement)) for table, statement in sql.CONTENTS.items()}
    return Contents(
        episodes=found["episode"],
        entities=found["entity"],
        assertions=found["assertion"],
        facts=found["fact"],
        reviews=found["review"],
        changes=found["change"],
    )


def works(db: sqlite3.Connection, view: View, uuids: Sequence[str]) -> Mapping[str, Work]:
    return {row[0]: rows.work(view.group, row) for row in view.rows(db, sql.WORKS, uuids=listed(uuids))}


def versions(db: sqlite3.Connection, view: View, entities: Sequence[str]) -> Mapping[str, tuple[Entity, ...]]:
    found = defaultdict(list)
    for row in view.rows(db, sql.VERSIONS, uuids=listed(entities)):
        found[row[0]].append(rows.entity(view.group, row))
    return {uuid: tuple(read) for uuid, read in found.items()}


def vectors(db: sqlite3.Connection, view: View, kind: str, uuids: Sequence[str], matrices: Matrices) -> Mapping[str, Vector]:
    matrix = matrices.of(db, Shelf(view.number, kind))
    if matrix is None:
        return {}
    uuid_of = {id_: uuid for uuid, id_ in view.rows(db, sql.IDS[kind], uuids=listed(uuids))}
    items, embeddings = matrix.rows()
    places = np.flatnonzero(np.isin(items, list(uuid_of)))
    return {uuid_of[int(items[place])]: embeddings[place] for place in places}


def mentions(db: sqlite3.Connection, view: View, episodes: Sequence[str]) -> Mapping[str, tuple[tuple[str, datetime], ...]]:
    found = defaultdict(list)
    for episode, entity, at in view.rows(db, sql.MENTIONS, uuids=listed(episodes)):
        found[episode].append((entity, rows.moment(at)))
    return {episode: tuple(pairs) for episode, pairs in found.items()}
