import pytest

from extractors.local.clauses import clauses
from extractors.local.subjects import subjects
from tests.extractors.local.spoken import scene


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I live here.", ["Ada"]),
        ("We live here.", ["Ada"]),
        ("You live here.", ["Bo"]),
        ("Tom and I live here.", ["Tom", "Ada"]),
        ("Tom and Lea live here.", ["Tom", "Lea"]),
        ("My sister lives here.", ["Ada's sister"]),
        ("Moved to Porto.", ["Ada"]),
        ("They live here.", []),
        ("Everyone lives here.", []),
        ("People live here.", []),
        ("You never know.", []),
        ("It lives here.", []),
    ],
)
def test_whom_a_clause_is_about(text: str, names: list[str]) -> None:
    spoken = scene(text)
    assert [mention.text for mention in subjects(next(clauses(spoken)), spoken)] == names
