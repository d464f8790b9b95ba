import pytest

from extractors.local.ellipsis import spelt_out
from extractors.local.normalise import normalise
from tests.extractors.local.spoken import statements, told


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "I moved to Ghent in March 2020 and to Leeds in May 2022.",
            ["Ada | moved_to | Ghent | March 2020", "Ada | moved_to | Leeds | May 2022"],
        ),
        ("I moved to Ghent in 2020, then in 2021 to Leeds.", ["Ada | moved_to | Ghent | 2020", "Ada | moved_to | Leeds | 2021"]),
        (
            "In 2015 I moved to Ghent and in 2018 to Leeds.",
            ["Ada | moved_to | Ghent | 2015", "Ada | moved_to | Leeds | 2018"],
        ),
        (
            "Tom moved to Ghent in 2019, to Leeds in 2020 and to Porto last year.",
            ["Tom | moved_to | Ghent | 2019", "Tom | moved_to | Leeds | 2020", "Tom | moved_to | Porto | 2023"],
        ),
        (
            "I lived in Ghent from 2010 to 2012 and in Leeds from 2012 to 2015.",
            ["Ada | lives_in | Ghent | 2010 | until 2012", "Ada | lives_in | Leeds | 2012 | until 2015"],
        ),
        (
            "I worked at Larkfield Labs until 2019 and then at Harbour Books until 2021.",
            ["Ada | works_at | Larkfield Labs | until 2019", "Ada | works_at | Harbour Books | until 2021"],
        ),
        (
            "I joined the rowing club in 2019 and the chess club in 2021.",
            ["Ada | joined | rowing club | 2019", "Ada | joined | chess club | 2021"],
        ),
    ],
)
def test_each_part_has_its_own_date(text: str, lines: list[str]) -> None:
    assert told(text) == lines


@pytest.mark.parametrize(
    "text",
    [
        "I moved to Ghent in 2020 and started at Larkfield Labs in 2021.",
        "I moved to Ghent in 2020 and in 2021 I moved to Leeds.",
        "I lived in Ghent, in Belgium, in 2020.",
        "I moved to Ghent in 2020 and to be honest I hated it in 2021.",
        "I moved to Ghent and Leeds in 2020.",
        "I moved from Leeds to Ghent in 2020.",
        "I joined the rowing club in 2019 and loved it in 2020.",
        "I went to Ghent in May with Tom and Mia.",
        "I left in 2019, and in 2021 Tom left too.",
    ],
)
def test_nothing_is_left_out_here(text: str) -> None:
    assert spelt_out(normalise(text)).text == text


def test_what_is_spelt_out_quotes_what_was_written() -> None:
    text = "I moved to Ghent in 2020 and to Leeds in 2021."
    assert [(s.quote, text[slice(*s.span)]) for s in statements(text)] == [
        ("I moved to Ghent in 2020", "I moved to Ghent in 2020"),
        ("to Leeds in 2021", "to Leeds in 2021"),
    ]
