from bench.bm25 import Baseline, tokens
from tests.bench.talk import conversation


def test_words_are_stemmed_and_small_words_left_out() -> None:
    assert tokens("Clara's paintings are of the herons", ["clara"]) == ["paint", "heron"]


def test_the_turn_with_the_rarest_words_comes_first() -> None:
    assert Baseline(conversation()).rank("What does Clara paint?")[0] == "D1:6"


def test_speakers_names_are_no_evidence() -> None:
    assert Baseline(conversation()).rank("Ines?") == [f"D1:{n}" for n in range(1, 7)]


def test_every_turn_is_ranked_once() -> None:
    assert sorted(Baseline(conversation()).rank("kiln in Porto")) == [f"D1:{n}" for n in range(1, 7)]
