"""Refusals before a request reaches the schema, in the shape of a GraphQL answer."""

from collections.abc import Mapping

import orjson
from starlette.responses import Response

from graph.errors import PalimpsestError, StoreUnavailable, Unauthenticated
from schema.errors import explained

JSON = "application/json; charset=utf-8"
STATUS: Mapping[type[PalimpsestError], int] = {Unauthenticated: 401, StoreUnavailable: 503}


def errors_answer(status: int, message: str, extensions: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Response:
    """One error as GraphQL clients read it."""
    body = {"errors": [{"message": message, "extensions": dict(extensions)}]}
    return Response(orjson.dumps(body), status, headers=dict(headers or {}), media_type=JSON)


def refusal(error: PalimpsestError) -> Response:
    """One of our errors with its status; a missing key says how keys are sent."""
    status = next((found for kind, found in STATUS.items() if isinstance(error, kind)), 400)
    headers = {"WWW-Authenticate": 'Bearer realm="palimpsest"'} if status == 401 else {}
    return errors_answer(status, error.message, explained(error), headers)
