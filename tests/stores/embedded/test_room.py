"""Memory is divided, and none is given twice."""

from hypothesis import given
from hypothesis import strategies as st

from graph.stores.embedded.room import MEBIBYTE, Room


@given(st.integers(1, 100_000))
def test_the_parts_are_all_of_it_and_each_has_some(mebibytes: int) -> None:
    room = Room.of(mebibytes)
    parts = (room.vectors, room.records, room.words, room.standing)
    assert sum(parts) == mebibytes * MEBIBYTE
    assert min(parts) >= mebibytes * MEBIBYTE // 16
