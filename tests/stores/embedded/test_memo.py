"""Records in memory: what a reader gets is what its own snapshot says, whoever wrote, and no more is kept than there is room for."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import ChangeKind, Entity, Episode
from graph.stores.base import Spot
from graph.stores.embedded import EmbeddedStore
from graph.stores.embedded.memo import ENTITIES, EPISODES, GROUP, Kind, Memo
from tests.stores.builders import NOW, Writer, as_of, assertion, change, closing, day, entity, fact, message

ROOM = 10_000


@dataclass(frozen=True)
class At:
    """A reader's snapshot."""

    group: str
    version: int


class File:
    """What a store's file would hold: entities that read otherwise with every version, episodes that stay until their group forgets."""

    def __init__(self, most: int = ROOM) -> None:
        self.memo = Memo(most)
        self.versions = {"a": 1, "b": 1}
        self._forgot: set[At] = set()

    def entities(self, at: At, keys: Sequence[str]) -> dict[str, Entity]:
        return {key: entity(key, day(1), name=f"{at.group}/{key} at {at.version}") for key in keys}

    def episodes(self, at: At, keys: Sequence[str]) -> dict[str, Episode]:
        since = max((version for version in range(at.version + 1) if At(at.group, version) in self._forgot), default=0)
        return {key: message(f"{at.group}/{key} since {since}", uuid=key) for key in keys}

    def operation(self, group: str, ours: bool) -> None:
        self.versions[group] += 1
        if ours:
            self.memo.advance(group, self.versions[group] - 1)

    def forget(self, group: str, ours: bool) -> None:
        self.versions[group] += 1
        self._forgot.add(At(group, self.versions[group]))
        if ours:
            self.memo.forget(group, self.versions[group])


def held(memo: Memo) -> Mapping[str, int]:
    """Bytes by group, counted anew."""
    return {
        group: GROUP + sum(kind.bytes(record) for kind, records in kept.records.items() for record in records.values())
        for group, kept in memo._held.items()
    }


Step = tuple[str, str, int, list[str]]
steps = st.lists(
    st.tuples(
        st.sampled_from(("entities", "episodes", "operation", "their operation", "forget", "their forgetting")),
        st.sampled_from("ab"),
        st.integers(0, 2),
        st.lists(st.sampled_from(["x", "y", "z"]), max_size=3),
    ),
    max_size=30,
)


@given(steps)
def test_a_reader_gets_what_its_snapshot_says_and_no_more_is_kept_than_there_is_room(taken: list[Step]) -> None:
    file = File()
    for what, group, late, keys in taken:
        at = At(group, max(1, file.versions[group] - late))
        if what == "entities":
            assert file.memo.of(at, ENTITIES, keys, partial(file.entities, at)) == file.entities(at, keys)
        elif what == "episodes":
            assert file.memo.of(at, EPISODES, keys, partial(file.episodes, at)) == file.episodes(at, keys)
        elif what.endswith("operation"):
            file.operation(group, ours=what == "operation")
        else:
            file.forget(group, ours=what == "forget")
        assert file.memo._bytes == sum(held(file.memo).values()) <= ROOM


def reads(memo: Memo, at: At, key: str = "x", kind: Kind[str, Entity] = ENTITIES) -> int:
    """How many records have to be read."""
    read: list[str] = []

    def noted(missing: Sequence[str]) -> dict[str, Entity]:
        read.extend(missing)
        return {one: entity(one, day(1)) for one in missing}

    memo.of(at, kind, [key], noted)
    return len(read)


def test_what_was_read_is_not_read_again_until_the_group_changes() -> None:
    memo = Memo(ROOM)
    assert [reads(memo, At("a", 1)) for _ in range(2)] == [1, 0]
    assert reads(memo, At("a", 2)) == 1


def test_what_lasts_outlives_operations_of_ours_and_not_those_of_other_processes() -> None:
    memo = Memo(ROOM)
    lasting: Kind[str, Entity] = Kind(lambda record: 100, lasts=True)
    reads(memo, At("a", 1), kind=lasting)
    memo.advance("a", 1)
    assert reads(memo, At("a", 2), kind=lasting) == 0
    assert reads(memo, At("a", 3), kind=lasting) == 1


def test_what_was_forgotten_is_not_kept_by_one_who_still_reads_it() -> None:
    memo = Memo(ROOM)
    reads(memo, At("a", 1))
    memo.forget("a", 2)
    assert reads(memo, At("a", 1)) == 1
    assert held(memo) == {"a": GROUP}


def test_a_key_without_a_record_is_absent_and_asked_for_again() -> None:
    memo = Memo(ROOM)
    asked: list[list[str]] = []

    def nothing(missing: list[str]) -> dict[str, Entity]:
        asked.append(missing)
        return {}

    assert [memo.of(At("a", 1), ENTITIES, ["x", "x"], nothing) for _ in range(2)] == [{}, {}]
    assert asked == [["x"], ["x"]]
    assert held(memo) == {}


def test_the_group_read_longest_ago_makes_room() -> None:
    memo = Memo(3 * (GROUP + 1_000))
    for group in "abcadb":
        reads(memo, At(group, 1))
    assert "c" not in held(memo)


def test_a_group_that_is_larger_than_the_room_begins_anew() -> None:
    memo = Memo(GROUP + 2_000)
    for number in range(10):
        reads(memo, At("a", 1), key=str(number))
    assert memo._bytes <= GROUP + 2_000


def test_threads_read_what_their_version_says() -> None:
    """Some read while others write; each compares what it got with its own snapshot."""
    file = File(most=1_000_000)

    def read(number: int) -> list[str]:
        wrong = []
        for turn in range(300):
            at = At("a", max(1, file.versions["a"] - turn % 2))
            keys = [str((number + turn + n) % 20) for n in range(5)]
            if file.memo.of(at, ENTITIES, keys, partial(file.entities, at)) != file.entities(at, keys):
                wrong.append(f"{at}: {keys}")
            if number == 0:
                file.operation("a", ours=turn % 3 > 0)
        return wrong

    with ThreadPoolExecutor(4) as pool:
        assert [wrong for found in pool.map(read, range(4)) for wrong in found] == []


# in the store


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[EmbeddedStore]:
    opened = EmbeddedStore(tmp_path / "store.db")
    await opened.open()
    yield opened
    await opened.close()


async def lives(store: EmbeddedStore) -> Writer:
    writer = Writer(store, "g")
    kept = await writer.keep("I live in Rome.", "So do I.")
    said = kept.episodes[0].uuid
    await writer.apply(
        1,
        entities=[entity("anna", day(1)), entity("rome", day(1))],
        assertions=[assertion("a", "anna", "lives_in", "rome", day(1), episode=said)],
        facts=[fact("f", "anna", "lives_in", "rome", day(1), assertions=("a",), episodes=(said,))],
    )
    return writer


async def test_a_fact_that_ended_and_an_entity_that_was_renamed_are_read_anew(store: EmbeddedStore) -> None:
    writer = await lives(store)
    spot = Spot(entities=["anna"])
    assert (await store.vicinity("g", spot, NOW)).around["anna"][0].invalid_at is None
    assert (await store.records("g", [], ["a"], ["anna"], NOW)).entities["anna"].name == "Anna"
    await writer.apply(2, closings=[closing("f", day(2))], revised=[entity("anna", day(2), name="Anne")], withdrawn=["a"])
    assert (await store.vicinity("g", spot, NOW)).around["anna"][0].invalid_at == day(2)
    found = await store.records("g", [], ["a"], ["anna"], NOW)
    assert (found.entities["anna"].name, found.assertions["a"].withdrawn_at) == ("Anne", day(2))
    then = await store.records("g", [], [], ["anna"], as_of(9, 1))
    assert then.entities["anna"].name == "Anna"


async def test_another_process_is_noticed(store: EmbeddedStore) -> None:
    await lives(store)
    spot = Spot(entities=["anna"])
    await store.vicinity("g", spot, NOW)
    other = EmbeddedStore(store.path)
    await other.open()
    await Writer(other, "g").apply(2, closings=[closing("f", day(2))])
    await other.close()
    assert (await store.vicinity("g", spot, NOW)).around["anna"][0].invalid_at == day(2)


async def test_nothing_of_a_forgotten_group_stays_in_memory(store: EmbeddedStore) -> None:
    writer = await lives(store)
    uuids = [episode.uuid for episode in (await writer.keep("And I in Ghent.")).episodes]
    await store.records("g", uuids, ["a"], ["anna"], NOW)
    group = await store.group("g")
    assert group is not None
    await store.wipe(group.version, change(ChangeKind.FORGOTTEN, day(2), group="g"))
    assert held(store._memo) == {"g": GROUP}
    assert (await store.records("g", uuids, ["a"], ["anna"], NOW)).episodes == {}


async def test_readers_beside_a_writer_see_facts_as_of_their_own_snapshot(store: EmbeddedStore) -> None:
    writer = await lives(store)

    async def read() -> list[float]:
        found = []
        for _ in range(40):
            (one,) = (await store.vicinity("g", Spot(entities=["anna"]), NOW)).around["anna"]
            found.append(one.confidence)
        return found

    async def write() -> None:
        for number in range(2, 22):
            await writer.apply(number, confidences=[("f", 1 / number)])

    *seen, _ = await asyncio.gather(read(), read(), read(), write())
    assert all(found == sorted(found, reverse=True) for found in seen)
    assert await read() == [1 / 21] * 40
