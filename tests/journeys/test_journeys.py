"""The demo, asked over real HTTP: each question of `story`, now and as of earlier on either clock."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import httpx
import pytest

from tests.journeys.story import EXPECTED, SYMMETRIC, Believed, Expected, Moment, Shown, agrees

ASK = """
query ($asOf: AsOf, $question: String!) {
  graph(group: "demo", asOf: $asOf) {
    context(question: $question, budget: 3000) {
      text
      facts {
        fact {
          subject { name } relation object { name } text status validAt invalidAt
          sources { quote holds saidAt actor }
        }
      }
    }
  }
}
"""

Shows = Mapping[str, Any]


def ask(demo: httpx.Client, at: Moment, question: str) -> tuple[str, Sequence[Shows]]:
    as_of = {clock: when for clock, when in (("valid", at.valid), ("known", at.known)) if when is not None}
    answer = demo.post("/graphql", json={"query": ASK, "variables": {"asOf": as_of, "question": question}}).json()
    assert "errors" not in answer, answer["errors"]
    context = answer["data"]["graph"]["context"]
    return context["text"], [ranked["fact"] for ranked in context["facts"]]


def is_about(fact: Shows, meant: Believed) -> bool:
    ends = (fact["subject"]["name"].casefold(), fact["object"]["name"].casefold())
    wanted = (meant.subject.casefold(), meant.object.casefold())
    turned = meant.relation in SYMMETRIC and ends == (wanted[1], wanted[0])
    return fact["relation"] == meant.relation and (ends == wanted or turned)


def in_time(period: str | None, at: str | None) -> bool:
    """Whether an answer's instant lies where it should; an end that should be open must be."""
    if period is None or at is None:
        return period is None and at is None
    return agrees(period, datetime.fromisoformat(at))


def dated(fact: Shows, meant: Believed) -> bool:
    begins = meant.valid_at is None or in_time(meant.valid_at, fact["validAt"])
    return begins and in_time(meant.invalid_at, fact["invalidAt"])


@pytest.mark.parametrize(
    "expected", EXPECTED, ids=lambda e: f"{e.at.valid or 'now'}/{e.at.known or 'now'} {e.question} {e.shown} {e.fact.object}"
)
def test_the_demo_answers(demo: httpx.Client, expected: Expected) -> None:
    text, facts = ask(demo, expected.at, expected.question)
    about = [fact for fact in facts if is_about(fact, expected.fact)]
    if expected.shown is Shown.ABSENT:
        assert not about
    elif expected.shown is Shown.NOT_HELD:
        assert all(fact["status"] != "HOLDS" for fact in about)
    else:
        assert_shown(text, about, expected)


def assert_shown(text: str, about: Sequence[Shows], expected: Expected) -> None:
    right = [fact for fact in about if fact["status"] == expected.shown and dated(fact, expected.fact)]
    assert right, f"shown: {about}\n\n{text}"
    quotes = [source["quote"] for source in right[0]["sources"] if source["quote"]]
    assert any(expected.fact.quote in quote for quote in quotes), quotes
    assert right[0]["text"] in text


def test_the_page_is_there(demo: httpx.Client) -> None:
    page = demo.get("/")
    assert page.status_code == 200
    assert "Palimpsest" in page.text
