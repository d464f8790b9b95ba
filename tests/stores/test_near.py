"""Names that are nearly alike are found by their keys, in every store, however many there are."""

from dataclasses import replace

from graph.model import Entity
from graph.spelling import near_keys
from graph.stores.base import Asking, Store
from graph.stores.reach import NEAREST
from tests.stores.builders import Writer, day, entity


def called(uuid: str, name: str, at: float = 1, **given: object) -> Entity:
    return replace(entity(uuid, day(at), name=name), **given)  # type: ignore[arg-type]


async def near(store: Store, name: str, group: str = "g") -> list[str]:
    return sorted(e.name for e in await store.near(group, near_keys(name, "Person")))


async def test_those_of_near_names_are_found_as_they_read_now(store: Store, writer: Writer) -> None:
    lee, jon = called("lee", "Katherine Lee"), called("jon", "Jon Smith")
    await writer.apply(1, entities=[lee, jon, called("ben", "Ben Lee")])
    assert await near(store, "Catherine Lee") == ["Katherine Lee"]
    assert await near(store, "John Smyth") == ["Jon Smith"]
    assert await near(store, "Kathrine Lee") == ["Katherine Lee"]
    assert await near(store, "Anna Brown") == await near(store, "John Smyth", "other") == []
    assert await store.near("g", []) == []
    await writer.apply(2, revised=[replace(lee, name="Ida Moss", recorded_at=day(2)), replace(jon, merged_into="ben", recorded_at=day(2))])
    assert (await near(store, "Catherine Lee"), await near(store, "Ida Mos")) == ([], ["Ida Moss"])
    (merged,) = await store.near("g", near_keys("John Smyth", "Person"))
    assert (merged.uuid, merged.merged_into) == ("jon", "ben")


async def test_near_names_are_not_found_as_if_they_were_the_name(store: Store, writer: Writer) -> None:
    await writer.apply(1, entities=[called("lee", "Katherine Lee")])
    keys = near_keys("Katherine Lee", "Person")
    assert list((await store.footing("g", Asking(names=["catherine lee", *keys]))).candidates) == []


async def test_of_one_key_the_last_named_are_found(store: Store, writer: Writer) -> None:
    count = NEAREST + 4
    for n in range(count):
        await writer.apply(n + 1, entities=[called(f"e{n}", "Jon" if n % 2 else "John", n + 1)])
    found = {e.uuid for e in await store.near("g", near_keys("Jonn", "Person"))}
    assert found == {f"e{n}" for n in range(count - NEAREST, count)}
