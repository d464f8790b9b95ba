"""Embedders over the network: what is sent, what is refused of what comes back, and that no failure is silent."""

from collections.abc import Iterator

import numpy as np
import pytest

from extractors.providers import remote_embedder
from extractors.remote import MOST_CHARACTERS, Endpoint, RemoteEmbedder
from graph.errors import ModelAway, ModelUnavailable
from tests.extractors.embeddings import Script, serving

HERE = ("openai", "graphiti:openai", "graphiti:azure")


@pytest.fixture
def script() -> Iterator[Script]:
    with serving(Script()) as script:
        yield script


def embedder_at(script: Script, name: str = "openai", batch: int = 3, retries: int = 0) -> RemoteEmbedder:
    endpoint = Endpoint("small", script.dimension, script.url, "sk-secret", batch=batch, retries=retries, timeout=5)
    return remote_embedder(name, endpoint)


@pytest.mark.parametrize("name", HERE)
async def test_texts_go_in_batches_and_come_back_in_their_order_at_unit_length(script: Script, name: str) -> None:
    embedder = embedder_at(script, name)
    texts = [f"text {n}" for n in range(7)] if name == "openai" else ["text 0"]
    rows = await embedder.embed(texts)
    assert rows.dtype == np.float32
    for text, row in zip(texts, rows, strict=True):
        vector = np.array(script.vector(text))
        assert np.allclose(row, vector / np.linalg.norm(vector), atol=1e-6)
    assert [len(request["input"]) for request in script.asked] == ([3, 3, 1] if name == "openai" else [1])
    assert {request["model"] for request in script.asked} == {"small"}
    assert set(script.keys) == {"Bearer sk-secret"}
    await embedder.close()


async def test_no_texts_ask_nobody(script: Script) -> None:
    embedder = embedder_at(script)
    assert (await embedder.embed([])).shape == (0, script.dimension)
    assert script.asked == []
    await embedder.close()


async def test_what_models_refuse_is_not_sent(script: Script) -> None:
    embedder = embedder_at(script)
    await embedder.embed(["", " \n", "a" * (MOST_CHARACTERS + 1)])
    assert [len(text) for text in script.texts] == [1, 1, MOST_CHARACTERS]
    await embedder.close()


async def test_a_passing_failure_is_tried_again_and_then_told_as_one(script: Script) -> None:
    script.failures += [503]
    embedder = embedder_at(script, retries=1)
    await embedder.embed(["a"])
    script.failures += [503, 503]
    with pytest.raises(ModelAway, match=r"'openai:small' at 'http.*503"):
        await embedder.embed(["a"])
    await embedder.close()


async def test_a_refusal_is_no_passing_failure_and_tells_no_key(script: Script) -> None:
    script.failures += [401]
    embedder = embedder_at(script)
    with pytest.raises(ModelUnavailable, match="401") as caught:
        await embedder.embed(["a"])
    assert not isinstance(caught.value, ModelAway)
    assert "sk-secret" not in caught.value.message
    await embedder.close()


async def test_an_address_where_nobody_answers_is_away() -> None:
    with serving(Script()) as script:
        pass
    embedder = embedder_at(script)
    with pytest.raises(ModelAway, match="did not answer"):
        await embedder.embed(["a"])
    await embedder.close()


async def test_vectors_of_another_length_or_number_are_refused(script: Script) -> None:
    embedder = embedder_at(script)
    script.dimension = 5
    with pytest.raises(ModelUnavailable, match="5 numbers, and 8 are expected") as caught:
        await embedder.embed(["a"])
    assert caught.value.hint == "Set PALIMPSEST_EMBEDDER_DIMENSION=5."
    script.dimension, script.lacking = 8, 1
    with pytest.raises(ModelUnavailable, match="1 vectors for 2 texts"):
        await embedder.embed(["a", "b"])
    await embedder.close()


async def test_after_it_was_closed_it_opens_again(script: Script) -> None:
    embedder = embedder_at(script)
    await embedder.embed(["a"])
    await embedder.close()
    await embedder.close()
    await embedder.embed(["b"])
    assert script.texts == ["a", "b"]
    await embedder.close()
