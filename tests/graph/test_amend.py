from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graph.amend import Amendment, Saying, Span, corrected, ended, span_of
from graph.errors import BadInput, Conflict
from graph.model import Assertion, Fact
from graph.time import Precision
from tests.graph.records import Records, numbered
from tests.graph.told import a, assertions, day, days, unhurried


def told(*said: Assertion) -> Records:
    records = Records()
    records.tell(*said)
    return records


def saying() -> Saying:
    return Saying("op2", "ada", day(2000), numbered("new"))


def end(records: Records, at: float, **which: object) -> Amendment:
    return ended(records.fact(**which), day(at), Precision.DAY, records.living(records.now), saying())


def correct(records: Records, **which: object) -> Amendment:
    return corrected(records.fact(**which), records.living(records.now), saying())


def after(records: Records, amendment: Amendment) -> list[tuple[str, float, float | None]]:
    records.tell(*amendment.added, withdrawn=[one.uuid for one in amendment.withdrawn])
    assert records.shown() == records.believed()
    return [(object_, days(start), None if until is None else days(until)) for _, object_, start, until in records.shown()]


def test_an_ending_is_asserted_by_whoever_says_so() -> None:
    records = told(a("Acme", 1, 1, episode="e1", confidence=0.6))
    amendment = end(records, 7)
    [ending] = amendment.added
    assert amendment.withdrawn == () and (ending.uuid, ending.actor, ending.operation) == ("new1", "ada", "op2")
    assert (ending.start, ending.precision, ending.said, ending.recorded_at) == (day(7), Precision.DAY, day(2000), day(2000))
    assert (ending.holds, ending.confidence, ending.episode, ending.object) == (False, 1.0, None, "Acme")
    assert after(records, amendment) == [("Acme", 1, 7)]
    assert records.facts["r1"].expired_at == records.now


def test_earlier_endings_are_taken_back() -> None:
    records = told(a("Acme", 1, 1), a("Acme", 9, 9, holds=False), a("Acme", 5, 10, holds=False))
    amendment = end(records, 7)
    assert {one.start for one in amendment.withdrawn} == {day(9), day(5)}
    assert after(records, amendment) == [("Acme", 1, 7)]


def test_what_was_said_to_begin_later_is_taken_back() -> None:
    records = told(a("Acme", 1, 1), a("Acme", 5, 5))
    amendment = end(records, 3)
    assert [one.start for one in amendment.withdrawn] == [day(5)]
    assert after(records, amendment) == [("Acme", 1, 3)]


@pytest.mark.parametrize("at", [3, 8])
def test_a_said_end_is_replaced(at: int) -> None:
    job = a("Acme", 1, 9, end=5, external_id="x", quote="from 1 to 5")
    records = told(job)
    amendment = end(records, at)
    [again] = amendment.added
    assert [one.uuid for one in amendment.withdrawn] == [job.uuid]
    assert (again.uuid, again.end, again.said, again.quote, again.external_id) == ("new1", day(at), job.said, job.quote, None)
    assert after(records, amendment) == [("Acme", 1, at)]


def test_a_said_end_that_another_saying_outlived_does_not_come_back() -> None:
    records = told(a("Acme", 2, 4, end=3), a("Acme", 5, 8, holds=False))
    assert after(records, end(records, 4)) == [("Acme", 2, 4)]


def test_what_was_vouched_for_longer_ends_all_the_same() -> None:
    records = told(a("Acme", 1, 9, seen=9))
    assert after(records, end(records, 4)) == [("Acme", 1, 4)]


def test_one_of_two_stays_that_the_same_words_vouch_for_is_ended() -> None:
    records = told(a("Rome", 10, 30, seen=30), a("Bern", 12, 31, end=13))
    assert after(records, end(records, 11, valid_at=day(10))) == [("Rome", 10, 11), ("Bern", 12, 13), ("Rome", 13, None)]


def test_the_second_of_two_stays_that_the_same_words_vouch_for_is_ended() -> None:
    records = told(a("Rome", 10, 31, end=30), a("Bern", 12, 32, end=13))
    assert after(records, end(records, 20, valid_at=day(13))) == [("Rome", 10, 12), ("Bern", 12, 13), ("Rome", 13, 20)]


def test_the_first_of_two_bounded_stays_is_ended() -> None:
    records = told(a("Rome", 10, 31, end=30), a("Bern", 12, 32, end=13))
    assert after(records, end(records, 11, valid_at=day(10))) == [("Rome", 10, 11), ("Bern", 12, 13), ("Rome", 13, 30)]


def test_an_earlier_end_leaves_the_successor_alone() -> None:
    records = told(a("Acme", 1, 1), a("Bolt", 9, 9))
    assert after(records, end(records, 5, object="Acme")) == [("Acme", 1, 5), ("Bolt", 9, None)]


def test_what_it_had_outranked_comes_up_in_the_time_that_becomes_free() -> None:
    records = told(a("Oslo", 6, 10), a("Rome", 4, 12, seen=12))
    assert after(records, end(records, 5)) == [("Rome", 4, 5), ("Oslo", 6, None)]


def test_where_a_successor_ends_it_before_nothing_changes() -> None:
    records = told(a("Acme", 1, 1), a("Bolt", 9, 9))
    with pytest.raises(Conflict, match="'Anna lives in Bolt' from 2020-01-10T00:00:00") as refused:
        end(records, 12, object="Acme")
    assert refused.value.hint and refused.value.field == "at"


def test_where_it_begins_anew_before_nothing_changes() -> None:
    records = told(a("Acme", 1, 1), a("Acme", 3, 3, holds=False), a("Acme", 5, 5))
    with pytest.raises(Conflict, match="from 2020-01-06"):
        end(records, 7, valid_at=day(1))


@pytest.mark.parametrize("at", [0.5, 1])
def test_nothing_ends_before_it_began(at: float) -> None:
    with pytest.raises(BadInput, match="2020-01-02T00:00:00") as refused:
        end(told(a("Acme", 1, 1)), at)
    assert refused.value.field == "at" and refused.value.hint


def test_what_is_believed_no_more_can_be_neither_ended_nor_corrected() -> None:
    records = told(a("Acme", 1, 1))
    gone = records.fact()
    records.tell(withdrawn=[one.uuid for one in records.living(records.now)])
    for amend in (
        lambda: ended(gone, day(5), Precision.DAY, records.living(records.now), saying()),
        lambda: corrected(gone, records.living(records.now), saying()),
        lambda: span_of(gone, records.living(records.now)),
    ):
        with pytest.raises(Conflict, match=f"the fact {gone.text!r} is believed no more"):
            amend()


def test_correcting_takes_back_what_it_rests_on_and_reopens_what_it_had_closed() -> None:
    oslo = a("Oslo", 4, 4)
    records = told(a("Rome", 1, 1), oslo, a("Oslo", 6, 6))
    amendment = correct(records, object="Oslo")
    assert {one.start for one in amendment.withdrawn} == {day(4), day(6)} and amendment.added == ()
    assert after(records, amendment) == [("Rome", 1, None)]


def test_correcting_takes_back_the_endings_told_of_it_and_no_others() -> None:
    records = told(
        a("Acme", 1, 1),
        a("Acme", 3, 3, holds=False),
        a("Acme", 5, 5),
        a("Acme", 9, 9, holds=False),
        a("Acme", 8, 10, holds=False),
    )
    amendment = correct(records, valid_at=day(5))
    assert sorted(days(one.start) for one in amendment.withdrawn) == [5, 8, 9]
    assert after(records, amendment) == [("Acme", 1, 3)]


def test_words_behind_another_fact_stay_and_are_denied_for_this_one() -> None:
    rome = a("Rome", 10, 30, seen=30)
    records = told(rome, a("Bern", 12, 31, end=13))
    amendment = correct(records, valid_at=day(13))
    [denial] = amendment.added
    assert (denial.holds, denial.start, denial.seen, amendment.withdrawn) == (False, day(13), None, ())
    assert after(records, amendment) == [("Rome", 10, 12), ("Bern", 12, 13)]


def test_where_a_denial_would_reach_further_words_are_said_again_for_the_other_fact() -> None:
    rome = a("Rome", 10, 30, seen=30, quote="since day 10")
    records = told(rome, a("Bern", 12, 31, end=13))
    amendment = correct(records, valid_at=day(10))
    [again] = amendment.added
    assert [one.uuid for one in amendment.withdrawn] == [rome.uuid]
    assert (again.start, again.seen, again.said, again.quote, again.precision) == (day(13), day(30), day(30), rome.quote, Precision.DAY)
    assert after(records, amendment) == [("Bern", 12, 13), ("Rome", 13, None)]


def test_the_middle_one_of_three_stays_is_corrected() -> None:
    records = told(a("Rome", 10, 30, seen=30), a("Bern", 12, 31, end=13), a("Oslo", 20, 32, end=21))
    left = after(records, correct(records, valid_at=day(13)))
    assert left == [("Rome", 10, 12), ("Bern", 12, 13), ("Oslo", 20, 21), ("Rome", 21, None)]


def test_a_said_end_is_kept_where_it_ends_the_other_fact() -> None:
    records = told(a("Rome", 10, 31, end=30), a("Bern", 12, 32, end=13))
    assert after(records, correct(records, valid_at=day(10))) == [("Bern", 12, 13), ("Rome", 13, 30)]


def test_formerly_can_be_corrected() -> None:
    records = told(a("Rome", 5, 5, holds=False, precision=Precision.BEFORE), a("Oslo", 6, 6))
    assert after(records, correct(records, object="Rome")) == [("Oslo", 6, None)]


def test_a_successor_of_a_corrected_fact_takes_over_a_told_end_only() -> None:
    records = told(a("Acme", 1, 1), a("Acme", 5, 6, holds=False, precision=Precision.MONTH), a("Bolt", 8, 8), a("Core", 9, 9))
    living = records.living(records.now)
    assert span_of(records.fact(object="Acme"), living) == Span(day(1), Precision.SAID, day(5), Precision.MONTH)
    assert span_of(records.fact(object="Bolt"), living) == Span(day(8), Precision.SAID)
    assert span_of(records.fact(object="Core"), living) == Span(day(9), Precision.SAID)


@st.composite
def situations(draw: st.DrawFn) -> tuple[Records, Fact]:
    records = told(*draw(st.lists(assertions(), min_size=1, max_size=6, unique_by=lambda a: a.uuid)))
    facts = sorted(records.beliefs().facts, key=lambda f: f.uuid)
    assume(facts)
    return records, draw(st.sampled_from(facts))


@unhurried
@given(situations(), st.sampled_from((0.5, 1, 3, 20)))
def test_a_fact_ends_when_it_is_said_to_or_nothing_changes(situation: tuple[Records, Fact], later: float) -> None:
    records, fact = situation
    at = fact.valid_at + timedelta(days=later)
    others = [shown for shown in records.shown() if shown[1] != fact.object and shown[2] < fact.valid_at]
    try:
        amendment = ended(fact, at, Precision.DAY, records.living(records.now), saying())
    except Conflict:
        return
    after(records, amendment)
    assert (fact.subject, fact.object, fact.valid_at, at) in records.shown()
    assert {shown[:3] for shown in others} <= {shown[:3] for shown in records.shown()}


@unhurried
@given(situations())
def test_a_corrected_fact_is_believed_no_more(situation: tuple[Records, Fact]) -> None:
    records, fact = situation
    after(records, corrected(fact, records.living(records.now), saying()))
    assert (fact.subject, fact.object, fact.valid_at, fact.invalid_at) not in records.shown()
