"""How an entity reads once a person has told."""

from dataclasses import replace
from typing import Any

import pytest

from graph.errors import BadInput, Conflict, NotFound
from graph.inputs import EntityInput, FactInput
from graph.model import Entity
from graph.parts import Limits
from graph.revise import Revision, revised, told
from graph.time import FAR, TICK, AsOf
from tests.graph.scripted import Talk, day

ANNA = Entity("u", "g", "Anna", "Person", "anna|Person", day(0), day(0), aliases=("Mum",))
EVER = AsOf(FAR - TICK, FAR - TICK)


def after(taken: tuple[str, ...] = (), known: Entity = ANNA, **given: Any) -> Entity:
    return revised(known, Revision(**given), taken, day(1))


def test_the_former_name_stays_an_alias_unless_it_is_removed() -> None:
    one = after(name=" Anna Berg ")
    assert (one.name, one.aliases, one.key, one.recorded_at) == ("Anna Berg", ("Mum", "Anna"), "anna berg|Person", day(1))
    assert after(name="Anna Berg", remove_aliases=("anna",)).aliases == ("Mum",)
    assert after(name="Mum").aliases == ("Anna",)
    assert (after(name="ANNA").key, after(name="ANNA").aliases) == ("anna|Person", ("Mum",))


def test_a_key_that_is_taken_is_numbered_and_one_that_is_called_no_more_given_up() -> None:
    assert after(name="Bea", taken=("bea|Person",)).key == "bea|Person#2"
    assert after(type="Author").key == "anna|Author"
    known_by_alias = replace(ANNA, key="mum|Person")
    assert after(known=known_by_alias, add_aliases=("Ann",)).key == "mum|Person"
    assert after(known=known_by_alias, remove_aliases=("Mum",)).key == "anna|Person"
    assert after(known=replace(ANNA, key=None), summary="x").key is None


def test_what_changes_nothing_is_no_version() -> None:
    assert after(name="Anna", type="Person", add_aliases=("mum",), summary="") is ANNA


def test_aliases_and_summary_come_and_go() -> None:
    one = after(add_aliases=("Ann", "ann", "anna"), remove_aliases=("Mum",), summary=" A cook. ")
    assert (one.aliases, one.summary) == (("Ann",), "A cook.")
    assert after(known=one, summary="").summary is None
    assert told(ANNA, one) == "also as 'Ann', no longer as 'Mum', its summary was written"
    assert told(ANNA, after(name="Bea", type="Author")) == "it is now known as 'Bea', its type is Author, also as 'Anna'"


def test_its_name_cannot_be_removed_nor_what_it_is_not_called() -> None:
    for wrong in ("Anna", "Bea"):
        with pytest.raises(BadInput, match=wrong):
            after(remove_aliases=(wrong,))


async def test_what_cannot_be_told_is_refused(talk: Talk) -> None:
    likes = [FactInput(EntityInput(name=name, type="Person"), "likes", EntityInput(name="tea")) for name in ("Ada", "Bo")]
    ada, _, bo = [e.uuid for e in (await talk.memory.add_facts("g", likes)).entities]
    many = tuple(f"a{n}" for n in range(Limits().aliases + 1))
    for given in ({}, {"name": " "}, {"type": ""}, {"add_aliases": ("x" * 2000,)}, {"add_aliases": many}):
        with pytest.raises(BadInput):
            await talk.memory.update_entity("g", ada, Revision(**given))
    with pytest.raises(NotFound):
        await talk.memory.update_entity("g", "nobody", Revision(name="x"))
    await talk.memory.merge_entities("g", ada, [bo], "one")
    with pytest.raises(Conflict, match="'Bo' was merged into 'Ada'"):
        await talk.memory.update_entity("g", bo, Revision(name="x"))
    assert len((await talk.memory.parts.store.versions("g", [bo]))[bo]) == 2
    assert (await talk.memory.parts.store.entities("g", [ada], EVER))[ada].aliases == ("Bo",)
