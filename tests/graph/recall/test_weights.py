from collections.abc import Mapping

import numpy as np
import pytest

from graph.recall.conversation import Conversation, features
from graph.recall.facts import FactView, fact_features
from graph.recall.rank import Weight, worth
from graph.recall.seeds import Legs
from graph.recall.texts import TEXT_LEGS
from graph.recall.weights import WEIGHTS
from tests.graph.recall.made import fact, talk


def test_every_weight_is_of_a_leg_that_exists() -> None:
    """A misspelt leg would silently weigh nothing."""
    episodes = features(Conversation(talk(("e", "Anna", "Hello")), Legs({}, {}), frozenset()))
    facts = fact_features([fact("f")], FactView(Legs({}, {}), frozenset(), {}))
    assert WEIGHTS.first.keys() <= episodes.legs.keys()
    assert WEIGHTS.episodes.keys() <= episodes.legs.keys() | set(TEXT_LEGS)
    assert WEIGHTS.facts.keys() <= facts.with_leg("episode", {}).with_leg("chain", {}).legs.keys()


@pytest.mark.parametrize("weights", [WEIGHTS.first, WEIGHTS.episodes, WEIGHTS.facts])
def test_what_all_legs_give_at_most_sums_to_about_one(weights: Mapping[str, Weight]) -> None:
    most = [max(told for _, told in weight) if isinstance(weight, tuple) else weight for weight in weights.values()]
    assert 0.8 <= sum(told for told in most if told > 0) <= 1.2


def test_a_leg_that_says_nothing_gives_nothing() -> None:
    for leg, weight in {**WEIGHTS.first, **WEIGHTS.episodes, **WEIGHTS.facts}.items():
        assert worth(np.zeros(1), weight).tolist() == [0.0], leg


def test_the_points_of_a_curve_are_in_order_of_value() -> None:
    for leg, weight in WEIGHTS.episodes.items():
        at = [value for value, _ in weight] if isinstance(weight, tuple) else []
        assert at == sorted(set(at)), leg
