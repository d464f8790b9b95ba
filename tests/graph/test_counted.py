"""An assertion counts for those that its ends are one with, and remembers of whom it was said."""

from hypothesis import given
from hypothesis import strategies as st

from graph.counted import counted, is_idle, said_of
from tests.graph.told import a


def test_it_counts_for_whom_its_ends_are_one_with() -> None:
    told = a("rome", 1, 1, subject="annie")
    one = counted(told, {"annie": "anna", "oslo": "rome"})
    assert (one.subject, one.object, said_of(one)) == ("anna", "rome", ("annie", "rome"))
    assert counted(one, {"annie": "ann"}).subject == "ann"
    assert counted(one, {"anna": "cy"}) == one  # said of Annie, whoever Anna is


@given(st.dictionaries(st.sampled_from("abcd"), st.sampled_from("abcd")))
def test_apart_again_it_is_what_was_said(moved: dict[str, str]) -> None:
    told = a("b", 1, 1, subject="a")
    assert counted(counted(told, moved), {end: end for end in "abcd"}) == told


def test_what_two_were_to_each_other_is_idle_once_they_are_one() -> None:
    told = a("anna", 1, 1, subject="annie")
    assert not is_idle(told)
    assert is_idle(counted(told, {"annie": "anna"}))
    assert not is_idle(a("anna", 1, 1, subject="anna"))
