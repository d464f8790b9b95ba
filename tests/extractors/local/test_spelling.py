import pytest

from extractors.local.clauses import clauses
from extractors.local.spelling import spellings
from tests.extractors.local.spoken import scene


@pytest.mark.parametrize(
    ("text", "words", "noun"),
    [
        ("Jon is employed by Norte.", "is employed by", "Norte"),
        ("Jon was born in the city of Leeds.", "was born in the city of", "Leeds"),
        ("Jon speaks Portuguese.", "speaks", "Portuguese"),
        ("Jon is a member of the club.", "is a member of", "club"),
        ("Jon is famous for his songs.", "is famous for", "songs"),
        ("Jon broke up with Lea.", "breaks up with", "Lea"),
        ("Jon is working at Norte.", "is working at", "Norte"),
    ],
)
def test_a_clause_is_spelt_as_the_ontology_spells_relations(text: str, words: str, noun: str) -> None:
    spoken = scene(text)
    clause = next(clauses(spoken))
    assert (words, noun) in [(spelt, token.text) for spelt, token in spellings(clause)]


def test_a_name_beside_the_verb_comes_before_what_a_preposition_adds() -> None:
    clause = next(clauses(scene("Jon speaks Portuguese in the office.")))
    words, noun = next(spellings(clause))
    assert (words, noun.text) == ("speaks", "Portuguese")
