"""Health: whether the process lives, and whether it can serve."""

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graph.errors import PalimpsestError
from graph.stores.base import Store
from schema.errors import explained


def health_routes(store: Store) -> list[Route]:
    async def live(request: Request) -> Response:
        return _answer(200, {"status": "alive"})

    async def ready(request: Request) -> Response:
        try:
            await store.check()
        except PalimpsestError as error:
            return _answer(503, {"status": "unavailable", "message": error.message, **explained(error)})
        return _answer(200, {"status": "ready"})

    return [Route("/health/live", live), Route("/health/ready", ready)]


def _answer(status: int, body: dict[str, str]) -> Response:
    return Response(orjson.dumps(body), status, headers={"Cache-Control": "no-store"}, media_type="application/json")
