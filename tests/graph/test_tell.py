from dataclasses import replace

import pytest

from graph.errors import BadInput, Conflict, NotFound
from graph.inputs import EntityInput, FactInput
from graph.keep import LONGEST_NAME
from graph.model import FactStatus
from graph.time import Precision
from graph.views import EntityFilter, Page
from tests.graph.scripted import Talk, day, days, on, place, says
from tests.stores.waves import Waves


def fact(subject: str, relation: str, object_: str, **more: object) -> FactInput:
    return FactInput(EntityInput(name=subject), relation, EntityInput(name=object_), **more)  # type: ignore[arg-type]


async def test_facts_are_told_with_periods_and_close_each_other(talk: Talk) -> None:
    await talk.memory.add_facts(
        "g", [fact("Ada", "lives_in", "Rome", valid_at="2025-01"), fact("Ada", "lives in", "Oslo", valid_at="2025-03-01")]
    )
    assert await talk.believed() == [("Ada", "lives_in", "Rome", 0, 59), ("Ada", "lives_in", "Oslo", 59, None)]


async def test_what_is_answered_is_what_is_kept(talk: Talk) -> None:
    """Also of facts that were there before: what they rest on now, and the messages that it was said in."""
    for at in (1, 2):
        await talk.tell(at, says("Ada", "lives_in", place("Rome")))
    changed = await talk.memory.add_facts("g", [fact("Ada", "lives_in", "Rome", valid_at="2025-01-03"), fact("Ada", "likes", "Rome")])
    stored = {f.uuid: f for f in await talk.facts()}
    assert {f.uuid: f for f in changed.facts} == stored
    assert [(len(f.assertions), len(f.episodes)) for f in changed.facts] == [(3, 2), (1, 0)]
    said = await (await talk.memory.graph("g")).load_episodes(changed.facts[0].episodes)
    assert [said[uuid].content for uuid in changed.facts[0].episodes] == ["line 1", "line 2"]


async def test_a_period_is_read_in_the_groups_zone(talk: Talk) -> None:
    await talk.memory.configure("g", timezone="Europe/Vienna")
    changed = await talk.memory.add_facts("g", [fact("Ada", "lives_in", "Rome", valid_at="2025-01-02")])
    assert [days(f.valid_at) for f in changed.facts] == [1 - 1 / 24]


async def test_an_unknown_relation_is_kept_as_given_and_a_surface_form_is_mapped(talk: Talk) -> None:
    told = [fact("Ada", "Is Fond-Of", "tea"), fact("Ada", "employed by", "Acme")]
    changed = await talk.memory.add_facts("g", told)
    assert {f.relation for f in changed.facts} == {"is_fond_of", "works_at"}


async def test_what_ends_a_relation_ends_it(talk: Talk) -> None:
    await talk.memory.add_facts("g", [fact("Ada", "works_at", "Acme", valid_at="2025-01-01")])
    await talk.memory.add_facts("g", [fact("Ada", "quit", "Acme", valid_at="2025-01-11")])
    assert ("Ada", "works_at", "Acme", 0, 10) in await talk.believed("works_at")


async def test_the_same_id_changes_nothing_and_with_another_fact_it_is_a_conflict(talk: Talk) -> None:
    first = await talk.memory.add_facts("g", [fact("Ada", "likes", "tea", id="x1")])
    again = await talk.memory.add_facts("g", [fact("Ada", "likes", "tea", id="x1")])
    assert (len(first.facts), len(again.facts)) == (1, 0)
    assert len((await talk.facts())[0].assertions) == 1
    with pytest.raises(Conflict, match="'x1'"):
        await talk.memory.add_facts("g", [fact("Ada", "likes", "coffee", id="x1")])


@pytest.mark.parametrize("relation", ["quit", "broke_up_with", "sold", "lives_in"])
async def test_an_id_may_stand_for_all_that_a_relation_amounts_to(talk: Talk, relation: str) -> None:
    for _ in range(2):
        await talk.memory.add_facts("g", [fact("Ada", relation, "Bo", id="x1", valid_at="2025-01-05")])
    group = await talk.memory.parts.store.group("g")
    assert group is not None
    assert group.version == 1


async def test_the_same_id_at_another_time_is_a_conflict(talk: Talk) -> None:
    await talk.memory.add_facts("g", [fact("Ada", "likes", "tea", id="x1", valid_at="2025-01-05")])
    with pytest.raises(Conflict, match="'x1'"):
        await talk.memory.add_facts("g", [fact("Ada", "likes", "tea", id="x1", valid_at="2025-01-06")])


@pytest.mark.parametrize(
    ("bad", "field", "named"),
    [
        (fact("Ada", " ", "tea"), "facts[1].relation", "' '"),
        (fact(" ", "likes", "tea"), "facts[1].subject", "' '"),
        (fact("Ada", "likes", "tea", confidence=1.5), "facts[1].confidence", "1.5"),
        (fact("Ada", "likes", "ada"), "facts[1].object", "'Ada'"),
        (fact("Ada", "likes", "tea", valid_at="2025-02", invalid_at="2025-01"), "facts[1].invalidAt", "'2025-01'"),
        (fact("Ada", "likes", "tea", valid_at="2025-02", seen_at="2025-01"), "facts[1].seenAt", "'2025-01'"),
        (fact("Ada", "likes", "tea", valid_at="2025", invalid_at="2026", seen_at="2025-05"), "facts[1].seenAt", "'2025-05'"),
        (fact("A" * (LONGEST_NAME + 1), "likes", "tea"), "facts[1].subject", "513 characters"),
        (fact("Ada", "likes", "t\x00"), "facts[1].object", "NUL"),
        (fact("Ada", "l" * (LONGEST_NAME + 1), "tea"), "facts[1].relation", "513 characters"),
        (fact("Ada", "likes", "tea", id="x" * (LONGEST_NAME + 1)), "facts[1].id", "513 characters"),
        (fact("Ada", "likes", "tea", text="\ud800"), "facts[1].text", "surrogate"),
        (fact("Ada", "likes", "tea", text="ä" * 9_000), "facts[1].text", "18,000 bytes"),
        (fact("Ada", "likes", "tea", attributes={"a": "x" * 17_000}), "facts[1].attributes", "16,384"),
        (fact("Ada", "likes", "tea", attributes={"a": float("nan")}), "facts[1].attributes", "not JSON"),
        (FactInput(EntityInput(name="Ada", type="T" * 600), "likes", EntityInput(name="tea")), "facts[1].subject", "600 characters"),
    ],
)
async def test_one_bad_fact_and_none_is_added(talk: Talk, bad: FactInput, field: str, named: str) -> None:
    with pytest.raises(BadInput) as caught:
        await talk.memory.add_facts("g", [fact("Ada", "likes", "cake"), bad])
    assert (caught.value.field, named in caught.value.message) == (field, True)
    assert await talk.believed() == []


async def test_a_replacement_is_checked_as_any_fact(talk: Talk) -> None:
    await talk.memory.add_facts("g", [fact("Ada", "likes", "tea")])
    (known,) = await talk.facts()
    for bad in (fact("Ada", " ", "tea"), fact("Ada", "likes", "t" * 600)):
        with pytest.raises(BadInput) as caught:
            await talk.memory.correct_fact("g", known.uuid, "why", bad)
        assert (caught.value.field or "").startswith("with.")


@pytest.mark.parametrize("reason", ["", " \n"])
async def test_what_a_reason_is_asked_for_is_not_done_without_one(talk: Talk, reason: str) -> None:
    await talk.memory.add_facts("g", [fact("Ada", "likes", "tea"), fact("Bo", "likes", "tea")])
    (known, _), before = await talk.facts(), await talk.believed()
    for refused in (
        talk.memory.end_fact("g", known.uuid, day(400), reason),
        talk.memory.correct_fact("g", known.uuid, reason),
        talk.memory.merge_entities("g", known.subject, ["other"], reason),
        talk.memory.resolve_review("g", "none", ["x"], reason),
    ):
        with pytest.raises(BadInput, match="says nothing") as caught:
            await refused
        assert (caught.value.field, repr(reason) in caught.value.message) == ("reason", True)
    assert await talk.believed() == before


@pytest.mark.parametrize(("field", "at"), [("invalid_at", "2001"), ("seen_at", "2001")])
async def test_an_end_without_a_start_says_what_counts_as_the_start(talk: Talk, field: str, at: str) -> None:
    with pytest.raises(BadInput, match=r"'2001' is .* the time of saying, 2025-01-01T00:00:00\+00:00, which counts as validAt") as caught:
        await talk.memory.add_facts("g", [fact("Ada", "likes", "tea", **{field: at})])
    assert "None" not in caught.value.message and "validAt" in caught.value.hint


async def test_an_id_and_a_name_are_of_one_entity(talk: Talk) -> None:
    told = await talk.memory.add_facts("g", [fact("Ada", "likes", "tea")])
    ada = EntityInput(id=told.facts[0].subject, name="Bo")
    with pytest.raises(BadInput, match="the id is that of 'Ada', which is not called 'Bo'") as caught:
        await talk.memory.add_facts("g", [FactInput(ada, "likes", EntityInput(name="rum"))])
    assert caught.value.field == "facts[0].subject"
    await talk.memory.add_facts("g", [FactInput(replace(ada, name="ADA"), "likes", EntityInput(name="rum"))])
    assert len(await talk.believed()) == 2


async def test_a_reason_has_an_end(talk: Talk) -> None:
    with pytest.raises(BadInput, match="17,000 bytes"):
        await talk.memory.add_facts("g", [fact("Ada", "likes", "tea")], "r" * 17_000)


async def test_an_entity_that_turned_out_to_be_more_is_still_the_one_it_was(talk: Talk) -> None:
    await talk.memory.add_facts("g", [FactInput(EntityInput(name="Ada"), "likes", EntityInput(name="Mercury", type="Thing"))])
    await talk.tell(1, says("Ada", "lives_in", place("Mercury")))
    narrowed = await (await talk.memory.graph("g")).entity_named("Mercury")
    assert narrowed is not None
    assert (narrowed.type, narrowed.key) == ("City", "mercury|Thing")
    await talk.memory.add_facts("g", [FactInput(EntityInput(name="Ada"), "visited", EntityInput(name="Mercury", type="Thing"))])
    assert {f.object for f in await talk.facts()} == {narrowed.uuid}
    await talk.memory.add_facts("g", [FactInput(EntityInput(name="Ada"), "sees", EntityInput(name="Mercury", type="Planet"))])
    both = (await (await talk.memory.graph("g")).entities(EntityFilter(name="Mercury"), "NAME", Page())).items
    assert {entity.type for entity in both} == {"City", "Planet"}


SEEN = [["footing"], ["beliefs"], ["apply"]]


@pytest.mark.parametrize("known", [1, 300])
@pytest.mark.parametrize("count", [1, 40])
async def test_facts_take_as_many_waves_however_many_they_are(talk: Talk, waves: Waves, known: int, count: int) -> None:
    await talk.memory.add_facts("g", [fact("Ada", "visited", f"Town {n}", id=f"t{n}") for n in range(known)])
    assert waves.calls == [["footing"], ["apply"]]
    ada = await (await talk.memory.graph("g")).entity_named("Ada")
    assert ada is not None
    waves.reset()
    by_id = [FactInput(EntityInput(id=ada.uuid), "lives_in", EntityInput(name=f"Town {n}"), id=f"l{n}") for n in range(count)]
    await talk.memory.add_facts("g", [*by_id, fact("Ada", "visited", "Town 0", id="t0")])
    assert waves.calls == SEEN


async def test_what_amends_a_fact_takes_as_many_waves_as_what_adds_it(talk: Talk, waves: Waves) -> None:
    await talk.memory.add_facts("g", [fact("Ada", "lives_in", "Rome"), fact("Bo", "lives_in", "Rome"), fact("Bo", "likes", "tea")])
    first, second, *_ = await talk.facts("lives_in")
    waves.reset()
    await talk.memory.end_fact("g", first.uuid, day(400), "why")
    await talk.memory.correct_fact("g", second.uuid, "why", fact("Bo", "likes", "tea"))
    assert waves.calls == SEEN * 2


async def test_a_name_that_several_bear_is_refused_naming_them(talk: Talk) -> None:
    given = [FactInput(EntityInput(name="Mercury", type=t), "located_in", EntityInput(name="space")) for t in ("Place", "Product")]
    await talk.memory.add_facts("g", given)
    with pytest.raises(BadInput, match="Mercury \\(Place"):
        await talk.memory.add_facts("g", [fact("Mercury", "likes", "heat")])


async def test_ending_a_fact_closes_it_and_says_why(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "lives_in", place("Rome")))
    (known,) = await talk.facts()
    changed = await talk.memory.end_fact("g", known.uuid, day(4), "she told me", actor="app")
    assert await talk.believed() == [("Ada", "lives_in", "Rome", 1, 4)]
    assert [(c.actor, "she told me" in c.reason) for c in changed.changes] == [("app", True)]


async def test_ending_a_fact_before_it_began_is_refused(talk: Talk) -> None:
    await talk.tell(2, says("Ada", "lives_in", place("Rome")))
    (known,) = await talk.facts()
    with pytest.raises(BadInput, match="cannot have ended"):
        await talk.memory.end_fact("g", known.uuid, day(1), "why")


async def test_correcting_a_fact_retracts_it_and_reopens_what_it_closed(talk: Talk) -> None:
    await talk.tell(1, says("Ada", "lives_in", place("Rome")))
    await talk.tell(5, says("Ada", "lives_in", place("Oslo")))
    wrong = next(f for f in await talk.facts() if days(f.valid_at) == 5)
    await talk.memory.correct_fact("g", wrong.uuid, "never so")
    assert await talk.believed() == [("Ada", "lives_in", "Rome", 1, None)]
    now = await talk.memory.graph("g")
    record = await now.fact(wrong.uuid)
    assert record is not None
    assert record.status(now.as_of) is FactStatus.RETRACTED


async def test_a_replacement_takes_over_the_times_of_what_it_replaces(talk: Talk) -> None:
    await talk.memory.add_facts("g", [fact("Ada", "lives_in", "Rome", valid_at="2025-01-03", invalid_at="2025-01-09")])
    (known,) = await talk.facts()
    await talk.memory.correct_fact("g", known.uuid, "it was Oslo", fact("Ada", "lives_in", "Oslo"))
    assert await talk.believed() == [("Ada", "lives_in", "Oslo", 2, 8)]


async def test_a_replacement_is_not_vouched_for_until_before_it_begins(talk: Talk) -> None:
    await talk.memory.add_facts("g", [fact("Ada", "lives_in", "Rome", valid_at="2025-02")])
    (known,) = await talk.facts()
    with pytest.raises(BadInput, match="'2025-01-09' is before 2025-02-01"):
        await talk.memory.correct_fact("g", known.uuid, "it was Oslo", fact("Ada", "lives_in", "Oslo", seen_at="2025-01-09"))
    assert await talk.believed() == [("Ada", "lives_in", "Rome", 31, None)]


async def test_a_replacement_of_what_was_so_until_a_known_end_was_so_until_then(talk: Talk) -> None:
    await talk.tell(9, says("Ada", "lives_in", place("Rome"), end=on(5)))
    (known,) = await talk.facts()
    await talk.memory.correct_fact("g", known.uuid, "it was Oslo", fact("Ada", "lives_in", "Oslo"))
    (instead,) = await talk.facts()
    assert await talk.believed() == [("Ada", "lives_in", "Oslo", 5, 5)]
    assert (instead.valid_at_precision, instead.invalid_at_precision) == (Precision.BEFORE, Precision.DAY)


async def test_a_replacement_of_what_was_over_is_over_too(talk: Talk) -> None:
    await talk.tell(5, says("Ada", "lives_in", place("Rome"), holds=False, former=True))
    (known,) = await talk.facts()
    await talk.memory.correct_fact("g", known.uuid, "it was Oslo", fact("Ada", "lives_in", "Oslo"))
    assert await talk.believed() == [("Ada", "lives_in", "Oslo", 5, 5)]
    (instead,) = await talk.facts()
    assert (instead.valid_at_precision, instead.invalid_at_precision) == (Precision.BEFORE, Precision.BEFORE)
    await talk.memory.correct_fact("g", instead.uuid, "she moved away then", fact("Ada", "moved_from", "Oslo"))
    assert await talk.believed() == []


async def test_a_record_that_was_rewritten_names_the_one_in_its_place(talk: Talk) -> None:
    await talk.tell(5, says("Ada", "lives_in", place("Rome")))
    (known,) = await talk.facts()
    await talk.memory.add_facts("g", [fact("Ada", "lives_in", "Rome", valid_at="2025-01-02", seen_at="2025-01-08")])
    (present,) = await talk.facts()
    with pytest.raises(Conflict, match=f"the fact 'Ada lives_in Rome' was retracted .*{present.uuid}"):
        await talk.memory.end_fact("g", known.uuid, day(9), "why")


async def test_a_fact_of_another_group_is_not_there(talk: Talk) -> None:
    await talk.tell(5, says("Ada", "lives_in", place("Rome")))
    (known,) = await talk.facts()
    with pytest.raises(NotFound, match=known.uuid):
        await talk.memory.end_fact("other", known.uuid, day(9), "why")
