from dataclasses import fields

from graph.recall.wording import ENGLISH


def test_there_are_twelve_months() -> None:
    assert len(set(ENGLISH.months)) == 12


def test_every_pattern_can_be_filled() -> None:
    for field in fields(ENGLISH):
        pattern = getattr(ENGLISH, field.name)
        if isinstance(pattern, str):
            assert pattern.format("one", "two", day=1, month="May", year=2024)
