import pytest

from extractors.local.activities import activity
from extractors.local.clauses import clauses
from tests.extractors.local.spoken import scene


def meant(text: str) -> str | None:
    spoken = scene(text)
    found = activity(next(clauses(spoken)), spoken)
    return found.text if found else None


@pytest.mark.parametrize(
    ("text", "doing"),
    [
        ("I want to open a bakery in Porto.", "open a bakery in Porto"),
        ("I'm thinking of opening a bakery next year.", "open a bakery"),
        ("I love hiking in the mountains.", "hiking in the mountains"),
        ("I plan to visit my brother with you.", None),
        ("I plan to visit my brother.", "visit Ada's brother"),
        ("I want to write a novel because I have time.", "write a novel"),
    ],
)
def test_an_activity_is_the_verb_with_what_belongs_to_it(text: str, doing: str | None) -> None:
    assert meant(text) == doing


@pytest.mark.parametrize(
    "text", ["I want to do it.", "I want to make a difference.", "I'm going to try my best.", "I want to help people."]
)
def test_empty_intentions_are_none(text: str) -> None:
    assert meant(text) is None
