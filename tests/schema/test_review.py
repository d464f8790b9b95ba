"""A question for a person, and what it is about."""

from tests.schema.conftest import Ask
from tests.schema.stories import GROUP, seen


def lives(city: str) -> dict[str, object]:
    ends = {"subject": {"name": "Ana", "type": "Person"}, "relation": "lives_in", "object": {"name": city, "type": "City"}}
    return {**ends, "validAt": "2024-03-10T09:00:00Z", "saidAt": "2024-03-10T09:00:00Z"}


async def test_two_exclusive_values_said_in_one_breath_are_put_to_a_person(data: Ask) -> None:
    facts = [lives("Lisbon"), lives("Oslo")]
    await data("mutation($i: AddFacts!) { addFacts(input: $i) { facts { id } } }", i={"group": GROUP, "facts": facts})
    fields = "reviews(kind: CONTRADICTION) { nodes { id kind reason openedAt facts { text } entities { name } } }"
    (review,) = (await seen(data, fields))["reviews"]["nodes"]
    assert {fact["text"] for fact in review["facts"]} == {"Ana lives in Lisbon", "Ana lives in Oslo"}
    assert review["kind"] == "CONTRADICTION" and review["reason"] and review["openedAt"].endswith("Z")
    assert (await seen(data, "reviews(kind: DUPLICATE) { nodes { id } }"))["reviews"]["nodes"] == []
    assert (await seen(data, "reviews { nodes { id } }", {"known": "2024"}))["reviews"]["nodes"] == []
