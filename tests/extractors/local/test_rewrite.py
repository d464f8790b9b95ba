import pytest

from extractors.local.clauses import clauses
from extractors.local.rewrite import clause_text, statements
from tests.extractors.local.spoken import scene


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("I'm a nurse at the hospital.", "Ada is a nurse at the hospital"),
        ("I've lived in Porto since May.", "Ada has lived in Porto since May 2024"),
        ("I don't work there any more.", "Ada does not work there any more"),
        ("I can't find my keys in the car.", "Ada can not find Ada's keys in the car"),
        ("We were in Rome last week.", "Ada was in Rome in the week of 1 July 2024"),
        ("Tom and I are in Rome today.", "Tom and Ada are in Rome on 10 July 2024"),
        ("My brother helps me with your boat.", "Ada's brother helps Ada with Bo's boat"),
        ("I carry the boxes and watch the birds.", "Ada carries the boxes and watches the birds"),
        ("I went to the sea two days ago.", "Ada went to the sea on 8 July 2024"),
        ("I'd been waiting for the ferry.", "Ada had been waiting for the ferry"),
    ],
)
def test_sentences_are_put_into_the_third_person(text: str, told: str) -> None:
    assert statements(scene(text)) == [told]


@pytest.mark.parametrize("text", ["How are you?", "Hey Bo!", "Thanks a lot!", "Wow, cool!", "You are great.", "ok"])
def test_what_tells_nothing_is_left_out(text: str) -> None:
    assert statements(scene(text)) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "I moved to Lisbon last March and I work at Larkfield Labs.",
            ["Ada moved to Lisbon in March 2024", "Ada works at Larkfield Labs"],
        ),
        ("I quit my job and moved to Oslo.", ["Ada quit Ada's job", "Ada moved to Oslo"]),
        ("I'm going to quit and move to Oslo.", ["Ada is going to quit", "Ada is going to move to Oslo"]),
        ("Moved to Oslo last week!", ["Ada moved to Oslo in the week of 1 July 2024"]),
        ("By the way, I love trains.", ["Ada loves trains"]),
        ("Harbour Lights, created by Tom Reed, is long.", ["Harbour Lights was created by Tom Reed"]),
        ("When I moved to Oslo, it rained.", ["Ada moved to Oslo"]),
    ],
)
def test_each_clause_stands_alone(text: str, told: list[str]) -> None:
    spoken = scene(text)
    assert set(told) <= {clause_text(clause, spoken) for clause in clauses(spoken)}


def test_a_relative_clause_gets_its_object_back() -> None:
    spoken = scene("The photo is from the trip I took last summer.")
    assert "Ada took the trip in summer 2023" in [clause_text(clause, spoken) for clause in clauses(spoken)]
