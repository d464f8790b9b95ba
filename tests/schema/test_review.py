"""A question for a person, and what it is about."""

from typing import Any

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


RESOLVE = """mutation($i: ResolveReview!) { resolveReview(input: $i) {
    changes { kind rule reason facts { text } } facts { text } entities { name } } }"""
REVIEW = "query($id: ID!) { node(id: $id) { ... on Review { kind resolvedAt resolution { kind reason } } } }"


async def contradiction(data: Ask) -> dict[str, Any]:
    facts = [lives("Lisbon"), lives("Oslo")]
    await data("mutation($i: AddFacts!) { addFacts(input: $i) { facts { id } } }", i={"group": GROUP, "facts": facts})
    (review,) = (await seen(data, "reviews { nodes { id facts { id text } } }"))["reviews"]["nodes"]
    found: dict[str, Any] = review
    return found


async def test_the_fact_that_is_kept_was_so_and_the_other_never_was(ask: Ask, data: Ask) -> None:
    review = await contradiction(data)
    lisbon = next(fact["id"] for fact in review["facts"] if "Lisbon" in fact["text"])
    answer = {"review": review["id"], "keep": [lisbon], "reason": "she told me"}
    done = (await data(RESOLVE, i=answer))["resolveReview"]
    assert [fact["text"] for fact in done["facts"]] == ["Ana lives in Lisbon"]
    assert {(change["kind"], change["reason"]) for change in done["changes"]} == {
        ("FACT_RETRACTED", "she told me"),
        ("REVIEW_RESOLVED", "she told me"),
    }
    assert (await seen(data, "reviews { nodes { id } }"))["reviews"]["nodes"] == []
    resolved = (await data(REVIEW, id=review["id"]))["node"]
    assert resolved["resolvedAt"] and resolved["resolution"] == {"kind": "REVIEW_RESOLVED", "reason": "she told me"}
    assert (await ask(RESOLVE, i=answer))["errors"][0]["extensions"]["code"] == "CONFLICT"


async def test_both_may_be_kept(data: Ask) -> None:
    review = await contradiction(data)
    await data(RESOLVE, i={"review": review["id"], "keep": [fact["id"] for fact in review["facts"]], "reason": "two homes"})
    facts = (await seen(data, "facts { nodes { text } } reviews { nodes { id } }"))["facts"]["nodes"]
    assert {fact["text"] for fact in facts} == {"Ana lives in Lisbon", "Ana lives in Oslo"}


async def test_what_it_does_not_ask_about_cannot_be_kept(ask: Ask, data: Ask) -> None:
    review = await contradiction(data)
    (ana,) = (await seen(data, 'entities(filter: { name: "Ana" }) { nodes { id } }'))["entities"]["nodes"]
    for keep in ([], [ana["id"]], [review["id"]]):
        answer = await ask(RESOLVE, i={"review": review["id"], "keep": keep, "reason": "why"})
        assert answer["errors"][0]["extensions"]["code"] == "BAD_INPUT"
        assert answer["errors"][0]["extensions"]["field"] == "keep"
    unknown = await ask(RESOLVE, i={"review": review["facts"][0]["id"], "keep": [ana["id"]], "reason": "why"})
    assert unknown["errors"][0]["extensions"]["code"] == "BAD_INPUT"
