"""DateTime takes periods and gives every microsecond; JSON takes what can be kept."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadInput
from schema.scalars import DATETIME, JSON_VALUE

INSTANTS = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45)), timezone(timedelta(hours=-8))]))


def written(at: datetime) -> str:
    assert DATETIME.serialize is not None
    text: str = DATETIME.serialize(at)
    return text


def read(value: object) -> Any:
    assert DATETIME.parse_value is not None
    return DATETIME.parse_value(value)


@given(INSTANTS)
def test_what_is_answered_can_be_sent_again(at: datetime) -> None:
    text = written(at)
    assert read(text) == text
    assert datetime.fromisoformat(text) == at


def test_utc_is_written_with_z_and_other_offsets_as_they_are() -> None:
    assert written(datetime(2024, 3, 10, 9, 0, 0, 1, tzinfo=UTC)) == "2024-03-10T09:00:00.000001Z"
    assert written(datetime(2024, 3, 10, 9, tzinfo=timezone(timedelta(hours=1)))) == "2024-03-10T09:00:00+01:00"


@pytest.mark.parametrize("text", ["2024", "2024-03", "2024-03-10", "2024-03-10T09:00:00+01:00", "2024-03-10T09:00Z"])
def test_periods_and_instants_are_taken_as_written(text: str) -> None:
    assert read(text) == text


@pytest.mark.parametrize("value", ["yesterday", "2024-13", "2024-02-30", "2024-03-10T09:00:00", "", 2024, None, True])
def test_what_is_no_time_is_refused_by_name(value: object) -> None:
    with pytest.raises(BadInput) as refused:
        read(value)
    assert repr(value) in refused.value.message
    assert refused.value.hint


def test_a_number_too_large_to_keep_is_refused() -> None:
    assert JSON_VALUE.parse_value is not None
    assert JSON_VALUE.parse_value({"a": [1, None, "é"]}) == {"a": [1, None, "é"]}
    for number in (2**70, float("inf")):
        with pytest.raises(BadInput, match="cannot be kept"):
            JSON_VALUE.parse_value({"a": number})
