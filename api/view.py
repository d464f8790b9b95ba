"""GraphQL over HTTP: Strawberry's view, made to follow the specification where it does not."""

from typing import Any

import orjson
from cross_web import HTTPException
from starlette.requests import Request as HttpRequest
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse
from strawberry.schema.exceptions import InvalidOperationTypeError

from api.answer import errors_answer
from graph.errors import BadInput
from graph.memory import Memory
from schema.limits import Limits
from schema.request import Request
from schema.schema import PalimpsestSchema

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
OFFERED = {GRAPHQL: GRAPHQL, JSON: JSON, "application/*": JSON, "*/*": JSON}
METHODS = "GET, POST"


def negotiate(accept: str) -> str:
    """The media type to answer with: the one that `Accept` prefers, JSON where it says nothing we know."""
    best, best_quality = JSON, 0.0
    for part in accept.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        offered, quality = OFFERED.get(media), _quality(parameters)
        if offered and quality > best_quality:
            best, best_quality = offered, quality
    return best


def _quality(parameters: list[str]) -> float:
    given = next((parameter[2:] for parameter in parameters if parameter.startswith("q=")), "1")
    try:
        return float(given)
    except ValueError:
        return 0.0


class View(GraphQL[Request, None]):
    """Queries by GET and POST, mutations by POST."""

    def __init__(self, schema: PalimpsestSchema, memory: Memory, limits: Limits) -> None:
        super().__init__(schema, graphql_ide=None, subscription_protocols=())
        self._memory = memory
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = HttpRequest(scope, receive)
        try:
            response = await self.run(request)
        except HTTPException as refused:
            response = _refused(refused)
        await response(scope, receive, send)

    async def get_context(self, request: Any, response: Any) -> Request:
        return Request(self._memory, request.state.principal, self._limits)

    async def get_sub_response(self, request: Any) -> Response:
        answer = await super().get_sub_response(request)
        answer.media_type = negotiate(request.headers.get("accept", ""))
        return answer

    def should_render_graphql_ide(self, request: Any) -> bool:
        return False

    async def process_result(self, request: Any, result: Any) -> GraphQLHTTPResponse:
        """An error without a path is the request's own: then nothing was executed, and there is no `data`."""
        answer = await super().process_result(request, result)
        if result.errors and result.data is None and not any(error.path for error in result.errors):
            answer.pop("data", None)
        return answer

    def create_response(self, response_data: GraphQLHTTPResponse | list[GraphQLHTTPResponse], sub_response: Response) -> Response:
        answer = super().create_response(response_data, sub_response)
        answer.headers["content-type"] = f"{sub_response.media_type}; charset=utf-8"
        answer.headers["vary"] = "Accept"
        answer.headers["cache-control"] = "no-store"
        if sub_response.media_type == GRAPHQL and "data" not in response_data:
            answer.status_code = 400
        return answer

    def decode_json(self, data: str | bytes) -> object:
        """Only a body arrives as bytes, and a body is an object."""
        value = orjson.loads(data)
        if isinstance(data, bytes) and not isinstance(value, dict | list):
            raise HTTPException(400, "The body must be a JSON object")
        return value

    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data)


def _refused(refused: HTTPException) -> Response:
    by_get = isinstance(refused.__cause__, InvalidOperationTypeError)
    status = 405 if by_get else refused.status_code
    allow = {"Allow": "POST" if by_get else METHODS} if status == 405 else {}
    hint = 'Send a POST with Content-Type: application/json and a body such as {"query": "{ service { version } }"}.'
    return errors_answer(status, refused.reason, {"code": BadInput.code, "hint": hint}, allow)
