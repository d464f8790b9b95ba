"""Somebody is spelled in two ways over two sessions: over real HTTP, on either store."""

from typing import Any

from tests.api.cli.service import Service

ADD = "mutation($i: AddMessages!) { addMessages(input: $i) { work { state } } }"
RESOLVE = "mutation($i: ResolveReview!) { resolveReview(input: $i) { changes { kind } } }"
UNDO = 'mutation($c: ID!) { undo(change: $c, reason: "two people") { changes { kind } } }'
READ = """query($g: String!) { graph(group: $g) {
  entities(filter: { types: ["Person"] }, first: 100) { nodes { id name aliases } }
  facts { nodes { subject { name } relation object { name } } }
  reviews(kind: DUPLICATE) { nodes { id reason entities { id name } } }
  changes(first: 500, filter: { kinds: [ENTITIES_MERGED] }) { nodes { id actor reason undoneBy { id } } }
} }"""


class Teller:
    """One user of the service, with a group of their own; of one session."""

    def __init__(self, service: Service, group: str) -> None:
        self._service = service
        self._group = group
        self._days = 0

    def ask(self, document: str, **given: Any) -> Any:
        answer = self._service.query(document, None, **given)
        assert "errors" not in answer, answer
        return answer["data"]

    def says(self, content: str) -> None:
        self._days += 1
        message = {"role": "user", "name": "Ines", "content": content, "saidAt": f"2024-03-{self._days:02}T09:00:00Z"}
        given = {"group": self._group, "session": "talk", "messages": [message], "wait": True}
        assert self.ask(ADD, i=given)["addMessages"]["work"]["state"] == "DONE"

    def graph(self) -> Any:
        return self.ask(READ, g=self._group)["graph"]

    def lees(self) -> list[str]:
        return sorted(node["name"] for node in self.graph()["entities"]["nodes"] if node["name"].endswith("Lee"))


def test_two_spellings_at_one_employer_become_one_person_and_can_be_taken_apart(service: Service) -> None:
    teller = Teller(service, "user:one")
    teller.says("Katherine Lee works at Tidewater Books.")
    teller.says("Catherine Lee works at Tidewater Books.")
    teller.says("Catherine Lee lives in Porto.")
    graph = teller.graph()
    (lee,) = [node for node in graph["entities"]["nodes"] if node["name"].endswith("Lee")]
    assert {lee["name"], *lee["aliases"]} == {"Katherine Lee", "Catherine Lee"}
    assert {(f["relation"], f["object"]["name"]) for f in graph["facts"]["nodes"] if f["subject"]["name"] == lee["name"]} == {
        ("works_at", "Tidewater Books"),
        ("lives_in", "Porto"),
    }
    (merged,) = graph["changes"]["nodes"]
    assert merged["actor"] == "resolver" and "(works at)" in merged["reason"]
    teller.ask(UNDO, c=merged["id"])
    teller.says("Catherine Lee works at Tidewater Books.")
    assert teller.lees() == ["Catherine Lee", "Katherine Lee"]


def test_without_more_than_the_names_a_person_decides_and_is_not_asked_again(service: Service) -> None:
    for group, same in (("user:two", True), ("user:three", False)):
        teller = Teller(service, group)
        teller.says("Katherine Lee works at Tidewater Books.")
        teller.says("Catherine Lee lives in Porto.")
        (review,) = teller.graph()["reviews"]["nodes"]
        assert {e["name"] for e in review["entities"]} == {"Katherine Lee", "Catherine Lee"}
        assert "one name in two spellings" in review["reason"]
        ids = [e["id"] for e in review["entities"]]
        teller.ask(RESOLVE, i={"review": review["id"], "keep": ids[:1] if same else ids, "reason": "I know them"})
        teller.says("Catherine Lee works at Tidewater Books.")
        assert len(teller.lees()) == (1 if same else 2)
        assert teller.graph()["reviews"]["nodes"] == []
