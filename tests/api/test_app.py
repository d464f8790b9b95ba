"""The application as a whole: errors in one shape wherever they arise."""

import logging

import httpx
import pytest

from graph.memory import Memory


async def test_a_path_that_is_not_there(client: httpx.AsyncClient) -> None:
    answer = await client.get("/graphiql")
    assert answer.status_code == 404
    assert answer.json()["errors"][0]["extensions"]["code"] == "NOT_FOUND"
    assert "'/graphiql'" in answer.json()["errors"][0]["message"]


async def test_a_method_that_a_path_does_not_know(client: httpx.AsyncClient) -> None:
    answer = await client.post("/health/live")
    assert answer.status_code == 405 and "GET" in answer.headers["allow"]
    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_INPUT"


async def test_an_unforeseen_error_leaks_nothing(client: httpx.AsyncClient, memory: Memory, caplog: pytest.LogCaptureFixture) -> None:
    object.__setattr__(memory.parts, "embedder", None)
    document = '{ graph(group: "g") { search(text: "secret of the house") { score } } }'
    with caplog.at_level(logging.ERROR, "palimpsest"):
        answer = (await client.post("/graphql", json={"query": document})).json()
    error = answer["errors"][0]
    assert answer["data"] is None and error["extensions"].keys() == {"code", "reference"}
    assert error["extensions"]["code"] == "INTERNAL" and "NoneType" not in str(answer)
    assert error["extensions"]["reference"] in caplog.text


async def test_waiting_answers_with_the_facts_in(client: httpx.AsyncClient) -> None:
    document = """mutation { addMessages(input: { group: "g", session: "s", wait: true,
        messages: [{ role: "user", name: "Ana", content: "Ana lives in Lisbon", saidAt: "2024-03-10T09:00:00+01:00" }] }) {
        work { state } episodes { saidAt facts { text status } } } }"""
    answer = (await client.post("/graphql", json={"query": document})).json()
    assert answer == {
        "data": {
            "addMessages": {
                "work": {"state": "DONE"},
                "episodes": [{"saidAt": "2024-03-10T09:00:00+01:00", "facts": [{"text": "Ana lives in Lisbon.", "status": "HOLDS"}]}],
            }
        }
    }
