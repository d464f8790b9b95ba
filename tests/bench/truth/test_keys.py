from bench.truth.keys import Shown, latest_counts, ontology_counts
from bench.truth.streams import Stream, Told

STREAM = Stream(
    "made",
    (
        Told(0, "", "Farland", "capital", "Port Vale"),
        Told(1, "", "Rosa", "author", "Tide"),
        Told(2, "", "Farland", "capital", "Mount Vale"),
    ),
)


def shown(serial: int, holds: bool = True, single: bool = True, by: int | None = None) -> Shown:
    told = STREAM.told[serial]
    return Shown(frozenset([told.subject.lower()]), "r", frozenset([told.object.lower()]), frozenset([serial]), holds, single, by)


def test_the_latest_value_holds_and_no_stale_one() -> None:
    counts = latest_counts(STREAM, [shown(0, holds=False), shown(1), shown(2)])
    assert counts.shares() == {"keys": 2, "latest held %": 100.0, "stale held %": 0.0, "wrongly closed %": 0.0, "unresolved %": 0.0}


def test_stale_closed_and_unread_are_told_apart() -> None:
    counts = latest_counts(STREAM, [shown(0), shown(1, holds=False, by=2)])
    assert (counts.stale, counts.closed, counts.unresolved) == (1, 1, 1)
    assert counts.causes == {"author closed by capital, as r": 1}
    assert counts.unread == {"capital": 1}


def test_what_may_have_several_values_keeps_them_all() -> None:
    single, several = ontology_counts(STREAM, [shown(0, single=False), shown(1), shown(2, single=False)])
    assert (single.keys, single.latest) == (1, 1)
    assert (several.keys, several.latest, several.closed) == (2, 2, 0)


def test_what_was_once_read_as_having_one_value_is_stale_where_another_reading_leaves_the_old_one() -> None:
    single, several = ontology_counts(STREAM, [shown(0), shown(2, single=False)])
    assert (single.keys, single.stale) == (1, 1)
    assert (several.keys, several.unresolved) == (1, 1)


def test_a_fact_between_others_does_not_count() -> None:
    other = Shown(frozenset(["farland"]), "r", frozenset(["elsewhere"]), frozenset([2]), holds=True)
    assert latest_counts(STREAM, [other]).unresolved == 2
