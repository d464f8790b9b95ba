"""The demo's conversation and what is expected of it agree with each other."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from graph.ontology import load_ontology
from graph.time import parse_period
from tests.journeys.story import ASKED, EXPECTED, KNOWN_2025_05, NOW, SYMMETRIC, Believed, Expected, Moment, Shown, agrees, still

DEMO = Path(__file__).parents[2] / "examples" / "demo.jsonl"


@dataclass(frozen=True, slots=True)
class Message:
    session: str
    role: str
    name: str
    content: str
    at: datetime
    id: str


def conversation() -> list[Message]:
    lines = [json.loads(line) for line in DEMO.read_text(encoding="utf-8").splitlines()]
    return [Message(**{**line, "at": datetime.fromisoformat(line["at"])}) for line in lines]


MESSAGES = conversation()
FACTS = list(dict.fromkeys(expected.fact for expected in EXPECTED))


def test_it_is_a_conversation_of_some_length() -> None:
    sessions = Counter(message.session for message in MESSAGES)
    assert len(MESSAGES) >= 170
    assert len(sessions) >= 14
    assert all(8 <= count <= 20 for count in sessions.values())
    assert MESSAGES[-1].at - MESSAGES[0].at >= timedelta(days=540)
    assert {message.role for message in MESSAGES} == {"user"}
    assert Counter(message.name for message in MESSAGES).keys() == {"Maren", "Dario", "Ines"}


def test_ids_are_unique_and_in_order() -> None:
    assert [message.id for message in MESSAGES] == [f"d{n:03d}" for n in range(1, len(MESSAGES) + 1)]


def test_messages_follow_each_other_and_sessions_are_named_by_their_day() -> None:
    assert all(earlier.at < later.at for earlier, later in pairwise(MESSAGES))
    assert all(message.at.date().isoformat() == message.session for message in MESSAGES)


def test_offsets_are_those_of_where_people_are() -> None:
    """Dario's clock is an hour ahead while everybody believes him in Bristol; Maren's changes when she moves."""
    offsets = {(message.name, message.session): message.at.utcoffset() for message in MESSAGES}
    assert offsets["Dario", "2024-12-08"] == timedelta(0)
    assert offsets["Dario", "2025-01-19"] == timedelta(hours=1)
    assert (offsets["Maren", "2025-01-19"], offsets["Maren", "2025-02-19"]) == (timedelta(0), timedelta(hours=1))


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.subject} {fact.relation} {fact.object}")
def test_what_is_expected_was_said_in_one_message(fact: Believed) -> None:
    assert [message.id for message in MESSAGES if fact.quote in message.content] != []


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact.subject} {fact.relation} {fact.object}")
def test_facts_are_spans_of_known_relations(fact: Believed) -> None:
    relation = load_ontology().relations[fact.relation]
    assert relation.inverse is None
    assert relation.symmetric == (fact.relation in SYMMETRIC)
    if fact.valid_at and fact.invalid_at:
        assert parse_period(fact.valid_at).first < parse_period(fact.invalid_at).first


@pytest.mark.parametrize("expected", EXPECTED, ids=str)
def test_nothing_is_expected_before_it_was_told(expected: Expected) -> None:
    if expected.shown.required and expected.at.known:
        told = next(message.at for message in MESSAGES if expected.fact.quote in message.content)
        assert told < parse_period(expected.at.known).first


@pytest.mark.parametrize("expected", EXPECTED, ids=str)
def test_the_status_expected_is_the_one_of_the_span(expected: Expected) -> None:
    at = parse_period(expected.at.valid).last if expected.at.valid else parse_period("2026-11-23").first
    fact = expected.fact
    if expected.shown.required and fact.valid_at:
        begun = parse_period(fact.valid_at).first <= at
        over = fact.invalid_at is not None and parse_period(fact.invalid_at).first <= at
        assert expected.shown == (Shown.ENDED if over else Shown.HOLDS if begun else Shown.FUTURE)


def test_one_home_and_one_job_at_a_time() -> None:
    for at, questions in ASKED.items():
        for question, answer in questions.items():
            held = [fact for fact in answer.get(Shown.HOLDS, ()) if fact.relation in ("lives_in", "works_at")]
            assert len(held) <= 1, (at, question)


def test_now_and_three_earlier_instants_on_either_clock() -> None:
    assert NOW in ASKED
    assert len([at for at in ASKED if at.valid and not at.known]) == 3
    assert len([at for at in ASKED if at.known and not at.valid]) == 3
    assert all(at.valid and at.known for at in ASKED if at not in (NOW, *_one_clock()))


def _one_clock() -> list[Moment]:
    return [at for at in ASKED if (at.valid is None) != (at.known is None)]


def test_a_period_agrees_with_the_instants_of_any_offset() -> None:
    assert agrees("2025-04-01", datetime.fromisoformat("2025-03-31T22:00:00+00:00"))
    assert agrees("2025-04", datetime.fromisoformat("2025-04-30T23:00:00-05:00"))
    assert not agrees("2025-04", datetime.fromisoformat("2025-06-01T00:00:00+00:00"))


def test_what_was_told_later_is_left_out_of_what_was_known() -> None:
    fact = next(expected.fact for expected in EXPECTED if expected.at == KNOWN_2025_05 and expected.shown is Shown.ENDED)
    assert still(fact).invalid_at is None
