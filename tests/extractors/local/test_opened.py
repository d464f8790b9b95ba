import pytest

from tests.extractors.local.spoken import told


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("I broke my wrist on Thursday.", ["Ada | break | Ada's wrist | 4 July 2024"]),
        ("I passed my Dutch exam on Friday.", ["Ada | pass | Ada's Dutch exam | 5 July 2024"]),
        ("We went camping last weekend.", ["Ada | go | camping | the weekend of 6 July 2024"]),
        ("I took a trip to the coast last summer.", ["Ada | visited | coast | summer 2023"]),
        ("I ran a marathon in May.", ["Ada | run | marathon | May 2024"]),
        ("I got promoted last week.", ["Ada | got | promoted | the week of 1 July 2024"]),
        ("My daughter turned five yesterday.", ["Ada's daughter | child_of | Ada", "Ada's daughter | age | five | 9 July 2024"]),
        ("My brother has asthma.", ["Ada's brother | sibling_of | Ada", "Ada's brother | has_condition | asthma"]),
        ("I have a camper van.", ["Ada | owns | camper van"]),
        ("I started doing aerial yoga.", ["Ada | started | do aerial yoga"]),
        ("I'm learning how to play the piano.", ["Ada | studies | play the piano"]),
        ("I read The Long Tide last month.", ["Ada | read | The Long Tide | June 2024"]),
        ("That's a photo of the trip I took last summer.", ["Ada | take | trip | summer 2023"]),
        ("I organized a toy drive for the shelter.", ["Ada | organize | toy drive for shelter"]),
    ],
)
def test_verbs_that_the_ontology_has_no_word_for(text: str, lines: list[str]) -> None:
    assert told(text) == lines
