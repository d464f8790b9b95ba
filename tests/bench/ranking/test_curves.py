import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from bench.ranking.curves import Bends, as_line, bends_of, bent, curves_of, straightened
from graph.recall.rank import worth

VALUES = np.linspace(-0.5, 1.0, 1_001)


def test_a_leg_of_many_values_bends_at_its_quantiles_and_a_flag_does_not() -> None:
    many, flag = bends_of(np.stack([np.linspace(0, 1, 1_001), np.arange(1_001) % 2], axis=1))
    assert many == Bends(0.0, (0.251, 0.5, 0.75, 0.9), 1.0)
    assert flag == Bends(0.0, (), 1.0)


def test_a_leg_with_few_values_that_say_something_is_a_line() -> None:
    assert Bends.of(np.concatenate([np.zeros(1_000), np.linspace(0.1, 1, 150)])).at == ()


@given(npst.arrays(np.float64, 5, elements=st.floats(-2, 2)))
def test_a_curve_gives_what_its_columns_give(weights: np.ndarray) -> None:
    bends = Bends.of(VALUES)
    told = bent(VALUES[:, None], [bends]) @ weights
    nothing = bent(np.zeros((1, 1)), [bends]) @ weights
    assert worth(VALUES, bends.curve(weights.tolist())) == pytest.approx(told - nothing, abs=1e-9)


def test_what_legs_give_at_most_sums_to_one_and_what_gives_nothing_is_left_out() -> None:
    bends = [Bends(0.0, (0.5,), 1.0), Bends(-1.0, (), 1.0), Bends(0.0, (), 1.0)]
    curves = curves_of(("rising", "both", "nothing"), bends, np.array([1.0, 4.0, 1.0, 0.0]))
    assert curves == {"rising": ((0.0, 0.0), (0.5, 0.125), (1.0, 0.75)), "both": ((-1.0, -0.25), (1.0, 0.25))}


def test_points_on_a_line_are_left_out() -> None:
    assert straightened(((0.0, 0.0), (0.2, 0.2), (0.5, 0.5), (1.0, 0.6))) == ((0.0, 0.0), (0.5, 0.5), (1.0, 0.6))
    assert straightened(((0.0, 0.0), (1.0, 0.5))) == ((0.0, 0.0), (1.0, 0.5))


def test_a_straight_line_from_0_to_1_is_a_weight_and_no_other() -> None:
    assert as_line(((0.0, 0.0), (1.0, 0.5))) == 0.5
    for curve in (((0.0, 0.0), (0.5, 0.1), (1.0, 0.5)), ((-1.0, -0.5), (1.0, 0.5)), ((0.0, 0.0), (0.9, 0.5))):
        assert as_line(curve) == curve
