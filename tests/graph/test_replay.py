"""What forgetting leaves: the law over what remains, now and as known at every earlier instant."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from graph.model import Operation, UpdatePolicy
from graph.replay import Policies, Rules, policies_of, replayed
from graph.views import Beliefs
from tests.graph.records import ONTOLOGY, Records
from tests.graph.test_reconcile import histories
from tests.graph.told import a, day, unhurried

RULES = Rules(ONTOLOGY, Policies(UpdatePolicy.ONTOLOGY))


def forgotten(records: Records, gone: set[str]) -> Records:
    """The records without some assertions."""
    history = Beliefs(tuple(records.assertions.values()), tuple(records.facts.values()))
    remaining = [one for one in history.assertions if one.uuid not in gone]
    since = min((one.recorded_at for one in history.assertions if one.uuid in gone), default=None)
    drawn = replayed(history, remaining, since, RULES)
    left = Records()
    left.operations = records.operations
    left.assertions = {one.uuid: one for one in remaining}
    left.facts = {fact.uuid: fact for fact in drawn}
    assert len(left.facts) == len(drawn)
    return left


@unhurried
@given(histories(), st.data())
def test_at_every_instant_it_is_the_law_over_what_remains(records: Records, data: st.DataObject) -> None:
    gone = set(data.draw(st.lists(st.sampled_from(sorted(records.assertions)), unique=True, min_size=1)))
    left = forgotten(records, gone)
    for operation in range(records.operations + 1):
        known = day(1000 + operation)
        assert left.shown(known) == left.believed(known)
    for fact in left.facts.values():
        assert gone.isdisjoint(fact.assertions)
        assert fact.replaced_by is None or fact.replaced_by in left.facts
        assert set(fact.assertions) <= left.assertions.keys()


@unhurried
@given(histories(), st.data())
def test_in_which_order_things_are_forgotten_makes_no_difference(records: Records, data: st.DataObject) -> None:
    gone = data.draw(st.lists(st.sampled_from(sorted(records.assertions)), unique=True, min_size=1))
    at_once, one_by_one = forgotten(records, set(gone)), records
    for uuid in gone:
        one_by_one = forgotten(one_by_one, {uuid})
    for operation in range(records.operations + 1):
        known = day(1000 + operation)
        assert one_by_one.shown(known) == at_once.shown(known)


def test_what_is_not_touched_keeps_its_record() -> None:
    records = Records()
    records.tell(a("rome", 1, 1))
    records.tell(oslo := a("oslo", 3, 3))
    rome = next(fact for fact in records.facts.values() if fact.object == "rome")
    left = forgotten(records, {oslo.uuid})
    assert list(left.facts) == [rome.uuid]
    assert left.facts[rome.uuid].invalid_at is None


def test_what_was_taken_back_lapsed_and_came_back_does_so_again() -> None:
    records = Records()
    records.tell(rome := a("rome", 1, 1))
    records.tell(bern := a("bern", 2, 2))
    records.tell(oslo := a("oslo", 3, 3))
    records.tell(withdrawn=[oslo.uuid])
    records.tell(reinstated=[oslo.uuid])
    left = forgotten(records, {bern.uuid})
    held = [[shown[1] for shown in left.shown(day(1000 + n)) if shown[3] is None] for n in range(1, 6)]
    assert held == [["rome"], ["rome"], ["oslo"], ["rome"], ["oslo"]]
    assert {a for f in left.facts.values() for a in f.assertions} == {rome.uuid, oslo.uuid}


def test_which_policy_held_when_is_what_the_operations_say() -> None:
    first, latest = UpdatePolicy.ONTOLOGY, UpdatePolicy.LATEST
    assert policies_of([], latest) == Policies(latest)
    known = policies_of([setting(2, first, latest), setting(3, latest, latest), setting(4, latest, first)], first)
    assert [known.at(day(n)) for n in (1, 2, 3, 4, 9)] == [first, latest, latest, first, first]
    assert known.ever() == [first, latest]
    assert list(known.turns) == [day(2), day(4)]


def setting(at: float, before: UpdatePolicy, after: UpdatePolicy) -> Operation:
    return Operation(f"op{at}", day(at), f"op{at}", updates=(before, after))


def test_from_when_the_policy_is_set_on_each_is_drawn_by_it() -> None:
    likes = [a(town, n, n, relation="likes", recorded_at=day(n)) for n, town in ((1, "rome"), (2, "oslo"), (3, "bern"))]
    rules = replace(RULES, policies=policies_of([setting(5, UpdatePolicy.ONTOLOGY, UpdatePolicy.LATEST)], UpdatePolicy.LATEST))
    drawn = replayed(Beliefs(tuple(likes), ()), likes[:2], day(1), rules)
    shown = {n: {(f.object, f.end_as_known(day(n))) for f in drawn if f.believed_at(day(n))} for n in (1, 4, 5)}
    assert shown == {1: {("rome", None)}, 4: {("rome", None), ("oslo", None)}, 5: {("rome", day(2)), ("oslo", None)}}
    assert set(rules.keys(likes[0])) == {"p:likes:anna:rome", "s:likes:anna"}


def test_nothing_erased_changes_nothing() -> None:
    records = Records()
    records.tell(a("rome", 1, 1))
    assert forgotten(records, set()).facts == records.facts
