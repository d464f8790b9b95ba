"""Accepted means kept: episodes and Work in one transaction, each id once."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import BadInput, Conflict
from graph.model import EpisodeKind, WorkState
from graph.parts import Limits
from graph.stores.base import Store
from graph.time import SPACING, spaced
from graph.views import Page
from tests.stores.builders import LATE, NOW, START, Writer, day, keeping, message

NAMES = ["", " ", "a'b", 'q"uote', "日本語", "\U0001d518", "a\nb", "%_*?", "name\\", "🦔", "\U0001d518" * 512, "--", "null", "g' OR 1=1"]


async def test_kept_episodes_read_back_as_they_were_given(store: Store) -> None:
    said = datetime(2024, 3, 10, 9, tzinfo=timezone(timedelta(hours=-7)))
    given = message('{"a": 1}', "m1", said, kind=EpisodeKind.JSON, role=None, name="Notes", metadata={"ä": ["b", None, {"c": 1.5}]})
    asked = keeping(given, message("second", said=said), at=day(1))
    kept = await store.keep(asked)
    expected = replace(given, group="g", session="s", created_at=day(1), work=asked.work)
    assert kept.episodes[0] == expected
    assert kept.episodes[0].said_at.utcoffset() == timedelta(hours=-7)
    found = await store.episodes("g", [e.uuid for e in kept.episodes])
    assert found == {e.uuid: e for e in kept.episodes}
    assert found[given.uuid].said_at.utcoffset() == timedelta(hours=-7)
    assert kept.work == await store.work("g", asked.work)
    assert (kept.work.state, kept.work.total, kept.work.session, kept.work.queued_at) == (WorkState.QUEUED, 2, "s", day(1))


async def test_keeping_nothing_is_refused(store: Store) -> None:
    with pytest.raises(BadInput, match="no episodes"):
        await store.keep(keeping())


async def test_equal_times_are_spaced_across_calls(store: Store) -> None:
    first = await store.keep(keeping(message("a"), message("b")))
    second = await store.keep(keeping(message("c"), message("d", said=day(1)), message("e", said=day(1))))
    instants = [e.instant for e in (*first.episodes, *second.episodes)]
    assert instants == [START, START + SPACING, START + 2 * SPACING, day(1), day(1) + SPACING]
    listed = await store.list_episodes("g", "s", Page(10), LATE)
    assert [e.content for e in listed.items] == ["a", "b", "c", "d", "e"]


def say(spacings: int, hours: int) -> datetime:
    """An instant as far after the tests' time began, told with an offset."""
    return (START + spacings * SPACING).astimezone(timezone(timedelta(hours=hours)))


SAID = st.builds(say, st.integers(-2, 3), st.integers(-3, 3))


@given(st.lists(st.lists(SAID, min_size=1, max_size=4), min_size=1, max_size=4))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_times_are_spaced_as_the_law_says_however_they_are_parted(store: Store, calls: list[list[datetime]]) -> None:
    group = str(uuid4())
    kept = [await store.keep(keeping(*(message("a", said=at) for at in said), group=group)) for said in calls]
    said = [at for call in calls for at in call]
    episodes = [e for k in kept for e in k.episodes]
    assert [e.instant for e in episodes] == spaced(said, None)
    assert [e.said_at.isoformat() for e in episodes] == [at.isoformat() for at in said]


@pytest.mark.parametrize("year", [2, 1969, 9998])
async def test_any_year_is_kept(store: Store, year: int) -> None:
    said = datetime(year, 12, 31, 23, 59, 59, 999_999, tzinfo=timezone(timedelta(hours=14)))
    kept = await store.keep(keeping(message("a", said=said), message("b", said=said)))
    assert [e.instant for e in kept.episodes] == [said, said + SPACING]
    assert await store.episodes("g", [e.uuid for e in kept.episodes]) == {e.uuid: e for e in kept.episodes}


async def test_the_most_messages_a_call_may_have_are_kept_in_order(store: Store) -> None:
    given = [message(str(n), f"id {n}") for n in range(Limits().messages)]
    kept = await store.keep(keeping(*given))
    again = await store.keep(keeping(*given, message("one more")))
    assert [e.content for e in kept.episodes] == [e.content for e in given]
    assert [e.instant for e in again.episodes] == [START + n * SPACING for n in range(len(given) + 1)]
    assert (kept.repeated, again.repeated, again.work.total) == (0, len(given), 1)


async def test_a_document_of_the_largest_size_is_kept_whole(store: Store) -> None:
    text = "Straße 🦔 " * (Limits().document_bytes // len("Straße 🦔 ".encode()))
    kept = await store.keep(keeping(message(text, kind=EpisodeKind.TEXT, role=None, name="Title")))
    uuid = kept.episodes[0].uuid
    assert (await store.episodes("g", [uuid]))[uuid].content == text


async def test_the_first_conflict_in_the_order_given_is_named(store: Store) -> None:
    await store.keep(keeping(message("hello", "kept")))
    with pytest.raises(Conflict, match="'kept'"):
        await store.keep(keeping(message("bye", "kept"), message("a", "new"), message("b", "new")))
    with pytest.raises(Conflict, match="'new'"):
        await store.keep(keeping(message("a", "new"), message("b", "new"), message("bye", "kept")))


async def test_the_same_id_again_changes_nothing_and_keeps_its_own_work(store: Store) -> None:
    first = await store.keep(keeping(message("hello", "1"), message("there", "2")))
    again = await store.keep(keeping(message("hello", "1", day(5)), message("new", "3"), at=day(1)))
    assert again.repeated == 1
    assert again.episodes[0] == first.episodes[0]
    assert again.episodes[1].work == again.work.uuid != first.work.uuid
    assert again.work.total == 1
    assert [e.content for e in await store.episodes_of_work("g", again.work.uuid)] == ["new"]
    assert len((await store.list_episodes("g", None, Page(10), LATE)).items) == 3


async def test_a_call_of_repeats_answers_the_works_of_before(store: Store) -> None:
    first = await store.keep(keeping(message("hello", "1")))
    await store.keep(keeping(message("other", "2")))
    again = await store.keep(keeping(message("other", "2"), message("hello", "1")))
    repeated = await store.keep(keeping(message("hello", "1")))
    assert again.repeated == 2
    assert [e.content for e in again.episodes] == ["other", "hello"]
    assert repeated.work == first.work
    assert await store.waiting() == 2


async def test_an_id_twice_in_one_call_is_kept_once(store: Store) -> None:
    kept = await store.keep(keeping(message("hello", "1"), message("hello", "1"), message("bye", "2")))
    assert kept.repeated == 1
    assert kept.episodes[0] == kept.episodes[1]
    assert kept.work.total == 2


@pytest.mark.parametrize("other", [{"content": "bye"}, {"role": "assistant"}, {"name": "Ben"}])
async def test_an_id_with_other_content_is_a_conflict_and_nothing_is_kept(store: Store, other: dict[str, str]) -> None:
    await store.keep(keeping(message("hello", "m-7")))
    with pytest.raises(Conflict, match="'m-7'"):
        await store.keep(keeping(message("fine", "m-8"), replace(message("hello", "m-7"), **other)))  # type: ignore[arg-type]
    assert len((await store.list_episodes("g", None, Page(10), LATE)).items) == 1
    assert await store.waiting() == 1


async def test_an_id_in_another_session_is_a_conflict_and_in_another_group_is_not(store: Store) -> None:
    await store.keep(keeping(message("hello", "1")))
    with pytest.raises(Conflict):
        await store.keep(keeping(message("hello", "1"), session="other"))
    assert (await store.keep(keeping(message("bye", "1"), group="h"))).repeated == 0


async def test_a_conflict_within_one_call_keeps_nothing(store: Store) -> None:
    with pytest.raises(Conflict):
        await store.keep(keeping(message("hello", "1"), message("bye", "1")))
    assert (await store.list_episodes("g", None, Page(10), LATE)).items == ()


@pytest.mark.parametrize("name", NAMES)
async def test_any_unicode_names_a_group_and_a_session(store: Store, name: str) -> None:
    kept = await store.keep(keeping(message(name or "x", name), group=name, session=name))
    assert [g.name for g in (await store.groups(Page(5))).items] == [name]
    assert list(await store.sessions(name, [name])) == [name]
    assert (await store.list_episodes(name, name, Page(5), LATE)).items == kept.episodes
    assert (await store.list_episodes(name + "x", name, Page(5), LATE)).items == ()


async def test_sessions_span_their_messages_as_far_as_they_were_known(store: Store) -> None:
    await store.keep(keeping(message("a", said=day(5)), at=day(6)))
    await store.keep(keeping(message("earlier", said=day(1)), at=day(7)))
    await store.keep(keeping(message("b", said=day(2)), session="t", at=day(8)))
    await store.keep(keeping(message("alone", said=day(2)), session=None, at=day(8)))
    assert [(s.name, s.started_at, s.last_at) for s in (await store.list_sessions("g", Page(5), LATE)).items] == [
        ("s", day(1), day(5)),
        ("t", day(2), day(2)),
    ]
    assert [(s.name, s.started_at, s.last_at) for s in (await store.list_sessions("g", Page(5), day(6))).items] == [("s", day(5), day(5))]
    assert (await store.list_sessions("g", Page(5), day(5))).items == ()
    assert (await store.sessions("g", ["s", "nobody"]))["s"].last_at == day(5)


async def test_keeping_leaves_the_version_alone(store: Store, writer: Writer) -> None:
    await writer.keep("hello")
    found = await store.group("g")
    assert found is not None
    assert (found.version, found.created_at) == (0, START)
    assert await store.group("nobody") is None
    assert (await store.counts("g", NOW)).episodes == 1
