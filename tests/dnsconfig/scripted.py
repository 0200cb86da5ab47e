"""An HTTP server that answers OVH's client with what a test lays down, once each."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Script:
    """`answers`: (status, body); a body that begins like HTML is sent as it is, others as JSON.

    Status 0 hangs up without an answer.
    """

    url: str = ""
    answers: list[tuple[int, Any]] = field(default_factory=list)
    asked: list[tuple[str, str, Any]] = field(default_factory=list)
    """(method, path, JSON body) of each call but those for the time."""
    times: list[Any] = field(default_factory=list)
    """Answers to `/auth/time` that are not the time."""

    def then(self, status: int, body: Any = None) -> "Script":
        self.answers.append((status, body))
        return self


@contextmanager
def scripted() -> Iterator[Script]:
    script = Script()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(script))
    script.url = f"http://127.0.0.1:{server.server_port}/1.0"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield script
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(script: Script) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.endswith("/auth/time"):
                self._answer(*(script.times.pop(0) if script.times else (200, 1_800_000_000)))
                return
            length = int(self.headers.get("Content-Length") or 0)
            raw = self.rfile.read(length)
            path = self.path.removeprefix("/1.0")
            script.asked.append((self.command, path, json.loads(raw) if raw else None))
            self._answer(*script.answers.pop(0))

        do_POST = do_GET

        def _answer(self, status: int, body: Any) -> None:
            if status == 0:
                self.close_connection = True
                return
            is_raw = body == "" or str(body).startswith("<")
            raw = (body if is_raw else json.dumps(body)).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(raw)))
            if status == 429:
                self.send_header("Retry-After", "7")
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    return Handler
