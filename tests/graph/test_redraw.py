"""What is believed, drawn anew under other rules."""

from dataclasses import replace
from pathlib import Path

import pytest

from graph.errors import Conflict
from graph.memory import Memory
from graph.model import ChangeKind
from graph.ontology import load_ontology
from graph.redraw import whole
from tests.graph.scripted import Talk, place, says


@pytest.fixture
def other(talk: Talk, tmp_path: Path) -> Memory:
    """A service on the same store for which one likes one thing at a time."""
    own = tmp_path / "own.toml"
    own.write_text('[relations.likes]\nlabel = "likes"\nexclusive = "subject"\n')
    return Memory(replace(talk.memory.parts, ontology=load_ontology(own)))


async def told(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "likes", place("Rome")))
    await talk.tell(2, says("Ada", "likes", place("Oslo")))


async def test_the_whole_of_a_group_is_what_stands_in_it(talk: Talk) -> None:
    await told(talk)
    found = await whole(talk.memory.parts.store, "g")
    assert (len(found.assertions), {f.uuid for f in found.facts}) == (2, {f.uuid for f in await talk.facts()})
    await talk.memory.correct_fact("g", found.facts[0].uuid, "never")
    after = await whole(talk.memory.parts.store, "g")
    assert (len(after.assertions), len(after.facts)) == (1, 1)


async def test_a_group_keeps_the_ontology_of_its_first_operation(talk: Talk) -> None:
    await told(talk)
    group = await talk.memory.parts.store.group("g")
    assert group is not None
    assert group.ontology_hash == talk.memory.parts.ontology.hash


async def test_a_service_with_another_ontology_refuses_to_write(talk: Talk, other: Memory) -> None:
    await told(talk)
    fact = (await talk.facts())[0]
    with pytest.raises(Conflict, match="another ontology") as refused:
        await other.end_fact("g", fact.uuid, "2030", "so it is")
    assert "palimpsest ontology apply" in refused.value.hint
    assert len(await talk.believed()) == 2


async def test_another_ontology_is_applied_as_one_operation(talk: Talk, other: Memory) -> None:
    await told(talk)
    done = await other.apply_ontology("g", "one at a time")
    assert {change.rule for change in done.changes} == {"ontology"}
    assert ChangeKind.FACT_ENDED in [change.kind for change in done.changes]
    assert [(o, e) for _, _, o, _, e in await talk.believed()] == [("Rome", 2), ("Oslo", None)]
    assert (await other.apply_ontology("g")).changes == ()
    with pytest.raises(Conflict, match="another ontology"):
        await talk.memory.undo("g", done.changes[0].uuid)
    with pytest.raises(Conflict) as refused:
        await other.undo("g", done.changes[0].uuid)
    assert "ontology apply" in refused.value.hint
    await talk.memory.apply_ontology("g")
    assert [e for *_, e in await talk.believed()] == [None, None]
