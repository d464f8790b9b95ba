import numpy as np
import pytest

from bench.ranking.fit import Example, found_at_cuts, learn, table_of


def example(number: int) -> Example:
    """Twenty candidates: the first leg tells the evidence, the second is noise, the third is always the same."""
    noise = np.random.default_rng(number)
    values = np.stack([noise.random(20), noise.random(20), np.ones(20)], axis=1)
    evidence = np.zeros(20, dtype=np.bool_)
    evidence[int(np.argmax(values[:, 0]))] = True
    return Example(values, evidence, 1)


def test_what_tells_the_evidence_is_learnt_and_what_does_not_weighs_nothing() -> None:
    told, noise, same = learn([example(number) for number in range(40)], ridge=1.0)
    assert told > 5 * abs(noise)
    assert same == pytest.approx(0)


def test_the_same_examples_give_the_same_weights() -> None:
    examples = [example(number) for number in range(10)]
    assert learn(examples, 1.0).tolist() == learn(examples, 1.0).tolist()


def test_two_that_answer_do_not_compete() -> None:
    """One of them is like nothing else; the other, alike in all, must not lose by it."""
    values = np.array([[1.0, 1.0], [1.0, 0.0], *([[0.0, 0.0]] * 18)])
    both = Example(values, np.arange(20) < 2, 2)
    told, only_one = learn([both] * 40, ridge=1.0)
    assert told > only_one > 0


def test_what_is_found_counts_against_all_there_is() -> None:
    one = example(1)
    assert found_at_cuts(one, one.values[:, 0]) == {"@5": 1.0, "@10": 1.0, "@25": 1.0, "@50": 1.0}
    assert found_at_cuts(one, -one.values[:, 0])["@10"] == 0.0
    half = Example(one.values, one.evidence, 2)
    assert found_at_cuts(half, half.values[:, 0])["@5"] == 0.5
    nothing = Example(np.zeros((0, 3)), np.zeros(0, dtype=np.bool_), 1)
    assert found_at_cuts(nothing, np.zeros(0))["@5"] == 0.0


def test_a_table_sums_to_one_and_leaves_out_what_is_nothing() -> None:
    assert table_of(("a", "b", "c", "d"), np.array([3.0, 1.0, -1.0, 0.0001])) == {"a": 0.75, "b": 0.25, "c": -0.25}
