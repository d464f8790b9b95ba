import pytest

from tests.extractors.local.spoken import readings, told, told_in


@pytest.mark.parametrize(
    ("said", "correction", "lines"),
    [
        ("I moved to Porto in March.", "No, in April.", ["Ada | moved_to | Porto | April 2024 | instead of Porto"]),
        ("I moved to Porto in March.", "Sorry, April.", ["Ada | moved_to | Porto | April 2024 | instead of Porto"]),
        ("I moved to Porto in March 2019.", "It was in April, not March.", ["Ada | moved_to | Porto | April 2019 | instead of Porto"]),
        ("I moved to Porto in March 2019.", "Oops, I meant 2018.", ["Ada | moved_to | Porto | March 2018 | instead of Porto"]),
        ("I visited Porto on 5 March 2019.", "No, the 7th.", ["Ada | visited | Porto | 7 March 2019 | instead of Porto"]),
        ("My sister Mia was born in 1990.", "Sorry, 1991.", ["Mia | born_on | 1991 | since 1991 | instead of 1990"]),
        ("I've lived in Porto since 2012.", "Actually since 2013.", ["Ada | lives_in | Porto | since 2013 | instead of Porto"]),
        ("I lived in Porto until 2012.", "No, until 2013.", ["Ada | lives_in | Porto | until 2013 | instead of Porto"]),
        (
            "I quit Larkfield Labs in March.",
            "No, it was in April.",
            ["Ada | quit | Larkfield Labs | April 2024 | instead of Larkfield Labs"],
        ),
    ],
)
def test_a_date_that_is_corrected_gives_what_was_just_said_another_time(said: str, correction: str, lines: list[str]) -> None:
    assert told_in(("Ada", said), ("Ada", correction)) == lines


def test_a_date_that_is_corrected_in_the_same_message_is_the_only_one() -> None:
    assert told("I moved to Porto in March. No, in April.") == ["Ada | moved_to | Porto | April 2024"]
    (reading,) = readings([("Ada", "I moved to Porto in March. No, in April.")])
    assert [statement.quote for statement in reading.statements] == ["I moved to Porto in March"]


@pytest.mark.parametrize(
    ("said", "correction"),
    [
        ("I moved to Porto.", "No, in April."),
        ("I moved to Porto in March. Is it warm there?", "No, in April."),
        ("I moved to Porto in March. I work at Larkfield Labs.", "No, in April."),
        ("I lived in Porto from 2012 to 2015.", "Sorry, 2016."),
        ("I moved to Porto in March.", "No, 3 times."),
        ("I moved to Porto in March.", "No, not in April."),
        ("I moved to Porto in March.", "In April it rains."),
        ("I moved to Porto in March.", "In April."),
    ],
)
def test_what_is_no_correction_of_a_date_tells_nothing(said: str, correction: str) -> None:
    assert told_in(("Ada", said), ("Ada", correction)) == []


def test_nobody_corrects_when_another_moved_but_when_somebody_did() -> None:
    assert told_in(("Bo", "I moved to Porto in March."), ("Ada", "No, in April.")) == []
    assert told_in(("Bo", "Mia moved to Porto in March."), ("Ada", "No, in April.")) == [
        "Mia | moved_to | Porto | April 2024 | instead of Porto"
    ]
