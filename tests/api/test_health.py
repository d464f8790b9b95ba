"""Alive is not ready."""

import httpx

from graph.memory import Memory


async def test_a_process_that_serves_is_alive_and_ready(client: httpx.AsyncClient) -> None:
    assert (await client.get("/health/live")).json() == {"status": "alive"}
    ready = await client.get("/health/ready")
    assert ready.status_code == 200 and ready.json() == {"status": "ready"}


async def test_without_its_store_it_is_alive_but_says_what_is_missing(client: httpx.AsyncClient, memory: Memory) -> None:
    await memory.parts.store.close()
    assert (await client.get("/health/live")).status_code == 200
    ready = await client.get("/health/ready")
    assert ready.status_code == 503
    found = ready.json()
    assert found["status"] == "unavailable" and found["code"] == "STORE_UNAVAILABLE" and found["message"]
    refused = await client.post("/graphql", json={"query": "{ service { version } }"})
    assert refused.status_code == 503 and refused.json()["errors"][0]["extensions"]["code"] == "STORE_UNAVAILABLE"
