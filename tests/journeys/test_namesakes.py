"""Two of one name, told of over three sessions by a person who says which one is meant: over real HTTP, on either store."""

from typing import Any

from tests.api.cli.service import Service

ADD = "mutation($i: AddMessages!) { addMessages(input: $i) { work { state } } }"
READ = """query($g: String!) { graph(group: $g) {
  entities(filter: { types: ["Person"] }, first: 100) { nodes { id name } }
  facts(filter: { status: [HOLDS, ENDED] }) { nodes { subject { id name } relation object { id name } } }
  reviews(kind: DUPLICATE) { nodes { id } }
} }"""


class Talk:
    """Messages to a group of its own, each in a session by itself."""

    def __init__(self, service: Service, group: str) -> None:
        self._service = service
        self._group = group
        self._days = 0

    def ask(self, document: str, **given: Any) -> Any:
        answer = self._service.query(document, None, **given)
        assert "errors" not in answer, answer
        return answer["data"]

    def says(self, name: str, content: str) -> None:
        self._days += 1
        message = {"role": "user", "name": name, "content": content, "saidAt": f"2024-03-{self._days:02}T09:00:00Z"}
        given = {"group": self._group, "session": f"talk {self._days}", "messages": [message], "wait": True}
        assert self.ask(ADD, i=given)["addMessages"]["work"]["state"] == "DONE"

    def told(self) -> set[tuple[str, str, str]]:
        """The facts, with namesakes numbered in the order they are told of."""
        graph = self.ask(READ, g=self._group)["graph"]
        assert graph["reviews"]["nodes"] == []
        numbers: dict[str, dict[str, int]] = {}
        facts = graph["facts"]["nodes"]
        for fact in facts:
            for end in (fact["subject"], fact["object"]):
                numbers.setdefault(end["name"], {}).setdefault(end["id"], len(numbers[end["name"]]) + 1)

        def named(end: Any) -> str:
            return f"{end['name']} {numbers[end['name']][end['id']]}" if len(numbers[end["name"]]) > 1 else str(end["name"])

        return {(named(fact["subject"]), fact["relation"], named(fact["object"])) for fact in facts}


def test_a_daughter_of_her_mothers_name_stays_the_daughter(service: Service) -> None:
    talk = Talk(service, "daughter")
    talk.says("Nora", "I live in Bergen.")
    talk.says("Nora", "My daughter Nora lives in Molde.")
    talk.says("Nora", "My daughter Nora works at Larkfield Labs.")
    talk.says("Nora", "I work at Harbour Books.")
    talk.says("Nora", "My grandmother Nora lives in Tromso.")
    places = {(fact[0], fact[2]) for fact in talk.told() if fact[1] == "lives_in"}
    work = {(fact[0], fact[2]) for fact in talk.told() if fact[1] == "works_at"}
    at = {place: who for who, place in places | work}
    assert len({who for who, _ in places}) == 3
    assert at["Larkfield Labs"] == at["Molde"]
    assert at["Harbour Books"] == at["Bergen"]


def test_another_of_a_name_is_never_taken_for_the_first(service: Service) -> None:
    talk = Talk(service, "another")
    talk.says("Ines", "Lea Voss lives in Bergen.")
    talk.says("Ines", "My dentist is called Lea Voss too. She lives in Molde.")
    talk.says("Ines", "My dentist Lea Voss moved to Tromso.")
    lives = {fact[0] for fact in talk.told() if fact[1] == "lives_in" and fact[2] in ("Molde", "Tromso")}
    assert len(lives) == 1
    assert not lives & {fact[0] for fact in talk.told() if fact[2] == "Bergen"}
