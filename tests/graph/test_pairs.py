from datetime import timedelta

from graph.belief import Stretch, believed
from graph.model import Fact
from graph.pairs import Pair, has_ended, paired, same_span
from tests.stores.builders import assertion, day, fact


def stretch(object: str, start: float, uuid: str = "a") -> Stretch:
    (found,) = believed([assertion(uuid, "anna", "lives_in", object, day(start))])
    return found


def record(uuid: str, object: str, start: float, **given: object) -> Fact:
    return fact(uuid, "anna", "lives_in", object, day(start), valid_at=day(start), **given)


def test_a_record_over_the_same_span_stands_for_it_again() -> None:
    rome, oslo = record("rome", "rome", 1), record("oslo", "oslo", 2)
    again = stretch("oslo", 2)
    assert same_span(oslo, again)
    assert not same_span(rome, again)
    assert paired([rome, oslo], [again], ()) == ([Pair(again, oslo)], [rome])


def test_an_open_record_stands_for_what_has_come_to_an_end() -> None:
    told = assertion("a", "anna", "lives_in", "rome", day(1))
    over = assertion("b", "anna", "lives_in", "rome", day(3), holds=False)
    (ended,) = believed([told, over])
    open_record = record("rome", "rome", 1)
    assert has_ended(open_record, ended)
    assert paired([open_record], [ended], ()) == ([Pair(ended, open_record)], [])


def test_of_records_about_the_same_time_the_nearest_stands_and_the_others_are_absorbed() -> None:
    near, far = record("near", "rome", 2), record("far", "rome", 5)
    now = stretch("rome", 2.1)
    assert paired([far, near], [now], ()) == ([Pair(now, near, (far,))], [])
    assert now.start - near.valid_at < timedelta(days=1)


def test_records_of_entities_that_were_others_come_after_the_own_ones() -> None:
    guest, own = record("a", "rome", 1), record("b", "rome", 1)
    again = stretch("rome", 1)
    ((pair,), _) = paired([guest, own], [again], {"a"})
    assert (pair.record, pair.absorbed) == (own, (guest,))
