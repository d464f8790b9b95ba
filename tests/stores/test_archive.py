"""A group moved as lines: into any store and out again, byte by byte the same; what does not fit is refused, naming the line."""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from graph.archive import parsed, written
from graph.errors import BadInput, Conflict, NotFound
from graph.export import archived
from graph.gather import Archive, gathered
from graph.model import ChangeKind, FactStatus, GroupSettings, Review, ReviewKind, Space, UpdatePolicy
from graph.restore import restore, steps
from graph.stores.base import Store
from graph.stores.embedded import EmbeddedStore
from graph.time import FAR, TICK
from graph.views import FactFilter, Page
from tests.stores.builders import (
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
    vector,
    vectors,
)


@pytest.fixture
async def source(tmp_path: Path) -> AsyncIterator[EmbeddedStore]:
    store = EmbeddedStore(tmp_path / "source.db")
    await store.open()
    yield store
    await store.close()


async def lines(store: Store, group: str = "g") -> list[bytes]:
    return [written(line) async for line in archived(store, group)]


def read(text: Sequence[bytes], name: str | None = None) -> Archive:
    return gathered((parsed(line, number) for number, line in enumerate(text, start=1)), name, SPACE)


SPACE = Space("hash", 256)


async def told(store: Store) -> None:
    """A group with something of everything: ended, withdrawn and rewritten records, a name that changed, Work left to do."""
    writer = Writer(store, "g")
    await store.configure("g", GroupSettings(UpdatePolicy.LATEST, "Europe/Vienna"), day(0))
    kept = await writer.keep("Anna lives in Rome", "naïve 日本 😀 \\u0000?", session="a b", at=0)
    await store.keep(keeping(message("a document", "doc-1", metadata={"page": 3, "ü": [1, None]}), session=None, at=day(0.5)))
    first, second = (e.uuid for e in kept.episodes)
    lease = await store.lease("w", day(1), day(2), 1)
    assert lease is not None
    a, b = (
        assertion("a", "anna", "lives_in", "rome", day(1), episode=first),
        assertion("b", "anna", "lives_in", "rome", day(1), span=(0, 4)),
    )
    await writer.apply(
        1,
        lease.token,
        entities=[entity("anna", day(1), aliases=("Ännchen",)), entity("rome", day(1), type="City"), entity("oslo", day(1), key=None)],
        assertions=[a, replace(b, withdrawn_at=day(1), withdrawn_by="op")],
        facts=[fact("f1", "anna", "lives_in", "rome", day(1), assertions=("a",), episodes=(first,), attributes={"x": 1.5})],
        mentions=[(first, "anna"), (first, "rome"), (second, "anna")],
        changes=[change(ChangeKind.FACT_ADDED, day(1), facts=("f1",), episode=first)],
        vectors=vectors(entities={"anna": vector(1)}, facts={"f1": vector(0.1, 0.2)}, episodes={first: vector(3, 1)}),
        space=SPACE,
    )
    more = assertion("c", "anna", "lives_in", "rome", day(2), episode=second, external_id="x", operation="op2")
    await writer.apply(
        2,
        assertions=[more],
        supports=[("f1", "c")],
        confidences=[("f1", 0.75)],
        revised=[entity("anna", day(1), name="Ann", recorded_at=day(2))],
    )
    asked = Review("r", "g", ReviewKind.DUPLICATE, "same?", day(3), (), ("anna",))
    await writer.apply(3, closings=[closing("f1", day(2.5))], reviews=[asked])
    f2 = fact("f2", "anna", "lives_in", "oslo", day(4), invalid_at=day(9), assertions=("c",), episodes=(second,))
    gone = change(ChangeKind.FACT_RETRACTED, day(4), operation="op4")
    await writer.apply(4, facts=[f2], retractions=[retraction("f1", "f2")], withdrawn=["a"], changes=[gone])
    await store.keep(keeping(message("not learnt yet"), message("nor this"), session="a b", at=day(5)))
    await writer.apply(6, reviews=[replace(asked, resolved_at=day(6))])


async def test_what_was_exported_and_imported_is_exported_the_same(source: Store, store: Store) -> None:
    await told(source)
    one = await lines(source)
    await restore(store, read(one))
    assert await lines(store) == one


async def test_an_imported_group_reads_as_it_did_at_every_instant(source: Store, store: Store) -> None:
    await told(source)
    await restore(store, read(await lines(source)))
    every = FactFilter(status=tuple(FactStatus))
    for at in [NOW, *(as_of(valid, known) for valid in (1, 2, 3, 5, 10) for known in (0, 1, 2, 3, 4, 6))]:
        theirs = await source.list_facts("g", every, "OLDEST", Page(50), at)
        ours = await store.list_facts("g", every, "OLDEST", Page(50), at)
        assert ours.items == theirs.items
        assert await store.entities("g", ["anna", "rome"], at) == await source.entities("g", ["anna", "rome"], at)
    group, before = await store.group("g"), await source.group("g")
    assert group is not None and before is not None
    assert (group.settings, group.created_at, group.last_at) == (before.settings, before.created_at, before.last_at)
    assert (group.space, before.space) == (SPACE, SPACE)


async def test_work_that_was_left_goes_on_after_an_import(source: Store, store: Store) -> None:
    await told(source)
    await restore(store, read(await lines(source)))
    late = FAR - 2 * TICK
    left = [lease.episodes[0].content for _ in range(4) if (lease := await store.lease("w", late - TICK, late)) is not None]
    assert sorted(left) == ["a document", "naïve 日本 😀 \\u0000?"]
    assert await store.waiting() == 3


async def test_an_import_under_another_name_into_a_store_of_its_own(source: Store, store: Store) -> None:
    await told(source)
    group = await restore(store, read(await lines(source), "another"))
    assert group.name == "another"
    assert await store.group("g") is None
    assert {line.replace(b'"another"', b'"g"') for line in await lines(store, "another")} == set(await lines(source))


class Interrupted(Exception):
    pass


async def test_an_interrupted_import_goes_on_when_it_is_repeated(source: Store, store: Store) -> None:
    await told(source)
    one = await lines(source)
    for last in range(1, steps(read(one))):
        left = iter(range(last))

        def step(left: object = left) -> None:
            if next(left, None) is None:  # type: ignore[call-overload]
                raise Interrupted

        with pytest.raises(Interrupted):
            await restore(store, read(one), step)
        assert await store.lease("w", day(100), day(101)) is None, "what is being imported is no worker's yet"
    await restore(store, read(one))
    assert await lines(store) == one
    with pytest.raises(Conflict, match="there already"):
        await restore(store, read(one))


async def test_a_group_that_is_there_is_not_imported_over(source: Store, store: Store) -> None:
    await told(source)
    await Writer(store, "g").people(1, "somebody")
    with pytest.raises(Conflict, match="'g'"):
        await restore(store, read(await lines(source)))


async def test_a_group_that_is_not_there_is_not_exported(store: Store) -> None:
    with pytest.raises(NotFound, match="'nobody'"):
        await lines(store, "nobody")


async def test_a_group_that_is_written_to_meanwhile_is_not_exported_half(store: Store) -> None:
    await told(store)
    with pytest.raises(Conflict, match="written to"):
        async for line in archived(store, "g"):
            if type(line).__name__ == "SessionLine":
                await Writer(store, "g").people(20, "late")


async def test_a_broken_line_is_refused_by_its_number(source: Store) -> None:
    await told(source)
    one = await lines(source)
    for number in range(1, len(one) + 1):
        with pytest.raises(BadInput, match=rf"^line {number}: "):
            read([*one[: number - 1], one[number - 1][:-20], *one[number:]])


async def test_what_a_line_names_must_stand_before_it(source: Store) -> None:
    await told(source)
    one = await lines(source)
    gone = [line for line in one if json.loads(line)["kind"] != "entity"]
    with pytest.raises(BadInput, match=r"^line \d+: it names 'anna', which no line before has"):
        read(gone)


@pytest.mark.parametrize(
    ("change_line", "wrong"),
    [
        (lambda line: line | {"palimpsest": 9}, "the format is 9"),
        (lambda line: line | {"kind": "animal"}, "line 1: "),
        (lambda line: line | {"name": 7}, "line 1: group.name"),
        (lambda line: line | {"created_at": "yesterday"}, "line 1: group.created_at"),
    ],
)
async def test_a_first_line_that_does_not_fit_is_refused(source: Store, change_line: object, wrong: str) -> None:
    await told(source)
    first, *rest = await lines(source)
    broken = json.dumps(change_line(json.loads(first))).encode()  # type: ignore[operator]
    with pytest.raises(BadInput, match=wrong):
        read([broken, *rest])


async def test_a_file_that_was_cut_is_refused_wherever_it_was(source: Store) -> None:
    await told(source)
    one = await lines(source)
    for number in range(1, len(one)):
        with pytest.raises(BadInput, match=rf"breaks off after line {number}\b"):
            read(one[:number])
    with pytest.raises(BadInput, match="should stand before the end"):
        read([*one[:-2], one[-1]])
    with pytest.raises(BadInput, match="after the end"):
        read([*one, one[-2]])


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(BadInput, match="empty"):
        read([])


async def test_vectors_of_another_embedder_are_refused_before_anything_is_written(source: Store) -> None:
    await told(source)
    one = await lines(source)
    for space in (Space("hash", 3), Space("other", 256)):
        with pytest.raises(BadInput, match=rf"'hash' \(256 numbers\).*'{space.embedder}' \({space.dimension}\)"):
            gathered((parsed(line, n) for n, line in enumerate(one, start=1)), None, space)
    unnamed = [one[0].replace(b'{"embedder":"hash","dimension":256}', b"null"), *one[1:]]
    with pytest.raises(BadInput, match=r"256 numbers, and this embedder's have 3"):
        gathered((parsed(line, n) for n, line in enumerate(unnamed, start=1)), None, Space("hash", 3))


async def test_instants_are_kept_as_they_are(source: Store, store: Store) -> None:
    """An adopted group may have several messages of one instant, which are not put one after the other now."""
    await Writer(source, "g").keep("first", "second", at=1)
    one = [line.replace(b"00:00:00.001000Z", b"00:00:00Z") for line in await lines(source)]
    assert sum(b'"instant":"2024-01-02T00:00:00Z"' in line for line in one) == 2
    await restore(store, read(one))
    assert await lines(store) == one


async def test_what_can_stand_only_once_is_told_before_anything_is_written(source: Store, store: Store) -> None:
    await told(source)
    await restore(store, read(await lines(source)))
    if await store.holder_of(["anna"]) is None:
        assert (await restore(store, read(await lines(source), "twice"))).name == "twice"
        return
    with pytest.raises(Conflict, match="'g'"):
        await restore(store, read(await lines(source), "twice"))
    assert await store.group("twice") is None
