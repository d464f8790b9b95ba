from dataclasses import replace
from datetime import datetime
from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.belief import Stretch, belief_key, believed
from graph.model import Assertion, UpdatePolicy
from graph.ontology import load_ontology
from graph.time import TICK, Precision
from tests.graph.oracle import INF, held
from tests.graph.told import MICROS, a, as_word, assertions, day, days

ONTOLOGY = load_ontology()
STORIES = {
    "moved": ([a("Paris", 1, 1), a("Rome", 4, 4)], [("Paris", 1, 4), ("Rome", 4, INF)]),
    "an import in any order": (
        [a("Rome", 20, 100), a("Paris", 19, 101), a("Bern", 21, 99)],
        [("Paris", 19, 20), ("Rome", 20, 21), ("Bern", 21, INF)],
    ),
    "in one breath": ([a("Paris", 19, 24, seen=24), a("Rome", 20, 24)], [("Paris", 19, 20), ("Rome", 20, INF)]),
    "late news of an earlier time": (
        [a("Lisbon", 1, 1), a("Lisbon", 5, 5), a("Oslo", 3, 3)],
        [("Lisbon", 1, 3), ("Oslo", 3, 5), ("Lisbon", 5, INF)],
    ),
    "since, said later, overrides": ([a("Rome", 10, 10), a("Milan", 5, 11, seen=11)], [("Milan", 5, INF)]),
    "a stay with an end; nothing older comes back": ([a("Paris", 1, 1), a("Rome", 3, 6, end=5)], [("Paris", 1, 3), ("Rome", 3, 5)]),
    "said to be over": ([a("Acme", 1, 2, seen=2), a("Acme", 7, 8, holds=False)], [("Acme", 1, 7)]),
    "over, then again": (
        [a("Acme", 1, 2, seen=2), a("Acme", 7, 8, holds=False), a("Acme", 9, 9)],
        [("Acme", 1, 7), ("Acme", 9, INF)],
    ),
    "ended, then told that it began again before that was said": (
        [a("Acme", 19, 30), a("Acme", 21, 31, holds=False), a("Acme", 22, 32)],
        [("Acme", 19, 21), ("Acme", 22, INF)],
    ),
    "the first of two stretches ended, told last": (
        [a("Acme", 1, 1), a("Acme", 5, 5), a("Acme", 3, 9, holds=False)],
        [("Acme", 1, 3), ("Acme", 5, INF)],
    ),
    "the end moved back": ([a("Acme", 1, 2), a("Acme", 7, 8, holds=False), a("Acme", 5, 9, holds=False)], [("Acme", 1, 5)]),
    "the end moved on": ([a("Acme", 1, 2), a("Acme", 5, 8, holds=False), a("Acme", 7, 9, holds=False)], [("Acme", 1, 7)]),
    "a said end moved on": ([a("Acme", 2, 4, end=3), a("Acme", 5, 8, holds=False)], [("Acme", 2, 5)]),
    "a said end moved back": ([a("Acme", 1, 11, end=10), a("Acme", 3, 12, end=4)], [("Acme", 1, 4)]),
    "ended earlier than it was vouched for": ([a("Acme", 19, 23, seen=23), a("Acme", 21, 24, holds=False)], [("Acme", 19, 21)]),
    "two stretches, two endings": (
        [a("Acme", 1, 1), a("Acme", 3, 3, holds=False), a("Acme", 5, 5), a("Acme", 8, 8, holds=False)],
        [("Acme", 1, 3), ("Acme", 5, 8)],
    ),
    "two spans that meet, the later told first": ([a("Acme", 5, 9, end=8), a("Acme", 3, 10, end=5)], [("Acme", 3, 8)]),
    "two spans that meet, in the other order": ([a("Acme", 3, 9, end=5), a("Acme", 5, 10, end=8)], [("Acme", 3, 8)]),
    "a span told later that ends where it was said to begin": ([a("Rome", 5, 5), a("Rome", 3, 9, end=5)], [("Rome", 3, INF)]),
    "same start, said twice": ([a("Rome", 3, 10), a("Milan", 3, 12)], [("Milan", 3, INF)]),
    "same start, the first vouched for longer": ([a("Rome", 3, 6, seen=6), a("Milan", 3, 7)], [("Milan", 3, INF)]),
    "an undecidable tie": ([a("Rome", 3, 10), a("Milan", 3, 10)], [("Milan", 3, INF), ("Rome", 3, INF)]),
    "a year abroad, told later": ([a("Rome", 20, 20), a("Bern", 10, 25, end=12)], [("Bern", 10, 12), ("Rome", 20, INF)]),
    "a job with an end, told first; the next began inside": (
        [a("Acme", 10, 20, end=20), a("Bolt", 15, 21)],
        [("Acme", 10, 15), ("Bolt", 15, INF)],
    ),
    "an earlier place denied after the next was told": (
        [a("Milan", 3, 6, end=5), a("Milan", 0, 7), a("Rome", 2, 8), a("Milan", 2, 9, holds=False)],
        [("Milan", 0, 2), ("Rome", 2, 3), ("Milan", 3, 5)],
    ),
    "told again, nothing new": ([a("Rome", 3, 3), a("Rome", 5, 5), a("Rome", 9, 9)], [("Rome", 3, INF)]),
    "the start learnt later": ([a("Rome", 9, 9), a("Rome", 2, 12, seen=12)], [("Rome", 2, INF)]),
    "a stay inside what is vouched for": (
        [a("Rome", 10, 30, seen=30), a("Bern", 12, 31, end=13)],
        [("Rome", 10, 12), ("Bern", 12, 13), ("Rome", 13, INF)],
    ),
    "works there, and quit today": ([a("Acme", 10, 10), a("Acme", 0, 15, holds=False, within=24)], [("Acme", 10, 15)]),
    "lives there, and moved today": ([a("Paris", 10, 10), a("Rome", 0, 15, within=24)], [("Paris", 10, 15), ("Rome", 15, INF)]),
    "moved some time that year": ([a("Paris", -50, -50), a("Rome", 0, 350, within=366)], [("Paris", -50, 0), ("Rome", 0, INF)]),
    "still planned": ([a("Rome", 5, 5), a("Oslo", 12, 6)], [("Rome", 5, 12), ("Oslo", 12, INF)]),
    # Beside those of the law's first page (docs/decisions/0012)
    "a stay told late that ends where another begins": ([a("Rome", 5, 5), a("Paris", 3, 9, end=5)], [("Paris", 3, 5), ("Rome", 5, INF)]),
    "quit on the day the next job begins": (
        [a("Acme", 1, 7, seen=7), a("Bolt", 7, 6), a("Acme", 7, 7, holds=False)],
        [("Acme", 1, 7), ("Bolt", 7, INF)],
    ),
    "what began within a stay told late does not come back at its end": ([a("Rome", 5, 5), a("Paris", 3, 9, end=6)], [("Paris", 3, 6)]),
    "what was to begin earlier than it ended is gone": (
        [a("Oslo", 6, 5), a("Rome", 1, 6, seen=6), a("Rome", 9, 10, holds=False)],
        [("Rome", 1, 9)],
    ),
    "two begin where a stay ends, the later said holds": (
        [a("Rome", 5, 2), a("Oslo", 5, 3), a("Paris", 3, 9, end=5)],
        [("Paris", 3, 5), ("Oslo", 5, INF)],
    ),
    "some time that year, and over by its second day": (
        [a("Rome", 10, 11, end=90), a("Paris", 0, 37, within=366, end=2)],
        [("Paris", 0, 2), ("Rome", 10, 90)],
    ),
    "some time that year, vouched for until its fifth day": (
        [a("Rome", 1, 1), a("Paris", 0, 37, within=366, seen=5)],
        [("Rome", 1, 5), ("Paris", 5, INF)],
    ),
    "to begin in a month to come, while another is vouched for": (
        [a("Acme", 1, 2, end=900), a("Bolt", 60, 10, within=91)],
        [("Acme", 1, 60), ("Bolt", 60, INF)],
    ),
}

MARCH, YEAR = {"within": 91, "precision": Precision.MONTH}, {"within": 366, "precision": Precision.YEAR}


def last(number: float) -> float:
    """The last instant before a day, in days."""
    return float(str(days(day(number) - TICK)))


DATED = {
    "in March": ([a("Rome", 60, 100, **MARCH)], [("Rome", 60, "MONTH", INF, None)]),
    "in March, and before that elsewhere": (
        [a("Oslo", 5, 5), a("Rome", 60, 100, **MARCH)],
        [("Oslo", 5, "SAID", 60, "MONTH"), ("Rome", 60, "MONTH", INF, None)],
    ),
    "in March, where something else was said in March": (
        [a("Oslo", 70, 70), a("Rome", 60, 100, **MARCH)],
        [("Oslo", 70, "SAID", last(91), "MONTH"), ("Rome", last(91), "MONTH", INF, None)],
    ),
    "since that year, said later": (
        [a("Oslo", 200, 200), a("Rome", 0, 400, seen=400, **YEAR)],
        [("Oslo", 200, "SAID", last(366), "YEAR"), ("Rome", last(366), "YEAR", INF, None)],
    ),
    "since that year, where nothing contradicts": ([a("Rome", 0, 400, seen=400, **YEAR)], [("Rome", 0, "YEAR", INF, None)]),
    "that year, then in March": (
        [a("Oslo", 0, 400, **YEAR), a("Rome", 60, 401, **MARCH)],
        [("Oslo", 0, "YEAR", 60, "MONTH"), ("Rome", 60, "MONTH", INF, None)],
    ),
    "in March, then that year": (
        [a("Rome", 60, 400, **MARCH), a("Oslo", 0, 401, **YEAR)],
        [("Rome", 60, "MONTH", last(366), "YEAR"), ("Oslo", last(366), "YEAR", INF, None)],
    ),
    "until that year, then elsewhere since that year": (
        [a("Rome", -900, 400, end=0, end_precision=Precision.YEAR), a("Oslo", 0, 401, seen=401, **YEAR)],
        [("Rome", -900, "DAY", 0, "YEAR"), ("Oslo", 0, "YEAR", INF, None)],
    ),
    "since that year, and before until that year": (
        [a("Oslo", 0, 400, seen=400, **YEAR), a("Rome", -900, 401, end=0, end_precision=Precision.YEAR)],
        [("Rome", -900, "DAY", 0, "YEAR"), ("Oslo", 0, "YEAR", INF, None)],
    ),
    "since April, and in March elsewhere, where something else was said in March": (
        [a("Oslo", 70, 70), a("Rome", 91, 200, seen=200, within=121, precision=Precision.MONTH), a("Bern", 60, 300, **MARCH)],
        [("Oslo", 70, "SAID", last(91), "MONTH"), ("Bern", last(91), "MONTH", 91, "MONTH"), ("Rome", 91, "MONTH", INF, None)],
    ),
    "last summer, which is over": (
        [a("Rome", 152, 300, within=244, precision=Precision.MONTH, end=244, end_precision=Precision.MONTH)],
        [("Rome", 152, "MONTH", 244, "MONTH")],
    ),
    "until Friday, from no said day": ([a("Rome", 3, 3, end=8)], [("Rome", 3, "SAID", 8, "DAY")]),
    "until Friday, and then something else": (
        [a("Rome", 3, 3, end=8), a("Oslo", 8, 4)],
        [("Rome", 3, "SAID", 8, "DAY"), ("Oslo", 8, "DAY", INF, None)],
    ),
    "said to hold": ([a("Rome", 3, 3)], [("Rome", 3, "SAID", INF, None)]),
    "over, the date unknown": ([a("Rome", 3, 3), a("Rome", 9, 9, holds=False)], [("Rome", 3, "SAID", 9, "SAID")]),
    "over since March": ([a("Rome", 3, 3), a("Rome", 60, 100, holds=False, **MARCH)], [("Rome", 3, "SAID", 60, "MONTH")]),
    "over since March, but still said to hold within it": (
        [a("Rome", 3, 70, seen=70), a("Rome", 60, 100, holds=False, **MARCH)],
        [("Rome", 3, "DAY", last(91), "MONTH")],
    ),
    "once so": ([a("Rome", 9, 9, holds=False, precision=Precision.BEFORE)], [("Rome", 9, "BEFORE", 9, "BEFORE")]),
    "to come": ([a("Rome", 3, 3), a("Oslo", 60, 5, **MARCH)], [("Rome", 3, "SAID", 60, "MONTH"), ("Oslo", 60, "MONTH", INF, None)]),
    "to come, and to end": (
        [a("Oslo", 60, 5, within=91, precision=Precision.MONTH, end=366, end_precision=Precision.YEAR)],
        [("Oslo", 60, "MONTH", 366, "YEAR")],
    ),
}


def believed_days(told: list[Assertion]) -> list[tuple[str, float, float]]:
    return [(s.object, days(s.start), INF if s.end is None else days(s.end)) for s in believed(told)]


def only(told: list[Assertion]) -> Stretch:
    [stretch] = believed(told)
    return stretch


@pytest.mark.parametrize("story", STORIES)
def test_the_stories_hold_in_every_order(story: str) -> None:
    told, want = STORIES[story]
    for order in permutations(told):
        assert believed_days(list(order)) == want


@pytest.mark.parametrize("story", DATED)
def test_each_date_is_as_exact_as_it_was_told(story: str) -> None:
    told, want = DATED[story]
    for order in permutations(told):
        found = believed(list(order))
        dates = [(s.object, days(s.start), s.start_precision, INF if s.end is None else days(s.end), s.end_precision) for s in found]
        assert dates == want


@settings(deadline=None)
@given(st.lists(assertions(), max_size=7, unique_by=lambda a: a.uuid))
def test_agrees_with_the_law_as_plainly_said(told: list[Assertion]) -> None:
    want = [(h.obj, h.start / MICROS, h.end / MICROS) for h in held([as_word(one) for one in told])]
    assert believed_days(told) == want


@settings(deadline=None)
@given(st.lists(assertions(formerly=True), max_size=7, unique_by=lambda a: a.uuid), st.integers(0, 100))
def test_the_order_of_telling_makes_no_difference(told: list[Assertion], seed: int) -> None:
    shuffled = list(told)
    Random(seed).shuffle(shuffled)  # noqa: S311 - a shuffle hides nothing
    assert believed(shuffled) == believed(told)


@settings(deadline=None)
@given(st.lists(assertions(formerly=True), max_size=7, unique_by=lambda a: a.uuid))
def test_every_stretch_stands_on_words_of_its_own(told: list[Assertion]) -> None:
    by_uuid = {one.uuid: one for one in told}
    for stretch in believed(told):
        sources = [by_uuid[uuid] for uuid in stretch.assertions]
        assert stretch.lead in sources and {s.object for s in sources} == {stretch.object}
        assert stretch.lead.holds or stretch.start == stretch.end
        assert stretch.lead.confidence <= stretch.confidence <= 1
        assert (stretch.end is None) == (stretch.end_precision is None)
        if stretch.end is not None and stretch.start < stretch.end:
            closing = by_uuid[str(stretch.closed_by)]
            assert closing.uuid in stretch.assertions or closing.object != stretch.object


@settings(deadline=None)
@given(st.lists(assertions(), max_size=6, unique_by=lambda a: a.uuid))
def test_formerly_never_moves_what_has_ended(told: list[Assertion]) -> None:
    before = [s for s in believed(told) if s.end is not None and s.end <= day(30)]
    after = believed([*told, a("a", 40, 40, holds=False, precision=Precision.BEFORE)])
    assert {(s.object, s.start, s.end) for s in before} <= {(s.object, s.start, s.end) for s in after}


def test_a_thousand_assertions_of_one_key() -> None:
    told = [a(f"place {n % 7}", n, n, uuid=f"{n:04d}") for n in range(1000)]
    assert len(believed(told)) == 1000


def test_a_microsecond_is_kept() -> None:
    start = datetime.fromisoformat("2024-03-10T09:00:00.000001+00:00")
    told = [replace(a("Rome", 1, 1), start=start - TICK, said=start - TICK), replace(a("Oslo", 1, 1), start=start, said=start)]
    first, second = believed(told)
    assert (first.start, first.end, second.start) == (start - TICK, start, start)


def test_formerly_of_something_unknown_is_known_to_have_been_before() -> None:
    told = [a("Rome", 8, 8, holds=False, precision=Precision.BEFORE), a("Rome", 5, 5, holds=False, precision=Precision.BEFORE)]
    stretch = only(told)
    assert (stretch.start, stretch.end, stretch.object) == (day(5), day(5), "Rome")
    assert stretch.start_precision is stretch.end_precision is Precision.BEFORE
    assert stretch.assertions == (told[1].uuid, told[0].uuid) and stretch.lead is told[1] and stretch.closed_by is None


def test_formerly_stands_beside_what_holds_now() -> None:
    told = [a("Oslo", 1, 1), a("Rome", 5, 5, holds=False, precision=Precision.BEFORE)]
    assert believed_days(told) == [("Oslo", 1, INF), ("Rome", 5, 5)]


def test_formerly_ends_what_still_held() -> None:
    told = [a("Rome", 1, 1), a("Rome", 5, 5, holds=False, precision=Precision.BEFORE)]
    stretch = only(told)
    assert (days(stretch.start), stretch.end, stretch.end_precision) == (1, day(5), Precision.BEFORE)
    assert stretch.closed_by == told[1].uuid


def test_formerly_with_an_end_that_was_told_is_known_until_then() -> None:
    told = [
        a("Oslo", 1, 1),
        a("Rome", 3, 9, holds=False, precision=Precision.BEFORE, end_precision=Precision.DAY),
        a("Rome", 8, 8, holds=False, precision=Precision.BEFORE),
    ]
    former = next(s for s in believed(told) if s.object == "Rome")
    assert (former.start, former.end) == (day(3), day(3))
    assert (former.start_precision, former.end_precision) == (Precision.BEFORE, Precision.DAY)
    again = a("Rome", 4, 10, holds=False, precision=Precision.BEFORE, end_precision=Precision.DAY)
    assert believed_days([*told, again]) == [("Oslo", 1, INF), ("Rome", 4, 4)]


def test_formerly_with_an_end_that_was_told_ends_what_held_then_and_nothing_that_began_later() -> None:
    told = a("Rome", 5, 9, holds=False, precision=Precision.BEFORE, end_precision=Precision.DAY)
    stretch = only([a("Rome", 1, 1), told])
    assert (days(stretch.start), stretch.end, stretch.end_precision) == (1, day(5), Precision.DAY)
    assert believed_days([a("Rome", 7, 7), told]) == [("Rome", 5, 5), ("Rome", 7, INF)]


def test_formerly_within_a_period_ends_what_was_known_to_hold_in_it() -> None:
    told = a("Rome", 1, 30, holds=False, precision=Precision.BEFORE, end_precision=Precision.MONTH, within=20)
    assert believed_days([a("Rome", 5, 5), told]) == [("Rome", 5, last(20))]


def test_formerly_supports_what_is_known_to_have_ended() -> None:
    told = [a("Rome", 1, 3, end=2), a("Rome", 5, 5, holds=False, precision=Precision.BEFORE)]
    stretch = only(told)
    assert (days(stretch.start), stretch.end, stretch.assertions) == (1, day(2), (told[0].uuid, told[1].uuid))


def test_formerly_stays_when_it_begins_anew() -> None:
    told = [a("Rome", 5, 5, holds=False, precision=Precision.BEFORE), a("Rome", 9, 9)]
    assert believed_days(told) == [("Rome", 5, 5), ("Rome", 9, INF)]


def test_precisions_are_those_of_what_was_said_of_the_ends() -> None:
    year = a("Rome", 0, 350, within=366, precision=Precision.YEAR)
    over = a("Rome", 400, 410, holds=False, precision=Precision.MONTH)
    stretch = only([year, over])
    assert (stretch.start_precision, stretch.end_precision) == (Precision.YEAR, Precision.MONTH)


def test_a_successor_gives_its_own_start_and_precision_to_the_end() -> None:
    rome, oslo = a("Rome", 1, 1), a("Oslo", 4, 9, precision=Precision.MONTH)
    first, second = believed([rome, oslo])
    assert (first.end, first.end_precision, first.closed_by) == (second.start, Precision.MONTH, oslo.uuid)
    assert first.assertions == (rome.uuid,) and second.closed_by is None


def test_a_tie_is_closed_by_what_confirms_the_other() -> None:
    told = [a("Rome", 1, 1), a("Oslo", 1, 1), a("Rome", 2, 2)]
    oslo, rome = believed(told)
    assert (oslo.end, oslo.closed_by) == (day(2), told[2].uuid) and (rome.start, rome.end) == (day(1), None)


def test_what_resumes_after_a_stay_elsewhere_starts_as_exactly_as_that_ended() -> None:
    told = [a("Rome", 10, 30, seen=30), a("Bern", 12, 31, end=13, end_precision=Precision.MONTH)]
    _, bern, again = believed(told)
    assert bern.end_precision is again.start_precision is Precision.MONTH
    assert again.assertions == (told[0].uuid,)


def test_what_resumes_where_words_stop_vouching_is_known_to_hold_then() -> None:
    told = [a("Paris", 1, 9, seen=5), a("Rome", 3, 8, seen=8)]
    assert [(s.object, s.start_precision) for s in believed(told)] == [("Paris", Precision.DAY), ("Rome", Precision.SAID)]


def test_sources_are_what_vouches_and_what_tells_of_the_end() -> None:
    told = [a("Acme", 1, 2, seen=2), a("Acme", 3, 3), a("Acme", 6, 6, holds=False), a("Acme", 7, 8, holds=False)]
    stretch = only(told)
    assert stretch.assertions == (told[0].uuid, told[1].uuid, told[3].uuid)
    assert stretch.closed_by == told[3].uuid


def test_an_end_that_was_outranked_while_vouched_for_closes_it_after() -> None:
    told = [a("Acme", 1, 9, seen=6), a("Acme", 4, 8, holds=False)]
    stretch = only(told)
    assert (days(stretch.end or day(0)), stretch.closed_by, stretch.end_precision) == (6, told[1].uuid, Precision.SAID)


def test_the_words_are_of_one_that_dates_it_then_of_the_first_said() -> None:
    told = [a("Rome", 2, 2), a("Rome", 5, 5), a("Rome", 1, 9, seen=9, text="has lived in Rome since the 2nd")]
    assert only(told).lead is told[2]
    assert only(told[:2]).lead is told[0]


def test_sources_make_surer_together_but_never_certain() -> None:
    def sure(*confidences: float, episodes: str = "xyz") -> float:
        told = [a("Rome", n, n, confidence=c, episode=episodes[n]) for n, c in enumerate(confidences)]
        return round(only(told).confidence, 6)

    assert sure(0.6) == 0.6
    assert sure(0.6, 0.5) == 0.8
    assert sure(0.6, 0.5, episodes="xxx") == 0.6
    assert sure(0.95, 0.95) == 0.99
    assert sure(1.0, 0.5) == 1.0


@pytest.mark.parametrize(
    ("relation", "policy", "key"),
    [
        ("lives_in", UpdatePolicy.ONTOLOGY, "s:lives_in:x"),
        ("capital_of", UpdatePolicy.ONTOLOGY, "o:capital_of:b"),
        ("likes", UpdatePolicy.ONTOLOGY, "p:likes:x:b"),
        ("friend_of", UpdatePolicy.ONTOLOGY, "p:friend_of:b:x"),
        ("likes", UpdatePolicy.LATEST, "s:likes:x"),
        ("friend_of", UpdatePolicy.LATEST, "s:friend_of:x"),
        ("capital_of", UpdatePolicy.LATEST, "o:capital_of:b"),
        ("never_heard_of", UpdatePolicy.LATEST, "s:never_heard_of:x"),
    ],
)
def test_keys_say_what_competes(relation: str, policy: UpdatePolicy, key: str) -> None:
    assert belief_key(ONTOLOGY.relation(relation), "x", "b", policy) == key


def test_values_of_an_exclusive_object_compete() -> None:
    told = [a("farland", 1, 1, subject="portville"), a("farland", 5, 5, subject="newport")]
    assert [(s.subject, s.end) for s in believed(told)] == [("portville", day(5)), ("newport", None)]


def test_a_symmetric_relation_told_from_both_ends_is_one() -> None:
    told = [a("ben", 1, 1, subject="anna"), a("anna", 5, 5, subject="ben"), a("anna", 9, 9, subject="ben", holds=False)]
    assert [(s.subject, s.object, s.end) for s in believed(told)] == [("anna", "ben", day(9))]


def test_nothing_said_is_nothing_believed() -> None:
    assert believed([]) == ()
