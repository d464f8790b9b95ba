import pytest

from tests.extractors.local.spoken import told


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("My dance studio is doing well.", "Ada's dance studio"),
        ("I parked my car near the lake.", "Ada's car"),
        ("Our garden is huge.", "Ada's garden"),
    ],
)
def test_what_is_spoken_of_as_there_is_owned(text: str, thing: str) -> None:
    assert f"Ada | owns | {thing}" in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "My old car broke down.",
        "My dream house is by the sea.",
        "I want my own car.",
        "Is my car there?",
        "I sold my car.",
        "Your car is fast.",
        "If my car starts, I'll come.",
    ],
)
def test_what_is_gone_or_only_dreamt_of_is_not(text: str) -> None:
    assert not [line for line in told(text) if "| owns |" in line]
