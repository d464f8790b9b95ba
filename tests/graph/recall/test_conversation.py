from datetime import timedelta

import numpy as np
import pytest

from graph.recall.conversation import Conversation, features, spoken_by, strength_by_episode
from graph.recall.rank import Table
from graph.recall.seeds import Legs
from graph.time import Period, Precision
from tests.graph.recall.made import START, talk

NODES = talk(
    ("e0", "Ben", "Did the kiln arrive?"),
    ("e1", "Anna Berg", "Yes, on Friday, and it is huge."),
    ("e2", "Ben", "Great news"),
    ("e3", "Anna Berg", "Dinner?"),
) | talk(("x0", "Ben", "Nothing to see"), session="s2")
WORDS = Legs({"kiln": {"e0": 3.0}, "anna": {"e2": 5.0}}, {"e1": 0.6, "x0": -0.3})


def value(table: Table, leg: str, uuid: str) -> float:
    return float(table.legs[leg][table.uuids.index(uuid)])


def conversation(**more: object) -> Table:
    return features(Conversation(NODES, WORDS, frozenset(), **more))  # type: ignore[arg-type]


def test_an_answer_gains_from_the_question_before_it() -> None:
    table = conversation()
    assert value(table, "answers", "e1") == 1.0
    assert value(table, "answers", "e2") == 0.0
    assert value(table, "answered_words", "e1") == 1.0
    assert value(table, "answered_words", "e2") == 0.0
    assert value(table, "previous_2", "e2") == 1.0


def test_a_window_counts_a_word_less_the_further_it_stands() -> None:
    table = conversation()
    window = [value(table, "window", uuid) for uuid in ("e0", "e1", "e2", "e3", "x0")]
    assert window == sorted(window, reverse=True)
    assert window[0] == 1.0
    assert window[3] == window[4] == 0.0


def test_neighbours_never_reach_into_another_session() -> None:
    assert value(conversation(), "window", "x0") == 0.0
    assert value(conversation(), "session_words", "x0") == 0.0
    assert value(conversation(), "session_words", "e3") == 1.0


def test_speakers_names_are_no_content() -> None:
    assert value(conversation(), "words", "e2") == 0.0


def test_who_is_named_in_the_question_speaks() -> None:
    table = features(Conversation(NODES, WORDS, frozenset({"anna"})))
    assert value(table, "speaker", "e1") == 1.0
    assert value(table, "speaker", "e0") == 0.0
    assert not conversation().legs["speaker"].any()


@pytest.mark.parametrize(("speaker", "spoken"), [("Anna Berg", True), ("anna", True), ("Annabel", False), (None, False), ("", False)])
def test_a_speaker_is_known_by_first_name(speaker: str | None, spoken: bool) -> None:
    assert spoken_by(speaker, frozenset({"anna", ""})) is spoken


def test_a_period_divides_the_messages() -> None:
    first = Period(START, START + timedelta(seconds=30), Precision.MINUTE)
    table = conversation(periods=(first,))
    assert value(table, "period", "e0") == 1.0
    assert value(table, "period", "e1") == pytest.approx(0.8, abs=0.01)
    assert not conversation().legs["period"].any()


def test_what_is_said_soon_after_a_period_counts_the_less_the_later() -> None:
    day_before, long_before = (Period(START - timedelta(days=day), START - timedelta(days=day - 1), Precision.DAY) for day in (1, 60))
    assert value(conversation(periods=(day_before,)), "period", "e0") == pytest.approx(0.8, abs=0.01)
    assert value(conversation(periods=(long_before,)), "period", "e0") == pytest.approx(-1.0, abs=0.01)
    assert value(conversation(periods=(long_before, day_before)), "period", "e0") == pytest.approx(0.8, abs=0.01)


def test_what_is_said_before_a_period_is_not_of_it() -> None:
    later = Period(START + timedelta(days=1), START + timedelta(days=2), Precision.DAY)
    assert value(conversation(periods=(later,)), "period", "e0") == -1.0


def test_meaning_is_never_negative_and_reaches_neighbours() -> None:
    table = conversation()
    assert value(table, "cosine", "x0") == 0.0
    assert value(table, "cosine_near", "e2") == pytest.approx(0.6)
    assert value(table, "cosine_far", "e3") == pytest.approx(0.6)


def test_facts_and_the_session_asked_in() -> None:
    table = conversation(session="s2", facts={"e1": 0.7})
    assert value(table, "here", "x0") == 1.0
    assert value(table, "fact", "e1") == 0.7


def test_what_names_one_of_the_kind_asked_for_counts_more_where_who_is_named_speaks() -> None:
    table = features(Conversation(NODES, WORDS, frozenset({"anna"}), examples={"e1": 0.5, "e2": 1.0}))
    assert [value(table, "example", uuid) for uuid in ("e0", "e1", "e2")] == [0.0, 0.5, 1.0]
    assert [value(table, "example_spoken", uuid) for uuid in ("e0", "e1", "e2")] == [0.0, 0.5, 0.0]


def test_nothing_found_gives_no_number_that_is_none() -> None:
    table = features(Conversation(NODES, Legs({}, {}), frozenset()))
    assert all(np.isfinite(column).all() for column in table.legs.values())
    assert features(Conversation({}, Legs({}, {}), frozenset())).uuids == ()


def test_an_episode_has_its_best_facts_strength() -> None:
    strengths = strength_by_episode({"f1": 0.4, "f2": 0.9, "f3": 0.1}, {"f1": ["e1"], "f2": ["e1", "e2"]})
    assert strengths == {"e1": 0.9, "e2": 0.9}
