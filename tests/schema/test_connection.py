"""Connections carry a slice as Relay reads it."""

from graph.views import Slice
from schema.connection import connect


def test_a_page_shows_items_cursors_and_what_follows() -> None:
    page = connect(Slice(("a", "b"), ("1", "2"), more=True, total=9), str.upper, after="0")
    assert page.nodes() == ["A", "B"]
    assert [(edge.node, edge.cursor) for edge in page.edges()] == [("A", "1"), ("B", "2")]
    assert (page.page_info.start_cursor, page.page_info.end_cursor) == ("1", "2")
    assert page.page_info.has_next_page and page.page_info.has_previous_page
    assert page.total_count == 9


def test_an_empty_page_has_no_cursors() -> None:
    nothing: Slice[str] = Slice((), ())
    page = connect(nothing, str.upper, after=None)
    assert page.nodes() == []
    assert page.page_info.start_cursor is None and page.page_info.end_cursor is None
    assert not page.page_info.has_next_page and not page.page_info.has_previous_page
