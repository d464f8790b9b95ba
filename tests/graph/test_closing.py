"""What an event closed stands and falls with it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from graph.amend import Amendment, Saying
from graph.closing import closed_by, closing_again, freeing, keys_closed
from graph.inputs import EntityInput, FactInput
from graph.language import Mention, MentionKind, Statement
from graph.model import Assertion, Fact, UpdatePolicy
from graph.ontology import load_ontology
from graph.views import Page
from tests.graph.scripted import Talk, company, day, on, person, place, says
from tests.graph.told import a
from tests.graph.told import day as long_ago

ONTOLOGY = load_ontology()
Row = tuple[str, str, str, float, float | None]


def date(text: str) -> Mention:
    return Mention(MentionKind.VALUE, text, "Date")


def died(at: int, **more: object) -> Statement:
    return says("Tom", "died_on", date(f"day {at}"), start=on(at), quote=f"Tom died on day {at}", **more)


async def of_tom(talk: Talk) -> list[Row]:
    return [row for row in await talk.believed() if row[1] != "died_on"]


async def the(talk: Talk, relation: str) -> Fact:
    (fact,) = await talk.facts(relation)
    return fact


async def tom_lives(talk: Talk) -> Sequence[Row]:
    """He lives in Graz, works at Norte and is Mia's friend; answered is what is believed of him then."""
    await talk.tell(1, says("Tom", "lives_in", place("Graz")), says("Tom", "works_at", company("Norte")))
    await talk.tell(1, says("Tom", "engaged_to", person("Mia")), says("Tom", "friend_of", person("Bo")))
    return await of_tom(talk)


async def test_a_death_that_was_never_so_leaves_what_it_closed_as_it_was(talk: Talk) -> None:
    before = await tom_lives(talk)
    await talk.tell(9, died(5))
    ended = await of_tom(talk)
    assert {r for _, r, _, _, until in ended if until == 5} == {"lives_in", "works_at", "engaged_to"}
    corrected = await talk.memory.correct_fact("g", (await the(talk, "died_on")).uuid, "it was another Tom")
    assert await of_tom(talk) == before
    undone = await talk.memory.undo("g", corrected.changes[0].uuid)
    assert await of_tom(talk) == ended
    await talk.memory.undo("g", undone.changes[0].uuid)
    assert await of_tom(talk) == before


@pytest.mark.parametrize("other", [3, 7])
async def test_a_death_on_another_day_closes_what_it_closed_on_that_day(talk: Talk, other: int) -> None:
    await tom_lives(talk)
    await talk.tell(9, died(5))
    right = FactInput(
        EntityInput(name="Tom"), "died_on", EntityInput(name=f"day {other}", type="Date"), valid_at=day(other).date().isoformat()
    )
    for _ in range(2):  # what was corrected can be corrected as well
        await talk.memory.correct_fact("g", (await the(talk, "died_on")).uuid, "misread", right)
        ended = {r: until for _, r, _, _, until in await of_tom(talk)}
        assert ended == {"lives_in": other, "works_at": other, "engaged_to": other, "friend_of": None}
    await talk.memory.correct_fact("g", (await the(talk, "died_on")).uuid, "it was another Tom")
    assert {until for *_, until in await of_tom(talk)} == {None}


@pytest.mark.parametrize("other", [3, 7])
@pytest.mark.parametrize("session", ["s", "another"])
async def test_a_death_that_is_said_to_be_on_another_day_closes_on_that_day(talk: Talk, other: int, session: str) -> None:
    await tom_lives(talk)
    await talk.tell(9, died(5))
    await talk.tell(10, died(other, corrects=True, instead_of=date("day 5")), session=session)
    ended = {r: until for _, r, _, _, until in await of_tom(talk)}
    assert ended == {"lives_in": other, "works_at": other, "engaged_to": other, "friend_of": None}


async def test_a_death_that_is_corrected_in_one_breath_closes_once(talk: Talk) -> None:
    await tom_lives(talk)
    await talk.tell(9, died(5), died(7, corrects=True))
    ended = {r: until for _, r, _, _, until in await of_tom(talk)}
    assert ended == {"lives_in": 7, "works_at": 7, "engaged_to": 7, "friend_of": None}


async def test_who_is_said_never_to_have_died_lives_on(talk: Talk) -> None:
    before = await tom_lives(talk)
    await talk.tell(9, died(5))
    never = says("Tom", "died_on", date("day 5"), holds=False, corrects=True, instead_of=date("day 5"))
    await talk.tell(10, never, session="another")
    assert await of_tom(talk) == before


async def test_a_correction_of_a_death_leaves_other_ends_alone(talk: Talk) -> None:
    await tom_lives(talk)
    await talk.tell(4, says("Tom", "works_at", company("Norte"), holds=False, start=on(3)))
    await talk.tell(9, died(5))
    await talk.tell(10, died(7, corrects=True))
    assert [until for *_, until in await talk.believed("works_at")] == [3]
    await talk.memory.correct_fact("g", (await the(talk, "died_on")).uuid, "it was another Tom")
    assert [until for *_, until in await talk.believed("works_at")] == [3]
    assert [until for *_, until in await talk.believed("lives_in")] == [None]


async def test_a_wedding_that_was_none_leaves_the_engagement(talk: Talk) -> None:
    await talk.tell(1, says("Mia", "engaged_to", person("Tom")))
    await talk.tell(5, says("Mia", "married_to", person("Tom")))
    assert [until for *_, until in await talk.believed("engaged_to")] == [5]
    await talk.memory.correct_fact("g", (await the(talk, "married_to")).uuid, "not yet")
    assert [(r, b, e) for _, r, _, b, e in await talk.believed()] == [("engaged_to", 1, None)]


@pytest.mark.parametrize("turn", range(4))
async def test_a_wedding_with_someone_else_leaves_the_engagement(talk: Talk, turn: int) -> None:
    """Whichever end is kept first: that goes by uuids."""
    await talk.tell(1, *(says("Mia", "engaged_to", person(f"{name} {turn}")) for name in ("Tom", "Leo")))
    await talk.tell(5, says("Mia", "married_to", person(f"Tom {turn}")))
    await talk.tell(6, says("Mia", "married_to", person(f"Leo {turn}"), corrects=True, instead_of=person(f"Tom {turn}")))
    ended = {next(n for n in (s, o) if n != "Mia")[:3]: until for s, _, o, _, until in await talk.believed("engaged_to")}
    assert ended == {"Tom": None, "Leo": 5}
    assert [began for _, _, _, began, _ in await talk.believed("married_to")] == [5]


async def test_of_two_deaths_at_once_the_one_that_was_not_closes_nothing(talk: Talk) -> None:
    await tom_lives(talk)
    await talk.tell(9, died(5), says("Tom", "died_on", date("day 5.5"), start=on(5), text="Tom died later"))
    (review,) = (await (await talk.memory.graph("g")).reviews(None, Page())).items
    first, second = await talk.facts("died_on")
    assert {first.uuid, second.uuid} == set(review.facts)
    await talk.memory.resolve_review("g", review.uuid, [first.uuid], "the papers say so")
    assert [until for *_, until in await talk.believed("lives_in")] == [5]
    await talk.memory.correct_fact("g", first.uuid, "it was another Tom")
    assert [until for *_, until in await talk.believed("lives_in")] == [None]


async def test_who_never_quit_works_there_as_before(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "works_at", company("Norte")))
    await talk.tell(9, says("Ada", "quit", company("Norte"), start=on(5)))
    ended = await talk.believed()
    corrected = await talk.memory.correct_fact("g", (await the(talk, "quit")).uuid, "she did not")
    assert await talk.believed() == [("Ada", "works_at", "Norte", 1, None)]
    await talk.memory.undo("g", corrected.changes[0].uuid)
    assert await talk.believed() == ended


async def test_who_quit_another_job_works_there_as_before(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "member_of", company("Norte")), says("Ada", "member_of", company("Sur")))
    await talk.tell(2, says("Ada", "left_group", company("Norte"), start=on(2)))
    await talk.tell(3, says("Ada", "joined", company("Norte"), start=on(3)))
    await talk.tell(9, says("Ada", "quit", company("Norte"), start=on(5)))
    await talk.tell(9.5, says("Ada", "quit", company("Sur"), corrects=True, instead_of=company("Norte")))
    assert {(o, b, e) for _, _, o, b, e in await talk.believed("member_of")} == {("Norte", 1, 2), ("Norte", 3, None), ("Sur", 1, 5)}


async def test_what_is_told_by_a_caller_is_closed_and_opened_alike(talk: Talk) -> None:
    def told(relation: str, at: str) -> FactInput:
        return FactInput(EntityInput(name="Ada"), relation, EntityInput(name="Norte"), valid_at=at)

    await talk.memory.add_facts("g", [told("works_at", "2025-01-02"), told("quit", "2025-01-06")])
    assert [until for *_, until in await talk.believed("works_at")] == [5]
    await talk.memory.correct_fact("g", (await the(talk, "quit")).uuid, "later", told("quit", "2025-01-09"))
    assert [until for *_, until in await talk.believed("works_at")] == [8]
    await talk.memory.correct_fact("g", (await the(talk, "quit")).uuid, "never")
    assert [until for *_, until in await talk.believed("works_at")] == [None]


def cause(**more: object) -> Assertion:
    return a("day 5", 5, 9, relation="died_on", quote="Anna died", span=(0, 9), **more)


def test_what_was_told_in_other_words_was_not_closed_by_it() -> None:
    told = cause()
    home = replace(told, uuid="home", relation="lives_in", object="Rome", holds=False)
    others = [replace(home, uuid=f"other-{n}", **more) for n, more in enumerate(_OTHERS)]  # type: ignore[arg-type]
    assert closed_by(ONTOLOGY, [told], [told, home, *others]) == [home]


_OTHERS: Sequence[dict[str, object]] = (
    {"holds": True},
    {"episode": "e2"},
    {"quote": "Anna moved", "span": (10, 20)},
    {"text": "Anna moved away"},
    {"subject": "bo"},
    {"relation": "born_in"},
    {"said": long_ago(8)},
    {"start": long_ago(4)},
)


def test_what_is_said_again_from_the_same_day_on_frees_nothing() -> None:
    told = cause()
    home = replace(told, uuid="home", relation="lives_in", object="Rome", holds=False)
    again, later = replace(told, uuid="again"), replace(told, uuid="later", start=long_ago(6))
    assert freeing(ONTOLOGY, Amendment((again,), (told,)), [home]).withdrawn == (told,)
    for added in ((), (later,)):
        assert freeing(ONTOLOGY, Amendment(added, (told,)), [home]).withdrawn == (told, home)


def test_what_takes_its_place_closes_only_of_its_own_subject() -> None:
    told, saying = cause(), Saying("op2", "bo", long_ago(12), lambda: "new")
    home = replace(told, uuid="home", relation="lives_in", object="Rome", holds=False)
    june = replace(told, uuid="june", start=long_ago(7), seen=long_ago(8), text="in June")
    assert closing_again(ONTOLOGY, [told, home], june, saying) == [
        replace(june, uuid="new", relation="lives_in", object="Rome", holds=False, seen=None)
    ]
    for other in ({"subject": "bo"}, {"holds": False}, {"relation": "born_on"}):
        assert closing_again(ONTOLOGY, [home], replace(june, **other), saying) == []


def test_what_may_have_been_closed_stands_under_these_keys() -> None:
    keys = keys_closed(ONTOLOGY, cause(), UpdatePolicy.ONTOLOGY)
    assert {"s:lives_in:anna", "s:married_to:anna", "o:married_to:anna"} <= set(keys)
    wedding = replace(cause(), relation="married_to", object="bo")
    assert keys_closed(ONTOLOGY, wedding, UpdatePolicy.ONTOLOGY) == ["p:engaged_to:anna:bo"]
