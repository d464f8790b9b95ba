"""The two search legs: best first, as of an instant, and honest about what was cut."""

from dataclasses import replace

import numpy as np
import pytest

from graph.errors import BadInput
from graph.model import Vector
from graph.stores.base import Store
from graph.views import Hits
from tests.stores.builders import LATE, NOW, Writer, as_of, closing, day, entity, fact, retraction, vector, vectors

WORDS = [
    "",
    " ",
    "😀",
    '"',
    "'",
    "a\x00b",
    "*",
    "NEAR",
    "AND",
    "grp:g1",
    "(",
    "日本",
    "^",
    "-",
    "\\",
    "naïve",
    "{}",
    "x" * 3000,
    "'; DROP TABLE fact; --",
]


async def told(writer: Writer, *texts: str) -> None:
    await writer.people(1, "anna", "rome")
    facts = [replace(fact(f"f{n}", "anna", "said", "rome", day(2)), text=text, key=str(n)) for n, text in enumerate(texts)]
    await writer.apply(2, facts=facts)


async def test_words_are_stemmed_and_the_rarer_counts_more(store: Store, writer: Writer) -> None:
    await told(writer, "Anna walks the dog", "Anna has a dog", "Anna was walking to Zürich", "nothing of it")
    found = await store.search_text("g", "FACT", ["walked", "dogs"], 10, NOW)
    assert next(iter(found.scores)) == "f0"
    assert set(found.scores) == {"f0", "f1", "f2"}
    assert list(found.scores.values()) == sorted(found.scores.values(), reverse=True)
    assert all(score > 0 for score in found.scores.values())
    assert list((await store.search_text("g", "FACT", ["zurich"], 10, NOW)).scores) == ["f2"]
    assert await store.search_text("g", "FACT", ["walked", "dogs"], 1, NOW) == Hits({"f0": found.scores["f0"]})
    assert await store.search_text("g", "FACT", ["dogs"], 0, NOW) == Hits({})


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("kind", ["ENTITY", "FACT", "EPISODE"])
async def test_no_word_is_an_error(store: Store, writer: Writer, word: str, kind: str) -> None:
    await told(writer, "Anna walks the dog")
    assert await store.search_text("g", kind, [word], 10, NOW) == Hits({})
    assert await store.search_text("g", kind, [], 10, NOW) == Hits({})
    assert list((await store.search_text("g", "FACT", [word, "dog"], 10, NOW)).scores) == ["f0"]


async def test_each_word_for_itself(store: Store, writer: Writer) -> None:
    await told(writer, "Anna walks the dog", "Anna has a dog", "nothing of it")
    found = await store.search_words("g", "FACT", ["walked", "dog", "dog", "😀", "cat"], 10, NOW)
    assert list(found) == ["walked", "dog", "😀", "cat"]
    for word, hits in found.items():
        assert hits == await store.search_text("g", "FACT", [word], 10, NOW)
    assert [len(hits.scores) for hits in found.values()] == [1, 2, 0, 0]
    assert await store.search_words("g", "FACT", [], 10, NOW) == {}


async def test_very_many_words(store: Store, writer: Writer) -> None:
    await told(writer, "Anna walks the dog")
    found = await store.search_text("g", "FACT", [*(f"w{n}" for n in range(5000)), "dog"], 10, NOW)
    assert list(found.scores) == ["f0"]


async def test_an_unknown_kind_or_group(store: Store, writer: Writer) -> None:
    await told(writer, "Anna walks the dog")
    assert await store.search_text("nobody", "FACT", ["dog"], 10, NOW) == Hits({})
    assert await store.search_vector("nobody", "FACT", vector(1, 0), 10, NOW) == Hits({})
    with pytest.raises(BadInput, match="'DOG'"):
        await store.search_text("g", "DOG", ["dog"], 10, NOW)
    with pytest.raises(BadInput, match="'DOG'"):
        await store.search_vector("g", "DOG", vector(1, 0), 10, NOW)


async def test_full_text_sees_what_was_believed_then(store: Store, writer: Writer) -> None:
    await told(writer, "Anna walks the dog", "Anna feeds the dog")
    await writer.apply(4, closings=[closing("f0", day(4))], retractions=[retraction("f1")])

    async def dogs(valid: float, known: float, current: bool = True) -> set[str]:
        return set((await store.search_text("g", "FACT", ["dog"], 10, as_of(valid, known), current)).scores)

    assert await dogs(5, 5) == set()
    assert await dogs(5, 5, current=False) == {"f0"}
    assert await dogs(3, 5) == {"f0"}
    assert await dogs(5, 3) == {"f0", "f1"}
    assert await dogs(5, 1) == set()
    assert await dogs(1, 5) == set()


async def test_a_leg_finds_its_hits_behind_many_that_do_not_stand(store: Store, writer: Writer) -> None:
    await told(writer, *["dog " * 5] * 400, "a dog among a good many other words")
    await writer.apply(
        3, closings=[closing(f"f{n}", day(3)) for n in range(400)], vectors=vectors(facts={f"f{n}": vector(1, n / 1e5) for n in range(401)})
    )
    text = await store.search_text("g", "FACT", ["dog"], 1, NOW)
    near = await store.search_vector("g", "FACT", vector(1, 0), 1, NOW)
    assert list(text.scores) == list(near.scores) == ["f400"]
    assert (text.short, near.short) == (False, False)
    assert (await store.search_text("g", "FACT", ["dog"], 5, NOW)).short is False


def random_vectors(count: int, seed: int = 0) -> list[Vector]:
    made = np.random.default_rng(seed).standard_normal((count, 16)).astype(np.float32)
    return list(made / np.linalg.norm(made, axis=1, keepdims=True))


async def test_vectors_are_exact_whatever_the_order_of_writing(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna")
    given = random_vectors(600)
    wanted = random_vectors(1, seed=1)[0]
    for part in range(6):
        made = [replace(fact(f"f{n}", "anna", "said", "anna", day(2 + part)), key=str(n)) for n in range(100 * part, 100 * part + 100)]
        await writer.apply(2 + part, facts=made, vectors=vectors(facts={f.uuid: given[int(f.uuid[1:])] for f in made}))
        scores = {f"f{n}": float(given[n] @ wanted) for n in range(100 * part + 100)}
        best = sorted(scores, key=lambda uuid: -scores[uuid])[:10]
        found = await store.search_vector("g", "FACT", wanted, 10, NOW)
        assert list(found.scores) == best
        assert list(found.scores.values()) == pytest.approx([scores[uuid] for uuid in best], abs=1e-5)
    early = await store.search_vector("g", "FACT", wanted, 1000, as_of(3))
    assert len(early.scores) == 200


async def test_vectors_of_each_kind_stand_apart(store: Store, writer: Writer) -> None:
    kept = await writer.keep("a", at=1)
    (episode,) = [e.uuid for e in kept.episodes]
    await writer.apply(
        2, entities=[entity("anna", day(2))], facts=[fact("f", "anna", "knows", "anna", day(2))],
        vectors=vectors(entities={"anna": vector(1, 0)}, facts={"f": vector(0, 1)}, episodes={episode: vector(1, 1)}),
    )  # fmt: skip
    for kind, uuid, score in (("ENTITY", "anna", 1.0), ("FACT", "f", 0.0), ("EPISODE", episode, 0.5**0.5)):
        found = await store.search_vector("g", kind, vector(1, 0), 5, NOW)
        assert found.scores == {uuid: pytest.approx(score)}


async def test_a_renamed_entity_is_found_by_its_last_vector(store: Store, writer: Writer) -> None:
    made = entity("anna", day(1))
    await writer.apply(1, entities=[made], vectors=vectors(entities={"anna": vector(1, 0)}))
    assert (await store.search_vector("g", "ENTITY", vector(0, 1), 5, NOW)).scores["anna"] == pytest.approx(0)
    await writer.apply(2, revised=[replace(made, name="Ann", recorded_at=day(2))], vectors=vectors(entities={"anna": vector(0, 1)}))
    assert (await store.search_vector("g", "ENTITY", vector(0, 1), 5, NOW)).scores == {"anna": pytest.approx(1)}


async def test_a_vector_of_another_dimension_is_refused_with_both_numbers(store: Store, writer: Writer) -> None:
    await writer.apply(1, entities=[entity("anna", day(1))], vectors=vectors(entities={"anna": vector(1, 0)}))
    with pytest.raises(BadInput, match=r"\b3\b.*\b2\b"):
        await store.search_vector("g", "ENTITY", vector(1, 0, 0), 5, NOW)
    with pytest.raises(BadInput, match=r"\b3\b.*\b2\b"):
        await writer.apply(2, entities=[entity("ben", day(2))], vectors=vectors(entities={"ben": vector(1, 0, 0)}))
    assert await store.entities("g", ["ben"], NOW) == {}


async def test_facts_around_are_the_newest_of_each_entity(store: Store, writer: Writer) -> None:
    await writer.people(1, "hub", "anna", "ben")
    made = [
        replace(fact(f"f{n:03}", "anna" if n % 2 else "hub", "knows", "hub" if n % 2 else "ben", day(2)), valid_at=day(n / 100))
        for n in range(300)
    ]
    await writer.apply(2, facts=made)
    found = await store.facts_around("g", ["hub", "ben", "nobody"], 3, as_of(10))
    assert {uuid: [f.uuid for f in facts] for uuid, facts in found.items()} == {
        "hub": ["f299", "f298", "f297"],
        "ben": ["f298", "f296", "f294"],
    }
    ended = await store.facts_around("g", ["hub"], 3, as_of(0.005, 10), current=False)
    assert [f.uuid for f in ended["hub"]] == ["f299", "f298", "f297"]
    assert [f.uuid for f in (await store.facts_around("g", ["hub"], 3, as_of(0.005, 10)))["hub"]] == ["f000"]
    near = await store.around("g", ["nothing"], 2, LATE)
    assert near == {}
