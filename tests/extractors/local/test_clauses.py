import pytest

from tests.extractors.local.spoken import told


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "Last week I sang in a choir and danced at a wedding.",
            ["Ada | sing_in | choir | the week of 1 July 2024", "Ada | dance_at | wedding | the week of 1 July 2024"],
        ),
        ("I quit my job and moved to Oslo in May.", ["Ada | quit | ANY", "Ada | moved_to | Oslo | May 2024"]),
        ("I'm going to quit and move to Oslo.", ["Ada | plans | move to Oslo"]),
        (
            "My friend Lea, who works at Larkfield Labs, lives in Oslo.",
            ["Lea | friend_of | Ada", "Lea | works_at | Larkfield Labs", "Lea | lives_in | Oslo"],
        ),
        ("Moved to Oslo last week.", ["Ada | moved_to | Oslo | the week of 1 July 2024"]),
        ("Just adopted a cat!", ["Ada's cat | pet_of | Ada"]),
        ("What I'm having is soup.", []),
        ("It made me love the game.", []),
        ("How it went is a secret.", []),
        ("The trip I took last summer was great.", ["Ada | take | trip | summer 2023"]),
    ],
)
def test_clauses_find_their_subjects(text: str, lines: list[str]) -> None:
    assert told(text) == lines
