"""A death and a wedding that are told wrong, and what they had closed: over real HTTP, on either store."""

from typing import Any

from tests.api.cli.service import Service

ADD = "mutation($i: AddMessages!) { addMessages(input: $i) { work { state } } }"
CORRECT = "mutation($i: CorrectFact!) { correctFact(input: $i) { changes { id } } }"
UNDO = 'mutation($c: ID!) { undo(change: $c, reason: "it was right") { changes { id } } }'
READ = """query($g: String!) { graph(group: $g) {
  facts(filter: { status: [HOLDS, ENDED] }) { nodes { id relation invalidAt } }
} }"""


class Told:
    """Messages of one session of a group of its own."""

    def __init__(self, service: Service, group: str, *contents: str) -> None:
        self._service = service
        self._group = group
        for n, content in enumerate(contents, start=1):
            message = {"role": "user", "name": "Ada", "content": content, "saidAt": f"2024-09-{n:02}T09:00:00Z"}
            self.ask(ADD, i={"group": group, "session": "s", "messages": [message], "wait": True})

    def ask(self, document: str, **given: Any) -> Any:
        answer = self._service.query(document, None, **given)
        assert "errors" not in answer, answer
        return answer["data"]

    def facts(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask(READ, g=self._group)["graph"]["facts"]["nodes"]
        return found

    def ends(self) -> dict[str, str | None]:
        """Of each relation, the day on which it ended."""
        return {fact["relation"]: fact["invalidAt"] and fact["invalidAt"][:10] for fact in self.facts()}

    def correct(self, relation: str, **more: Any) -> str:
        (fact,) = (fact["id"] for fact in self.facts() if fact["relation"] == relation)
        given = {"fact": fact, "reason": "misheard", **more}
        change: str = self.ask(CORRECT, i=given)["correctFact"]["changes"][0]["id"]
        return change

    def undo(self, change: str) -> None:
        self.ask(UNDO, c=change)


LIVED, DIED = "Tom has lived in Graz since 2015.", "Tom died in May 2024."


def test_a_death_that_is_taken_back_and_brought_back(service: Service) -> None:
    told = Told(service, "taken back", LIVED, DIED)
    ended = told.ends()
    assert ended["lives_in"] is not None and ended["lives_in"].startswith("2024-05")
    correction = told.correct("died_on")
    assert told.ends() == {"lives_in": None}
    told.undo(correction)
    assert told.ends() == ended


def test_a_death_in_another_month(service: Service) -> None:
    right = {"subject": {"name": "Tom"}, "relation": "died_on", "object": {"name": "July 2024"}, "validAt": "2024-07"}
    told = Told(service, "another month", LIVED, DIED)
    told.correct("died_on", **{"with": right})
    end = told.ends()["lives_in"]
    assert end is not None and end.startswith("2024-07")


def test_a_death_that_is_said_to_be_in_another_month(service: Service) -> None:
    told = Told(service, "said", LIVED, DIED, "No, in June 2024.")
    end = told.ends()["lives_in"]
    assert end is not None and end.startswith("2024-06")


def test_a_wedding_that_was_none(service: Service) -> None:
    told = Told(service, "wedding", "Mia is engaged to Tom.", "Mia is married to Tom.")
    ended = told.ends()
    assert ended["engaged_to"] is not None
    correction = told.correct("married_to")
    assert told.ends() == {"engaged_to": None}
    told.undo(correction)
    assert told.ends() == ended
