"""What every request passes: keys, sizes, headers."""

from collections.abc import AsyncIterator

import httpx
import pytest

from api.app import create_app
from api.auth import create_key, revoke_key
from api.gate import HEADERS
from graph.access import Scope
from graph.memory import Memory
from tests.api.serving import served
from tests.schema.memories import utc

VERSION = {"query": "{ service { version } }"}
OPEN = {"/", "/static/page.js", "/health/live", "/health/ready"}
CLOSED = {"/graphql", "/nothing", "/static", "/health", "/static/../graphql", "//graphql", "/graphql/"}


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture
async def key(memory: Memory) -> str:
    secret, _ = await create_key(memory.parts.store, ("user:*",), Scope.READ, utc(2024, 1, 1))
    return secret


@pytest.mark.parametrize("header", [{}, bearer("plk_anything"), {"Authorization": "Basic eDp5"}, {"Authorization": "é"}])
async def test_without_keys_any_credential_is_ignored(client: httpx.AsyncClient, header: dict[str, str]) -> None:
    headers = {name.encode(): value.encode() for name, value in header.items()}
    assert (await client.post("/graphql", json=VERSION, headers=headers)).status_code == 200


async def test_with_a_key_everything_but_the_open_paths_needs_one(client: httpx.AsyncClient, key: str) -> None:
    for path in sorted(OPEN):
        assert (await client.get(path)).status_code == 200, path
    for path in sorted(CLOSED):
        answer = await client.get(httpx.URL(client.base_url.copy_with(raw_path=path.encode())))
        assert answer.status_code == 401, path
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert answer.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


def test_no_route_is_open_unless_it_is_listed(memory: Memory) -> None:
    paths = {getattr(route, "path", "") for route in create_app(memory).routes}
    assert paths == {"/graphql", "/health/live", "/health/ready", "/", "/static"}


@pytest.mark.parametrize(
    "header", [{}, bearer("plk_wrong"), {"Authorization": "Basic eDp5"}, {"Authorization": "Bearer"}, {"Authorization": "é"}]
)
async def test_a_request_without_a_usable_key_is_refused(client: httpx.AsyncClient, key: str, header: dict[str, str]) -> None:
    headers = {name.encode(): value.encode() for name, value in header.items()}
    answer = await client.post("/graphql", json={"query": "{ __schema { queryType { name } } }"}, headers=headers)
    assert answer.status_code == 401
    error = answer.json()["errors"][0]
    assert error["extensions"]["code"] == "UNAUTHENTICATED" and error["extensions"]["hint"]
    assert "plk_wrong" not in answer.text


async def test_a_key_opens_what_it_reaches(client: httpx.AsyncClient, key: str) -> None:
    async def code(document: str) -> str | None:
        answer = await client.post("/graphql", json={"query": document}, headers=bearer(key))
        assert answer.status_code == 200
        errors = answer.json().get("errors")
        found: str | None = errors[0]["extensions"]["code"] if errors else None
        return found

    assert await code("{ service { version } }") is None
    assert await code('{ graph(group: "user:1") { id } }') is None
    assert await code('{ graph(group: "team:1") { id } }') == "FORBIDDEN"
    assert await code('mutation { configureGroup(input: { group: "user:1" }) { name } }') == "FORBIDDEN"


async def test_expired_and_revoked_keys_are_refused_and_auth_stays_on(memory: Memory, client: httpx.AsyncClient) -> None:
    store = memory.parts.store
    expired, _ = await create_key(store, ("*",), Scope.ADMIN, utc(2020, 1, 1), utc(2021, 1, 1))
    revoked, record = await create_key(store, ("*",), Scope.ADMIN, utc(2020, 1, 1))
    await revoke_key(store, record.id, utc(2022, 1, 1))
    for secret, why in ((expired, "has expired"), (revoked, "was revoked")):
        answer = await client.post("/graphql", json=VERSION, headers=bearer(secret))
        assert answer.status_code == 401 and why in answer.json()["errors"][0]["message"]
    assert (await client.post("/graphql", json=VERSION)).status_code == 401


@pytest.fixture
async def readable(memory: Memory, key: str) -> AsyncIterator[httpx.AsyncClient]:
    """A service whose schema can be read without a key."""
    async with served(create_app(memory, open_introspection=True)) as found:
        yield found


async def test_introspection_can_be_opened_and_nothing_else_with_it(readable: httpx.AsyncClient, key: str) -> None:
    schema = await readable.post("/graphql", json={"query": "{ __schema { queryType { name } } }"})
    assert schema.json() == {"data": {"__schema": {"queryType": {"name": "Query"}}}}
    for document in ("{ service { version } }", "{ groups { nodes { name } } }", '{ graph(group: "user:1") { id } }'):
        answer = await readable.post("/graphql", json={"query": document})
        assert answer.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    wrong = await readable.post("/graphql", json={"query": "{ __schema { queryType { name } } }"}, headers=bearer("plk_wrong"))
    assert wrong.status_code == 401
    assert (await readable.get("/nothing")).status_code == 401
    assert (await readable.post("/graphql", json=VERSION, headers=bearer(key))).json()["data"]


async def chunks(count: int) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield b"x" * 10_000


async def test_a_body_too_large_is_refused_by_its_header_or_as_it_arrives(client: httpx.AsyncClient) -> None:
    headers = {"Content-Type": "application/json"}
    for body in (b"x" * 100_001, chunks(11)):
        answer = await client.post("/graphql", content=body, headers=headers)
        assert answer.status_code == 413
        assert "100,000 bytes" in answer.json()["errors"][0]["message"]
        assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_INPUT"
    assert (await client.post("/graphql", json={**VERSION, "pad": "x" * 90_000})).status_code == 200


@pytest.mark.parametrize("path", ["/", "/graphql", "/health/live", "/nothing", "/static/page.css"])
async def test_every_answer_is_kept_from_doing_harm_in_a_browser(client: httpx.AsyncClient, path: str) -> None:
    answer = await client.get(path)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "access-control-allow-origin" not in answer.headers
