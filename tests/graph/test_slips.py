"""A slip in the name of a relation or type is told with what was meant; a name like no other may be one that was not used yet."""

import pytest

from graph.errors import BadInput
from graph.inputs import EntityInput, FactInput
from graph.model import FactStatus
from graph.ontology import load_ontology
from graph.slips import like_relations, like_types, unknown_relations, unknown_types
from graph.views import EntityFilter, FactFilter, Page
from tests.graph.scripted import Talk

ONTOLOGY = load_ontology()
PAGE = Page(5)


def test_names_of_the_ontology_are_known_relations_in_any_case() -> None:
    assert unknown_relations(ONTOLOGY, ["lives_in", "LIVES_IN", "livs_in", "lives in"]) == ["livs_in", "lives in"]
    assert unknown_types(ONTOLOGY, ["Person", "person"]) == ["person"]


@pytest.mark.parametrize(
    ("given", "meant"), [("livs_in", "lives_in"), ("lives in", "lives_in"), ("employed by", "works_at"), ("juggles_wth", "juggles_with")]
)
def test_a_slip_is_like_a_name_a_surface_form_or_what_is_in_use(given: str, meant: str) -> None:
    assert like_relations(ONTOLOGY, given, ["juggles_with"])[0] == meant


def test_a_name_like_no_other_has_no_like() -> None:
    assert like_relations(ONTOLOGY, "prefers_theme", ()) == []
    assert (like_types(ONTOLOGY, "Spaceport", ()), like_types(ONTOLOGY, "person", ())[0]) == ([], "Person")


async def test_every_list_by_relation_or_type_tells_of_a_slip(talk: Talk) -> None:
    told = await talk.memory.add_facts("g", [FactInput(EntityInput(name="Ada", type="Person"), "livs", EntityInput(name="Rome"))])
    graph, ada = await talk.memory.graph("g"), told.facts[0].subject
    for asked in (
        graph.facts(FactFilter(relations=("works_at", "livs_in")), "NEWEST", PAGE),
        graph.timeline(ada, "livs_in", PAGE),
        graph.neighbors(ada, ["livs_in"], PAGE),
        graph.neighborhood([ada], 1, FactFilter(relations=("livs_in",)), 5),
    ):
        with pytest.raises(BadInput, match="no relation 'livs_in'") as caught:
            await asked
        assert ("'lives_in'" in caught.value.hint, caught.value.field) == (True, "relations")
    for listed in (
        graph.facts(FactFilter(types=("Persn",)), "NEWEST", PAGE),
        graph.entities(EntityFilter(types=("person",)), "NAME", PAGE),
    ):
        with pytest.raises(BadInput, match=r"no type '(Persn|person)'") as caught:
            await listed
        assert caught.value.hint == "Did you mean 'Person'?"


async def test_what_occurs_or_ever_did_is_known_and_what_is_like_no_other_finds_nothing(talk: Talk) -> None:
    told = await talk.memory.add_facts("g", [FactInput(EntityInput(name="Ada", type="Persson"), "livs_in", EntityInput(name="Rome"))])
    graph = await talk.memory.graph("g")
    assert len((await graph.facts(FactFilter(relations=("livs_in",), types=("Persson",)), "NEWEST", PAGE)).items) == 1
    assert len((await graph.entities(EntityFilter(types=("Persson",)), "NAME", PAGE)).items) == 1
    await talk.memory.correct_fact("g", told.facts[0].uuid, "never so")
    graph = await talk.memory.graph("g")
    assert (await graph.facts(FactFilter(relations=("livs_in",)), "NEWEST", PAGE)).items == ()
    gone = FactFilter(relations=("livs_in",), status=(FactStatus.RETRACTED,))
    assert len((await graph.facts(gone, "NEWEST", PAGE)).items) == 1
    assert (await graph.facts(FactFilter(relations=("prefers_theme",)), "NEWEST", PAGE)).items == ()
