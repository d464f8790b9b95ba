"""Forgetting, in any store: what is gone is gone from every read and at every instant, and what remains is as if it had never been told."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pytest

from graph.archive import parsed, written
from graph.errors import BadInput, Conflict, NotFound
from graph.export import archived
from graph.gather import gathered
from graph.inputs import EntityInput, FactInput, Forgotten, MessageInput, Target
from graph.memory import Memory
from graph.model import ChangeKind, Fact, FactStatus, WorkState
from graph.resolve import normal
from graph.restore import restore
from graph.space import space_of
from graph.stores.base import Asking, Store
from graph.stores.embedded import EmbeddedStore
from graph.time import AsOf
from graph.views import EntityFilter, FactFilter, Page
from tests.schema.memories import HashEmbedder, memory_on
from tests.stores.builders import LATE, NOW, START, Writer, as_of, assertion, day, entity, uuids

ALL = Page(500)
EVER = FactFilter(status=tuple(FactStatus))
EVERY_TIME = [day(n) for n in range(12)]


@dataclass
class Story:
    """A Memory on a store, told a message a day, each learnt from at once."""

    store: Store
    now: list[datetime] = field(default_factory=lambda: [START])
    uuids: dict[str, str] = field(default_factory=dict)

    @property
    def memory(self) -> Memory:
        return memory_on(self.store, lambda: self.now[0])

    async def tell(self, at: float, content: str, session: str = "s", **given: Any) -> str:
        self.now[0] = day(at)
        message = MessageInput("user", content, said_at=day(at), **{"name": "Zed", **given})
        added = await self.memory.add_messages("g", session, [message])
        await self.memory.finished("g", added.work.uuid)
        self.uuids[content] = added.episodes[0].uuid
        return added.episodes[0].uuid

    async def forget(self, at: float = 11, **target: Any) -> Forgotten:
        self.now[0] = day(at)
        return await self.memory.forget("g", Target(**target))

    async def world(self) -> list[list[tuple[Any, ...]]]:
        """What is believed as known each day, of whatever time."""
        return [await self.believed(known) for known in EVERY_TIME]

    async def believed(self, known: datetime) -> list[tuple[Any, ...]]:
        living = FactFilter(status=(FactStatus.HOLDS, FactStatus.ENDED, FactStatus.FUTURE))
        as_of = AsOf(LATE, known)
        found = (await self.store.list_facts("g", living, "OLDEST", ALL, as_of)).items
        names = await self.store.entities("g", [end for f in found for end in (f.subject, f.object)], as_of)
        return [(names[f.subject].name, f.relation, names[f.object].name, f.text, f.valid_at, f.end_as_known(known)) for f in found]

    async def records(self) -> dict[str, Fact]:
        return {f.text: f for f in (await self.store.list_facts("g", EVER, "OLDEST", ALL, NOW)).items}

    async def entity(self, name: str) -> str:
        return (await self.store.find_entities("g", name, NOW))[0].uuid

    async def names(self) -> set[str]:
        return {e.name for e in (await self.store.list_entities("g", EntityFilter(), "NAME", ALL, NOW)).items}

    async def export(self) -> list[bytes]:
        return [written(line) async for line in archived(self.store, "g")]

    async def holds(self, *words: str) -> bool:
        """Whether anything of the group has one of the words."""
        whole = b"".join(await self.export()).lower()
        return any(word.lower().encode() in whole for word in words)


@pytest.fixture
async def story(store: Store) -> Story:
    return Story(store)


async def told(story: Story, *messages: tuple[float, str]) -> None:
    for at, content in messages:
        await story.tell(at, content)


ROME, OSLO, BERN = (1, "Ana lives in Rome"), (3, "Ana lives in Oslo"), (5, "Ana lives in Bern")


@pytest.fixture
async def other(tmp_path: Any) -> AsyncIterator[Story]:
    """A second story, to compare with."""
    store = EmbeddedStore(tmp_path / "other.db")
    await store.open()
    yield Story(store)
    await store.close()


@pytest.mark.parametrize("gone", [ROME, OSLO, BERN])
async def test_what_remains_is_as_if_the_rest_had_never_been_told(story: Story, other: Story, gone: tuple[float, str]) -> None:
    await told(story, ROME, OSLO, BERN)
    await told(other, *(said for said in (ROME, OSLO, BERN) if said != gone))
    done = await story.forget(episode=story.uuids[gone[1]])
    assert await story.world() == await other.world()
    assert not await story.holds(gone[1].split()[-1])
    assert await story.names() == await other.names()
    assert (done.episodes, done.facts, done.entities) == (1, 1, 1)


async def test_a_fact_with_another_source_stays_without_the_quote(story: Story) -> None:
    await story.tell(1, "Ana lives in Rome")
    await story.tell(3, "Indeed Ana lives in Rome, as Bob said")
    await story.forget(episode=story.uuids["Ana lives in Rome"])
    (fact,) = (await story.records()).values()
    assert (fact.valid_at.date(), len(fact.assertions), fact.episodes) == (
        day(3).date(),
        1,
        (story.uuids["Indeed Ana lives in Rome, as Bob said"],),
    )


async def test_a_session_goes_with_its_name_and_speakers(story: Story) -> None:
    await story.tell(1, "Ana lives in Rome", session="secret plans", name="Quentin")
    await story.tell(2, "Ana works at Acme", session="secret plans", name="Quentin")
    await story.tell(3, "Bob lives in Oslo", session="open")
    done = await story.forget(session="secret plans")
    assert (done.episodes, done.facts, done.entities) == (2, 2, 3)
    assert not await story.holds("secret", "Quentin", "Rome", "Acme", "Ana")
    assert await story.names() == {"Bob", "Oslo"}
    assert [s.name for s in (await story.store.list_sessions("g", ALL, LATE)).items] == ["open"]
    with pytest.raises(NotFound, match="'secret plans'"):
        await story.forget(session="secret plans")


async def test_an_entity_goes_with_all_that_was_told_of_it(story: Story) -> None:
    await told(story, ROME, (2, "Ana works at Acme"), (3, "Bob works at Acme"), OSLO)
    ana = await story.entity("Ana")
    done = await story.forget(entity=ana)
    assert (done.episodes, done.facts, done.entities) == (0, 3, 1)
    assert await story.names() == {"Bob", "Acme", "Rome", "Oslo"}
    assert list(await story.records()) == ["Bob works at Acme."]
    for line in await story.export():
        assert b"Ana" not in line or b'"kind":"episode"' in line, line
    assert ana not in (await story.store.mentioned_in("g", list(story.uuids.values()), NOW))[story.uuids["Ana lives in Rome"]]


async def test_a_fact_goes_with_what_it_rests_on_and_the_one_before_holds_on(story: Story, other: Story) -> None:
    await told(story, ROME, OSLO)
    await told(other, ROME)
    done = await story.forget(fact=(await story.records())["Ana lives in Oslo."].uuid)
    assert (done.facts, done.entities) == (1, 0)
    assert await story.world() == await other.world()
    with pytest.raises(NotFound):
        await story.forget(fact=done.tombstone.uuid)


async def test_a_fact_goes_with_the_records_that_it_once_was(story: Story) -> None:
    await story.tell(1, "Ana lives in Rome")
    await story.tell(4, "Bob works at Acme")
    first = (await story.records())["Ana lives in Rome."]
    story.now[0] = day(5)
    await story.memory.end_fact("g", first.uuid, day(3), "she moved away in secret")
    story.now[0] = day(6)
    await story.memory.end_fact("g", (await story.records())["Ana lives in Rome."].uuid, day(2), "even earlier")
    ever = (await story.store.list_facts("g", EVER, "RECORDED", ALL, NOW)).items
    last = next(f for f in ever if f.text.startswith("Ana") and f.retracted_at is None)
    await story.forget(fact=last.uuid)
    assert list(await story.records()) == ["Bob works at Acme."]
    assert not await story.holds("secret", "even earlier")


async def test_an_ending_told_of_what_is_forgotten_goes_too(story: Story, other: Story) -> None:
    await told(story, ROME, (2, "Bob works at Acme"))
    await told(other, (2, "Bob works at Acme"))
    story.now[0] = day(5)
    await story.memory.end_fact("g", (await story.records())["Ana lives in Rome."].uuid, day(4), "gone")
    await story.forget(episode=story.uuids["Ana lives in Rome"])
    assert await story.world() == await other.world()
    assert not await story.holds("Rome")


async def test_an_ending_of_what_another_told_too_stays_in_plain_words(story: Story) -> None:
    await story.tell(1, "Ana lives in Rome")
    story.now[0] = day(2)
    who = EntityInput(id=await story.entity("Ana")), EntityInput(id=await story.entity("Rome"))
    await story.memory.add_facts("g", [FactInput(who[0], "lives_in", who[1], text="Her home is Rome")])
    story.now[0] = day(5)
    (fact,) = [f for f in (await story.records()).values() if f.retracted_at is None]
    await story.memory.end_fact("g", fact.uuid, day(4), "gone")
    await story.forget(episode=story.uuids["Ana lives in Rome"])
    assert not await story.holds("Ana lives in Rome.")
    assert [(row[3], row[4], row[5]) for row in await story.believed(LATE)] == [("Her home is Rome", day(2), day(4))]


async def test_everything_leaves_a_log_without_words(story: Story) -> None:
    await told(story, ROME, OSLO)
    await story.tell(4, "Bob works at Acme", session="t")
    before = (await story.store.list_changes("g", ALL, LATE)).items
    done = await story.forget(everything=True)
    assert (done.episodes, done.facts, done.entities) == (3, 3, 5)
    after = (await story.store.list_changes("g", ALL, LATE)).items
    assert [c.seq for c in after] == list(range(1, len(before) + 2))
    assert after[-1] == done.tombstone
    assert {(c.reason, c.episode, c.facts, c.entities, c.work) for c in after[:-1]} == {("", None, (), (), None)}
    assert (await story.store.counts("g", NOW)).entities == 0
    assert await story.world() == [[] for _ in EVERY_TIME]
    assert not await story.holds("Ana", "Rome", "Oslo", "Bob", "Acme", "Zed")
    await story.tell(11.5, "Ana lives in Bern")
    assert [row[:3] for row in await story.believed(LATE)] == [("Ana", "lives_in", "Bern")]


async def test_the_tombstone_tells_nothing_and_is_the_last_of_the_log(story: Story) -> None:
    await told(story, ROME)
    done = await story.forget(episode=story.uuids["Ana lives in Rome"])
    assert (done.tombstone.kind, done.tombstone.facts, done.tombstone.entities, done.tombstone.episode) == (
        ChangeKind.FORGOTTEN,
        (),
        (),
        None,
    )
    log = (await story.store.list_changes("g", ALL, LATE)).items
    assert log[-1] == done.tombstone
    assert [c.seq for c in log] == list(range(1, len(log) + 1))
    group = await story.store.group("g")
    assert group is not None and group.last_at == done.tombstone.at == day(11)


async def test_a_forgotten_message_may_be_sent_again_and_is_new(story: Story) -> None:
    first = await story.tell(1, "Ana lives in Rome", id="m1")
    await story.forget(episode=first)
    again = await story.tell(12, "Ana lives in Rome", id="m1")
    assert again != first
    assert [row[:3] for row in await story.believed(LATE)] == [("Ana", "lives_in", "Rome")]


@pytest.mark.parametrize("given", [{}, {"episode": "e", "fact": "f"}, {"session": "s", "everything": True}])
async def test_one_thing_is_forgotten_at_a_time(story: Story, given: dict[str, Any]) -> None:
    await told(story, ROME)
    with pytest.raises(BadInput, match="one thing"):
        await story.forget(**given)


@pytest.mark.parametrize("given", [{"episode": "e"}, {"session": "x"}, {"entity": "e"}, {"fact": "f"}])
async def test_what_is_not_there_cannot_be_forgotten(story: Story, given: dict[str, Any]) -> None:
    await told(story, ROME)
    before = await story.export()
    with pytest.raises(NotFound):
        await story.forget(**given)
    with pytest.raises(NotFound):
        await story.memory.forget("nobody", Target(everything=True))
    assert await story.export() == before


@pytest.mark.parametrize("gone", [ROME, OSLO, BERN])
async def test_what_is_left_can_be_moved(story: Story, other: Story, gone: tuple[float, str]) -> None:
    await told(story, ROME, OSLO, BERN, (6, "Bob works at Acme"))
    await story.forget(episode=story.uuids[gone[1]])
    one = await story.export()
    await restore(other.store, gathered(_parsed(one), None, space_of(HashEmbedder())))
    assert await other.export() == one


def _parsed(lines: Sequence[bytes]) -> Any:
    return (parsed(line, number) for number, line in enumerate(lines, start=1))


async def test_nothing_of_an_emptied_group_is_moved_but_its_log(story: Story, other: Story) -> None:
    await told(story, ROME, OSLO)
    await story.forget(everything=True)
    one = await story.export()
    await restore(other.store, gathered(_parsed(one), None, space_of(HashEmbedder())))
    assert await other.export() == one


async def test_a_worker_cannot_bring_back_what_it_had_begun(store: Store) -> None:
    writer, story = Writer(store, "g"), Story(store)
    kept = await writer.keep("Ana lives in Rome", "Ana works at Acme", "Bob lives in Oslo", at=1)
    lease = await store.lease("w", day(2), day(9), 2)
    assert lease is not None
    await story.forget(3, episode=kept.episodes[1].uuid)
    with pytest.raises(Conflict):
        await writer.apply(4, lease.token)
    again = await store.lease("w", day(5), day(9), 10)
    assert again is not None
    assert [e.content for e in again.episodes] == ["Ana lives in Rome", "Bob lives in Oslo"]
    assert (again.work.total, again.work.done, again.work.attempts) == (2, 0, 1)
    await writer.apply(6, again.token)
    work = await store.work("g", kept.work.uuid)
    assert work is not None and (work.state, work.total, work.done) == (WorkState.DONE, 2, 2)
    assert await store.waiting() == 0


async def test_work_that_is_half_done_goes_on_with_what_is_left(store: Store) -> None:
    writer, story = Writer(store, "g"), Story(store)
    kept = await writer.keep("a", "b", "c", "d", at=1)
    lease = await store.lease("w", day(2), day(9), 2)
    assert lease is not None
    await writer.apply(3, lease.token)
    await story.forget(4, episode=kept.episodes[0].uuid)
    await story.forget(5, episode=kept.episodes[3].uuid)
    rest = await store.lease("w", day(6), day(9), 10)
    assert rest is not None and [e.content for e in rest.episodes] == ["c"]
    await store.release(rest.token)
    await story.forget(7, episode=kept.episodes[2].uuid)
    work = await store.work("g", kept.work.uuid)
    assert work is not None and (work.state, work.total, work.done) == (WorkState.DONE, 1, 1)
    await story.forget(8, episode=kept.episodes[1].uuid)
    assert await store.work("g", kept.work.uuid) is None
    assert await store.waiting() == 0


async def test_the_next_in_line_is_learnt_when_what_was_first_is_forgotten(store: Store) -> None:
    writer, story = Writer(store, "g"), Story(store)
    first = await writer.keep("a", at=1)
    await writer.keep("b", at=2)
    await story.forget(3, episode=first.episodes[0].uuid)
    lease = await store.lease("w", day(4), day(9))
    assert lease is not None and [e.content for e in lease.episodes] == ["b"]


async def test_an_error_of_what_is_forgotten_keeps_no_words(store: Store) -> None:
    writer, story = Writer(store, "g"), Story(store)
    kept = await writer.keep("a", "b", at=1)
    lease = await store.lease("w", day(2), day(9))
    assert lease is not None
    await store.fail(lease.token, "cannot read 'xylophone'", day(3), None)
    await story.forget(4, episode=kept.episodes[0].uuid)
    work = await store.work("g", kept.work.uuid)
    assert work is not None and work.state is WorkState.PARKED
    assert work.error is not None and "xylophone" not in work.error


async def test_what_a_group_forgets_another_keeps(store: Store) -> None:
    story = Story(store)
    await told(story, ROME)
    h = Story(store)
    memory = h.memory
    added = await memory.add_messages("h", "s", [MessageInput("user", "Ana lives in Rome", name="Zed")])
    await memory.finished("h", added.work.uuid)
    await story.forget(everything=True)
    assert (await store.counts("h", NOW)).facts == 1
    with pytest.raises(NotFound):
        await story.forget(episode=added.episodes[0].uuid)


async def test_who_lost_a_name_is_found_by_another(store: Store) -> None:
    writer, story = Writer(store, "g"), Story(store)
    first, second = (await writer.keep("call me Zorro", "Anna says hello", at=1)).episodes
    called = entity("anna", day(2), name="Zorro", aliases=("Anna",))
    await writer.apply(2, entities=[called], mentions=[(first.uuid, "anna"), (second.uuid, "anna")])
    await writer.apply(3, revised=[replace(called, aliases=("Anna", "Ännchen"), recorded_at=day(3))])
    await story.forget(4, episode=first.uuid)
    for known in (2, 3, 9):
        assert uuids(await store.find_entities("g", "anna", as_of(9, known))) == ["anna"]
        assert await store.find_entities("g", "zorro", as_of(9, known)) == []
    assert [e.uuid for e in await store.find_entities("g", "ännchen", NOW)] == ["anna"]
    assert await store.find_entities("g", "ännchen", as_of(9, 2)) == []
    (candidate,) = (await store.footing("g", Asking([normal("Anna")]))).candidates
    assert (candidate.entity.name, candidate.entity.aliases, candidate.entity.key) == ("Anna", ("Ännchen",), None)
    assert not await story.holds("Zorro")


async def test_summaries_go_where_they_may_tell_of_it(store: Store) -> None:
    writer, story = Writer(store, "g"), Story(store)
    (said,) = (await writer.keep("Anna went to Zanzibar", at=1)).episodes
    people = [entity(uuid, day(2), summary=text) for uuid, text in (("anna", "travels"), ("ben", "misses zanzibar"), ("cleo", "sings"))]
    await writer.apply(2, entities=[*people, entity("zanzibar", day(2), type="City")], mentions=[(said.uuid, "anna")])
    went = assertion("a", "anna", "visited", "zanzibar", day(3), episode=said.uuid)
    also = assertion("b", "anna", "knows", "ben", day(3))
    await writer.apply(3, assertions=[went, also])
    await story.forget(4, episode=said.uuid)
    left = await store.entities("g", ["anna", "ben", "cleo", "zanzibar"], NOW)
    assert {uuid: e.summary for uuid, e in left.items()} == {"anna": None, "ben": None, "cleo": "sings"}
