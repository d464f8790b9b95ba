import pytest

from tests.extractors.local.spoken import told


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("My sister Mia lives in Kiel.", ["Mia | sibling_of | Ada", "Mia | lives_in | Kiel"]),
        ("My sister is called Mia.", ["Mia | sibling_of | Ada"]),
        ("Our cat is called Miso.", ["Miso | pet_of | Ada"]),
        ("My boss Dana is funny.", ["Dana | boss_of | Ada"]),
        ("My colleague Sam plays the trumpet.", ["Sam | colleague_of | Ada", "Sam | plays | trumpet"]),
        ("I have a brother.", ["Ada's brother | sibling_of | Ada"]),
        ("I have a girlfriend. Her name is Hazel.", ["Ada | partner_of | Ada's girlfriend", "Ada | partner_of | Hazel"]),
        (
            "I adopted a dog on Sunday. Her name is Pepa.",
            ["Ada's dog | pet_of | Ada", "Pepa | pet_of | Ada", "Ada | adopted | Ada's dog | 7 July 2024"],
        ),
        ("Pablo is my boyfriend.", ["Ada | partner_of | Pablo"]),
        (
            "My brother Jonas has a daughter! Her name is Lina.",
            ["Jonas | sibling_of | Ada", "Jonas' daughter | child_of | Jonas", "Lina | child_of | Jonas"],
        ),
        ("Leo Marsh is my cousin.", ["Leo Marsh | relative_of | Ada"]),
        ("My kids are at school.", ["Ada's kids | child_of | Ada"]),
        ("I have two kids, Leo and Mia.", ["Ada's kids | child_of | Ada", "Leo | child_of | Ada", "Mia | child_of | Ada"]),
        ("Dora is no longer Paul's wife.", ["Paul | married_to | Dora | over"]),
        ("Tom isn't my boss anymore.", ["Tom | boss_of | Ada | over"]),
        ("Tom isn't my husband.", []),
        ("Tom was never my husband.", []),
        ("We have no kids.", []),
        ("Tom, my brother, works at Larkfield Labs.", ["Tom | sibling_of | Ada", "Tom | works_at | Larkfield Labs"]),
        ("I have a puppy named Rex.", ["Rex | pet_of | Ada"]),
        (
            "I moved to Ghent in 2020 and in 2021 to Velmar my brother came.",
            ["Ada's brother | sibling_of | Ada", "Ada | moved_to | Ghent | 2020"],
        ),
        ("I talked to Mia, my cousin.", ["Mia | relative_of | Ada"]),
        ("Your sister Mia called me.", ["Mia | sibling_of | Bo"]),
        (
            "My friend Lea moved to Oslo. She works at Larkfield Labs.",
            ["Lea | friend_of | Ada", "Lea | moved_to | Oslo", "Lea | works_at | Larkfield Labs"],
        ),
    ],
)
def test_whose_someone_is(text: str, lines: list[str]) -> None:
    assert told(text) == lines
