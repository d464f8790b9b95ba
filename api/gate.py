"""What every HTTP request passes on its way in: its key, its size, and the headers of its answer."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.answer import errors_answer, refusal
from api.auth import Door
from graph.access import Principal
from graph.errors import BadInput, PalimpsestError

OPEN = ("/health/", "/static/")
"""Paths that need no key, beside the page `/`, which holds nothing and asks for one."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SafeHeaders:
    """Adds the headers that keep a browser from doing more with an answer than it should."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers)


class Gate:
    """Refuses a request without a usable key, save on open paths; hands its principal on as `request.state.principal`.

    With `introspection`, /graphql lets requests without a key in as nobody (None): they can read the schema and nothing else.
    """

    def __init__(self, app: ASGIApp, door: Door, introspection: bool) -> None:
        self.app = app
        self.door = door
        self.introspection = introspection

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _is_open(scope["path"]):
            try:
                scope.setdefault("state", {})["principal"] = await self._principal(scope)
            except PalimpsestError as error:
                await refusal(error)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    async def _principal(self, scope: Scope) -> Principal | None:
        authorization = Headers(scope=scope).get("authorization")
        if authorization is None and self.introspection and scope["path"] == "/graphql" and await self.door.is_locked():
            return None
        return await self.door.principal(authorization)


def _is_open(path: str) -> bool:
    return path == "/" or path.startswith(OPEN)


class _TooLarge(Exception):
    pass


class BodyLimit:
    """Refuses a body of more than `most` bytes, by its header or while it arrives."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        self.app = app
        self.most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            if int(Headers(scope=scope).get("content-length", "0")) > self.most:
                raise _TooLarge
            await self.app(scope, self._counted(receive), send)
        except _TooLarge:
            message = f"the request has more than {self.most:,} bytes"
            extensions = {"code": BadInput.code, "hint": "Send it in several requests."}
            await errors_answer(413, message, extensions, {"Connection": "close"})(scope, receive, send)

    def _counted(self, receive: Receive) -> Receive:
        left = self.most

        async def counted() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise _TooLarge
            return message

        return counted
