"""Global ids come back as they went out, and nothing else passes for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadInput
from schema.ids import GlobalId, Kind, global_id, parse_id, parsed

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
IDS = st.one_of(
    st.builds(global_id, st.sampled_from([kind for kind in Kind if kind not in (Kind.GRAPH, Kind.GROUP)]), TEXT, TEXT),
    st.builds(lambda group: GlobalId(Kind.GROUP, group), TEXT),
    st.builds(lambda group, *parts: GlobalId(Kind.GRAPH, group, parts), TEXT, st.none() | TEXT, st.none() | TEXT),
)


@given(IDS)
def test_an_id_comes_back_as_it_went_out(id: GlobalId) -> None:
    assert parse_id(id.text) == id


@given(IDS)
def test_an_id_needs_no_escaping_in_a_url(id: GlobalId) -> None:
    assert id.text.replace("-", "").replace("_", "").isalnum()


@given(IDS, IDS)
def test_different_things_have_different_ids(one: GlobalId, other: GlobalId) -> None:
    assert (one.text == other.text) == (one == other)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "Fact:demo:1",
        "WyJGYWN0Il0",
        "bnVsbA",
        "e30",
        "WyJGYWN0IiwiZGVtbyIsMV0",
        "WyJOb3BlIiwiZGVtbyIsIjEiXQ",
        "é",
        "\ud800",
        "a b",
        "====",
    ],
)
def test_a_text_that_is_no_id_is_refused_by_name(text: str) -> None:
    with pytest.raises(BadInput, match="is not an id") as refused:
        parse_id(text)
    assert repr(text) in refused.value.message
    assert parsed(text) is None


def test_an_id_written_in_another_way_is_not_the_id() -> None:
    assert parsed(global_id(Kind.FACT, "demo", "1").text + "=") is None
