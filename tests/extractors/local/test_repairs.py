import pytest

from extractors.local.repairs import slips
from tests.extractors.local.spoken import readings, told


def repaired(text: str) -> str:
    for start, end, words in reversed(list(slips(text))):
        text = text[:start] + words + text[end:]
    return text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Lena moved to Graz, no, Linz.", "Lena moved to Linz."),
        ("Lena moved to Graz, no wait, to Linz in May", "Lena moved to Linz in May"),
        ("I work for Velmar, sorry, Norte Labs, as a cook.", "I work for Norte Labs as a cook."),
        ("I work at Velmar - no, at Norte Labs!", "I work at Norte Labs!"),
        ("She flew to New York... no, Boston.", "She flew to Boston."),
        ("We stayed at the Astoria, or rather the Bristol.", "We stayed at the Bristol."),
        ("I moved there in 2011, no, 2012.", "I moved there in 2012."),
        ("I moved there in May, no, June.", "I moved there in June."),
        ("He works as a nurse, no, a cook.", "He works as a cook."),
        ("My aunt married Tom, no, Ben.", "My aunt married Ben."),
        ("My boss is Ivo, no, Oskar.", "My boss is Oskar."),
        ("I lived there from 2010, no, 2011, to 2015.", "I lived there from 2011 to 2015."),
    ],
)
def test_a_slip_gives_way_to_what_was_meant(text: str, meant: str) -> None:
    assert repaired(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "I live in Graz, sorry, Anna.",
        "I live in Graz, no, really.",
        "I like Graz, no, Linz is nicer.",
        "Is it Graz, no?",
        "Yes, no, Linz.",
        "Hey Tom, no, I live in Graz.",
        "She is from Graz, not Linz.",
        "I live in Graz, no, 12 people do.",
        "I quit Velmar, no, Monday is fine.",
    ],
)
def test_what_is_no_slip_stays(text: str) -> None:
    assert repaired(text) == text


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("I moved to Graz, wait, Lena called me.", "I moved to Graz. Lena called me."),
        ("I work at Velmar, oops, Tundrix bought it.", "I work at Velmar. Tundrix bought it."),
        ("I live in Graz, wait, I live in Linz.", "I live in Graz, wait, I live in Linz."),
    ],
)
def test_what_breaks_in_is_a_sentence_of_its_own(text: str, apart: str) -> None:
    assert repaired(text) == apart


def test_what_breaks_in_is_no_part_of_what_is_told() -> None:
    (reading,) = readings([("Ada", "I moved to Graz, wait, Lena called me.")])
    assert reading.statements[0].text == "Ada moved to Graz"
    assert reading.statements[0].quote == "I moved to Graz"


def test_only_what_was_meant_is_told() -> None:
    assert told("Lena moved to Graz, no, Linz.") == ["Lena | moved_to | Linz"]
    assert told("I work at Velmar, no, at Norte Labs.") == ["Ada | works_at | Norte Labs"]
    assert told("I speak Spanish, or rather, Portuguese in the office.") == ["Ada | speaks | Portuguese"]
