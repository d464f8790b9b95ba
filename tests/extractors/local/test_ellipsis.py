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
        "I moved to Ghent in 2020 and in 2021 to Leeds my brother came.",
        "I moved to Ghent in 2020 and to Leeds, where Tom is, we went in 2021.",
        "I left in 2019, and in 2021 Tom left too.",
        "I like music and play.",
        "I like art and study groups.",
        "He likes his home and work at the farm.",
        "My work and play at home are fun.",
        "I said that I lived in Leeds.",
        "I can live in Ghent and work at Velmar.",
        "We should live in Ghent and work at Velmar.",
        "I might live in Ghent and work at Velmar.",
        "I want to live in Ghent and work at Velmar.",
        "I used to live in Ghent and work at Velmar.",
        "I don't live in Ghent and work at Velmar.",
        "I never live in Ghent and work at Velmar.",
        "I'm not a nurse and work at Velmar.",
        "I'm planning to live in Ghent and work at Velmar.",
        "I didn't want to live in Ghent and work at Velmar.",
        "I dream that I live in Ghent and work at Velmar.",
        "If I live in Ghent and work at Velmar, all is fine.",
        "I live in Ghent, but I don't cook and work at Velmar.",
        "I live in Ghent, where Mia can study and work at Velmar.",
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


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("I live in Ghent and work at Larkfield Labs.", ["Ada | lives_in | Ghent", "Ada | works_at | Larkfield Labs"]),
        ("We live in Leeds and work for Siemens.", ["Ada | lives_in | Leeds", "Ada | works_at | Siemens"]),
        (
            "I live in Kiel, work at Larkfield Labs and play the cello.",
            ["Ada | lives_in | Kiel", "Ada | works_at | Larkfield Labs", "Ada | plays | cello"],
        ),
        (
            "I work at Larkfield Labs, live in Kiel and study law.",
            ["Ada | works_at | Larkfield Labs", "Ada | lives_in | Kiel", "Ada | studies | law"],
        ),
        ("I'm a nurse and work at Larkfield Labs.", ["Ada | works_as | nurse", "Ada | works_at | Larkfield Labs"]),
        ("Hi Bo, I now live in Ghent and work at Velmar.", ["Ada | lives_in | Ghent", "Ada | works_at | Velmar"]),
        ("I work as a nurse and live in Ghent.", ["Ada | works_as | nurse", "Ada | lives_in | Ghent"]),
        (
            "My brother Jonas lives in Ghent, works at Larkfield Labs and plays the cello.",
            ["Jonas | sibling_of | Ada", "Jonas | lives_in | Ghent", "Jonas | works_at | Larkfield Labs", "Jonas | plays | cello"],
        ),
    ],
)
def test_verbs_that_share_a_subject_are_all_read(text: str, lines: list[str]) -> None:
    assert told(text) == lines


def test_the_words_of_one_are_not_those_of_the_other() -> None:
    assert [s.text for s in statements("I live in Ghent and work at Larkfield Labs.")] == [
        "Ada lives in Ghent",
        "Ada works at Larkfield Labs",
    ]


@pytest.mark.parametrize("words", ["can", "should", "might", "want to", "used to", "don't", "didn't want to", "dream that I", "hope I"])
def test_what_is_denied_or_only_thought_of_is_no_job(words: str) -> None:
    assert not [line for line in told(f"I {words} live in Ghent and work at Velmar.") if line == "Ada | works_at | Velmar"]
