"""The embedder clients by name: an OpenAI-compatible endpoint, and those of graphiti-core. Each is imported when it is first asked."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.remote import Client, Closing, Connect, Endpoint, RemoteEmbedder
from graph.errors import BadInput, ModelUnavailable

if TYPE_CHECKING:
    from openai import AsyncOpenAI

GRAPHITI = "graphiti:"
UNSET = "none"
"""Sent as the key where none is set: servers of one's own want none, and the client wants something."""


class OpenAIClient:
    """Of any server with OpenAI's `/embeddings`."""

    def __init__(self, client: "AsyncOpenAI", model: str) -> None:
        self._client = client
        self._model = model

    async def create_batch(self, input_data_list: list[str]) -> list[list[float]]:
        answer = await self._client.embeddings.create(model=self._model, input=input_data_list, encoding_format="float")
        return [item.embedding for item in sorted(answer.data, key=lambda item: item.index)]


def _openai(endpoint: Endpoint) -> "AsyncOpenAI":
    from openai import AsyncOpenAI  # noqa: PLC0415 - it takes a second to import, and most have no use for it

    return AsyncOpenAI(api_key=endpoint.key or UNSET, base_url=endpoint.url, timeout=endpoint.timeout, max_retries=endpoint.retries)


def _compatible(endpoint: Endpoint) -> tuple[Client, Closing]:
    client = _openai(endpoint)
    return OpenAIClient(client, endpoint.model), client.close


def _graphiti_openai(endpoint: Endpoint) -> tuple[Client, Closing]:
    from graphiti_core.embedder.openai import OpenAIEmbedder, OpenAIEmbedderConfig  # noqa: PLC0415 - as above

    client = _openai(endpoint)
    config = OpenAIEmbedderConfig(embedding_model=endpoint.model, embedding_dim=endpoint.dimension)
    return OpenAIEmbedder(config, client), client.close


def _graphiti_azure(endpoint: Endpoint) -> tuple[Client, Closing]:
    """Azure's endpoint of version 1 (`https://NAME.openai.azure.com/openai/v1/`) speaks as OpenAI's does."""
    from graphiti_core.embedder.azure_openai import AzureOpenAIEmbedderClient  # noqa: PLC0415 - as above

    if endpoint.url is None:
        raise ModelUnavailable(
            "Azure has no address of its own", hint="Set PALIMPSEST_EMBEDDER_URL=https://NAME.openai.azure.com/openai/v1/"
        )
    client = _openai(endpoint)
    return AzureOpenAIEmbedderClient(client, endpoint.model), client.close


def _graphiti_gemini(endpoint: Endpoint) -> tuple[Client, Closing]:
    try:
        from graphiti_core.embedder.gemini import GeminiEmbedder, GeminiEmbedderConfig  # noqa: PLC0415 - an extra of graphiti-core
    except ImportError as error:
        raise _missing("gemini", "google-genai") from error
    config = GeminiEmbedderConfig(embedding_model=endpoint.model, embedding_dim=endpoint.dimension, api_key=endpoint.key)
    return GeminiEmbedder(config), _nothing


def _graphiti_voyage(endpoint: Endpoint) -> tuple[Client, Closing]:
    try:
        from graphiti_core.embedder.voyage import VoyageAIEmbedder, VoyageAIEmbedderConfig  # noqa: PLC0415 - an extra of graphiti-core
    except ImportError as error:
        raise _missing("voyage", "voyageai") from error
    config = VoyageAIEmbedderConfig(embedding_model=endpoint.model, embedding_dim=endpoint.dimension, api_key=endpoint.key)
    return VoyageAIEmbedder(config), _nothing


async def _nothing() -> None:
    """These clients cannot be closed."""


def _missing(client: str, extra: str) -> ModelUnavailable:
    return ModelUnavailable(f"graphiti-core's embedder {client!r} is not installed", hint=f"pip install 'graphiti-core[{extra}]==0.31.1'")


@dataclass(frozen=True, slots=True)
class Provider:
    """`called` stands in the embedder's name; `model` and `dimension` are those it has where none are set."""

    called: str
    model: str
    dimension: int
    connect: Connect


PROVIDERS = {
    "openai": Provider("openai", "text-embedding-3-small", 1536, _compatible),
    f"{GRAPHITI}openai": Provider("openai", "text-embedding-3-small", 1536, _graphiti_openai),
    f"{GRAPHITI}azure": Provider("azure", "text-embedding-3-small", 1536, _graphiti_azure),
    f"{GRAPHITI}gemini": Provider("gemini", "gemini-embedding-001", 3072, _graphiti_gemini),
    f"{GRAPHITI}voyage": Provider("voyage", "voyage-3", 1024, _graphiti_voyage),
}


def provider_named(name: str) -> Provider:
    if name not in PROVIDERS:
        raise BadInput(f"there is no embedder {name!r}", hint=f"Use wordllama, {', '.join(PROVIDERS)}.")
    return PROVIDERS[name]


def remote_embedder(name: str, endpoint: Endpoint) -> RemoteEmbedder:
    """Raises BadInput for a name that is none."""
    provider = provider_named(name)
    return RemoteEmbedder(provider.called, endpoint, provider.connect)
