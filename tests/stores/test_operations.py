"""What operations did is kept, so that they can be undone; and what was withdrawn can live again."""

from dataclasses import replace

import pytest

from graph.belief import belief_key
from graph.errors import NotFound
from graph.model import Change, ChangeKind, GroupSettings, Lapse, Operation, Review, ReviewKind, UpdatePolicy
from graph.ontology import Relation, Side
from graph.stores.base import Store
from tests.stores.builders import Writer, assertion, change, day, entity

KEY = belief_key(Relation("lives_in", "lives in", exclusive=Side.SUBJECT), "anna", "rome", UpdatePolicy.ONTOLOGY)


async def test_an_operation_is_read_back_with_what_it_did(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "rome")
    await writer.apply(2, assertions=[assertion("a", "anna", "lives_in", "rome", day(2))])
    logged = change(ChangeKind.FACT_ADDED, day(3))
    told = [assertion("b", "anna", "lives_in", "rome", day(3))]
    review = Review("r", "g", ReviewKind.DUPLICATE, "who?", day(3))
    await writer.apply(
        3, assertions=told, withdrawn=["a"], changes=[logged], reviews=[review], revised=[entity("anna", day(3), created_at=day(1))]
    )
    name = writer.applied[-1].operation
    (found,) = await store.operations("g", [name])
    assert found == Operation(
        name, day(3), name, changes=(logged.uuid,), asserted=("b",), withdrew=("a",), revised=("anna",), reviews=("r",)
    )
    assert await store.operations("g", ["nothing"]) == []
    assert await store.operations("other", [name]) == []


async def test_a_chain_of_undoings_comes_whole_whichever_of_it_is_named(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna")
    await writer.people(2, "ben")
    first, other = (given.operation for given in writer.applied)
    await writer.apply(3, undoes=first)
    await writer.apply(4, undoes=writer.applied[-1].operation)
    undo, redo = (given.operation for given in writer.applied[2:])
    for name in (first, undo, redo):
        found = await store.operations("g", [name, name])
        assert [(o.uuid, o.undoes, o.root) for o in found] == [(first, None, first), (undo, first, first), (redo, undo, first)]
    assert [o.uuid for o in await store.operations("g", [redo, other])] == [first, other, undo, redo]


async def test_what_was_withdrawn_lives_again_and_keeps_its_lapses(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna", "rome")
    await writer.apply(2, assertions=[assertion("a", "anna", "lives_in", "rome", day(2))])
    lapses: tuple[Lapse, ...] = ()
    for at in (3, 5):
        await writer.apply(at, withdrawn=["a"])
        lapses = (*lapses, Lapse(writer.applied[-1].operation, day(at), day(at + 1)))
        assert (await store.beliefs("g", [KEY])).assertions == ()
        await writer.apply(at + 1, reinstated=["a"])
        (living,) = (await store.beliefs("g", [KEY])).assertions
        assert (living.withdrawn_at, living.withdrawn_by, living.lapses) == (None, None, lapses)
    known = {at: living.withdrawn_as_known(day(at)) for at in (2, 3, 4, 5.5, 6)}
    assert known == {2: None, 3: day(3), 4: None, 5.5: day(5), 6: None}
    with pytest.raises(NotFound, match="'a'"):
        await writer.apply(7, reinstated=["a"])


async def test_an_operation_sets_the_groups_settings(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna")
    before = await store.group("g")
    assert before is not None
    settings = GroupSettings(UpdatePolicy.LATEST, "Europe/Vienna", "local")
    await writer.apply(2, settings=(before.settings, settings))
    assert await store.group("g") == replace(before, version=2, last_at=day(2), settings=settings)
    (found,) = await store.operations("g", [writer.applied[-1].operation])
    assert found.updates == (UpdatePolicy.ONTOLOGY, UpdatePolicy.LATEST)


async def test_what_an_operation_undoes_is_in_its_changes(store: Store, writer: Writer) -> None:
    await writer.people(1, "anna")
    logged: tuple[Change, ...] = await writer.apply(2, changes=[change(ChangeKind.FACT_RETRACTED, day(2), undoes="c")])
    assert (await store.changes("g", [logged[0].uuid], day(9)))[logged[0].uuid].undoes == "c"
