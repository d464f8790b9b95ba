import pytest

from tests.extractors.local.spoken import told


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Lina was born on 3 July.", ["Lina | born_on | 3 July 2024 | since 3 July 2024"]),
        (
            "My grandmother passed away last week.",
            ["Ada's grandmother | died_on | the week of 1 July 2024 | since the week of 1 July 2024"],
        ),
        ("Florence died in 2015.", ["Florence | died_on | 2015 | since 2015"]),
        ("I was born in 1990.", ["Ada | born_on | 1990 | since 1990"]),
        ("Florence died in 1758.", ["Florence | died_on | 1758 | since 1758"]),
        ("My birthday is on 14 May.", ["Ada | birthday | 14 May"]),
    ],
)
def test_births_and_deaths_are_told_by_their_dates(text: str, lines: list[str]) -> None:
    assert told(text) == lines
