"""What learning reads and writes: candidates, beliefs, the log, reviews, and how records hang together."""

from dataclasses import replace

import pytest

from graph.belief import belief_key
from graph.errors import NotFound
from graph.model import Change, ChangeKind, Confidence, Fact, Review, ReviewKind, UpdatePolicy
from graph.ontology import Relation, Side
from graph.resolve import normal
from graph.stores.base import Asking, Store
from graph.stores.reach import NAMESAKES
from graph.time import Precision
from graph.views import Page
from tests.stores.builders import (
    LATE,
    NOW,
    Writer,
    as_of,
    assertion,
    change,
    closing,
    day,
    entity,
    fact,
    keeping,
    message,
    retraction,
    uuids,
)

EVERY = Page(1000)


async def test_candidates_by_key_alias_and_first_name(store: Store, writer: Writer) -> None:
    anna = entity("anna", day(1), name="Anna Berg", aliases=("Ännchen", "Mum"))
    other = entity("other", day(1), name="Anna Holm")
    await writer.apply(1, entities=[anna, other, entity("mum", day(1), name="Mum")])
    kept = await writer.keep("Hello Anna", "and again", at=2)
    await writer.apply(3, mentions=[(e.uuid, "anna") for e in kept.episodes])
    names = [normal(name) for name in ("Anna Berg", "anna", "ÄNNCHEN", "mum", "nobody")]
    found = {(c.name, c.entity.uuid): (c.matched, c.seen_at) for c in (await store.footing("g", Asking(names, "s"))).candidates}
    seen = kept.episodes[1].instant
    assert found == {
        (normal("Anna Berg"), "anna"): ("KEY", seen),
        (normal("anna"), "anna"): ("FIRST_NAME", seen),
        (normal("anna"), "other"): ("FIRST_NAME", None),
        (normal("Ännchen"), "anna"): ("ALIAS", seen),
        (normal("mum"), "anna"): ("ALIAS", seen),
        (normal("mum"), "mum"): ("KEY", None),
    }
    for session in ("another session", None):
        assert {c.seen_at for c in (await store.footing("g", Asking(names, session))).candidates} == {None}
    assert list((await store.footing("h", Asking(names, "s"))).candidates) == []


async def test_of_a_common_first_name_the_last_named_are_candidates(store: Store, writer: Writer) -> None:
    count = NAMESAKES + 5
    await writer.apply(1, entities=[entity(f"a{n}", day(1), name=f"Anna N{n}") for n in range(count)])
    await writer.apply(2, entities=[entity("anna", day(2), name="Anna"), entity("nan", day(2), name="Nan", aliases=("Anna",))])
    found = (await store.footing("g", Asking([normal("Anna"), normal("Anna N0")]))).candidates
    last = {f"a{n}" for n in range(count - NAMESAKES, count)}
    by_match = {matched: {c.entity.uuid for c in found if c.matched == matched} for matched in ("KEY", "ALIAS", "FIRST_NAME")}
    assert by_match == {"KEY": {"anna", "a0"}, "ALIAS": {"nan"}, "FIRST_NAME": last}


async def test_candidates_are_of_the_present(store: Store, writer: Writer) -> None:
    made = entity("u", day(1), name="User")
    await writer.apply(1, entities=[made])
    await writer.apply(2, revised=[replace(made, name="Anna", recorded_at=day(2))])
    found = (await store.footing("g", Asking([normal("User"), normal("Anna")]))).candidates
    assert [(c.name, c.entity.name, c.entity.recorded_at) for c in found] == [(normal("Anna"), "Anna", day(2))]


async def test_an_operation_stands_on_the_group_as_it_is(store: Store, writer: Writer) -> None:
    nothing = await store.footing("g", Asking(["anna"], "s", ["anna"], ["f"], ["x"]))
    assert (nothing.group, list(nothing.candidates), nothing.entities, nothing.facts, nothing.external) == (None, [], {}, {}, {})
    await writer.people(1, "anna")
    first = await store.footing("g", Asking())
    await writer.apply(2, revised=[entity("anna", day(2), name="Anna Berg", created_at=day(1))])
    second = await store.footing("g", Asking(["anna"]))
    present = await store.group("g")
    assert present is not None and present.version == 2
    assert (first.group, second.group) == (replace(present, version=1, last_at=day(1)), present)


async def test_what_an_operation_names_by_id_comes_as_it_is(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "ben")
    await writer.apply(2, facts=[fact("f", "anna", "knows", "ben", day(2)), fact("g", "ben", "knows", "anna", day(2))])
    await writer.apply(3, revised=[entity("ben", day(3), name="Benjamin", created_at=day(1))], retractions=[retraction("f", "g")])
    found = await store.footing("g", Asking(entities=["ben", "nobody", "ben"], facts=["f", "g", "nothing"]))
    assert {uuid: e.name for uuid, e in found.entities.items()} == {"ben": "Benjamin"}
    assert found.facts == await store.facts("g", ["f", "g"])
    assert (found.facts["f"].retracted_at, found.facts["f"].replaced_by, found.facts["g"].retracted_at) == (day(3), "g", None)
    assert (list(found.candidates), found.external) == ([], {})


async def test_of_assertions_told_under_one_id_the_first_counts(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "rome", "oslo")
    told = [assertion(place, "anna", "lives_in", place, day(2), external_id="x") for place in ("rome", "oslo")]
    await writer.apply(2, assertions=told)
    await writer.apply(3, assertions=[assertion("other", "anna", "knows", "rome", day(3), external_id="y")], withdrawn=["rome"])
    found = (await store.footing("g", Asking(external=["x", "y", "z"]))).external
    assert {id: (a.uuid, a.withdrawn_at) for id, a in found.items()} == {"x": ("rome", day(3)), "y": ("other", None)}


async def test_the_best_connected_of_a_name_comes_first(store: Store, writer: Writer) -> None:
    await writer.apply(1, entities=[entity(u, day(1), name="Anna", key=u) for u in ("a1", "a2")])
    await writer.people(2, "ben")
    await writer.apply(3, facts=[fact("f", "a2", "knows", "ben", day(3))])
    assert uuids(await store.find_entities("g", "anna", NOW)) == ["a2", "a1"]
    assert uuids(await store.find_entities("g", "anna", as_of(2))) == ["a1", "a2"]


async def test_beliefs_are_what_stands_under_the_keys(store: Store, writer: Writer) -> None:
    lives = Relation("lives_in", "lives in", exclusive=Side.SUBJECT)
    heads = Relation("head_of", "heads", exclusive=Side.OBJECT)
    likes = Relation("likes", "likes")
    policy = UpdatePolicy.ONTOLOGY
    by_subject = belief_key(lives, "anna", "rome", policy)
    by_object = belief_key(heads, "anna", "acme", policy)
    by_pair = belief_key(likes, "anna", "tea", policy)
    await writer.people(1, "anna", "ben", "rome", "acme", "tea")
    told = [
        assertion("rome", "anna", "lives_in", "rome", day(2)),
        assertion("denied", "anna", "lives_in", "acme", day(2), holds=False, precision=Precision.BEFORE),
        assertion("heads", "ben", "head_of", "acme", day(2)),
        assertion("likes", "anna", "likes", "tea", day(2)),
        assertion("other", "anna", "likes", "ben", day(2)),
        assertion("ben's", "ben", "lives_in", "rome", day(2)),
        assertion("dead", "anna", "lives_in", "tea", day(2), withdrawn_at=day(2), withdrawn_by="op"),
        assertion("withdrawn", "anna", "lives_in", "tea", day(2)),
    ]
    drawn = [fact("f1", "anna", "lives_in", "rome", day(2), key=by_subject), fact("f2", "anna", "likes", "tea", day(2), key=by_pair)]
    await writer.apply(2, assertions=told, facts=[*drawn, fact("f3", "anna", "lives_in", "tea", day(2), key=by_subject)])
    await writer.apply(3, withdrawn=["withdrawn"], retractions=[retraction("f3")])
    found = await store.beliefs("g", [by_subject, by_object, by_pair, by_subject])
    assert {a.uuid for a in found.assertions} == {"rome", "denied", "heads", "likes"}
    assert {f.uuid for f in found.facts} == {"f1", "f2"}
    assert next(a for a in found.assertions if a.uuid == "denied") == told[1]
    assert (await store.beliefs("g", [belief_key(lives, "nobody", "rome", policy)])).assertions == ()
    withdrawn = (await store.assertions("g", ["withdrawn"]))["withdrawn"]
    assert (withdrawn.withdrawn_at, withdrawn.withdrawn_by) == (day(3), writer.applied[-1].operation)


async def test_an_assertion_is_read_back_as_it_was_written(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "rome")
    kept = await writer.keep("I lived in Rome", at=1)
    written = assertion(
        "a",
        "anna",
        "lives_in",
        "rome",
        day(1),
        within=day(30),
        seen=day(3),
        end=day(20),
        end_precision=Precision.MONTH,
        confidence=0.25,
        episode=kept.episodes[0].uuid,
        quote="lived in Rome",
        span=(2, 15),
        external_id="x",
        attributes={"why": "work"},
    )
    await writer.apply(2, assertions=[written])
    assert await store.assertions("g", ["a", "b"]) == {"a": written}
    assert (await store.footing("g", Asking(external=["x", "y"]))).external == {"x": written}


async def test_the_last_said_of_a_session_can_be_taken_back(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "rome")
    here = await writer.keep("a", "b", "c", at=1)
    there = await writer.keep("d", session="t", at=1)
    given = [(*e, "knows" if n == 1 else "lives_in") for n, e in enumerate((e.uuid, e.instant) for e in (*here.episodes, *there.episodes))]
    told = [assertion(f"a{n}", "anna", relation, "rome", said, episode=e) for n, (e, said, relation) in enumerate(given)]
    await writer.apply(2, assertions=told)
    await writer.apply(3, withdrawn=["a2"])
    assert [a.uuid for a in await store.said_in("g", "s", None)] == ["a1", "a0"]
    assert [a.uuid for a in await store.said_in("g", "s", "lives_in")] == ["a0"]
    assert [a.uuid for a in await store.said_in("g", "s", None, most=1)] == ["a1"]
    assert await store.said_in("g", "nowhere", None) == []


async def test_changes_are_numbered_without_a_gap(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "rome")
    added = change(ChangeKind.FACT_ADDED, day(2), facts=("f",), entities=("anna",), episode="e", undoes="u")
    first = await writer.apply(
        2, facts=[fact("f", "anna", "lives_in", "rome", day(2))], changes=[added, change(ChangeKind.ENTITY_ADDED, day(2))]
    )
    second = await writer.apply(3, closings=[closing("f", day(3))], changes=[change(ChangeKind.FACT_ENDED, day(3), facts=("f",))])
    await Writer(store, "h").apply(1, changes=[change(ChangeKind.ENTITY_ADDED, day(1))])
    assert first[0] == replace(added, seq=1)
    assert [c.seq for c in (*first, *second)] == [1, 2, 3]
    page = await store.list_changes("g", Page(2), LATE)
    rest = await store.list_changes("g", Page(2, page.cursors[-1]), LATE)
    assert ((*page.items, *rest.items), page.more) == ((*first, *second), True)
    assert [c.seq for c in (await store.list_changes("g", EVERY, day(2))).items] == [1, 2]
    assert await store.changes_of_facts("g", ["f", "nothing"], LATE) == {"f": (first[0], second[0])}
    assert await store.changes_of_facts("g", ["f"], day(2)) == {"f": (first[0],)}


async def test_changes_of_a_work(store: Store, writer: Writer) -> None:
    kept = await writer.keep("a", "b", at=1)
    made: list[Change] = []
    for number in range(2):
        lease = await store.lease("w", day(2 + number), day(5), most=1)
        assert lease is not None
        made += await writer.apply(2 + number, lease.token, changes=[change(ChangeKind.FACT_REINFORCED, day(2))])
    await writer.apply(5, changes=[change(ChangeKind.ENTITY_ADDED, day(5))])
    assert await store.changes_of_work("g", kept.work.uuid) == made


async def test_reviews_are_listed_while_they_are_open(store: Store, writer: Writer) -> None:
    opened = Review("r", "g", ReviewKind.DUPLICATE, "two of one name", day(1), facts=("f",), entities=("a", "b"))
    other = Review("s", "g", ReviewKind.CONTRADICTION, "both at once", day(1))
    await writer.apply(1, reviews=[opened, other])
    await writer.apply(3, reviews=[replace(opened, resolved_at=day(3))])
    assert (await store.list_reviews("g", None, EVERY, day(2))).items == (replace(opened, resolved_at=day(3)), other)
    assert (await store.list_reviews("g", ReviewKind.CONTRADICTION, EVERY, day(2))).items == (other,)
    assert (await store.list_reviews("g", None, EVERY, day(3))).items == (other,)
    assert (await store.list_reviews("g", None, EVERY, day(0))).items == ()


async def test_supports_add_to_what_a_fact_rests_on(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "rome")
    kept = await writer.keep("a", "b", at=1)
    told = [assertion(f"a{n}", "anna", "lives_in", "rome", day(2 + n), episode=e.uuid) for n, e in enumerate(kept.episodes)]
    made = fact("f", "anna", "lives_in", "rome", day(2), assertions=("a0",), episodes=(kept.episodes[0].uuid,))
    await writer.apply(2, assertions=told[:1], facts=[made])
    await writer.apply(3, assertions=told[1:], supports=[("f", "a1"), ("f", "a1")])
    first, second = uuids(kept.episodes)
    supported = (await store.facts("g", ["f"]))["f"]
    assert (supported.assertions, supported.episodes) == (("a0", "a1"), (first, second))
    assert {e: uuids(f) for e, f in (await store.facts_of_episodes("g", [first, second], NOW)).items()} == {first: ["f"], second: ["f"]}
    assert list(await store.facts_of_episodes("g", [first, second], as_of(9, 2))) == [first]
    await writer.apply(4, retractions=[retraction("f")])
    assert await store.facts_of_episodes("g", [first], NOW) == {}
    assert list(await store.facts_of_episodes("g", [first], as_of(9, 3))) == [first]


async def test_how_sure_a_fact_was_before_stays_beside_how_sure_it_is(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "rome")
    told = assertion("a", "anna", "lives_in", "rome", day(2))
    await writer.apply(2, assertions=[told], facts=[fact("f", "anna", "lives_in", "rome", day(2), assertions=("a",), confidence=0.8)])
    await writer.apply(3, confidences=[("f", 0.96)])
    await writer.apply(4, confidences=[("f", 0.3)], closings=[closing("f", day(4))])
    await writer.apply(5, retractions=[retraction("f")])
    found = (await store.facts("g", ["f"]))["f"]
    assert (found.confidence, found.confidences) == (0.3, (Confidence(0.8, day(3)), Confidence(0.96, day(4))))
    with pytest.raises(NotFound, match="unretracted fact 'f'"):
        await writer.apply(6, confidences=[("f", 0.4)])


async def test_what_followed_a_fact_and_what_it_followed(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "rome", "oslo", "bern")
    await writer.apply(2, facts=[fact("rome1", "anna", "lives_in", "rome", day(2))])
    await writer.apply(4, facts=[fact("oslo1", "anna", "lives_in", "oslo", day(4))], closings=[closing("rome1", day(4))])
    await writer.apply(5, facts=[fact("bern1", "anna", "works_in", "bern", day(5), valid_at=day(4))])

    async def linked(known: float) -> tuple[dict[str, str], dict[str, list[str]]]:
        facts: list[Fact] = list((await store.facts("g", ["rome1", "oslo1", "bern1"])).values())
        after = await store.successors("g", facts, day(known))
        before = await store.predecessors("g", facts, day(known))
        return {u: f.uuid for u, f in after.items()}, {u: uuids(f) for u, f in before.items()}

    assert await linked(9) == ({"rome1": "oslo1"}, {"oslo1": ["rome1"]})
    assert await linked(3) == ({}, {})
    await writer.apply(6, retractions=[retraction("oslo1")])
    assert await linked(9) == ({}, {"oslo1": ["rome1"]})
    assert await linked(5) == ({"rome1": "oslo1"}, {"oslo1": ["rome1"]})


@pytest.mark.parametrize("radius", [0, 1, 2, 50])
async def test_episodes_around_one_know_their_places(store: Store, writer: Writer, radius: int) -> None:
    kept = await writer.keep(*(f"m{n}?" if n % 2 else f"m{n}" for n in range(9)))
    alone = await writer.keep("on its own", session=None)
    given = uuids(kept.episodes)
    found = await store.around("g", [given[1], given[4], *uuids(alone.episodes), "nothing"], radius, LATE)
    near = {n for hit in (1, 4) for n in range(9) if abs(n - hit) <= radius}
    assert set(found) == {given[n] for n in near} | set(uuids(alone.episodes))
    for n in near:
        node = found[given[n]]
        assert node.previous == (given[n - 1] if n > 0 else None)
        assert node.next == (given[n + 1] if n < 8 else None)
        assert (node.session, node.speaker, node.length, node.asks) == ("s", "User", len(kept.episodes[n].content), n % 2 == 1)
    own = found[alone.episodes[0].uuid]
    assert (own.session, own.previous, own.next) == (None, None, None)


async def test_neighbours_kept_later_are_not_known_yet(store: Store, writer: Writer) -> None:
    first = await writer.keep("said on day two", at=2)
    late = await store.keep(keeping(message("said before", said=day(1)), message("said after", said=day(3)), at=day(9)))
    (uuid,) = uuids(first.episodes)
    then = await store.around("g", [uuid], 2, day(8))
    now = await store.around("g", [uuid], 2, day(9))
    assert (set(then), then[uuid].previous, then[uuid].next) == ({uuid}, None, None)
    assert (now[uuid].previous, now[uuid].next) == tuple(uuids(late.episodes))


async def test_mentions_the_last_said_first(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "ben")
    kept = await writer.keep("a", "b", "c", at=1)
    await writer.apply(2, mentions=[(e.uuid, "anna") for e in kept.episodes] + [(kept.episodes[1].uuid, "ben")])
    first = await store.mentions_of("g", "anna", Page(2), LATE)
    rest = await store.mentions_of("g", "anna", Page(2, first.cursors[-1]), LATE)
    assert [e.content for e in (*first.items, *rest.items)] == ["c", "b", "a"]
    assert await store.mentioned_in("g", [kept.episodes[1].uuid], NOW) == {kept.episodes[1].uuid: ("anna", "ben")}
