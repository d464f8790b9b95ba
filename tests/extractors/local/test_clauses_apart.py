"""Two clauses of two people are two sentences; what hangs on the first stays with it."""

import pytest

from extractors.local.clauses_apart import told_in_two
from extractors.local.normalise import normalise


def apart(text: str) -> str:
    return told_in_two(normalise(text)).text


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("I live in Lund and Henrik lives in Porto.", "I live in Lund. Henrik lives in Porto."),
        ("My sister Vera lives in Kiel, but my brother lives in Bonn.", "My sister Vera lives in Kiel. my brother lives in Bonn."),
        ("Vera moved to Jena and Ilse quit her job.", "Vera moved to Jena. Ilse quit her job."),
    ],
)
def test_two_clauses_are_two_sentences(text: str, parted: str) -> None:
    assert apart(text) == parted


@pytest.mark.parametrize(
    "text",
    [
        "Daniel and Clara live in Ghent.",
        "I think Vera lives in Jena and Ilse lives in Kiel.",
        "I moved because Vera lives in Jena and Ilse lives in Kiel.",
        "I lived in Rome and Oslo.",
        "I met Vera and Ilse moved away.",
        "I live in Graz and work at Norte.",
        "I work at Velmar and I live in Graz.",
    ],
)
def test_what_belongs_together_stays_together(text: str) -> None:
    assert apart(text) == text


def test_the_way_back_leads_to_the_words_as_they_were_written() -> None:
    text = "I live in Lund and Henrik lives in Porto."
    parted = told_in_two(normalise(text))
    at = parted.text.index("Henrik")
    assert text[slice(*parted.original_span(at, at + 6))] == "Henrik"
