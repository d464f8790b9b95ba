"""Entities that are one: what was said of the merged one counts for the one that is kept, on both clocks, in every read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

import pytest

from graph.archive import AssertionLine, EntityLine, FactLine
from graph.counted import said_of
from graph.errors import BadInput
from graph.export import archived
from graph.inputs import Changed, EntityInput, FactInput, MessageInput
from graph.memory import Memory
from graph.model import ChangeKind, Entity, FactStatus, Review, ReviewKind
from graph.revise import Revision
from graph.stores.base import Asking, Store
from graph.time import AsOf
from graph.views import EntityFilter, FactFilter, Page
from tests.schema.memories import memory_on
from tests.stores.builders import LATE, NOW, Writer, assertion, day, entity

EVERY = Page(100)
STANDING = (FactStatus.HOLDS, FactStatus.ENDED, FactStatus.FUTURE)
Row = tuple[str, str, str, float, float | None]


@dataclass
class World:
    """A memory on a store, told of as of a day."""

    memory: Memory
    now: list[datetime]

    async def say(self, at: float, *triples: tuple[str, str, str], **more: Any) -> Changed:
        self.now[0] = day(at)
        told = [FactInput(who(s), r, EntityInput(name=o), valid_at=day(at), **more) for s, r, o in triples]
        return await self.memory.add_facts("g", told)

    async def merge(self, at: float, keep: str, *others: str) -> Changed:
        self.now[0] = day(at)
        return await self.memory.merge_entities("g", await self.uuid(keep), [await self.uuid(name) for name in others], "the same")

    async def uuid(self, name: str) -> str:
        found = [e for e in await self.entities() if e.name == name]
        assert len(found) == 1, (name, found)
        return found[0].uuid

    async def entities(self, known: float | None = None) -> Sequence[Entity]:
        """Those that are one with no other."""
        graph = await self.memory.graph("g", known=None if known is None else day(known))
        return (await graph.entities(EntityFilter(), "NAME", EVERY)).items

    async def rows(self, known: float | None = None) -> list[Row]:
        """What is believed, by name and day."""
        graph = await self.memory.graph("g", known=None if known is None else day(known))
        found = await graph.facts(FactFilter(status=STANDING), "OLDEST", EVERY)
        names = {uuid: e.name for uuid, e in found.ends.items()}
        spans = ((f, f.end_as_known(graph.as_of.known)) for f in found.items)
        return sorted((names[f.subject], f.relation, names[f.object], nth(f.valid_at), nth(end) if end else None) for f, end in spans)


def who(name: str) -> EntityInput:
    return EntityInput(name=name, type="Person")


def nth(at: datetime) -> float:
    return (at - day(0)).total_seconds() / 86_400


@pytest.fixture
def world(store: Store) -> World:
    now = [day(0)]
    return World(memory_on(store, lambda: now[0]), now)


async def test_what_was_said_of_the_merged_one_counts_for_the_kept_one(world: World) -> None:
    await world.say(1, ("Annie", "lives_in", "Rome"), ("Bo", "admires", "Annie"), ("Annie", "likes", "tea"))
    await world.say(2, ("Anna", "lives_in", "Oslo"), ("Anna", "likes", "tea"))
    changed = await world.merge(3, "Anna", "Annie")
    after = [
        ("Anna", "likes", "tea", 1.0, None),
        ("Anna", "lives_in", "Oslo", 2.0, None),
        ("Anna", "lives_in", "Rome", 1.0, 2.0),
        ("Bo", "admires", "Anna", 1.0, None),
    ]
    assert await world.rows() == after
    assert [e.name for e in await world.entities()] == ["Anna", "Bo", "Oslo", "Rome", "tea"]
    assert {(c.rule, c.kind) for c in changed.changes} >= {("merged", ChangeKind.ENTITIES_MERGED), ("merged", ChangeKind.FACT_ADDED)}
    assert all("the same" in c.reason for c in changed.changes if c.rule == "merged")


async def test_as_of_before_the_old_graph_answers(world: World) -> None:
    await world.say(1, ("Annie", "lives_in", "Rome"))
    await world.say(2, ("Anna", "lives_in", "Oslo"))
    before, entities = await world.rows(), await world.entities()
    await world.merge(3, "Anna", "Annie")
    assert await world.rows(known=2.5) == before == [("Anna", "lives_in", "Oslo", 2, None), ("Annie", "lives_in", "Rome", 1, None)]
    assert [(e.uuid, e.name, e.aliases) for e in await world.entities(known=2.5)] == [(e.uuid, e.name, e.aliases) for e in entities]


async def test_a_record_is_retracted_once_and_names_what_took_its_place(world: World, store: Store) -> None:
    told = await world.say(1, ("Annie", "lives_in", "Rome"), ("Annie", "likes", "tea"), ("Anna", "likes", "tea"))
    old = {f.text: f for f in told.facts}
    changed = await world.merge(2, "Anna", "Annie")
    now = await store.facts("g", [f.uuid for f in told.facts])
    moved = now[old["Annie lives in Rome"].uuid]
    (new,) = [f for f in changed.facts if f.relation == "lives_in"]
    assert (moved.retracted_at, moved.replaced_by) == (day(2), new.uuid)
    assert (new.subject, new.created_at, new.valid_at) == (await world.uuid("Anna"), day(2), day(1))
    kept, absorbed = now[old["Anna likes tea"].uuid], now[old["Annie likes tea"].uuid]
    assert (kept.retracted_at, len(kept.assertions)) == (None, 2)
    assert absorbed.replaced_by == kept.uuid


async def test_the_merged_names_mean_the_kept_one(world: World, store: Store) -> None:
    await world.say(1, ("Annie", "likes", "tea"), ("Anna", "likes", "rum"))
    anna, annie = await world.uuid("Anna"), await world.uuid("Annie")
    await world.merge(2, "Anna", "Annie")
    await world.say(3, ("Annie", "lives_in", "Rome"))
    await world.memory.add_facts("g", [FactInput(EntityInput(id=annie), "plays", EntityInput(name="chess"))])
    added = await world.memory.add_messages("g", "s", [MessageInput("user", "Annie works at Acme", name="Bo")])
    await world.memory.finished("g", added.work.uuid)
    assert {row[0] for row in await world.rows()} == {"Anna"}
    assert len(await world.rows()) == 5
    graph = await world.memory.graph("g")
    assert (await graph.entity_named("annie")).uuid == anna  # type: ignore[union-attr]
    merged = await graph.entity(annie)
    assert merged is not None and merged.merged_into == anna
    assert (await graph.load_degrees([anna, annie])) == {anna: 5, annie: 0}
    assert (await store.mentioned_in("g", [added.episodes[0].uuid], NOW))[added.episodes[0].uuid][0] == anna
    (one,) = [e for e in await world.entities() if e.uuid == anna]
    assert one.aliases == ("Annie",)


async def test_mentions_of_the_merged_one_are_the_kept_ones(world: World, store: Store) -> None:
    for at, line in enumerate(("Annie lives in Rome", "Anna works at Acme", "Anna lives in Oslo"), start=1):
        world.now[0] = day(at)
        added = await world.memory.add_messages("g", "s", [MessageInput("user", line)])
        await world.memory.finished("g", added.work.uuid)
    anna, annie = await world.uuid("Anna"), await world.uuid("Annie")
    await world.merge(5, "Anna", "Annie")

    async def lines(entity: str, known: float, first: int = 9) -> list[str]:
        found: list[str] = []
        page, more = Page(first), True
        while more:
            part = await store.mentions_of("g", entity, page, day(known))
            found += [e.content for e in part.items]
            page, more = Page(first, part.cursors[-1] if part.cursors else None), part.more
        return found

    every = ["Anna lives in Oslo", "Anna works at Acme", "Annie lives in Rome"]
    assert await lines(anna, 6) == await lines(anna, 6, first=1) == every
    assert await lines(anna, 4) == every[:2]
    assert await lines(annie, 4) == every[2:]
    episodes = (await store.mentions_of("g", anna, EVERY, day(6))).items
    for known, uuid in ((6, anna), (4, annie)):
        assert uuid in (await store.mentioned_in("g", [episodes[-1].uuid], AsOf(LATE, day(known))))[episodes[-1].uuid]


async def test_an_episode_that_mentions_both_is_listed_once(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "annie", "bo")
    kept = await writer.keep("Annie, Anna!", "Bo", "Anna", at=2)
    both, bo, anna = (e.uuid for e in kept.episodes)
    await writer.apply(3, mentions=[(both, "annie"), (both, "anna"), (bo, "bo"), (anna, "anna")])
    await writer.apply(4, revised=[entity("annie", day(1), merged_into="anna")])
    for first in (1, 2, 9):
        found, page = [], Page(first)
        for _ in range(3):
            part = await store.mentions_of("g", "anna", page, LATE)
            found += [e.uuid for e in part.items]
            if not part.more:
                break
            page = Page(first, part.cursors[-1])
        assert found == [anna, both]
    assert (await store.mentioned_in("g", [both], NOW))[both] == ("anna",)


async def test_a_chain_of_merges_ends_at_the_last(world: World, store: Store) -> None:
    await world.say(1, ("A", "likes", "tea"), ("B", "likes", "rum"), ("C", "likes", "milk"))
    a, b, c = [await world.uuid(name) for name in "ABC"]
    await world.merge(2, "B", "A")
    await world.merge(3, "C", "B")
    found = await store.entities("g", [a, b], NOW)
    assert {e.merged_into for e in found.values()} == {c}
    assert sorted(row[:3] for row in await world.rows()) == [("C", "likes", "milk"), ("C", "likes", "rum"), ("C", "likes", "tea")]
    assert sorted(row[:2] for row in await world.rows(known=2.5)) == [("B", "likes"), ("B", "likes"), ("C", "likes")]
    (one,) = [e for e in await world.entities() if e.uuid == c]
    assert one.aliases == ("B", "A")
    assert {said_of(told)[0] for told in await store.said_of("g", [a, b])} == {a, b}


async def test_a_merge_undone_leaves_what_an_export_had_before(world: World, store: Store) -> None:
    """The records that stand, and how entities read; ids and instants of what was recorded anew apart."""

    async def exported() -> tuple[object, ...]:
        lines = [line async for line in archived(store, "g")]
        facts = [line.fact for line in lines if isinstance(line, FactLine) and line.fact.retracted_at is None]
        present = [line.versions[-1] for line in lines if isinstance(line, EntityLine)]
        told = [line.assertion for line in lines if isinstance(line, AssertionLine)]
        drawn = [replace(f, uuid="", created_at=day(0), expired_at=None, assertions=tuple(sorted(f.assertions))) for f in facts]
        return sorted(drawn, key=lambda f: (f.key, f.valid_at)), [replace(e, recorded_at=day(0)) for e in present], told

    await world.say(1, ("Annie", "lives_in", "Rome"), ("Bo", "knows", "Annie"), ("Annie", "likes", "tea"))
    await world.say(2, ("Anna", "lives_in", "Oslo"), ("Anna", "likes", "tea"))
    before = await exported()
    merged = await world.merge(3, "Anna", "Annie")
    assert await exported() != before
    world.now[0] = day(4)
    undone = await world.memory.undo("g", merged.changes[0].uuid, "two people")
    assert await exported() == before
    assert ChangeKind.MERGE_UNDONE in {c.kind for c in undone.changes}
    assert len({row[0] for row in await world.rows(known=3.5)} & {"Anna", "Annie"}) == 1


async def test_names_go_with_whoever_brought_them_and_stay_with_whoever_had_them_too(world: World, store: Store) -> None:
    """An earlier merge is undone while a later one stands, then undone again."""
    await world.say(1, ("Annie", "likes", "tea"), ("Ann", "likes", "rum"), ("Anna", "likes", "ale"), ("Bo", "knows", "Anna"))
    annie, ann, anna = [await world.uuid(name) for name in ("Annie", "Ann", "Anna")]
    for number, (who_, *aliases) in enumerate(((annie, "Nan", "Anouk", "Nina"), (ann, "Anouk", "Annika"), (anna, "Nan", "Aenne"))):
        world.now[0] = day(1.1 + number / 10)
        await world.memory.update_entity("g", who_, Revision(add_aliases=tuple(aliases)))

    async def names() -> dict[str, tuple[str, ...]]:
        return {uuid: (e.name, *e.aliases) for uuid, e in (await store.entities("g", [annie, ann, anna], NOW)).items()}

    before, facts = await names(), await world.rows()
    first = await world.merge(2, "Ann", "Annie")
    second = await world.merge(3, "Anna", "Ann")
    both = await names()
    assert set(both[anna]) == {"Anna", "Nan", "Aenne", "Ann", "Anouk", "Annika", "Annie", "Nina"}
    world.now[0] = day(4)
    undone = await world.memory.undo("g", first.changes[0].uuid)
    assert await names() == {**before, anna: ("Anna", "Nan", "Aenne", "Ann", "Anouk", "Annika")}
    for at, back in ((5, both), (6, {**before, anna: ("Anna", "Nan", "Aenne", "Ann", "Anouk", "Annika")})):
        world.now[0] = day(at)
        undone = await world.memory.undo("g", undone.changes[0].uuid)
        assert {uuid: set(called) for uuid, called in (await names()).items()} == {uuid: set(called) for uuid, called in back.items()}
    world.now[0] = day(7)
    await world.memory.undo("g", second.changes[0].uuid)
    assert (await names(), await world.rows()) == (before, facts)


async def test_a_merge_answers_the_reviews_that_ask_for_it_and_undone_it_asks_again(world: World, store: Store) -> None:
    names = ("Annie", "Ann", "Anna", "Bo")
    await world.say(1, *((name, "likes", "tea") for name in names))
    annie, ann, anna, bo = [await world.uuid(name) for name in names]
    asked = {"pair": (anna, annie), "three": (annie, ann, anna), "other": (anna, bo)}
    writer = Writer(store, "g")
    duplicate = partial(Review, group="g", kind=ReviewKind.DUPLICATE, reason="?", opened_at=day(2))
    await writer.apply(2, reviews=[duplicate(uuid, entities=entities) for uuid, entities in asked.items()])

    async def opened(*about: str) -> list[str]:
        return [r.uuid for r in (await store.footing("g", Asking(entities=about))).reviews]

    assert (await opened(annie), await opened(bo), await opened("nobody")) == (["pair", "three"], ["other"], [])
    first = await world.merge(3, "Anna", "Annie")
    assert (await opened(annie), await opened(anna)) == (["three", "other"], ["three", "other"])
    second = await world.merge(4, "Ann", "Anna")
    assert await opened(ann) == ["other"]
    resolved = await store.reviews("g", ["pair", "three"], LATE)
    told = {c.uuid: c.kind for c in (*first.changes, *second.changes)}
    assert [(r.resolved_at, told[r.resolution or ""]) for r in resolved.values()] == [
        (day(3), ChangeKind.REVIEW_RESOLVED),
        (day(4), ChangeKind.REVIEW_RESOLVED),
    ]
    for at, changed, left in ((5, second, ["three", "other"]), (6, first, ["pair", "three", "other"])):
        world.now[0] = day(at)
        await world.memory.undo("g", changed.changes[0].uuid)
        assert await opened(anna) == left


async def test_what_lies_around_a_merged_one_lies_around_the_one_it_is_one_with(world: World, store: Store) -> None:
    await world.say(1, ("Annie", "likes", "tea"), ("Anna", "likes", "ale"))
    anna, annie = await world.uuid("Anna"), await world.uuid("Annie")
    await world.merge(2, "Anna", "Annie")
    now, then = await world.memory.graph("g"), await world.memory.graph("g", known=day(1.5))
    for graph, liked in ((now, {"ale", "tea"}), (then, {"tea"})):
        around = await graph.neighborhood([annie], 1, FactFilter(), 10)
        ends = {e.uuid: e.name for e in around.entities}
        assert {ends[f.object] for f in around.facts} == liked
        assert set(ends) - {f.object for f in around.facts} == {annie if graph is then else anna}
        context = await graph.context("", around=[annie])
        assert all(name in context.text for name in liked)
        assert (annie if graph is then else anna) in {e.uuid for e in context.entities}


async def test_a_fact_of_the_merged_one_can_be_ended_and_corrected(world: World, store: Store) -> None:
    await world.say(1, ("Annie", "works_at", "Acme"), ("Annie", "likes", "tea"), ("Anna", "likes", "rum"))
    annie = await world.uuid("Annie")
    await world.merge(2, "Anna", "Annie")
    graph = await world.memory.graph("g")
    facts = {f.relation + f.text[-3:]: f for f in (await graph.facts(FactFilter(), "OLDEST", EVERY)).items}
    await world.memory.end_fact("g", facts["works_atcme"].uuid, day(1.5), "left")
    await world.memory.correct_fact("g", facts["likestea"].uuid, "never")
    assert await world.rows() == [("Anna", "likes", "rum", 1, None), ("Anna", "works_at", "Acme", 1, 1.5)]
    assert {said_of(told)[0] for told in await store.said_of("g", [annie])} == {annie}


async def test_later_words_find_what_was_said_under_the_other_name(world: World) -> None:
    """A correction by id, and the same fact under its own id again."""
    await world.say(1, ("Annie", "likes", "tea"), id="x1")
    await world.say(1.5, ("Anna", "likes", "rum"))
    await world.merge(2, "Anna", "Annie")
    again = await world.memory.add_facts("g", [FactInput(who("Anna"), "likes", EntityInput(name="tea"), id="x1", text="Annie likes tea")])
    assert again.changes == ()


async def test_a_store_counts_assertions_for_whom_they_are_one_with(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "annie", "rome", "roma")
    await writer.apply(
        2, assertions=[assertion("a1", "annie", "lives_in", "roma", day(2)), assertion("a2", "anna", "likes", "rome", day(2))]
    )
    await writer.apply(3, revised=[entity("annie", day(1), merged_into="anna"), entity("roma", day(1), merged_into="rome")])
    (told,) = (await store.beliefs("g", ["s:lives_in:anna"])).assertions
    assert (told.subject, told.object, told.said_of) == ("anna", "rome", ("annie", "roma"))
    assert (await store.beliefs("g", ["o:lives_in:rome", "p:likes:anna:rome"])).assertions[0].said_of == ("annie", "roma")
    assert (await store.beliefs("g", ["s:lives_in:annie"])).assertions == ()
    assert [a.uuid for a in await store.said_of("g", ["annie", "nobody"])] == ["a1"]
    assert [a.uuid for a in await store.said_of("g", ["anna", "roma"])] == ["a1", "a2"]
    family = (await store.footing("g", Asking(entities=["annie"]))).entities
    assert set(family) == {"anna", "annie"}
    assert set((await store.footing("g", Asking(entities=["anna", "nobody"]))).entities) == {"anna", "annie"}
    await writer.apply(4, assertions=[assertion("a3", "anna", "likes", "rome", day(4), said_of=("anna", "roma"))])
    await writer.apply(5, revised=[entity("annie", day(1)), entity("roma", day(1))])
    apart = await store.assertions("g", ["a1", "a3"])
    assert [(a.subject, a.object, a.said_of) for a in apart.values()] == [("annie", "roma", None), ("anna", "roma", None)]


async def test_entities_told_apart_are_kept_as_such(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "annie")
    await writer.apply(2, revised=[entity("anna", day(1), apart=("annie",))])
    assert (await store.entities("g", ["anna"], NOW))["anna"].apart == ("annie",)
    assert [e.apart for e in (await store.versions("g", ["anna"]))["anna"]] == [(), ("annie",)]


async def test_an_entity_is_renamed_and_its_former_name_still_means_it(world: World) -> None:
    await world.say(1, ("Anna", "likes", "tea"))
    anna = await world.uuid("Anna")
    world.now[0] = day(2)
    changed = await world.memory.update_entity("g", anna, Revision(name="Anna Berg", type="Author", summary="A writer."))
    (renamed,) = changed.changes
    assert (renamed.kind, renamed.entities) == (ChangeKind.ENTITY_RENAMED, (anna,))
    await world.memory.add_facts("g", [FactInput(EntityInput(name="Anna"), "likes", EntityInput(name="rum"))])
    (now,) = [e for e in await world.entities() if e.uuid == anna]
    assert (now.name, now.type, now.aliases, now.summary, now.key) == ("Anna Berg", "Author", ("Anna",), "A writer.", "anna berg|Author")
    (then,) = [e for e in await world.entities(known=1.5) if e.uuid == anna]
    assert (then.name, then.type, then.summary) == ("Anna", "Person", None)
    assert {row[:3] for row in await world.rows()} == {("Anna Berg", "likes", "tea"), ("Anna Berg", "likes", "rum")}


async def test_a_name_that_is_taken_makes_a_namesake(world: World, store: Store) -> None:
    await world.say(1, ("Anna", "likes", "tea"), ("Bea", "likes", "rum"))
    bea = await world.uuid("Bea")
    await world.memory.update_entity("g", bea, Revision(name="Anna", remove_aliases=("Bea",)))
    assert (await store.entities("g", [bea], NOW))[bea].key == "anna|Person#2"
    with pytest.raises(BadInput, match="several"):
        await world.say(2, ("Anna", "likes", "milk"))
    await world.say(2, ("Bea", "likes", "milk"))
    assert len({e.uuid for e in await world.entities() if e.name == "Bea"} - {bea}) == 1
