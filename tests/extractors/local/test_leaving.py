import pytest

from tests.extractors.local.spoken import told

_ENDING = ("quit", "left_group", "moved_from", "dropped_out_of")


def ended(text: str) -> list[str]:
    return [line.split(" | ")[1] for line in told(text) if line.split(" | ")[1] in _ENDING]


@pytest.mark.parametrize(
    "text",
    [
        "I left Nando's at seven and walked home.",
        "I left Velmar at noon.",
        "I left Velmar with two parcels.",
        "I left Velmar an hour ago.",
        "I left Velmar twenty minutes ago.",
        "I left Velmar and went home.",
        "I just left Velmar.",
        "I left Harbour Street at five.",
        "I left Ghent at eight in the morning.",
        "I left the orchestra at one in the morning.",
        "I left the squad behind.",
        "I left the league on the shelf.",
        "I left my crew in tears.",
        "I left the team at the pub.",
        "I left the team an email.",
        "I left the club early.",
        "My train left Velmar.",
        "The parcel left Velmar yesterday.",
        "I was thrown out of Velmar.",
        "I quit gambling.",
        "Mia quit chocolate.",
    ],
)
def test_what_is_left_for_now_ends_nothing(text: str) -> None:
    assert ended(text) == []


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        ("I left the orchestra.", ["left_group"]),
        ("I left the orchestra on good terms in May.", ["left_group"]),
        ("My sister left the squad in 2019.", ["left_group"]),
        ("I left Velmar Labs in 2019.", ["quit"]),
        ("I left Velmar Labs.", ["quit"]),
        ("I left Velmar Labs last month with two others.", ["quit"]),
        ("I left Velmar Labs because I was bored.", ["quit"]),
        ("I left Velmar Labs after ten years.", ["quit"]),
        ("I've just left Siemens.", ["quit"]),
        ("I left Ghent yesterday.", ["moved_from"]),
        ("I left my job at Velmar Labs at noon.", ["quit"]),
        ("I quit the orchestra at noon.", ["left_group"]),
        ("Tom was kicked out of the rowing team.", ["left_group"]),
        ("Tom was expelled from Velmar College.", ["left_group"]),
    ],
)
def test_what_is_left_for_good_is_over(text: str, relations: list[str]) -> None:
    assert ended(text) == relations
