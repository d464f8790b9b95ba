import pytest

from extractors.local.salience import is_modified, names_something
from tests.extractors.local.spoken import scene


@pytest.mark.parametrize(
    ("text", "word", "named"),
    [
        ("I saw Lea.", "Lea", True),
        ("I saw my sister.", "sister", True),
        ("I went to a concert.", "concert", True),
        ("I wore an Oslo shirt.", "shirt", True),
        ("I saw a stone.", "stone", False),
        ("I had a lot.", "lot", False),
    ],
)
def test_nouns_that_name_something(text: str, word: str, named: bool) -> None:
    noun = next(token for token in scene(text).doc if token.text == word)
    assert names_something(noun) is named


@pytest.mark.parametrize(
    ("text", "word", "modified"),
    [
        ("a pottery class", "class", True),
        ("a red door", "door", True),
        ("a door", "door", False),
        ("the door of the mill", "door", True),
    ],
)
def test_nouns_that_are_told_apart(text: str, word: str, modified: bool) -> None:
    noun = next(token for token in scene(f"I like {text}.").doc if token.text == word)
    assert is_modified(noun) is modified
