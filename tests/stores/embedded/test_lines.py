"""What stands beside an episode is the same whether its session is looked up on its line or in the file."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.stores.base import Spot
from graph.stores.embedded import EmbeddedStore
from graph.stores.embedded.lines import LINES, LONGEST, Line
from graph.views import EpisodeNode
from tests.stores.builders import NOW, Writer, as_of, keeping, message


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[EmbeddedStore]:
    opened = EmbeddedStore(tmp_path / "store.db")
    await opened.open()
    yield opened
    await opened.close()


async def shown(store: EmbeddedStore, uuids: list[str], radius: int = 1) -> dict[str, EpisodeNode]:
    return dict((await store.vicinity("g", Spot(episodes=uuids, radius=radius), NOW)).nodes)


@given(st.lists(st.integers(), unique=True, max_size=20))
def test_a_line_knows_where_each_stands_and_nothing_beyond_its_ends(ids: list[int]) -> None:
    line = Line(tuple(ids))
    line.make(line.places.values(), {id_: (id_, str(id_), None, None, 0, 1, 0) for id_ in ids})
    named = [str(id_) for id_ in ids]
    made = [line.nodes[line.places[id_]] for id_ in ids]
    assert [node.uuid for node in made] == named
    assert [node.previous for node in made] == [None, *named][: len(ids)]
    assert [node.next for node in made] == [*named[1:], None][: len(ids)]


@pytest.mark.parametrize("radius", [0, 1, 2, 5])
async def test_a_session_just_too_long_for_a_line_reads_as_one_that_is_not(store: EmbeddedStore, radius: int) -> None:
    writer = Writer(store, "g")
    texts = [str(number) for number in range(LONGEST)]
    short = [episode.uuid for episode in (await writer.keep(*texts, session="short")).episodes]
    long = [episode.uuid for episode in (await writer.keep(*texts, "more", session="long")).episodes]
    for place in (0, 1, 60, LONGEST - radius - 2):
        on_line, in_file = await shown(store, [short[place]], radius), await shown(store, [long[place]], radius)
        assert sorted(short.index(uuid) for uuid in on_line) == sorted(long.index(uuid) for uuid in in_file)
        for uuid, node in on_line.items():
            twin = in_file[long[short.index(uuid)]]
            beside = [other and short.index(other) for other in (node.previous, node.next)]
            assert beside == [other and long.index(other) for other in (twin.previous, twin.next)]
            assert (node.speaker, node.instant, node.length, node.asks) == (twin.speaker, twin.instant, twin.length, twin.asks)


async def test_an_episode_that_is_kept_later_stands_on_the_line_at_once(store: EmbeddedStore) -> None:
    writer = Writer(store, "g")
    (first,) = (await writer.keep("one", at=0)).episodes
    assert (await shown(store, [first.uuid]))[first.uuid].next is None
    (last,) = (await writer.keep("three", at=2)).episodes
    (middle,) = (await writer.keep("two", at=1)).episodes
    found = await shown(store, [first.uuid], radius=2)
    assert [found[uuid].next for uuid in (first.uuid, middle.uuid, last.uuid)] == [middle.uuid, last.uuid, None]


async def test_what_was_kept_after_the_known_time_is_not_there_yet(store: EmbeddedStore) -> None:
    writer = Writer(store, "g")
    (first,) = (await writer.keep("one", at=0)).episodes
    await writer.keep("two", at=3)
    await shown(store, [first.uuid])
    then = (await store.vicinity("g", Spot(episodes=[first.uuid], radius=1), as_of(9, 1))).nodes
    assert list(then) == [first.uuid]
    assert then[first.uuid].next is None


async def test_one_of_no_session_stands_alone(store: EmbeddedStore) -> None:
    kept = await store.keep(keeping(message("a"), message("b"), session=None))
    uuids = [episode.uuid for episode in kept.episodes]
    found = await shown(store, uuids, radius=3)
    assert {uuid: (node.session, node.previous, node.next) for uuid, node in found.items()} == dict.fromkeys(uuids, (None, None, None))


async def test_a_line_is_read_once_until_the_group_changes(store: EmbeddedStore) -> None:
    writer = Writer(store, "g")
    (first,) = (await writer.keep("one")).episodes
    await writer.people(1, "anna")

    async def line() -> Line:
        await shown(store, [first.uuid])
        found: list[Line] = list(store._memo._held["g"].records[LINES].values())
        return found[0]

    once = await line()
    assert await line() is once
    await writer.people(2, "ben")
    assert await line() is not once
