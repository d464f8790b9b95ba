from collections.abc import Mapping

import pytest

from graph.recall.conversation import Conversation, features
from graph.recall.facts import FactView, fact_features
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
def test_positive_weights_sum_to_about_one(weights: Mapping[str, float]) -> None:
    assert 0.8 <= sum(weight for weight in weights.values() if weight > 0) <= 1.2
