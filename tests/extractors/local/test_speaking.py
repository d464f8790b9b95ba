import pytest

from extractors.local.speaking import speaker_name, together
from tests.extractors.local.spoken import scene, told_in


@pytest.mark.parametrize(("text", "name"), [("I'm Anna Brown.", "Anna Brown"), ("My name is Greta.", "Greta"), ("Call me Lena.", "Lena")])
def test_a_name_given(text: str, name: str) -> None:
    assert speaker_name(scene(text)) == name


@pytest.mark.parametrize(
    "text", ["I'm Ada.", "I'm not Anna.", "I'm here.", "Her name is Greta.", "Is my name Greta?", "I'm a Lisbon fan.", "This is Rome."]
)
def test_no_name_given(text: str) -> None:
    assert speaker_name(scene(text)) is None


def test_we_takes_in_whoever_was_just_named_with_the_speaker() -> None:
    assert told_in(("Ada", "Tom and I love Porto."), ("Ada", "We moved to Kiel in May.")) == [
        "Ada | moved_to | Kiel | May 2024",
        "Tom | moved_to | Kiel | May 2024",
    ]


def test_we_alone_is_the_speaker() -> None:
    company, later = together(scene("We moved to Kiel."), None)
    assert (company, later) == ({}, None)
