"""Lists: order, filters, cursors that stay put while rows arrive."""

from dataclasses import replace
from datetime import timedelta

import pytest

from graph.access import Key, Scope
from graph.errors import BadInput, StaleVersion
from graph.model import Episode, Fact, FactStatus, GroupSettings, UpdatePolicy
from graph.stores.base import Store
from graph.stores.reach import COUNTED
from graph.time import Precision
from graph.views import EntityFilter, FactFilter, Page, Slice
from tests.stores.builders import LATE, NOW, Writer, as_of, assertion, closing, day, entity, fact, keeping, message, retraction, uuids

EVERY = Page(1000)


@pytest.fixture
async def town(store: Store, writer: Writer) -> Writer:
    """Anna lived in Rome, lives in Oslo and knows Ben and Cleo; Ben likes tea, will move to Oslo, and never was in Rome."""
    kinds = {"anna": "Person", "ben": "Person", "cleo": "Person", "rome": "City", "oslo": "City", "tea": "Thing"}
    await writer.apply(1, entities=[entity(uuid, day(1), type=type_) for uuid, type_ in kinds.items()])
    kept = await writer.keep("I live in Rome", "I know Ben", at=2)
    told = [
        assertion("a1", "anna", "lives_in", "rome", day(2), episode=kept.episodes[0].uuid),
        assertion("a2", "anna", "knows", "ben", day(2.5), episode=kept.episodes[1].uuid),
    ]
    first = [
        replace(fact("rome1", "anna", "lives_in", "rome", day(2)), assertions=("a1",)),
        replace(fact("knows1", "anna", "knows", "ben", day(3)), key="p:knows:anna:ben", assertions=("a2",), valid_at=day(2.5)),
    ]
    await writer.apply(3, assertions=told, facts=first)
    second = [
        fact("oslo1", "anna", "lives_in", "oslo", day(4)),
        replace(fact("knows2", "anna", "knows", "cleo", day(4)), key="p:knows:anna:cleo"),
        fact("tea1", "ben", "likes", "tea", day(4)),
        replace(fact("move1", "ben", "lives_in", "oslo", day(4)), valid_at=day(50)),
        fact("wrong1", "ben", "visited", "rome", day(4)),
    ]
    await writer.apply(4, facts=second, closings=[closing("rome1", day(4))])
    await writer.apply(5, retractions=[retraction("wrong1")])
    return writer


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        (FactFilter(), ["tea1", "knows2", "oslo1", "knows1"]),
        (FactFilter(entity="anna"), ["knows2", "oslo1", "knows1"]),
        (FactFilter(entity="oslo"), ["oslo1"]),
        (FactFilter(entity="nobody"), []),
        (FactFilter(subject="ben"), ["tea1"]),
        (FactFilter(object="ben"), ["knows1"]),
        (FactFilter(subject="anna", object="cleo"), ["knows2"]),
        (FactFilter(entity="oslo", subject="anna"), ["oslo1"]),
        (FactFilter(relations=("likes", "lives_in")), ["tea1", "oslo1"]),
        (FactFilter(types=("City",)), ["oslo1"]),
        (FactFilter(types=("Thing", "City")), ["tea1", "oslo1"]),
        (FactFilter(text="LIVES"), ["oslo1"]),
        (FactFilter(text="100%_'"), []),
        (FactFilter(session="s"), ["knows1"]),
        (FactFilter(session="s", status=(FactStatus.HOLDS, FactStatus.ENDED)), ["knows1", "rome1"]),
        (FactFilter(session="another"), []),
        (FactFilter(status=(FactStatus.ENDED,)), ["rome1"]),
        (FactFilter(status=(FactStatus.FUTURE,)), ["move1"]),
        (FactFilter(status=(FactStatus.RETRACTED,)), ["wrong1"]),
        (FactFilter(status=tuple(FactStatus)), ["move1", "wrong1", "tea1", "knows2", "oslo1", "knows1", "rome1"]),
        (FactFilter(status=()), []),
    ],
)
async def test_facts_are_filtered_newest_first(store: Store, filter: FactFilter, expected: list[str]) -> None:
    found = await store.list_facts("g", filter, "NEWEST", EVERY, as_of(10))
    assert uuids(found.items) == expected
    oldest = await store.list_facts("g", filter, "OLDEST", EVERY, as_of(10))
    assert uuids(oldest.items) == expected[::-1]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Straße", "STRASSE"),
        ("STRASSE", "straße"),
        ("GRO\u1e9e", "groß"),
        ("ΟΔΟΣ", "οδος"),
        ("οδος", "ΟΔΟΣ"),
        ("οδοσήμανση", "ΟΔΟΣ"),
        ("\ufb01sh", "FISH"),
        ("İzmir", "i\u0307zm"),
        ("ŁÓDŹ", "łódź"),
        ("日本 😀", "本 😀"),
        ("100%_'\\", "%_'\\"),
    ],
)
async def test_texts_and_names_are_found_whatever_their_case(store: Store, writer: Writer, written: str, asked: str) -> None:
    await writer.people(1, "other")
    known = [entity("named", day(1), name=f"x {written} x"), entity("also", day(1), aliases=("y", f"x{written}"))]
    await writer.apply(2, entities=known, facts=[fact("f", "other", "is", "named", day(2), text=f"It is {written}!")])
    assert uuids((await store.list_facts("g", FactFilter(text=asked), "NEWEST", EVERY, NOW)).items) == ["f"]
    assert uuids((await store.list_entities("g", EntityFilter(name=asked), "RECENT", EVERY, NOW)).items) == ["also", "named"]
    assert (await store.list_facts("g", FactFilter(text=asked + "x"), "NEWEST", EVERY, NOW)).items == ()


@pytest.mark.usefixtures("town")
async def test_facts_in_the_order_they_were_recorded_last_first(store: Store) -> None:
    found = await store.list_facts("g", FactFilter(entity="anna"), "RECORDED", EVERY, as_of(10))
    assert uuids(found.items) == ["knows2", "oslo1", "knows1"]


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize("order", ["NEWEST", "OLDEST", "RECORDED"])
@pytest.mark.parametrize("filter", [FactFilter(status=tuple(FactStatus)), FactFilter(entity="anna", status=tuple(FactStatus))])
async def test_pages_of_one_are_the_whole_list(store: Store, order: str, filter: FactFilter) -> None:
    whole = (await store.list_facts("g", filter, order, EVERY, as_of(10))).items
    pages: list[Fact] = []
    page = Page(1)
    while True:
        found = await store.list_facts("g", filter, order, page, as_of(10))
        pages += found.items
        if not found.more:
            break
        page = Page(1, found.cursors[-1])
    assert tuple(pages) == whole


@pytest.mark.usefixtures("town")
async def test_facts_come_with_the_entities_at_their_ends(store: Store, writer: Writer) -> None:
    await writer.apply(6, revised=[entity("anna", day(1), name="Anna Berg", key="person:anna berg", recorded_at=day(6))])
    for at, anna in ((as_of(10), "Anna Berg"), (as_of(10, 5), "Anna")):
        listed = await store.list_facts("g", FactFilter(), "NEWEST", Page(3), at)
        shown = await store.timeline("g", "anna", None, Page(2), at.known)
        assert {uuid: e.name for uuid, e in listed.ends.items()} == {
            "ben": "Ben",
            "tea": "Tea",
            "anna": anna,
            "cleo": "Cleo",
            "oslo": "Oslo",
        }
        assert {uuid: e.name for uuid, e in shown.ends.items()} == {"anna": anna, "rome": "Rome", "ben": "Ben"}
        assert listed.ends == await store.entities("g", list(listed.ends), at)
    assert (await store.list_facts("g", FactFilter(), "NEWEST", Page(0), NOW)).ends == {}


async def test_a_fact_about_itself_comes_once(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna")
    await writer.apply(2, facts=[fact("f", "anna", "knows", "anna", day(2))])
    assert uuids((await store.list_facts("g", FactFilter(entity="anna"), "NEWEST", EVERY, NOW)).items) == ["f"]
    assert await store.degrees("g", ["anna", "nobody"], NOW) == {"anna": 1}
    assert uuids((await store.facts_around("g", ["anna"], 5, NOW))["anna"]) == ["f"]
    assert uuids((await store.neighborhood("g", ["anna"], 3, FactFilter(), 5, NOW)).facts) == ["f"]
    assert (await store.neighbors("g", "anna", [], EVERY, NOW)).items == ()
    assert uuids((await store.timeline("g", "anna", None, EVERY, LATE)).items) == ["f"]


async def test_cursors_stay_put_while_rows_arrive(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "ben")
    for number in range(2, 12):
        await writer.apply(number, facts=[fact(f"f{number:02}", "anna", "knows", "ben", day(number))])
    first = await store.list_facts("g", FactFilter(), "NEWEST", Page(4), NOW)
    await writer.apply(12, facts=[fact("newest", "anna", "knows", "ben", day(12))])
    await writer.apply(13, facts=[replace(fact("between", "anna", "knows", "ben", day(13)), valid_at=day(5.5))])
    second = await store.list_facts("g", FactFilter(), "NEWEST", Page(4, first.cursors[-1]), NOW)
    assert uuids((*first.items, *second.items)) == ["f11", "f10", "f09", "f08", "f07", "f06", "between", "f05"]


async def test_episodes_page_by_instant_while_messages_arrive(store: Store, writer: Writer) -> None:
    await writer.keep(*"abcd")
    seen: list[Episode] = []
    page = Page(2)
    for _ in range(3):
        found: Slice[Episode] = await store.list_episodes("g", None, page, LATE)
        seen += found.items
        page = Page(2, found.cursors[-1])
        await store.keep(keeping(message("early", said=day(-1)), message("late", said=day(9))))
    assert [e.content for e in seen] == ["a", "b", "c", "d", "late", "late"]


@pytest.mark.parametrize(
    "cursor", ["", "x", "WzFd", "W10=", "bm90IGpzb24=", "WyJmYWN0cy5ORVdFU1QiLCAieCIsIDFd", "\x00", "ü" * 9, "W1s" * 5000]
)
async def test_a_malformed_cursor_is_named(store: Store, cursor: str) -> None:
    with pytest.raises(BadInput, match="cursor") as caught:
        await store.list_facts("g", FactFilter(), "NEWEST", Page(5, cursor), NOW)
    assert repr(cursor) in caught.value.message


async def test_a_cursor_of_another_list_is_refused(store: Store, writer: Writer) -> None:
    await writer.keep("a", "b")
    found = await store.list_episodes("g", None, Page(1), LATE)
    with pytest.raises(BadInput, match="cursor"):
        await store.list_facts("g", FactFilter(), "OLDEST", Page(1, found.cursors[0]), NOW)


@pytest.mark.parametrize("first", [-1, 10**30])
async def test_an_impossible_page_is_refused(store: Store, first: int) -> None:
    with pytest.raises(BadInput, match=str(first)):
        await store.groups(Page(first))


async def test_a_page_of_none_says_whether_there_is_more(store: Store, writer: Writer) -> None:
    await writer.keep("a")
    found = await store.list_episodes("g", None, Page(0), LATE)
    assert (found.items, found.cursors, found.more) == ((), (), True)


@pytest.mark.usefixtures("town")
async def test_entities_in_each_order(store: Store) -> None:
    async def names(order: str, *filters: EntityFilter) -> list[str]:
        filter = filters[0] if filters else EntityFilter()
        found: list[str] = []
        page = Page(2)
        while True:
            part = await store.list_entities("g", filter, order, page, as_of(10))
            found += uuids(part.items)
            if not part.more:
                return found
            page = Page(2, part.cursors[-1])

    assert await names("NAME") == ["anna", "ben", "cleo", "oslo", "rome", "tea"]
    assert await names("RECENT") == ["tea", "oslo", "rome", "cleo", "ben", "anna"]
    assert await names("MOST_CONNECTED") == ["anna", "ben", "cleo", "oslo", "tea", "rome"]
    assert await names("NAME", EntityFilter(types=("City",), name="OS")) == ["oslo"]
    with pytest.raises(BadInput, match="'BEST'"):
        await names("BEST")
    with pytest.raises(BadInput, match="'BEST'"):
        await store.list_facts("g", FactFilter(), "BEST", EVERY, NOW)


@pytest.mark.usefixtures("town")
async def test_counts_and_degrees_agree_with_the_lists(store: Store) -> None:
    found = await store.counts("g", as_of(10))
    assert (found.entities, found.facts, found.episodes, found.sessions) == (6, 4, 2, 1)
    assert found.entity_types == {"Person": 3, "City": 2, "Thing": 1}
    assert found.relations == {"lives_in": 1, "knows": 2, "likes": 1}
    assert await store.degrees("g", ["anna", "ben", "rome"], as_of(10)) == {"anna": 3, "ben": 2, "rome": 0}
    assert await store.degrees("g", ["rome"], as_of(3)) == {"rome": 1}
    assert (await store.counts("g", as_of(0.5))).entity_types == {}


@pytest.mark.usefixtures("town")
async def test_a_neighborhood_grows_by_hops_nearest_first(store: Store) -> None:
    one = await store.neighborhood("g", ["ben"], 1, FactFilter(), 100, as_of(10))
    assert (uuids(one.facts), sorted(uuids(one.entities)), one.total) == (["tea1", "knows1"], ["anna", "ben", "tea"], 2)
    two = await store.neighborhood("g", ["ben"], 2, FactFilter(), 100, as_of(10))
    assert uuids(two.facts) == ["tea1", "knows1", "knows2", "oslo1"]
    cut = await store.neighborhood("g", ["ben"], 2, FactFilter(), 3, as_of(10))
    assert (uuids(cut.facts), cut.total, cut.truncated) == (["tea1", "knows1", "knows2"], 4, True)
    none = await store.neighborhood("g", ["ben"], 0, FactFilter(), 100, as_of(10))
    assert (none.facts, uuids(none.entities), none.truncated) == ((), ["ben"], False)
    nobody = await store.neighborhood("g", ["nobody"], 2, FactFilter(), 100, as_of(10))
    assert (nobody.facts, nobody.entities, nobody.total) == ((), (), 0)
    typed = await store.neighborhood("g", ["ben"], 2, FactFilter(relations=("knows",)), 100, as_of(10))
    assert uuids(typed.facts) == ["knows1", "knows2"]
    for hops in (-1, 5):
        with pytest.raises(BadInput, match=f"{hops} hops"):
            await store.neighborhood("g", ["ben"], hops, FactFilter(), 100, as_of(10))


@pytest.mark.usefixtures("town")
async def test_neighbors_by_relation(store: Store) -> None:
    assert uuids((await store.neighbors("g", "anna", [], EVERY, as_of(10))).items) == ["ben", "cleo", "oslo"]
    assert uuids((await store.neighbors("g", "anna", ["knows"], EVERY, as_of(10))).items) == ["ben", "cleo"]
    part = await store.neighbors("g", "anna", [], Page(1), as_of(10))
    rest = await store.neighbors("g", "anna", [], Page(5, part.cursors[0]), as_of(10))
    assert (uuids(rest.items), part.more, rest.more) == (["cleo", "oslo"], True, False)
    assert (await store.neighbors("g", "nobody", [], EVERY, NOW)).items == ()


async def test_neighbors_are_in_the_order_they_were_named_whenever_facts_began(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", *"abcdef")
    told = [fact(f"f{n}", "anna", "knows", other, day(2), key=f"k{n}", valid_at=day(-n)) for n, other in enumerate("fbdbaf")]
    back = [fact(f"b{n}", other, "knows", "anna", day(2), key=f"l{n}", valid_at=day(-n)) for n, other in enumerate("cec")]
    await writer.apply(2, facts=[*told, *back])
    await writer.apply(3, retractions=[retraction("f4")])
    shown: list[str] = []
    page = Page(2)
    while True:
        found = await store.neighbors("g", "anna", [], page, NOW)
        shown += uuids(found.items)
        if not found.more:
            break
        page = Page(2, found.cursors[-1])
    assert shown == list("bcdef")
    assert uuids((await store.neighbors("g", "anna", [], EVERY, as_of(5, 2))).items) == list("abcdef")
    assert await store.degrees("g", ["anna"], as_of(5, 2)) == {"anna": 9}


async def test_no_more_facts_of_an_end_are_counted_than_the_last_begun(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "early", "ben")
    told = [fact(f"f{n}", "anna", "knows", "ben" if n else "early", day(2), key=f"k{n}", valid_at=day(n / 1e5)) for n in range(COUNTED + 1)]
    await writer.apply(2, facts=told[:COUNTED])
    assert uuids((await store.neighbors("g", "anna", [], EVERY, NOW)).items) == ["early", "ben"]
    await writer.apply(3, facts=told[COUNTED:])
    assert await store.degrees("g", ["anna", "ben", "early"], NOW) == {"anna": COUNTED, "ben": COUNTED, "early": 1}
    assert uuids((await store.neighbors("g", "anna", [], EVERY, NOW)).items) == ["ben"]
    assert uuids((await store.neighbors("g", "early", [], EVERY, NOW)).items) == ["anna"]


async def test_groups_by_name_and_their_settings(store: Store) -> None:
    for name in ("b", "", "a"):
        await store.configure(name, GroupSettings(), day(1))
    first = await store.groups(Page(2))
    rest = await store.groups(Page(2, first.cursors[-1]))
    assert ([g.name for g in (*first.items, *rest.items)], first.more, rest.more) == (["", "a", "b"], True, False)
    wanted = GroupSettings(UpdatePolicy.LATEST, "Europe/Oslo", "local")
    found = await store.configure("a", wanted, day(2))
    assert (found, found.settings, found.version) == (await store.group("a"), wanted, 1)
    assert (await store.configure("a", wanted, day(3))).version == 1


async def test_settings_decided_upon_another_version_are_refused_and_leave_nothing(store: Store, writer: Writer) -> None:
    wanted = GroupSettings(UpdatePolicy.LATEST)
    with pytest.raises(StaleVersion, match="version 0"):
        await store.configure("new", wanted, day(1), 1)
    assert await store.group("new") is None
    assert (await store.configure("new", wanted, day(1), 0)).version == 1
    await writer.people(1, "anna")
    before = await store.group("g")
    assert before is not None
    for version in (before.version - 1, before.version + 1):
        with pytest.raises(StaleVersion, match="'g'"):
            await store.configure("g", wanted, day(2), version)
    assert await store.group("g") == before
    assert (await store.configure("g", wanted, day(2), before.version)).settings == wanted


async def test_keys_are_saved_and_changed(store: Store) -> None:
    key = Key("k1", "hash", ("user:*", "ü"), Scope.WRITE, day(1), expires_at=day(9))
    other = Key("k0", "other", ("*",), Scope.ADMIN, day(2))
    await store.save_key(key)
    await store.save_key(other)
    assert list(await store.keys()) == [key, other]
    await store.save_key(replace(key, revoked_at=day(3)))
    assert list(await store.keys()) == [replace(key, revoked_at=day(3)), other]


async def test_a_timeline_shows_corrections_and_leaves_out_rewrites(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "rome", "oslo")
    await writer.apply(2, facts=[fact("rome1", "anna", "lives_in", "rome", day(2)), fact("knows", "anna", "knows", "rome", day(2))])
    rewritten = fact("rome2", "anna", "lives_in", "rome", day(4), valid_at=day(1))
    await writer.apply(4, retractions=[retraction("rome1", "rome2")], facts=[rewritten])
    corrected = fact("oslo1", "anna", "lives_in", "oslo", day(5), valid_at=day(1))
    await writer.apply(5, retractions=[retraction("rome2", "oslo1")], facts=[corrected])
    ended = fact("once", "anna", "lives_in", "rome", day(6), valid_at=day(0), invalid_at=day(0), valid_at_precision=Precision.BEFORE)
    await writer.apply(6, facts=[ended])

    async def shown(known: float, relation: str | None = "lives_in", entity: str = "anna") -> list[str]:
        return uuids((await store.timeline("g", entity, relation, EVERY, day(known))).items)

    assert await shown(9) == ["once", "rome2", "oslo1"]
    assert await shown(4) == ["rome2"]
    assert await shown(3.9) == ["rome1"]
    assert await shown(9, entity="rome") == ["once", "rome2"]
    assert await shown(9, relation=None) == ["once", "rome2", "oslo1", "knows"]
    part = await store.timeline("g", "anna", None, Page(1), LATE + timedelta(days=1))
    assert uuids((await store.timeline("g", "anna", None, Page(2, part.cursors[0]), LATE)).items) == ["rome2", "oslo1"]
