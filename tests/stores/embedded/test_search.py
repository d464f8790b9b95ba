"""What the embedded store's legs do beyond the protocol: vectors are exact, and a leg that gives up says so."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph.stores.embedded import EmbeddedStore, search
from tests.stores.builders import NOW, Writer, closing, day, entity, fact, random_vectors, vector, vectors
from tests.stores.seeking import KINDS, having, near


@pytest.fixture
async def embedded(tmp_path: Path) -> AsyncIterator[EmbeddedStore]:
    store = EmbeddedStore(tmp_path / "store.db")
    await store.open()
    yield store
    await store.close()


@pytest.fixture
def writer(embedded: EmbeddedStore) -> Writer:
    return Writer(embedded, "g")


async def dogs(writer: Writer, count: int) -> None:
    """So many facts about a dog, of which all but the last have ended."""
    await writer.people(1, "anna")
    made = [fact(f"f{n}", "anna", "said", "anna", day(2), text="a dog", key=str(n)) for n in range(count)]
    await writer.apply(2, facts=made, vectors=vectors(facts={f"f{n}": vector(1, n / 1e3) for n in range(count)}))
    await writer.apply(3, closings=[closing(f"f{n}", day(3)) for n in range(count - 1)])


async def test_vectors_are_exact(embedded: EmbeddedStore, writer: Writer) -> None:
    await writer.people(1, "anna")
    given = random_vectors(600)
    (wanted,) = random_vectors(1, seed=1)
    made = [replace(fact(f"f{n}", "anna", "said", "anna", day(2)), key=str(n)) for n in range(600)]
    await writer.apply(2, facts=made, vectors=vectors(facts={f.uuid: given[int(f.uuid[1:])] for f in made}))
    scores = {f"f{n}": float(given[n] @ wanted) for n in range(600)}
    assert list((await near(embedded, "FACT", wanted)).scores) == sorted(scores, key=lambda uuid: -scores[uuid])[:10]


async def test_a_leg_that_was_cut_says_so(embedded: EmbeddedStore, writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    await dogs(writer, 60)
    monkeypatch.setattr(search, "MOST", 60)
    words, close = (await having(embedded, "FACT", "dog"))["dog"], await near(embedded, "FACT", vector(1))
    assert [(list(hits.scores), hits.short) for hits in (words, close)] == [(["f59"], False), (["f59"], False)]
    monkeypatch.setattr(search, "MOST", 50)
    words, close = (await having(embedded, "FACT", "dog"))["dog"], await near(embedded, "FACT", vector(1))
    assert [(list(hits.scores), hits.short) for hits in (words, close)] == [([], True), ([], True)]
    enough = await having(embedded, "FACT", "dog", current=False)
    assert (len(enough["dog"].scores), enough["dog"].short) == (10, False)
    assert (await near(embedded, "FACT", vector(1), NOW, 10, current=False)).short is False


async def test_what_others_tell_changes_no_answer(embedded: EmbeddedStore, writer: Writer) -> None:
    """Neither what is found nor how much a word counts."""
    await writer.people(1, "anna")
    texts = ["Anna walks the dog", "Anna feeds the cat", "a dog and a cat and some more words", "Rome"]
    await writer.apply(2, facts=[fact(f"f{n}", "anna", "said", "anna", day(2), text=text, key=str(n)) for n, text in enumerate(texts)])
    await writer.keep(*texts)
    alone = [await having(embedded, kind, "anna", "dogs", "rome", "the-cat") for kind in KINDS]
    assert list(alone[1]["dogs"].scores) == ["f0", "f2"]
    other = Writer(embedded, "other")
    await other.keep(*["dogs and cats"] * 50, "rome")
    await other.apply(1, entities=[replace(entity(f"anna{n}", day(1), name="Anna Dog"), group="other") for n in range(20)])
    assert [await having(embedded, kind, "anna", "dogs", "rome", "the-cat") for kind in KINDS] == alone


async def test_the_best_come_first_and_equal_ones_in_the_order_they_were_written(embedded: EmbeddedStore, writer: Writer) -> None:
    await writer.people(1, "anna")
    made = [fact(f"f{n}", "anna", "said", "anna", day(2), text="dog " * (1 + n % 3), key=str(n)) for n in range(300)]
    await writer.apply(2, facts=made)
    found = (await having(embedded, "FACT", "dog", limit=300))["dog"]
    assert list(found.scores) == [f"f{n}" for rest in (2, 1, 0) for n in range(300) if n % 3 == rest]
    assert list((await having(embedded, "FACT", "dog", limit=120))["dog"].scores.items()) == list(found.scores.items())[:120]
