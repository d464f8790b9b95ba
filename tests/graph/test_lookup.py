from graph.lookup import Lookup
from tests.graph.scripted import Talk, on, place, says


async def test_every_word_has_its_hits_even_where_nothing_was_found(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "lives_in", place("Rome")))
    graph = await talk.memory.graph("g")
    vector = (await talk.memory.parts.embedder.embed(["Rome"]))[0]
    legs = await Lookup(talk.memory.parts.store, "g", graph.as_of).legs("FACT", ["rome", "nowhere"], vector, 10)
    (fact,) = await talk.facts()
    assert set(legs.words["rome"]) == {fact.uuid} == set(legs.cosines)
    assert legs.words["nowhere"] == {}


async def test_names_are_looked_up_in_any_case(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "lives_in", place("Rome")))
    graph = await talk.memory.graph("g")
    rome, nobody = await Lookup(talk.memory.parts.store, "g", graph.as_of).named(["ROME", "Nobody"])
    assert [entity.name for entity in rome] == ["Rome"]
    assert list(nobody) == []


async def test_what_ended_is_found_only_where_it_is_wanted(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "lives_in", place("Rome")))
    await talk.tell(9, says("Ada", "lives_in", place("Milan"), start=on(9)))
    graph = await talk.memory.graph("g")
    store, vector = talk.memory.parts.store, (await talk.memory.parts.embedder.embed(["x"]))[0]
    now = await Lookup(store, "g", graph.as_of).legs("FACT", ["rome"], vector, 10)
    ever = await Lookup(store, "g", graph.as_of, current=False).legs("FACT", ["rome"], vector, 10)
    assert (len(now.words["rome"]), len(ever.words["rome"])) == (0, 1)
