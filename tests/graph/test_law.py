from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.law import Line, Said, Span, laid
from tests.graph.oracle import INF, Held, Word, held

words = st.builds(
    Word,
    obj=st.sampled_from("abc"),
    start=st.integers(0, 9),
    said=st.integers(0, 12),
    seen=st.none() | st.integers(0, 14),
    holds=st.sampled_from((True, True, True, False)),
    sure=st.sampled_from((1.0, 0.5)),
    period=st.none() | st.integers(1, 14),
)
bounded = st.builds(
    Word,
    obj=st.sampled_from("abc"),
    start=st.integers(0, 9),
    said=st.integers(0, 12),
    end=st.integers(10, 15),
    period=st.none() | st.integers(10, 14),
)


def spans(told: list[Word]) -> list[Held]:
    said = [Said(str(n), (w.obj, ""), w.start, w.said, w.seen, w.end, w.holds, w.sure, w.period) for n, w in enumerate(told)]
    return [Held(span.value[0], span.begin, INF if span.until is None else span.until) for span in laid(said).spans]


@settings(deadline=None)
@given(st.lists(words | bounded, max_size=7))
def test_agrees_with_the_law_as_plainly_said(told: list[Word]) -> None:
    assert spans(told) == held(told)


@settings(deadline=None)
@given(st.lists(words | bounded, max_size=4))
def test_the_order_of_telling_makes_no_difference(told: list[Word]) -> None:
    assert {tuple(spans(list(order))) for order in permutations(told)} == {tuple(spans(told))}


@settings(deadline=None)
@given(st.lists(words | bounded, max_size=7, unique_by=lambda w: w.said))
def test_without_a_tie_one_thing_holds_at_a_time(told: list[Word]) -> None:
    line = spans(told)
    assert all(before.end <= after.start for before, after in pairwise(line))
    assert all(one.start < one.end for one in line)


def test_nothing_said_is_an_empty_line() -> None:
    assert laid([]) == Line((), ())


def test_what_was_outranked_from_its_start_counts_for_nothing() -> None:
    line = laid([Said("first", ("rome", ""), 3, 10), Said("second", ("milan", ""), 3, 12)])
    assert [said.origin for said in line.said] == ["second"]


@pytest.mark.parametrize(("at", "holds"), [(1, False), (2, True), (3, True), (4, False)])
def test_a_span_holds_within_its_ends(at: int, holds: bool) -> None:
    assert Span(("a", ""), 1, 4).holds_within(at) is holds
