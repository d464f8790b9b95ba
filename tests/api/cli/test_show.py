"""Times as people read them, no more exactly than they are known."""

import pytest

from api.cli.show import since, told_counts, until


def fact(at: str, precision: str, end: str | None = None, end_precision: str | None = None) -> dict[str, str | None]:
    return {"validAt": at, "validAtPrecision": precision, "invalidAt": end, "invalidAtPrecision": end_precision}


@pytest.mark.parametrize(
    ("at", "precision", "shown"),
    [
        ("2024-05-31T22:00:00Z", "YEAR", "2024"),
        ("2024-05-31T22:00:00Z", "MONTH", "2024-06"),
        ("2024-05-31T22:00:00Z", "DAY", "2024-06-01"),
        ("2024-06-01T05:00:00Z", "DAY", "2024-06-01"),
        ("2024-06-01T14:30:12.5Z", "MINUTE", "2024-06-01 14:30"),
        ("2024-06-01T14:30:12.5Z", "SECOND", "2024-06-01 14:30:12"),
        ("2024-06-01T23:30:00Z", "SAID", "by 2024-06-01"),
        ("2024-06-01T14:30:00Z", "BEFORE", "?"),
    ],
)
def test_since(at: str, precision: str, shown: str) -> None:
    assert since(fact(at, precision)) == shown


def test_until() -> None:
    assert until(fact("2024-06-01T00:00:00Z", "DAY")) == ""
    assert until(fact("2024-06-01T00:00:00Z", "DAY", "2025-01-31T23:00:00Z", "MONTH")) == "2025-02"
    assert until(fact("2024-06-01T00:00:00Z", "DAY", "2025-02-01T10:00:00Z")) == "2025-02-01"


def test_a_count_agrees_with_its_noun() -> None:
    assert [told_counts(*counts) for counts in ((1, 1, 1), (0, 2, 1_000))] == [
        "1 episode, 1 entity, 1 fact",
        "0 episodes, 2 entities, 1,000 facts",
    ]
