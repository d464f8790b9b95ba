import pytest

from tests.extractors.local.spoken import statements, told


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Tom lives not in Graz but in Linz.", ["Tom | lives_in | Graz | not", "Tom | lives_in | Linz"]),
        ("I work not at Volvo, but at Scania.", ["Ada | works_at | Volvo | not", "Ada | works_at | Scania"]),
        ("Mara does not work at Bolt but at Scania.", ["Mara | works_at | Bolt | not", "Mara | works_at | Scania"]),
        ("I don't live in Graz but in Linz.", ["Ada | lives_in | Graz | not", "Ada | lives_in | Linz"]),
    ],
)
def test_what_is_not_so_is_denied_and_what_is_so_is_said(text: str, lines: list[str]) -> None:
    assert told(text) == lines


def test_not_only_denies_nothing() -> None:
    assert not any("not" in line.split(" | ") for line in told("Tom works not only at Volvo but also at Scania."))


def test_both_quote_the_words_as_they_were_said() -> None:
    text = "Tom lives not in Graz but in Linz."
    assert all(text[slice(*said.span)] == said.quote for said in statements(text))
