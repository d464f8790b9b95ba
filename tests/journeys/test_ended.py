"""A hundred people have moved: asked where they live, a context says where, and as of then where they lived. Over HTTP, on either store."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.cli.service import Service, serving, serving_on
from tests.servers.neo4j import Emptied

FIRST = ("Ines", "Tom", "Clara", "Jon", "Rosa", "Priya", "Leo", "Mia", "Ada", "Ben")
LAST = ("Duarte", "Reed", "Lima", "Vale", "Okafor", "Berg", "Novak", "Haddad", "Moreau", "Tanaka")
CITIES = ("Porto", "Lisbon", "Bristol", "Milan", "Rome", "Oslo", "Berlin", "Madrid", "Vienna", "Dublin")
PEOPLE = [f"{first} {last}" for first in FIRST for last in LAST]
HOMES = {person: (CITIES[n % 10], CITIES[(n + 1 + n // 10 % 8) % 10]) for n, person in enumerate(PEOPLE)}
"""Where each lived in 2023, and lives since 2024."""
TEMPLATES = ("default", "facts", "chat", "json")
OVER = "[no longer so]"

ADD = "mutation($i: AddMessages!) { addMessages(input: $i) { work { state } } }"
ASK = """query($q: String!, $t: String!, $now: AsOf) {
  graph(group: "homes", asOf: $now) { context(question: $q, template: $t) {
    text facts { fact { status subject { name } object { name } } }
  } }
}"""
THEN = {"valid": "2023-12-31T12:00:00Z"}


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("homes")
    if request.param == "embedded":
        with serving(folder / "memory.db") as running:
            tell(running)
            yield running
    else:
        server: Emptied = request.getfixturevalue("neo4j_server")
        server.empty()
        with serving_on(server.address, folder / "serve.log") as running:
            tell(running)
            yield running


def tell(service: Service) -> None:
    for year, place in ((2023, 0), (2024, 1)):
        messages = [
            {
                "role": "user",
                "name": "Narrator",
                "content": f"{person} lives in {HOMES[person][place]}.",
                "saidAt": f"{year}-05-02T09:00:00Z",
            }
            for person in PEOPLE
        ]
        answer = service.query(ADD, None, i={"group": "homes", "session": str(year), "messages": messages, "wait": True})
        assert answer["data"]["addMessages"]["work"]["state"] == "DONE"


def asked(service: Service, question: str, template: str, now: dict[str, str] | None = None) -> Any:
    return service.query(ASK, None, q=question, t=template, now=now)["data"]["graph"]["context"]


def homes(context: Any, person: str, status: str = "HOLDS") -> set[str]:
    shown = [ranked["fact"] for ranked in context["facts"]]
    return {fact["object"]["name"] for fact in shown if fact["subject"]["name"] == person and fact["status"] == status}


def told_as_holding(context: Any, person: str, template: str) -> set[str]:
    """The cities that the text itself gives a person, without quotes and messages: these are dated, and claim nothing of now."""
    if template == "json":
        facts = json.loads(context["text"])["facts"]
        return {fact["object"] for fact in facts if fact["subject"] == person and fact["status"] == "HOLDS"}
    lines = [line for line in context["text"].splitlines() if line.startswith("- ") and person in line and OVER not in line]
    return {city for city in CITIES for line in lines if city in line}


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_hundred_facts_that_ended_are_never_shown_as_current_but_as_of_then(service: Service, template: str) -> None:
    """A quarter of the people a template."""
    for person in PEOPLE[TEMPLATES.index(template) :: len(TEMPLATES)]:
        before, after = HOMES[person]
        for then, city, other in ((None, after, before), (THEN, before, after)):
            context = asked(service, f"Where does {person} live?", template, then)
            holding = set() if template == "chat" else {city}
            assert homes(context, person) == told_as_holding(context, person, template) == holding, context["text"]
            assert other not in homes(context, person)
            assert city in context["text"]


def test_the_same_question_has_the_same_answer_twice(service: Service) -> None:
    for template in TEMPLATES:
        one, other = (asked(service, "Where does Ines Duarte live?", template) for _ in range(2))
        assert one == other


def test_who_asks_for_the_past_is_told_that_it_is_over(service: Service) -> None:
    for person, (before, after) in list(HOMES.items())[::10]:
        context = asked(service, f"Where did {person} live before {after}?", "facts")
        assert homes(context, person, "ENDED") == {before}
        assert told_as_holding(context, person, "facts") <= {after}
