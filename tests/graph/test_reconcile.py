from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.belief import believed
from graph.delta import Closing, Retraction
from graph.model import Assertion, ChangeKind, ReviewKind, UpdatePolicy
from graph.reconcile import Note, Told, reconcile
from graph.time import Precision
from graph.views import Beliefs
from tests.graph.records import ONTOLOGY, Records, numbered
from tests.graph.told import a, assertions, day, unhurried

ADDED, ENDED, RETRACTED = ChangeKind.FACT_ADDED, ChangeKind.FACT_ENDED, ChangeKind.FACT_RETRACTED
REINFORCED, RESTORED, OPENED = ChangeKind.FACT_REINFORCED, ChangeKind.FACT_RESTORED, ChangeKind.REVIEW_OPENED


@st.composite
def histories(draw: st.DrawFn) -> Records:
    """Operations that each tell some assertions, take some earlier ones back and bring some of these back, over one exclusive key."""
    records = Records()
    told = draw(st.lists(assertions(formerly=True), min_size=1, max_size=9, unique_by=lambda a: a.uuid))
    while told:
        size = draw(st.integers(1, 3))
        batch, told = told[:size], told[size:]
        living = sorted(a.uuid for a in records.living(records.now))
        taken_back = draw(st.lists(st.sampled_from(living), max_size=2, unique=True)) if living else []
        gone = sorted(a.uuid for a in records.assertions.values() if a.withdrawn_at is not None)
        brought_back = draw(st.lists(st.sampled_from(gone), max_size=1)) if gone else []
        records.tell(*batch, withdrawn=taken_back, reinstated=brought_back)
        assert records.shown() == records.believed()
    living = sorted(a.uuid for a in records.living(records.now))
    records.tell(withdrawn=draw(st.lists(st.sampled_from(living), unique=True)) if living else [])
    return records


@unhurried
@given(histories())
def test_records_say_what_the_law_says_now_and_as_of_every_earlier_instant(records: Records) -> None:
    for operation in range(records.operations + 1):
        known = day(1000 + operation)
        assert records.shown(known) == records.believed(known)


@unhurried
@given(histories())
def test_records_say_in_which_words_how_exactly_and_how_surely_now_and_as_of_every_earlier_instant(records: Records) -> None:
    for operation in range(records.operations + 1):
        known = day(1000 + operation)
        assert records.in_full(known) == records.believed_in_full(known)


@unhurried
@given(histories())
def test_what_lives_of_what_records_rest_on_is_what_the_law_says(records: Records) -> None:
    living = {a.uuid for a in records.living(records.now)}
    resting = {(f.object, f.valid_at, f.invalid_at): set(f.assertions) & living for f in records.beliefs().facts}
    assert resting == {(s.object, s.start, s.end): set(s.assertions) for s in believed(records.living(records.now))}


@unhurried
@given(histories())
def test_records_name_what_took_their_place_and_rest_on_what_was_said(records: Records) -> None:
    for fact in records.facts.values():
        assert fact.expired_at is None or (fact.expired_at > fact.created_at and fact.invalid_at is not None)
        assert set(fact.assertions) <= records.assertions.keys() and fact.assertions
        assert len(set(fact.assertions)) == len(fact.assertions)
        if fact.replaced_by is not None:
            successor = records.facts[fact.replaced_by]
            assert (successor.subject, successor.object) == (fact.subject, fact.object)
            assert fact.retracted_at is not None and successor.uuid != fact.uuid
        if fact.retracted_at is None:
            living = {one.uuid for one in records.living(records.now)}
            assert living & set(fact.assertions)


@unhurried
@given(histories())
def test_every_operation_leaves_changes_and_every_change_of_a_record_is_named(records: Records) -> None:
    assert {change.operation for change in records.changes} == {f"op{n}" for n in range(1, records.operations + 1)}
    named = {uuid for change in records.changes for uuid in change.facts}
    assert named == records.facts.keys()
    assert all(change.rule and change.reason and change.actor == "ada" and change.group == "g" for change in records.changes)


@unhurried
@given(st.lists(assertions(formerly=True), min_size=1, max_size=6, unique_by=lambda a: a.uuid))
def test_telling_at_once_or_one_by_one_ends_in_the_same_world(told: list[Assertion]) -> None:
    at_once, one_by_one = Records(), Records()
    at_once.tell(*told)
    for assertion in told:
        one_by_one.tell(assertion)
    assert at_once.in_full(at_once.now) == one_by_one.in_full(one_by_one.now)


@unhurried
@given(histories())
def test_drawing_anew_changes_nothing(records: Records) -> None:
    before = dict(records.facts)
    outcome = records.tell()
    assert [change.kind for change in outcome.changes] == [REINFORCED] and records.facts == before


def test_something_new_is_added_with_its_words() -> None:
    records = Records()
    rome = a("Rome", 4, 4, text="Anna lives in Rome now", confidence=0.7, episode="e1", attributes={"since": "spring"})
    outcome = records.tell(rome)
    [fact] = outcome.facts
    assert (fact.uuid, fact.key, fact.group, fact.text) == ("r1", "s:lives_in:anna", "g", "Anna lives in Rome now")
    assert (fact.valid_at, fact.valid_at_precision, fact.invalid_at, fact.expired_at) == (day(4), Precision.SAID, None, None)
    assert (fact.created_at, fact.confidence, fact.assertions, fact.attributes) == (day(1001), 0.7, (rome.uuid,), {"since": "spring"})
    [change] = outcome.changes
    assert (change.kind, change.facts, change.episode, change.operation, change.at) == (ADDED, ("r1",), "e1", "op1", day(1001))
    assert (change.rule, change.reason) == ("asserted", "'lives in' holds from 2020-01-05T00:00:00Z on")


def test_a_fact_names_the_episodes_it_was_said_in_once_each_in_order() -> None:
    records = Records()
    sayings = [a("Rome", 4, 4, episode="e2"), a("Rome", 4, 5, episode="e1"), a("Rome", 4, 6, episode="e2"), a("Rome", 4, 7)]
    (fact,) = records.tell(*sayings).facts
    assert (fact.assertions, fact.episodes) == (tuple(said.uuid for said in sayings), ("e2", "e1"))


def test_a_note_gives_the_rule_and_the_reason_of_what_is_new() -> None:
    records = Records()
    rome = a("Rome", 4, 4)
    records.tell(rome, notes={rome.uuid: Note("told", "from the old address book")})
    assert [(c.rule, c.reason) for c in records.last()] == [("told", "from the old address book")]


def test_an_end_known_from_the_start_is_no_later_learning() -> None:
    records = Records()
    records.tell(a("Rome", 1, 9, end=4))
    fact = records.fact()
    assert (fact.invalid_at, fact.invalid_at_precision, fact.expired_at) == (day(4), Precision.DAY, None)
    assert records.kinds() == [ADDED]


def test_a_successor_closes_the_open_record() -> None:
    records = Records()
    records.tell(a("Rome", 1, 1))
    outcome = records.tell(a("Oslo", 4, 5, episode="e2", precision=Precision.MONTH))
    assert outcome.closings == (Closing("r1", day(4), Precision.MONTH),) and not outcome.retractions
    ended, added = outcome.changes
    assert (ended.kind, ended.rule, ended.facts, ended.episode) == (ENDED, "superseded", ("r1",), "e2")
    assert ended.reason == "'lives in' has one value at a time, and another began at 2020-01"
    assert added.kind is ADDED
    assert records.fact(object="Rome").expired_at == day(1002)


def test_an_ending_closes_the_open_record_and_stands_behind_it() -> None:
    records = Records()
    records.tell(a("Rome", 1, 1))
    over = a("Rome", 4, 5, holds=False, episode="e2")
    outcome = records.tell(over, notes={over.uuid: Note("ended", "she wrote so")})
    [ended] = outcome.changes
    assert (ended.kind, ended.rule, ended.episode) == (ENDED, "ended", "e2")
    assert ended.reason == "'lives in' was said to have ended at 2020-01-05: she wrote so"
    assert outcome.supports == (("r1", over.uuid),)


def test_an_end_that_is_still_to_come_was_said_to_end() -> None:
    records = Records()
    records.tell(a("Rome", 1, 1))
    [ended] = records.tell(a("Rome", 9, 5, holds=False, episode="e2")).changes
    assert ended.reason == "'lives in' was said to end at 2020-01-10"


def test_no_longer_without_a_date_is_a_denial() -> None:
    records = Records()
    records.tell(a("Rome", 1, 1))
    [ended] = records.tell(a("Rome", 4, 4, holds=False)).changes
    assert (ended.rule, ended.reason) == ("denied", "'lives in' was said at 2020-01-05T00:00:00Z no longer to hold")


def test_said_again_reinforces() -> None:
    records = Records()
    records.tell(a("Rome", 1, 1))
    again = a("Rome", 4, 4, episode="e2")
    outcome = records.tell(again)
    [change] = outcome.changes
    assert (change.kind, change.rule, change.facts, change.episode) == (REINFORCED, "reinforced", ("r1",), "e2")
    assert outcome.supports == (("r1", again.uuid),) and not outcome.facts


def test_a_start_learnt_later_rewrites() -> None:
    records = Records()
    records.tell(a("Rome", 9, 9))
    outcome = records.tell(a("Rome", 2, 12, seen=12))
    [change] = outcome.changes
    assert outcome.retractions == (Retraction("r1", replaced_by=records.fact().uuid),)
    assert (change.kind, change.rule, change.facts) == (ADDED, "refined", ("r1", records.fact().uuid))
    assert change.reason == "'lives in' is now known from 2020-01-03 on"


def test_an_end_moved_rewrites() -> None:
    records = Records()
    records.tell(a("Rome", 1, 1), a("Rome", 7, 8, holds=False))
    [change] = records.tell(a("Rome", 5, 9, holds=False)).changes
    fact = records.fact()
    assert (change.kind, change.rule) == (ENDED, "refined") and change.facts[1] == fact.uuid
    assert (fact.invalid_at, fact.expired_at, fact.created_at) == (day(5), None, day(1002))


def test_taking_the_successor_back_reopens() -> None:
    records = Records()
    oslo = a("Oslo", 4, 4)
    records.tell(a("Rome", 1, 1))
    records.tell(oslo)
    gone = records.fact(object="Oslo").uuid
    outcome = records.tell(withdrawn=[oslo.uuid], notes={oslo.uuid: Note("retracted", "it was a joke")})
    assert {(c.kind, c.rule) for c in outcome.changes} == {(RETRACTED, "retracted"), (RESTORED, "reopened")}
    assert Retraction(gone) in outcome.retractions
    assert records.fact().invalid_at is None and records.fact().object == "Rome"
    [retracted] = [c for c in outcome.changes if c.kind is RETRACTED]
    assert (retracted.facts, retracted.reason) == ((gone,), "it was a joke")


def test_what_was_outranked_from_its_start_is_restored_when_its_rival_goes() -> None:
    records = Records()
    milan = a("Milan", 3, 12)
    records.tell(a("Rome", 3, 10))
    [retracted, _] = records.tell(milan).changes
    assert (retracted.kind, retracted.rule) == (RETRACTED, "superseded")
    assert {c.kind for c in records.tell(withdrawn=[milan.uuid]).changes} == {RETRACTED, RESTORED}


def test_two_records_that_become_one_are_both_replaced_by_it() -> None:
    records = Records()
    oslo = a("Oslo", 3, 3)
    records.tell(a("Lisbon", 1, 1), a("Lisbon", 5, 5), oslo)
    lisbons = {fact.uuid for fact in records.beliefs().facts if fact.object == "Lisbon"}
    outcome = records.tell(withdrawn=[oslo.uuid])
    one = records.fact().uuid
    assert {r.fact for r in outcome.retractions if r.replaced_by == one} == lisbons


def test_late_news_splits_a_record() -> None:
    records = Records()
    records.tell(a("Lisbon", 1, 1), a("Lisbon", 5, 5))
    outcome = records.tell(a("Oslo", 3, 3))
    assert [(r.fact, r.replaced_by) for r in outcome.retractions] == [("r1", records.fact(object="Lisbon", valid_at=day(1)).uuid)]
    found = sorted((f.object, f.valid_at, len(f.assertions)) for f in outcome.facts)
    assert found == [("Lisbon", day(1), 1), ("Lisbon", day(5), 1), ("Oslo", day(3), 1)]


def test_a_record_whose_words_are_taken_back_gets_those_that_remain() -> None:
    records = Records()
    first, second = a("Rome", 3, 5, text="Anna moved to Rome with Tom"), a("Rome", 3, 6, text="Anna lives in Rome")
    records.tell(first, second)
    records.tell(withdrawn=[first.uuid])
    assert records.fact().text == "Anna lives in Rome" and records.fact().assertions == (second.uuid,)


def test_what_ended_in_the_same_breath_says_why_too() -> None:
    changes = Records().tell(a("Rome", 1, 1), a("Rome", 5, 5, holds=False)).changes
    assert [(change.kind, change.rule) for change in changes] == [(ADDED, "asserted"), (ENDED, "denied")]
    changes = Records().tell(a("Rome", 1, 1), a("Oslo", 5, 5)).changes
    assert [(change.kind, change.rule) for change in changes] == [(ADDED, "asserted"), (ENDED, "superseded"), (ADDED, "asserted")]


def test_a_fact_told_with_its_end_is_one_change_that_names_both() -> None:
    [change] = Records().tell(a("Rome", 1, 9, end=5)).changes
    assert (change.kind, change.reason) == (ADDED, f"'lives in' holds from {day(1):%Y-%m-%d} until {day(5):%Y-%m-%d}")


def test_an_operation_that_changes_nothing_still_leaves_a_change() -> None:
    records = Records()
    unknown = a("Rome", 4, 4, holds=False)
    [change] = records.tell(unknown).changes
    assert (change.kind, change.rule, change.facts) == (REINFORCED, "unchanged", ())
    records.tell(a("Oslo", 5, 5))
    again = a("Oslo", 6, 6)
    records.tell(again)
    [change] = records.tell(withdrawn=[again.uuid]).changes
    assert (change.kind, change.facts) == (REINFORCED, (records.fact().uuid,))


def test_a_tie_that_no_rule_decides_asks_once() -> None:
    records = Records()
    records.tell(a("Rome", 3, 10))
    outcome = records.tell(a("Milan", 3, 10, episode="e2"))
    [review] = outcome.reviews
    both = {fact.uuid for fact in records.beliefs().facts}
    assert (review.kind, set(review.facts), review.opened_at) == (ReviewKind.CONTRADICTION, both, day(1002))
    assert review.reason == "'lives in' has one value at a time, and 2 were said at once"
    assert [(c.rule, c.episode) for c in outcome.changes if c.kind is OPENED] == [("undecided", "e2")]
    assert not records.tell(a("Rome", 12, 8)).reviews
    assert len(records.tell(a("Bern", 3, 10)).reviews) == 1


def test_a_tie_that_ends_is_no_longer_one() -> None:
    records = Records()
    records.tell(a("Rome", 3, 10), a("Milan", 3, 10))
    outcome = records.tell(a("Oslo", 5, 11))
    assert not outcome.reviews and len(outcome.closings) == 2


def test_facts_of_other_relations_stay_apart() -> None:
    records = Records()
    outcome = records.tell(a("Rome", 1, 1), a("jazz", 1, 1, relation="likes"), a("tea", 2, 2, relation="likes"))
    assert [f.key for f in outcome.facts] == ["s:lives_in:anna", "p:likes:anna:jazz", "p:likes:anna:tea"]


def test_under_latest_every_relation_has_one_value() -> None:
    records = Records(UpdatePolicy.LATEST)
    outcome = records.tell(a("jazz", 1, 1, relation="likes"), a("tea", 2, 2, relation="likes"))
    assert [(f.object, f.invalid_at) for f in outcome.facts] == [("jazz", day(2)), ("tea", None)]


def test_another_policy_redraws_records_under_their_new_keys() -> None:
    records = Records()
    records.tell(a("jazz", 1, 1, relation="likes"), a("tea", 2, 2, relation="likes"))
    records.policy = UpdatePolicy.LATEST
    outcome = records.tell()
    assert [(f.key, f.object, f.invalid_at) for f in outcome.facts] == [("s:likes:anna", "jazz", day(2)), ("s:likes:anna", "tea", None)]
    assert {r.replaced_by for r in outcome.retractions} == {f.uuid for f in outcome.facts}


@pytest.mark.parametrize("repeated", [False, True])
def test_an_assertion_told_and_known_counts_once(repeated: bool) -> None:
    rome = a("Rome", 1, 1)
    told = Told("g", "op", day(9), "ada", added=[rome])
    outcome = reconcile(told, Beliefs((rome,) if repeated else ()), ONTOLOGY, UpdatePolicy.ONTOLOGY, numbered("n"))
    assert [f.assertions for f in outcome.facts] == [(rome.uuid,)]


def test_uuids_are_fresh_by_default() -> None:
    told = Told("g", "op", day(9), "ada", added=[a("Rome", 1, 1), replace(a("Rome", 2, 2), subject="ben")])
    outcome = reconcile(told, Beliefs(), ONTOLOGY, UpdatePolicy.ONTOLOGY)
    assert len({*(f.uuid for f in outcome.facts), *(c.uuid for c in outcome.changes)}) == 4
