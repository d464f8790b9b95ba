import pytest

from tests.extractors.local.spoken import told


def deaths(text: str) -> list[str]:
    return [line for line in told(text) if line.split(" | ")[1].split("_")[0] in ("die", "died")]


@pytest.mark.parametrize(
    "text",
    [
        "Mia nearly died in 2018.",
        "Mia almost died last week.",
        "Mia almost died in Ghent.",
        "Mia practically died last week.",
        "My mum died of laughter last week.",
        "My mum died laughing yesterday.",
        "My brother died of shame yesterday.",
        "My brother died a bit in 2020.",
        "My sister died inside last week.",
        "Leo died on Skype yesterday.",
        "Leo died on level 7.",
        "Leo died in the last game yesterday.",
        "Leo died in Minecraft last week.",
        "Leo died in Hollow Moor yesterday.",
        "Leo died in a film in 2018.",
        "Leo died three times yesterday.",
        "Leo was so ashamed that he died yesterday.",
        "I died last week.",
        "I died in Ghent.",
    ],
)
def test_who_only_nearly_or_in_play_died_lives(text: str) -> None:
    assert deaths(text) == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Leo died in Ghent.", ["Leo | died_in | Ghent"]),
        ("Leo died in Ghent last week.", ["Leo | died_on | the week of 1 July 2024 | since the week of 1 July 2024"]),
        ("My uncle died of cancer in 2018.", ["Ada's uncle | died_on | 2018 | since 2018"]),
        ("My uncle died in a car crash in 2018.", ["Ada's uncle | died_on | 2018 | since 2018"]),
        ("My aunt died almost two years ago.", ["Ada's aunt | died_on | 2022 | since 2022"]),
        ("I heard that Leo died on Monday.", ["Leo | died_on | 8 July 2024 | since 8 July 2024"]),
        ("Jon Vale died in Velmar.", ["Jon Vale | died_in | Velmar"]),
        ("Jon Vale's place of death is Velmar.", ["Jon Vale | died_in | Velmar"]),
    ],
)
def test_who_died_did(text: str, lines: list[str]) -> None:
    assert [line for line in deaths(text) if line in lines] == lines
