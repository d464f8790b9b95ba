"""The Change log: filtered, and followed from a number on without missing one, whoever writes."""

import asyncio
from collections.abc import Iterator

from graph.errors import Conflict
from graph.model import Change, ChangeKind
from graph.stores.base import Store
from graph.stores.cursors import unbroken
from graph.views import ChangeFilter, Page
from tests.stores.builders import LATE, Writer, change, day, fact, retraction

EVERY = Page(1000)
WRITERS, OPERATIONS = 4, 12


async def test_the_log_is_filtered(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "ben", "rome")
    named = change(ChangeKind.ENTITY_ADDED, day(2), entities=("ben",))
    added = change(ChangeKind.FACT_ADDED, day(2), facts=("f",))
    await writer.apply(2, facts=[fact("f", "anna", "lives_in", "rome", day(2))], changes=[named, added])
    other = change(ChangeKind.FACT_ADDED, day(3), facts=("k",))
    await writer.apply(3, facts=[fact("k", "ben", "knows", "anna", day(3))], changes=[other])
    gone = change(ChangeKind.FACT_RETRACTED, day(4), facts=("f", "k"))
    await writer.apply(4, retractions=[retraction("f", "k")], changes=[gone])

    async def listed(**given: object) -> list[str]:
        found = await store.list_changes("g", EVERY, LATE, ChangeFilter(**given))  # type: ignore[arg-type]
        return [c.uuid for c in found.items]

    assert await listed() == [c.uuid for c in (named, added, other, gone)]
    assert await listed(kinds=(ChangeKind.FACT_ADDED,)) == [added.uuid, other.uuid]
    assert await listed(fact="f") == [added.uuid, gone.uuid]
    assert await listed(entity="rome") == [added.uuid, gone.uuid]
    assert await listed(entity="ben") == [named.uuid, other.uuid, gone.uuid]
    assert await listed(entity="anna", kinds=(ChangeKind.FACT_ADDED,)) == [added.uuid, other.uuid]
    assert await listed(since=day(3)) == [other.uuid, gone.uuid]
    assert await listed(since=day(3), fact="f") == [gone.uuid]
    assert await listed(entity="nobody") == []
    first = await store.list_changes("g", Page(1), LATE, ChangeFilter(entity="ben"))
    rest = await store.list_changes("g", Page(5, first.cursors[-1]), LATE, ChangeFilter(entity="ben"))
    assert [c.uuid for c in rest.items] == [other.uuid, gone.uuid]


async def test_who_follows_the_log_misses_none_while_others_write(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna")
    days = iter(range(2, 10_000))

    seen: list[Change] = []

    async def write() -> None:
        own = Writer(store, "g")
        for _ in range(OPERATIONS):
            await _through(own, days)

    async def follow() -> None:
        while len(seen) < 2 * WRITERS * OPERATIONS:
            seen.extend(await store.changes_after("g", seen[-1].seq if seen else 0, 5))
            await asyncio.sleep(0)

    await asyncio.wait_for(asyncio.gather(follow(), *(write() for _ in range(WRITERS))), 120)
    logged = (await store.list_changes("g", EVERY, LATE)).items
    assert [c.seq for c in seen] == list(range(1, len(seen) + 1))
    assert tuple(seen) == logged
    assert await store.changes_after("g", len(seen)) == []


async def _through(writer: Writer, days: Iterator[int]) -> None:
    """One operation of two changes, computed again until it is not overtaken."""
    while True:
        at = next(days)
        try:
            await writer.apply(at, changes=[change(ChangeKind.FACT_REINFORCED, day(at)) for _ in range(2)])
        except Conflict:  # another was faster, or later
            continue
        return


def test_changes_are_read_up_to_the_first_that_is_not_there_yet() -> None:
    given = [change(ChangeKind.FACT_ADDED, day(1), seq=seq) for seq in (4, 5, 7, 8)]
    assert [c.seq for c in unbroken(3, given)] == [4, 5]
    assert unbroken(2, given) == []
