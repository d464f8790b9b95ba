import pytest

from tests.extractors.local.spoken import readings, told, told_in


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


@pytest.mark.parametrize(
    "messages",
    [
        [("Ada", "I live in Porto."), ("Ada", "Vienna is lovely. I no longer live there.")],
        [("Ada", "I live in Porto."), ("Ada", "My brother moved to Vienna in 2019."), ("Ada", "I no longer live there.")],
        [("Ada", "I live in Porto."), ("Ada", "I was born in Vienna."), ("Ada", "I no longer live there.")],
        [("Ada", "I live in Porto."), ("Bo", "Have you been to Vienna?"), ("Ada", "I no longer live there.")],
        [("Ada", "I work at Larkfield Labs. Mia joined Velmar last year."), ("Ada", "I no longer work there.")],
        [("Ada", "We spent May in Vienna. I no longer live there.")],
    ],
)
def test_there_tells_nothing_where_another_place_was_named_since(messages: list[tuple[str, str]]) -> None:
    assert not [line for line in told_in(*messages) if "over" in line or "not" in line]


@pytest.mark.parametrize("between", ["How is Mia?", "Porto is lovely.", "It rains in May.", "Hey Tom, how are you?"])
def test_there_is_still_the_place_where_no_other_was_named(between: str) -> None:
    lines = told_in(("Ada", "I live in Porto."), ("Bo", between), ("Ada", "I no longer live there."))
    assert lines == ["Ada | lives_in | Porto | over"]


@pytest.mark.parametrize(
    ("text", "line"),
    [("I no longer live there.", "Ada no longer lives in Porto"), ("I no longer work there.", "Ada no longer works at Larkfield Labs")],
)
def test_what_was_left_reads_as_a_sentence(text: str, line: str) -> None:
    said = readings([("Ada", "I live in Porto and I work at Larkfield Labs."), ("Ada", text)])[-1].statements
    assert [statement.text for statement in said] == [line]
