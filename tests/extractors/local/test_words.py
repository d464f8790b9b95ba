import pytest

from extractors.local.words import joined, reworded
from tests.extractors.local.spoken import scene


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I like my boat.", ["Ada", "like", "Ada's", "boat", "."]),
        ("you like your boat", ["Bo", "like", "Bo's", "boat"]),
        ("They fly to the US.", ["They", "fly", "to", "the", "US", "."]),
        ("My sister likes her boat.", ["Ada's", "sister", "likes", "Ada's sister's", "boat", "."]),
        ("She likes him.", ["She", "likes", "him", "."]),
    ],
)
def test_words_are_put_into_the_third_person(text: str, words: list[str]) -> None:
    spoken = scene(text)
    assert [reworded(token, spoken) for token in spoken.doc] == words


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["a", ",", "b"], "a, b"),
        (["Ada", "'s", "boat"], "Ada's boat"),
        (["self", "-", "made"], "self-made"),
        (["(", "a", ")"], "(a)"),
        ([], ""),
    ],
)
def test_words_are_joined_as_written(words: list[str], text: str) -> None:
    assert joined(words) == text
