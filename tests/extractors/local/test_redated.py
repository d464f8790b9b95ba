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
        ("I moved to Porto on Monday.", "No, Tuesday.", ["Ada | moved_to | Porto | 9 July 2024 | instead of Porto"]),
        ("I moved to Porto yesterday.", "Sorry, on Monday.", ["Ada | moved_to | Porto | 8 July 2024 | instead of Porto"]),
        ("I moved to Porto in 2019.", "No, May.", ["Ada | moved_to | Porto | May 2019 | instead of Porto"]),
        ("I moved to Porto in 2019.", "Sorry, it was June.", ["Ada | moved_to | Porto | June 2019 | instead of Porto"]),
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
        ("I moved to Porto in March.", "It was 6 years ago."),
        ("I moved to Porto on 3 March.", "It was Sunday."),
        ("I moved to Porto on 3 March.", "Actually it was Sunday."),
        ("I moved to Porto last week.", "No, Thursday."),
        ("I know Tom.", "No, May."),
    ],
)
def test_what_is_no_correction_of_a_date_tells_nothing(said: str, correction: str) -> None:
    assert told_in(("Ada", said), ("Ada", correction)) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("I moved to Porto on 3 March. It was Sunday.", "Ada | moved_to | Porto | 3 March 2024"),
        ("I joined Larkfield Labs in 2019. It was 5 years ago.", "Ada | joined | Larkfield Labs | 2019"),
    ],
)
def test_a_date_that_is_only_told_more_of_stays(text: str, line: str) -> None:
    assert told(text)[-1] == line


def test_nobody_corrects_when_another_moved_but_when_somebody_did() -> None:
    assert told_in(("Bo", "I moved to Porto in March."), ("Ada", "No, in April.")) == []
    assert told_in(("Bo", "Mia moved to Porto in March."), ("Ada", "No, in April.")) == [
        "Mia | moved_to | Porto | April 2024 | instead of Porto"
    ]
