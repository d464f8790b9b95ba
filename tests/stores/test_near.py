"""Names that are nearly alike are found by their keys, in every store, however many there are."""

from dataclasses import replace

from graph.confirm import ACTOR
from graph.inputs import Target
from graph.memory import Memory
from graph.model import Entity
from graph.spelling import near_keys
from graph.stores.base import Asking, Store
from graph.stores.reach import NEAREST
from graph.time import FAR, TICK
from graph.views import Page
from tests.graph.scripted import START, ScriptedExtractor, Talk, company, person, place, says
from tests.schema.memories import memory_on
from tests.stores.builders import Writer, day, entity, fact, retraction

LEE, LEIGH = person("Katherine Lee"), person("Catherine Lee")
EVER = FAR - TICK


def talk_on(store: Store) -> Talk:
    now, script = [START], ScriptedExtractor()
    return Talk(Memory(replace(memory_on(store, lambda: now[0]).parts, extractor=script)), script, now)


async def reasons(talk: Talk) -> str:
    """All that the resolver says in the log and in reviews."""
    store = talk.memory.parts.store
    log = (await store.list_changes("g", Page(500), EVER)).items
    return "\n".join(
        (*(change.reason for change in log if change.actor == ACTOR), *(review.reason for review in await store.all_reviews("g")))
    )


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


async def test_a_forgotten_session_leaves_no_trace_in_why_two_became_one(store: Store) -> None:
    talk = talk_on(store)
    await talk.tell(1, says(LEE, "likes", place("Oslo")), session="a")
    for at, who in enumerate((LEE, LEIGH), start=2):
        await talk.tell(at, says(who, "works_at", company("Norte")), says(who, "member_of", company("Tidewater")), session="secret-clinic")
    await talk.tell(4, says(LEIGH, "likes", place("Rome")), session="b")
    assert "one name in two spellings" in await reasons(talk)
    await talk.memory.forget("g", Target(session="secret-clinic"))
    left = await reasons(talk)
    assert not [word for word in ("secret-clinic", "Norte", "Tidewater") if word in left]


async def test_a_forgotten_session_leaves_no_trace_in_what_is_asked(store: Store) -> None:
    talk = talk_on(store)
    await talk.tell(1, says(LEE, "likes", place("Oslo")), session="a")
    await talk.tell(2, says(LEE, "likes", place("Bonn")), session="secret-clinic")
    await talk.tell(3, says(LEIGH, "likes", place("Kiel")), session="secret-clinic")
    await talk.tell(4, says(LEIGH, "likes", place("Rome")), session="b")
    assert "spoken of in one session" in await reasons(talk)
    await talk.memory.forget("g", Target(session="secret-clinic"))
    left = await reasons(talk)
    assert not [word for word in ("secret-clinic", "Bonn", "Kiel") if word in left]


async def test_a_forgotten_fact_leaves_no_trace_in_why_two_became_one(store: Store) -> None:
    talk = talk_on(store)
    for at, who in enumerate((LEE, LEIGH), start=2):
        await talk.tell(at, says(who, "works_at", company("Norte")), says(who, "member_of", company("Tidewater")), session=f"s{at}")
    for told in await talk.facts():
        await talk.memory.forget("g", Target(fact=told.uuid))
    assert not await talk.facts()
    left = await reasons(talk)
    assert not [word for word in ("Norte", "Tidewater") if word in left]


async def test_who_was_named_in_one_message_or_told_of_together_has_met(store: Store, writer: Writer) -> None:
    first, second = (said.uuid for said in (await writer.keep("a", "b")).episodes)
    ends = [entity(uuid, day(1)) for uuid in ("one", "other", "third", "old")]
    both = [(first, "one"), (first, "other"), (second, "old")]
    await writer.apply(1, entities=ends, mentions=both, facts=[fact("f", "third", "knows", "one", day(1))])
    assert await store.met("g", "one", "other") and await store.met("g", "other", "one")
    assert await store.met("g", "one", "third") and await store.met("g", "third", "one")
    assert not await store.met("g", "other", "third") and not await store.met("g", "old", "one")
    assert not await store.met("other", "one", "other")
    await writer.apply(2, revised=[replace(ends[3], merged_into="third", recorded_at=day(2))], mentions=[(second, "other")])
    assert await store.met("g", "other", "third")
    await writer.apply(3, retractions=[retraction("f")])
    assert not await store.met("g", "one", "third")
