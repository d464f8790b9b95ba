"""A server with OpenAI's `/embeddings`, scripted, that answers over real HTTP."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from zlib import crc32


@dataclass
class Script:
    """How it answers: with `dimension` numbers a text; the next requests with the `failures` (a status each) first;
    from the request of number `held_from` on, not at all until it is `released`."""

    dimension: int = 8
    failures: list[int] = field(default_factory=list)
    lacking: int = 0
    held_from: int = 1_000_000
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)
    url: str = ""
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def texts(self) -> list[str]:
        return [text for request in self.asked for text in request["input"]]

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        data = [{"object": "embedding", "index": n, "embedding": self.vector(text)} for n, text in enumerate(request["input"])]
        data = list(reversed(data))[self.lacking :]
        return {"object": "list", "model": request["model"], "data": data, "usage": {"prompt_tokens": 1, "total_tokens": 1}}

    def vector(self, text: str) -> list[float]:
        return [float(1 + crc32(f"{n} {text}".encode()) % 97) for n in range(self.dimension)]


@contextmanager
def serving(script: Script) -> Iterator[Script]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            script.keys.append(self.headers["Authorization"])
            if script.failures:
                self.reply(script.failures.pop(0), {"error": {"message": "not now", "type": "scripted"}})
                return
            script.asked.append(request)
            if len(script.asked) > script.held_from:
                script.released.wait(60)
                return
            self.reply(200 if self.path.endswith("/embeddings") else 404, script.answer(request))

        def reply(self, status: int, body: dict[str, Any]) -> None:
            written = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(written)))
            self.end_headers()
            self.wfile.write(written)

        def log_message(self, format: str, *args: object) -> None:
            """Not on the screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    script.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield script
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
