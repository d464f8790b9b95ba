import pytest

from graph.language import Link
from graph.ontology import load_ontology
from graph.recall.chains import NAMED_EXACTLY, ON_THE_WAY, PERHAPS, Named, Walk, related, starts
from graph.recall.seeds import Legs
from graph.recall.spread import WIDEST, Affinity
from tests.graph.recall.made import entity, fact

ONTOLOGY = load_ontology()
WROTE = fact("wrote", "novel", "written_by", "ines", "The novel was written by Ines")
MARRIED = fact("married", "ines", "married_to", "tom", "Ines is married to Tom")
BORN = fact("born", "tom", "born_in", "porto", "Tom was born in Porto")
LIKES = fact("likes", "ines", "likes", "jazz", "Ines likes jazz")
PLAIN = Affinity.of([], Legs({}, {}))


def named(*relations: str) -> list[Named]:
    return [Named({relation: 1.0}) for relation in relations]


def walked(links: list[Named]) -> Walk:
    walk = Walk.of(links, PLAIN, {"novel": 1.0})
    assert walk.follow({"novel": [WROTE]}) == ["ines"]
    walk.follow({"ines": [WROTE, MARRIED, LIKES]})
    walk.follow({"tom": [MARRIED, BORN]})
    return walk


def test_a_fact_is_worth_the_share_of_the_links_that_lead_to_it() -> None:
    walk = walked(named("born_in", "married_to", "written_by"))
    assert {uuid: round(found.strength, 3) for uuid, found in walk.reached.items()} == {"wrote": 0.333, "married": 0.667, "born": 1.0}
    assert walk.reached["born"].path == ("wrote", "married", "born")


def test_each_step_to_the_answer_is_nearly_worth_what_the_answer_is() -> None:
    worths = walked(named("born_in", "married_to", "written_by")).worths()
    assert worths == {"wrote": ON_THE_WAY, "married": ON_THE_WAY, "born": 1.0}


def test_a_step_may_be_left_out_of_the_question_and_costs() -> None:
    walk = walked(named("born_in", "written_by"))
    assert 0 < walk.reached["born"].strength < 0.5
    assert walk.worths()["married"] == pytest.approx(ON_THE_WAY * walk.reached["born"].strength)


def test_a_link_is_followed_once_on_a_way() -> None:
    walk = Walk.of(named("manufactured_by", "founded_by"), PLAIN, {"car": 1.0})
    made, other = (fact(name, name, "manufactured_by", "norte", "") for name in ("car", "boat"))
    founded = fact("founded", "norte", "founded_by", "rosa", "")
    walk.follow({"car": [made]})
    walk.follow({"norte": [made, other, founded]})
    assert walk.worths().keys() == {"car", "founded"}


def test_one_of_many_tells_less() -> None:
    walk = Walk.of(named("written_by"), PLAIN, {"ines": 1.0, "tom": 1.0})
    walk.follow(
        {"ines": [fact(f"{n}", f"{n}", "written_by", "ines", "") for n in range(16)], "tom": [fact("one", "a", "written_by", "tom", "")]}
    )
    assert walk.reached["3"].strength == pytest.approx(walk.reached["one"].strength / 2)


def test_the_entities_to_go_on_from_are_bounded_and_the_same_whatever_the_order() -> None:
    facts = [fact(f"f{n:03}", "hub", "likes", f"e{n:03}", "") for n in range(100)]
    one, other = (Walk.of(named("likes", "born_in"), PLAIN, {"hub": 1.0}) for _ in range(2))
    assert one.follow({"hub": facts}) == other.follow({"hub": facts[::-1]})
    assert len(one.ways) == WIDEST


def test_nothing_is_followed_where_no_relation_is_named() -> None:
    walk = Walk.of([], PLAIN, {})
    assert walk.follow({"novel": [WROTE]}) == []
    assert walk.worths() == {}


def test_a_way_never_returns() -> None:
    walk = Walk.of(named("married_to", "married_to"), PLAIN, {"ines": 1.0})
    walk.follow({"ines": [MARRIED]})
    assert walk.follow({"tom": [MARRIED]}) == []


def test_a_type_stands_for_the_relations_that_lead_to_one() -> None:
    country = Named.of(Link(("country",), ("country",), ("Country",)), ONTOLOGY)
    assert country.by("country") == 1.0
    assert 0 < country.by("citizen_of") < 1.0
    assert country.by("married_to") == 0.0


def test_a_relation_unknown_to_the_ontology_is_known_by_how_its_words_begin() -> None:
    development = Named.of(Link(("responsible", "development"), ("developer_of",)), ONTOLOGY)
    assert 0 < development.by("development_was_undertaken_by") < 1.0
    assert development.by("was_taught_by") == 0.0
    assert Named.of(Link(("country",)), ONTOLOGY).by("country_of_origin") == 0.0


def test_a_relation_stands_for_its_mirror_and_for_what_it_sets_and_ends() -> None:
    assert related(["has_capital"], ONTOLOGY) == {"has_capital", "capital_of"}
    assert related(["moved_to"], ONTOLOGY) == {"moved_to", "lives_in"}


def test_chains_begin_at_exact_names_the_longest_of_several() -> None:
    lights, harbour = entity("lights", "Harbour Lights"), entity("harbour", "Harbour")
    begun = starts({"Harbour Lights": [lights], "Harbour": [harbour], "Lights": []}, {"harbour": 0.4, "sea": 0.2})
    assert begun == {"lights": NAMED_EXACTLY, "harbour": PERHAPS * 0.4, "sea": PERHAPS * 0.2}
