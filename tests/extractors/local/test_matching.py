import pytest

from extractors.local.clauses import clauses
from extractors.local.matching import matches
from tests.extractors.local.spoken import extractor, scene, statements


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


@pytest.mark.parametrize(
    ("text", "subject", "relation", "object_"),
    [
        ("I married Florence in 2012.", "Ada", "married_to", "Florence"),
        ("I'm engaged to Milan.", "Ada", "engaged_to", "Milan"),
        ("Tom is dating Adelaide.", "Tom", "partner_of", "Adelaide"),
        ("Verona is my sister.", "Verona", "sibling_of", "Ada"),
        ("I met Georgia at a concert in 2019.", "Ada", "met", "Georgia"),
        ("I'm friends with Florence.", "Ada", "friend_of", "Florence"),
    ],
)
def test_whoever_is_married_is_a_person_whatever_else_has_the_name(text: str, subject: str, relation: str, object_: str) -> None:
    (told,) = statements(text)
    assert (told.subject.text, told.relation, told.object.text) == (subject, relation, object_)
    assert (told.subject.type, told.object.type) == ("Person", "Person")


@pytest.mark.parametrize("text", ["I moved to Florence in 2012.", "I visited Georgia in May.", "I love Adelaide.", "I grew up in Verona."])
def test_where_a_place_can_stand_it_stays_one(text: str) -> None:
    assert [told.object.type for told in statements(text)] == ["Place"]


def test_a_city_can_be_known() -> None:
    assert "knows" not in {told.relation for told in statements("I know Adelaide well.")}


@pytest.mark.parametrize("text", ["Austin works at Larkfield Labs.", "Georgia moved to Leeds in May."])
def test_who_does_what_people_do_is_a_person(text: str) -> None:
    (told,) = statements(text)
    assert told.subject.type == "Person"


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        ("I quit the rowing team.", ["left_group"]),
        ("I left the orchestra in May.", ["left_group"]),
        ("Tom was thrown out of the band.", ["left_group"]),
        ("I was expelled from Northgate Academy.", ["left_group"]),
        ("I left Siemens in May.", ["quit"]),
        ("I was sacked from Larkfield Labs.", ["quit"]),
        ("I resigned from the committee.", ["quit"]),
        ("I left the company in May.", ["quit"]),
        ("I started at Zendalia in 2019.", ["works_at"]),
        ("I left work early.", []),
        ("I left Tom.", []),
        ("I left the choir a message.", []),
        ("I was kicked out of the pub.", []),
        ("I left Ghent.", ["moved_from"]),
        ("I left Zendalia in May.", ["moved_from", "left_group"]),
    ],
)
def test_what_is_left_may_be_an_employer_or_a_club(text: str, relations: list[str]) -> None:
    assert [told.relation for told in statements(text)] == relations
