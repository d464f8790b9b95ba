import pytest

from extractors.local.ends import object_end, subject_end
from extractors.local.phrasings import words_of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Simpletons", "The Simpletons"),
        ("the Kingdom of Farland", "Kingdom of Farland"),
        ("the film Night Ferry", "Night Ferry"),
        ("the city of Porto", "Porto"),
        ("The work titled 'Night Ferry'", "Night Ferry"),
        ("Charles Vale, 2nd Duke of Farland", "Charles Vale, 2nd Duke of Farland"),
        ("power forward", "power forward"),
        ("iTern", "iTern"),
    ],
)
def test_an_end_is_what_it_is_called(text: str, name: str) -> None:
    found = subject_end(words_of(text), text)
    assert found is not None
    assert found.text == name


@pytest.mark.parametrize("text", ["I", "my sister", "Tom and I", "My Mom", "it", "something", "the place where we met last year"])
def test_what_only_the_talk_can_tell_is_no_end(text: str) -> None:
    assert subject_end(words_of(text), text) is None


def test_circumstances_are_no_part_of_an_object() -> None:
    text = "goalkeeper within his team"
    found = object_end(words_of(text), text)
    assert found is not None
    assert found.text == "goalkeeper"
