import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.score import Tally, percentile, ranked_measures, share_found


def test_the_share_of_the_evidence_that_was_found() -> None:
    assert share_found(["a", "x"], frozenset({"a", "b"})) == 0.5


def test_measures_of_a_ranking_at_each_cut() -> None:
    measures = ranked_measures("m", [*"abcdefghijkl"], frozenset({"a", "f", "l", "nowhere"}))
    assert measures == {"m @5": 0.25, "m @10": 0.5, "m @25": 0.75, "m @50": 0.75, "m any@10": 1.0}


def test_a_tally_takes_means_over_the_questions_it_saw() -> None:
    first, second = Tally(), Tally()
    first.add({"a": 1.0})
    second.add({"a": 0.0, "b": 0.5})
    second.add({"a": 0.0})
    first.join(second)
    assert first.means() == {"a": pytest.approx(0.3333), "b": 0.5}


@pytest.mark.parametrize(("share", "expected"), [(0.5, 2.0), (0.95, 4.0), (0.0, 1.0), (1.0, 4.0)])
def test_percentiles_are_values_that_occurred(share: float, expected: float) -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], share) == expected


def test_no_values_have_no_percentile() -> None:
    assert percentile([], 0.5) == 0.0


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0, 1))
def test_at_least_the_share_is_not_above_the_percentile(values: list[float], share: float) -> None:
    assert sum(value <= percentile(values, share) for value in values) >= share * len(values) - 1e-9
