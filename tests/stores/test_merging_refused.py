"""What is not merged without a question: what cannot be one, and those that are called the same."""

import pytest

from graph.errors import BadInput, Conflict, NotFound
from graph.model import ChangeKind, ReviewKind
from graph.revise import Revision
from graph.stores.base import Store
from graph.views import FactFilter
from tests.schema.memories import memory_on
from tests.stores.builders import day
from tests.stores.test_merging import EVERY, STANDING, World


@pytest.fixture
def world(store: Store) -> World:
    now = [day(0)]
    return World(memory_on(store, lambda: now[0]), now)


async def test_what_cannot_be_merged_says_why(world: World) -> None:
    await world.say(1, ("A", "knows", "B"), ("C", "knows", "B"))
    a, b, c = [await world.uuid(name) for name in "ABC"]
    merge = world.memory.merge_entities
    with pytest.raises(BadInput, match="itself"):
        await merge("g", a, [b, a], "why")
    with pytest.raises(BadInput, match="no entities"):
        await merge("g", a, [], "why")
    for keep, other in ((a, "nobody"), ("nobody", a)):
        with pytest.raises(NotFound, match="'nobody'"):
            await merge("g", keep, [other], "why")
    await merge("g", a, [c], "why")
    for keep, other in ((c, b), (b, c), (a, c)):
        with pytest.raises(Conflict, match="'C' was merged into 'A'"):
            await merge("g", keep, [other], "why")
    with pytest.raises(NotFound):
        await merge("other", a, [b], "why")


@pytest.mark.parametrize("over", [False, True])
async def test_a_fact_between_two_stands_in_the_way_of_their_being_one(world: World, over: bool) -> None:
    told = await world.say(1, ("A", "knows", "B"), ("A", "likes", "tea"), ("C", "likes", "tea"))
    (between,) = [f for f in told.facts if f.relation == "knows"]
    if over:
        ended = await world.memory.end_fact("g", between.uuid, day(1.5), "they fell out")
        (between,) = [f for f in ended.facts if f.relation == "knows"]
    for keep, others in (("A", ("B",)), ("B", ("A",)), ("C", ("A", "B"))):
        with pytest.raises(Conflict, match="between them: 'A knows B'"):
            await world.merge(2, keep, *others)
    await world.merge(3, "C", "B")
    with pytest.raises(Conflict, match="'A knows B'"):
        await world.merge(4, "A", "C")
    assert {frozenset(row[:3]) for row in await world.rows()} >= {frozenset(("A", "knows", "C"))}
    (now,) = (await (await world.memory.graph("g")).facts(FactFilter(relations=("knows",), status=STANDING), "OLDEST", EVERY)).items
    await world.memory.correct_fact("g", now.uuid, "it was C all along")
    await world.merge(5, "A", "C")
    assert await world.rows() == [("A", "likes", "tea", 1, None)]


@pytest.mark.parametrize("revision", [Revision(name="anna"), Revision(add_aliases=("Mum",))])
async def test_a_name_that_another_has_asks_whether_they_are_one(world: World, store: Store, revision: Revision) -> None:
    await world.say(1, ("Anna", "likes", "tea"), ("Bo", "likes", "tea"), ("Cy", "lives_in", "Oslo"))
    anna, bo, oslo = [await world.uuid(name) for name in ("Anna", "Bo", "Oslo")]
    world.now[0] = day(2)
    await world.memory.update_entity("g", anna, Revision(add_aliases=("Mum",)))
    await world.memory.update_entity("g", oslo, revision)  # a city is nobody
    given = await world.memory.update_entity("g", bo, revision)
    reviews = (await (await world.memory.graph("g")).reviews(None, EVERY)).items
    assert [(r.kind, set(r.entities)) for r in reviews] == [(ReviewKind.DUPLICATE, {anna, bo})]
    assert "'Anna' had before" in reviews[0].reason
    assert ChangeKind.REVIEW_OPENED in {c.kind for c in given.changes}
    await world.memory.update_entity("g", bo, Revision(name="Anna", add_aliases=("Bea", "Mum")))  # it is asked already
    assert len((await (await world.memory.graph("g")).reviews(None, EVERY)).items) == 1
    await world.memory.resolve_review("g", reviews[0].uuid, [anna, bo], "two people")
    await world.memory.update_entity("g", bo, Revision(name="Bo", remove_aliases=("Anna", "Mum")))
    await world.memory.update_entity("g", bo, revision)
    assert (await (await world.memory.graph("g")).reviews(None, EVERY)).items == ()
    undone = await world.memory.undo("g", given.changes[0].uuid)
    assert undone.changes


async def test_what_is_of_types_that_exclude_one_another_is_not_one(world: World) -> None:
    await world.say(1, ("Anna", "lives_in", "Rome"), ("Anna", "works_at", "Acme"), ("Bo", "likes", "Annie"))
    with pytest.raises(Conflict, match="'Anna' is of type Person and 'Rome' of type Place"):
        await world.merge(2, "Anna", "Rome")
    with pytest.raises(Conflict, match="'Rome' is of type Place and 'Bo' of type Person"):
        await world.merge(2, "Annie", "Rome", "Bo")  # Annie may be anything
    await world.merge(3, "Annie", "Anna")
    await world.memory.update_entity("g", await world.uuid("Rome"), Revision(type="Spaceport"))
    await world.merge(4, "Acme", "Rome")  # the ontology has no such type
