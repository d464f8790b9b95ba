"""Near names over several messages: one where something else is known of both, asked about where nothing is, and two for good once told."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from typing import Any, cast

import pytest

from extractors.embed import WordLlama, WordLlamaEmbedder
from graph.confirm import AGAIN, MOST_EPISODES, MOST_PAIRS, confirm
from graph.errors import StoreAway
from graph.inputs import MessageInput
from graph.language import Mention, MentionKind, Statement
from graph.memory import Memory
from graph.model import ChangeKind, Entity, Review, ReviewKind, WorkState
from graph.spelling import Nearness
from graph.stores.base import Store
from graph.twin import Near, review_of
from graph.views import EntityFilter, Page
from tests.graph.scripted import Talk, company, day, person, place, says

EVERY = Page(100)
LEE, LEIGH = person("Katherine Lee"), person("Catherine Lee")


def works(who: Mention) -> tuple[Statement, Statement]:
    """Two strong pieces of evidence."""
    return says(who, "works_at", company("Norte")), says(who, "member_of", company("Tidewater"))


async def people(talk: Talk) -> list[Entity]:
    """Those that are one with no other, without the speaker."""
    found = (await (await talk.memory.graph("g")).entities(EntityFilter(types=("Person",)), "NAME", EVERY)).items
    return [e for e in found if e.name != "Ada"]


async def names(talk: Talk) -> list[str]:
    return [e.name for e in await people(talk)]


async def reviews(talk: Talk) -> Sequence[Review]:
    return (await (await talk.memory.graph("g")).reviews(ReviewKind.DUPLICATE, EVERY)).items


@pytest.mark.parametrize("first", [0, 1])
async def test_two_spellings_of_one_at_one_employer_are_one_in_either_order(talk: Talk, first: int) -> None:
    told = [works(LEE), works(LEIGH)]
    await talk.tell(1, *told[first], session="a")
    await talk.tell(2, *told[1 - first], session="b")
    (one,) = await people(talk)
    assert {one.name, *one.aliases} == {"Katherine Lee", "Catherine Lee"}
    merged = [c for c in (await (await talk.memory.graph("g")).changes(EVERY)).items if c.kind is ChangeKind.ENTITIES_MERGED]
    assert [(c.actor, c.rule) for c in merged] == [("resolver", "merged")]
    assert "one name in two spellings" in merged[0].reason and "the same is said of both (works at)" in merged[0].reason
    assert list(await reviews(talk)) == []


@pytest.mark.parametrize("order", list(permutations(range(3))))
async def test_the_order_of_messages_does_not_decide_who_is_one(talk: Talk, order: tuple[int, ...]) -> None:
    told = [works(LEE), (says(LEIGH, "likes", place("Oslo")),), works(LEIGH)]
    for at, number in enumerate(order, start=1):
        await talk.tell(at, *told[number], session=f"s{at}")
    assert (len(await people(talk)), list(await reviews(talk))) == (1, [])


async def test_what_was_undone_is_not_done_again(talk: Talk) -> None:
    await talk.tell(1, *works(LEE), session="a")
    await talk.tell(2, *works(LEIGH), session="b")
    merged = [c for c in (await (await talk.memory.graph("g")).changes(EVERY)).items if c.kind is ChangeKind.ENTITIES_MERGED]
    await talk.memory.undo("g", merged[0].uuid, "two people")
    await talk.tell(3, says(LEIGH, "likes", company("Tidewater")), says(LEE, "likes", company("Tidewater")), session="c")
    assert await names(talk) == ["Catherine Lee", "Katherine Lee"]


async def test_without_more_than_the_names_a_person_is_asked_once_and_later_words_may_answer(talk: Talk) -> None:
    await talk.tell(1, *works(LEE), session="a")
    await talk.tell(2, says(LEIGH, "likes", place("Oslo")), session="b")
    (review,) = await reviews(talk)
    assert {e.uuid for e in await people(talk)} == set(review.entities)
    assert "(92% of the letters)" in review.reason and "nothing else is known of both" in review.reason
    await talk.tell(3, says(LEIGH, "likes", place("Rome")), session="b")
    assert list(await reviews(talk)) == [review]
    await talk.tell(4, *works(LEIGH), session="b")
    assert len(await people(talk)) == 1
    assert list(await reviews(talk)) == []
    resolved = (await (await talk.memory.graph("g")).load_reviews([review.uuid]))[review.uuid]
    assert resolved.resolved_at is not None


async def test_those_told_apart_are_never_asked_about_nor_made_one_again(talk: Talk) -> None:
    await talk.tell(1, *works(LEE), session="a")
    await talk.tell(2, says(LEIGH, "likes", place("Oslo")), session="b")
    (review,) = await reviews(talk)
    await talk.memory.resolve_review("g", review.uuid, list(review.entities), "two people")
    await talk.tell(3, *works(LEIGH), session="b")
    assert (await names(talk), list(await reviews(talk))) == (["Catherine Lee", "Katherine Lee"], [])


async def test_whoever_was_found_to_be_one_is_told_of_under_both_names(talk: Talk) -> None:
    await talk.tell(1, *works(LEE), session="a")
    await talk.tell(2, says(LEIGH, "likes", place("Oslo")), session="b")
    (review,) = await reviews(talk)
    await talk.memory.resolve_review("g", review.uuid, review.entities[:1], "one")
    await talk.tell(3, says(LEIGH, "likes", place("Rome")), session="b")
    (one,) = await people(talk)
    assert {(s, r) for s, r, *_ in await talk.believed()} == {(one.name, "works_at"), (one.name, "member_of"), (one.name, "likes")}


@pytest.mark.parametrize(("one", "other"), [("Sara", "Sarah"), ("Marc", "Mark")])
async def test_a_given_name_alone_is_asked_about_however_much_is_shared(talk: Talk, one: str, other: str) -> None:
    for at, name in enumerate((one, other), start=1):
        await talk.tell(at, *works(person(name)))
    assert (await names(talk), len(await reviews(talk))) == ([one, other], 1)


@pytest.mark.parametrize(
    "told",
    [
        [says(person("Jon Smith"), "lives_in", place("Oslo")), says(person("John Smyth"), "lives_in", place("Rome"))],
        [says(person("Anna"), "likes", place("Oslo")), says(person("Anne"), "likes", place("Oslo"))],
        [says(person("Anna Brown"), "works_at", company("Norte")), says(person("Hanna Brown"), "works_at", company("Norte"))],
        [says(person("Christina"), "likes", place("Oslo")), says(person("Christine"), "lives_in", place("Rome"))],
    ],
)
async def test_other_people_stay_two_without_a_question(talk: Talk, told: Sequence[Statement]) -> None:
    for at, statement in enumerate(told, start=1):
        await talk.tell(at, statement, session=f"s{at}")
    assert (len(await people(talk)), list(await reviews(talk))) == (2, [])


async def test_numbers_tell_things_apart(talk: Talk) -> None:
    for at, name in enumerate(("Chat 1", "Chat 2"), start=1):
        await talk.tell(at, says(Mention(MentionKind.NAME, name, "Thing"), "owned_by", company("Norte")))
    found = (await (await talk.memory.graph("g")).entities(EntityFilter(types=("Thing",)), "NAME", EVERY)).items
    assert ([e.name for e in found], list(await reviews(talk))) == (["Chat 1", "Chat 2"], [])


async def test_what_contradicts_is_asked_about_with_both_sides(talk: Talk) -> None:
    await talk.tell(1, says(LEE, "works_at", company("Norte")), says(LEE, "lives_in", place("Oslo")), session="a")
    await talk.tell(2, says(LEIGH, "works_at", company("Norte")), says(LEIGH, "lives_in", place("Rome")), session="b")
    (review,) = await reviews(talk)
    assert "said of both (works at)" in review.reason and "different (lives in)" in review.reason
    facts = await (await talk.memory.graph("g")).load_facts(review.facts)
    assert {f.relation for f in facts.values()} == {"works_at", "lives_in"}


async def test_two_in_one_message_are_two(talk: Talk) -> None:
    await talk.tell(1, says(LEE, "works_at", company("Norte")), says(LEIGH, "works_at", company("Norte")))
    assert (await names(talk), list(await reviews(talk))) == (["Catherine Lee", "Katherine Lee"], [])


async def test_two_whom_one_message_named_long_ago_are_two(talk: Talk) -> None:
    await talk.tell(1, says(LEE, "likes", place("Oslo")), says(LEIGH, "likes", place("Rome")))
    for who in (LEE, LEIGH):
        lines = [f"{who.text} {n}" for n in range(MOST_EPISODES + 5)]
        talk.script.script |= {line: [says(who, "likes", place("Oslo"))] for line in lines}
        added = await talk.memory.add_messages("g", "s", [MessageInput("user", line, said_at=day(2)) for line in lines])
        await talk.memory.finished("g", added.work.uuid)
    await talk.tell(3, *works(LEE))
    await talk.tell(4, *works(LEIGH))
    assert (await names(talk), list(await reviews(talk))) == (["Catherine Lee", "Katherine Lee"], [])


async def test_no_more_than_a_few_are_asked_about_at_once_and_the_last_says_how_many_wait(talk: Talk) -> None:
    known = ("Jon Vale", "Sara Ortiz", "Katherine Lee", "Philip Brandt", "Theo Marsh")
    again = ("John Vale", "Sarah Ortiz", "Catherine Lee", "Phillip Brandt", "Teo Marsh")
    await talk.tell(1, *(says(person(name), "likes", place(f"Town {n}")) for n, name in enumerate(known)), session="a")
    await talk.tell(2, *(says(person(name), "likes", place(f"City {n}")) for n, name in enumerate(again)), session="b")
    asked = await reviews(talk)
    assert len(asked) == 3
    assert ["2 more pairs" in r.reason for r in asked] == [False, False, True]
    await talk.tell(3, *(says(person(name), "likes", place(f"Port {n}")) for n, name in enumerate(again)), session="b")
    assert len(await reviews(talk)) == 5


async def test_names_of_a_word_in_common_are_asked_about_where_they_mean_the_same_and_something_is_shared(talk: Talk) -> None:
    talk = replace(talk, memory=Memory(replace(talk.memory.parts, embedder=WordLlamaEmbedder(WordLlama()))))
    await talk.tell(1, says(company("Tidewater Labs"), "owned_by", company("Norte")), session="a")
    await talk.tell(2, says(company("Tidewater"), "owned_by", company("Norte")), session="b")
    await talk.tell(3, says(company("Tidewater Bakery"), "owned_by", company("Norte")), session="c")
    (review,) = await reviews(talk)
    assert "'Tidewater'" in review.reason and "'Tidewater Labs'" in review.reason and "alike in meaning (0." in review.reason


def test_one_review_may_ask_about_two() -> None:
    assert review_of("a", "b") == review_of("b", "a") != review_of("a", "c")


@dataclass
class Failing:
    """A store that does not answer what near names need."""

    store: Store
    fails: str

    def __getattr__(self, name: str) -> Any:
        if name == self.fails:
            return self.fail
        return getattr(self.store, name)

    async def fail(self, *_: object) -> Any:
        raise StoreAway("the store is away")


@pytest.mark.parametrize(("fails", "told"), [("met", "whether 'Catherine Lee' and 'Katherine Lee' of 'g'"), ("near", "near names of")])
async def test_what_is_learnt_stays_learnt_where_near_names_fail(
    talk: Talk, fails: str, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    await talk.tell(1, *works(LEE), session="a")
    down = replace(talk, memory=Memory(replace(talk.memory.parts, store=cast(Store, Failing(talk.memory.parts.store, fails)))))
    with caplog.at_level(logging.WARNING, "palimpsest"):
        added = await down.tell(2, *works(LEIGH), session="b")
    (message,) = caplog.messages
    assert message.startswith(told) and "the store is away" in message and "judged again when either is told of" in message
    work = await talk.memory.finished("g", added.work.uuid)
    assert (work.state, work.error) == (WorkState.DONE, None)
    assert await names(talk) == ["Catherine Lee", "Katherine Lee"]
    await talk.tell(3, says(LEIGH, "likes", place("Oslo")), session="c")
    assert len(await people(talk)) == 1


async def test_the_nearest_are_judged_first_and_the_log_tells_what_was_cut(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    await talk.tell(1, *works(LEE), session="a")
    down = replace(talk, memory=Memory(replace(talk.memory.parts, store=cast(Store, Failing(talk.memory.parts.store, "near")))))
    await down.tell(2, *works(LEIGH), session="b")
    one, other = (e.uuid for e in await people(talk))
    others = [Near(one, f"gone {n}", ("Katherine Lee", f"Gone {n}"), Nearness.SENSE) for n in range(MOST_PAIRS)]
    caplog.clear()
    with caplog.at_level(logging.WARNING, "palimpsest"):
        await confirm(talk.memory.parts, "g", [*others, Near(one, other, ("Catherine Lee", "Katherine Lee"), Nearness.SOUND)])
    assert caplog.messages == [f"of 9 pairs of near names in 'g' only the nearest 8 were looked at; {AGAIN}"]
    assert len(await people(talk)) == 1
