"""Pages: one after the other they are the whole list, whatever shares an instant, and whatever is written meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from graph.model import Fact, FactStatus
from graph.stores.base import Store
from graph.views import EntityFilter, FactFilter, Page, Slice
from tests.stores.builders import LATE, NOW, Writer, day, entity, fact, retraction, uuids

EVERY = Page(1000)
ORDERS = ("NEWEST", "OLDEST", "RECORDED")
HUB = 300

Read = Callable[[Page], Awaitable[Slice[Any]]]


async def paged(read: Read, size: int) -> list[Any]:
    """All that pages of a size show."""
    found = await read(Page(size))
    items = list(found.items)
    while found.more:
        found = await read(Page(size, found.cursors[-1]))
        items += found.items
    return items


def facts(store: Store, order: str, filter: FactFilter) -> Read:
    return lambda page: store.list_facts("g", filter, order, page, NOW)


@pytest.fixture
async def hub(writer: Writer) -> list[Fact]:
    """Anna knows or is known by ten others in 300 ways that began at 30 instants, and were recorded at two; some were retracted."""
    await writer.people(1, "anna", *(f"e{n}" for n in range(10)))
    made = []
    for at in (2, 3):
        for n in range(HUB // 2):
            ends = ("anna", f"e{n % 10}") if n % 3 else (f"e{n % 10}", "anna")
            made.append(fact(f"f{at}-{n}", ends[0], "knows", ends[1], day(at), key=f"{at}-{n}", valid_at=day(n % 30 / 100)))
        await writer.apply(at, facts=made[-HUB // 2 :])
    await writer.apply(4, retractions=[retraction(f.uuid) for f in made[::20]])
    return made


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("size", [7, 100])
async def test_pages_of_a_hub_are_the_whole_list(store: Store, hub: list[Fact], order: str, size: int) -> None:
    kept = [f for n, f in enumerate(hub) if n % 20]
    for filter in (FactFilter(), FactFilter(entity="anna")):
        shown = uuids(await paged(facts(store, order, filter), size))
        assert shown == uuids((await store.list_facts("g", filter, order, EVERY, NOW)).items)
        assert sorted(shown) == sorted(uuids(kept))
    every = FactFilter(subject="anna", status=tuple(FactStatus))
    assert sorted(uuids(await paged(facts(store, order, every), size))) == sorted(f.uuid for f in hub if f.subject == "anna")


async def test_what_shares_an_instant_is_in_the_order_it_was_recorded(store: Store, hub: list[Fact]) -> None:
    known = [f for n, f in enumerate(hub) if n % 20]
    oldest = sorted(known, key=lambda f: f.valid_at)
    assert uuids(await paged(facts(store, "OLDEST", FactFilter()), 50)) == uuids(oldest)
    assert uuids(await paged(facts(store, "NEWEST", FactFilter()), 50)) == uuids(oldest[::-1])
    assert uuids(await paged(facts(store, "RECORDED", FactFilter()), 50)) == uuids(known[::-1])
    told = await paged(lambda page: store.timeline("g", "anna", None, page, LATE), 50)
    ever = sorted(hub, key=lambda f: f.valid_at)
    assert uuids(told) == uuids(ever)


@pytest.mark.usefixtures("hub")
@pytest.mark.parametrize("order", ["NAME", "RECENT", "MOST_CONNECTED"])
async def test_pages_of_entities_of_one_name(store: Store, writer: Writer, order: str) -> None:
    await writer.apply(5, entities=[entity(f"x{n}", day(5), name="Same", key=f"x{n}") for n in range(5)])
    whole = await store.list_entities("g", EntityFilter(), order, EVERY, NOW)
    assert uuids(await paged(lambda page: store.list_entities("g", EntityFilter(), order, page, NOW), 2)) == uuids(whole.items)
    assert len(whole.items) == 16
    made = [f"x{n}" for n in range(5)]
    assert [u for u in uuids(whole.items) if u in made] == (made[::-1] if order == "RECENT" else made)


@pytest.mark.usefixtures("hub")
async def test_pages_of_neighbors(store: Store) -> None:
    shown = await paged(lambda page: store.neighbors("g", "anna", [], page, NOW), 3)
    assert uuids(shown) == [f"e{n}" for n in range(10)]


async def test_names_are_in_the_order_of_their_code_points(store: Store, writer: Writer) -> None:
    """Not of UTF-16, where a letter beyond the first 65,536 comes before some within."""
    names = ["", "Zoe", "anna", "Ännchen", "ß", "日本", "\ufa0e", "\U00020000"]
    await writer.apply(1, entities=[entity(f"e{n}", day(1), name=name, key=f"k{n}") for n, name in enumerate(names)])
    shown = await paged(lambda page: store.list_entities("g", EntityFilter(), "NAME", page, NOW), 3)
    assert [e.name for e in shown] == ["", "anna", "ß", "Zoe", "Ännchen", "日本", "\ufa0e", "\U00020000"]


async def test_mentions_at_one_instant(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna")
    kept = [(await writer.keep("Anna", session=f"s{n}")).episodes[0] for n in range(7)]
    await writer.apply(2, mentions=[(e.uuid, "anna") for e in kept])
    assert uuids(await paged(lambda page: store.mentions_of("g", "anna", page, LATE), 2)) == uuids(kept[::-1])
    assert uuids(await paged(lambda page: store.list_episodes("g", None, page, LATE), 2)) == uuids(kept)


@pytest.mark.parametrize("order", ORDERS)
async def test_pages_read_while_others_write(store: Store, writer: Writer, hub: list[Fact], order: str) -> None:
    """What was there all the while is shown once, and nothing twice."""

    async def write() -> None:
        for number in range(6):
            told = [fact(f"new{number}-{n}", "anna", "knows", "e1", day(5 + number), key=f"n{number}-{n}") for n in range(3)]
            placed = fact(f"mid{number}", "anna", "knows", "e2", day(5 + number), key=f"m{number}", valid_at=day(number / 20))
            await writer.apply(5 + number, facts=[*told, placed], retractions=[retraction(hub[1 + number].uuid)])

    shown, _ = await asyncio.gather(paged(facts(store, order, FactFilter(entity="anna")), 9), write())
    seen = uuids(shown)
    stayed = {f.uuid for n, f in enumerate(hub) if n % 20 and not 1 <= n < 7}
    assert len(seen) == len(set(seen))
    assert stayed <= set(seen)


async def test_a_neighborhood_looks_at_so_many_facts_of_a_hop(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "ben", "cleo")
    many = [fact(f"f{n}", "anna", "knows", "ben", day(2), key=f"k{n}", valid_at=day(n / 10_000)) for n in range(2_005)]
    await writer.apply(2, facts=[*many, fact("likes", "ben", "likes", "cleo", day(2))])
    near = await store.neighborhood("g", ["anna"], 1, FactFilter(), 3, NOW)
    assert (uuids(near.facts), near.total, near.truncated) == (["f2004", "f2003", "f2002"], 2_000, True)
    wider = await store.neighborhood("g", ["cleo"], 4, FactFilter(), 2, NOW)
    assert (uuids(wider.facts), wider.total, wider.truncated) == (["likes", "f2004"], 2_001, True)
    assert uuids(wider.entities) == ["anna", "ben", "cleo"]
