"""What lies around entities, facts, relations and episodes, as of an instant: each part as asked for, and all of them at once."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from graph.model import Fact
from graph.stores.base import Records, Spot, Store, Vicinity
from graph.time import AsOf
from tests.stores.builders import LATE, NOW, Writer, as_of, assertion, closing, day, entity, fact, keeping, message, retraction, uuids


def by_uuid(facts: Mapping[str, tuple[Fact, ...]]) -> dict[str, list[str]]:
    return {key: uuids(found) for key, found in facts.items()}


async def related(store: Store, at: AsOf, *relations: str, past: bool = False, most: int = 10) -> list[str]:
    found = await store.vicinity("g", Spot(relations=relations, past=past, most_related=most), at)
    assert replace(found, related=()) == Vicinity()
    return uuids(found.related)


async def test_the_newest_facts_of_each_entity_whatever_their_status(store: Store, writer: Writer) -> None:
    await writer.people(1, "hub", "anna", "ben")
    made = [
        replace(fact(f"f{n:03}", "anna" if n % 2 else "hub", "knows", "hub" if n % 2 else "ben", day(2)), valid_at=day(n / 100))
        for n in range(300)
    ]
    await writer.apply(2, facts=made)
    await writer.apply(3, closings=[closing("f299", day(2.995))], retractions=[retraction("f298")])
    for valid in (0.005, 10):
        found = await store.vicinity("g", Spot(entities=["hub", "ben", "nobody"], limit=3), as_of(valid, 10))
        assert by_uuid(found.around) == {"hub": ["f299", "f297", "f296"], "ben": ["f296", "f294", "f292"]}
    before = await store.vicinity("g", Spot(entities=["ben"], limit=2), as_of(10, 2))
    assert by_uuid(before.around) == {"ben": ["f298", "f296"]}
    assert await store.vicinity("g", Spot(entities=["ben"], limit=0), as_of(10, 2)) == Vicinity()
    assert await store.vicinity("g", Spot(entities=["ben"]), as_of(10, 1)) == Vicinity()


async def test_records_of_three_kinds_are_read_at_once(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "ben")
    kept = await writer.keep("hello", at=2)
    await writer.apply(3, assertions=[assertion("a1", "anna", "knows", "ben", day(3))])
    asked = [kept.episodes[0].uuid, "nothing"], ["a1", "nothing"], ["anna", "nobody"]
    found = await store.records("g", *asked, NOW)
    assert found == Records(
        await store.episodes("g", asked[0]), await store.assertions("g", asked[1]), await store.entities("g", asked[2], NOW)
    )
    assert [list(of) for of in (found.episodes, found.assertions, found.entities)] == [[kept.episodes[0].uuid], ["a1"], ["anna"]]
    assert (await store.records("g", *asked, as_of(9, 0.5))).entities == {}
    for group, named in (("h", asked), ("g", ([], [], []))):
        assert await store.records(group, *named, NOW) == Records({}, {}, {})


async def test_facts_around_may_be_those_that_hold(store: Store, writer: Writer) -> None:
    await writer.people(1, "hub", "anna")
    await writer.apply(2, facts=[replace(fact(f"f{n}", "hub", "knows", "anna", day(2)), valid_at=day(n), key=str(n)) for n in range(5)])
    await writer.apply(3, closings=[closing("f0", day(1))])
    holding = await store.facts_around("g", ["hub", "anna", "nobody"], 2, as_of(3.5, 9))
    assert by_uuid(holding) == {"hub": ["f3", "f2"], "anna": ["f3", "f2"]}
    every = await store.facts_around("g", ["hub"], 9, as_of(3.5, 9), current=False)
    assert by_uuid(every) == {"hub": ["f4", "f3", "f2", "f1", "f0"]}
    assert by_uuid(await store.facts_around("g", ["hub"], 9, as_of(0.5, 9))) == {"hub": ["f0"]}
    assert await store.facts_around("g", [], 9, NOW) == {}


async def test_facts_by_uuid_are_those_believed_then(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "rome", "oslo")
    await writer.apply(2, facts=[fact("f", "anna", "lives_in", "rome", day(2)), fact("g", "anna", "likes", "oslo", day(2))])
    await writer.apply(4, retractions=[retraction("f")], facts=[fact("h", "anna", "lives_in", "oslo", day(4))])
    spot = Spot(facts=["f", "g", "h", "nothing"])
    assert set((await store.vicinity("g", spot, NOW)).facts) == {"g", "h"}
    then = await store.vicinity("g", spot, as_of(9, 3))
    assert set(then.facts) == {"f", "g"}
    assert then.facts["g"] == (await store.facts("g", ["g"]))["g"]


async def test_the_newest_of_relations_hold_or_are_to_come_or_were(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "ben")
    made = {"plan1": ("plans", 5), "plan2": ("plans", 6), "likes": ("likes", 3), "over": ("plans", 2), "gone": ("plans", 4)}
    drawn = [fact(u, "anna", relation, "ben", day(2), valid_at=day(at), key=u) for u, (relation, at) in made.items()]
    await writer.apply(2, facts=[*drawn, fact("other", "anna", "knows", "ben", day(2), valid_at=day(7))])
    await writer.apply(3, closings=[closing("over", day(3))], retractions=[retraction("gone")])
    await Writer(store, "h").apply(1, entities=[entity("hanna", day(1), group="h")])
    await Writer(store, "h").apply(2, facts=[fact("theirs", "hanna", "plans", "hanna", day(2), group="h", valid_at=day(8))])
    assert await related(store, as_of(5.5, 9), "plans") == ["plan2", "plan1"]
    assert await related(store, as_of(5.5, 9), "plans", "likes", "likes", "unheard of") == ["plan2", "plan1", "likes"]
    assert await related(store, as_of(5.5, 9), "plans", "likes", past=True) == ["plan2", "plan1", "likes", "over"]
    assert await related(store, as_of(5.5, 9), "plans", "likes", past=True, most=3) == ["plan2", "plan1", "likes"]
    assert await related(store, as_of(2.5, 9), "plans") == ["plan2", "plan1", "over"]
    assert await related(store, as_of(5.5, 2), "plans") == ["plan2", "plan1", "gone", "over"]
    assert await related(store, as_of(5.5, 1), "plans") == []
    assert await related(store, NOW, "plans", most=0) == []


async def test_facts_drawn_from_episodes(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "rome", "oslo")
    first, second, third = uuids((await writer.keep("a", "b", "c", at=1)).episodes)
    told = [
        assertion("a1", "anna", "lives_in", "rome", day(2), episode=first),
        assertion("a2", "anna", "likes", "oslo", day(2), episode=first),
        assertion("a3", "anna", "likes", "oslo", day(3), recorded_at=day(3), episode=second),
    ]
    drawn = [
        fact("f", "anna", "lives_in", "rome", day(2), assertions=("a1",)),
        fact("g", "anna", "likes", "oslo", day(1), assertions=("a2",)),
    ]
    await writer.apply(2, assertions=told[:2], facts=[replace(f, created_at=day(2)) for f in drawn])
    await writer.apply(3, assertions=told[2:], supports=[("g", "a3")])
    spot = Spot(drawn_from=[first, second, third, "nothing"])
    assert by_uuid((await store.vicinity("g", spot, NOW)).drawn) == {first: ["g", "f"], second: ["g"]}
    assert by_uuid((await store.vicinity("g", spot, as_of(9, 2))).drawn) == {first: ["g", "f"]}
    await writer.apply(4, retractions=[retraction("f")])
    assert by_uuid((await store.vicinity("g", spot, NOW)).drawn) == {first: ["g"], second: ["g"]}


@pytest.mark.parametrize("radius", [0, 2])
async def test_the_conversation_around_episodes(store: Store, writer: Writer, radius: int) -> None:
    await writer.people(1, "anna", "ben")
    said = uuids((await writer.keep(*(f"m{n}" for n in range(7)), at=1)).episodes)
    await store.keep(keeping(message("said in between", said=day(1)), at=day(9)))
    spot = Spot(episodes=[said[3], "nothing"], radius=radius)
    found = await store.vicinity("g", spot, as_of(9, 8))
    assert found == Vicinity(nodes=await store.around("g", [said[3]], radius, day(8)))
    assert set(found.nodes) == set(said[3 - radius : 4 + radius])
    assert (found.nodes[said[3]].previous, found.nodes[said[3]].next) == (said[2], said[4])
    assert await store.vicinity("g", spot, as_of(9, 0.5)) == Vicinity()


async def test_nothing_is_around_nothing(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna")
    assert await store.around("g", ["nothing"], 2, LATE) == {}
    everything = Spot(
        entities=["anna", "nobody"], facts=["nothing"], relations=["knows"], drawn_from=["nothing"], episodes=["nothing"], past=True
    )
    for group in ("g", "nowhere"):
        assert await store.vicinity(group, Spot(), NOW) == Vicinity()
        assert await store.vicinity(group, everything, NOW) == Vicinity()


async def test_all_at_once_is_as_each_alone(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "ben", "rome")
    said = uuids((await writer.keep("a", "b", "c", at=1)).episodes)
    told = assertion("told", "anna", "lives_in", "rome", day(2), episode=said[1])
    drawn = fact("f", "anna", "lives_in", "rome", day(2), assertions=("told",), episodes=(said[1],), attributes={"why": "Straße"})
    more = fact("g", "ben", "knows", "anna", day(2))
    await writer.apply(2, assertions=[told], facts=[drawn, more])
    whole = Spot(entities=["anna", "rome"], facts=["f"], relations=["lives_in"], drawn_from=[said[1]], episodes=[said[1]], radius=1)
    found = await store.vicinity("g", whole, NOW)
    assert found == Vicinity(
        around={"anna": (more, drawn), "rome": (drawn,)},
        facts={"f": drawn},
        related=(drawn,),
        drawn={said[1]: (drawn,)},
        nodes=await store.around("g", [said[1]], 1, LATE),
    )
