import pytest

from tests.extractors.local.spoken import told, told_in


@pytest.mark.parametrize(
    ("said", "text", "line"),
    [
        ("I work at Larkfield Labs.", "I no longer work there.", "Ada | works_at | Larkfield Labs | over"),
        ("I live in Porto and I work at Larkfield Labs.", "I no longer live there.", "Ada | lives_in | Porto | over"),
        (
            "I work at Larkfield Labs and I live in Porto.",
            "I stopped working there in May.",
            "Ada | works_at | Larkfield Labs | not | May 2024",
        ),
        ("My sister Mia teaches at Larkfield School.", "She doesn't teach there any more.", "Mia | works_at | Larkfield School | over"),
    ],
)
def test_there_is_the_place_last_named_for_the_relation(said: str, text: str, line: str) -> None:
    assert told_in(("Ada", said), ("Ada", text)) == [line]


def test_there_is_named_in_the_words_of_the_fact() -> None:
    assert told("Tom works at Larkfield Labs. I don't work there anymore.")[-1] == "Ada | works_at | Larkfield Labs | over"


def test_a_place_that_nobody_named_is_whatever_held() -> None:
    assert told("I don't work there anymore.") == ["Ada | works_at | ANY | not"]


@pytest.mark.parametrize(
    "text", ["I work there.", "I used to live there.", "I never stopped working there.", "I don't live there.", "I ate there."]
)
def test_there_alone_tells_nothing_unless_it_was_left(text: str) -> None:
    assert told_in(("Ada", "I live in Porto and I work at Larkfield Labs."), ("Ada", text)) == []
