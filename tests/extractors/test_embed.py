import asyncio
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.embed import DIMENSION, Matrix, WordLlama, WordLlamaEmbedder, WordLlamaTokenizer, WordLlamaWords
from graph.errors import ModelUnavailable

MODEL = WordLlama()


async def test_rows_are_of_unit_length_whatever_the_text() -> None:
    rows = await WordLlamaEmbedder(MODEL).embed(["a heron by the river", "", "   ", "\N{PARTY POPPER}", "a" * 10_000])
    assert rows.shape == (5, DIMENSION)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)


async def test_no_texts_give_no_rows() -> None:
    assert (await WordLlamaEmbedder(MODEL).embed([])).shape == (0, DIMENSION)


async def test_alike_texts_are_near_and_a_text_alone_is_as_in_company() -> None:
    rows = await WordLlamaEmbedder(MODEL).embed(["My dog loves the beach", "The puppy likes the seaside", "Quarterly tax forms are due"])
    alone = await WordLlamaEmbedder(MODEL).embed(["My dog loves the beach"])
    assert rows[0] @ rows[1] > rows[0] @ rows[2]
    assert np.array_equal(rows[0], alone[0])


@given(st.lists(st.text(st.sampled_from("abc \n\u00e9\N{PARTY POPPER}"), max_size=30), min_size=1, max_size=6))
def test_a_text_of_any_length_is_the_same_alone_as_among_others(texts: list[str]) -> None:
    together = MODEL.embed(texts)
    for text, row in zip(texts, together, strict=True):
        assert np.array_equal(MODEL.embed([text])[0], row)
        ids = MODEL.tokenizer.encode(text, add_special_tokens=False).ids
        mean = MODEL.vectors[ids].astype(np.float32).sum(axis=0) if ids else np.eye(1, DIMENSION, dtype=np.float32)[0]
        assert np.allclose(row, mean / np.linalg.norm(mean), atol=1e-6)


async def test_many_at_once_agree() -> None:
    embedder = WordLlamaEmbedder(WordLlama())
    rows = await asyncio.gather(*(embedder.embed(["tea by the river"]) for _ in range(16)))
    assert all(np.array_equal(rows[0], row) for row in rows)


def test_a_line_has_as_many_tokens_as_a_llama_model_reads() -> None:
    tokenizer = WordLlamaTokenizer(MODEL)
    assert tokenizer.count("") == 0
    assert tokenizer.count("a b") == 2
    assert tokenizer.count("The heron nests by the old mill.") < 12


LETTERS = st.text("ab \n\tZ9.\N{PARTY POPPER}\N{LATIN SMALL LETTER E WITH ACUTE}\u2581", max_size=60)
PIECES = st.sampled_from(["the", "painter's", " ", "  ", "\n", "<", "<s>", "</s>", "<unk>", "\u2581", "\u00a0", "\u65e5\u672c"])


@given(LETTERS | st.lists(PIECES, max_size=12).map("".join))
def test_counting_word_by_word_changes_nothing(text: str) -> None:
    assert MODEL.count(text) == len(MODEL.tokenizer.encode(text, add_special_tokens=False).ids)


def test_no_token_goes_on_into_the_next_word() -> None:
    assert not [token for token in MODEL.tokenizer.get_vocab() if "\u2581" in token.lstrip("\u2581")]


def test_missing_files_are_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=r"l2_supercat_256") as caught:
        WordLlama(tmp_path).vectors  # noqa: B018 - reading it loads it
    assert "pip install" in caught.value.hint


@pytest.mark.parametrize(("texts", "threads"), [(["Where does Anna live?"], 0), (["heron"] * 2, 1), (["heron " * 100], 1)])
async def test_a_question_is_embedded_at_once_and_all_else_in_a_thread(
    texts: list[str], threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[object] = []

    async def to_thread(work: Callable[[list[str]], Matrix], given: list[str]) -> Matrix:
        begun.append(work)
        return work(given)

    monkeypatch.setattr(asyncio, "to_thread", to_thread)
    loaded = WordLlama()
    for model, expected in ((loaded, 1), (MODEL, threads)):
        begun.clear()
        assert np.array_equal(await WordLlamaEmbedder(model).embed(texts), MODEL.embed(texts))
        assert len(begun) == expected


def test_words_are_looked_up_and_kept() -> None:
    words = WordLlamaWords(MODEL)
    rows = words.of_words(["heron", "river", "heron"])
    assert np.array_equal(rows[0], rows[2])
    assert np.array_equal(rows[:2], MODEL.embed(["heron", "river"]))
    assert np.array_equal(words.of_words(["river"])[0], rows[1])
    assert words.of_words([]).shape == (0, DIMENSION)


def test_no_more_words_are_kept_than_there_is_room_for() -> None:
    words = WordLlamaWords(MODEL, most=2)
    for asked in (["a", "b", "c"], ["b", "d"], ["d", "e", "f", "a"]):
        assert np.array_equal(words.of_words(asked), MODEL.embed(asked))
