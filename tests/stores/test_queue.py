"""The queue: oldest first within a session, one lease a session, nothing lost when a worker is."""

from datetime import datetime

import pytest

from graph.errors import Conflict, NotFound
from graph.model import EpisodeKind, GroupSettings, WorkState
from graph.stores.base import Lease, Store
from tests.stores.builders import Writer, day, keeping, message


async def lease(store: Store, at: float = 1, until: float = 2, most: int = 10) -> Lease | None:
    return await store.lease("worker", day(at), day(until), most)


async def taken(store: Store, at: float = 1, until: float = 2, most: int = 10) -> Lease:
    found = await lease(store, at, until, most)
    assert found is not None
    return found


def contents(found: Lease) -> list[str]:
    return [e.content for e in found.episodes]


async def state(store: Store, uuid: str, group: str = "g") -> WorkState:
    found = await store.work(group, uuid)
    assert found is not None
    return found.state


async def test_nothing_waits_in_an_empty_store(store: Store) -> None:
    assert await lease(store) is None
    assert await store.waiting() == 0


async def test_a_work_is_done_in_parts(store: Store, writer: Writer) -> None:
    kept = await writer.keep("a", "b", "c", "d", "e")
    first = await taken(store, most=2)
    assert contents(first) == ["a", "b"]
    assert (first.work.state, first.work.attempts, first.before) == (WorkState.RUNNING, 1, ())
    await writer.apply(3, first.token)
    second = await taken(store, at=3, until=4, most=2)
    assert contents(second) == ["c", "d"]
    assert [e.content for e in second.before] == ["a", "b"]
    assert (second.work.done, second.work.attempts) == (2, 1)
    await writer.apply(4, second.token)
    third = await taken(store, at=4, until=5)
    assert contents(third) == ["e"]
    await writer.apply(5, third.token)
    done = await store.work("g", kept.work.uuid)
    assert done is not None
    assert (done.state, done.done, done.finished_at) == (WorkState.DONE, 5, day(5))
    assert await lease(store, at=6) is None
    assert await store.waiting() == 0


async def test_a_session_is_leased_once_and_in_order(store: Store, writer: Writer) -> None:
    await writer.keep("a")
    await writer.keep("b")
    await writer.keep("other", session="t")
    first = await taken(store)
    second = await taken(store)
    assert (contents(first), contents(second)) == (["a"], ["other"])
    assert await lease(store) is None
    await writer.apply(1.5, first.token)
    assert contents(await taken(store)) == ["b"]


async def test_works_without_a_session_do_not_wait_for_each_other(store: Store, writer: Writer) -> None:
    await writer.keep("a", session=None)
    await writer.keep("b", session=None)
    found = [await taken(store), await taken(store)]
    assert [contents(f) for f in found] == [["a"], ["b"]]
    assert found[1].before == ()


async def test_a_lease_that_ran_out_is_taken_again_and_the_first_worker_cannot_apply(store: Store, writer: Writer) -> None:
    await writer.keep("a")
    first = await taken(store, at=1, until=2)
    assert await lease(store, at=1.9) is None
    second = await taken(store, at=2, until=3)
    assert (contents(second), second.work.attempts) == (["a"], 2)
    with pytest.raises(Conflict, match="lease"):
        await writer.apply(2.5, first.token)
    group = await store.group("g")
    assert group is not None
    assert group.version == 0
    await writer.apply(2.6, second.token)
    assert await store.waiting() == 0


async def test_a_renewed_lease_lasts_longer(store: Store, writer: Writer) -> None:
    await writer.keep("a")
    first = await taken(store, at=1, until=2)
    await store.renew(first.token, day(4))
    assert await lease(store, at=3) is None
    second = await taken(store, at=4, until=5)
    with pytest.raises(Conflict, match="lease"):
        await store.renew(first.token, day(9))
    assert await lease(store, at=4.9) is None
    await writer.apply(5, second.token)
    with pytest.raises(Conflict, match="lease"):
        await store.renew(second.token, day(9))


async def test_a_released_lease_is_as_if_it_had_not_been(store: Store, writer: Writer) -> None:
    kept = await writer.keep("a")
    first = await taken(store)
    await store.release(first.token)
    await store.release("never given")
    again = await taken(store)
    assert (contents(again), again.work.attempts) == (["a"], 1)
    assert await state(store, kept.work.uuid) is WorkState.RUNNING


async def test_a_failed_work_is_tried_again_later_and_holds_back_its_session(store: Store, writer: Writer) -> None:
    kept = await writer.keep("a")
    await writer.keep("b")
    first = await taken(store)
    await store.fail(first.token, "the model was away", day(1), day(3))
    found = await store.work("g", kept.work.uuid)
    assert found is not None
    assert (found.state, found.error, found.attempts) == (WorkState.FAILED, "the model was away", 1)
    assert await lease(store, at=2) is None
    assert await store.waiting() == 2
    again = await taken(store, at=3, until=4)
    assert (contents(again), again.work.attempts) == (["a"], 2)


async def test_a_parked_work_is_skipped_until_it_is_retried(store: Store, writer: Writer) -> None:
    kept = await writer.keep("a")
    await writer.keep("b")
    first = await taken(store)
    await store.fail(first.token, "unreadable", day(1), None)
    assert await state(store, kept.work.uuid) is WorkState.PARKED
    second = await taken(store)
    assert contents(second) == ["b"]
    await store.retry("g", kept.work.uuid)
    assert await lease(store) is None
    await writer.apply(1.5, second.token)
    third = await taken(store)
    assert (contents(third), third.work.attempts, third.work.error) == (["a"], 1, None)


async def test_a_retried_work_waits_behind_all_others(store: Store, writer: Writer) -> None:
    parked = await writer.keep("a")
    await store.fail((await taken(store)).token, "unreadable", day(1), None)
    await writer.keep("b", session="t", at=0.5)
    await writer.keep("c", session="t", at=0.6)
    await store.retry("g", parked.work.uuid)
    first = await taken(store)
    assert contents(first) == ["b"]
    assert contents(await taken(store)) == ["a"]
    await writer.apply(1.5, first.token)
    assert contents(await taken(store)) == ["c"]


async def test_retrying_what_is_not_parked_changes_nothing(store: Store, writer: Writer) -> None:
    kept = await writer.keep("a")
    await store.retry("g", kept.work.uuid)
    found = await taken(store)
    await store.retry("g", kept.work.uuid)
    assert await lease(store) is None
    await writer.apply(1.5, found.token)
    await store.retry("g", kept.work.uuid)
    assert await state(store, kept.work.uuid) is WorkState.DONE
    assert await store.waiting() == 0


async def test_work_of_another_group_cannot_be_retried_or_read(store: Store, writer: Writer) -> None:
    kept = await writer.keep("a")
    await store.fail((await taken(store)).token, "unreadable", day(1), None)
    await store.configure("h", GroupSettings(), day(1))
    for group in ("h", "nobody", ""):
        with pytest.raises(NotFound):
            await store.retry(group, kept.work.uuid)
        assert await store.work(group, kept.work.uuid) is None
    assert await state(store, kept.work.uuid) is WorkState.PARKED


async def test_retrying_a_failed_work_need_not_wait(store: Store, writer: Writer) -> None:
    kept = await writer.keep("a")
    await store.fail((await taken(store)).token, "busy", day(1), day(100))
    await store.retry("g", kept.work.uuid)
    assert contents(await taken(store)) == ["a"]


async def test_what_is_not_there_cannot_be_retried_or_failed(store: Store, writer: Writer) -> None:
    await writer.keep("a")
    with pytest.raises(NotFound, match="'nothing'"):
        await store.retry("g", "nothing")
    with pytest.raises(Conflict):
        await store.fail("nothing", "error", day(1), None)


async def test_a_lease_shows_what_was_said_before_and_who_speaks(store: Store) -> None:
    for number in range(9):
        role, name = [("user", None), ("user", "Anna"), ("assistant", None)][number % 3]
        await store.keep(keeping(message(str(number), said=day(number / 10), role=role, name=name)))
    await store.keep(keeping(message("a text", kind=EpisodeKind.TEXT, role=None, name="Title")))
    for number in range(9):
        found = await taken(store, at=2, until=3)
        assert contents(found) == [str(number)]
        await store.fail(found.token, "skip", day(2), None)
    last = await taken(store, at=2, until=3)
    assert contents(last) == ["a text"]
    assert [e.content for e in last.before] == ["0"]
    assert last.speakers == ("User", "Anna")


async def test_before_holds_six_at_most(store: Store, writer: Writer) -> None:
    await writer.keep(*(str(n) for n in range(12)))
    first = await taken(store, most=8)
    await writer.apply(1.5, first.token)
    assert [e.content for e in (await taken(store)).before] == ["2", "3", "4", "5", "6", "7"]


async def test_leases_are_for_all_groups_oldest_first(store: Store) -> None:
    def at(number: int) -> datetime:
        return day(number / 100)

    for number, group in enumerate(["b", "a", "c"]):
        await store.keep(keeping(message(group), group=group, at=at(number)))
    assert [(await taken(store)).work.group for _ in range(3)] == ["b", "a", "c"]


async def test_works_of_one_instant_are_leased_in_the_order_they_came(store: Store, writer: Writer) -> None:
    for session in ("c", "a", None, "b", None):
        await writer.keep(str(session), session=session)
    assert [(await taken(store)).work.session for _ in range(5)] == ["c", "a", None, "b", None]


async def test_a_session_goes_on_in_the_order_it_was_heard_whatever_the_clock_says(store: Store, writer: Writer) -> None:
    await writer.keep("a", at=0.9)
    await writer.keep("b", at=0.1)
    await writer.keep("c", at=0.5)
    for content in ("a", "b", "c"):
        found = await taken(store)
        assert contents(found) == [content]
        await store.fail(found.token, "skip", day(1), None)


async def test_a_work_keeps_its_place_from_part_to_part(store: Store, writer: Writer) -> None:
    await writer.keep("a", "b", at=0.1)
    await writer.keep("c", session="t", at=0.2)
    first = await taken(store, most=1)
    await writer.apply(1, first.token)
    second = await taken(store, most=1)
    assert contents(second) == ["b"]
    await store.fail(second.token, "busy", day(1), day(1))
    third = await taken(store, most=1)
    assert contents(third) == ["b"]
    await store.release(third.token)
    assert contents(await taken(store, most=1)) == ["b"]
    assert contents(await taken(store, most=1)) == ["c"]


async def test_a_lease_is_of_at_least_one_episode(store: Store, writer: Writer) -> None:
    await writer.keep("a", "b")
    assert contents(await taken(store, most=0)) == ["a"]


async def test_a_lease_is_given_back_once(store: Store, writer: Writer) -> None:
    kept = await writer.keep("a")
    found = await taken(store)
    await store.fail(found.token, "busy", day(1), day(1))
    for again_at in (day(1), None):
        with pytest.raises(Conflict, match="lease"):
            await store.fail(found.token, "late", day(1), again_at)
    await store.release(found.token)
    work = await store.work("g", kept.work.uuid)
    assert work is not None
    assert (work.state, work.error, work.attempts) == (WorkState.FAILED, "busy", 1)


@pytest.mark.parametrize("group", ["", "日本語", "\U0001d518" * 512])
async def test_a_lease_tells_its_group_and_the_groups_time_zone(store: Store, group: str) -> None:
    await store.configure(group, GroupSettings(timezone="Asia/Tokyo"), day(0))
    await store.keep(keeping(message("a"), group=group, session=group))
    found = await taken(store)
    assert (found.work.group, found.work.session, found.timezone) == (group, group, "Asia/Tokyo")
    assert found.episodes[0].group == group


async def test_two_failures_do_not_add_up_over_parts(store: Store, writer: Writer) -> None:
    await writer.keep(*(str(n) for n in range(30)))
    for part in range(3):
        await store.fail((await taken(store, at=1 + part, until=2 + part)).token, "busy", day(1), day(1))
        found = await taken(store, at=1 + part, until=2 + part)
        assert found.work.attempts == 2
        await writer.apply(1.5 + part, found.token)
    assert await store.waiting() == 0


@pytest.mark.parametrize(("word", "attempts"), [("StaleVersion: the group moved on", 2), ("busy", 3)])
async def test_an_attempt_that_lost_to_others_is_not_counted(store: Store, writer: Writer, word: str, attempts: int) -> None:
    await writer.keep("a")
    await taken(store, at=1, until=1)
    await store.fail((await taken(store)).token, word, day(1), day(1))
    again = await taken(store, at=1, until=1)
    assert (again.work.attempts, again.work.error) == (attempts, word)
    assert (await taken(store)).work.attempts == attempts + 1


async def test_what_was_given_up_is_listed_whatever_its_group_until_it_is_queued_again(store: Store, writer: Writer) -> None:
    assert await store.parked() == ()
    other = Writer(store, "h")
    kept = [await of.keep("a", session=f"s{n}", at=n / 10) for n, of in enumerate((writer, other, writer, writer))]
    for n, given_up in enumerate((True, True, True, False)):
        again_at = None if given_up else day(9)
        await store.fail((await taken(store)).token, f"error {n}", day(1), again_at)
    found = await store.parked()
    assert [(w.group, w.uuid, w.state, w.error) for w in found] == [
        (group, of.work.uuid, WorkState.PARKED, f"error {n}") for n, (group, of) in enumerate(zip("ghg", kept[:3], strict=True))
    ]
    assert [w.uuid for w in await store.parked(most=2)] == [of.work.uuid for of in kept[:2]]
    assert [w.uuid for w in await store.parked("h", 1)] == [kept[1].work.uuid]
    await store.retry("h", kept[1].work.uuid)
    assert [w.group for w in await store.parked()] == ["g", "g"]
