"""A merge is an alias: taken away again it leaves what was there before."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.commit import Moment, Proposal, commit
from graph.inputs import EntityInput, FactInput
from graph.memory import Memory
from graph.merge import keeping, moves, said_since
from graph.model import Entity, FactStatus, ReviewKind
from graph.ontology import load_ontology
from graph.reconcile import Note
from graph.stores.base import Asking
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
    """What is believed, and how entities read, without the instants at which that was recorded."""
    graph = await memory.graph("g")
    entities = (await graph.entities(EntityFilter(), "NAME", EVERY)).items
    facts = (await graph.facts(FactFilter(status=STANDING), "OLDEST", EVERY)).items
    drawn = sorted(
        (f.key, f.subject, f.object, f.text, days(f.valid_at), str(days(f.invalid_at)), f.confidence, sorted(f.assertions)) for f in facts
    )
    return drawn, sorted((e.uuid, e.name, e.type, e.key, e.aliases, e.apart, str(e.merged_into)) for e in entities)


async def part(memory: Memory, merged_at: datetime, before: Sequence[Entity]) -> Sequence[str]:
    """Has entities read as before again. The reasons of the reviews that it opens."""

    async def propose(moment: Moment) -> Proposal:
        pairs = [(moment.footing.entities[e.uuid], replace(e, recorded_at=moment.at)) for e in before]
        reviews = await said_since(moment, pairs, merged_at)
        back = [then for _, then in pairs]
        return Proposal(revised=back, moved=moves(pairs), move=Note("undone", "apart again"), reviews=reviews)

    asking = Asking(entities=[e.uuid for e in before])
    await commit(memory.parts, "g", "local", asking, propose)
    graph = await memory.graph("g")
    return [r.reason for r in (await graph.reviews(ReviewKind.DUPLICATE, EVERY)).items]


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
def test_merging_and_parting_again_is_as_if_nothing_had_been(told: list[Any], merged: list[str]) -> None:
    async def run(path: Path) -> None:
        now = [day(0)]
        async with opened(path, lambda: now[0]) as memory:
            for n, (subject, relation, object_, at, until) in enumerate(told):
                now[0] = day(10 + n)
                await memory.add_facts("g", [fact(subject, relation, object_, at, until)])
            before = await world(memory)
            family = await people(memory, merged)
            if len(family) < 2:
                return
            now[0] += timedelta(days=1)
            merged_at = (await memory.merge_entities("g", family[0].uuid, [e.uuid for e in family[1:]], "one")).at
            assert not {f[1] for f in (await world(memory))[0]} & {e.uuid for e in family[1:]}
            now[0] += timedelta(days=1)
            assert await part(memory, merged_at, family) == []
            assert await world(memory) == before

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
    merged_at = (await talk.memory.merge_entities("g", family[0].uuid, [family[1].uuid], "one")).at
    talk.now[0] += timedelta(days=1)
    await talk.memory.add_facts("g", [fact("b", "likes", "Lima", 2)])
    (reason,) = await part(talk.memory, merged_at, family)
    assert "'b' stands for itself again" in reason
    (review,) = (await (await talk.memory.graph("g")).reviews(None, EVERY)).items
    facts = await (await talk.memory.graph("g")).load_facts(review.facts)
    assert [f.text for f in facts.values()] == ["a likes Lima"]
    assert set(review.entities) == {e.uuid for e in family}
