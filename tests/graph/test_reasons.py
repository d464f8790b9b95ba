"""Reasons name times no more exactly than they are known."""

from datetime import UTC, datetime, timedelta

from graph.belief import Stretch, believed
from graph.reasons import ends, holds, is_closed_by_other_words, when
from graph.time import TICK, Precision
from tests.graph.told import a


def only(*told: object) -> Stretch:
    return believed(list(told))[0]  # type: ignore[arg-type]


def test_an_instant_is_named_as_exactly_as_it_is_known() -> None:
    march = datetime(2023, 3, 1, tzinfo=UTC)
    assert [when(march, p) for p in (Precision.YEAR, Precision.MONTH, Precision.DAY)] == ["2023", "2023-03", "2023-03-01"]
    assert when(march + timedelta(days=31) - TICK, Precision.MONTH) == "2023-03"
    assert (when(march), when(None)) == ("2023-03-01T00:00:00Z", "")


def test_what_holds_is_told_with_the_end_that_came_with_it() -> None:
    assert holds(only(a("Rome", 1, 1))) == "holds from 2020-01-02T00:00:00Z on"
    assert holds(only(a("Rome", 1, 9, end=5))) == "holds from 2020-01-02 until 2020-01-06"
    assert holds(only(a("Rome", 9, 9, holds=False, precision=Precision.BEFORE))).startswith("was so before 2020-01-10")


def test_an_end_told_by_something_else_is_not_told_with_the_fact() -> None:
    moved = only(a("Rome", 1, 1), a("Oslo", 5, 5))
    assert is_closed_by_other_words(moved)
    assert holds(moved) == "holds from 2020-01-02T00:00:00Z on"


def test_an_end_is_to_come_or_has_come() -> None:
    for said, words in ((1, "was said to end"), (9, "was said to have ended")):
        told = a("Rome", 1, said, end=5)
        assert ends(told, only(told)) == words
