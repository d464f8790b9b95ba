"""The HTTP application: its routes, what guards them, and what runs beside them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.answer import errors_answer
from api.auth import Door
from api.gate import BodyLimit, Gate, SafeHeaders
from api.health import health_routes
from api.page import page_routes
from api.view import View
from api.warming import warming
from api.worker import working
from graph.errors import BadInput, NotFound
from graph.memory import Memory
from graph.parts import wall_clock
from schema.errors import internal
from schema.limits import Limits
from schema.schema import build_schema

MOST_BYTES = 32 * 1024 * 1024


def create_app(
    memory: Memory, *, max_page: int = 500, max_bytes: int = MOST_BYTES, open_introspection: bool = False, work: bool = True
) -> Starlette:
    """The service over a Memory whose store is open; with `work` a worker learns while the application runs."""
    limits = Limits(first=max_page)
    view = View(build_schema(limits), memory, limits)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with warming(memory), working(memory) if work else nullcontext():
            yield

    return Starlette(
        routes=[Route("/graphql", view), *health_routes(memory.parts.store), *page_routes()],
        middleware=[
            Middleware(SafeHeaders),
            Middleware(BodyLimit, most=max_bytes),
            Middleware(Gate, door=Door(memory.parts.store, wall_clock), introspection=open_introspection),
        ],
        exception_handlers={HTTPException: _refused, Exception: _failed},
        lifespan=lifespan,
    )


async def _refused(request: Request, error: Exception) -> Response:
    """What Starlette refuses: a path that is not there, a method it does not know."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 404:
        hint = "There are /graphql, /health/live, /health/ready and the page /."
        return errors_answer(404, f"there is nothing at {request.url.path!r}", {"code": NotFound.code, "hint": hint})
    headers = getattr(error, "headers", None)
    return errors_answer(status, f"{request.method} {request.url.path!r}: {error}", {"code": BadInput.code, "hint": ""}, headers)


async def _failed(request: Request, error: Exception) -> Response:
    told = internal(error, f"at {request.url.path}")
    return errors_answer(500, told.pop("message"), told)
