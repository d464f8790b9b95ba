from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import BadInput
from graph.time import SPACING, TICK, AsOf, Period, Precision, from_micros, inside, parse_period, period_of, spaced, to_micros

instants = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "first", "end", "precision"),
    [
        ("2024", "2024-01-01T00:00:00+00:00", "2025-01-01T00:00:00+00:00", Precision.YEAR),
        ("2024-12", "2024-12-01T00:00:00+00:00", "2025-01-01T00:00:00+00:00", Precision.MONTH),
        ("2024-02-29", "2024-02-29T00:00:00+00:00", "2024-03-01T00:00:00+00:00", Precision.DAY),
        ("2024-03-10T09:00:00+02:00", "2024-03-10T07:00:00+00:00", "2024-03-10T07:00:00.000001+00:00", Precision.SECOND),
        (" 2024-03-10T09:00Z ", "2024-03-10T09:00:00+00:00", "2024-03-10T09:00:00.000001+00:00", Precision.SECOND),
    ],
)
def test_a_text_names_a_period(text: str, first: str, end: str, precision: Precision) -> None:
    period = parse_period(text)
    assert (period.first.isoformat(), period.end.isoformat(), period.precision) == (first, end, precision)


def test_a_day_is_the_day_of_the_zone_even_when_the_clocks_change() -> None:
    day = parse_period("2024-03-31", ZoneInfo("Europe/Vienna"))
    assert day.end - day.first == timedelta(hours=23)
    assert day.first == datetime(2024, 3, 30, 23, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "soon", "2024-13", "2024-02-30", "2024-3-1", "2024-03-10T09:00:00", "10.03.2024", "0000", "99999"])
def test_what_is_no_time_is_named_with_what_to_write(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_period(text)
    assert repr(text.strip()) in caught.value.message
    assert "2024-03" in caught.value.hint


def test_a_datetime_is_the_microsecond_it_is() -> None:
    at = datetime(2024, 5, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    assert period_of(at).first == at
    assert period_of(at).last == at


def test_a_naive_datetime_is_refused() -> None:
    with pytest.raises(BadInput, match="no time zone"):
        period_of(datetime(2024, 5, 1))  # noqa: DTZ001


@given(instants)
def test_microseconds_are_never_rounded(at: datetime) -> None:
    assert from_micros(to_micros(at)) == at


def test_a_period_that_ends_when_it_begins_cannot_be_built() -> None:
    with pytest.raises(BadInput, match="cannot end"):
        Period(datetime(2024, 5, 2, tzinfo=UTC), datetime(2024, 5, 2, tzinfo=UTC), Precision.DAY)


def test_both_clocks_are_in_utc() -> None:
    at = datetime(2024, 5, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    assert AsOf(at, at).valid.utcoffset() == timedelta(0)


@given(st.lists(instants, max_size=8))
def test_spaced_messages_keep_their_order_where_times_are_equal(said: list[datetime]) -> None:
    counted = spaced(said, None)
    for (before, after), (first, second) in zip(pairwise(said), pairwise(counted), strict=True):
        if before <= after <= first:
            assert second - first == SPACING
        else:
            assert second == after


def test_spacing_goes_on_from_the_message_before() -> None:
    at = datetime(2024, 5, 1, tzinfo=UTC)
    assert spaced([at, at], (at, at + SPACING)) == [at + 2 * SPACING, at + 3 * SPACING]
    assert spaced([at + TICK], (at, at + SPACING)) == [at + 2 * SPACING]
    assert spaced([at + 2 * SPACING], (at, at + SPACING)) == [at + 2 * SPACING]
    assert spaced([at - TICK], (at, at + SPACING)) == [at - TICK]


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_the_first_and_the_last_instant_of_a_period_are_read_as_that_period(zone: str) -> None:
    march = parse_period("2023-03", ZoneInfo(zone))
    for at in (march.first, march.last):
        assert f"{inside(at.astimezone(ZoneInfo(zone))):%Y-%m}" == "2023-03"
