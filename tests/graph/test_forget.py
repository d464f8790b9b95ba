"""What was learnt from forgotten words goes with them: names, aliases, and the words of what others told."""

from graph.archive import written
from graph.export import archived
from graph.inputs import Target
from graph.model import ChangeKind
from graph.time import FAR, TICK
from graph.views import Page
from tests.graph.scripted import Talk, company, day, person, place, says

EVER = FAR - TICK


async def forget(talk: Talk, episode: str) -> None:
    talk.now[0] = day(40)
    await talk.memory.forget("g", Target(episode))


async def holds(talk: Talk, word: str) -> bool:
    lines = [written(line) async for line in archived(talk.memory.parts.store, "g")]
    return any(word.lower().encode() in line.lower() for line in lines)


BERTA = person("Berta", "Ada's sister")


async def test_a_name_that_only_forgotten_words_told_is_lost(talk: Talk) -> None:
    first = await talk.tell(1, says(BERTA, "lives_in", place("Bonn")))
    second = await talk.tell(2, says(BERTA, "works_at", company("Acme"), quote="she works at Acme"))
    await forget(talk, episode=first.episodes[0].uuid)
    assert not await holds(talk, "Berta")
    assert not await holds(talk, "Bonn")
    (fact,) = await talk.facts()
    assert (fact.text, fact.episodes) == ("Person works_at Acme", (second.episodes[0].uuid,))
    assert set(await talk.names()) == {"Person", "Acme"}


async def test_a_name_that_another_message_tells_stays(talk: Talk) -> None:
    first = await talk.tell(1, says("Ada", "lives_in", place("Bonn")))
    await talk.tell(2, says("Ada", "works_at", company("Acme")))
    await forget(talk, episode=first.episodes[0].uuid)
    assert set(await talk.names()) == {"Ada", "Acme"}
    assert [f.text for f in await talk.facts()] == ["Ada works_at Acme"]


async def test_who_told_a_name_and_took_it_back_is_nameless_again(talk: Talk) -> None:
    await talk.tell(1, says("User", "lives_in", place("Bonn")), name=None)
    named = await talk.tell(2, says("Anna", "works_at", company("Acme")), name=None, says_name="Anna")
    assert "Anna" in await talk.names()
    await forget(talk, episode=named.episodes[0].uuid)
    assert set(await talk.names()) == {"User", "Bonn"}
    assert not await holds(talk, "Anna")
    assert not await holds(talk, "Acme")


async def test_the_log_stays_whole(talk: Talk) -> None:
    first = await talk.tell(1, says("Ada", "lives_in", place("Bonn")))
    await talk.tell(2, says("Ada", "works_at", company("Acme")))
    before = await talk.memory.parts.store.list_changes("g", Page(100), EVER)
    await forget(talk, episode=first.episodes[0].uuid)
    after = await talk.memory.parts.store.list_changes("g", Page(100), EVER)
    assert [c.uuid for c in after.items[:-1]] == [c.uuid for c in before.items]
    assert after.items[-1].kind is ChangeKind.FORGOTTEN


async def test_an_error_that_is_gone_is_the_law_again_after_a_correction(talk: Talk) -> None:
    first = await talk.tell(1, says("Ada", "lives_in", place("Rome")))
    second = await talk.tell(2, says("Ada", "lives_in", place("Oslo"), corrects=True))
    assert [row[2] for row in await talk.believed("lives_in")] == ["Oslo"]
    await forget(talk, episode=first.episodes[0].uuid)
    assert [row[2] for row in await talk.believed("lives_in")] == ["Oslo"]
    assert not await holds(talk, "Rome")
    await forget(talk, episode=second.episodes[0].uuid)
    assert await talk.believed() == []
    assert not await holds(talk, "Oslo")


async def test_the_tombstone_counts_what_it_tells_of(talk: Talk) -> None:
    told = [await talk.tell(at, says("Ada", "lives_in", place(name)), session="t") for at, name in ((1, "Bonn"), (2, "Rome"), (3, "Oslo"))]
    one = await talk.memory.forget("g", Target(told[0].episodes[0].uuid))
    rest = await talk.memory.forget("g", Target(session="t"))
    assert [gone.tombstone.reason for gone in (one, rest)] == ["one episode was forgotten", "2 episodes were forgotten"]
