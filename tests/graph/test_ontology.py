from pathlib import Path

import pytest

from graph.errors import BadInput
from graph.model import UpdatePolicy
from graph.ontology import Ontology, Side, canonical, load_ontology, snake

PACKAGED = load_ontology()
OF_A_LIFE = """
parent_of child_of sibling_of grandparent_of relative_of married_to partner_of engaged_to friend_of colleague_of pet_of lives_in
born_in born_on moved_to moved_from grew_up_in works_at works_as works_on quit retired_from studies_at studies graduated_from owns
adopted bought sold likes loves dislikes wants plans visited member_of joined left_group citizen_of speaks religion allergic_to diet
has_condition plays hobby favorite named age birthday email phone capital_of head_of head_of_state_of head_of_government_of
founded_by created_by author_of performed_by developed_by manufactured_by located_in headquartered_in continent official_language
currency sport position_played broke_up_with divorced died_on attended won
"""
SHIP = """
[types.Ship]
parent = "Product"

[relations.sails_on]
label = "sails on"
subject = ["Person"]
object = ["Ship"]
exclusive = "subject"
surface = ["is aboard"]
"""


def extended(tmp_path: Path, text: str) -> Ontology:
    path = tmp_path / "mine.toml"
    path.write_text(text, "utf-8")
    return load_ontology(path)


def test_knows_the_relations_of_a_life() -> None:
    assert set(OF_A_LIFE.split()) - PACKAGED.relations.keys() == set()


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("employed by", "works_at"),
        ("Works At", "works_at"),
        ("works_at", "works_at"),
        ("holds citizenship in", "citizen_of"),
        ("country of citizenship", "citizen_of"),
        ("is a citizen of", "citizen_of"),
        ("was developed by", "developed_by"),
        ("is a product of", "manufactured_by"),
        ("  is   the  author of ", "author_of"),
        ("'s capital is", "has_capital"),
        ("\u2019s capital is", "has_capital"),
        ("left job", "quit"),
        ("spouse", "married_to"),
    ],
)
def test_one_relation_has_many_surface_forms(words: str, name: str) -> None:
    found = PACKAGED.named(words)
    assert found is not None and found.name == name


def test_maps_no_phrase_by_similarity() -> None:
    assert PACKAGED.named("is employed near") is None


def test_every_surface_form_is_found_again() -> None:
    for relation in PACKAGED.relations.values():
        assert relation.examples and relation.surface, relation.name
        assert {PACKAGED.named(words) for words in (relation.name, relation.label, *relation.surface)} == {relation}


def test_an_unknown_relation_is_open_and_kept_in_snake_case() -> None:
    relation = PACKAGED.relation("Knitted socks-for")
    assert (relation.name, relation.label, relation.exclusive, relation.recorded) == ("knitted_socks_for", "knitted socks for", None, True)


def test_snake_keeps_what_has_no_letters() -> None:
    assert snake("→") == "→"


def test_a_type_is_a_kind_of_its_ancestors() -> None:
    assert PACKAGED.is_a("City", "Place") and PACKAGED.is_a("City", "Thing") and PACKAGED.is_a("City", "City")
    assert not PACKAGED.is_a("Place", "City") and not PACKAGED.is_a("City", "Person")
    assert PACKAGED.is_a("Spaceship", "Spaceship") and not PACKAGED.is_a("Spaceship", "Place")


def test_types_are_compatible_along_one_line() -> None:
    assert PACKAGED.compatible("City", "Place") and PACKAGED.compatible("Place", "City")
    assert PACKAGED.compatible("Thing", "Spaceship") and not PACKAGED.compatible("City", "Country")


def test_a_mirror_is_stored_turned_round() -> None:
    relation, subject, object_ = canonical(PACKAGED, PACKAGED.relation("child_of"), "leo", "anna")
    assert (relation.name, subject, object_) == ("parent_of", "anna", "leo")


def test_a_symmetric_relation_is_stored_one_way() -> None:
    married = PACKAGED.relation("married_to")
    assert canonical(PACKAGED, married, "b", "a") == canonical(PACKAGED, married, "a", "b") == (married, "a", "b")


def test_under_latest_a_symmetric_relation_stays_as_said() -> None:
    married = PACKAGED.relation("married_to")
    assert canonical(PACKAGED, married, "b", "a", UpdatePolicy.LATEST) == (married, "b", "a")


def test_any_other_relation_is_stored_as_it_is() -> None:
    lives = PACKAGED.relation("lives_in")
    assert canonical(PACKAGED, lives, "b", "a") == (lives, "b", "a")


def test_what_only_sets_or_ends_another_makes_no_fact_of_its_own() -> None:
    own = {name: PACKAGED.relation(name).recorded for name in ("lives_in", "moved_to", "moved_from", "child_of", "divorced", "visited")}
    assert own == {"lives_in": True, "moved_to": False, "moved_from": False, "child_of": False, "divorced": True, "visited": True}


def test_a_users_file_adds_types_and_relations(tmp_path: Path) -> None:
    ontology = extended(tmp_path, SHIP)
    assert ontology.is_a("Ship", "Product")
    assert ontology.relation("sails_on").exclusive is Side.SUBJECT
    assert ontology.named("is aboard") == ontology.relation("sails_on")
    assert ontology.relation("lives_in") == PACKAGED.relation("lives_in")


def test_a_users_file_changes_fields_and_adds_phrases(tmp_path: Path) -> None:
    ontology = extended(tmp_path, '[relations.works_at]\nexclusive = "none"\nsurface = ["slaves away at"]\n')
    works = ontology.relation("works_at")
    assert works.exclusive is None and works.label == "works at"
    assert {"employed by", "slaves away at"} <= set(works.surface)


def test_the_hash_stands_for_what_decides_belief(tmp_path: Path) -> None:
    assert load_ontology().hash == PACKAGED.hash
    assert extended(tmp_path, '[relations.works_at]\nsurface = ["slaves away at"]\n').hash == PACKAGED.hash
    assert extended(tmp_path, '[relations.works_at]\nexclusive = "none"\n').hash != PACKAGED.hash
    assert extended(tmp_path, SHIP).hash != PACKAGED.hash


@pytest.mark.parametrize(
    ("text", "line", "naming"),
    [
        ("[relations.naps]\n\nlabel = \n", 3, "not TOML"),
        ("[relations.naps\n", 1, "not TOML"),
        ('[relations.naps]\nsurface = ["sleeps"\nlabel = "naps"\n', 2, "not TOML: Unclosed array"),
        ('[relations.naps]\nlabel = "naps"\nsurface = ["sleeps",\n\n', 3, "not TOML"),
        ('[relations.naps]\nlabel = """naps\n\n', 2, "not TOML: Unterminated string"),
        ('[relations.naps]\nlabel = "naps"\nsurface = [\n  "falls asleep",\n  "asleep",\n  "is asleep at", "quit"]\n', 6, "'quit'"),
        ('[relations.naps]\nlabel = "naps"\nsubject = [\n  "Person",\n  "Perso"]\n', 5, "'Perso'"),
        ("# mine\n[relations]\nnaps = 3\n", 3, "'naps'"),
        ('# mine\n[relations]\nnaps.label = "naps"\nnaps.colour = "red"\n', 4, "'colour'"),
        ('\n[relations.naps]\nlabel = "naps"\nsubjects = ["Person"]\n', 4, "'subjects'"),
        ('[relations.naps]\nlabel = "naps"\n\nobject = ["Person",\n  "Cushion"]\n', 5, "'Cushion'"),
        ('[types.Cushion]\nparent = "Furniture"\n', 2, "'Furniture'"),
        ('[types.Cushion]\nparents = "Thing"\n', 2, "'parents'"),
        ('[types.A]\nparent = "B"\n[types.B]\nparent = "A"\n', 2, "'A'"),
        ('[types.Thing]\nparent = "Person"\n', 2, "its own ancestor"),
        ('[relations.naps]\nlabel = "naps"\nsurface = ["sleeps", "Employed  by"]\n', 3, "'Employed  by' already stands for 'works_at'"),
        ('[relations.naps]\nlabel = "works at"\n', 2, "'works_at'"),
        ("[relations.naps]\nevent = true\n", 1, "'naps' has no label"),
        ('[relations.naps]\nlabel = "naps"\nevent = "yes"\n', 3, "'yes'"),
        ('[relations.naps]\nlabel = "naps"\nends = "quit"\n', 3, "'quit'"),
        ('[relations.naps]\nlabel = "naps"\nends = [1]\n', 3, "[1]"),
        ('[relations.naps]\nlabel = "naps"\nexclusive = "both"\n', 3, "'both'"),
        ('[relations.naps]\nlabel = "naps"\nexclusive = "subject"\nsymmetric = true\n', 3, "symmetric"),
        ('[relations.naps]\nlabel = "naps"\ninverse = "dozes"\n', 3, "'dozes'"),
        ('[relations.naps]\nlabel = "naps"\ninverse = "child_of"\n', 3, "'child_of'"),
        ('[relations.naps]\nlabel = "naps"\ninverse = "naps"\n', 3, "'naps'"),
        ('[relations."Naps in"]\nlabel = "naps in"\n', 1, "'naps_in'"),
        ("relations.naps = 3\n", 1, "'naps'"),
        ('version = "2"\n', 1, "'version'"),
        ("types = 4\n", 1, "'types'"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(tmp_path: Path, text: str, line: int, naming: str) -> None:
    with pytest.raises(BadInput) as refused:
        extended(tmp_path, text)
    told = refused.value.message + refused.value.hint
    assert told.startswith(f"{tmp_path / 'mine.toml'}, line {line}: ") and naming in told and refused.value.hint


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "missing.toml"
    with pytest.raises(BadInput, match=r"missing\.toml"):
        load_ontology(missing)
    missing.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match=r"missing\.toml"):
        load_ontology(missing)


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("Organization", "Place", True),
        ("Building", "School", True),
        ("City", "Place", True),
        ("Person", "Thing", True),
        ("Person", "Place", False),
        ("Organization", "Person", False),
    ],
)
def test_one_entity_may_be_of_two_types_that_go_together(one: str, other: str, may: bool) -> None:
    ontology = load_ontology()
    assert ontology.compatible(one, other) is may
    assert ontology.compatible(other, one) is may
