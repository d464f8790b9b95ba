import pytest

from tests.extractors.local.spoken import told


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("I'm vegetarian.", ["Ada | diet | vegetarian"]),
        ("I'm vegan since January.", ["Ada | diet | vegan | since January 2024"]),
        ("I'm allergic to cashews.", ["Ada | allergic_to | cashews"]),
        ("I'm allergic to cashews and peanuts.", ["Ada | allergic_to | cashews", "Ada | allergic_to | peanuts"]),
        ("My son is 7 years old.", ["Ada's son | child_of | Ada", "Ada's son | age | 7"]),
        ("I'm a huge jazz fan.", ["Ada | likes | jazz"]),
        ("Painting is my passion.", ["Ada | likes | Painting"]),
        ("I'm divorced.", ["Ada | is | divorced"]),
        ("I'm not vegetarian anymore.", ["Ada | diet | vegetarian | over"]),
        ("I was a teacher.", ["Ada | works_as | teacher | over"]),
        ("I've been to Rome.", ["Ada | visited | Rome"]),
        ("Rosa Lima is the author of The Long Tide.", ["Rosa Lima | author_of | The Long Tide"]),
        ("I'm into mystery novels.", ["Ada | likes | mystery novels"]),
    ],
)
def test_what_someone_is(text: str, lines: list[str]) -> None:
    assert told(text) == lines
