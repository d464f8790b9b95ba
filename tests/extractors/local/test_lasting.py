from datetime import UTC, datetime

import pytest

from extractors.local.lasting import began
from graph.time import Precision, parse_period

AT = datetime(2024, 7, 10, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("for three years", "2021"),
        ("for a year", "2023"),
        ("for the past 10 years", "2014"),
        ("for two months", "2024-05"),
        ("for eight months", "2023-11"),
        ("for a couple of weeks", "2024-06-26"),
        ("for five days", "2024-07-05"),
        ("for two decades", "2004"),
    ],
)
def test_an_amount_of_time_tells_when_it_began(words: str, first: str) -> None:
    assert began(words, AT) == parse_period(first)


@pytest.mark.parametrize("words", ["for ages", "for a while", "for now"])
def test_no_amount_no_beginning(words: str) -> None:
    assert began(words, AT) is None


def test_months_are_no_more_exact_than_months() -> None:
    period = began("for two months", AT)
    assert period is not None
    assert period.precision is Precision.MONTH
