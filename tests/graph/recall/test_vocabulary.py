"""Texts as arrays of numbers say what their words would say."""

from hypothesis import given
from hypothesis import strategies as st

from graph.recall.vocabulary import Said, Vocabulary, words_of

SMALL = Vocabulary(most_texts=4, most_words=6)
TEXTS = st.lists(st.lists(st.sampled_from(["Anna's", "dog", "DOG", "7", "--", "Rome", "in", "a.b"]), max_size=6).map(" ".join), max_size=8)


def plainly(said: Said) -> list[tuple[str, ...]]:
    """The words of each text."""
    words = [said.words[number] for number in said.numbers.tolist()]
    ends = [sum(said.lengths.tolist()[: place + 1]) for place in range(len(said.lengths))]
    return [tuple(words[end - length : end]) for end, length in zip(ends, said.lengths.tolist(), strict=True)]


def test_words_are_read_once_each_in_any_case() -> None:
    assert words_of("Anna's dog, and the DOG\u2019s bowl") == ("anna", "dog", "and", "the", "bowl")


@given(TEXTS)
def test_each_text_has_its_words_and_all_together_each_word_once_where_it_comes_first(texts: list[str]) -> None:
    for vocabulary in (SMALL, Vocabulary()):
        said = vocabulary.said(texts)
        assert plainly(said) == [words_of(text) for text in texts]
        assert said.words == tuple(dict.fromkeys(word for text in texts for word in words_of(text)))


@given(TEXTS)
def test_no_more_texts_and_words_are_kept_than_it_is_given_room_for(texts: list[str]) -> None:
    SMALL.said(texts)
    assert len(SMALL._texts) <= 4
    assert len(SMALL._numbers) <= 6 + sum(len(words_of(text)) for text in texts)
    assert SMALL._numbers.words == list(SMALL._numbers)
