from dataclasses import replace
from typing import Any

import pytest

from graph.inputs import EntityInput, FactInput, MessageInput
from graph.language import Mention, MentionKind, Statement
from graph.model import Work, WorkState
from graph.views import FactFilter, Page
from tests.graph.scripted import WHATEVER, Talk, company, day, on, person, place, says
from tests.stores.waves import Waves


async def test_a_move_closes_the_place_before(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "lives_in", place("Rome")))
    await talk.tell(5, says("Ada", "moved_to", place("Oslo"), start=on(4)))
    assert await talk.believed() == [("Ada", "lives_in", "Rome", 1, 4), ("Ada", "lives_in", "Oslo", 4, None)]


async def test_an_end_told_alone_closes_nothing_that_holds(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "lives_in", place("Rome")))
    await talk.tell(9, says("Ada", "lives_in", place("Oslo"), end=on(5)))
    await talk.tell(9.5, says("Ada", "lives_in", place("Bern"), end=on(-300)))
    assert {(o, e) for _, _, o, _, e in await talk.believed("lives_in")} == {("Rome", None), ("Oslo", 5), ("Bern", -300)}


async def test_an_end_told_alone_ends_what_was_known_to_hold(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "lives_in", place("Rome")))
    await talk.tell(9, says("Ada", "lives_in", place("Rome"), end=on(5)))
    assert await talk.believed("lives_in") == [("Ada", "lives_in", "Rome", 1, 5)]


@pytest.mark.parametrize("leaving", ["left_group", "quit"])
@pytest.mark.parametrize("relation", ["joined", "works_at", "studies_at", "volunteers_at"])
async def test_what_is_left_is_over_whatever_one_was_there(talk: Talk, relation: str, leaving: str) -> None:
    await talk.tell(1, says("Ada", relation, company("Norte")), says("Ada", "member_of", company("the choir")))
    await talk.tell(5, says("Ada", leaving, replace(company("Norte"), type="Thing"), start=on(4)))
    kept = ("Ada", "member_of", "the choir", 1, None)
    assert {told for told in await talk.believed() if told[1] != "quit"} == {
        kept,
        ("Ada", "member_of" if relation == "joined" else relation, "Norte", 1, 4),
    }


async def test_a_wedding_ends_the_engagement_to_the_same_person(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "engaged_to", person("Bo")), says("Cy", "engaged_to", person("Di")))
    await talk.tell(9, says("Ada", "married_to", person("Bo"), start=on(5)))
    engaged = {(frozenset((s, o)), b, e) for s, _, o, b, e in await talk.believed("engaged_to")}
    assert engaged == {(frozenset(("Ada", "Bo")), 1, 5), (frozenset(("Cy", "Di")), 1, None)}
    assert len(await talk.believed("married_to")) == 1


async def test_what_is_left_open_is_what_held_and_not_what_ended_before(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "works_at", company("Norte")))
    await talk.tell(3, says("Ada", "quit", company("Norte")))
    await talk.tell(4, says("Ada", "works_at", company("Sur")))
    await talk.tell(9, says("Ada", "quit", WHATEVER))
    assert await talk.believed("works_at") == [("Ada", "works_at", "Norte", 1, 3), ("Ada", "works_at", "Sur", 4, 9)]


async def test_an_engagement_told_after_the_wedding_ended_with_it(talk: Talk) -> None:
    await talk.tell(9, says("Ada", "married_to", person("Bo"), start=on(5)))
    await talk.tell(10, says("Ada", "engaged_to", person("Bo"), start=on(1)))
    assert [(b, e) for _, _, _, b, e in await talk.believed("engaged_to")] == [(1, 5)]


async def test_who_has_died_lives_and_works_nowhere_and_is_married_to_nobody(talk: Talk) -> None:
    rosa = person("Rosa")
    await talk.tell(1, says(rosa, "lives_in", place("Graz")), says(rosa, "works_at", company("Norte")), says("Bo", "married_to", rosa))
    await talk.tell(1, says("Bo", "lives_in", place("Graz")), says(rosa, "sibling_of", person("Cy")))
    await talk.tell(9, says(rosa, "died_on", Mention(MentionKind.VALUE, "6 January 2025", "Date"), start=on(5), vouched=True))
    ended = {relation: until for _, relation, _, _, until in await talk.believed() if until is not None}
    assert ended == {"lives_in": 5, "works_at": 5, "married_to": 5}
    assert {(s, r) for s, r, _, _, until in await talk.believed() if until is None} >= {("Bo", "lives_in"), ("Rosa", "died_on")}


async def test_what_is_told_with_a_death_ends_with_it(talk: Talk) -> None:
    date = Mention(MentionKind.VALUE, "6 January 2025", "Date")
    await talk.tell(9, says("Rosa", "lives_in", place("Graz"), start=on(1)), says("Rosa", "died_on", date, start=on(5), vouched=True))
    assert [(o, b, e) for _, _, o, b, e in await talk.believed("lives_in")] == [("Graz", 1, 5)]


async def test_quitting_a_job_leaves_the_club(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "joined", company("the choir")))
    await talk.tell(9, says("Ada", "quit", WHATEVER))
    assert await talk.believed() == [("Ada", "member_of", "the choir", 1, None)]


async def test_what_was_never_joined_is_left_without_a_trace(talk: Talk) -> None:
    await talk.tell(5, says("Ada", "left_group", company("Norte"), start=on(4)))
    assert await talk.believed() == []


async def test_late_news_lands_in_its_place(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "lives_in", place("Lisbon")))
    await talk.tell(5, says("Ada", "lives_in", place("Lisbon")))
    await talk.tell(9, says("Ada", "lives_in", place("Oslo"), start=on(3)))
    assert [(o, b, e) for _, _, o, b, e in await talk.believed("lives_in")] == [("Lisbon", 1, 3), ("Oslo", 3, 5), ("Lisbon", 5, None)]


async def test_what_was_known_earlier_can_still_be_asked(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "lives_in", place("Rome")))
    await talk.tell(5, says("Ada", "lives_in", place("Oslo")))
    graph = await talk.memory.graph("g", valid=day(9), known=day(3))
    (fact,) = (await graph.neighborhood([(await talk.facts())[0].subject], 1, FactFilter(), 10)).facts
    assert (await graph.load_entities([fact.object]))[fact.object].name == "Rome"


async def test_leaving_a_job_that_is_not_named_ends_the_one_that_is_known(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "works_at", company("Acme")))
    await talk.tell(8, says("Ada", "quit", WHATEVER, start=on(7)))
    assert await talk.believed("works_at") == [("Ada", "works_at", "Acme", 1, 7)]


async def test_leaving_a_job_that_is_not_named_ends_it_however_much_else_is_known(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "works_at", company("Acme")))
    await talk.tell(2, *(says("Ada", "visited", place(f"Town {n}")) for n in range(200)))
    await talk.tell(8, says("Ada", "quit", WHATEVER, start=on(7)))
    assert await talk.believed("works_at") == [("Ada", "works_at", "Acme", 1, 7)]


async def test_leaving_a_job_told_in_the_same_batch_as_the_job(talk: Talk) -> None:
    job, leaving = says("Ada", "works_at", company("Acme"), start=on(0)), says("Ada", "quit", WHATEVER, start=on(2))
    await talk.tell(3, job, leaving)
    assert await talk.believed("works_at") == [("Ada", "works_at", "Acme", 0, 2)]


async def test_leaving_what_nobody_knows_of_says_nothing(talk: Talk) -> None:
    await talk.tell(3, says("Ada", "quit", WHATEVER))
    assert await talk.believed() == []


async def test_a_break_up_ends_the_relation_from_either_side(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "partner_of", person("Tom")))
    await talk.tell(4, says(person("Tom"), "broke_up_with", WHATEVER, start=on(3)))
    ((_, _, _, began, ended),) = await talk.believed("partner_of")
    assert (began, ended) == (1, 3)


async def test_a_correction_takes_back_what_it_names_and_nothing_else(talk: Talk) -> None:
    await talk.tell(1, says(person("Mia"), "born_in", place("Graz")))
    await talk.tell(2, says(person("Mia"), "lives_in", place("Graz")))
    await talk.tell(3, says(person("Mia"), "born_in", place("Linz"), corrects=True, instead_of=place("Graz")))
    assert [(r, o) for _, r, o, _, _ in await talk.believed()] == [("born_in", "Linz"), ("lives_in", "Graz")]
    graph = await talk.memory.graph("g", known=day(2.5))
    assert (await graph.counts()).relations == {"born_in": 1, "lives_in": 1}
    changes = (await (await talk.memory.graph("g")).changes(Page(50))).items
    assert any("Graz" in change.reason for change in changes)


async def test_a_correction_reaches_another_session_where_it_names_what_was_wrong(talk: Talk) -> None:
    await talk.tell(1, says(person("Mia"), "born_in", place("Graz")), session="one")
    await talk.tell(3, says(person("Mia"), "born_in", place("Linz"), corrects=True, instead_of=place("Graz")), session="two")
    assert await talk.believed() == [("Mia", "born_in", "Linz", 1, None)]


async def test_a_correction_that_names_nothing_stays_in_its_session(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "likes", place("Graz")), session="one")
    await talk.tell(3, says("Ada", "likes", place("Linz"), corrects=True), session="two")
    assert [o for _, _, o, _, _ in await talk.believed()] == ["Graz", "Linz"]


async def test_a_correction_in_the_same_batch_leaves_the_wrong_one_unbelieved(talk: Talk) -> None:
    wrong = says("Ada", "born_in", place("Graz"))
    await talk.tell(3, wrong, says("Ada", "born_in", place("Linz"), corrects=True))
    assert [(o, b) for _, _, o, b, _ in await talk.believed()] == [("Linz", 3)]


async def test_what_was_never_so_takes_back_all_that_said_so(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "lives_in", place("Oslo")))
    await talk.tell(2, says("Ada", "lives_in", place("Rome")), session="one")
    await talk.tell(3, says("Ada", "lives_in", place("Rome")), session="two")
    await talk.tell(4, says("Ada", "lives_in", place("Rome"), holds=False, corrects=True, instead_of=place("Rome")), session="three")
    assert await talk.believed() == [("Ada", "lives_in", "Oslo", 1, None)]


def _never(wrong: str, right: str) -> tuple[Statement, Statement]:
    """ "I never lived in Rome, it was Oslo"."""
    never = says("Ada", "lives_in", place(wrong), holds=False, corrects=True, instead_of=place(wrong))
    return never, says("Ada", "lives_in", place(right), holds=False, former=True, corrects=True, instead_of=place(wrong))


async def test_what_was_never_so_gives_its_times_to_what_was_so_instead_and_touches_nothing_else(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "lives_in", place("Rome"), start=on(-900), end=on(-400)), session="one")
    await talk.tell(2, says("Ada", "lives_in", place("Bern"), start=on(-100)), session="one")
    await talk.tell(3, *_never("Rome", "Oslo"), session="two")
    assert await talk.believed() == [("Ada", "lives_in", "Oslo", -900, -400), ("Ada", "lives_in", "Bern", -100, None)]


async def test_what_was_never_so_now_gives_way_to_what_is_so_now(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "lives_in", place("Rome"), text="Ada lives in Rome"))
    await talk.tell(2, *_never("Rome", "Oslo"), session="two")
    assert await talk.believed() == [("Ada", "lives_in", "Oslo", 1, None)]
    assert [fact.text for fact in await talk.facts()] == ["Ada lives in Oslo"]


async def test_what_was_never_so_but_is_over_gives_way_to_what_is_over(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "lives_in", place("Bern")))
    await talk.tell(2, says("Ada", "lives_in", place("Rome"), holds=False, former=True))
    await talk.tell(3, *_never("Rome", "Oslo"))
    assert await talk.believed() == [("Ada", "lives_in", "Bern", 1, None), ("Ada", "lives_in", "Oslo", 2, 2)]


async def test_what_nobody_said_and_never_was_leaves_only_what_was_so_instead(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "lives_in", place("Bern")))
    await talk.tell(3, *_never("Rome", "Oslo"))
    assert await talk.believed() == [("Ada", "lives_in", "Bern", 1, None), ("Ada", "lives_in", "Oslo", 3, 3)]
    await talk.tell(4, *_never("Rome", "Bern"), session="two")
    assert ("Ada", "lives_in", "Bern", 1, None) in await talk.believed()


async def test_what_is_over_and_never_was_leaves_nothing(talk: Talk) -> None:
    await talk.tell(2, says("Ada", "lives_in", place("Rome"), holds=False, former=True))
    await talk.tell(3, _never("Rome", "Oslo")[0])
    assert await talk.believed() == []


async def test_a_date_that_is_corrected_takes_back_only_what_was_said_of_it_last(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "lives_in", place("Rome"), start=on(-900), end=on(-400)))
    await talk.tell(9, says("Ada", "moved_to", place("Rome"), start=on(5)))
    await talk.tell(9.1, says("Ada", "moved_to", place("Rome"), start=on(7), corrects=True, instead_of=place("Rome")))
    assert await talk.believed() == [("Ada", "lives_in", "Rome", -900, -400), ("Ada", "lives_in", "Rome", 7, None)]
    await talk.tell(9.2, says("Ada", "moved_from", place("Rome"), start=on(8)))
    await talk.tell(9.3, says("Ada", "moved_from", place("Rome"), start=on(9), corrects=True, instead_of=place("Rome")))
    assert await talk.believed() == [("Ada", "lives_in", "Rome", -900, -400), ("Ada", "lives_in", "Rome", 7, 9)]


async def test_an_end_that_is_corrected_is_the_one_that_counts(talk: Talk) -> None:
    await talk.tell(9, says("Ada", "lives_in", place("Rome"), end=on(5)))
    await talk.tell(9.1, says("Ada", "lives_in", place("Rome"), end=on(4), corrects=True, instead_of=place("Rome")))
    assert await talk.believed() == [("Ada", "lives_in", "Rome", 4, 4)]


async def test_the_name_of_an_employer_that_was_left_can_be_corrected(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "works_at", company("Acme")))
    left, meant = says("Ada", "quit", company("Acme"), start=on(2)), company("Bolt")
    await talk.tell(3, left, says("Ada", "quit", meant, start=on(2), corrects=True, instead_of=company("Acme")))
    assert ("Ada", "works_at", "Acme", 1, None) in await talk.believed()


async def test_a_correction_of_what_is_yet_to_come_leaves_no_span_that_ends_before_it_begins(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "works_at", company("Bolt"), start=on(40)))
    await talk.tell(2, says("Ada", "works_at", company("Acme"), corrects=True, vouched=True))
    assert await talk.believed() == [("Ada", "works_at", "Acme", 40, None)]
    await talk.tell(3, says("Ada", "works_at", company("Core"), corrects=True, end=on(20)))
    assert await talk.believed() == [("Ada", "works_at", "Core", 3, 20)]


async def test_of_two_contrary_present_statements_in_one_message_the_later_counts(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "lives_in", place("Rome")), says("Ada", "lives_in", place("Oslo")))
    assert await talk.believed() == [("Ada", "lives_in", "Oslo", 1, None)]


async def test_the_nameless_user_is_renamed_when_they_give_their_name(talk: Talk) -> None:
    await talk.tell(1, says("User", "lives_in", place("Rome")), name=None)
    await talk.tell(2, says_name="Ada", name=None)
    await talk.tell(3, says("User", "works_at", company("Acme")), name=None)
    assert {s for s, *_ in await talk.believed()} == {"Ada"}
    earlier = await talk.memory.graph("g", known=day(1.5))
    assert await earlier.entity_named("Ada") is None
    assert await earlier.entity_named("User") is not None


async def test_a_sister_gets_her_name_later(talk: Talk) -> None:
    sister = Mention(MentionKind.ROLE, "Ada's sister", "Person")
    await talk.tell(1, says(sister, "lives_in", place("Rome")))
    await talk.tell(2, says(person("Mia", "Ada's sister"), "works_at", company("Acme")))
    assert {s for s, *_ in await talk.believed()} == {"Mia"}


async def test_two_people_of_one_first_name_stay_apart(talk: Talk) -> None:
    await talk.tell(1, says(person("Leo", "Ada's cousin"), "lives_in", place("Rome")))
    await talk.tell(2, says(person("Leo Brandt", "Bo's colleague"), "lives_in", place("Oslo")), name="Bo")
    await talk.tell(3, says(person("Leo Marsh", "Ada's cousin"), "works_at", company("Acme")))
    assert [(s, o) for s, _, o, _, _ in await talk.believed()] == [("Leo Marsh", "Rome"), ("Leo Brandt", "Oslo"), ("Leo Marsh", "Acme")]


async def test_a_first_name_that_may_be_either_opens_a_review(talk: Talk) -> None:
    await talk.tell(1, says(person("Leo Brandt"), "lives_in", place("Oslo")), says(person("Leo Marsh"), "lives_in", place("Rome")))
    await talk.tell(2, says(person("Leo"), "works_at", company("Acme")), session="another")
    (review,) = (await (await talk.memory.graph("g")).reviews(None, Page())).items
    assert len(review.entities) == 3
    assert {s for s, r, *_ in await talk.believed() if r == "works_at"} == {"Leo"}


async def test_a_plan_lasts_until_the_time_planned_for_is_over(talk: Talk) -> None:
    trip = Mention(MentionKind.THING, "visit Japan", "Activity")
    await talk.tell(1, says("Ada", "plans", trip, end=on(20)))
    assert await talk.believed() == [("Ada", "plans", "visit Japan", 1, 21)]


async def test_a_model_that_does_not_answer_loses_nothing(talk: Talk) -> None:
    added = await talk.memory.add_messages("g", "s", [MessageInput("user", "(down)", name="Ada")])
    assert await talk.memory.learn()
    work = await talk.memory.work("g", added.work.uuid)
    assert work is not None
    assert (work.state, work.attempts) == (WorkState.FAILED, 1)
    assert work.error is not None
    assert "did not answer" in work.error
    assert len((await (await talk.memory.graph("g")).episodes("s", Page())).items) == 1


@pytest.mark.parametrize("count", [1, 10, 25])
async def test_work_is_done_in_operations_of_ten(talk: Talk, count: int) -> None:
    for n in range(count):
        talk.script.script[f"m{n}"] = [says("Ada", "visited", place(f"Town {n}"))]
    added = await talk.memory.add_messages("g", "s", [MessageInput("user", f"m{n}", name="Ada") for n in range(count)])
    work = await talk.memory.finished("g", added.work.uuid)
    assert (work.state, work.done) == (WorkState.DONE, count)
    changes = (await (await talk.memory.graph("g")).changes(Page(500))).items
    assert len({change.operation for change in changes}) == -(-count // 10)


LEARNT = [["lease"], ["footing", "near"], ["beliefs"], ["apply"]]


async def known_well(talk: Talk, facts: int = 300) -> None:
    """Ada has seen and done a lot."""
    others = [FactInput(EntityInput(name="Ada"), "visited", EntityInput(name=f"Town {n}", type="City")) for n in range(facts)]
    await talk.memory.add_facts("g", others)


async def remember(talk: Talk, *told: Statement, count: int = 1, **more: Any) -> Work:
    """Messages that say the same each."""
    for n in range(count):
        talk.script.script[f"m{n}"] = told
    added = await talk.memory.add_messages("g", "s", [MessageInput("user", f"m{n}", name="Ada", **more) for n in range(count)])
    return await talk.memory.finished("g", added.work.uuid)


@pytest.mark.parametrize("facts", [1, 300])
@pytest.mark.parametrize(("count", "operations"), [(1, 1), (10, 1), (40, 4)])
async def test_an_operation_takes_as_many_waves_whatever_its_size(
    talk: Talk, waves: Waves, facts: int, count: int, operations: int
) -> None:
    await known_well(talk, facts)
    told = [says("Ada", "visited", place(f"Town {n}")) for n in range(40)]
    waves.reset()
    work = await remember(talk, *told, count=count)
    assert (work.state, work.done) == (WorkState.DONE, count)
    assert waves.calls == [["keep"], *(LEARNT * operations)]


async def test_what_is_named_for_the_first_time_has_no_beliefs_to_read(talk: Talk, waves: Waves) -> None:
    await remember(talk, says(person("Bo"), "works_at", company("Acme")))
    assert waves.calls == [["keep"], ["lease"], ["footing", "near"], ["apply"]]


async def test_what_must_be_looked_for_first_takes_a_wave_more_at_most(talk: Talk, waves: Waves) -> None:
    await talk.tell(1, says("Ada", "works_at", company("Acme")), says("Ada", "likes", place("Graz")))
    waves.reset()
    talk.now[0] = day(5)
    wrong = says("Ada", "likes", place("Linz"), corrects=True)
    await remember(talk, says("Ada", "quit", WHATEVER), says("Ada", "lives_in", place("Linz")), wrong)
    assert await talk.believed("likes") == [("Ada", "likes", "Linz", 1, None)]
    assert await talk.believed("works_at") == [("Ada", "works_at", "Acme", 1, 5)]
    assert waves.calls[:6] == [["keep"], ["lease"], ["footing", "near"], ["beliefs", "said_in"], ["beliefs"], ["apply"]]


async def test_the_groups_zone_is_read_where_a_day_is_told(talk: Talk, waves: Waves) -> None:
    await talk.memory.configure("g", timezone="Europe/Vienna")
    waves.reset()
    await remember(talk, said_at="2025-01-05")
    assert waves.calls[:2] == [["group"], ["keep"]]
    (episode,) = (await (await talk.memory.graph("g")).episodes("s", Page())).items
    assert episode.said_at.isoformat() == "2025-01-05T00:00:00+01:00"


async def test_times_of_a_zoned_group_are_read_in_it(talk: Talk) -> None:
    await talk.memory.configure("g", timezone="Asia/Tokyo")
    await remember(talk)
    assert str(talk.script.excerpts[-1].zone) == "Asia/Tokyo"
