import numpy as np

from bench.baselines import Baselines, fused
from tests.bench.talk import conversation


def baselines() -> Baselines:
    """The meaning of each message is its own; each costs ten tokens."""
    return Baselines(conversation(), np.eye(6, dtype=np.float32), [10] * 6)


def test_each_ranks_all_turns() -> None:
    rankings = baselines().rankings("What does Clara paint?", np.array([0, 0, 1, 0, 0, 0], dtype=np.float32))
    assert {name: ranking[0] for name, ranking in rankings.items() if name != "fused"} == {
        "bm25": "D1:6",
        "vectors": "D1:3",
        "latest": "D1:6",
    }
    assert all(sorted(ranking) == sorted(rankings["latest"]) for ranking in rankings.values())


def test_only_what_fits_is_within_a_budget() -> None:
    assert baselines().within(["D1:1", "D1:2", "D1:3"], 25) == ["D1:1", "D1:2"]
    assert baselines().within(["D1:1"], 5) == []


def test_what_both_rank_high_comes_first() -> None:
    assert fused(["a", "b", "c"], ["b", "c", "a"]) == ["b", "a", "c"]
