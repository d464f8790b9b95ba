from dataclasses import replace
from datetime import UTC, datetime

import pytest

from graph.language import Question
from graph.model import Fact
from graph.recall.facts import FactView, answering, fact_features, showable, told_once
from graph.recall.seeds import Legs
from graph.recall.spread import Reached
from graph.time import AsOf, Period, Precision
from tests.graph.recall.made import NOW, fact, table_of

MILAN = fact("milan")
ROME = fact("rome", object="rome", valid_at=datetime(2019, 1, 1, tzinfo=UTC), invalid_at=datetime(2024, 3, 1, tzinfo=UTC))
SOON = fact("soon", valid_at=datetime(2025, 6, 1, tzinfo=UTC))
YEAR_2019 = Period(datetime(2019, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC), Precision.YEAR)
YEAR_2022 = Period(datetime(2022, 1, 1, tzinfo=UTC), datetime(2023, 1, 1, tzinfo=UTC), Precision.YEAR)


LIKES, DRINKS = (fact(relation, relation=relation, text="Anna is fond of tea") for relation in ("likes", "drinks"))


def test_what_is_told_in_the_same_words_is_told_once() -> None:
    assert told_once([LIKES, MILAN, DRINKS], NOW.known) == [LIKES, MILAN]


def test_what_differs_in_time_ends_or_messages_is_told_apart() -> None:
    inverse = replace(DRINKS, subject=LIKES.object, object=LIKES.subject)
    others = [replace(DRINKS, valid_at=SOON.valid_at), replace(DRINKS, object="rome"), replace(DRINKS, episodes=("e1",)), inverse]
    assert told_once([LIKES, *others], NOW.known) == [LIKES, *others]


def test_an_end_that_was_not_known_yet_tells_two_apart() -> None:
    ended, learnt = (datetime(2024, month, 1, tzinfo=UTC) for month in (6, 9))
    over, over_later = (replace(one, invalid_at=ended, expired_at=at) for one, at in ((LIKES, ended), (DRINKS, learnt)))
    assert told_once([over, over_later], datetime(2024, 7, 1, tzinfo=UTC)) == [over, over_later]
    assert told_once([over, over_later], learnt) == [over]


def test_each_leg_says_its_part() -> None:
    view = FactView(
        Legs({"milan": {"milan": 2.0}}, {"milan": 0.5, "rome": -0.1}),
        frozenset({"lives_in"}),
        {"milan": Reached(MILAN, 0.8, ("milan",))},
        meant={"milan"},
    )
    table = fact_features([ROME, MILAN], view)
    assert table.uuids == ("milan", "rome")
    assert {leg: list(column) for leg, column in table.legs.items()} == {
        "reached": [0.8, 0.0],
        "words": [1.0, 0.0],
        "cosine": [0.5, 0.0],
        "relation": [1.0, 1.0],
        "asked": [1.0, 0.0],
        "period": [0.0, 0.0],
        "confidence": [1.0, 1.0],
    }


@pytest.mark.parametrize(("record", "asked", "expected"), [(ROME, YEAR_2019, 1.0), (ROME, YEAR_2022, 0.5), (MILAN, YEAR_2022, -1.0)])
def test_a_period_prefers_what_began_in_it(record: Fact, asked: Period, expected: float) -> None:
    view = FactView(Legs({}, {}), frozenset(), {}, (asked,))
    assert list(fact_features([record], view).legs["period"]) == [expected]


def test_what_ended_is_shown_only_where_the_question_asks_about_the_past() -> None:
    assert showable(MILAN, NOW, past=False)
    assert not showable(ROME, NOW, past=False)
    assert showable(ROME, NOW, past=True)


def test_what_ended_is_shown_where_the_question_means_both_its_ends() -> None:
    assert showable(ROME, NOW, past=False, meant={"anna", "rome"})
    assert not showable(ROME, NOW, past=False, meant={"anna"})


def test_what_is_to_come_is_shown_from_the_present_only() -> None:
    earlier = AsOf(datetime(2024, 6, 1, tzinfo=UTC), NOW.known)
    assert showable(SOON, NOW, past=False)
    assert not showable(SOON, earlier, past=False)


def test_as_of_a_time_when_it_held_it_is_shown() -> None:
    assert showable(ROME, AsOf(datetime(2020, 6, 1, tzinfo=UTC), NOW.known), past=False)


def test_what_was_not_yet_known_or_is_withdrawn_is_never_shown() -> None:
    withdrawn = fact("w", retracted_at=datetime(2024, 5, 1, tzinfo=UTC))
    assert not showable(withdrawn, NOW, past=True)
    assert not showable(MILAN, AsOf(NOW.valid, datetime(2024, 2, 1, tzinfo=UTC)), past=True)


def test_what_is_asked_for_answers_and_all_does_where_only_somebody_is_named() -> None:
    table = table_of({"asked": {"asked": 1.0, "chain": 0.0}, "passed": {"chain": 0.4}, "near": {"reached": 0.9, "relation": 1.0}})
    assert answering(table, Question("Where does Anna Berg live?", ("Anna Berg",), ("anna", "berg", "live"))) == {"asked", "passed"}
    nobody = table_of({"of it": {"asked": 0.0, "relation": 1.0, "chain": 0.0}, "near": {"asked": 0.0, "relation": 0.0, "chain": 0.0}})
    assert answering(nobody, Question("Which people have a job?", (), ("people", "job"))) == {"of it"}
    assert answering(table, Question("What about Anna Berg?", ("Anna Berg",), ("anna", "berg"))) == {"asked", "passed", "near"}
