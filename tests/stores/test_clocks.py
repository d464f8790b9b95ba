"""As of an instant on both clocks: what every read sees, compared with the law in `graph.model.Fact.status`."""

from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.delta import Delta
from graph.errors import Conflict, NotFound, StaleVersion
from graph.model import Fact, FactStatus
from graph.stores.base import Store, Wanted
from graph.time import AsOf, Precision
from graph.views import EntityFilter, FactFilter, Page
from tests.stores.builders import NOW, Writer, as_of, assertion, closing, day, entity, fact, keeping, message, retraction, uuids, vector
from tests.stores.seeking import having_one

ALL = tuple(FactStatus)
EVERY = Page(1000)


async def shown(store: Store, at: AsOf, *status: FactStatus) -> list[str]:
    found = await store.list_facts("g", FactFilter(status=status or (FactStatus.HOLDS,)), "OLDEST", EVERY, at)
    return uuids(found.items)


async def test_a_fact_is_read_back_as_it_was_written(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "rome")
    told = [assertion("a1", "anna", "lives_in", "rome", day(1)), assertion("a2", "anna", "lives_in", "rome", day(2))]
    written = replace(
        fact("f", "anna", "lives_in", "rome", day(2)),
        invalid_at=day(5),
        invalid_at_precision=Precision.MONTH,
        confidence=0.5,
        assertions=("a2", "a1"),
        episodes=("said there", "and there"),
        attributes={"street": "Straße 1", "n": [1, None]},
    )
    await writer.apply(2, assertions=told, facts=[written])
    assert await store.facts("g", ["f", "nothing"]) == {"f": written}


async def test_an_end_learnt_later_was_not_known_before(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "rome")
    await writer.apply(2, facts=[fact("f", "anna", "lives_in", "rome", day(2))])
    await writer.apply(9, closings=[closing("f", day(5))])
    found = (await store.facts("g", ["f"]))["f"]
    assert (found.invalid_at, found.invalid_at_precision, found.expired_at) == (day(5), Precision.DAY, day(9))
    assert await shown(store, as_of(7, 8.9)) == ["f"]
    assert await shown(store, as_of(7, 9)) == []
    assert await shown(store, as_of(4, 9)) == ["f"]
    assert await shown(store, as_of(5, 9)) == []
    assert await shown(store, as_of(7, 9), FactStatus.ENDED) == ["f"]
    assert await shown(store, as_of(2, 2)) == ["f"]
    assert await shown(store, as_of(2, 1.9)) == []
    assert await shown(store, as_of(1.9, 2), FactStatus.FUTURE) == ["f"]


async def test_a_retracted_record_is_seen_as_it_was(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "rome")
    await writer.apply(2, facts=[fact("f", "anna", "lives_in", "rome", day(2))])
    await writer.apply(4, retractions=[retraction("f", "g")], facts=[fact("g", "anna", "lives_in", "rome", day(4), valid_at=day(1))])
    assert await shown(store, as_of(3, 3.9)) == ["f"]
    assert await shown(store, as_of(3, 4)) == ["g"]
    assert await shown(store, NOW, FactStatus.RETRACTED) == ["f"]
    assert await shown(store, as_of(3, 3), FactStatus.RETRACTED) == []
    found = (await store.facts("g", ["f"]))["f"]
    assert (found.retracted_at, found.replaced_by) == (day(4), "g")


async def test_a_record_is_closed_and_retracted_once(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "rome")
    await writer.apply(2, facts=[fact("f", "anna", "lives_in", "rome", day(2))])
    await writer.apply(3, closings=[closing("f", day(3))])
    with pytest.raises(NotFound, match="'f'"):
        await writer.apply(4, closings=[closing("f", day(4))])
    await writer.apply(5, retractions=[retraction("f")])
    with pytest.raises(NotFound, match="'f'"):
        await writer.apply(6, retractions=[retraction("f")])


async def test_entities_read_as_they_were_known(store: Store, writer: Writer) -> None:
    made = entity("u", day(1), name="User", key="person:user", summary="someone")
    await writer.apply(1, entities=[made])
    named = replace(made, name="Anna Berg", aliases=("User", "Ännchen"), key="person:anna berg", recorded_at=day(3), summary=None)
    await writer.apply(3, revised=[named])
    assert await store.entities("g", ["u"], as_of(1)) == {"u": made}
    assert await store.entities("g", ["u"], as_of(9, 2.9)) == {"u": made}
    assert await store.entities("g", ["u"], as_of(0, 3)) == {"u": named}
    assert await store.entities("g", ["u"], as_of(9, 0.9)) == {}
    assert uuids(await store.find_entities("g", "anna berg", NOW)) == ["u"]
    assert uuids(await store.find_entities("g", "ANNA BERG", as_of(2))) == []
    assert uuids(await store.find_entities("g", "user", as_of(2))) == ["u"]
    assert [e.name for e in (await store.list_entities("g", EntityFilter(name="ännch"), "NAME", EVERY, NOW)).items] == ["Anna Berg"]
    assert (await store.list_entities("g", EntityFilter(name="ännch"), "NAME", EVERY, as_of(2))).items == ()
    assert await having_one(store, "ENTITY", "berg", as_of(2)) == []
    assert await having_one(store, "ENTITY", "user", as_of(2)) == ["u"]
    assert await having_one(store, "ENTITY", "berg", NOW) == ["u"]


async def test_a_merged_entity_answers_by_uuid_and_is_listed_no_more(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "annie")
    await writer.apply(2, revised=[entity("annie", day(1), recorded_at=day(2), merged_into="anna")])
    assert (await store.entities("g", ["annie"], NOW))["annie"].merged_into == "anna"
    assert uuids((await store.list_entities("g", EntityFilter(), "RECENT", EVERY, NOW)).items) == ["anna"]
    assert uuids((await store.list_entities("g", EntityFilter(), "RECENT", EVERY, as_of(1))).items) == ["annie", "anna"]
    assert await store.find_entities("g", "annie", NOW) == []
    assert (await store.counts("g", NOW)).entities == 1


async def test_episodes_kept_later_are_not_seen(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna")
    kept = await store.keep(keeping(message("said on Monday", said=day(1)), at=day(5)))
    (uuid,) = uuids(kept.episodes)
    await writer.apply(6, mentions=[(uuid, "anna")])
    assert (await store.list_episodes("g", "s", EVERY, day(4))).items == ()
    assert await having_one(store, "EPISODE", "monday", as_of(9, 4)) == []
    assert await store.around("g", [uuid], 1, day(4)) == {}
    assert await having_one(store, "EPISODE", "monday", as_of(0, 5)) == [uuid]
    assert await store.mentioned_in("g", [uuid], as_of(5)) == {}
    assert await store.mentioned_in("g", [uuid], as_of(6)) == {uuid: ("anna",)}
    assert (await store.mentions_of("g", "anna", EVERY, day(5))).items == ()
    assert uuids((await store.mentions_of("g", "anna", EVERY, day(6))).items) == [uuid]
    assert ((await store.counts("g", as_of(9, 4))).episodes, (await store.counts("g", NOW)).episodes) == (0, 1)


async def test_a_delta_of_another_version_is_stale_and_changes_nothing(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna")
    with pytest.raises(StaleVersion, match="version 1"):
        await store.apply(Delta("g", 0, "op", day(2), entities=[entity("ben", day(2))]))
    with pytest.raises(StaleVersion):
        await store.apply(Delta("unheard of", 3, "op", day(2)))
    assert await store.entities("g", ["ben"], NOW) == {}
    assert await store.group("unheard of") is None


async def test_recorded_time_goes_forward(store: Store, writer: Writer) -> None:
    await writer.people(2, "anna")
    with pytest.raises(Conflict, match="not later"):
        await writer.people(2, "ben")
    await writer.people(2.001, "ben")
    found = await store.group("g")
    assert found is not None
    assert (found.version, found.last_at, found.created_at) == (2, day(2.001), day(2))


async def test_what_a_delta_names_must_be_there(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna")
    for parts in (
        {"facts": [fact("f", "anna", "knows", "nobody", day(2))]},
        {"facts": [fact("f", "anna", "knows", "anna", day(2), assertions=("nothing",))]},
        {"mentions": [("nothing", "anna")]},
        {"withdrawn": ["nothing"]},
        {"revised": [entity("nobody", day(2))]},
        {"supports": [("nothing", "nothing")]},
    ):
        with pytest.raises(NotFound, match="no"):
            await writer.apply(2, **parts)
    with pytest.raises(Conflict):
        await writer.apply(2, entities=[entity("anna", day(2))])
    with pytest.raises(Conflict):
        await writer.apply(2, entities=[entity("another", day(2), key="person:anna")])
    found = await store.group("g")
    assert found is not None
    assert found.version == 1


OPERATIONS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, 9), st.one_of(st.none(), st.integers(0, 9))),
        st.tuples(st.just("close"), st.integers(0, 9), st.integers(0, 9)),
        st.tuples(st.just("retract"), st.integers(0, 9), st.just(0)),
    ),
    max_size=12,
)


def ends_in(group: str) -> tuple[str, str]:
    """Who lives where in a group; a uuid is nowhere else."""
    return f"anna-{group}", f"rome-{group}"


async def replay(store: Store, group: str, operations: list[tuple[str, int, int | None]]) -> list[str]:
    """One operation a day; the uuids of all records made. Impossible ones are left out."""
    writer = Writer(store, group)
    anna, rome = ends_in(group)
    await writer.apply(0, entities=[entity(u, day(0), group=group) for u in (anna, rome)])
    open_, made = [], []
    for number, (verb, which, end) in enumerate(operations, start=1):
        if verb == "add":
            ends = {} if end is None else {"invalid_at": day(max(end, which)), "invalid_at_precision": Precision.DAY}
            uuid = f"f{number}-{group}"
            told = fact(uuid, anna, "lives_in", rome, day(number), group=group, valid_at=day(which), **ends)
            await writer.apply(number, facts=[told])
            made.append(uuid)
            open_.append((uuid, end is None, which))
        elif open_:
            uuid, closable, began = open_.pop(which % len(open_))
            if verb == "retract":
                await writer.apply(number, retractions=[retraction(uuid)])
            elif closable and end is not None:
                await writer.apply(number, closings=[closing(uuid, day(max(end, began)))])
    return made


@given(OPERATIONS, st.integers(0, 10), st.integers(0, 13))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_history_reads_as_the_law_says(
    store: Store, operations: list[tuple[str, int, int | None]], valid: int, known: int
) -> None:
    group = str(uuid4())
    anna, rome = ends_in(group)
    made = await replay(store, group, operations)
    at = as_of(valid, known)
    records = await store.facts(group, made)
    assert set(records) == set(made)
    by_known = {uuid: f for uuid, f in records.items() if f.created_at <= at.known}
    for status in ALL:
        expected = {uuid for uuid, f in by_known.items() if f.status(at) is status}
        for order in ("NEWEST", "OLDEST", "RECORDED"):
            for filter in (
                FactFilter(status=(status,)),
                FactFilter(entity=anna, status=(status,)),
                FactFilter(object=rome, status=(status,)),
            ):
                found = await store.list_facts(group, filter, order, EVERY, at)
                assert set(uuids(found.items)) == expected, (status, order, filter)
    holds = {uuid for uuid, f in by_known.items() if f.status(at) is FactStatus.HOLDS}
    believed = {uuid for uuid, f in by_known.items() if f.believed_at(at.known)}
    assert await other_reads(store, group, at) == (holds, believed, len(holds))


async def other_reads(store: Store, group: str, at: AsOf) -> tuple[set[str], set[str], int]:
    anna, rome = ends_in(group)
    near = await store.neighborhood(group, [rome], 2, FactFilter(), 100, at)
    around: dict[str, tuple[Fact, ...]] = dict(await store.facts_around(group, [rome], 100, at))
    every = dict(await store.facts_around(group, [anna], 100, at, current=False))
    text = (await store.search(group, Wanted(["anna"], vector(1), {"FACT": 100}), at)).words["FACT"]["anna"]
    degree = (await store.degrees(group, [anna], at)).get(anna, 0)
    counted = await store.counts(group, at)
    assert set(uuids(near.facts)) == set(uuids(around.get(rome, ()))) == set(text.scores)
    assert degree == counted.facts == near.total
    listed = await store.list_entities(group, EntityFilter(), "MOST_CONNECTED", EVERY, at)
    assert uuids(listed.items) == [anna, rome]
    return set(text.scores), set(uuids(every.get(anna, ()))), degree
