"""How a command reaches a Memory: GraphQL, to a store this process opened or to the service that holds it."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import httpx

from graph import errors
from graph.access import LOCAL
from graph.errors import PalimpsestError, StoreUnavailable, Unauthenticated
from graph.memory import Memory
from graph.model import Json
from schema.limits import Limits
from schema.request import Request
from schema.schema import build_schema

Data = Mapping[str, Any]
TIMEOUT = httpx.Timeout(10, read=900)
"""Learning from a long document may take minutes."""

BY_CODE: Mapping[str, type[PalimpsestError]] = {
    kind.code: kind
    for kind in (
        errors.BadInput,
        errors.NotFound,
        errors.Conflict,
        errors.Unauthenticated,
        errors.Forbidden,
        errors.StoreUnavailable,
        errors.ModelUnavailable,
    )
}


class Channel(Protocol):
    async def execute(self, document: str, variables: Mapping[str, Json]) -> Data:
        """The data of one operation. Raises the first error it met as one of ours."""
        ...


class InProcess:
    """Speaks to a Memory of this process, with all rights."""

    def __init__(self, memory: Memory, max_page: int) -> None:
        self._request = Request(memory, LOCAL, Limits(first=max_page))
        self._schema = build_schema(self._request.limits)

    async def execute(self, document: str, variables: Mapping[str, Json]) -> Data:
        result = await self._schema.execute(document, variable_values=dict(variables), context_value=self._request)
        return _data({"data": result.data, "errors": [error.formatted for error in result.errors or ()]})


class Http:
    """Speaks to a running service."""

    def __init__(self, url: str, key: str | None) -> None:
        self._url = url.rstrip("/") + "/graphql"
        self._headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})

    async def execute(self, document: str, variables: Mapping[str, Json]) -> Data:
        body = {"query": document, "variables": variables}
        try:
            async with httpx.AsyncClient(timeout=TIMEOUT, trust_env=False) as client:
                response = await client.post(self._url, json=body, headers=self._headers)
            return _data(response.json())
        except httpx.HTTPError as error:
            raise StoreUnavailable(
                f"the service at {self._url} did not answer: {error or type(error).__name__}",
                hint="Look at its log, or end it and start it again.",
            ) from error
        except UnicodeEncodeError as error:
            raise errors.BadInput("what was given is not text in UTF-8", hint="Look at the letters beyond ASCII.") from error
        except ValueError as error:
            raise StoreUnavailable(f"{self._url} answered {response.status_code} with something that is not JSON") from error


def _data(answer: Mapping[str, Any]) -> Data:
    found: Sequence[Mapping[str, Any]] = answer.get("errors") or ()
    if found:
        raise _as_ours(found[0])
    data: Data = answer["data"]
    return data


def _as_ours(error: Mapping[str, Any]) -> PalimpsestError:
    extensions = error.get("extensions") or {}
    kind = BY_CODE.get(extensions.get("code", ""), PalimpsestError)
    hint = "Set PALIMPSEST_KEY to a key of this service." if kind is Unauthenticated else extensions.get("hint", "")
    return kind(error["message"], hint=hint, field=extensions.get("field"))
