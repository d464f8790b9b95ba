"""BM25 by its formula, and what follows from it."""

import math

import numpy as np
import pytest

from graph.stores.embedded.bm25 import scores
from graph.stores.embedded.postings import Counted, Postings


def postings(*texts: tuple[int, int]) -> Postings:
    """By how often each has the word, and its length."""
    counts, lengths = (np.array(column, dtype=np.float32) for column in zip(*texts, strict=True))
    return Postings(np.arange(len(texts)), counts, lengths)


def test_by_the_formula() -> None:
    (score,) = scores(postings((3, 20)), Counted(texts=9, words=90))
    assert score == pytest.approx(math.log(1 + 8.5 / 1.5) * 3 * 2.2 / (3 + 1.2 * (0.25 + 0.75 * 2)))


def test_more_often_shorter_and_rarer_count_more() -> None:
    of = Counted(texts=10, words=100)
    often, once, long = scores(postings((3, 10), (1, 10), (1, 30)), of)
    (rare,) = scores(postings((1, 10)), of)
    assert rare > once and often > once > long > 0


def test_a_word_that_all_texts_have_still_counts() -> None:
    assert (scores(postings((1, 4), (1, 4)), Counted(texts=2, words=8)) > 0).all()
