import pytest

from extractors.local.nlp import load
from extractors.local.phrasings import words_of
from extractors.local.wordings import wordings


@pytest.mark.parametrize(
    ("text", "relation", "subject", "object"),
    [
        ("Mount Vale was associated with the Harbour Club", "associated_with", "Mount Vale", "Harbour Club"),
        ("The highest mountain of Farland is Mount Vale", "highest_mountain_of", "Farland", "Mount Vale"),
        ("Jon Vale excels in rowing", "excels_in", "Jon Vale", "rowing"),
        ("Vale Arena is used for rowing", "used_for", "Vale Arena", "rowing"),
        ("Farland's highest mountain is Mount Vale", "highest_mountain", "Farland", "Mount Vale"),
    ],
)
def test_the_words_between_two_names_are_their_relation(text: str, relation: str, subject: str, object: str) -> None:
    words = words_of(text)
    found = next(wordings(words, load()(text)))
    assert found.relation == relation
    assert text[words[found.subject[0]].start : words[found.subject[1] - 1].end] == subject
    assert text[words[found.object[0]].start : words[found.object[1] - 1].end] == object


@pytest.mark.parametrize(
    "text",
    ["Jon Vale never liked Mount Vale", "Jon Vale said that Rosa Lima likes Porto", "Jon Vale could be in Porto", "Jon Vale used to row"],
)
def test_what_is_more_or_less_than_a_relation_makes_none(text: str) -> None:
    assert list(wordings(words_of(text), load()(text))) == []
