import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from graph.errors import BadInput, Conflict, NotFound, StaleVersion
from graph.ingest import learn
from graph.inputs import DocumentInput, MessageInput
from graph.memory import MOST_DECISIONS, Memory
from graph.model import UpdatePolicy, WorkState
from graph.parts import wall_clock
from graph.views import Page
from tests.graph.scripted import Talk, day, place, says
from tests.stores.waves import Waves


async def test_a_group_without_memories_is_an_empty_graph(talk: Talk) -> None:
    graph = await talk.memory.graph("nobody")
    assert (await graph.record(), (await graph.counts()).episodes) == (None, 0)
    assert (await graph.context("Where does Ada live?")).facts == ()


async def test_the_same_message_again_changes_nothing(talk: Talk) -> None:
    message = MessageInput("user", "hello", id="m1")
    first = await talk.memory.add_messages("g", "s", [message])
    again = await talk.memory.add_messages("g", "s", [message])
    assert (again.repeated, again.work.uuid) == (1, first.work.uuid)
    with pytest.raises(Conflict, match="'m1'"):
        await talk.memory.add_messages("g", "s", [MessageInput("user", "goodbye", id="m1")])


async def test_one_bad_message_and_none_is_kept(talk: Talk) -> None:
    with pytest.raises(BadInput):
        await talk.memory.add_messages("g", "s", [MessageInput("user", "hello"), MessageInput("user", "")])
    assert await talk.memory.parts.store.group("g") is None


async def test_a_document_is_kept_whole_with_its_title(talk: Talk) -> None:
    added = await talk.memory.add_document("g", None, DocumentInput("# Notes\n\nAll of it.", title="Notes"))
    work = await talk.memory.finished("g", added.work.uuid)
    assert work.state is WorkState.DONE
    (episode,) = (await (await talk.memory.graph("g")).episodes(None, Page())).items
    assert (episode.content, episode.name) == ("# Notes\n\nAll of it.", "Notes")


async def test_nothing_waits_where_nothing_was_told(talk: Talk) -> None:
    assert not await talk.memory.learn()


async def test_all_who_wait_for_work_are_told_by_who_does_it(talk: Talk, waves: Waves) -> None:
    added = await talk.memory.add_messages("g", "s", [MessageInput("user", f"m{n}") for n in range(11)])
    waiting = [talk.memory.finished("g", added.work.uuid) for _ in range(3)]
    done = await asyncio.gather(talk.memory.learn(), *waiting)
    operations = [["lease"], ["footing"], ["apply"]] * 2
    assert waves.calls == [["keep"], *operations]
    assert done[1:] == [await talk.memory.work("g", added.work.uuid)] * 3


async def test_work_that_another_process_does_is_waited_for(talk: Talk) -> None:
    added = await talk.memory.add_messages("g", "s", [MessageInput("user", "m")])
    other = Memory(talk.memory.parts)
    store = talk.memory.parts.store
    lease = await store.lease("other", talk.memory.parts.clock(), wall_clock() + timedelta(hours=1))
    assert lease is not None
    waiting = asyncio.create_task(other.finished("g", added.work.uuid))
    await asyncio.sleep(0.05)
    await learn(talk.memory.parts, lease)
    assert (await waiting) == await talk.memory.work("g", added.work.uuid)


async def test_what_is_done_already_is_not_waited_for(talk: Talk) -> None:
    added = await talk.memory.add_messages("g", "s", [MessageInput("user", "m")])
    done = await talk.memory.finished("g", added.work.uuid)
    assert (await talk.memory.finished("g", added.work.uuid), done.state) == (done, WorkState.DONE)


async def test_work_that_is_not_there_is_not_found(talk: Talk) -> None:
    for ask in (talk.memory.finished, talk.memory.retry_work):
        with pytest.raises(NotFound, match="'none'"):
            await ask("g", "none")


async def test_a_period_as_of_is_its_last_instant_in_the_groups_zone(talk: Talk) -> None:
    await talk.memory.configure("g", timezone="Asia/Tokyo")
    graph = await talk.memory.graph("g", valid="2025-01-01")
    assert (day(1) - graph.as_of.valid).total_seconds() == pytest.approx(9 * 3600, abs=0.001)
    assert graph.given == ("2025-01-01", None)


async def test_what_was_just_learnt_is_seen_at_now_even_if_the_clock_stands_still(talk: Talk) -> None:
    for _ in range(3):
        await talk.tell(1, says("Ada", "likes", place("Rome")))
    assert len(await talk.believed()) == 1


async def test_the_latest_value_replaces_the_earlier_one_where_the_group_says_so(talk: Talk) -> None:
    await talk.memory.configure("g", updates=UpdatePolicy.LATEST)
    await talk.tell(1, says("Ada", "likes", place("Rome")))
    await talk.tell(2, says("Ada", "likes", place("Oslo")))
    assert [(o, e) for _, _, o, _, e in await talk.believed()] == [("Rome", 2), ("Oslo", None)]
    await talk.memory.configure("g", updates=UpdatePolicy.ONTOLOGY)
    assert [(o, e) for _, _, o, _, e in await talk.believed()] == [("Rome", None), ("Oslo", None)]


@dataclass
class Overtaken:
    """A store to which another writer does something before each of the first times that a group is configured."""

    store: Any
    others: list[Callable[[], Awaitable[Any]]]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    async def configure(self, *args: Any) -> Any:
        if self.others:
            await self.others.pop(0)()
        return await self.store.configure(*args)


def overtaken(talk: Talk, *others: Callable[[], Awaitable[Any]]) -> Memory:
    return Memory(replace(talk.memory.parts, store=Overtaken(talk.memory.parts.store, list(others))))


@pytest.mark.parametrize("new", [True, False])
async def test_of_two_who_each_change_one_setting_none_loses(talk: Talk, new: bool) -> None:
    if not new:
        await talk.memory.configure("g", extractor="scripted")
    other = overtaken(talk, lambda: talk.memory.configure("g", timezone="Asia/Tokyo"))
    settings = (await other.configure("g", updates=UpdatePolicy.LATEST)).settings
    assert (settings.updates, settings.timezone) == (UpdatePolicy.LATEST, "Asia/Tokyo")
    assert await talk.memory.configure("g") == await talk.memory.parts.store.group("g")


async def test_what_was_told_while_updates_is_set_is_drawn_anew_too(talk: Talk) -> None:
    other = overtaken(talk, lambda: talk.tell(1, says("Ada", "likes", place("Rome"))))
    group = await other.configure("g", updates=UpdatePolicy.LATEST)
    assert group.settings.updates is UpdatePolicy.LATEST
    await talk.tell(3, says("Ada", "likes", place("Bern")))
    assert [(o, e) for _, _, o, _, e in await talk.believed()] == [("Rome", 3), ("Bern", None)]


async def test_who_is_always_overtaken_while_it_configures_says_so(talk: Talk) -> None:
    zones = [f"Etc/GMT+{n}" for n in range(1, MOST_DECISIONS + 1)]
    other = overtaken(talk, *(lambda zone=zone: talk.memory.configure("g", timezone=zone) for zone in zones))
    with pytest.raises(StaleVersion, match=f"version {MOST_DECISIONS}"):
        await other.configure("g", updates=UpdatePolicy.LATEST)


async def test_settings_that_cannot_be_are_refused_by_name(talk: Talk) -> None:
    with pytest.raises(BadInput, match="'Mars/Base'"):
        await talk.memory.configure("g", timezone="Mars/Base")
    with pytest.raises(BadInput, match="'magic'"):
        await talk.memory.configure("g", extractor="magic")


async def test_the_service_says_what_it_is_made_of(talk: Talk) -> None:
    service = await talk.memory.service()
    assert (service.ready, service.extractor, service.embedder) == (True, "scripted", "hash")
