"""What was forgotten is in no file of the store: not in a page, not in the write-ahead log, not in the full text, not in memory."""

import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from graph.stores.embedded import EmbeddedStore
from graph.stores.embedded.vectors import CHUNK, KINDS
from tests.stores.builders import Writer, day, random_vectors, vectors
from tests.stores.test_forget import Story


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    store = EmbeddedStore(tmp_path / "store.db")
    await store.open()
    yield Story(store)
    await store.close()


def grepped(folder: Path, *words: str) -> dict[str, set[str]]:
    """By file the words that it holds, in any case."""
    found = {}
    for path in sorted(folder.glob("store.db*")):
        content = path.read_bytes().lower()
        found[path.name] = {word for word in words if word.lower().encode() in content}
    return found


# As they are said, and as the full text stems them.
WORDS = ("Zanzibar", "zanzib", "Quixotic", "quixot", "Xylophonist", "Vermilion")


async def test_no_file_holds_a_forgotten_word(story: Story, tmp_path: Path) -> None:
    for n in range(40):
        await story.tell(1 + n / 100, f"Bob lives in Town{n}")
    said = await story.tell(2, "Quixotic lives in Zanzibar, a xylophonist", name="Vermilion", session="Vermilion")
    await story.tell(3, "Quixotic lives in Oslo", session="Vermilion", name="Vermilion")
    assert set.union(*grepped(tmp_path, *WORDS).values()) == set(WORDS)
    await story.memory.correct_fact("g", (await story.records())["Quixotic lives in Zanzibar."].uuid, "never in Zanzibar")
    await story.forget(4, episode=said)
    gone = {"Zanzibar", "zanzib", "Xylophonist"}
    assert set.union(*grepped(tmp_path, *WORDS).values()).isdisjoint(gone)
    await story.forget(5, session="Vermilion")
    assert set.union(*grepped(tmp_path, *WORDS).values()) == set()


async def test_no_file_holds_a_word_of_a_group_that_was_forgotten_whole(story: Story, tmp_path: Path) -> None:
    await story.tell(1, "Quixotic lives in Zanzibar", name="Vermilion")
    await story.tell(2, "Quixotic lives in Oslo", name="Vermilion")
    await story.forget(3, everything=True)
    assert set.union(*grepped(tmp_path, *WORDS).values()) == set()


async def test_the_full_text_finds_nothing_of_what_is_forgotten(story: Story, tmp_path: Path) -> None:
    said = await story.tell(1, "Quixotic lives in Zanzibar")
    await story.tell(2, "Bob lives in Oslo")
    await story.forget(3, episode=said)
    with closing(sqlite3.connect(tmp_path / "store.db")) as db:
        for kind in range(len(KINDS)):
            words = {word for (word,) in db.execute("SELECT word FROM word_block WHERE kind = ?", (kind,))}
            assert words.isdisjoint({"zanzibar", "quixot"}) and "oslo" in words


async def test_vectors_go_from_chunks_and_from_the_tail(story: Story, tmp_path: Path) -> None:
    writer = Writer(story.store, "g")
    kept = await writer.keep(*(f"m{n}" for n in range(CHUNK + 20)), at=1)
    uuids = [e.uuid for e in kept.episodes]
    given = dict(zip(uuids, random_vectors(len(uuids)), strict=True))
    await writer.apply(2, vectors=vectors(episodes=given))
    assert set(await story.store.vectors("g", "EPISODE", uuids)) == set(uuids)
    gone = [uuids[3], uuids[-1]]
    for n, uuid in enumerate(gone):
        await story.forget(3 + n, episode=uuid)
    left = await story.store.vectors("g", "EPISODE", uuids)
    assert set(left) == set(uuids) - set(gone)
    assert all(np.array_equal(left[uuid], given[uuid]) for uuid in left)
    whole = (tmp_path / "store.db").read_bytes()
    assert [given[uuid].tobytes()[:64] in whole for uuid in (*gone, uuids[4])] == [False, False, True]


async def test_another_process_drops_the_vectors_it_has_in_memory(story: Story, tmp_path: Path) -> None:
    said = await story.tell(1, "Quixotic lives in Zanzibar")
    await story.tell(2, "Bob lives in Oslo")
    second = EmbeddedStore(tmp_path / "store.db")
    await second.open()
    assert said in await second.vectors("g", "EPISODE", [said])
    await story.forget(3, episode=said)
    assert await second.vectors("g", "EPISODE", [said]) == {}
    await second.close()


async def test_a_reader_in_the_way_is_told_of(story: Story, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    said = await story.tell(1, "Quixotic lives in Zanzibar")
    with closing(sqlite3.connect(tmp_path / "store.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM episode").fetchone()
        with caplog.at_level(logging.WARNING, "palimpsest"):
            await story.forget(3, episode=said)
        assert "another process reads the file" in caplog.text
    await story.store.close()
    assert set.union(*grepped(tmp_path, *WORDS).values()) == set()


async def test_forgetting_is_one_operation_more(story: Story) -> None:
    said = await story.tell(1, "Quixotic lives in Zanzibar")
    before = await story.store.group("g")
    await story.forget(3, episode=said)
    after = await story.store.group("g")
    assert before is not None and after is not None
    assert (after.version, after.last_at) == (before.version + 1, day(3))
