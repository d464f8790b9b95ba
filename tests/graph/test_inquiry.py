import pytest

from graph.errors import BadInput
from graph.inquiry import Asked, Laps


def test_a_question_of_a_books_length_is_refused() -> None:
    with pytest.raises(BadInput, match="20000 characters") as caught:
        Asked("ab" * 10_000)
    assert "10000" in caught.value.hint


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"question": "  "}, "question"),
        ({"question": "An\udcff"}, "question"),
        ({"question": "a", "budget": 0}, "budget"),
        ({"question": "a", "hops": 5}, "hops"),
        ({"question": "a", "hops": -1}, "hops"),
        ({"question": "a", "template": "poem"}, "template"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_its_value(asked: dict[str, object], field: str) -> None:
    with pytest.raises(BadInput) as caught:
        Asked(**asked)  # type: ignore[arg-type]
    assert caught.value.field == field
    assert repr(asked.get(field)) in caught.value.message


def test_laps_add_up_to_the_whole() -> None:
    laps = Laps()
    laps.mark("search")
    laps.mark("rank")
    assert list(laps.legs) == ["search", "rank"]
    assert 0 <= sum(laps.legs.values()) <= laps.total()
