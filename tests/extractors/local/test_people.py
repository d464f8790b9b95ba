import pytest

from graph.language import MentionKind
from tests.extractors.local.spoken import statements, told_in


@pytest.mark.parametrize(
    ("messages", "lines"),
    [
        ([("Bo", "My sister Mia lives in Kiel."), ("Ada", "She has a dog named Rex.")], ["Rex | pet_of | Mia"]),
        ([("Ada", "My sister Mia lives in Kiel."), ("Ada", "She works at Larkfield Labs.")], ["Mia | works_at | Larkfield Labs"]),
        (
            [("Ada", "My brother Jonas plays the cello."), ("Bo", "Does he live in Kiel?"), ("Ada", "He lives in Oslo.")],
            ["Jonas | lives_in | Oslo"],
        ),
        (
            [("Ada", "Tom and I moved to Oslo."), ("Ada", "We adopted a cat in May.")],
            ["Ada's cat | pet_of | Ada", "Ada | adopted | Ada's cat | May 2024", "Tom | adopted | Ada's cat | May 2024"],
        ),
        ([("Ada", "Leo lives in Kiel."), ("Ada", "It is cold.")], []),
    ],
)
def test_pronouns_stand_for_the_last_one_they_fit(messages: list[tuple[str, str]], lines: list[str]) -> None:
    assert told_in(*messages) == lines


def test_kin_known_by_name_keep_what_they_are_to_whom() -> None:
    statement = statements("My sister Mia lives in Kiel.")[1]
    mia = statement.subject
    assert (mia.kind, mia.text, mia.type, mia.role, mia.aliases) == (MentionKind.NAME, "Mia", "Person", "sibling", ("Ada's sister",))
    assert mia.owner is not None
    assert mia.owner.kind is MentionKind.SPEAKER


def test_kin_without_a_name_are_known_by_their_role() -> None:
    (sister,) = {s.subject for s in statements("My older sister lives in Kiel.")}
    assert (sister.kind, sister.text, sister.role) == (MentionKind.ROLE, "Ada's older sister", "sibling")


def test_pets_are_animals() -> None:
    assert {s.subject.type for s in statements("My cat Miso is 3 years old.")} == {"Animal"}
