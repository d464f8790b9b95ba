from dataclasses import replace
from datetime import UTC, datetime

import pytest

from graph.assertions import Source, assertion, contradicted_in_breath, triples
from graph.language import Statement
from graph.model import Assertion, Episode, EpisodeKind, UpdatePolicy
from graph.ontology import load_ontology
from graph.time import Period, Precision
from tests.graph.scripted import day, on, place, says

ONTOLOGY = load_ontology()
SAID = day(10)
EPISODE = Episode("e", "g", "s", EpisodeKind.MESSAGE, "user", "Ada", "...", SAID, SAID, SAID)
SOURCE = Source(EPISODE, "op", datetime(2026, 1, 1, tzinfo=UTC), "test")


def told(relation: str, holds: bool = True) -> list[tuple[str, str, str, bool]]:
    drawn = triples(ONTOLOGY, relation, ("a", "b"), holds, UpdatePolicy.ONTOLOGY)
    return [(t.subject, t.relation.name, t.object, t.holds) for t in drawn]


@pytest.mark.parametrize(
    ("relation", "amounts_to"),
    [
        ("lives_in", [("a", "lives_in", "b", True)]),
        ("moved_to", [("a", "lives_in", "b", True)]),
        ("child_of", [("b", "parent_of", "a", True)]),
        ("sibling_of", [("a", "sibling_of", "b", True)]),
        ("juggles_with", [("a", "juggles_with", "b", True)]),
    ],
)
def test_what_a_relation_amounts_to(relation: str, amounts_to: list[tuple[str, str, str, bool]]) -> None:
    assert told(relation) == amounts_to


def test_an_event_stands_beside_what_it_ends() -> None:
    assert told("sold") == [("a", "sold", "b", True), ("a", "owns", "b", False)]


def test_what_did_not_happen_ends_nothing() -> None:
    assert told("sold", holds=False) == [("a", "sold", "b", False)]


def test_a_symmetric_relation_is_stored_once() -> None:
    both = (triples(ONTOLOGY, "partner_of", ends, True, UpdatePolicy.ONTOLOGY) for ends in (("a", "b"), ("b", "a")))
    assert len({(t.subject, t.object) for drawn in both for t in drawn}) == 1


def made(statement: Statement) -> Assertion:
    (triple,) = triples(ONTOLOGY, statement.relation, ("a", "b"), statement.holds, UpdatePolicy.ONTOLOGY)
    return assertion(statement, triple, SOURCE)


HOME = says("Ada", "lives_in", place("Rome"))


def test_what_no_words_date_is_dated_by_the_saying() -> None:
    a = made(HOME)
    assert (a.start, a.within, a.precision, a.seen) == (SAID, None, Precision.SAID, None)


def test_a_dated_start_is_its_period_and_vouches_for_that_alone() -> None:
    a = made(replace(HOME, start=on(3)))
    assert (a.start, a.within, a.precision, a.seen) == (day(3), day(4), Precision.DAY, None)


def test_what_has_held_since_is_vouched_for_until_it_was_said() -> None:
    assert made(replace(HOME, start=on(3), vouched=True)).seen == SAID


def test_a_said_end_is_its_first_instant_and_never_before_the_start() -> None:
    assert made(replace(HOME, start=on(3), end=on(6))).end == day(6)
    assert made(replace(HOME, start=on(3), end=on(3))).end == day(4)
    assert made(replace(HOME, start=on(3), end=on(1))).end is None


def test_formerly_is_an_ending_whose_time_is_not_known() -> None:
    a = made(replace(HOME, holds=False, former=True))
    assert (a.holds, a.precision, a.start) == (False, Precision.BEFORE, SAID)
    assert a.text == "Ada lives in Rome"


@pytest.mark.parametrize("home", [HOME, replace(HOME, holds=False, former=True)])
def test_an_end_told_alone_that_has_come_is_an_ending_of_what_began_some_time_before(home: Statement) -> None:
    a = made(replace(home, end=on(4), text="Ada lived in Rome until then"))
    assert (a.holds, a.precision, a.start, a.within) == (False, Precision.BEFORE, day(4), day(5))
    assert (a.end, a.end_precision, a.seen) == (None, Precision.DAY, None)
    assert a.text == "Ada lived in Rome until then"


def test_an_end_told_alone_that_is_yet_to_come_leaves_it_holding_until_then() -> None:
    a = made(replace(HOME, end=on(14)))
    assert (a.holds, a.start, a.precision, a.end) == (True, SAID, Precision.SAID, day(14))
    today = made(replace(HOME, end=Period(day(10), day(11), Precision.DAY)))
    assert (today.holds, today.end) == (True, day(11))
    goes_on = replace(HOME, end=Period(day(1), day(31), Precision.MONTH))
    assert (made(goes_on).holds, made(goes_on).end) == (True, day(31))
    over = made(replace(goes_on, holds=False, former=True))
    assert (over.holds, over.start, over.within, over.end_precision) == (False, day(1), day(31), Precision.MONTH)


def test_only_the_last_of_two_contrary_present_statements_counts() -> None:
    first, second = made(HOME), replace(made(HOME), object="c")
    assert contradicted_in_breath([(HOME, first, "k"), (HOME, second, "k")]) == {first.uuid}
    assert contradicted_in_breath([(HOME, first, "k"), (HOME, second, "other")]) == set()
    dated = replace(HOME, start=on(3))
    assert contradicted_in_breath([(dated, made(dated), "k"), (HOME, second, "k")]) == set()
