import pytest

from graph.recall.seeds import MOST_SEEDS, Legs, by_example, entity_seeds, ranked, relative
from graph.views import Hits
from tests.graph.recall.made import entity

LEGS = Legs({"kiln": {"a": 4.0, "b": 2.0}, "anna": {"a": 1.0, "c": 0.5}, "nowhere": {}}, {"b": 0.9, "d": 0.2})


def test_legs_keep_words_that_found_nothing() -> None:
    legs = Legs.of({"kiln": Hits({"a": 4.0}), "nowhere": Hits({})}, Hits({"b": 0.9}))
    assert legs == Legs({"kiln": {"a": 4.0}, "nowhere": {}}, {"b": 0.9})


def test_total_sums_the_words() -> None:
    assert LEGS.totals() == {"a": 5.0, "b": 2.0, "c": 0.5}


def test_coverage_weighs_each_word_by_its_best_score_and_counts_those_found_nowhere() -> None:
    assert LEGS.coverage == {"a": pytest.approx(5 / 9), "b": pytest.approx(4 / 9), "c": pytest.approx(1 / 9)}


def test_without_leaves_words_out() -> None:
    assert LEGS.without(["anna"]).totals() == {"a": 4.0, "b": 2.0}


def test_best_fuses_words_and_meaning() -> None:
    assert LEGS.best(2) == ["b", "a"]


def test_relative_of_nothing_found_is_nothing() -> None:
    assert relative({}) == {}
    assert relative({"a": 0.0}) == {"a": 0.0}


def test_of_several_kinds_asked_for_the_one_counts_of_which_there_is_most() -> None:
    assert by_example([{"a": 4.0, "b": 1.0}, {"b": 3.0, "c": 1.5}]) == {"a": 1.0, "b": 1.0, "c": 0.5}
    assert by_example([]) == {}


def test_ties_are_settled_by_name() -> None:
    assert ranked({"b": 1.0, "a": 1.0, "c": 2.0}) == ["c", "a", "b"]


def test_what_the_caller_gives_and_what_is_named_comes_first() -> None:
    seeds = entity_seeds([[entity("anna", "Anna"), entity("anna2", "Anna")]], Legs({"kiln": {"kiln": 3.0}}, {"x": 0.8}), ["given"])
    assert list(seeds) == ["anna", "given", "anna2", "kiln", "x"]
    assert seeds["anna"] == seeds["given"] == 1.0


def test_seeds_are_few() -> None:
    many = Legs({"word": {f"e{n}": 1.0 for n in range(100)}}, {})
    assert len(entity_seeds([], many, [])) == MOST_SEEDS
