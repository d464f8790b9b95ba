import pytest

from extractors.local.clauses import clauses
from extractors.local.matching import matches
from tests.extractors.local.spoken import extractor, scene


def found(text: str) -> list[tuple[str, str | None]]:
    spoken = scene(text)
    clause = next(clauses(spoken))
    return [(m.relation.name, m.object.text if m.object else None) for m in matches(clause, spoken, extractor().ontology)]


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        ("I work at Norte as a designer.", [("works_at", "Norte"), ("works_as", "designer")]),
        ("I live with Tom in Porto.", [("lives_in", "Porto"), ("lives_with", "Tom")]),
        ("I quit my job.", [("quit", None)]),
        ("I left Berlin.", [("moved_from", "Berlin")]),
        ("I left the room.", []),
        ("I went to Rome.", [("visited", "Rome")]),
        ("I went to bed.", []),
        ("I repaired a clock.", []),
    ],
)
def test_the_relations_of_a_clause(text: str, relations: list[tuple[str, str | None]]) -> None:
    assert found(text) == relations
