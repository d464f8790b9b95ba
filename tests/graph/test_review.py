"""Answers to reviews: what was so, and who is one with whom."""

from collections.abc import Sequence

import pytest

from graph.amend import Saying
from graph.belief import believed
from graph.errors import BadInput, Conflict, NotFound
from graph.inputs import Changed, EntityInput, FactInput
from graph.model import ChangeKind, Entity, Fact, Review, ReviewKind
from graph.review import all_corrected, set_apart
from graph.views import EntityFilter, Page
from tests.graph.scripted import Talk, day, person, place, says
from tests.graph.told import a
from tests.graph.told import day as long_ago

EVERY = Page(100)


async def annas(talk: Talk) -> tuple[Review, list[Entity]]:
    """Two known Annas and a third, who may be either of them."""
    for n, city in enumerate(("Rome", "Oslo"), start=1):
        told = FactInput(EntityInput(name=f"Anna {city}", type="Person"), "lives_in", EntityInput(name=city))
        await talk.memory.add_facts("g", [told])
        assert n
    await talk.tell(3, says(person("Anna"), "likes", place("Lima")), session="t")
    (review,) = (await (await talk.memory.graph("g")).reviews(ReviewKind.DUPLICATE, EVERY)).items
    return review, await people(talk)


async def people(talk: Talk) -> list[Entity]:
    found = (await (await talk.memory.graph("g")).entities(EntityFilter(types=("Person",)), "NAME", EVERY)).items
    return [e for e in found if e.name.startswith("Anna")]


async def resolve(talk: Talk, review: Review, keep: Sequence[Entity]) -> Changed:
    return await talk.memory.resolve_review("g", review.uuid, [e.uuid for e in keep], "I know them")


async def test_the_others_are_merged_into_the_one_that_is_kept(talk: Talk) -> None:
    review, family = await annas(talk)
    changed = await resolve(talk, review, family[2:])
    (one,) = await people(talk)
    assert set(one.aliases) == {"Anna", "Anna Oslo"} and one.name == "Anna Rome"
    kinds = [c.kind for c in changed.changes]
    assert (kinds.count(ChangeKind.ENTITIES_MERGED), kinds[-1]) == (2, ChangeKind.REVIEW_RESOLVED)
    with pytest.raises(Conflict, match="was resolved at"):
        await resolve(talk, review, family)
    resolved = (await (await talk.memory.graph("g")).load_reviews([review.uuid]))[review.uuid]
    assert (resolved.resolution, resolved.reason) == (changed.changes[-1].uuid, review.reason)


async def test_all_kept_are_apart_for_good(talk: Talk) -> None:
    review, family = await annas(talk)
    changed = await resolve(talk, review, family)
    assert [c.kind for c in changed.changes] == [ChangeKind.REVIEW_RESOLVED]
    now = await people(talk)
    assert [(e.name, set(e.apart)) for e in now] == [(e.name, {o.uuid for o in family} - {e.uuid}) for e in family]
    assert list((await (await talk.memory.graph("g")).reviews(None, EVERY)).items) == []


async def test_some_of_many_is_no_answer_until_the_others_are_merged(talk: Talk) -> None:
    review, family = await annas(talk)
    with pytest.raises(BadInput, match="2 of 3"):
        await resolve(talk, review, family[:2])
    await talk.memory.merge_entities("g", family[0].uuid, [family[2].uuid], "one")
    await resolve(talk, review, family[:2])
    assert [len(e.apart) for e in await people(talk)] == [1, 1]


async def test_an_unknown_review_is_not_found(talk: Talk) -> None:
    with pytest.raises(NotFound):
        await talk.memory.resolve_review("g", "none", ["x"], "why")


def test_who_is_apart_already_reads_as_before() -> None:
    anna = Entity("anna", "g", "Anna", "Person", None, day(0), day(0))
    apart = set_apart(anna, ["anna", "bo"], day(1))
    assert (apart.apart, apart.recorded_at) == (("bo",), day(1))
    assert set_apart(apart, ["bo"], day(2)) is apart


def test_each_of_several_is_corrected_and_what_is_believed_no_more_passed_over() -> None:
    told = [a(city, 1, 1, text=city) for city in ("rome", "oslo", "lima")]
    facts = [as_fact(t.object) for t in told]
    saying = Saying("op", "anna", long_ago(5))
    for wrong, left in ((facts[1:], {"rome"}), (facts[:1], {"oslo", "lima"}), ([as_fact("bonn"), facts[2]], {"rome", "oslo"})):
        after = all_corrected(wrong, told, saying).applied(told)
        assert {s.object for s in believed(after)} == left


def as_fact(city: str) -> Fact:
    from_ = long_ago(1)
    return Fact(city, "g", "s:lives_in:anna", "anna", "lives_in", city, city, from_, a(city, 1, 1).precision, from_)


async def tied(talk: Talk) -> Review:
    """Two homes told at once, which cannot both be."""
    told = [
        FactInput(EntityInput(name="Ann", type="Person"), "lives_in", EntityInput(name=city), valid_at=day(1), said_at=day(2))
        for city in ("Rome", "Oslo")
    ]
    await talk.memory.add_facts("g", told)
    (review,) = await open_reviews(talk)
    return review


async def open_reviews(talk: Talk) -> Sequence[Review]:
    return (await (await talk.memory.graph("g")).reviews(ReviewKind.CONTRADICTION, EVERY)).items


async def test_an_answer_to_a_contradiction_undone_asks_the_same_question_again_about_the_facts_of_now(talk: Talk) -> None:
    review = await tied(talk)
    rome = next(f for f in await talk.facts() if "Rome" in f.text)
    resolved = await talk.memory.resolve_review("g", review.uuid, [rome.uuid], "Rome it was")
    assert list(await open_reviews(talk)) == []
    undone = await talk.memory.undo("g", resolved.changes[0].uuid)
    (again,) = await open_reviews(talk)
    assert (again.uuid, again.resolved_at, again.resolution) == (review.uuid, None, None)
    assert set(again.facts) == {f.uuid for f in await talk.facts()}
    assert [c.kind for c in undone.changes].count(ChangeKind.REVIEW_OPENED) == 1
    await talk.memory.undo("g", undone.changes[0].uuid)
    assert list(await open_reviews(talk)) == []
    (now,) = await talk.facts()
    assert now.text == "Ann lives in Rome"


async def test_what_was_told_at_once_and_undone_is_asked_about_once_when_it_is_told_again_by_an_undo(talk: Talk) -> None:
    review = await tied(talk)
    for told in range(2):
        log = (await (await talk.memory.graph("g")).changes(EVERY)).items
        await talk.memory.undo("g", log[-1].uuid)
        assert [r.uuid for r in await open_reviews(talk)] == ([review.uuid] if told else [])


async def test_a_question_that_stayed_open_is_not_asked_once_more(talk: Talk) -> None:
    review = await tied(talk)
    (one, _) = await talk.facts()
    wrong = await talk.memory.correct_fact("g", one.uuid, "never", None)
    await talk.memory.undo("g", wrong.changes[0].uuid)
    (again,) = await open_reviews(talk)
    assert (again.uuid, set(again.facts)) == (review.uuid, {f.uuid for f in await talk.facts()})
