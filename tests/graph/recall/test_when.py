from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from graph.model import Fact
from graph.recall.when import instant_in_words, interval_in_words
from graph.recall.wording import ENGLISH
from graph.time import AsOf, Precision
from tests.graph.recall.made import NOW, fact

MARCH = datetime(2024, 3, 1, tzinfo=UTC)
MAY_3 = datetime(2021, 5, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("precision", "words"),
    [
        (Precision.MINUTE, "3 May 2021, 14:30"),
        (Precision.SECOND, "3 May 2021, 14:30"),
        (Precision.SAID, "3 May 2021"),
    ],
)
def test_an_instant_is_as_exact_as_it_is_known(precision: Precision, words: str) -> None:
    assert instant_in_words(MAY_3 + timedelta(hours=14, minutes=30), precision, ENGLISH, UTC) == words


@pytest.mark.parametrize(("precision", "words"), [(Precision.DAY, "3 May 2021"), (Precision.MONTH, "May 2021"), (Precision.YEAR, "2021")])
@pytest.mark.parametrize("offset", [-8, 0, 2, 9])
def test_a_day_is_the_day_it_was_where_it_was_said(precision: Precision, words: str, offset: int) -> None:
    first = datetime(2021, 5, 3, tzinfo=timezone(timedelta(hours=offset)))
    assert instant_in_words(first, precision, ENGLISH, UTC) == words


def test_the_first_of_january_is_not_the_year_before() -> None:
    first = datetime(2021, 1, 1, tzinfo=ZoneInfo("Europe/Rome"))
    assert instant_in_words(first, Precision.YEAR, ENGLISH, UTC) == "2021"


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (fact("f", valid_at=MARCH, valid_at_precision=Precision.MONTH), "since March 2024"),
        (
            fact(
                "f",
                valid_at=datetime(2019, 1, 1, tzinfo=UTC),
                valid_at_precision=Precision.YEAR,
                invalid_at=MAY_3,
                invalid_at_precision=Precision.DAY,
            ),
            "from 2019 until 3 May 2021",
        ),
        (fact("f", valid_at=MAY_3, valid_at_precision=Precision.SAID), "known on 3 May 2021"),
        (
            fact("f", valid_at=MAY_3, valid_at_precision=Precision.SAID, invalid_at=MARCH, invalid_at_precision=Precision.MONTH),
            "known on 3 May 2021, until March 2024",
        ),
        (
            fact("f", valid_at=MAY_3, invalid_at=MARCH, invalid_at_precision=Precision.SAID),
            "from 3 May 2021 until 1 March 2024 at the latest",
        ),
        (fact("f", valid_at=MAY_3, invalid_at=MAY_3, valid_at_precision=Precision.BEFORE), "at some time before 3 May 2021"),
        (
            fact(
                "f",
                valid_at=MARCH,
                valid_at_precision=Precision.BEFORE,
                invalid_at=MARCH,
                invalid_at_precision=Precision.MONTH,
            ),
            "until March 2024",
        ),
        (fact("f", valid_at=datetime(2025, 6, 1, tzinfo=UTC)), "from 1 June 2025 on"),
    ],
)
def test_an_interval_says_how_exactly_it_is_known(record: Fact, words: str) -> None:
    assert interval_in_words(record, NOW, ENGLISH, UTC) == words


def test_an_event_happened_at_its_start() -> None:
    assert interval_in_words(fact("f", valid_at=MAY_3), NOW, ENGLISH, UTC, event=True) == "on 3 May 2021"
    month = fact("f", valid_at=MARCH, valid_at_precision=Precision.MONTH)
    assert interval_in_words(month, NOW, ENGLISH, UTC, event=True) == "in March 2024"


def test_an_end_learnt_later_is_not_told_before() -> None:
    record = fact("f", valid_at=MAY_3, invalid_at=MARCH, invalid_at_precision=Precision.DAY, expired_at=datetime(2024, 4, 1, tzinfo=UTC))
    assert interval_in_words(record, AsOf(NOW.valid, MARCH), ENGLISH, UTC) == "since 3 May 2021"
    assert interval_in_words(record, NOW, ENGLISH, UTC) == "from 3 May 2021 until 1 March 2024"
