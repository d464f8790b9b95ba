from hypothesis import given
from hypothesis import strategies as st

from graph.places import Places


@given(st.lists(st.none() | st.sampled_from("ab")), st.sampled_from("abc"), st.integers(0, 40))
def test_the_next_other_value_is_the_first_that_a_walk_would_meet(row: list[str | None], value: str, begin: int) -> None:
    places: Places[str] = Places(len(row))
    for place, of in enumerate(row):
        if of is not None:
            places.put(place, of)
    others = [place for place, of in enumerate(row) if of not in (None, value) and place >= begin]
    assert places.next_other(value, begin) == min(others, default=None)
