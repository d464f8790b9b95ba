"""A name means those that bear it exactly; what is new gets a key of its own."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from graph.errors import BadInput, NotFound
from graph.inputs import EntityInput
from graph.model import Entity
from graph.naming import Naming
from graph.resolve import entity_key, normal
from graph.views import Candidate

AT = datetime(2025, 1, 1, tzinfo=UTC)


def known(uuid: str, name: str, type_: str, **more: Any) -> Entity:
    return replace(Entity(uuid, "g", name, type_, entity_key(name, type_), AT, AT), **more)


def naming(*candidates: tuple[str, Entity, str]) -> Naming:
    return Naming("g", AT, [Candidate(normal(name), entity, matched) for name, entity, matched in candidates], {})


def named(name: str, type_: str | None = None) -> EntityInput:
    return EntityInput(name=name, type=type_)


def test_an_exact_name_and_an_alias_are_meant_and_a_first_name_is_not() -> None:
    anna, leo, mia = known("1", "Anna", "Person"), known("2", "Leo Marsh", "Person"), known("3", "Mia", "Person")
    found = naming(("Anna", anna, "KEY"), ("Leo", leo, "FIRST_NAME"), ("Mum", mia, "ALIAS"))
    assert (found.entity(named(" ANNA "), (), "f"), found.entity(named("mum"), (), "f")) == (anna, mia)
    assert found.entity(named("Leo", "Person"), (), "f").uuid != leo.uuid
    assert [e.name for e in found.made] == ["Leo"]


def test_a_new_one_is_made_once_and_of_the_first_type_that_fits() -> None:
    found = naming()
    made = found.entity(named("Acme"), ("Organization", "Thing"), "f")
    assert (made.name, made.type, made.key) == ("Acme", "Organization", "acme|Organization")
    assert found.entity(named("acme"), ("City",), "f") is made
    assert found.entity(named("tea"), (), "f").type == "Thing"
    assert found.made == [made, found.entity(named("Tea"), (), "f")]


def test_a_type_tells_namesakes_apart_and_without_one_they_are_refused() -> None:
    planet, god = known("1", "Mercury", "Planet"), known("2", "Mercury", "God")
    found = naming(("Mercury", planet, "KEY"), ("Mercury", god, "KEY"))
    assert found.entity(named("Mercury", "God"), (), "f") == god
    with pytest.raises(BadInput, match=r"Mercury \(Planet, 1\), Mercury \(God, 2\)"):
        found.entity(named("Mercury"), (), "f")


def test_of_what_it_was_first_taken_for_it_is_still_meant_unless_another_is_just_that() -> None:
    narrowed = known("1", "Mercury", "Planet", key="mercury|Thing")
    assert naming(("Mercury", narrowed, "KEY")).entity(named("Mercury", "Thing"), (), "f") == narrowed
    thing = known("2", "Mercury", "Thing", key="mercury|Thing#2")
    found = naming(("Mercury", narrowed, "KEY"), ("Mercury", thing, "KEY"))
    assert found.entity(named("Mercury", "Thing"), (), "f") == thing


def test_a_key_that_is_taken_is_never_given_again() -> None:
    merged = known("1", "Acme", "Thing", merged_into="2")
    made = naming(("Acme", merged, "KEY")).entity(named("Acme", "Thing"), (), "f")
    assert made.key == "acme|Thing#2"


def test_an_id_means_its_entity_or_nothing() -> None:
    anna = known("1", "Anna", "Person")
    found = Naming("g", AT, [], {"1": anna})
    assert found.entity(EntityInput(id="1", name="anna"), (), "f") == anna
    with pytest.raises(BadInput, match="of 'Anna', which is not called 'whoever'"):
        found.entity(EntityInput(id="1", name="whoever"), (), "f")
    with pytest.raises(NotFound, match="'2'"):
        found.entity(EntityInput(id="2"), (), "f")
