"""Matrices in memory: bounded, grown, and never behind the file."""

import asyncio
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from graph.stores.base import Wanted
from graph.stores.embedded import EmbeddedStore
from graph.stores.embedded.matrices import GONE, Matrices, Matrix
from graph.stores.embedded.store import ROOM
from graph.stores.embedded.vectors import CHUNK, Loaded, Saved, Shelf
from tests.stores.builders import NOW, Writer, day, entity, vector, vectors
from tests.stores.seeking import near


def loaded(*items: int) -> Loaded:
    return Loaded(len(items), np.array(items, dtype=np.int64), np.eye(4, dtype=np.float32)[: len(items)])


def saved(before: int, *items: int) -> Saved:
    return Saved(Shelf(1, "FACT"), before, np.array(items, dtype=np.int64), np.ones((len(items), 4), dtype=np.float32))


def test_a_reader_keeps_the_rows_it_began_with() -> None:
    matrix = Matrix(loaded(1, 2))
    items, vectors_ = matrix.rows()
    matrix.append(saved(2, 3))
    assert (list(items), vectors_.shape) == ([1, 2], (2, 4))
    assert list(matrix.rows()[0]) == [1, 2, 3]
    assert matrix.written == 3


def test_a_vector_written_again_replaces_the_one_before() -> None:
    matrix = Matrix(loaded(1, 2))
    matrix.append(saved(2, 1, 3))
    assert list(matrix.rows()[0]) == [GONE, 2, 1, 3]


@pytest.mark.parametrize("bytes_", [1, 10_000])
async def test_more_groups_than_memory_holds(tmp_path: Path, bytes_: int) -> None:
    store = EmbeddedStore(tmp_path / "store.db", replace(ROOM, vectors=bytes_))
    await store.open()
    for number in range(6):
        uuid = f"e{number}"
        made = entity(uuid, day(1), group=str(number))
        await Writer(store, str(number)).apply(1, entities=[made], vectors=vectors(entities={uuid: vector(1, number)}))
    for _ in range(2):
        found = await asyncio.gather(*(store.search(str(n), Wanted((), vector(1, 0), {"ENTITY": 5}), NOW) for n in range(6)))
        assert [list(finds.near["ENTITY"].scores) for finds in found] == [[f"e{n}"] for n in range(6)]
        assert store._matrices._size == sum(matrix.size for matrix in store._matrices._held.values())
    await store.close()


def test_the_shelf_used_longest_ago_is_put_back_first() -> None:
    matrices = Matrices(most=Matrix(loaded(1, 2)).size)
    for number in range(3):
        matrices._hold(Shelf(number, "FACT"), Matrix(loaded(1, 2)))
    assert list(matrices._held) == [Shelf(2, "FACT")]


def test_what_is_held_is_counted_however_it_changes() -> None:
    matrices = Matrices(most=1_000_000)
    for _ in range(2):
        matrices._hold(Shelf(1, "FACT"), Matrix(loaded(1, 2)))
    matrices.append([saved(2, 3, 4, 5)])
    assert matrices._size == sum(matrix.size for matrix in matrices._held.values()) > Matrix(loaded(1, 2)).size
    matrices.append([saved(9, 6)])
    assert (matrices._size, len(matrices._held)) == (0, 0)
    matrices._hold(Shelf(1, "FACT"), Matrix(loaded(1)))
    matrices.drop(1)
    assert matrices._size == 0


async def test_chunks_and_tail_are_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    store = EmbeddedStore(path)
    await store.open()
    names = [f"e{n}" for n in range(2 * CHUNK + 5)]
    for part, start in enumerate(range(0, len(names), 100), start=1):
        some = names[start : start + 100]
        made = [entity(uuid, day(part)) for uuid in some]
        await Writer(store, "g").apply(part, entities=made, vectors=vectors(entities={u: vector(1, int(u[1:])) for u in some}))
    await store.close()
    again = EmbeddedStore(path)
    await again.open()
    found = await near(again, "ENTITY", vector(1, 0), limit=1000)
    assert list(found.scores) == names
    await again.close()
