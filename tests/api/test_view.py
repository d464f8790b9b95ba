"""GraphQL over HTTP as the specification has it."""

import httpx
import pytest

from api.view import GRAPHQL, JSON, negotiate

VERSION = "{ service { version } }"


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("text/html", JSON),
        ("application/json", JSON),
        (GRAPHQL, GRAPHQL),
        (f"{GRAPHQL}, {JSON}", GRAPHQL),
        (f"{JSON}, {GRAPHQL}", JSON),
        (f"{GRAPHQL};q=0.1, {JSON};q=0.9", JSON),
        (f"{GRAPHQL};q=0, */*", JSON),
        (f"{GRAPHQL};q=nonsense, {JSON};q=0.1", JSON),
        ("application/*; charset=utf-8", JSON),
        ("APPLICATION/GRAPHQL-RESPONSE+JSON", GRAPHQL),
    ],
)
def test_the_media_type_that_accept_prefers(accept: str, media: str) -> None:
    assert negotiate(accept) == media


async def test_a_query_by_post(client: httpx.AsyncClient) -> None:
    answer = await client.post("/graphql", json={"query": VERSION})
    assert answer.status_code == 200 and answer.json()["data"]["service"]["version"]
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.headers["vary"] == "Accept" and answer.headers["cache-control"] == "no-store"


async def test_a_query_by_get_with_variables(client: httpx.AsyncClient) -> None:
    query = "query($g: String!) { graph(group: $g) { group { name } } }"
    answer = await client.get("/graphql", params={"query": query, "variables": '{"g": "x"}'})
    assert answer.json() == {"data": {"graph": {"group": {"name": "x"}}}}


async def test_a_mutation_by_get_is_refused(client: httpx.AsyncClient) -> None:
    mutation = 'mutation { configureGroup(input: { group: "g" }) { name } }'
    answer = await client.get("/graphql", params={"query": mutation})
    assert answer.status_code == 405 and answer.headers["allow"] == "POST"
    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_INPUT"
    assert (await client.post("/graphql", json={"query": "{ groups { nodes { name } } }"})).json()["data"]["groups"]["nodes"] == []


@pytest.mark.parametrize("document", ["{", "{ nothing }", "query($x: Int!) { groups(first: $x) { nodes { name } } }"])
async def test_a_faulty_document_has_no_data(client: httpx.AsyncClient, document: str) -> None:
    new = await client.post("/graphql", json={"query": document}, headers={"Accept": GRAPHQL})
    assert new.status_code == 400 and new.headers["content-type"] == f"{GRAPHQL}; charset=utf-8"
    old = await client.post("/graphql", json={"query": document})
    assert old.status_code == 200
    assert new.json() == old.json() and new.json().keys() == {"errors"}
    assert new.json()["errors"][0]["extensions"]["code"] == "BAD_INPUT"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", JSON),
        (b"{", JSON),
        (b"null", JSON),
        (b'"text"', JSON),
        (b"[]", JSON),
        (b"\xff\xfe", JSON),
        (b"{}", JSON),
        (b'{"query": 5}', JSON),
        (b'{"query": "{ __typename }", "variables": [1]}', JSON),
        (b'{"query": "{ __typename }", "operationName": "Other"}', JSON),
        (b'{"query": "{ __typename }"}', "text/plain"),
        (b"query=%7B__typename%7D", "application/x-www-form-urlencoded"),
    ],
)
async def test_a_malformed_request_is_answered_in_graphqls_shape(client: httpx.AsyncClient, body: bytes, content_type: str) -> None:
    answer = await client.post("/graphql", content=body, headers={"Content-Type": content_type})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_INPUT"
    assert answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
async def test_other_methods_are_refused(client: httpx.AsyncClient, method: str) -> None:
    answer = await client.request(method, "/graphql")
    assert answer.status_code == 405 and answer.headers["allow"] == "GET, POST"


async def test_get_without_a_query_shows_no_page(client: httpx.AsyncClient) -> None:
    answer = await client.get("/graphql", headers={"Accept": "text/html"})
    assert answer.status_code == 400 and answer.json()["errors"]


async def test_every_character_comes_back(client: httpx.AsyncClient) -> None:
    name = "Zoë ☕ \U0001f600 \u0001"
    answer = await client.post(
        "/graphql", json={"query": "query($g: String!) { graph(group: $g) { group { name } } }", "variables": {"g": name}}
    )
    assert answer.json()["data"]["graph"]["group"]["name"] == name
