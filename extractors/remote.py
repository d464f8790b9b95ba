"""Embedders that answer over the network: batches, checks of what comes back, and every failure as ModelUnavailable."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from graph.errors import ModelAway, ModelUnavailable

MOST_CHARACTERS = 8_000
"""Of a text that are embedded: models refuse what is longer than they read. A longer text is found by its words throughout."""
BLANK = "."
"""Embedded for a text without words, which models refuse."""

PASSING = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS)

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model answers and how it is asked. `url` None is the provider's own; `batch` texts go in one request."""

    model: str
    dimension: int
    url: str | None = None
    key: str | None = field(default=None, repr=False)
    batch: int = 100
    retries: int = 2
    timeout: float = 30.0


class Client(Protocol):
    """What graphiti-core calls an EmbedderClient."""

    async def create_batch(self, input_data_list: list[str]) -> list[list[float]]: ...


Closing = Callable[[], Awaitable[None]]
Connect = Callable[[Endpoint], tuple[Client, Closing]]


class RemoteEmbedder:
    """`connect` makes the client when the first text comes, and what closes it."""

    remote = True

    def __init__(self, provider: str, endpoint: Endpoint, connect: Connect) -> None:
        self.name = f"{provider}:{endpoint.model}"
        self.dimension = endpoint.dimension
        self._endpoint = endpoint
        self._connect = connect

    async def embed(self, texts: Sequence[str]) -> Matrix:
        """One row of unit length a text. Raises ModelUnavailable where the model does not answer as it should."""
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), self._endpoint.batch):
            part = [_asked(text) for text in texts[start : start + self._endpoint.batch]]
            rows[start : start + len(part)] = self._checked(await self._answer(part), len(part))
        return rows

    async def close(self) -> None:
        if "_opened" in self.__dict__:
            _, close = self.__dict__.pop("_opened")
            await close()

    @cached_property
    def _opened(self) -> tuple[Client, Closing]:
        return self._connect(self._endpoint)

    async def _answer(self, texts: list[str]) -> list[list[float]]:
        try:
            client, _ = await asyncio.to_thread(lambda: self._opened)
            return await client.create_batch(texts)
        except ModelUnavailable:
            raise
        except Exception as error:
            told = f"{type(error).__name__}: {error}"
            hidden = told.replace(self._endpoint.key, "***") if self._endpoint.key else told
            where = f" at {self._endpoint.url!r}" if self._endpoint.url else ""
            kind = ModelAway if _may_pass(error) else ModelUnavailable
            raise kind(
                f"the embedder {self.name!r}{where} did not answer: {hidden}",
                hint="Check PALIMPSEST_EMBEDDER_URL, _KEY and _MODEL, and whether it is up. What was kept is learnt later.",
            ) from error

    def _checked(self, given: list[list[float]], wanted: int) -> Matrix:
        if len(given) != wanted:
            raise ModelUnavailable(f"the embedder {self.name!r} answered {len(given)} vectors for {wanted} texts")
        for vector in given:
            if len(vector) != self.dimension:
                raise ModelUnavailable(
                    f"the embedder {self.name!r} answers vectors of {len(vector)} numbers, and {self.dimension} are expected",
                    hint=f"Set PALIMPSEST_EMBEDDER_DIMENSION={len(vector)}.",
                )
        rows: Matrix = np.asarray(given, dtype=np.float32).reshape(wanted, self.dimension)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        if not np.isfinite(lengths).all() or (lengths == 0).any():
            raise ModelUnavailable(f"the embedder {self.name!r} answered a vector without a direction")
        rows /= lengths
        return rows


def _may_pass(error: Exception) -> bool:
    """Whether the same request may do later: where nobody answered, or answered that they could not now."""
    status = getattr(error, "status_code", None)
    return status is None or status in PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR


def _asked(text: str) -> str:
    return text[:MOST_CHARACTERS] if text.strip() else BLANK
