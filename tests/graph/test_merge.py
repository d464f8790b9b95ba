"""A merge is an alias: taken away again it leaves what was there before."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import Conflict
from graph.inputs import Changed, EntityInput, FactInput
from graph.memory import Memory
from graph.merge import keeping, moves
from graph.model import ChangeKind, Entity, FactStatus, ReviewKind
from graph.ontology import load_ontology
from graph.views import EntityFilter, FactFilter, Page
from tests.graph.scripted import Talk, day, days
from tests.schema.memories import opened

ONTOLOGY = load_ontology()
EVERY = Page(500)
NAMES, CITIES = "abcd", ("Rome", "Oslo", "Lima")
STANDING = (FactStatus.HOLDS, FactStatus.ENDED, FactStatus.FUTURE)


def known(uuid: str, **more: Any) -> Entity:
    return replace(Entity(uuid, "g", uuid.title(), "Person", f"{uuid}|Person", day(0), day(0)), **more)


def test_the_kept_one_takes_all_names_and_what_is_told_more() -> None:
    kept = known("anna", type="Thing", aliases=("A.",), apart=("bo", "annie"))
    others = [known("annie", aliases=("a", "Mum"), summary="A cook.", apart=("anna", "cy")), known("ann", name="ANNA")]
    one = keeping(kept, others, ONTOLOGY, day(3))
    assert (one.name, one.aliases, one.type, one.summary) == ("Anna", ("A.", "Annie", "Mum"), "Person", "A cook.")
    assert (one.apart, one.key, one.recorded_at) == (("bo", "cy"), "anna|Person", day(3))
    assert keeping(one, others, ONTOLOGY, day(4)) == one


def test_who_is_one_with_another_moves() -> None:
    a, b = known("a"), known("b")
    pairs = [(a, replace(a, merged_into="b")), (b, replace(b, aliases=("A",))), (replace(b, merged_into="c"), b)]
    assert moves(pairs) == {"a": "b", "b": "b"}


async def world(memory: Memory) -> tuple[Any, ...]:
    """What is believed, and how entities read, without the instants at which that was recorded. What stands behind a record is not
    compared: one that was closed keeps the sayings of the time after its end, which a record drawn anew does not name.
    """
    graph = await memory.graph("g")
    entities = (await graph.entities(EntityFilter(), "NAME", EVERY)).items
    facts = (await graph.facts(FactFilter(status=STANDING), "OLDEST", EVERY)).items
    drawn = sorted((f.key, f.subject, f.object, f.text, days(f.valid_at), str(days(f.invalid_at)), f.confidence) for f in facts)
    return drawn, sorted((e.uuid, e.name, e.type, e.key, e.aliases, e.apart, str(e.merged_into)) for e in entities)


async def undo(memory: Memory, changed: Changed) -> Changed:
    return await memory.undo("g", changed.changes[0].uuid, "apart again")


async def people(memory: Memory, names: Iterable[str]) -> list[Entity]:
    entities = (await (await memory.graph("g")).entities(EntityFilter(types=("Person",)), "NAME", EVERY)).items
    return [e for e in entities if e.name in names]


TOLD = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from(("lives_in", "likes", "knows", "married_to")),
    st.sampled_from((*NAMES, *CITIES)),
    st.integers(0, 6),
    st.sampled_from((None, None, 2, 5)),
).filter(lambda t: t[0] != t[2] and (t[1] in ("knows", "married_to")) == (t[2] in NAMES))


@settings(max_examples=40, deadline=None)
@given(st.lists(TOLD, min_size=2, max_size=9), st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True))
def test_a_merge_undone_is_as_if_nothing_had_been(told: list[Any], names: list[str]) -> None:
    async def run(path: Path) -> None:
        now = [day(0)]
        async with opened(path, lambda: now[0]) as memory:
            for n, (subject, relation, object_, at, until) in enumerate(told):
                now[0] = day(10 + n)
                await memory.add_facts("g", [fact(subject, relation, object_, at, until)])
            before = await world(memory)
            family = await people(memory, names)
            if len(family) < 2:
                return
            now[0] += timedelta(days=1)
            try:
                merged = await memory.merge_entities("g", family[0].uuid, [e.uuid for e in family[1:]], "one")
            except Conflict:
                assert [f for f in before[0] if {f[1], f[2]} <= {e.uuid for e in family}]
                return
            after = await world(memory)
            assert not {f[1] for f in after[0]} & {e.uuid for e in family[1:]}
            undone = await undo(memory, merged)
            assert await world(memory) == before
            assert {c.kind for c in undone.changes if c.entities} <= {ChangeKind.MERGE_UNDONE, ChangeKind.ENTITY_RENAMED}
            assert list((await (await memory.graph("g")).reviews(ReviewKind.DUPLICATE, EVERY)).items) == []
            await undo(memory, undone)
            assert await world(memory) == after

    with TemporaryDirectory() as folder:
        asyncio.run(run(Path(folder) / "m.db"))


def fact(subject: str, relation: str, object_: str, at: int, until: int | None = None) -> FactInput:
    kind = "Person" if object_ in NAMES else "City"
    ended = day(at + until) if until is not None else None
    return FactInput(
        EntityInput(name=subject, type="Person"), relation, EntityInput(name=object_, type=kind), valid_at=day(at), invalid_at=ended
    )


async def test_what_was_said_since_is_asked_about(talk: Talk) -> None:
    await talk.memory.add_facts("g", [fact("a", "likes", "Rome", 1), fact("b", "likes", "Oslo", 1)])
    family = await people(talk.memory, "ab")
    merged = await talk.memory.merge_entities("g", family[0].uuid, [family[1].uuid], "one")
    talk.now[0] += timedelta(days=1)
    await talk.memory.add_facts("g", [fact("b", "likes", "Lima", 2)])
    await undo(talk.memory, merged)
    (review,) = (await (await talk.memory.graph("g")).reviews(None, EVERY)).items
    assert (review.kind, set(review.entities)) == (ReviewKind.DUPLICATE, {e.uuid for e in family})
    assert "'b' stands for itself again" in review.reason
    facts = await (await talk.memory.graph("g")).load_facts(review.facts)
    assert [f.text for f in facts.values()] == ["a likes Lima"]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
async def test_a_chain_is_taken_apart_in_any_order(talk: Talk, order: tuple[int, int]) -> None:
    await talk.memory.add_facts("g", [fact("a", "likes", "Rome", 1), fact("b", "likes", "Oslo", 1), fact("c", "likes", "Lima", 1)])
    before = await world(talk.memory)
    a, b, c = [e.uuid for e in await people(talk.memory, "abc")]
    merges = [await talk.memory.merge_entities("g", keep, [other], "one") for keep, other in ((b, a), (c, b))]
    first = await undo(talk.memory, merges[order[0]])
    found = {e.uuid: e.merged_into for e in (await (await talk.memory.graph("g")).load_entities([a, b, c])).values()}
    assert found == ({a: None, b: c, c: None} if order[0] == 0 else {a: b, b: None, c: None})
    if order[0] == 0:
        assert [e.aliases for e in await people(talk.memory, "c")] == [("b",)]
    await undo(talk.memory, merges[order[1]])
    assert await world(talk.memory) == before
    again = await undo(talk.memory, first)
    assert ChangeKind.ENTITIES_MERGED in {change.kind for change in again.changes}


async def test_who_is_told_apart_can_be_asked_about_again(talk: Talk) -> None:
    await talk.memory.add_facts("g", [fact("a", "likes", "Rome", 1), fact("b", "likes", "Oslo", 1)])
    a, b = [e.uuid for e in await people(talk.memory, "ab")]
    merged = await talk.memory.merge_entities("g", a, [b], "one")
    await talk.memory.add_facts("g", [fact("b", "likes", "Lima", 2)])
    await undo(talk.memory, merged)
    (review,) = (await (await talk.memory.graph("g")).reviews(None, EVERY)).items
    resolved = await talk.memory.resolve_review("g", review.uuid, [a, b], "different")
    assert [e.apart for e in await people(talk.memory, "ab")] == [(b,), (a,)]
    await undo(talk.memory, resolved)
    assert [e.apart for e in await people(talk.memory, "ab")] == [(), ()]
    (again,) = (await (await talk.memory.graph("g")).reviews(None, EVERY)).items
    assert (again.uuid, again.resolved_at, again.resolution) == (review.uuid, None, None)
