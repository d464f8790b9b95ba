"""The clients by name: each can be made here, or says what to install."""

import pytest

from extractors.providers import PROVIDERS, remote_embedder
from extractors.remote import Endpoint
from graph.errors import BadInput, ModelUnavailable


def test_a_name_that_is_none_is_refused_with_those_there_are() -> None:
    with pytest.raises(BadInput, match="'cohere'") as caught:
        remote_embedder("cohere", Endpoint("m", 8))
    assert all(name in caught.value.hint for name in PROVIDERS)


@pytest.mark.parametrize("client", ["gemini", "voyage"])
async def test_a_client_that_is_not_installed_says_what_to_install(client: str) -> None:
    embedder = remote_embedder(f"graphiti:{client}", Endpoint("m", 8, key="k"))
    with pytest.raises(ModelUnavailable, match=f"'{client}' is not installed") as caught:
        await embedder.embed(["a"])
    assert "pip install 'graphiti-core[" in caught.value.hint


async def test_azure_needs_an_address() -> None:
    with pytest.raises(ModelUnavailable, match="Azure") as caught:
        await remote_embedder("graphiti:azure", Endpoint("m", 8, key="k")).embed(["a"])
    assert "PALIMPSEST_EMBEDDER_URL" in caught.value.hint


def test_the_same_model_has_one_name_whoever_asks_it() -> None:
    endpoint = Endpoint("small", 8)
    assert {remote_embedder(name, endpoint).name for name in ("openai", "graphiti:openai")} == {"openai:small"}
