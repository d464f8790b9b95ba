import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.recall.rank import Ranking, Table, worth
from tests.graph.recall.made import table_of

ROWS = {"b": {"words": 1.0, "cosine": 0.5}, "a": {"words": 1.0, "cosine": 0.5}, "c": {"cosine": 0.9}}
BY = {"words": 0.6, "cosine": 0.4}


def test_the_weighted_sum_ranks_and_ties_go_by_uuid() -> None:
    ranking = Ranking(table_of(ROWS), BY, most=10)
    assert ranking.uuids == ("a", "b", "c")
    assert ranking.score("a") == pytest.approx(0.8)
    assert ranking.shares()["c"] == pytest.approx(0.36 / 0.8)


def test_why_gives_the_parts_of_the_score_and_the_path() -> None:
    assert Ranking(table_of(ROWS), BY, 10).why("c", ("f1", "f2")) == {"cosine": 0.36, "path": ["f1", "f2"]}
    assert "path" not in Ranking(table_of(ROWS), BY, 10).why("c")


def test_a_curve_is_read_between_its_points_and_flat_beyond_them() -> None:
    values = np.array([-1.0, 0.0, 0.25, 0.5, 0.75, 1.0, 3.0])
    assert worth(values, ((0.0, 0.0), (0.5, 0.1), (1.0, 0.5))).tolist() == pytest.approx([0, 0, 0.05, 0.1, 0.3, 0.5, 0.5])
    assert worth(values, 2.0).tolist() == (2 * values).tolist()


def test_lines_and_curves_are_summed_and_why_tells_each() -> None:
    ranking = Ranking(table_of(ROWS), {"words": 0.6, "cosine": ((0.0, 0.0), (0.8, 0.0), (1.0, 1.0))}, 10)
    assert ranking.uuids == ("a", "b", "c")
    assert ranking.why("a") == {"words": 0.6}
    assert ranking.why("c") == {"cosine": 0.5}


def test_no_more_than_the_most_are_ranked() -> None:
    assert len(Ranking(table_of(ROWS), BY, 2)) == 2


def test_nothing_ranks_to_nothing() -> None:
    ranking = Ranking(table_of({}), BY, 5)
    assert (ranking.uuids, ranking.shares()) == ((), {})


def test_scores_below_zero_have_no_share() -> None:
    assert Ranking(table_of({"a": {"asks": 1.0}}), {"asks": -1.0}, 5).shares() == {"a": 0.0}


def test_a_table_takes_another_leg_and_gives_a_part() -> None:
    table = table_of(ROWS).with_leg("episode", {"c": 1.0}).of({"c", "a"})
    assert table.uuids == ("a", "c")
    assert {leg: list(column) for leg, column in table.legs.items()} == {"words": [1.0, 0.0], "cosine": [0.5, 0.9], "episode": [0.0, 1.0]}


def test_a_table_is_complete() -> None:
    with pytest.raises(ValueError, match="one value a candidate"):
        Table(("a", "b"), {"words": np.zeros(1)})


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.floats(-1, 1), min_size=1, max_size=20))
def test_order_follows_the_score(scores: dict[str, float]) -> None:
    ranking = Ranking(table_of({uuid: {"words": score} for uuid, score in scores.items()}), {"words": 1.0}, 100)
    ordered = [ranking.score(uuid) for uuid in ranking.uuids]
    assert ordered == sorted(ordered, reverse=True)
    assert set(ranking.uuids) == set(scores)
