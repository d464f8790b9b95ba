"""Words, meanings and names: best first, as of an instant, and honest about what was cut."""

from dataclasses import replace

import pytest

from graph.errors import BadInput, Conflict
from graph.model import Space
from graph.stores.base import Finds, Store, Wanted
from graph.views import Hits
from tests.stores.builders import (
    DIMENSION,
    NOW,
    Writer,
    as_of,
    closing,
    day,
    entity,
    fact,
    random_vectors,
    retraction,
    unit,
    uuids,
    vector,
    vectors,
)
from tests.stores.seeking import KINDS, having, having_one, near

WORDS = [
    "",
    " ",
    "😀",
    '"',
    "'",
    "a\x00b",
    "*",
    "?",
    "do*",
    "dag~",
    "NEAR",
    "AND",
    "OR",
    "grp:g1",
    "token:g1",
    "(",
    "[a TO z]",
    "日本",
    "^",
    "-",
    "/",
    "\\",
    "naïve",
    "{}",
    "x" * 3000,
    "'; DROP TABLE fact; --",
]


async def test_a_vector_of_another_embedder_is_not_compared_whatever_its_length(store: Store, writer: Writer) -> None:
    await writer.apply(1, entities=[entity("anna", day(1))], vectors=vectors(entities={"anna": vector(1)}), space=Space("hash", DIMENSION))
    await writer.people(2, "ben")
    wanted = Wanted([], vector(1), {"ENTITY": 5})
    for same in (wanted, replace(wanted, space=Space("hash", DIMENSION))):
        assert list((await store.search("g", same, NOW)).near["ENTITY"].scores) == ["anna"]
    with pytest.raises(Conflict, match=r"'hash'.*'other'"):
        await store.search("g", replace(wanted, space=Space("other", DIMENSION)), NOW)
    assert (await store.search("nobody", replace(wanted, space=Space("other", DIMENSION)), NOW)).near == {"ENTITY": Hits({})}
    found = await store.group("g")
    assert found is not None
    assert found.space == Space("hash", DIMENSION)


async def told(writer: Writer, *texts: str) -> None:
    await writer.people(1, "anna", "rome")
    facts = [replace(fact(f"f{n}", "anna", "said", "rome", day(2)), text=text, key=str(n)) for n, text in enumerate(texts)]
    await writer.apply(2, facts=facts)


async def test_words_are_stemmed_and_the_rarer_counts_more(store: Store, writer: Writer) -> None:
    await told(writer, "Anna walks the dog", "Anna has a dog", "Anna was walking to Zürich", "nothing of it", "other words", "and more")
    found = await having(store, "FACT", "walked", "dogs", "zurich", "ZÜRICH", "anna")
    assert {word: set(hits.scores) for word, hits in found.items()} == {
        "walked": {"f0", "f2"},
        "dogs": {"f0", "f1"},
        "zurich": {"f2"},
        "ZÜRICH": {"f2"},
        "anna": {"f0", "f1", "f2"},
    }
    for hits in found.values():
        assert list(hits.scores.values()) == sorted(hits.scores.values(), reverse=True)
        assert all(score > 0 for score in hits.scores.values())
        assert hits.short is False
    assert found["zurich"].scores["f2"] > found["walked"].scores["f2"] > found["anna"].scores["f2"]


async def test_no_more_than_the_limit_and_those_the_best(store: Store, writer: Writer) -> None:
    await told(writer, "a dog and a great many other words", "a dog", "a dog and some more words")
    every = (await having(store, "FACT", "dog"))["dog"]
    assert (await having(store, "FACT", "dog", limit=2))["dog"] == Hits(dict(list(every.scores.items())[:2]))
    assert (await having(store, "FACT", "dog", limit=0))["dog"] == Hits({})
    assert await near(store, "FACT", vector(1), limit=0) == Hits({})


@pytest.mark.parametrize("kind", KINDS)
async def test_no_word_is_an_error(store: Store, writer: Writer, kind: str) -> None:
    await told(writer, "Anna walks the dog")
    await writer.keep("Anna walks the dog", at=3)
    found = await having(store, kind, *WORDS, "dog")
    assert list(found) == [*WORDS, "dog"]
    assert {word: hits for word, hits in found.items() if hits != Hits({}) and word != "dog"} == {}
    assert len(found["dog"].scores) == (0 if kind == "ENTITY" else 1)


async def test_each_word_and_kind_is_there_once(store: Store, writer: Writer) -> None:
    await told(writer, "Anna walks the dog", "Anna has a dog", "nothing of it")
    found = await store.search("g", Wanted(["walked", "dog", "dog", "cat"], vector(1), dict.fromkeys(KINDS, 5), ["Anna", "Anna"]), NOW)
    assert list(found.words) == list(found.near) == list(KINDS)
    assert all(list(by_word) == ["walked", "dog", "cat"] for by_word in found.words.values())
    assert [len(hits.scores) for hits in found.words["FACT"].values()] == [1, 2, 0]
    assert list(found.named) == ["Anna"]
    assert await store.search("g", Wanted([], vector(1), {}), NOW) == Finds({}, {}, {})


async def test_examples_of_a_word_find_the_messages_that_have_one(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna")
    texts = ("Anna swims and is swimming", "I run", "the yellow dog", "swimming, running, and a yoga class", "new York times", "York, new")
    kept = uuids((await writer.keep(*texts, at=2)).episodes)
    examples = {"sports": ["swim", "running", "", "'"], "cities": ["New York"], "nothing": ["kiln"], "none": [], "signs": ["*", '"', "OR"]}
    found = await store.search("g", Wanted(["dog"], vector(1), {"EPISODE": 10, "FACT": 10}, examples=examples), NOW)
    assert {word: {kept.index(uuid) for uuid in hits.scores} for word, hits in found.examples.items()} == {
        "sports": {0, 1, 3},
        "cities": {4},
        "nothing": set(),
        "none": set(),
        "signs": set(),
    }
    best = list(found.examples["sports"].scores.values())
    assert best == sorted(best, reverse=True)
    assert all(score > 0 for score in best)
    assert [len(hits.scores) for hits in found.words["EPISODE"].values()] == [1]


async def test_examples_keep_to_the_limit_and_the_instant_and_need_no_word(store: Store, writer: Writer) -> None:
    await writer.keep("swim", "run and swim", "a swim among a good many other words", at=2)
    await writer.keep("swim too", session="later", at=5)
    wanted = Wanted((), vector(1), {"EPISODE": 2}, examples={"sports": ["swimming", "run"]})
    for at, sizes in ((as_of(9, 3), [2]), (as_of(9, 1), [0])):
        assert [len(hits.scores) for hits in (await store.search("g", wanted, at)).examples.values()] == sizes
    assert (await store.search("nobody", wanted, NOW)).examples == {"sports": Hits({})}
    facts_only = replace(wanted, limits={"FACT": 2})
    assert (await store.search("g", facts_only, NOW)).examples == {"sports": Hits({})}


async def test_very_many_words(store: Store, writer: Writer) -> None:
    await told(writer, "Anna walks the dog")
    found = await having(store, "FACT", *(f"w{n}" for n in range(300)), "dog")
    assert [word for word, hits in found.items() if hits.scores] == ["dog"]


async def test_an_unknown_kind_or_group(store: Store, writer: Writer) -> None:
    await told(writer, "Anna walks the dog")
    found = await store.search("nobody", Wanted(["dog"], vector(1), {"FACT": 10}, ["Anna"]), NOW)
    assert found == Finds({"FACT": {"dog": Hits({})}}, {"FACT": Hits({})}, {"Anna": []})
    for words in (["dog"], []):
        with pytest.raises(BadInput, match="'DOG'"):
            await store.search("g", Wanted(words, vector(1), {"DOG": 10}), NOW)


async def test_words_and_vectors_see_what_was_believed_then(store: Store, writer: Writer) -> None:
    await told(writer, "Anna walks the dog", "Anna feeds the dog")
    await writer.apply(3, vectors=vectors(facts={"f0": vector(1), "f1": vector(1, 1)}))
    await writer.apply(4, closings=[closing("f0", day(4))], retractions=[retraction("f1")])

    async def dogs(valid: float, known: float, current: bool = True) -> set[str]:
        at = as_of(valid, known)
        words = set(await having_one(store, "FACT", "dog", at, current))
        assert set((await near(store, "FACT", vector(1), at, current=current)).scores) == words
        return words

    assert await dogs(5, 5) == set()
    assert await dogs(5, 5, current=False) == {"f0"}
    assert await dogs(3, 5) == {"f0"}
    assert await dogs(5, 3.5) == {"f0", "f1"}
    assert await dogs(5, 1) == set()
    assert await dogs(1, 5) == set()
    assert await dogs(1, 5, current=False) == {"f0"}
    assert await dogs(1, 3.5, current=False) == {"f0", "f1"}


async def test_messages_are_found_from_when_they_were_kept(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna")
    (episode,) = uuids((await writer.keep("the dog sleeps", at=5)).episodes)
    await writer.apply(6, vectors=vectors(episodes={episode: vector(1)}))
    assert await having_one(store, "EPISODE", "sleeping", as_of(9, 4.9)) == []
    assert await having_one(store, "EPISODE", "sleeping", as_of(0, 5)) == [episode]
    assert list((await near(store, "EPISODE", vector(1), as_of(9, 4.9))).scores) == []
    assert list((await near(store, "EPISODE", vector(1), as_of(0, 6))).scores) == [episode]


async def test_a_leg_finds_its_hits_behind_many_that_do_not_stand(store: Store, writer: Writer) -> None:
    await told(writer, *["dog " * 5] * 400, "a dog among a good many other words")
    await writer.apply(
        3, closings=[closing(f"f{n}", day(3)) for n in range(400)], vectors=vectors(facts={f"f{n}": vector(1, n / 1e3) for n in range(401)})
    )
    found = await store.search("g", Wanted(["dog"], vector(1), {"FACT": 1}), NOW)
    text, close = found.words["FACT"]["dog"], found.near["FACT"]
    assert list(text.scores) == list(close.scores) == ["f400"]
    assert (text.short, close.short) == (False, False)
    assert (await having(store, "FACT", "dog", limit=5))["dog"].short is False


async def test_the_nearest_are_found_whatever_the_order_of_writing(store: Store, writer: Writer) -> None:
    """A store may search approximately: nine of the ten nearest."""
    await writer.people(1, "anna")
    given = random_vectors(300)
    wanted = random_vectors(1, seed=1)[0]
    for part in range(3):
        made = [replace(fact(f"f{n}", "anna", "said", "anna", day(2 + part)), key=str(n)) for n in range(100 * part, 100 * part + 100)]
        await writer.apply(2 + part, facts=made, vectors=vectors(facts={f.uuid: given[int(f.uuid[1:])] for f in made}))
        scores = {f"f{n}": float(given[n] @ wanted) for n in range(100 * part + 100)}
        best = sorted(scores, key=lambda uuid: -scores[uuid])[:10]
        found = (await near(store, "FACT", wanted)).scores
        assert (len(found), len(set(best) & set(found)) >= 9) == (10, True)
        assert list(found.values()) == sorted(found.values(), reverse=True)
        assert list(found.values()) == pytest.approx([scores[uuid] for uuid in found], abs=1e-4)
    assert len((await near(store, "FACT", wanted, as_of(3), limit=1000)).scores) == 200


async def test_vectors_of_each_kind_stand_apart(store: Store, writer: Writer) -> None:
    kept = await writer.keep("a", at=1)
    (episode,) = [e.uuid for e in kept.episodes]
    await writer.apply(
        2, entities=[entity("anna", day(2))], facts=[fact("f", "anna", "knows", "anna", day(2))],
        vectors=vectors(entities={"anna": vector(1, 0)}, facts={"f": vector(0, 1)}, episodes={episode: vector(1, 1)}),
    )  # fmt: skip
    found = await store.search("g", Wanted((), vector(1, 0), dict.fromkeys(KINDS, 5)), NOW)
    for kind, uuid, score in (("ENTITY", "anna", 1.0), ("FACT", "f", 0.0), ("EPISODE", episode, 0.5**0.5)):
        assert found.near[kind].scores == {uuid: pytest.approx(score, abs=1e-5)}


async def test_a_renamed_entity_is_found_by_its_last_vector_and_its_name_of_the_time(store: Store, writer: Writer) -> None:
    made = entity("anna", day(1), aliases=("Ännchen",))
    await writer.apply(1, entities=[made], vectors=vectors(entities={"anna": vector(1, 0)}))
    assert (await near(store, "ENTITY", vector(0, 1))).scores["anna"] == pytest.approx(0, abs=1e-5)
    renamed = replace(made, name="Beth Berg", aliases=(), recorded_at=day(2))
    await writer.apply(2, revised=[renamed], vectors=vectors(entities={"anna": vector(0, 1)}))
    assert (await near(store, "ENTITY", vector(0, 1))).scores == {"anna": pytest.approx(1, abs=1e-5)}
    words = ("anna", "annchen", "berg")
    assert [len(hits.scores) for hits in (await having(store, "ENTITY", *words)).values()] == [0, 0, 1]
    assert [len(hits.scores) for hits in (await having(store, "ENTITY", *words, at=as_of(9, 1))).values()] == [1, 1, 0]
    assert [len(hits.scores) for hits in (await having(store, "ENTITY", *words, at=as_of(9, 0))).values()] == [0, 0, 0]


async def test_what_was_merged_is_found_no_more(store: Store, writer: Writer) -> None:
    made = [entity(uuid, day(1), name="Anna", key=uuid) for uuid in ("anna", "annie")]
    await writer.apply(1, entities=made, vectors=vectors(entities={"anna": vector(1), "annie": vector(1)}))
    await writer.apply(2, revised=[replace(made[1], merged_into="anna", recorded_at=day(2))])
    for at, expected in ((NOW, {"anna"}), (as_of(9, 1), {"anna", "annie"})):
        found = await store.search("g", Wanted(["anna"], vector(1), {"ENTITY": 5}, ["Anna"]), at)
        legs = (found.words["ENTITY"]["anna"].scores, found.near["ENTITY"].scores, uuids(found.named["Anna"]))
        assert [set(leg) for leg in legs] == [expected] * 3


async def test_names_are_found_in_any_case_best_connected_first(store: Store, writer: Writer) -> None:
    await writer.apply(1, entities=[entity(u, day(1), name="Anna Berg", key=u, aliases=("Ännchen",)) for u in ("a1", "a2")])
    await writer.people(2, "ben")
    await writer.apply(3, facts=[fact("f", "a2", "knows", "ben", day(3))])
    names = ["ANNA BERG", "ännchen", "Anna", "nobody", "", "日本"]
    found = await store.search("g", Wanted((), vector(1), {}, names), NOW)
    assert {name: uuids(of_name) for name, of_name in found.named.items()} == {
        "ANNA BERG": ["a2", "a1"],
        "ännchen": ["a2", "a1"],
        "Anna": [],
        "nobody": [],
        "": [],
        "日本": [],
    }
    assert list(found.named["ANNA BERG"]) == list(await store.find_entities("g", "anna berg", NOW))
    before = await store.search("g", Wanted((), vector(1), {}, names), as_of(2))
    assert uuids(before.named["ANNA BERG"]) == ["a1", "a2"]


async def test_a_vector_of_another_dimension_is_refused_with_both_numbers(store: Store, writer: Writer) -> None:
    await writer.apply(1, entities=[entity("anna", day(1))], vectors=vectors(entities={"anna": vector(1, 0)}))
    with pytest.raises(BadInput, match=rf"\b3\b.*\b{DIMENSION}\b"):
        await near(store, "ENTITY", unit([1, 0, 0]))
    with pytest.raises(BadInput, match=rf"\b3\b.*\b{DIMENSION}\b"):
        await writer.apply(2, entities=[entity("ben", day(2))], vectors=vectors(entities={"ben": unit([1, 0, 0])}))
    assert await store.entities("g", ["ben"], NOW) == {}


@pytest.mark.parametrize("others", ["g h", "h", "g-", "G", "gg", "ģ"])
async def test_no_leg_looks_into_another_group(store: Store, writer: Writer, others: str) -> None:
    """Neither into one of a name alike, nor do its many hits take the place of ours."""
    for group, count in ((others, 60), ("g", 1)):
        made = [entity(f"{group}{n}", day(1), group=group, name="Anna", key=str(n)) for n in range(count)]
        drawn = [fact(f"{group}f{n}", f"{group}{n}", "said", f"{group}{n}", day(1), group=group, text="a dog") for n in range(count)]
        close = vectors(entities={e.uuid: vector(1) for e in made}, facts={f.uuid: vector(1) for f in drawn})
        kept = await Writer(store, group).keep(*["a dog"] * count)
        close = replace(close, episodes={e.uuid: vector(1) for e in kept.episodes})
        await Writer(store, group).apply(1, entities=made, facts=drawn, vectors=close)
    found = await store.search("g", Wanted(["dog", "anna"], vector(1), dict.fromkeys(KINDS, 3), ["Anna"]), NOW)
    assert [list(found.words[kind][word].scores) for kind, word in (("ENTITY", "anna"), ("FACT", "dog"))] == [["g0"], ["gf0"]]
    assert [len(found.words[kind]["dog"].scores) for kind in KINDS] == [0, 1, 1]
    assert [list(found.near[kind].scores) for kind in ("ENTITY", "FACT")] == [["g0"], ["gf0"]]
    assert len(found.near["EPISODE"].scores) == 1
    assert uuids(found.named["Anna"]) == ["g0"]
