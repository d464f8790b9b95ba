import pytest

from extractors.local.meant import is_that, name_of, preposition_of, right_name
from tests.extractors.local.spoken import scene


@pytest.mark.parametrize(
    ("text", "name", "preposition"),
    [
        ("No, it was Vienna.", "Vienna", ""),
        ("Sorry, I meant Norte Labs, not Velmar.", "Norte Labs", ""),
        ("No, at Norte Labs.", "Norte Labs", "at"),
        ("It was Vienna after all.", "Vienna", ""),
        ("No, Vienna, of course.", "Vienna", ""),
        ("No, at Velmar as a cook.", "Velmar", "at"),
    ],
)
def test_the_name_that_is_meant_with_its_preposition(text: str, name: str, preposition: str) -> None:
    right = right_name(scene(text).doc[:])
    assert right is not None
    assert (name_of(right), preposition_of(right)) == (name, preposition)


@pytest.mark.parametrize(
    "text",
    [
        "It was Vienna that we liked.",
        "It was Vienna we liked.",
        "It was Vienna, which I liked.",
        "It was Vienna calling.",
        "It was Vienna on the map.",
        "It was Vienna's fault.",
        "It was Vienna and Graz.",
        "It was not Vienna.",
    ],
)
def test_a_name_that_more_is_told_of_is_not_meant(text: str) -> None:
    assert right_name(scene(text).doc[:]) is None


def test_that_was_somebody_is_told_apart() -> None:
    assert [is_that(next(t for t in scene(text).doc if t.text == "Mia")) for text in ("That was Mia.", "It was Mia.")] == [True, False]
