"""The embedder that the settings name."""

from api.settings import WORDLLAMA, Settings
from extractors.embed import WordLlama, WordLlamaEmbedder
from extractors.providers import provider_named, remote_embedder
from extractors.remote import Endpoint, RemoteEmbedder


def embedder_of(settings: Settings, words: WordLlama) -> WordLlamaEmbedder | RemoteEmbedder:
    """Nothing is loaded or asked before a text comes."""
    if settings.embedder == WORDLLAMA:
        return WordLlamaEmbedder(words)
    provider = provider_named(settings.embedder)
    endpoint = Endpoint(
        model=settings.embedder_model or provider.model,
        dimension=settings.embedder_dimension or provider.dimension,
        url=settings.embedder_url,
        key=settings.embedder_key,
        batch=settings.embedder_batch,
        retries=settings.embedder_retries,
        timeout=settings.embedder_timeout_seconds,
    )
    return remote_embedder(settings.embedder, endpoint)
