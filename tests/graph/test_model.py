from dataclasses import replace
from datetime import UTC, datetime

import pytest

from graph.errors import BadInput
from graph.model import Fact, FactStatus
from graph.time import AsOf, Precision


def day(n: int) -> datetime:
    return datetime(2024, 1, n, tzinfo=UTC)


def fact(**times: datetime) -> Fact:
    base = {"valid_at": day(5), "created_at": day(10)}
    return Fact(
        uuid="f",
        group="g",
        key="k",
        subject="s",
        relation="lives_in",
        object="o",
        text="t",
        valid_at_precision=Precision.DAY,
        **(base | times),  # type: ignore[arg-type]
    )


CLOSED_LATER = fact(invalid_at=day(8), expired_at=day(20))


@pytest.mark.parametrize(
    ("record", "valid", "known", "status"),
    [
        (fact(), 5, 10, FactStatus.HOLDS),
        (fact(), 4, 10, FactStatus.FUTURE),
        (fact(), 5, 9, FactStatus.RETRACTED),
        (fact(invalid_at=day(8)), 8, 10, FactStatus.ENDED),
        (fact(invalid_at=day(8)), 7, 10, FactStatus.HOLDS),
        (CLOSED_LATER, 9, 19, FactStatus.HOLDS),
        (CLOSED_LATER, 9, 20, FactStatus.ENDED),
        (fact(retracted_at=day(15)), 6, 14, FactStatus.HOLDS),
        (fact(retracted_at=day(15)), 6, 15, FactStatus.RETRACTED),
        (fact(invalid_at=day(5)), 5, 10, FactStatus.ENDED),
    ],
)
def test_a_fact_stands_differently_at_each_instant_on_both_clocks(record: Fact, valid: int, known: int, status: FactStatus) -> None:
    assert record.status(AsOf(day(valid), day(known))) is status


def test_a_fact_that_ends_before_it_begins_cannot_be_built() -> None:
    with pytest.raises(BadInput):
        fact(invalid_at=day(4))


def test_how_sure_a_fact_was_is_as_known_at_an_instant() -> None:
    record = replace(fact(), confidence=0.5).weighed(0.75, day(12)).weighed(0.5, day(14))
    assert [record.confidence_as_known(day(known)) for known in (10, 11, 12, 13, 14, 20)] == [0.5, 0.5, 0.75, 0.75, 0.5, 0.5]
